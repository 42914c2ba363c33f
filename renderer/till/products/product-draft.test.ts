import { describe, expect, it } from 'vitest';
import type { Product } from '../data/operations.ts';
import { changesOf, draftOf } from './product-draft.ts';

const mug = {
  product: '00000000-0000-7000-8000-000000000001',
  version: 3,
  sku: 'MUG',
  name: 'Ceramic mug',
  unit: 'piece',
  price_minor: 1295,
  category: null,
  taxes: [],
  barcodes: ['5012345678900'],
  stocked: true,
  active: true,
  stock_milli: 4000,
} as unknown as Product;
const plain = (minor: number) => `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

describe('the changes of a product', () => {
  it('are none when nothing was touched', () => {
    const draft = draftOf(mug, '12.95', []);
    expect(changesOf(mug, { ...draft, price: '12.95' }, plain)).toEqual({});
  });

  it('are only what was touched', () => {
    const draft = draftOf(mug, '12.95', []);
    expect(changesOf(mug, { ...draft, price: '13.00', barcodes: [] }, plain)).toEqual({ price: '13.00', barcodes: [] });
  });

  it('know an open price from a price of nothing', () => {
    const draft = draftOf(mug, '12.95', []);
    expect(changesOf(mug, { ...draft, price: null }, plain)).toEqual({ price: null });
    expect(changesOf(mug, { ...draft, price: '0.00' }, plain)).toEqual({ price: '0.00' });
    expect(changesOf({ ...mug, price_minor: null }, { ...draft, price: '0.00' }, plain)).toEqual({ price: '0.00' });
  });
});
