import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { uuid } from '../ids.ts';
import { productFields, taxRecorded, categoryRecorded, tints } from '../journal/kinds/catalogue-kinds.ts';
import { storeSettings } from '../journal/kinds/store-kinds.ts';
import { isGtin } from '../product/gtin.ts';
import { readLabel } from '../product/label.ts';
import { harbourStreet } from './harbour-street.ts';
import { labelGtin } from './goods.ts';

const { settings, taxes, categories, products, staff } = harbourStreet;

function repeated(values: readonly string[]): string[] {
  return values.filter((value, i) => values.indexOf(value) !== i);
}

describe('the demo shop Harbour Street', () => {
  test('fits the schemas of the journal', () => {
    const product = z.strictObject({ product: uuid(), ...productFields });
    expect(() => storeSettings.parse(settings)).not.toThrow();
    for (const one of products) expect(() => product.parse(one), one.name).not.toThrow();
    for (const one of taxes) expect(() => taxRecorded.write(one)).not.toThrow();
    for (const one of categories) expect(() => categoryRecorded.write(one)).not.toThrow();
  });

  test('has some 200 products in all eight tints, each filed and taxed by what the shop has', () => {
    expect(products.length).toBeGreaterThanOrEqual(195);
    expect(products.length).toBeLessThanOrEqual(215);
    expect(new Set(categories.map(({ tint }) => tint))).toEqual(new Set(tints));
    const known = new Set(categories.map(({ category }) => category));
    const charged = new Set(taxes.map(({ tax }) => tax));
    for (const one of products) {
      expect(one.category !== null && known.has(one.category), one.name).toBe(true);
      expect(
        one.taxes.every((tax) => charged.has(tax)),
        one.name,
      ).toBe(true);
    }
    expect(new Set(products.flatMap((one) => one.taxes))).toEqual(charged);
  });

  test('names nothing twice', () => {
    expect(repeated(products.map(({ product }) => product))).toEqual([]);
    expect(repeated(products.map(({ sku }) => sku.toLowerCase()))).toEqual([]);
    expect(repeated(products.map(({ name }) => name.toLowerCase()))).toEqual([]);
    expect(repeated(products.flatMap(({ barcodes }) => barcodes))).toEqual([]);
    expect(repeated([...staff.map(({ login }) => login), ...staff.map(({ pin }) => pin)])).toEqual([]);
  });

  test('has GTIN-13s with the right check digit, none that GS1 could give to a company', () => {
    const barcodes = products.flatMap((one) => one.barcodes);
    expect(barcodes.length).toBeGreaterThan(180);
    for (const barcode of barcodes) {
      expect(isGtin(barcode), barcode).toBe(true);
      expect(barcode).toMatch(/^2(?:1\d{11}|90\d{10})$/);
    }
  });

  test('weighs a few goods by labels of the scale, and nothing else begins as such a label', () => {
    const weighed = products.filter(({ unit }) => unit === 'kg');
    expect(weighed.length).toBeGreaterThanOrEqual(5);
    const pattern = {
      name: 'weight',
      prefix: '21',
      item_digits: 5,
      value_digits: 5,
      value: 'weight_grams',
      value_scale: 1,
      has_verifier: false,
    } as const;
    for (const one of products) {
      const bases = one.barcodes.flatMap((barcode) => readLabel(barcode, [pattern]).map(({ base_gtin }) => base_gtin));
      expect(bases, one.name).toEqual(one.unit === 'kg' ? one.barcodes : []);
      if (one.unit === 'kg') expect(one.price_minor).not.toBeNull();
    }
    expect(labelGtin(201)).toBe('2100201000002');
  });

  test('asks sane prices, and leaves one or two open', () => {
    const open = products.filter(({ price_minor }) => price_minor === null);
    expect(open.map(({ name }) => name)).toEqual(['Gift card', 'Flowers, made to order']);
    for (const { name, price_minor } of products) {
      if (price_minor === null) continue;
      expect(price_minor, name).toBeGreaterThanOrEqual(10);
      expect(price_minor, name).toBeLessThanOrEqual(6000);
    }
  });

  test('is run by a cashier and a manager', () => {
    expect(staff.map(({ name, role }) => [name, role])).toEqual([
      ['Jonas M.', 'cashier'],
      ['Elena Lindqvist', 'manager'],
    ]);
    for (const { pin, password } of staff) {
      expect(pin).toMatch(/^\d{4,8}$/);
      expect(Buffer.byteLength(password)).toBeGreaterThanOrEqual(12);
      expect(Buffer.byteLength(password)).toBeLessThanOrEqual(72);
    }
  });
});
