/** By hand: quantities and amounts that one till adds up until the pages of all could not be read, and what honest ones see. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoreId } from '../../shared/ids.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { makeProduct, makeSale, type TestProduct } from '../sync/sales.ts';
import { openOffice, pushAll, type TestOffice } from '../headoffice/office.ts';

let office: TestOffice;
let product: TestProduct;
let joined = 0;

beforeAll(async () => {
  office = await openOffice();
  product = makeProduct(office.shop.ids);
  const row = {
    product: product.product,
    sku: product.sku,
    name: product.name,
    unit: 'piece',
    price_minor: 1,
    category: null,
  };
  await office.shop.admin.query('select create_products(null, $1::jsonb)', [
    JSON.stringify([{ ...row, taxes: [], barcodes: [], stocked: true, active: true }]),
  ]);
});
afterAll(() => office.close());

async function openTill(store: StoreId = office.shop.store): Promise<JoinedTill> {
  joined += 1;
  const opened = await office.shop.join(`F${joined}`, store);
  opened.till.open();
  await pushAll(opened);
  return opened;
}

/** Appends an entry as no till of ours would write it: its format refuses what is said. */
function say({ till }: JoinedTill, kind: string, body: unknown, more: Readonly<Record<string, unknown>> = {}): number {
  const shift = { shift: till.options.ids.next(), number: 9, float_minor: 1, date_confirmed: false } as const;
  const envelope = { ...till.envelope('shift.opened', shift as never), kind, body, ...more };
  return till.appendBytes(new TextEncoder().encode(JSON.stringify(envelope))).seq;
}

const most = 1_000_000_000_000;

function hugeSale({ till }: JoinedTill, lines: number) {
  const body = makeSale(till, [{ product: { ...product, price_minor: 0 }, quantity_milli: 1000 }]);
  const [line] = body.lines;
  const many = Array.from({ length: lines }, () => ({ ...line, line: till.options.ids.next(), quantity_milli: most }));
  return { ...body, lines: many };
}

const adjustment = ({ till }: JoinedTill, lines: number, quantity_milli: number) => ({
  adjustment: till.options.ids.next(),
  reason: 'correction',
  lines: Array.from({ length: lines }, () => ({ product: product.product, sku: product.sku, quantity_milli })),
});

const countOf = ({ till }: JoinedTill, known_milli: number, lines: number) => ({
  count: till.options.ids.next(),
  scope: 'products',
  category: null,
  tills: [],
  lines: Array.from({ length: lines }, () => ({
    product: product.product,
    sku: product.sku,
    name: product.name,
    unit: 'piece',
    counted_milli: 5000,
    known_milli,
    price_minor: 1,
    counted_at: '2026-11-21T10:00:00.000Z',
    own_seq: 1,
    seen: [],
  })),
});

async function aside({ till }: JoinedTill): Promise<readonly string[]> {
  const { rows } = await office.shop.admin.query<{ code: string }>(
    'select q.code from quarantined_entries q join tills using (store_id, till_id) where till = $1 order by seq',
    [till.options.till],
  );
  return rows.map(({ code }) => code);
}

async function levelOf({ till }: JoinedTill): Promise<number> {
  return Number(
    await office.shop.value(
      'select level_milli from stock_levels join tills using (store_id, till_id) where till = $1 and product = $2',
      [till.options.till, product.product],
    ),
  );
}

/** Every page of the head office that adds up over tills and stores. */
async function readAll() {
  const { client } = office;
  const inbox = await client.inbox.list({});
  const list = await client.product.list({});
  const shown = await client.product.show({ product: product.product });
  const today = await client.report.today({ day: '2026-11-21' });
  const totals = await client.report.totals({});
  return { inbox, list, shown, today, totals };
}

