import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeGtin, gtinCheckDigit, isGtin, normaliseGtin } from './gtin.ts';

const seed = process.env['EVERTILL_SEED'];
fc.configureGlobal(seed === undefined ? {} : { seed: Number(seed) });

const digits = (length: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: length, maxLength: length }).map((list) => list.join(''));
const body = fc.constantFrom(7, 11, 12, 13).chain(digits);

describe('check digits', () => {
  it.each([
    // GS1, "How is the check digit calculated?"
    ['629104150021', '3'],
    // GS1 Sweden, GS1 India: worked step by step on their pages.
    ['730001100001', '7'],
    ['890400021003', '7'],
    // GS1 General Specifications' company: GTIN-13, GTIN-8.
    ['950110153100', '0'],
    ['9501234', '6'],
    // The UPC-A of a box of tissues (Wikipedia, "Check digit"), and ISBN 978-0-306-40615-7.
    ['03600024145', '7'],
    ['978030640615', '7'],
    // GTIN-14 of a case.
    ['1061414100041', '5'],
  ])('of %s is %s', (before, check) => {
    expect(gtinCheckDigit(before)).toBe(check);
    expect(isGtin(before + check)).toBe(true);
    expect(completeGtin(before)).toBe(before + check);
  });

  it('find every single wrong digit', () => {
    fc.assert(
      fc.property(body, fc.nat(), fc.integer({ min: 1, max: 9 }), (before, where, shift) => {
        const gtin = completeGtin(before);
        const at = where % gtin.length;
        const wrong = String((Number(gtin[at]) + shift) % 10);
        expect(isGtin(gtin.slice(0, at) + wrong + gtin.slice(at + 1))).toBe(false);
      }),
    );
  });

  it('are calculated from digits only', () => {
    for (const wrong of ['', '12a', ' 1', '١٢٣', '1'.repeat(18)])
      expect(() => gtinCheckDigit(wrong)).toThrow(TypeError);
    expect(() => completeGtin('123456')).toThrow(TypeError);
  });
});

describe('normaliseGtin', () => {
  it('makes UPC-A and the EAN-13 that a scanner sends for it one product', () => {
    expect(normaliseGtin('036000291452')).toBe('00036000291452');
    expect(normaliseGtin('0036000291452')).toBe('00036000291452');
    expect(normaliseGtin('00036000291452')).toBe('00036000291452');
    expect(normaliseGtin('95012346')).toBe('00000095012346');
  });

  it('refuses wrong lengths, wrong check digits and what is not plain digits', () => {
    for (const wrong of [
      '',
      '036000291453',
      '3600029145',
      '03600029145',
      '036000291452 ',
      '０36000291452',
      '1'.repeat(15),
    ]) {
      expect(normaliseGtin(wrong)).toBeNull();
    }
  });

  it('changes no check digit by filling up', () => {
    fc.assert(
      fc.property(body, (before) => {
        const normal = normaliseGtin(completeGtin(before));
        expect(normal).toHaveLength(14);
        expect(normal && isGtin(normal)).toBe(true);
      }),
    );
  });
});
