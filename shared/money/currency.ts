declare const currencyBrand: unique symbol;
/** An active ISO 4217 code of money that a shop can take: three capital letters. */
export type CurrencyCode = string & { readonly [currencyBrand]: true };

/**
 * ISO 4217, list one (SIX Interbank Clearing, as of January 2026), by the decimals of the minor unit. Without the codes
 * that no shop takes: funds, metals, testing, units of account. `BGN` was withdrawn on 1 January 2026 and stays readable.
 */
const codesByDecimals = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
    CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD
    KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
    NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
    THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
} as const;

const decimalsByCode: ReadonlyMap<string, number> = new Map(
  Object.entries(codesByDecimals).flatMap(([decimals, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, Number(decimals)]),
  ),
);

/** Every known code, sorted. */
export const currencyCodes: readonly CurrencyCode[] = [...decimalsByCode.keys()].filter(isCurrency).toSorted();

/** Whether `code` is a known currency. Lower case is not. */
export function isCurrency(code: string): code is CurrencyCode {
  return decimalsByCode.has(code);
}

/**
 * The decimals of a currency's minor unit: 2 for GBP, 0 for JPY, 3 for KWD. By ISO 4217, which Intl does not always
 * follow (it shows Iraqi dinars without fils). Throws a `TypeError` for a code that `isCurrency` refuses.
 */
export function currencyDecimals(code: string): number {
  const decimals = decimalsByCode.get(code);
  if (decimals === undefined) throw new TypeError(`not a currency: ${code}`);
  return decimals;
}
