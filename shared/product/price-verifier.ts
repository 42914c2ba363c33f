import { elementAt } from '../money/element-at.ts';

/**
 * The check digit of a price (or weight) of four or five digits inside a label, GS1 General Specifications, sections
 * 7.9.2 to 7.9.4. Each digit is weighted by a table of its own, so that swapped neighbours are noticed:
 * 2−: twice the digit, less its tens; 3: three times; 5+: five times, plus its tens; 5−: five times, less its tens.
 */
const twoMinus = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7];
const three = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7];
const fivePlus = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9];
const fiveMinus = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1];

const ofFour = [twoMinus, twoMinus, three, fiveMinus];
const ofFive = [fivePlus, twoMinus, fiveMinus, fivePlus, twoMinus];

/**
 * The verifier of `digits`. Throws a `TypeError` unless they are four or five.
 *
 *     priceVerifier('2875')  // '9'
 *     priceVerifier('14685') // '6'
 */
export function priceVerifier(digits: string): string {
  if (!/^\d{4,5}$/.test(digits)) throw new TypeError('a verifier is calculated from four or five digits');
  const tables = digits.length === 4 ? ofFour : ofFive;
  let sum = 0;
  for (const [i, table] of tables.entries()) sum += elementAt(table, digits.charCodeAt(i) - 48);
  if (digits.length === 4) return String((sum * 3) % 10);
  return String(fiveMinus.indexOf((10 - (sum % 10)) % 10));
}
