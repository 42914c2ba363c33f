/** What a stock take costs the head office: what happened since it, never what the store has sold before. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CountId } from '../../shared/ids.ts';
import { CountingCompany } from './counting-company.ts';
import type { CountingShop, CountingTill } from './counting-shop.ts';
import { makeProducts } from './sales.ts';

const sales = 6250;
const linesOfEach = 8;
const counted = 500;

let company: CountingCompany;
let shop: CountingShop;
let here: CountingTill;
let there: CountingTill;
let store_id: number;
beforeAll(async () => {
  company = await CountingCompany.open(1);
  shop = await company.openStore([0, 0]);
  [here, there] = [shop.tillAt(0), shop.tillAt(1)];
  store_id = Number(await company.central.value('select store_id from stores where store = $1', [shop.store]));
});
afterAll(() => company.close());

const tillId = async ({ till }: CountingTill) =>
  Number(await company.central.value('select till_id from tills where till = $1', [till.options.till]));

/** Gives a till a past of 50,000 lines, as if it had been long at work, under numbers before its first. */
async function givePast(till: CountingTill): Promise<void> {
  const values = [store_id, await tillId(till), sales, linesOfEach, company.productAt(0).product];
  const { admin } = company.central;
  await admin.query(
    `insert into sales (store_id, till_id, seq, kind, sale, shift, receipt_till, receipt_series, receipt_number, at,
       offset_minutes, business_date, currency, prices_include_tax, line_count, gross_minor, discount_minor, net_minor,
       tax_minor, total_minor, rounding_minor, change_minor)
     select $1, $2, -n, 'sale', gen_random_uuid(), gen_random_uuid(), 'S', 'A', n, now() - interval '50 days', 0,
       '2026-10-01', 'GBP', true, 8, 0, 0, 0, 0, 0, 0, 0
     from generate_series(1, $3::integer) as n`,
    values.slice(0, 3),
  );
  await admin.query(
    `insert into sale_lines (store_id, till_id, seq, line_no, line, product, sku, name, unit, quantity_milli, stock_milli,
       unit_price_minor, price_source, currency, gross_minor, discount_minor, basket_discount_minor, net_minor, total_minor)
     select $1, $2, -n, l, gen_random_uuid(), $5, 'S', 'N', 'piece', 1000, -1000, 0, 'catalogue', 'GBP', 0, 0, 0, 0, 0
     from generate_series(1, $3::integer) as n, generate_series(1, $4::integer) as l`,
    values,
  );
}

/** Posts a count of many products, and the one that is sold. */
function countMany(): void {
  const others = [there.till.options.till];
  const products = [company.productAt(0), ...makeProducts(shop.shop.ids, counted - 1)];
  const seen = [there.till.entries.length];
  const counted_at = shop.clock(here);
  const own_seq = here.till.entries.length;
  const line = {
    unit: 'piece' as const,
    counted_milli: 5000,
    known_milli: 0,
    price_minor: 100,
    counted_at,
    own_seq,
    seen,
  };
  here.till.append(
    'stock.counted',
    {
      count: shop.shop.ids.next<CountId>(),
      scope: 'store',
      category: null,
      tills: others,
      lines: products.map(({ name, product, sku }) => ({ ...line, product, sku, name })),
    },
    { at: counted_at },
  );
}

/** The rows of what was sold that one statement read. */
async function readBy(sql: string, values: readonly unknown[]): Promise<number> {
  const { admin } = company.central;
  const read = async () =>
    Number(
      await company.central.value(
        `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) from pg_stat_xact_user_tables
         where relname ~ '^(sales|sale_lines)'`,
      ),
    );
  await admin.query('begin');
  try {
    // What is in doubt is written down once.
    await admin.query('delete from stock_count_doubts');
    const before = await read();
    await admin.query(sql, [...values]);
    return (await read()) - before;
  } finally {
    await admin.query('rollback');
  }
}

it.each(['before PostgreSQL has statistics', 'with statistics'])(
  'a count reads what was sold since, and what follows it reads itself, %s',
  async (when) => {
    if (when === 'before PostgreSQL has statistics') await givePast(there);
    else await company.central.admin.query('analyze');
    shop.now_ms += 3_600_000;
    await shop.syncAll();
    countMany();
    await shop.sync(here);
    shop.now_ms += 1000;
    for (let i = 0; i < 10; i += 1) shop.sell(there, company.productAt(0), 1);
    await shop.syncAll();
    const products = '(select array_agg(product) from stock_corrections where (store_id, till_id, seq) = ($1, $2, $3))';
    const count = [await tillId(here), here.till.entries.length];
    const last = [await tillId(there), there.till.entries.length];
    // So often that plans are made for good.
    for (let i = 0; i < 8; i += 1) {
      expect(await readBy(`select correct_from_counts($1, ${products})`, [store_id, ...count])).toBe(10);
      expect(await readBy('select settle_counts($1, $2, $3, $3)', [store_id, ...count])).toBe(0);
      expect(await readBy('select settle_counts($1, $2, $3, $3)', [store_id, ...last])).toBe(1);
    }
    expect(await shop.level(company.productAt(0))).toBe(-5000);
  },
);
