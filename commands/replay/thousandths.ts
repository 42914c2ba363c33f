/**
 * Money as the file writes it: up to three decimals, one finer than a penny. Sums of it are counted in whole thousandths
 * and are exact, also those of rows that no till takes.
 */
import { parseDecimal, plainSeparators } from '../../shared/money/decimal-text.ts';

const decimals = 3;
const max_thousandths = 1_000_000_000_000;

/** The thousandths of a decimal text. Throws a `TypeError` for what is no number, finer than that, or beyond a billion. */
export function readThousandths(text: string): bigint {
  const found = parseDecimal(text, decimals, max_thousandths, plainSeparators);
  if (!found.ok) throw new TypeError(`${JSON.stringify(text)} is ${found.fault}`);
  return BigInt(found.value);
}

/** Decimal text without zeros at its end: `9747747.934`, `9769872.05`, `-12`. */
export function writeThousandths(thousandths: bigint): string {
  const sign = thousandths < 0n ? '-' : '';
  const digits = String(thousandths < 0n ? -thousandths : thousandths).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -decimals)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The thousandths of minor units of a currency with two decimals. */
export function thousandthsOfMinor(minor: number): bigint {
  return BigInt(minor) * 10n;
}
