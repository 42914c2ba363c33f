import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex, type MovementId, type Uuid } from '../../shared/ids.ts';
import { encodeEntry } from '../../shared/journal/envelope.ts';
import type { JoinedTill } from './central-shop.ts';
import { ChainShop } from './chain-shop.ts';
import { firstFault, forkOf, adopt, settle } from './forks.ts';
import { makeRefund, makeSale } from './sales.ts';
import { sha256, type TestTill } from './test-till.ts';

let shop: ChainShop;

beforeAll(async () => {
  shop = await ChainShop.open();
});

afterAll(async () => {
  await shop.close();
});

async function pushWhole(joined: JoinedTill, from = 1, epoch = 0) {
  expect(firstFault(joined.till.entries)).toBe(null);
  return await shop.push(joined, joined.till, { from, epoch });
}

const stock = async (joined: JoinedTill) =>
  await shop.value(
    joined,
    'select coalesce(sum(level_milli), 0)::int from stock_levels join tills using (store_id, till_id) where till = $1',
  );

/** What the day's roll-ups say, which must be what the rows say. */
async function rolledUp(joined: JoinedTill) {
  const sums = `business_date::text, kind, %::int as count, sum(total_minor)::int as total`;
  const of = async (table: string, count: string) =>
    (
      await shop.central.admin.query(
        `select ${sums.replace('%', count)} from ${table} join tills using (store_id, till_id)
         where till = $1 group by 1, 2 order by 1, 2`,
        [joined.till.options.till],
      )
    ).rows;
  const days = await of('daily_sales', 'sum(sale_count)');
  expect(days).toEqual(await of('sales', 'count(*)'));
  return days;
}

/** Carries a private payload with a sale. */
function sellWithPayload(till: TestTill, text: string) {
  const bytes = new TextEncoder().encode(`{"salt":"AAAAAAAAAAAAAAAAAAAAAA==","name":"${text}"}`);
  const hash = sha256(bytes);
  const body = makeSale(till, [{ product: shop.product, quantity_milli: 1000 }]);
  const envelope = till.envelope('sale.completed', body, { private: [toHex(hash)] });
  till.appendBytes(encodeEntry(envelope), [{ hash, bytes }]);
  return Buffer.from(hash);
}

const isHeld = async (hash: Uint8Array) =>
  await shop.central.value('select count(*)::int from private_payloads where hash = $1', [hash]);

