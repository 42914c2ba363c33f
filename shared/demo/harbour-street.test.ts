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
    expect(() => z.array(product).parse(products)).not.toThrow();
    for (const one of taxes) expect(() => taxRecorded.write(one)).not.toThrow();
    for (const one of categories) expect(() => categoryRecorded.write(one)).not.toThrow();
  });

  test('has some 200 products in all eight tints, each filed and taxed by what the shop has', () => {
    expect(products.length).toBeGreaterThanOrEqual(195);
    expect(products.length).toBeLessThanOrEqual(215);
    expect(new Set(categories.map(({ tint }) => tint))).toEqual(new Set(tints));
    const known = new Set(categories.map(({ category }) => category));
    const charged = new Set(taxes.map(({ tax }) => tax));
    const misfiled = products.filter(
      (one) => one.category === null || !known.has(one.category) || !one.taxes.every((tax) => charged.has(tax)),
    );
    expect(misfiled).toEqual([]);
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
    expect(barcodes.filter((barcode) => !isGtin(barcode) || !/^2(?:1\d{11}|90\d{10})$/.test(barcode))).toEqual([]);
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
    const basesOf = (barcodes: readonly string[]) =>
      barcodes.flatMap((barcode) => readLabel(barcode, [pattern]).map(({ base_gtin }) => base_gtin));
    expect(products.map((one) => basesOf(one.barcodes))).toEqual(
      products.map((one) => (one.unit === 'kg' ? one.barcodes : [])),
    );
    expect(weighed.filter(({ price_minor }) => price_minor === null)).toEqual([]);
    expect(labelGtin(201)).toBe('2100201000002');
  });

  test('asks sane prices, and leaves one or two open', () => {
    const open = products.filter(({ price_minor }) => price_minor === null);
    expect(open.map(({ name }) => name)).toEqual(['Gift card', 'Flowers, made to order']);
    const priced = products.filter(({ price_minor }) => price_minor !== null);
    expect(priced.filter(({ price_minor }) => (price_minor ?? 0) < 10 || (price_minor ?? 0) > 6000)).toEqual([]);
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
