import type { z } from 'zod';
import type { basket as basketShape } from '../../../shared/contract/till/shapes.ts';
import type { QueryContext } from '../context.ts';
import { settingsOf } from '../settings/read.ts';
import { priceOpenBasket, settleBasket } from './price.ts';
import { findBasket } from './repository.ts';

type BasketView = z.input<typeof basketShape>;

/** The open basket as the screen shows it; an empty one where none is open. */
export function basketView({ db }: QueryContext): BasketView {
  const settings = settingsOf(db);
  const basket = findBasket(db);
  if (basket === undefined) return emptyBasket(settings.prices_include_tax);
  const open = priceOpenBasket(db, basket, settings);
  const { priced } = open;
  const settled = settleBasket(open, settings);
  // What no longer fits the total (a line was taken out) is shown as it is: the handlers let no such basket be completed.
  const settlement = settled.ok ? settled.value : undefined;
  return {
    basket: basket.basket,
    lines: open.lines.map(({ line, product, quantity_milli, snapshot }, i) => {
      const money = priced.lines[i];
      if (money === undefined) throw new Error('a line was not priced');
      const { sku, name, unit, category, list_price_minor, unit_price_minor, price_source, price_reason } = snapshot;
      return {
        line,
        product,
        sku,
        name,
        unit,
        category,
        quantity_milli,
        list_price_minor,
        unit_price_minor,
        price_source,
        ...(price_reason === undefined ? {} : { price_reason }),
        gross_minor: money.gross_minor,
        discounts: [...money.discounts],
        basket_discount_minor: money.basket_discount_minor,
        total_minor: money.total_minor,
      };
    }),
    basket_discounts: [...priced.basket_discounts],
    taxes: [...priced.taxes],
    gross_minor: priced.gross_minor,
    discount_minor: priced.discount_minor,
    tax_minor: priced.tax_minor,
    total_minor: priced.total_minor,
    tenders: open.tenders.map(({ tender, kind, handed_minor }, i) => ({
      tender,
      kind,
      amount_minor: settlement?.tenders[i]?.amount_minor ?? handed_minor,
      handed_minor,
    })),
    rounding_minor: settlement?.rounding_minor ?? 0,
    paid_minor: settlement?.paid_minor ?? 0,
    due_minor: settlement?.due_minor ?? priced.total_minor,
    change_minor: settlement?.change_minor ?? 0,
    prices_include_tax: settings.prices_include_tax,
  };
}

function emptyBasket(prices_include_tax: boolean): BasketView {
  return {
    basket: null,
    lines: [],
    basket_discounts: [],
    taxes: [],
    gross_minor: 0,
    discount_minor: 0,
    tax_minor: 0,
    total_minor: 0,
    tenders: [],
    rounding_minor: 0,
    paid_minor: 0,
    due_minor: 0,
    change_minor: 0,
    prices_include_tax,
  };
}