describe('an adopted entry', () => {
  it('is the fact inside: its kind, day, shift and names, once, under the number of the entry that adopted it', async () => {
    const joined = await shop.openTill(2);
    await pushWhole(joined);
    const forked = shop.copy(joined.till, 4);
    const sale = makeSale(forked, [{ product: shop.product, quantity_milli: 2000 }]);
    forked.append('sale.completed', sale, { business_date: '2026-11-19' });
    forked.append('stock.adjusted', {
      adjustment: shop.central.ids.next<MovementId>(),
      reason: 'Delivery',
      lines: [{ product: shop.product.product, sku: shop.product.sku, quantity_milli: 5000 }],
    });
    settle(joined.till, forked, 4, 'B');
    shop.sell(joined.till);
    expect(await pushWhole(joined, 6, 1)).toMatchObject({ answer: 'taken', acked_seq: 9, epoch: 2, quarantined: 0 });
    expect(
      await shop.rows(joined, 'sales', "seq::int, sale, business_date::text, (receipt_number || '')"),
    ).toContainEqual({
      seq: 7,
      sale: sale.sale,
      business_date: '2026-11-19',
      '?column?': String(sale.receipt.number),
    });
    expect(
      await shop.rows(joined, 'journal_entries', 'seq::int, epoch, kind, adopted, business_date::text as day, command'),
    ).toMatchObject([
      ...Array.from({ length: 5 }, () => ({ adopted: false, epoch: 1 })),
      { seq: 6, kind: 'epoch.opened', adopted: false, epoch: 2 },
      { seq: 7, kind: 'sale.completed', adopted: true, epoch: 2, day: '2026-11-19', command: commandOf(forked, 5) },
      { seq: 8, kind: 'stock.adjusted', adopted: true, epoch: 2 },
      { seq: 9, kind: 'sale.completed', adopted: false, epoch: 2 },
    ]);
    expect(await stock(joined)).toBe(-2000 - 2000 + 5000 - 1000);
    expect(await rolledUp(joined)).toMatchObject([
      { business_date: '2026-11-19', kind: 'sale', count: 1 },
      { business_date: '2026-11-21', kind: 'sale', count: 3 },
    ]);
  });

  it('inside another is the innermost', async () => {
    const joined = await shop.openTill(1);
    await pushWhole(joined);
    const inner = shop.fork(joined.till, 3, 2);
    const outer = shop.fork(joined.till, 3, 1);
    settle(outer, inner, 3, 'C');
    settle(joined.till, outer, 3, 'B');
    expect(await pushWhole(joined, 5, 1)).toMatchObject({ answer: 'taken', quarantined: 0 });
    expect(await shop.rows(joined, 'sales', 'seq::int')).toEqual([{ seq: 4 }, { seq: 6 }, { seq: 8 }, { seq: 9 }]);
    expect(await stock(joined)).toBe(-4000);
    expect(await rolledUp(joined)).toMatchObject([{ count: 4 }]);
  });

  it('arrives in pieces, each pushed twice since its answer was lost: counted once', async () => {
    const joined = await shop.openTill(1);
    const forked = shop.fork(joined.till, 3, 12);
    settle(joined.till, forked, 3, 'B');
    const connection = await joined.central.connect();
    let epoch = 0;
    for (let from = 0; from < joined.till.entries.length; from += 3) {
      for (const again of [0, 2]) {
        const entries = joined.till.entries.slice(Math.max(0, from - again), from + 3);
        const answer = await connection.push({ epoch, entries, unprojected: false });
        expect(answer).toMatchObject({ answer: 'taken' });
        ({ epoch } = answer);
      }
    }
    connection.destroy();
    expect(await rolledUp(joined)).toMatchObject([{ count: 13 }]);
    expect(await stock(joined)).toBe(-13_000);
    expect(
      await shop.value(joined, 'select count(*)::int from sales join tills using (store_id, till_id) where till = $1'),
    ).toBe(13);
  });

  it('of a kind that central does not know is kept like any other', async () => {
    const joined = await shop.openTill(1);
    const forked = shop.copy(joined.till, 3);
    const body = makeSale(forked, [{ product: shop.product, quantity_milli: 1000 }]);
    forked.append('sale.completed', body, { version: 2 });
    settle(joined.till, forked, 3, 'B');
    expect(await pushWhole(joined)).toMatchObject({ answer: 'taken', quarantined: 0 });
    expect(await shop.rows(joined, 'unprojected_entries', 'seq::int, kind, version')).toEqual([
      { seq: 6, kind: 'sale.completed', version: 2 },
    ]);
  });

  it('that can not be projected is quarantined alone, and a refund of it does not wait', async () => {
    const joined = await shop.openTill(1);
    const forked = shop.copy(joined.till, 3);
    const sale = makeSale(forked, [{ product: shop.product, quantity_milli: 1000 }]);
    forked.append('sale.completed', sale, { business_date: null });
    const refund = makeRefund(forked, [{ product: shop.product, quantity_milli: 1000 }], true);
    forked.append('refund.completed', { ...refund, of_sale: sale.sale });
    settle(joined.till, forked, 3, 'B');
    expect(await pushWhole(joined)).toMatchObject({ answer: 'taken', quarantined: 1 });
    expect(await shop.rows(joined, 'quarantined_entries', 'seq::int')).toEqual([{ seq: 6 }]);
    expect(await shop.rows(joined, 'sales', 'seq::int, kind')).toEqual([
      { seq: 4, kind: 'sale' },
      { seq: 7, kind: 'refund' },
    ]);
  });

  it('that sells the basket of an entry before, which was put aside, does not count in its place', async () => {
    const joined = await shop.openTill(0);
    // The basket was open when the disk was copied: both sell it, with other things in it.
    const forked = shop.copy(joined.till, 3);
    const basket = makeSale(joined.till, [{ product: shop.product, quantity_milli: 1000 }]);
    joined.till.append('sale.completed', basket);
    forked.append('sale.completed', {
      ...makeSale(forked, [{ product: shop.product, quantity_milli: 7000 }]),
      sale: basket.sale,
    });
    const connection = await joined.central.connect();
    const { installation, epoch } = joined.till.identity();
    const at = new Date().toISOString();
    await connection.hello({ installation, epoch, ...joined.till.head(), at });
    await connection.push({ epoch: 0, entries: joined.till.entries, unprojected: true });
    connection.destroy();
    settle(joined.till, forked, 3, 'B');
    shop.sell(joined.till);
    expect(await pushWhole(joined, 5, 1)).toMatchObject({ answer: 'taken', acked_seq: 7, quarantined: 1 });
    const again = async (seq: number) =>
      await shop.central.value(
        'select reproject(null, store, till, $2) from tills join stores using (store_id) where till = $1',
        [joined.till.options.till, seq],
      );
    expect(await again(6)).toMatchObject({ code: '23505' });
    for (const seq of [1, 2, 3, 4]) expect(await again(seq)).toEqual({ answer: 'projected' });
    expect(await again(6)).toMatchObject({ code: '23505' });
    expect(await shop.rows(joined, 'sales', 'seq::int')).toEqual([{ seq: 4 }, { seq: 7 }]);
    expect(await stock(joined)).toBe(-2000);
  });

  it('brings its private payloads, and an erasure inside a fork erases, for ever', async () => {
    const joined = await shop.openTill(0);
    const kept = sellWithPayload(joined.till, 'Alex Doe');
    await pushWhole(joined);
    const forked = shop.copy(joined.till, 3);
    const brought = sellWithPayload(forked, 'Brook Roe');
    const gone = sellWithPayload(forked, 'Casey Poe');
    forked.append('erased', {
      subject: shop.central.ids.next<Uuid>(),
      payloads: [kept, gone].map((hash) => hash.toString('hex')),
      reason: 'asked',
    });
    settle(joined.till, forked, 3, 'B');
    expect(await pushWhole(joined, 5, 1)).toMatchObject({ answer: 'taken', quarantined: 0, acked_seq: 8 });
    expect([await isHeld(kept), await isHeld(brought), await isHeld(gone)]).toEqual([0, 1, 0]);
    // Somebody sends it again: it stays away.
    sellWithPayload(joined.till, 'Casey Poe');
    expect(await pushWhole(joined, 9, 2)).toMatchObject({ answer: 'taken', quarantined: 0 });
    expect(await isHeld(gone)).toBe(0);
  });
});

