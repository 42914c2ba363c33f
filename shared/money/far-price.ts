/** Seven digits before the decimals of a currency that has two; in currencies with fewer, prices have more digits. */
const manyMinor = 100_000_000;
const times = 100;

/**
 * Whether a price, in minor units, is so far above what was asked before that somebody should be asked whether it is meant:
 * a scanned number that ran into the field, a decimal sign that was lost twice. `before_minor` is null for a new product
 * or an open price. What costs so much already is nothing to ask about.
 */
export function isFarPrice(price_minor: number, before_minor: number | null): boolean {
  if (before_minor === null || before_minor <= 0) return price_minor >= manyMinor;
  if (price_minor >= manyMinor && before_minor < manyMinor) return true;
  return price_minor / times >= before_minor;
}
