/** What the head office takes of a product from a till is what every till reads: its rule in SQL against the feed's schema. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedRows } from '../../shared/feed/rows.ts';
import type { ProductId } from '../../shared/ids.ts';
import { pushAll } from '../headoffice/office.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop } from '../sync/central-shop.ts';

let shop: CentralShop;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
});
afterAll(() => shop.close());

const sound = {
  product: '019a0000-c000-7000-8000-0000000000ff',
  version: 1,
  sku: 'a',
  name: 'b',
  unit: 'piece',
  price_minor: 1,
  category: null,
  taxes: [],
  barcodes: [],
  stocked: true,
  active: true,
};

const id = '019a0000-c000-7000-8000-0000000000ff';
const texts = [
  '',
  ' ',
  'a',
  ...[64, 65, 200, 201].flatMap((length) => ['x'.repeat(length), '😀'.repeat(length)]),
  '\n',
  '\u202e',
  '\u007f',
  'e\u0301',
];
const lists = [
  [],
  ['a'],
  ['a', 'a'],
  Array.from({ length: 8 }, () => id),
  Array.from({ length: 9 }, () => id),
  [id.toUpperCase()],
  Array.from({ length: 100 }, () => '1'),
  Array.from({ length: 101 }, () => '1'),
  ['x'.repeat(80)],
  ['x'.repeat(81)],
  ['😀'.repeat(80)],
  [''],
  ['\n'],
  [1],
  null,
];
const values: Readonly<Record<string, readonly unknown[]>> = {
  sku: [...texts, 1, null],
  name: [...texts, 1, null],
  unit: ['piece', 'kg', 'g', 'l', 'm', 'm2', 'h', 'x', null],
  price_minor: [0, -1, 1.5, 1, 9_999_999_999_999, 10_000_000_000_000, 2 ** 53 - 1, 2 ** 53, 1e20, '1', null],
  category: [null, id, id.toUpperCase(), 'x', 1],
  taxes: lists,
  barcodes: lists,
  stocked: [true, false, null, 1],
  active: [true, 'true'],
};

describe('a value of a product that a till proposes', () => {
  it.each(Object.keys(values))('is taken where every till can read it, and nowhere else: %s', async (field) => {
    for (const value of values[field] ?? []) {
      const isTaken = await shop.value('select is_product_value($1, $2::jsonb)', [field, JSON.stringify(value)]);
      const isRead = feedRows.product.safeParse({ ...sound, [field]: value }).success;
      expect(isTaken, `${field} ${JSON.stringify(value)}`).toBe(isRead);
    }
  });
});

describe('proposals about what lies aside', () => {
  it('read each entry once, however many changes ask for it', async () => {
    await shop.admin.query(
      `alter database "${String(await shop.value('select current_database()'))}" set track_functions = 'all'`,
    );
    const joined = await shop.join('V1');
    const { till } = joined;
    till.open();
    await pushAll(joined);
    const say = (kind: string, body: unknown) => {
      const shift = { shift: till.options.ids.next(), number: 9, float_minor: 1, date_confirmed: false } as const;
      const envelope = { ...till.envelope('shift.opened', shift as never), kind, body };
      till.appendBytes(new TextEncoder().encode(JSON.stringify(envelope)));
    };
    const [made, changed] = [20, 40];
    const products = Array.from({ length: made }, () => till.options.ids.next<ProductId>());
    // Nobody can read its SKU.
    for (const product of products) say('product.proposed', { product, sku: '' });
    await pushAll(joined);
    for (let i = 0; i < changed; i += 1)
      say('product.edit_proposed', {
        product: i < products.length ? products[i] : till.options.ids.next(),
        against: 1,
        changes: { name: 'x' },
        was: { name: 'y' },
      });
    await pushAll(joined);
    const { rows } = await shop.admin.query<{ code: string; count: number }>(
      'select code, count(*)::int from quarantined_entries group by code order by code',
    );
    expect(rows).toEqual([
      { code: '22023', count: made },
      { code: 'ET025', count: made },
    ]);
    // A session has told its counts when it is gone.
    await expect
      .poll(async () =>
        shop.value(`select count(*)::int from pg_stat_activity where datname = current_database() and usename = $1`, [
          joined.address.login,
        ]),
      )
      .toBe(0);
    const calls = await shop.value(
      `select calls::int from pg_stat_user_functions where schemaname = 'evertill' and funcname = 'read_entry'`,
    );
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(5 * (made + changed));
  });
});