describe('what a command wrote', () => {
  it('happened once: an entry that says it again goes to quarantine, its bytes are kept', async () => {
    const joined = await shop.openTill(1);
    const { till } = joined;
    const body = () => makeSale(till, [{ product: shop.product, quantity_milli: 1000 }]);
    till.append('sale.completed', body(), { command: commandOf(till, 4) });
    till.append('sale.completed', body(), { command: commandOf(till, 4), n: 1 });
    expect(await pushWhole(joined)).toMatchObject({ answer: 'taken', acked_seq: 6, quarantined: 1 });
    expect(await shop.rows(joined, 'quarantined_entries', 'seq::int, quarantined_entries.code')).toEqual([
      { seq: 5, code: 'ET004' },
    ]);
    expect(await shop.rows(joined, 'sales', 'seq::int')).toEqual([{ seq: 4 }, { seq: 6 }]);
    expect(
      await shop.rows(joined, 'journal_entries', 'seq::int, kind, command is null as twice, bytes'),
    ).toContainEqual({
      seq: 5,
      kind: 'sale.completed',
      twice: true,
      bytes: Buffer.from(till.entries[4]?.bytes ?? []),
    });
    // Also where the first came with another push, and under an adopted entry.
    const forked = shop.copy(till);
    forked.append('sale.completed', body(), { command: commandOf(till, 4) });
    till.openEpoch('fork_settled', 'B', forkOf(forked, 6));
    adopt(till, forked, 7);
    expect(await pushWhole(joined, 7, 1)).toMatchObject({ answer: 'taken', quarantined: 1 });
    expect(await stock(joined)).toBe(-2000);
  });

  it("is another till's own affair", async () => {
    const [one, two] = [await shop.openTill(1), await shop.openTill(0)];
    two.till.append('sale.completed', makeSale(two.till, [{ product: shop.product, quantity_milli: 1000 }]), {
      command: commandOf(one.till, 4),
    });
    expect(await pushWhole(one)).toMatchObject({ quarantined: 0 });
    expect(await pushWhole(two)).toMatchObject({ quarantined: 0 });
  });

  it('and is adopted although it is there, byte for byte, is no trouble for anybody', async () => {
    const joined = await shop.openTill(3);
    await pushWhole(joined);
    // The fork was settled once; a copy of the old PC's disk brings the same fork again.
    const forked = shop.fork(joined.till, 4, 2);
    settle(joined.till, forked, 4, 'B');
    settle(joined.till, forked, 4, 'C');
    expect(await pushWhole(joined, 7, 1)).toMatchObject({ answer: 'taken', quarantined: 0, acked_seq: 12 });
    expect(await shop.rows(joined, 'sales', 'seq::int')).toEqual([4, 5, 6, 8, 9].map((seq) => ({ seq })));
    expect(await stock(joined)).toBe(-5000);
    expect(await rolledUp(joined)).toMatchObject([{ count: 5 }]);
    expect(await shop.rows(joined, 'journal_epochs', 'epoch, reason, series, fork_base_seq::int as base')).toEqual([
      { epoch: 1, reason: 'first', series: 'A', base: null },
      { epoch: 2, reason: 'fork_settled', series: 'B', base: 4 },
      { epoch: 3, reason: 'fork_settled', series: 'C', base: 4 },
    ]);
  });
});

function commandOf(till: TestTill, seq: number) {
  const text = new TextDecoder().decode(till.entries[seq - 1]?.bytes);
  // Read from an entry of ours.
  return (/"command":"([^"]+)"/.exec(text)?.[1] ?? '') as ReturnType<typeof till.options.ids.next<Uuid<'command'>>>;
}
