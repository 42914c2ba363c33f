import { currencyDecimals } from './currency.ts';
import { decimalText } from './decimal-text.ts';

/**
 * Numbers for people, in their language. Intl is handed exact decimal text, which it formats digit by digit; an amount is
 * never divided into a float. In right-to-left languages the text holds Intl's own marks of direction; a page still has
 * to isolate it (`<bdi>`).
 */

const quantityDecimals = 3;
const rateDecimals = 6;
/** What a percentage shows at most: 8.8750 %, a rate's millionths times 100. */
const percentDecimals = 4;
const maxFormats = 64;

/**
 * Building an `Intl.NumberFormat` takes longer than using it a hundred times, and a basket shows hundreds of amounts.
 * They are immutable and stand for nothing but their own key, so that keeping them is no state anybody could notice.
 */
const formats = new Map<string, Intl.NumberFormat>();

/** An amount with its currency: `£12.34`, `12,34 €`, `‏١٢٫٣٤٠ د.ك.‏`. The decimals are ISO 4217's. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  const decimals = currencyDecimals(currency);
  return format(minor, decimals, locale, { style: 'currency', currency, ...exactly(decimals) });
}

/** An amount with its currency, and without decimals where there are only zeros: `£20` on a button, but `£12.50`. */
export function formatMoneyShort(minor: number, currency: string, locale: string): string {
  const decimals = currencyDecimals(currency);
  const options = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger', ...exactly(decimals) } as const;
  return format(minor, decimals, locale, options);
}

/** An amount without its currency, as on a line of a receipt: `1,234.50`. A minus sign stays. */
export function formatAmount(minor: number, currency: string, locale: string): string {
  const decimals = currencyDecimals(currency);
  return format(minor, decimals, locale, exactly(decimals));
}

/** A quantity of thousandths: `3`, `1.5`, `0.624`. With `fixed` always three decimals, as scales print them. */
export function formatQuantity(quantity_milli: number, locale: string, fixed = false): string {
  const minimumFractionDigits = fixed ? quantityDecimals : 0;
  return format(quantity_milli, quantityDecimals, locale, {
    minimumFractionDigits,
    maximumFractionDigits: quantityDecimals,
  });
}

/** A rate of millionths as a percentage: `20%`, `8,875 %`. */
export function formatRate(rate_millionths: number, locale: string): string {
  return format(rate_millionths, rateDecimals, locale, { style: 'percent', maximumFractionDigits: percentDecimals });
}

function exactly(decimals: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
}

function format(value: number, decimals: number, locale: string, options: Intl.NumberFormatOptions): string {
  if (!Number.isSafeInteger(value)) throw new TypeError(`not an integer: ${value}`);
  const { style, currency, minimumFractionDigits, trailingZeroDisplay } = options;
  const key = `${locale} ${style} ${currency} ${minimumFractionDigits} ${decimals} ${trailingZeroDisplay}`;
  let found = formats.get(key);
  if (found === undefined) {
    if (formats.size >= maxFormats) formats.clear();
    found = new Intl.NumberFormat(locale, options);
    formats.set(key, found);
  }
  // decimalText writes plain decimal numbers only, which is what the template type stands for.
  return found.format(decimalText(value, decimals) as `${number}`);
}
