declare const gtinBrand: unique symbol;
/** A GTIN in 14 digits, its check digit verified: the form in which two are compared. */
export type Gtin14 = string & { readonly [gtinBrand]: true };

const form = /^(?:\d{8}|\d{12,14})$/;

/**
 * The check digit of a GTIN (or SSCC, GLN) for the digits before it: from the right, weights 3, 1, 3, 1, …, and what is
 * missing to the next ten. GS1 General Specifications, section 7.9.1. Throws a `TypeError` for anything but digits.
 *
 *     gtinCheckDigit('629104150021') // '3'
 */
export function gtinCheckDigit(digits: string): string {
  if (!/^\d{1,17}$/.test(digits)) throw new TypeError('a check digit is calculated from digits');
  let sum = 0;
  let weight = 3;
  for (let i = digits.length - 1; i >= 0; i -= 1) {
    sum += (digits.charCodeAt(i) - 48) * weight;
    weight = 4 - weight;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether `text` is a GTIN-8, -12 (UPC-A), -13 (EAN) or -14 with the right check digit. */
export function isGtin(text: string): boolean {
  return form.test(text) && gtinCheckDigit(text.slice(0, -1)) === text.slice(-1);
}

/**
 * A GTIN in the 14 digits in which it is compared, or null if it is none. UPC-A 036000291452 and EAN-13 0036000291452
 * are the same product: GS1 fills up with zeros in front, which changes no check digit.
 */
export function normaliseGtin(text: string): Gtin14 | null {
  // Just verified, and filled up as the brand says.
  return isGtin(text) ? (text.padStart(14, '0') as Gtin14) : null;
}

/** The digits with their check digit behind them: 7, 11, 12 or 13 digits make a GTIN (`TypeError` otherwise). */
export function completeGtin(digits: string): string {
  const complete = digits + gtinCheckDigit(digits);
  if (!form.test(complete)) throw new TypeError('a GTIN has 8, 12, 13 or 14 digits');
  return complete;
}
