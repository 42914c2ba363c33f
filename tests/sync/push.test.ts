import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../shared/ids.ts';
import { encodeEntry } from '../../shared/journal/envelope.ts';
import { centralAt } from '../../sync/central.ts';
import type { CentralConnection } from '../../sync/central-port.ts';
import type { OutgoingEntry } from '../../sync/ports.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from './central-shop.ts';
import { makeProducts, makeSale, type TestProduct } from './sales.ts';
import { sha256 } from './test-till.ts';

let shop: CentralShop;
let products: TestProduct[];
let count = 0;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  products = makeProducts(shop.ids, 20);
});

afterAll(async () => {
  await shop.close();
});

/** A till of its own, open, with `sales` sales of one line; nothing is pushed. */
async function openTill(sales: number): Promise<JoinedTill & { connection: CentralConnection }> {
  count += 1;
  const joined = await shop.join(`P${count}`);
  joined.till.open();
  for (let i = 0; i < sales; i += 1) sell(joined, i);
  return { ...joined, connection: await joined.central.connect() };
}

function anyProduct(): TestProduct {
  const [product] = products;
  if (product === undefined) throw new Error('no products');
  return product;
}

function sell({ till }: JoinedTill, i: number): OutgoingEntry {
  const product = products[i % products.length];
  if (product === undefined) throw new Error('no products');
  return till.append('sale.completed', makeSale(till, [{ product, quantity_milli: 1000 }]));
}

async function pushAll(joined: JoinedTill & { connection: CentralConnection }, from = 1, epoch = 0) {
  return await joined.connection.push({ epoch, entries: joined.till.entries.slice(from - 1), unprojected: false });
}

async function heldBy({ till }: JoinedTill): Promise<unknown> {
  return await shop.value(
    'select acked_seq::int from till_heads join tills using (store_id, till_id) where till = $1',
    [till.options.till],
  );
}

async function salesOf({ till }: JoinedTill): Promise<unknown> {
  return await shop.value('select count(*)::int from sales join tills using (store_id, till_id) where till = $1', [
    till.options.till,
  ]);
}

describe('a push', () => {
  it('is taken whole, and both sides stand at the same head', async () => {
    const joined = await openTill(5);
    const answer = await pushAll(joined);
    expect(answer).toMatchObject({ answer: 'taken', epoch: 1, acked_seq: 8, quarantined: 0 });
    expect(answer.head_hash).toBe(toHex(joined.till.head().hash));
    expect(await salesOf(joined)).toBe(5);
  });

  it('that is repeated because its answer was lost changes nothing', async () => {
    const joined = await openTill(5);
    await pushAll(joined);
    sell(joined, 9);
    // The till still thinks that nothing was taken: it sends all again, and one more.
    expect(await pushAll(joined, 1, 1)).toMatchObject({ answer: 'taken', acked_seq: 9 });
    expect(await pushAll(joined, 1, 1)).toMatchObject({ answer: 'taken', acked_seq: 9 });
    expect(await salesOf(joined)).toBe(6);
    expect(
      await shop.value(
        'select sum(sale_count)::int from daily_sales join tills using (store_id, till_id) where till = $1',
        [joined.till.options.till],
      ),
    ).toBe(6);
    expect(
      await shop.value(
        'select -sum(level_milli)::int from stock_levels join tills using (store_id, till_id) where till = $1',
        [joined.till.options.till],
      ),
    ).toBe(6000);
  });

  it('stores the bytes exactly as they were hashed', async () => {
    const joined = await openTill(1);
    await pushAll(joined);
    const { rows } = await shop.admin.query<{ bytes: Buffer; hash: Buffer }>(
      'select bytes, hash from journal_entries join tills using (store_id, till_id) where till = $1 order by seq',
      [joined.till.options.till],
    );
    expect(rows.map((row) => toHex(row.bytes))).toEqual(joined.till.entries.map((entry) => toHex(entry.bytes)));
    expect(rows.map((row) => toHex(row.hash))).toEqual(joined.till.entries.map((entry) => toHex(entry.hash)));
  });

  it('with a gap is answered with where central stands', async () => {
    const joined = await openTill(3);
    expect(await pushAll(joined, 3)).toMatchObject({ answer: 'gap', acked_seq: 0, epoch: 0 });
    expect(await heldBy(joined)).toBe(0);
  });

  it('under another epoch is answered with the one that central is in', async () => {
    const joined = await openTill(1);
    await pushAll(joined);
    sell(joined, 1);
    expect(await pushAll(joined, 5, 2)).toMatchObject({ answer: 'epoch', epoch: 1, acked_seq: 4 });
    expect(await pushAll(joined, 5, 0)).toMatchObject({ answer: 'epoch', epoch: 1, acked_seq: 4 });
    expect(await heldBy(joined)).toBe(4);
  });

  it('of an entry that differs from the one held under its number is a fork', async () => {
    const joined = await openTill(2);
    await pushAll(joined);
    const { till } = joined;
    till.entries.splice(3);
    sell(joined, 7);
    sell(joined, 8);
    sell(joined, 9);
    expect(await pushAll(joined, 1, 1)).toMatchObject({ answer: 'fork', seq: 4, acked_seq: 5 });
    expect(await salesOf(joined)).toBe(2);
  });

  it('of one sale with more lines than a batch has bytes goes through', async () => {
    const joined = await openTill(0);
    const baskets = Array.from({ length: 1200 }, (_, i) => ({
      product: products[i % products.length] ?? anyProduct(),
      quantity_milli: 1000,
    }));
    joined.till.append('sale.completed', makeSale(joined.till, baskets));
    expect(joined.till.entries[3]?.bytes.length).toBeGreaterThan(262_144);
    expect(joined.till.entriesAfter(3, { count: 200, bytes: 262_144 })).toHaveLength(1);
    expect(await pushAll(joined)).toMatchObject({ answer: 'taken', acked_seq: 3 });
    expect(await pushAll(joined, 4, 1)).toMatchObject({ answer: 'taken', acked_seq: 4, quarantined: 0 });
    expect(await shop.value('select max(line_no)::int from sale_lines')).toBe(1200);
  });

  it('opens a new epoch in chain order', async () => {
    const joined = await openTill(1);
    await pushAll(joined);
    const { till } = joined;
    const head = till.head();
    till.append('epoch.opened', {
      reason: 'restored',
      previous_head: { epoch: 1, seq: head.seq, hash: toHex(head.hash) },
      series: 'B',
    });
    sell(joined, 1);
    expect(await pushAll(joined, 5, 1)).toMatchObject({ answer: 'taken', epoch: 2, acked_seq: 6 });
  });
});

