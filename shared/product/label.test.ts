import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeGtin, isGtin } from './gtin.ts';
import { isLabelPattern, type LabelPattern, readLabel } from './label.ts';
import { priceVerifier } from './price-verifier.ts';

const seed = process.env['EVERTILL_SEED'];
fc.configureGlobal(seed === undefined ? {} : { seed: Number(seed) });

const weighed: LabelPattern = {
  name: 'weighed',
  prefix: '21',
  item_digits: 5,
  value_digits: 5,
  value: 'weight_grams',
  value_scale: 1,
  has_verifier: false,
};
/** Great Britain: prefix 20, item, verifier, price in pence. */
const british: LabelPattern = {
  ...weighed,
  name: 'british',
  prefix: '20',
  value_digits: 4,
  value: 'price_minor',
  has_verifier: true,
};
/** Norway: prefix 23, six digits of item, weight in grams. */
const norwegian: LabelPattern = { ...weighed, name: 'norwegian', prefix: '23', item_digits: 6, value_digits: 4 };
/** United States: UPC-A, number system 2, price verifier, price in cents. */
const american: LabelPattern = { ...british, name: 'american', prefix: '2' };

describe('priceVerifier', () => {
  it('is that of the GS1 General Specifications, sections 7.9.3 and 7.9.4', () => {
    expect(priceVerifier('2875')).toBe('9');
    expect(priceVerifier('14685')).toBe('6');
    for (const wrong of ['', '123', '123456', '12a4']) expect(() => priceVerifier(wrong)).toThrow(TypeError);
  });

  it('finds every single wrong digit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(4, 5),
        fc.nat(99_999),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (length, n, where, shift) => {
          const price = String(n).padStart(5, '0').slice(-length);
          const at = where % length;
          const wrong = price.slice(0, at) + String((Number(price[at]) + shift) % 10) + price.slice(at + 1);
          expect(priceVerifier(wrong)).not.toBe(priceVerifier(price));
        },
      ),
    );
  });
});

describe('readLabel', () => {
  it('reads 1.086 kg from a Norwegian cheese, and 12.34 from a British counter', () => {
    expect(readLabel('2302148210869', [weighed, norwegian])).toEqual([
      { pattern: 'norwegian', item: '021482', base_gtin: '2302148200006', value: 'weight_grams', weight_grams: 1086 },
    ]);
    expect(readLabel('2011122912346', [british])).toEqual([
      {
        pattern: 'british',
        item: '11122',
        base_gtin: completeGtin('201112200000'),
        value: 'price_minor',
        price_minor: 1234,
      },
    ]);
  });

  it('refuses a wrong check digit, the barcode’s or the value’s', () => {
    // The same British label with the verifier 8 for 9, its own check digit put right.
    expect(readLabel('2011122812349', [british])).toEqual([]);
    expect(isGtin('2011122812349')).toBe(true);
    expect(readLabel('2302148210860', [norwegian])).toEqual([]);
  });

  it('reads a UPC-A label in both lengths, and no other code that ends like it', () => {
    const label = completeGtin(`212345${priceVerifier('0599')}0599`);
    const [found] = readLabel(label, [american]);
    expect(found).toMatchObject({ item: '12345', value: 'price_minor', price_minor: 599 });
    expect(readLabel(`0${label}`, [american])).toEqual([found]);
    expect(readLabel(completeGtin(`1${label.slice(0, -1)}`), [american])).toEqual([]);
  });

  it('gives every reading where patterns overlap, scaled, in their order', () => {
    const decagrams = { ...weighed, name: 'decagrams', prefix: '2', item_digits: 6, value_scale: 10 };
    const readings = readLabel(completeGtin('211234500125'), [weighed, decagrams]);
    expect(readings).toMatchObject([
      { pattern: 'weighed', item: '12345', weight_grams: 125 },
      { pattern: 'decagrams', item: '112345', weight_grams: 1250 },
    ]);
    expect(readLabel('5012345678900', [weighed])).toEqual([]);
    expect(readLabel('not a barcode', [weighed])).toEqual([]);
  });

  it('reads back whatever a scale printed', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(99_999), (item, grams) => {
        const five = (n: number) => String(n).padStart(5, '0');
        const [found] = readLabel(completeGtin(`21${five(item)}${five(grams)}`), [weighed]);
        expect(found).toMatchObject({ item: five(item), value: 'weight_grams', weight_grams: grams });
        expect(found?.base_gtin).toBe(completeGtin(`21${five(item)}00000`));
      }),
    );
  });

  it('takes only patterns that describe a barcode', () => {
    for (const pattern of [weighed, british, norwegian, american]) expect(isLabelPattern(pattern)).toBe(true);
    const wrong: readonly LabelPattern[] = [
      { ...weighed, prefix: '' },
      { ...weighed, prefix: '2x' },
      { ...weighed, item_digits: 0 },
      { ...weighed, item_digits: 3 },
      { ...weighed, value_digits: 4.5 },
      { ...weighed, value_scale: 0 },
      { ...weighed, value_scale: 10_000 },
      { ...weighed, item_digits: 6, value_digits: 3, has_verifier: true },
    ];
    for (const pattern of wrong) {
      expect(isLabelPattern(pattern)).toBe(false);
      expect(() => readLabel('2302148210869', [pattern])).toThrow(TypeError);
    }
  });
});
