import { createContext, use, useMemo, type ReactNode } from 'react';
import { currencyDecimals } from '../../shared/money/currency.ts';
import { decimalText, separatorsOf } from '../../shared/money/decimal-text.ts';
import { formatAmount, formatMoney, formatQuantity, formatRate } from '../../shared/money/format.ts';
import type { Minor } from '../../shared/money/minor.ts';
import { parseMoney, parseQuantity, parseRate, type Parsed } from '../../shared/money/parse.ts';

/** How the store writes numbers, money and time. Not the language of the screens. */
export interface StoreFormat {
  /** BCP 47 with the digits that the store wants: `en-GB`, `ar-KW-u-nu-latn`. */
  readonly locale: string;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA, such as `Europe/London`. */
  readonly zone: string;
}

export interface Formatter extends StoreFormat {
  /** Decimals of the store's currency. */
  readonly decimals: number;
  /** The store's decimal sign. */
  readonly decimalSign: string;
  /** With the currency sign: totals, due, change, denominations. */
  readonly money: (amount_minor: number, currency?: string) => string;
  /** Without: lines, sums in tables. */
  readonly amount: (amount_minor: number, currency?: string) => string;
  /** `0.624`; a unit goes behind a no-break space. `isFixed` always writes three decimals. */
  readonly quantity: (quantity_milli: number, unit?: string, isFixed?: boolean) => string;
  readonly rate: (rate_millionths: number) => string;
  readonly integer: (count: number) => string;
  readonly time: (instant: string) => string;
  readonly date: (instant: string) => string;
  readonly dateTime: (instant: string) => string;
  /** A business date (`2026-11-20`), which belongs to no zone. */
  readonly businessDate: (date: string) => string;
  /** What was typed, exactly or not at all; the store's own currency sign may stand before or behind it. */
  readonly readMoney: (text: string) => Parsed<Minor, 'money'>;
  readonly readQuantity: (text: string) => Parsed<number, 'quantity'>;
  readonly readRate: (text: string) => Parsed<number, 'rate'>;
  /** Decimal text with a point, as the contract's amounts are given: `12.50`. */
  readonly plainAmount: (amount_minor: number) => string;
  /** The currency in words, as in "British pounds have 2 decimals". */
  readonly currencyName: (language: string) => string;
  /** The currency's sign: `£`. */
  readonly currencySign: string;
}

/** The minus sign of print, which is as wide as a digit; Intl writes a hyphen in most languages. */
function withMinus(text: string): string {
  return text.replace('-', '\u2212');
}

/** `£12.50` or `12.50 £`, as it is copied from elsewhere: the sign is no part of the figures. */
function withoutSign(text: string, sign: string): string {
  const figures = text.trim();
  if (figures.startsWith(sign)) return figures.slice(sign.length);
  return figures.endsWith(sign) ? figures.slice(0, -sign.length) : figures;
}

function createFormatter(store: StoreFormat): Formatter {
  const { currency, locale, zone } = store;
  const separators = separatorsOf(locale);
  const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const times = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const dates = new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' });
  const days = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'full' });
  const signs = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const currencySign = signs.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
  return {
    ...store,
    decimals: currencyDecimals(currency),
    decimalSign: separators.decimal,
    money: (amount_minor, other) => withMinus(formatMoney(amount_minor, other ?? currency, locale)),
    amount: (amount_minor, other) => withMinus(formatAmount(amount_minor, other ?? currency, locale)),
    quantity: (quantity_milli, unit, isFixed = false) => {
      const digits = withMinus(formatQuantity(quantity_milli, locale, isFixed));
      return unit === undefined || unit === '' ? digits : `${digits}\u00a0${unit}`;
    },
    rate: (rate_millionths) => formatRate(rate_millionths, locale),
    integer: (count) => withMinus(integers.format(count)),
    time: (instant) => times.format(new Date(instant)),
    date: (instant) => dates.format(new Date(instant)),
    dateTime: (instant) => `${dates.format(new Date(instant))} ${times.format(new Date(instant))}`,
    businessDate: (date) => days.format(new Date(`${date}T00:00:00Z`)),
    readMoney: (text) => parseMoney(withoutSign(text, currencySign), currency, separators),
    readQuantity: (text) => parseQuantity(text, separators),
    readRate: (text) => parseRate(text, separators),
    plainAmount: (amount_minor) => decimalText(amount_minor, currencyDecimals(currency)),
    currencyName: (language) =>
      new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'name' })
        .formatToParts(2)
        .find((part) => part.type === 'currency')?.value ?? currency,
    currencySign,
  };
}

const FormatContext = createContext(createFormatter({ locale: 'en-GB', currency: 'GBP', zone: 'Europe/London' }));

/**
 * Tells everything beneath how the store writes numbers, money and time. Made once for a whole page: what `Intl` needs to
 * know of a locale takes longer to find than a line takes to draw.
 */
export function FormatProvider({ children, ...format }: StoreFormat & { readonly children: ReactNode }): ReactNode {
  const { currency, locale, zone } = format;
  const value = useMemo(() => createFormatter({ currency, locale, zone }), [currency, locale, zone]);
  return <FormatContext value={value}>{children}</FormatContext>;
}

/** Numbers, money and time as the store writes them. */
export function useFormat(): Formatter {
  return use(FormatContext);
}
