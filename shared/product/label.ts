/**
 * Labels that a scale or a counter prints: a barcode that holds an item and its weight or price. GS1 leaves the layout to
 * countries and shops (prefixes 02 and 20 to 29), so it is configured. A catalogue's own barcode always comes first:
 * thousands of ordinary products begin with 2, and the caller asks here only when it knows no such product.
 */
import { asMinor, type Minor } from '../money/minor.ts';
import { completeGtin, normaliseGtin } from './gtin.ts';
import { priceVerifier } from './price-verifier.ts';

/** From the left: prefix, item, the value's own check digit if there is one, value, and the barcode's check digit. */
export type LabelPattern = {
  readonly name: string;
  readonly prefix: string;
  readonly item_digits: number;
  readonly value_digits: number;
  readonly value: 'weight_grams' | 'price_minor';
  /** What the value's last digit stands for, in grams or minor units: 10 where a label holds whole decagrams. */
  readonly value_scale: number;
  /** Whether GS1's price or weight verifier stands before the value. Only for 4 or 5 digits. */
  readonly has_verifier: boolean;
};

/** What a label may mean. `item` is the shop's number, `base_gtin` the same barcode with a value of 0: look up either. */
export type LabelCandidate = {
  readonly pattern: string;
  readonly item: string;
  readonly base_gtin: string;
} & (
  | { readonly value: 'weight_grams'; readonly weight_grams: number }
  | { readonly value: 'price_minor'; readonly price_minor: Minor }
);

const lengths: readonly number[] = [8, 12, 13, 14];
const maxScale = 1000;

/** Whether a pattern describes a barcode: its parts make 8, 12, 13 or 14 digits, and a verifier has its 4 or 5. */
export function isLabelPattern(pattern: LabelPattern): boolean {
  const { prefix, item_digits, value_digits, value_scale, has_verifier } = pattern;
  return (
    /^\d{1,4}$/.test(prefix) &&
    [item_digits, value_digits, value_scale].every((count) => Number.isInteger(count) && count >= 1) &&
    value_scale <= maxScale &&
    lengths.includes(lengthOf(pattern)) &&
    (!has_verifier || value_digits === 4 || value_digits === 5)
  );
}

function lengthOf({ prefix, item_digits, value_digits, has_verifier }: LabelPattern): number {
  return prefix.length + item_digits + (has_verifier ? 1 : 0) + value_digits + 1;
}

/**
 * What a scanned barcode means by each pattern that fits, in the order of the patterns; none when a check digit is wrong,
 * the barcode's or the value's. A UPC-A pattern also fits the same label read as EAN-13, with a zero in front. Patterns
 * are valid (`isLabelPattern`), else a `TypeError`.
 */
export function readLabel(text: string, patterns: readonly LabelPattern[]): LabelCandidate[] {
  const gtin = normaliseGtin(text);
  if (gtin === null) return [];
  return patterns.flatMap((pattern) => readAs(pattern, gtin) ?? []);
}

function readAs(pattern: LabelPattern, gtin14: string): LabelCandidate | undefined {
  if (!isLabelPattern(pattern)) throw new TypeError(`not a label pattern: ${pattern.name}`);
  const filled = gtin14.length - lengthOf(pattern);
  const code = gtin14.slice(filled);
  if (!code.startsWith(pattern.prefix) || !/^0*$/.test(gtin14.slice(0, filled))) return undefined;

  const itemEnd = pattern.prefix.length + pattern.item_digits;
  const digits = code.slice(-1 - pattern.value_digits, -1);
  if (pattern.has_verifier && priceVerifier(digits) !== code[itemEnd]) return undefined;

  const item = code.slice(pattern.prefix.length, itemEnd);
  const label = {
    pattern: pattern.name,
    item,
    base_gtin: completeGtin(code.slice(0, itemEnd).padEnd(code.length - 1, '0')),
  };
  const value = Number(digits) * pattern.value_scale;
  return pattern.value === 'weight_grams'
    ? { ...label, value: 'weight_grams', weight_grams: value }
    : { ...label, value: 'price_minor', price_minor: asMinor(value) };
}
