import { currencyDecimals } from './currency.ts';
import { type DecimalFault, parseDecimal, plainSeparators, type Separators } from './decimal-text.ts';
import { asMinor, maxAmountMinor, type Minor } from './minor.ts';

/** Why a text is no amount, no quantity or no rate: `money.too_fine` has more decimals than the currency. */
export type ParseCode<Noun extends string> = `${Noun}.${DecimalFault}`;
export type Parsed<Value, Noun extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: ParseCode<Noun> };

/** The largest quantity that may be typed or imported: 9 999 999.999 units. */
const maxQuantityMilli = 9_999_999_999;
/** The highest rate that may be typed: 1 000 %. */
const maxRateMillionths = 10_000_000;

const quantityDecimals = 3;
const percentDecimals = 4;

/**
 * An amount typed by a person, with the signs of their language (`separatorsOf`), or from a file (a full stop). Digits of
 * other scripts are read too; a currency sign is not part of an amount. May be negative: whether that makes sense is the
 * caller's question. Never rounds.
 *
 *     parseMoney('12.5', 'GBP')     // { ok: true, value: 1250 }
 *     parseMoney('12.345', 'GBP')   // { ok: false, code: 'money.too_fine' }
 */
export function parseMoney(
  text: string,
  currency: string,
  separators: Separators = plainSeparators,
): Parsed<Minor, 'money'> {
  const found = parseDecimal(text, currencyDecimals(currency), maxAmountMinor, separators);
  return found.ok ? { ok: true, value: asMinor(found.value) } : { ok: false, code: `money.${found.fault}` };
}

/** A quantity in thousandths of a unit: `0.624` is 624. */
export function parseQuantity(text: string, separators: Separators = plainSeparators): Parsed<number, 'quantity'> {
  const found = parseDecimal(text, quantityDecimals, maxQuantityMilli, separators);
  return found.ok ? found : { ok: false, code: `quantity.${found.fault}` };
}

/** A rate in millionths from a percentage without its sign: `8.875` is 88 750. */
export function parseRate(text: string, separators: Separators = plainSeparators): Parsed<number, 'rate'> {
  const found = parseDecimal(text, percentDecimals, maxRateMillionths, separators);
  return found.ok ? found : { ok: false, code: `rate.${found.fault}` };
}
