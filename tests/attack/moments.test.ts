/** By hand: moments, days and money of one till that no page could show, when they come and when they are projected again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoreId } from '../../shared/ids.ts';
import { instantText } from '../../shared/journal/envelope.ts';
import { openOffice, pushAll, type TestOffice } from '../headoffice/office.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { makeProduct, makeSale, type TestProduct } from '../sync/sales.ts';

let office: TestOffice;
let product: TestProduct;
let me: JoinedTill;
let elsewhere: StoreId;

beforeAll(async () => {
  office = await openOffice();
  const { shop } = office;
  product = makeProduct(shop.ids);
  const row = {
    product: product.product,
    sku: product.sku,
    name: product.name,
    unit: 'piece',
    price_minor: 1,
    category: null,
  };
  await shop.admin.query('select create_products(null, $1::jsonb)', [
    JSON.stringify([{ ...row, taxes: [], barcodes: [], stocked: true, active: true }]),
  ]);
  elsewhere = shop.ids.next<StoreId>();
  await shop.addStore(elsewhere);
  me = await shop.join('M1');
  me.till.open();
  await pushAll(me);
});
afterAll(() => office.close());

const id = () => me.till.options.ids.next();
let sent = 0;

/** A body of each kind that a page of the head office shows. */
const bodies: Readonly<Record<string, () => unknown>> = {
  'sale.completed': () => makeSale(me.till, [{ product, quantity_milli: 1000 }]),
  'shift.opened': () => ({ shift: id(), number: 9, float_minor: 1 }),
  'shift.closed': () => ({
    shift: id(),
    number: 9,
    counted_minor: 0,
    expected_minor: 5,
    difference_minor: -5,
    reason: null,
    float_minor: 0,
    paid_in_minor: 0,
    paid_out_minor: 0,
    sales: { count: 1, total_minor: 0, tax_minor: 0 },
    refunds: { count: 0, total_minor: 0, tax_minor: 0 },
    tenders: [],
  }),
  'cash.moved': () => ({ movement: id(), shift: id(), direction: 'in', amount_minor: 100, reason: 'change' }),
  'basket.voided': () => ({ basket: id(), shift: id(), lines: [], total_minor: 5 }),
  'stock.adjusted': () => ({
    adjustment: id(),
    reason: 'correction',
    lines: [{ product: product.product, sku: product.sku, quantity_milli: 1000 }],
  }),
  'stock.counted': () => countedAt('2026-11-21T10:00:00.000Z'),
  'stock.sent': () => {
    sent += 1;
    const { name, product: is, sku } = product;
    return {
      transfer: id(),
      number: `M1-A-T${sent}`,
      to_store: elsewhere,
      lines: [{ product: is, sku, name, unit: 'piece', quantity_milli: 1000 }],
    };
  },
  'product.edit_proposed': () => ({
    product: product.product,
    against: 1,
    changes: { name: 'Other' },
    was: { name: product.name },
  }),
};

function countedAt(counted_at: string) {
  const { name, product: is, sku } = product;
  const line = { product: is, sku, name, unit: 'piece', counted_milli: 5000, known_milli: 0, price_minor: 1 };
  return {
    count: id(),
    scope: 'products',
    category: null,
    tills: [],
    lines: [{ ...line, counted_at, own_seq: 1, seen: [] }],
  };
}

/** Appends an entry as no till of ours would write it: its format refuses what is said. */
function say(kind: string, body: unknown, more: Readonly<Record<string, unknown>> = {}): number {
  const shift = { shift: id(), number: 9, float_minor: 1, date_confirmed: false } as const;
  const envelope = { ...me.till.envelope('shift.opened', shift as never), kind, body, ...more };
  return me.till.appendBytes(new TextEncoder().encode(JSON.stringify(envelope))).seq;
}

async function aside(): Promise<readonly number[]> {
  const { rows } = await office.shop.admin.query<{ seq: number }>(
    'select q.seq::int from quarantined_entries q join tills using (store_id, till_id) where till = $1 order by seq',
    [me.till.options.till],
  );
  return rows.map(({ seq }) => seq);
}

/** Every list of the head office; each parses what it answers. */
async function readAll(): Promise<void> {
  const { client } = office;
  await client.inbox.list({});
  await client.quarantine.list({});
  await client.till.list({});
  await client.sale.list({});
  await client.stock.counts({});
  await client.stock.transfers({});
  await client.product.list({});
  await client.product.show({ product: product.product });
  await client.report.today({});
  await client.report.totals({});
}

const moments = [
  { at: '3000-01-01T00:00:00.000Z' },
  { at: '1899-12-31T23:59:59.999Z' },
  { at: '9999-12-31T00:00:00.000Z' },
  { at: 'infinity' },
  { at: '-infinity' },
  { at: '200000-01-01T00:00:00Z' },
  { at: '0044-03-15 00:00:00 BC' },
  { business_date: '3000-01-01' },
  { business_date: '0001-01-01' },
  { business_date: 'infinity' },
  { currency: 'xx' },
];

describe('a moment, a day or a currency that no page can show', () => {
  it.each(moments)('is put aside with its entry and stays there, of whatever kind: %o', async (more) => {
    const before = await aside();
    const said = Object.entries(bodies).map(([kind, body]) => say(kind, body(), more));
    await pushAll(me);
    expect(await aside()).toEqual([...before, ...said]);
    await readAll();
    for (const seq of said) {
      const answer = await office.shop.value("select reproject(null, $1, $2, $3) ->> 'answer'", [
        me.till.options.store,
        me.till.options.till,
        seq,
      ]);
      expect(answer).toBe('kept');
    }
    expect(await aside()).toEqual([...before, ...said]);
    await readAll();
  });

  it('is one where a line says it, too', async () => {
    const before = await aside();
    const said = ['3000-01-01T00:00:00.000Z', '1899-12-31T00:00:00.000Z', 'infinity'].map((at) =>
      say('stock.counted', countedAt(at)),
    );
    await pushAll(me);
    expect(await aside()).toEqual([...before, ...said]);
    await readAll();
  });

  it('is told apart where the format does', async () => {
    for (const at of [
      '1900-01-01T00:00:00.000Z',
      '2999-12-31T23:59:59.999Z',
      '1899-12-31T23:59:59.999Z',
      '3000-01-01T00:00:00.000Z',
    ])
      expect(await office.shop.value("select is_readable($1, '2026-11-21', 'GBP')", [at])).toBe(
        instantText.safeParse(at).success,
      );
  });
});
