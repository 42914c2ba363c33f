import { formatMoneyShort } from '../../../shared/money/format.ts';
import { currencyDecimals } from '../../../shared/money/currency.ts';

/** What people call the hundredth of some currencies; of others a coin is written as money. */
const hundredths: Readonly<Record<string, string>> = {
  GBP: 'p',
  EUR: ' ct',
  USD: '¢',
  AUD: 'c',
  CAD: '¢',
  NZD: 'c',
  ZAR: 'c',
};

/** A note or a coin as people write it: "£5", "10p", "د.ك 0.250". */
export function coinText(value_minor: number, currency: string, locale: string): string {
  const sign = hundredths[currency];
  const isBelowOne = value_minor < 10 ** currencyDecimals(currency);
  if (sign === undefined || !isBelowOne) return formatMoneyShort(value_minor, currency, locale);
  return `${new Intl.NumberFormat(locale).format(value_minor)}${sign.replace(' ', '\u00a0')}`;
}
