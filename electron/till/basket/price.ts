/** An open basket with its money: computed from its rows each time it is asked for, never stored. */
import type { StoreSettings } from '../../../shared/journal/kinds/store-kinds.ts';
import type { CashRounding } from '../../../shared/money/cash-rounding.ts';
import { AmountTooLarge, maxAmountMinor } from '../../../shared/money/minor.ts';
import { type BasketToPrice, type PricedBasket, priceBasket } from '../../../shared/sale/price.ts';
import { type SettleResult, settle } from '../../../shared/sale/settle.ts';
import type { LineId, TaxId } from '../../../shared/ids.ts';
import type { ReadDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import { type BasketLine, basketLines, type BasketTender, basketTenders, type OpenBasket } from './repository.ts';

export interface PricedOpenBasket {
  readonly lines: readonly BasketLine[];
  readonly priced: PricedBasket<LineId, TaxId>;
  readonly tenders: readonly BasketTender[];
}

/** Reads and prices a basket. Fails with `money.too_large` beyond what an amount may be. */
export function priceOpenBasket(db: ReadDb, basket: OpenBasket, settings: StoreSettings): PricedOpenBasket {
  const lines = basketLines(db, basket);
  return { lines, priced: price(lines, basket, settings), tenders: basketTenders(db, basket) };
}

function price(lines: readonly BasketLine[], basket: OpenBasket, settings: StoreSettings): PricedBasket<LineId, TaxId> {
  return priceOrRefuse({
    currency: settings.currency,
    prices_include_tax: settings.prices_include_tax,
    tax_rounding: settings.tax_rounding,
    basket_discounts: basket.discounts,
    lines: lines.map(({ line, quantity_milli, snapshot }) => ({
      id: line,
      quantity_milli,
      unit_price_minor: snapshot.unit_price_minor,
      discounts: snapshot.discounts,
      taxes: snapshot.taxes,
    })),
  });
}

/** Prices. Fails with `money.too_large` where the lines, or the total with its taxes, are more than an amount may be. */
export function priceOrRefuse(basket: BasketToPrice<LineId, TaxId>): PricedBasket<LineId, TaxId> {
  try {
    const priced = priceBasket<LineId, TaxId>(basket);
    return Math.abs(priced.total_minor) > maxAmountMinor ? fail('money.too_large') : priced;
  } catch (error) {
    if (error instanceof AmountTooLarge) return fail('money.too_large');
    throw error;
  }
}

/** What the basket's tenders do to its total. */
export function settleBasket(
  { priced, tenders }: PricedOpenBasket,
  settings: StoreSettings,
): SettleResult<BasketTender> {
  return settle(priced.total_minor, tenders, cashRoundingOf(settings));
}

/** How this store rounds cash, in the words of the arithmetic. */
export function cashRoundingOf({ cash_rounding }: StoreSettings): CashRounding | undefined {
  return cash_rounding === null ? undefined : { step_minor: cash_rounding.step_minor, rounding: cash_rounding.mode };
}