describe('one till', () => {
  it('sells more of a product than there can be: put aside, and the pages are read', async () => {
    const me = await openTill();
    for (let i = 0; i < 4; i += 1) say(me, 'sale.completed', hugeSale(me, 2500));
    await pushAll(me);
    expect(await aside(me)).toEqual(['23514', '23514', '23514', '23514']);
    await readAll();
  });

  it('adds up small ones: a day has a bound, and honest tills sell on', async () => {
    const me = await openTill();
    for (let i = 0; i < 3; i += 1) say(me, 'sale.completed', hugeSale(me, 60));
    const other = await openTill();
    other.till.append('sale.completed', makeSale(other.till, [{ product, quantity_milli: 2000 }]));
    await pushAll(me);
    await pushAll(other);
    expect(await aside(me)).toEqual(['23514', '23514']);
    expect(await aside(other)).toEqual([]);
    expect(await levelOf(other)).toBe(-2000);
    await readAll();
  });

  it.each([-1, 1])('adjusts stock beyond all (%i): put aside, and the pages are read', async (sign) => {
    const me = await openTill();
    say(me, 'stock.adjusted', adjustment(me, 9000, sign * most));
    say(me, 'stock.adjusted', adjustment(me, 9000, sign * most));
    say(me, 'stock.adjusted', adjustment(me, 1, sign * 3000));
    await pushAll(me);
    expect(await aside(me)).toEqual(['23514', '23514']);
    expect(await levelOf(me)).toBe(sign * 3000);
    await readAll();
  });

  it('adjusts, counts and moves as much as an entry may, again and again: its level has an end, and entries go on', async () => {
    const me = await openTill();
    for (let i = 0; i < 15; i += 1) say(me, 'stock.adjusted', adjustment(me, 10, most));
    await pushAll(me);
    expect(await aside(me)).toEqual([]);
    expect(await levelOf(me)).toBe(100_000_000_000_000);
    me.till.append('sale.completed', makeSale(me.till, [{ product, quantity_milli: 1000 }]));
    await pushAll(me);
    expect(await aside(me)).toEqual([]);
    expect(await levelOf(me)).toBe(100_000_000_000_000 - 1000);
    await readAll();
  });

  it('counts what can not be, over levels that have an end: counts and sales after it are taken', async () => {
    const store = office.shop.ids.next<StoreId>();
    await office.shop.addStore(store);
    const [me, other] = [await openTill(store), await openTill(store)];
    for (let i = 0; i < 12; i += 1) say(me, 'stock.adjusted', adjustment(me, 10, most));
    await pushAll(me);
    const counted = (known_milli: number, lines = 1) => countOf(other, known_milli, lines);
    say(other, 'stock.counted', counted(-most, 4000));
    say(other, 'stock.counted', counted(most));
    other.till.append('sale.completed', makeSale(other.till, [{ product, quantity_milli: 1000 }]));
    await pushAll(other);
    expect(await aside(other)).toEqual(['23514']);
    await readAll();
  });
});

describe('many tills and days', () => {
  it('together bring no sum to where a number is not exact any more', async () => {
    const me = await openTill();
    const body = makeSale(me.till, [{ product, quantity_milli: 1000 }]);
    const total_minor = 99_000_000_000_000;
    for (let day = 0; day < 95; day += 1) {
      const sale = { ...body, sale: me.till.options.ids.next(), total_minor, tax_minor: total_minor };
      const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
      const receipt = { ...body.receipt, number: body.receipt.number + day };
      say(me, 'sale.completed', { ...sale, receipt }, { business_date: date });
    }
    await pushAll(me);
    expect(await aside(me)).toEqual([]);
    // What many tills could bring, in one statement each.
    await office.shop.admin.query(
      `insert into stock_levels (store_id, product, till_id, level_milli, covers_seq, position)
       select s.store_id, $1, 1000 + i, 100000000000000, 1, 0 from stores s cross join generate_series(1, 200) as i`,
      [product.product],
    );
    await office.shop.admin.query(
      `insert into tills (store_id, till_id, till, code, name) overriding system value
       select store_id, 1000 + i, gen_random_uuid(), 'Z' || i, 'Counter' from stores cross join generate_series(1, 200) as i
       where store = $1`,
      [office.shop.store],
    );
    await office.shop.admin.query(
      `insert into daily_products (store_id, till_id, business_date, currency, product, quantity_milli, total_minor)
       select store_id, till_id, '2026-11-21', 'GBP', $1, 100000000000000, 100000000000000 from tills where till_id > 1000`,
      [product.product],
    );
    const { shown, today, totals } = await readAll();
    expect(today.products[0]).toMatchObject({
      quantity_milli: Number.MAX_SAFE_INTEGER,
      total_minor: Number.MAX_SAFE_INTEGER,
    });
    expect(totals.totals[0]?.total_minor).toBe(Number.MAX_SAFE_INTEGER);
    expect(shown.stock_milli).toBeGreaterThan(100_000_000_000_000);
  });

  it('says that there is more of a product than there can be: whoever counts it is taken, and what is there is there', async () => {
    const store = office.shop.ids.next<StoreId>();
    await office.shop.addStore(store);
    const [me, other] = [await openTill(store), await openTill(store)];
    for (let i = 0; i < 4; i += 1) say(me, 'stock.adjusted', adjustment(me, 10, most));
    await pushAll(me);
    say(other, 'stock.counted', countOf(other, 40 * most, 1));
    await pushAll(other);
    expect(await aside(other)).toEqual([]);
    expect(await levelOf(other)).toBe(5000 - 40 * most);
    await readAll();
  });
});
