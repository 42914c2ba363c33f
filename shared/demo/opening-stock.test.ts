import { expect, test } from 'vitest';
import { harbourStreet } from './harbour-street.ts';
import { openingStock_milli } from './opening-stock.ts';

const { products } = harbourStreet;

test('a demo shop opens with something of all that it stocks, and has nearly run out of a few', () => {
  const stocked = products.filter((one) => one.stocked);
  expect(stocked.filter((one) => openingStock_milli(one) <= 0)).toEqual([]);
  expect(products.filter((one) => !one.stocked && openingStock_milli(one) !== 0)).toEqual([]);
  const low = stocked.filter((one) => openingStock_milli(one) < (one.unit === 'kg' ? 1000 : 3000));
  expect(low.length).toBeGreaterThan(stocked.length / 20);
  expect(low.length).toBeLessThan(stocked.length / 5);
  const pieces = stocked.filter(({ unit }) => unit === 'piece');
  expect(pieces.filter((one) => openingStock_milli(one) % 1000 !== 0)).toEqual([]);
  expect(Math.max(...stocked.map(openingStock_milli))).toBeLessThan(60_000);
});

test('it opens with the same stock each time', () => {
  const bread = products.find(({ sku }) => sku === 'BAK-101');
  expect(bread === undefined ? null : openingStock_milli(bread)).toBe(23_000);
});
