/** The moment a basket becomes a sale. */
import type { SaleId } from '../../../shared/ids.ts';
import { FormatError } from '../../../shared/journal/canonical.ts';
import type { Body } from '../../../shared/journal/kinds.ts';
import type { GivenDiscount } from '../../../shared/sale/basket-to-price.ts';
import { receiptNumber } from '../../../shared/sale/receipt-number.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../failure.ts';
import { findReceiptOfSale } from '../sale/repository.ts';
import { settingsOf } from '../settings/read.ts';
import { openShiftOf } from '../shift/find.ts';
import { priceOpenBasket, settleBasket } from './price.ts';
import { endBasket, findBasket, type GrantedDiscount } from './repository.ts';

/**
 * Completes the basket: prices it once more, settles its tenders, writes the sale and takes the basket away. The sale's
 * UUID is the basket's, so no repeat, restart or restore can make two sales of one basket.
 */
export function completeBasket(
  context: CommandContext,
  input: { readonly basket: SaleId; readonly total_minor: number },
) {
  const { db } = context;
  const shift = openShiftOf(db);
  const settings = settingsOf(db);
  const basket = findBasket(db);
  if (basket?.basket !== input.basket) {
    const receipt = findReceiptOfSale(db, input.basket);
    if (receipt !== undefined) return fail('basket.already_completed', { receipt_number: receiptNumber(receipt) });
    return fail(basket === undefined ? 'basket.empty' : 'basket.changed');
  }
  const open = priceOpenBasket(db, basket, settings);
  const { lines, priced } = open;
  if (lines.length === 0) return fail('basket.empty');
  if (priced.total_minor !== input.total_minor)
    return fail('basket.total_changed', { total_minor: priced.total_minor });
  const settled = settleBasket(open, settings);
  if (!settled.ok) return fail('basket.has_tenders');
  if (!settled.value.is_settled) return fail('basket.underpaid', { due_minor: settled.value.due_minor });
  const { tenders, rounding_minor, change_minor } = settled.value;
  const identity = context.identity();
  const receipt = { till: identity.code, series: identity.series, number: identity.last_receipt + 1 };

  const { seq } = appendSale(context, {
    sale: basket.basket,
    shift: shift.shift,
    receipt,
    prices_include_tax: priced.prices_include_tax,
    tax_rounding: priced.tax_rounding,
    lines: lines.map(({ line, product, quantity_milli, snapshot }, i) => {
      const money = priced.lines[i];
      if (money === undefined) throw new Error('a line was not priced');
      return {
        line,
        product,
        sku: snapshot.sku,
        name: snapshot.name,
        unit: snapshot.unit,
        category: snapshot.category,
        quantity_milli,
        list_price_minor: snapshot.list_price_minor,
        unit_price_minor: snapshot.unit_price_minor,
        price_source: snapshot.price_source,
        ...(snapshot.price_reason === undefined ? {} : { price_reason: snapshot.price_reason }),
        ...(snapshot.price_approver === undefined ? {} : { price_approver: snapshot.price_approver }),
        gross_minor: money.gross_minor,
        basket_discount_minor: money.basket_discount_minor,
        total_minor: money.total_minor,
        net_minor: money.net_minor,
        stocked: snapshot.stocked,
        discounts: withApprovers(money.discounts, snapshot.discounts),
        taxes: [...money.taxes],
      };
    }),
    basket_discounts: withApprovers(priced.basket_discounts, basket.discounts),
    taxes: [...priced.taxes],
    tenders: tenders.map(({ tender, kind, amount_minor, handed_minor }) => ({
      tender,
      kind,
      amount_minor,
      handed_minor,
      foreign_currency: null,
      foreign_minor: null,
      foreign_rate_millionths: null,
    })),
    gross_minor: priced.gross_minor,
    discount_minor: priced.discount_minor,
    net_minor: priced.net_minor,
    tax_minor: priced.tax_minor,
    total_minor: priced.total_minor,
    rounding_minor,
    change_minor,
  });
  endBasket(db, basket);
  context.changed('basket');
  context.changed('sale');
  return {
    sale: basket.basket,
    receipt_number: receiptNumber(receipt),
    total_minor: priced.total_minor,
    rounding_minor,
    change_minor,
    seq,
  };
}

/** Long names and many lines can outgrow an entry: the cashier is told to split the sale, and the basket stays. */
function appendSale(context: CommandContext, body: Body<'sale.completed'>) {
  try {
    return context.append('sale.completed', body);
  } catch (error) {
    if (error instanceof FormatError && error.fault === 'too_large')
      return fail('basket.too_long', { lines: body.lines.length });
    throw error;
  }
}

/** Discounts as they were priced, with whoever allowed each; pricing keeps their order and knows no people. */
function withApprovers(given: readonly GivenDiscount[], granted: readonly GrantedDiscount[]) {
  return given.map((discount, i) => {
    const approver = granted[i]?.approver;
    return approver === undefined ? discount : { ...discount, approver };
  });
}
