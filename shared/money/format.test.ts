import { describe, expect, it } from 'vitest';
import { currencyCodes, currencyDecimals } from './currency.ts';
import { formatAmount, formatMoney, formatMoneyShort, formatQuantity, formatRate } from './format.ts';

/** Intl separates with spaces that don't break; which one differs between runtimes. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formatMoney', () => {
  it('shows an amount with its currency as a language does', () => {
    expect(formatMoney(123_450, 'GBP', 'en-GB')).toBe('£1,234.50');
    expect(formatMoney(-3985, 'GBP', 'en-GB')).toBe('-£39.85');
    expect(plain(formatMoney(123_450, 'EUR', 'de'))).toBe('1.234,50 €');
    expect(plain(formatMoney(1500, 'JPY', 'en-GB'))).toBe('JP¥1,500');
    expect(plain(formatMoney(1500, 'KWD', 'en-GB'))).toBe('KWD 1.500');
  });

  it('has the decimals of ISO 4217 where Unicode would drop them', () => {
    expect(plain(formatMoney(1500, 'IQD', 'en-GB'))).toBe('IQD 1.500');
    expect(plain(formatMoney(150, 'HUF', 'en-GB'))).toBe('HUF 1.50');
    for (const currency of currencyCodes) {
      const digits = formatAmount(123_456_789, currency, 'en-GB').split('.')[1] ?? '';
      expect(digits).toHaveLength(currencyDecimals(currency));
    }
  });

  it('writes from right to left, with the digits of the place', () => {
    const arabic = formatMoney(12_340, 'KWD', 'ar-EG');
    expect(arabic).toContain('١٢٫٣٤٠');
    expect(arabic).toMatch(/[\u200f\u061c]/);
    expect(formatMoney(-1250, 'ILS', 'he')).toMatch(/\u200e-12\.50/);
    expect(formatAmount(-1250, 'ILS', 'he')).toMatch(/^\u200e-12\.50$/);
  });

  it('is exact where a float would lose a unit', () => {
    expect(formatMoney(Number.MAX_SAFE_INTEGER, 'EUR', 'en-GB')).toBe('€90,071,992,547,409.91');
    expect(formatMoney(Number.MAX_SAFE_INTEGER, 'KWD', 'en-US')).toContain('9,007,199,254,740.991');
    expect(() => formatMoney(12.5, 'GBP', 'en-GB')).toThrow(TypeError);
    expect(() => formatMoney(1, 'XXX', 'en-GB')).toThrow(TypeError);
  });

  it('drops zeros on a button, never pennies', () => {
    expect(formatMoneyShort(2000, 'GBP', 'en-GB')).toBe('£20');
    expect(formatMoneyShort(1250, 'GBP', 'en-GB')).toBe('£12.50');
    expect(formatMoney(2000, 'GBP', 'en-GB')).toBe('£20.00');
  });

  it('goes on formatting when more formats were asked for than are kept', () => {
    for (const currency of currencyCodes) expect(formatMoney(1, currency, 'en-GB')).toContain('1');
    expect(formatMoney(1, 'GBP', 'en-GB')).toBe('£0.01');
  });
});

describe('formatAmount, formatQuantity, formatRate', () => {
  it('show a number without its unit', () => {
    expect(formatAmount(123_450, 'GBP', 'en-GB')).toBe('1,234.50');
    expect(formatAmount(-5, 'GBP', 'en-GB')).toBe('-0.05');
    expect(formatAmount(1500, 'JPY', 'de')).toBe('1.500');
    expect(formatQuantity(3000, 'en-GB')).toBe('3');
    expect(formatQuantity(1500, 'de')).toBe('1,5');
    expect(formatQuantity(624, 'en-GB')).toBe('0.624');
    expect(formatQuantity(620, 'en-GB', true)).toBe('0.620');
    expect(formatQuantity(-2000, 'en-GB')).toBe('-2');
    expect(formatRate(200_000, 'en-GB')).toBe('20%');
    expect(plain(formatRate(88_750, 'de'))).toBe('8,875 %');
    expect(formatRate(99_750, 'en-CA')).toBe('9.975%');
    expect(formatRate(0, 'en-GB')).toBe('0%');
    expect(formatRate(1, 'en-GB')).toBe('0.0001%');
  });
});