describe('a push is refused at the first entry that is not the next of this till, and what is before it is taken', () => {
  it('a hash that is not that of the bytes', async () => {
    const joined = await openTill(3);
    const [, , , , fifth] = joined.till.entries;
    if (fifth === undefined) throw new Error('no fifth entry');
    joined.till.entries[4] = { ...fifth, hash: sha256(fifth.hash) };
    expect(await pushAll(joined)).toMatchObject({ answer: 'refused', reason: 'chain', seq: 5, acked_seq: 4 });
    expect(await heldBy(joined)).toBe(4);
    expect(await salesOf(joined)).toBe(1);
  });

  it('bytes that were changed after they were hashed', async () => {
    const joined = await openTill(1);
    const last = joined.till.entries.pop();
    if (last === undefined) throw new Error('no entry');
    const text = new TextDecoder().decode(last.bytes).replace('"2026-11-21"', '"2026-11-22"');
    joined.till.entries.push({ ...last, bytes: new TextEncoder().encode(text) });
    expect(await pushAll(joined)).toMatchObject({ answer: 'refused', reason: 'chain', acked_seq: 3 });
  });

  it.each([
    ['another till', 'till', (envelope: object) => ({ ...envelope, till: shop.ids.next() })],
    ['another store', 'till', (envelope: object) => ({ ...envelope, store: shop.ids.next() })],
    ['another number', 'seq', (envelope: object) => ({ ...envelope, seq: 9 })],
    ['another epoch', 'epoch', (envelope: object) => ({ ...envelope, epoch: 2 })],
    ['another installation', 'installation', (envelope: object) => ({ ...envelope, installation: shop.ids.next() })],
  ])('an entry that was relabelled as of %s, its chain made good', async (_, reason, relabel) => {
    const joined = await openTill(0);
    const { till } = joined;
    const body = makeSale(till, [{ product: anyProduct(), quantity_milli: 1000 }]);
    const envelope = till.envelope('sale.completed', body);
    till.appendBytes(encodeEntry(relabel(envelope) as typeof envelope));
    expect(await pushAll(joined)).toMatchObject({ answer: 'refused', reason, seq: 4, acked_seq: 3 });
    expect(await salesOf(joined)).toBe(0);
  });

  it('a chain that does not begin with its epoch', async () => {
    const joined = await openTill(0);
    joined.till.entries.splice(0);
    sell(joined, 1);
    expect(await pushAll(joined)).toMatchObject({ answer: 'refused', reason: 'genesis', acked_seq: 0 });
  });

  it.each([
    ['number', { seq: 2 }],
    ['hash', { hash: 'ab'.repeat(32) }],
  ])('an epoch that does not name the head before it by its %s', async (_, wrong) => {
    const joined = await openTill(0);
    const head = joined.till.head();
    joined.till.append('epoch.opened', {
      reason: 'restored',
      previous_head: { epoch: 1, seq: head.seq, hash: toHex(head.hash), ...wrong },
      series: 'B',
    });
    expect(await pushAll(joined)).toMatchObject({ answer: 'refused', reason: 'epoch', acked_seq: 3 });
  });

  it('everything of a till that was taken out of use', async () => {
    const joined = await openTill(1);
    await shop.admin.query('select set_till_active(null, $1, false)', [joined.till.options.till]);
    expect(await pushAll(joined)).toMatchObject({ answer: 'refused', reason: 'deactivated', acked_seq: 0 });
    await shop.admin.query('select set_till_active(null, $1, true)', [joined.till.options.till]);
    expect(await pushAll(joined)).toMatchObject({ answer: 'taken', acked_seq: 4 });
  });
});

