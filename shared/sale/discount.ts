import { allocate } from '../money/allocate.ts';
import { elementAt } from '../money/element-at.ts';
import { asMinor } from '../money/minor.ts';
import { mulDiv } from '../money/mul-div.ts';
import type { Discount, GivenDiscount } from './basket-to-price.ts';

const whole = 1_000_000;

/**
 * What a discount takes off `amount_minor`: with its sign, rounded half-up, never more than all of it.
 * A negative or fractional rate or amount is a programmer's error (`TypeError`).
 */
export function discountOn(amount_minor: number, discount: Discount): number {
  const given = discount.kind === 'percent' ? discount.rate_millionths : discount.amount_minor;
  if (!Number.isSafeInteger(given) || given < 0) throw new TypeError(`not a discount: ${given}`);
  if (discount.kind === 'percent') {
    return given >= whole ? amount_minor : mulDiv(amount_minor, given, whole);
  }
  if (given >= Math.abs(amount_minor)) return amount_minor;
  return amount_minor < 0 ? 0 - given : given;
}

/** The discount with what it came to. */
export function withGiven(discount: Discount, given_minor: number): GivenDiscount {
  const { reason } = discount;
  return discount.kind === 'percent'
    ? { kind: 'percent', rate_millionths: discount.rate_millionths, reason, given_minor: asMinor(given_minor) }
    : { kind: 'amount', amount_minor: discount.amount_minor, reason, given_minor: asMinor(given_minor) };
}

/**
 * Takes the basket's discounts off `left_minor`, what the lines' own discounts have left of each line, and changes it.
 * Each discount is rounded once for the basket and shared out to the lines in proportion by largest remainder, ties by
 * line id.
 *
 * Where a basket holds goods brought back beside goods bought, a percentage applies to both sides, each by itself. An
 * amount comes off the side that outweighs the other, never more than the difference, so it can't turn a payment into a
 * refund.
 */
export function takeBasketDiscounts(
  left_minor: number[],
  ids: readonly string[],
  discounts: readonly Discount[],
): GivenDiscount[] {
  return discounts.map((discount) => {
    let bought = 0;
    let back = 0;
    for (const left of left_minor) {
      if (left < 0) back += left;
      else bought += left;
    }
    const balance = bought + back;
    const offBought =
      discount.kind === 'percent' ? discountOn(bought, discount) : discountOn(Math.max(balance, 0), discount);
    const offBack =
      discount.kind === 'percent' ? discountOn(back, discount) : discountOn(Math.min(balance, 0), discount);
    takeOffSide(left_minor, ids, offBought, 1);
    takeOffSide(left_minor, ids, offBack, -1);
    return withGiven(discount, offBought + offBack);
  });
}

function takeOffSide(left_minor: number[], ids: readonly string[], off_minor: number, side: 1 | -1): void {
  if (off_minor === 0) return;
  const shares = allocate(
    off_minor,
    left_minor.map((left) => Math.max(left * side, 0)),
    ids,
  );
  for (const [i, share] of shares.entries()) left_minor[i] = elementAt(left_minor, i) - share;
}
