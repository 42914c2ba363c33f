/** A key of the number pad on the screen. */
export type NumPadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | '.' | 'backspace' | 'clear';

export interface EntryRules {
  /** Decimals of the currency or the quantity; 0 takes no point. */
  readonly decimals: number;
  /** The store's decimal sign, as a MoneyField shows it. */
  readonly decimalSign: string;
  /** Longest entry in digits. */
  readonly digits: number;
}

/**
 * What an entry reads after one more key. A key that can't be part of an amount changes nothing: a second point, a third
 * decimal of pounds, a digit beyond the limit.
 */
export function typeKey(entry: string, key: NumPadKey, rules: EntryRules): string {
  if (key === 'clear') return '';
  if (key === 'backspace') return entry.slice(0, -1);
  const point = entry.indexOf(rules.decimalSign);
  if (key === '.') {
    if (rules.decimals === 0 || point !== -1) return entry;
    return `${entry === '' ? '0' : entry}${rules.decimalSign}`;
  }
  let next = entry;
  for (const digit of key) next = typeDigit(next, digit, rules);
  return next;
}

function typeDigit(entry: string, digit: string, rules: EntryRules): string {
  const point = entry.indexOf(rules.decimalSign);
  if (point !== -1 && entry.length - point - rules.decimalSign.length >= rules.decimals) return entry;
  if (entry.replace(rules.decimalSign, '').length >= rules.digits) return entry;
  return entry === '0' ? digit : `${entry}${digit}`;
}