describe('hello', () => {
  async function hello(joined: JoinedTill & { connection: CentralConnection }, seq: number, hash: Uint8Array) {
    const { installation } = joined.till.options;
    return await joined.connection.hello({ installation, epoch: 1, seq, hash, at: '2026-11-21T09:00:00.000Z' });
  }

  it('tells an equal chain from one that is ahead, behind or forked', async () => {
    const joined = await openTill(3);
    const { till } = joined;
    const genesis = till.hashAt(0) ?? new Uint8Array();
    expect(await hello(joined, 0, genesis)).toMatchObject({ answer: 'welcome', chain: 'equal', acked_seq: 0 });
    expect(await hello(joined, 0, sha256(genesis))).toMatchObject({ chain: 'fork' });
    expect(await hello(joined, 6, till.head().hash)).toMatchObject({ chain: 'ahead', head_hash: toHex(genesis) });
    await pushAll(joined);
    expect(await hello(joined, 6, till.head().hash)).toMatchObject({ chain: 'equal', acked_seq: 6, epoch: 1 });
    expect(await hello(joined, 5, till.hashAt(5) ?? genesis)).toMatchObject({ chain: 'behind' });
    expect(await hello(joined, 0, genesis)).toMatchObject({ chain: 'behind' });
    expect(await hello(joined, 5, till.hashAt(4) ?? genesis)).toMatchObject({ chain: 'fork' });
    expect(await hello(joined, 6, till.hashAt(5) ?? genesis)).toMatchObject({ chain: 'fork' });
  });

  it('refuses another installation, and remembers that it asked; the till itself is as it was', async () => {
    const joined = await openTill(0);
    await hello(joined, 3, joined.till.head().hash);
    const of = async (table: string, columns: string) =>
      (
        await shop.admin.query(
          `select ${columns} from ${table} join tills using (store_id, till_id) where till = $1 order by installation`,
          [joined.till.options.till],
        )
      ).rows;
    const before = await of('till_heads', 'till_heads.*');
    const installation = shop.ids.next<typeof joined.till.options.installation>();
    const { hash } = joined.till.head();
    const stranger = await centralAt(joined.address, 'another').connect();
    expect(await stranger.hello({ installation, epoch: 1, seq: 9, hash, at: '1999-01-01T00:00:00Z' })).toMatchObject({
      answer: 'refused',
      reason: 'installation',
    });
    stranger.destroy();
    expect(await of('till_heads', 'till_heads.*')).toEqual(before);
    expect(
      await of(
        'till_installations',
        'installation, reported_epoch as epoch, reported_seq::int as seq, app_version as version, clock_offset_ms < -1e11 as late',
      ),
    ).toEqual(
      [
        { installation: joined.till.options.installation, epoch: 1, seq: 3, version: 'test', late: false },
        { installation, epoch: 1, seq: 9, version: 'another', late: true },
      ].toSorted((a, b) => (a.installation < b.installation ? -1 : 1)),
    );
  });
});
