import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyCodes } from './currency.ts';
import { decimalText, separatorsOf } from './decimal-text.ts';
import { formatAmount, formatQuantity } from './format.ts';
import { maxAmountMinor } from './minor.ts';
import { parseMoney, parseQuantity, parseRate } from './parse.ts';

const seed = process.env['EVERTILL_SEED'];
fc.configureGlobal(seed === undefined ? {} : { seed: Number(seed) });

const locales = ['en-GB', 'de', 'de-CH', 'fr', 'sv', 'pl', 'es', 'en-IN', 'hi', 'bn', 'ar', 'ar-EG', 'fa', 'he', 'ja'];

describe('parseMoney', () => {
  it.each([
    ['12.34', 'GBP', 1234],
    ['12', 'GBP', 1200],
    ['12.5', 'GBP', 1250],
    ['.5', 'GBP', 50],
    ['5.', 'GBP', 500],
    ['0', 'GBP', 0],
    ['-0.00', 'GBP', 0],
    ['-1.20', 'GBP', -120],
    ['\u22121.20', 'GBP', -120],
    ['  7.00 ', 'GBP', 700],
    ['0007', 'JPY', 7],
    ['2.500', 'GBP', 250],
    ['2.505', 'KWD', 2505],
    ['2.50500', 'KWD', 2505],
    ['1500.00', 'JPY', 1500],
    ['9747747.93', 'GBP', 974_774_793],
    ['٣.٥', 'GBP', 350],
    ['۱۲', 'IRR', 1200],
    ['１２.３', 'GBP', 1230],
  ])('reads %j in %s as %d', (text, currency, value) => {
    expect(parseMoney(text, currency)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'malformed'],
    ['   ', 'malformed'],
    ['.', 'malformed'],
    ['-', 'malformed'],
    ['--1', 'malformed'],
    ['1-', 'malformed'],
    ['+1', 'malformed'],
    ['1.2.3', 'malformed'],
    ['1,50', 'malformed'],
    ['1e3', 'malformed'],
    ['0x10', 'malformed'],
    ['£1', 'malformed'],
    ['NaN', 'malformed'],
    ['Infinity', 'malformed'],
    ['1 000', 'malformed'],
    ['twelve', 'malformed'],
    ['1'.repeat(65), 'malformed'],
    ['0.001', 'too_fine'],
    ['12.345', 'too_fine'],
    ['-0.005', 'too_fine'],
    ['100000000000.00', 'too_large'],
    ['-100000000000', 'too_large'],
    ['9'.repeat(40), 'too_large'],
  ])('refuses %j: %s', (text, fault) => {
    expect(parseMoney(text, 'GBP')).toEqual({ ok: false, code: `money.${fault}` });
  });

  it('knows the decimals of the currency and its own limit', () => {
    expect(parseMoney('1.5', 'JPY')).toEqual({ ok: false, code: 'money.too_fine' });
    expect(parseMoney('1.2345', 'KWD')).toEqual({ ok: false, code: 'money.too_fine' });
    expect(parseMoney('99999999999.99', 'GBP')).toEqual({ ok: true, value: maxAmountMinor });
    expect(() => parseMoney('1', 'XXX')).toThrow(TypeError);
  });

  it('takes the signs of a language, and grouping only where a group can end', () => {
    const german = separatorsOf('de');
    expect(german).toEqual({ decimal: ',', group: '.' });
    expect(parseMoney('1.234,5', 'EUR', german)).toEqual({ ok: true, value: 123_450 });
    expect(parseMoney('1.234', 'EUR', german)).toEqual({ ok: true, value: 123_400 });
    expect(parseMoney('1.5', 'EUR', german)).toEqual({ ok: false, code: 'money.malformed' });
    expect(parseMoney('12.34.567', 'EUR', german)).toEqual({ ok: true, value: 123_456_700 });
    expect(parseMoney('1234.567', 'EUR', german)).toEqual({ ok: false, code: 'money.malformed' });
    const english = separatorsOf('en-GB');
    expect(parseMoney('1,234.5', 'GBP', english)).toEqual({ ok: true, value: 123_450 });
    expect(parseMoney('1,5', 'GBP', english)).toEqual({ ok: false, code: 'money.malformed' });
    expect(parseMoney('1234,5', 'GBP', english)).toEqual({ ok: false, code: 'money.malformed' });
    // Plain spaces and apostrophes stand for the typographic ones that Intl writes; a number pad types a full stop.
    expect(parseMoney('1 234,50', 'EUR', separatorsOf('fr'))).toEqual({ ok: true, value: 123_450 });
    expect(parseMoney('1234.50', 'EUR', separatorsOf('fr'))).toEqual({ ok: true, value: 123_450 });
    for (const group of ["'", '\u2019']) {
      const swiss = { decimal: '.', group };
      expect(parseMoney("1'234.50", 'CHF', swiss)).toEqual({ ok: true, value: 123_450 });
      expect(parseMoney('1\u2019234.50', 'CHF', swiss)).toEqual({ ok: true, value: 123_450 });
    }
  });

  it('reads back every amount that is shown, in every language', () => {
    const minor = fc.integer({ min: -maxAmountMinor, max: maxAmountMinor });
    fc.assert(
      fc.property(minor, fc.constantFrom(...currencyCodes), fc.constantFrom(...locales), (value, currency, locale) => {
        const shown = formatAmount(value, currency, locale);
        expect(parseMoney(shown, currency, separatorsOf(locale))).toEqual({ ok: true, value });
      }),
    );
  });

  it('never accepts a text as anything but the number it spells', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,-_ e+') }), (text) => {
        const read = parseMoney(text, 'GBP');
        if (!read.ok) return;
        expect(text.trim()).toMatch(/^-?(\d+\.?\d*|\.\d+)$/);
        const [whole = '', fraction = ''] = text.trim().replace('-', '').split('.');
        expect(BigInt(Math.abs(read.value))).toBe(BigInt(`${whole}${fraction.padEnd(2, '0').slice(0, 2)}`));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('parseQuantity and parseRate', () => {
  it('read thousandths and millionths', () => {
    expect(parseQuantity('0.624')).toEqual({ ok: true, value: 624 });
    expect(parseQuantity('80995')).toEqual({ ok: true, value: 80_995_000 });
    expect(parseQuantity('1,5', separatorsOf('de'))).toEqual({ ok: true, value: 1500 });
    expect(parseQuantity('0.0005')).toEqual({ ok: false, code: 'quantity.too_fine' });
    expect(parseQuantity('10000000')).toEqual({ ok: false, code: 'quantity.too_large' });
    expect(parseQuantity('1 kg')).toEqual({ ok: false, code: 'quantity.malformed' });
    expect(parseRate('8.875')).toEqual({ ok: true, value: 88_750 });
    expect(parseRate('20')).toEqual({ ok: true, value: 200_000 });
    expect(parseRate('0.00001')).toEqual({ ok: false, code: 'rate.too_fine' });
    expect(parseRate('1000.1')).toEqual({ ok: false, code: 'rate.too_large' });
    expect(parseRate('20%')).toEqual({ ok: false, code: 'rate.malformed' });
  });

  it('read back every quantity that is shown', () => {
    const quantity = fc.integer({ min: -9_999_999_999, max: 9_999_999_999 });
    fc.assert(
      fc.property(quantity, fc.constantFrom(...locales), fc.boolean(), (value, locale, fixed) => {
        const shown = formatQuantity(value, locale, fixed);
        expect(parseQuantity(shown, separatorsOf(locale))).toEqual({ ok: true, value });
      }),
    );
  });
});

describe('decimalText', () => {
  it('writes integers as decimals', () => {
    expect(decimalText(1234, 2)).toBe('12.34');
    expect(decimalText(-5, 2)).toBe('-0.05');
    expect(decimalText(0, 3)).toBe('0.000');
    expect(decimalText(1234, 0)).toBe('1234');
    expect(decimalText(-1234, 0)).toBe('-1234');
    expect(decimalText(Number.MAX_SAFE_INTEGER, 2)).toBe('90071992547409.91');
  });
});
