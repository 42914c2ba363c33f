/**
 * An amount of money in minor units of a currency: pence, cents, fils, yen. Always a safe integer, never `-0`. It does
 * not know its currency: that stands on the row beside it, and amounts of two currencies are never added.
 *
 * Functions take plain `number`s (a row from SQLite, a parsed body), check them, and give back `Minor`s.
 */
declare const minorBrand: unique symbol;
export type Minor = number & { readonly [minorBrand]: true };

/**
 * The largest amount that may be typed, imported or come out of a basket. It leaves room to add 900 amounts of that size
 * before an integer stops being exact.
 */
export const maxAmountMinor = 9_999_999_999_999;

/** An amount beyond what a till handles. Its `code` is the one that crosses to a screen. */
export class AmountTooLarge extends RangeError {
  readonly code = 'money.too_large';
  override readonly name = 'AmountTooLarge';
  constructor() {
    super('an amount is too large to be handled exactly');
  }
}

/**
 * `value` as an amount. A fraction or a `NaN` is a programmer's error (`TypeError`); an integer that is too large to be
 * exact can come from what somebody typed (`AmountTooLarge`).
 */
export function asMinor(value: number): Minor {
  if (!Number.isSafeInteger(value)) {
    if (Number.isInteger(value)) throw new AmountTooLarge();
    throw new TypeError(`not an amount in minor units: ${value}`);
  }
  // Checked above. Adding 0 turns -0 into 0, so that equal amounts are equal bytes.
  return (value + 0) as Minor;
}
