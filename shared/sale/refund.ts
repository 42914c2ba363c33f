import { elementAt } from '../money/element-at.ts';
import { asMinor, type Minor } from '../money/minor.ts';
import { mulDiv } from '../money/mul-div.ts';
import type { GivenDiscount, PricedLine } from './basket-to-price.ts';

/** A line of a sale as the journal holds it: its money and how much was sold. */
export type SoldLine<LineId extends string = string, TaxId extends string = string> = PricedLine<LineId, TaxId> & {
  readonly quantity_milli: number;
};

/** What is left of a sold line. `left_milli` is 0 when more came back than was sold, by tills that could not know. */
export type Refundable = {
  readonly sold_milli: number;
  readonly refunded_milli: number;
  readonly left_milli: number;
  /** The money that giving back all that is left would give back, tax included. Positive. */
  readonly left_minor: Minor;
};

export type RefundResult<LineId extends string = string, TaxId extends string = string> =
  | { readonly ok: true; readonly value: SoldLine<LineId, TaxId> }
  | { readonly ok: false; readonly code: 'refund.too_much' | 'refund.nothing' };

/**
 * What may still be given back of a sold line, after refunds of these quantities (positive thousandths). A line that was
 * itself brought back, with a negative quantity, has nothing left.
 */
export function refundable(line: SoldLine, refunded_quantities_milli: readonly number[]): Refundable {
  const sold_milli = Math.max(asQuantity(line.quantity_milli), 0);
  let refunded_milli = 0;
  for (const quantity of refunded_quantities_milli) {
    if (asQuantity(quantity) < 0) throw new TypeError(`a refunded quantity is positive: ${quantity}`);
    refunded_milli += quantity;
  }
  const left_milli = Math.max(sold_milli - refunded_milli, 0);
  const left_minor =
    left_milli === 0 ? 0 : line.total_minor - mulDiv(line.total_minor, refunded_milli, line.quantity_milli);
  return { sold_milli, refunded_milli, left_milli, left_minor: asMinor(left_minor) };
}

/**
 * A part of a sold line, given back: the line of a refund, with quantity and amounts negative.
 *
 * The money of a part is what all parts up to and with it come to, less what those before it came to, so that the parts
 * of a line always add up to the line: in what was paid, in each tax, in each discount. Within the part the sums of a
 * priced line hold too. `quantity_milli` is positive; more than is left is `refund.too_much`.
 *
 *     three pieces paid 1000 together: given back one by one they are -333, -334, -333
 */
export function refundLine<LineId extends string, TaxId extends string>(
  line: SoldLine<LineId, TaxId>,
  refunded_quantities_milli: readonly number[],
  quantity_milli: number,
): RefundResult<LineId, TaxId> {
  if (asQuantity(quantity_milli) <= 0) return { ok: false, code: 'refund.nothing' };
  const { refunded_milli, left_milli } = refundable(line, refunded_quantities_milli);
  if (quantity_milli > left_milli) return { ok: false, code: 'refund.too_much' };
  const sold = line.quantity_milli;
  const part = (amount: number): Minor =>
    asMinor(mulDiv(amount, refunded_milli, sold) - mulDiv(amount, refunded_milli + quantity_milli, sold));

  let tax_minor = 0;
  const amounts = line.taxes.map(({ amount_minor }) => {
    const amount = part(amount_minor);
    tax_minor += amount;
    return amount;
  });
  const total_minor = part(line.total_minor);
  const net_minor = asMinor(total_minor - tax_minor);
  let discount = 0;
  const discounts = line.discounts.map((given): GivenDiscount => {
    const given_minor = part(given.given_minor);
    discount += given_minor;
    return { ...given, given_minor };
  });
  const basket_discount_minor = part(line.basket_discount_minor);
  discount += basket_discount_minor;
  return {
    ok: true,
    value: {
      id: line.id,
      quantity_milli: -quantity_milli,
      gross_minor: asMinor((isTaxIncluded(line) ? total_minor : net_minor) + discount),
      discounts,
      basket_discount_minor,
      total_minor,
      net_minor,
      taxes: line.taxes.map(({ tax, code, rate_millionths }, i) => {
        return { tax, code, rate_millionths, base_minor: net_minor, amount_minor: elementAt(amounts, i) };
      }),
    },
  };
}

/** A priced line says itself which way it was priced: what discounts left of it is its total, or its net amount. */
function isTaxIncluded(line: PricedLine): boolean {
  let left: number = line.gross_minor - line.basket_discount_minor;
  for (const { given_minor } of line.discounts) left -= given_minor;
  return left === line.total_minor;
}

function asQuantity(value: number): number {
  if (!Number.isSafeInteger(value)) throw new TypeError(`not a quantity in thousandths: ${value}`);
  return value;
}
