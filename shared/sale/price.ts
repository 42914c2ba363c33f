import { elementAt } from '../money/element-at.ts';
import { AmountTooLarge, asMinor, maxAmountMinor, type Minor } from '../money/minor.ts';
import { mulDiv } from '../money/mul-div.ts';
import type { BasketToPrice, GivenDiscount, LineToPrice, PricedBasket } from './basket-to-price.ts';
import { discountOn, takeBasketDiscounts, withGiven } from './discount.ts';
import { sumLines } from './sum-lines.ts';
import { ratesOf, startTax, taxDocument, type TaxDraft, taxOfLine } from './tax.ts';

export type {
  BasketToPrice,
  Discount,
  LineToPrice,
  PricedBasket,
  PricedTotals,
  TaxToApply,
} from './basket-to-price.ts';

/** A line while it is being priced: as `PricedLine`, with amounts that still change. */
type LineDraft<LineId extends string, TaxId extends string> = {
  readonly id: LineId;
  readonly gross_minor: Minor;
  readonly discounts: readonly GivenDiscount[];
  basket_discount_minor: Minor;
  total_minor: Minor;
  net_minor: Minor;
  readonly taxes: TaxDraft<TaxId>[];
};

const thousand = 1000;
const nothing = asMinor(0);
const noDiscounts: readonly never[] = Object.freeze([]);

/**
 * Prices a basket: lines, their discounts, the basket's discounts, tax, totals. Pure, and exact to the last minor unit:
 *
 * - Lines add up to the document, in every field and in every row of tax.
 * - The order of the lines changes nothing but the order of the lines.
 * - All quantities negated give all amounts negated: a refund is this same calculation.
 *
 * Throws `AmountTooLarge` (code `money.too_large`) when the lines' gross amounts, without sign, add up to more than
 * `maxAmountMinor`; a cashier can type such a quantity. Anything that is no integer, a negative price, rate or discount
 * is a programmer's error (`TypeError`).
 */
export function priceBasket<LineId extends string, TaxId extends string>(
  basket: BasketToPrice<LineId, TaxId>,
): PricedBasket<LineId, TaxId> {
  const { lines, prices_include_tax: included } = basket;
  const left_minor: number[] = [];
  const drafts: LineDraft<LineId, TaxId>[] = [];
  let size = 0;
  for (const line of lines) {
    const draft = startLine(line, left_minor);
    drafts.push(draft);
    size += Math.abs(draft.gross_minor);
    if (size > maxAmountMinor) throw new AmountTooLarge();
  }

  const basket_discounts =
    basket.basket_discounts.length === 0 ? noDiscounts : discountBasket(basket, drafts, left_minor);

  if (basket.tax_rounding === 'document') {
    taxDocument(
      lines,
      left_minor,
      included,
      drafts.map((draft) => draft.taxes),
    );
  } else {
    for (const [i, draft] of drafts.entries()) taxLine(draft, elementAt(left_minor, i), included);
  }
  finishLines(drafts, left_minor, included);
  return {
    currency: basket.currency,
    prices_include_tax: included,
    tax_rounding: basket.tax_rounding,
    lines: drafts,
    basket_discounts,
    ...sumLines(drafts),
  };
}

/** The line's gross amount and its own discounts; what they leave is appended to `left_minor`. */
function startLine<LineId extends string, TaxId extends string>(
  line: LineToPrice<LineId, TaxId>,
  left_minor: number[],
): LineDraft<LineId, TaxId> {
  if (line.unit_price_minor < 0) throw new TypeError(`a negative unit price: ${line.unit_price_minor}`);
  const gross_minor = asMinor(mulDiv(line.unit_price_minor, line.quantity_milli, thousand));
  let left: number = gross_minor;
  let discounts: readonly GivenDiscount[] = noDiscounts;
  if (line.discounts.length > 0) {
    discounts = line.discounts.map((discount) => {
      const given = discountOn(left, discount);
      left -= given;
      return withGiven(discount, given);
    });
  }
  left_minor.push(left);
  return {
    id: line.id,
    gross_minor,
    discounts,
    basket_discount_minor: nothing,
    total_minor: nothing,
    net_minor: nothing,
    taxes: line.taxes.map(startTax),
  };
}

function discountBasket<LineId extends string, TaxId extends string>(
  basket: BasketToPrice<LineId, TaxId>,
  drafts: readonly LineDraft<LineId, TaxId>[],
  left_minor: number[],
): GivenDiscount[] {
  const before = left_minor.slice();
  const given = takeBasketDiscounts(
    left_minor,
    basket.lines.map((line) => line.id),
    basket.basket_discounts,
  );
  for (const [i, draft] of drafts.entries()) {
    draft.basket_discount_minor = asMinor(elementAt(before, i) - elementAt(left_minor, i));
  }
  return given;
}

function taxLine<LineId extends string, TaxId extends string>(
  draft: LineDraft<LineId, TaxId>,
  left_minor: number,
  included: boolean,
): void {
  const rates = ratesOf(draft.taxes);
  for (const tax of draft.taxes) {
    tax.amount_minor = taxOfLine(left_minor, tax.rate_millionths, included ? rates : 0);
  }
}

/** Sets each line's net, total and bases from its taxes. */
function finishLines<LineId extends string, TaxId extends string>(
  drafts: readonly LineDraft<LineId, TaxId>[],
  left_minor: readonly number[],
  included: boolean,
): void {
  for (const [i, draft] of drafts.entries()) {
    const left = elementAt(left_minor, i);
    let tax_minor = 0;
    for (const tax of draft.taxes) tax_minor += tax.amount_minor;
    draft.net_minor = asMinor(included ? left - tax_minor : left);
    draft.total_minor = asMinor(draft.net_minor + tax_minor);
    for (const tax of draft.taxes) tax.base_minor = draft.net_minor;
  }
}
