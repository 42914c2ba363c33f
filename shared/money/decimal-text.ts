/**
 * Decimal numbers as text, in and out of integers: 12.34 with two decimals is 1234. Money, quantities and rates are read
 * and written here, and none of them is ever a float on the way.
 */

/** The characters that a text uses. An empty `group` means that none is accepted. */
export type Separators = { readonly decimal: string; readonly group: string };

/** For files and fields that belong to no language: a full stop, no grouping. */
export const plainSeparators: Separators = { decimal: '.', group: '' };

export type DecimalFault = 'malformed' | 'too_fine' | 'too_large';
export type DecimalResult =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly fault: DecimalFault };

const maxTextLength = 64;
/** Marks of direction that Intl puts around numbers of right-to-left languages. */
const directionMarks = /[\u061c\u200e\u200f\u2066-\u2069]/g;
/** Where a run of ten digits begins: ASCII, Arabic-Indic, Persian, Devanagari, Bengali, full width. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10];
/** Groups have three digits, or two in India, but the last one always three. */
const shape = /^(-?)((?:\d{1,3}(?:_\d{2,3})*_)?\d{3}|\d*)(?:\.(\d*))?$/;

/**
 * Reads a number as an integer of `10^-decimals`. Zeros beyond the decimals are harmless (2.500 is 2.50); any other digit
 * there is `too_fine`, and nothing is ever rounded. More than `max`, without sign, is `too_large`.
 *
 * A full stop is taken as the decimal sign wherever it is not the group sign: that is what a number pad types. A group
 * sign counts only where a group can end, so `1,5` is malformed in English, never 15.
 */
export function parseDecimal(text: string, decimals: number, max: number, separators: Separators): DecimalResult {
  if (text.length > maxTextLength) return { ok: false, fault: 'malformed' };
  const found = shape.exec(toAscii(text.replace(directionMarks, '').trim(), separators));
  if (found === null) return { ok: false, fault: 'malformed' };
  const [, sign = '', grouped = '', fraction = ''] = found;
  if (grouped === '' && fraction === '') return { ok: false, fault: 'malformed' };
  const fine = fraction.replace(/0+$/, '');
  if (fine.length > decimals) return { ok: false, fault: 'too_fine' };
  const digits = `${grouped.replaceAll('_', '')}${fine.padEnd(decimals, '0')}`.replace(/^0+/, '');
  // 15 digits are always a safe integer, so that Number() is exact here.
  const size = digits.length > 15 ? Number.POSITIVE_INFINITY : Number(digits);
  if (size > max) return { ok: false, fault: 'too_large' };
  return { ok: true, value: sign === '-' ? 0 - size : size };
}

/** The text with ASCII digits and `-`, `.` for the decimal sign and `_` for the group sign; anything else is `?`. */
function toAscii(text: string, { decimal, group }: Separators): string {
  let ascii = '';
  for (const char of text) {
    if (char === '-' || char === '\u2212') ascii += '-';
    else if (group !== '' && sameSign(char, group)) ascii += '_';
    else if (char === decimal || char === '.') ascii += '.';
    else ascii += asciiDigit(char);
  }
  return ascii;
}

function asciiDigit(char: string): string {
  const point = char.codePointAt(0) ?? 0;
  const zero = zeros.find((start) => point >= start && point <= start + 9);
  return zero === undefined ? '?' : String(point - zero);
}

/** Intl groups with typographic spaces and apostrophes, keyboards have the plain ones. */
function sameSign(char: string, group: string): boolean {
  if (char === group) return true;
  if (/\s/.test(group)) return /\s/.test(char);
  return (group === '\u2019' && char === "'") || (group === "'" && char === '\u2019');
}

/** `1234` with two decimals is `12.34`: ASCII, exact, with a minus sign where negative. */
export function decimalText(value: number, decimals: number): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const sign = value < 0 ? '-' : '';
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/** The signs that a language's numbers are written with: in German `,` and `.`. */
export function separatorsOf(locale: string): Separators {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always', minimumFractionDigits: 1 }).formatToParts(
    1_234_567,
  );
  const sign = (type: 'decimal' | 'group') => parts.find((part) => part.type === type)?.value ?? '';
  return { decimal: sign('decimal') || '.', group: sign('group') };
}
