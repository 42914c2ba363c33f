import { describe, expect, it } from 'vitest';
import { currencyCodes, currencyDecimals, isCurrency } from './currency.ts';

describe('currencies', () => {
  it('have the decimals of ISO 4217', () => {
    const decimals = ['GBP', 'EUR', 'JPY', 'KRW', 'KWD', 'BHD', 'TND', 'CLF', 'IQD', 'ISK', 'HUF', 'XOF', 'MRU', 'UYW'];
    expect(decimals.map(currencyDecimals)).toEqual([2, 2, 0, 0, 3, 3, 3, 4, 3, 0, 2, 0, 2, 4]);
  });

  it('are sorted, unique codes of three letters, and more than 150', () => {
    expect(currencyCodes.length).toBeGreaterThan(150);
    expect(new Set(currencyCodes).size).toBe(currencyCodes.length);
    expect([...currencyCodes]).toEqual(currencyCodes.toSorted());
    for (const code of currencyCodes) expect(code).toMatch(/^[A-Z]{3}$/);
  });

  it('cover what Unicode calls current tender, but for units that no shop takes', () => {
    const withdrawn = new Set(['ANG', 'CUC', 'HRK', 'SLL', 'ZWL', 'XDR', 'XSU']);
    const missing = Intl.supportedValuesOf('currency').filter((code) => !isCurrency(code) && !withdrawn.has(code));
    // Runtimes differ in how many historic codes they list; none of today's large ones may be missing.
    for (const code of [
      'AUD',
      'BRL',
      'CAD',
      'CHF',
      'CNY',
      'DKK',
      'INR',
      'MXN',
      'NZD',
      'PLN',
      'SEK',
      'TRY',
      'USD',
      'ZAR',
    ]) {
      expect(missing).not.toContain(code);
      expect(isCurrency(code)).toBe(true);
    }
  });

  it('are refused when unknown, in lower case, or a word of JavaScript', () => {
    for (const code of ['gbp', 'XXX', '', 'GBPX', 'constructor', '__proto__']) {
      expect(isCurrency(code)).toBe(false);
      expect(() => currencyDecimals(code)).toThrow(TypeError);
    }
  });
});
