/** More came back of a sold line than was sold: the inbox says so, whenever and in whatever order the refunds came. */
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ReadDb, readTransaction } from '../../headoffice/db/transact.ts';
import { listOverRefunds } from '../../headoffice/inbox/over-refunds.ts';
import type { SaleId } from '../../shared/ids.ts';
import type { Body } from '../../shared/journal/kinds.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { settle } from '../sync/forks.ts';
import { makeProduct, makeRefund, makeSale, type TestProduct } from '../sync/sales.ts';
import { Ids, type TestTill } from '../sync/test-till.ts';
import { openOffice, pushAll, type TestOffice } from './office.ts';

let one: TestOffice;
let counter: JoinedTill;
let service: JoinedTill;
let product: TestProduct;
let tills = 0;

beforeAll(async () => {
  one = await openOffice();
  product = makeProduct(one.shop.ids);
});
beforeEach(async () => {
  await one.shop.admin.query('delete from line_returns');
  counter = await openTill();
  service = await openTill();
});
afterAll(async () => {
  await one.close();
});

async function openTill(): Promise<JoinedTill> {
  tills += 1;
  const joined = await one.shop.join(`T${tills}`);
  joined.till.open();
  return joined;
}

function sell({ till }: { readonly till: TestTill }, units: number, of = product): Body<'sale.completed'> {
  const sale = makeSale(till, [{ product: of, quantity_milli: units * 1000 }]);
  till.append('sale.completed', sale);
  return sale;
}

function giveBack(
  { till }: { readonly till: TestTill },
  sale: Body<'sale.completed'>,
  units: number,
  at?: string,
  restock = true,
): number {
  const [sold] = sale.lines;
  if (sold === undefined) throw new Error('a sale without a line');
  const refund = makeRefund(till, [{ product, quantity_milli: units * 1000 }], restock);
  const lines = refund.lines.map((line) => ({ ...line, of_line: sold.line }));
  return till.append('refund.completed', { ...refund, of_sale: sale.sale, lines }, at === undefined ? {} : { at }).seq;
}

/** Every sale that is named, with what it says of it. */
async function named(): Promise<Map<SaleId, { readonly back: number; readonly sold: number }>> {
  const { over_refunds } = await one.client.inbox.list({});
  return new Map(
    over_refunds.map(({ refund, returned_milli, sold_milli }) => [
      refund,
      { back: returned_milli / 1000, sold: sold_milli / 1000 },
    ]),
  );
}

async function projectAgain({ till }: JoinedTill, seq: number): Promise<void> {
  await one.client.quarantine.project_again({ till: till.options.till, seq });
}

it('is named where two tills gave it back, and not where all that came back had been sold', async () => {
  const [honest, twice] = [sell(counter, 3), sell(counter, 3)];
  giveBack(counter, honest, 1);
  giveBack(counter, honest, 2);
  giveBack(counter, twice, 2);
  giveBack(service, twice, 2);
  await pushAll(counter);
  expect([...(await named())]).toEqual([]);
  await pushAll(service);
  expect([...(await named())]).toEqual([[twice.sale, { back: 4, sold: 3 }]]);
  const { total } = await one.client.inbox.list({});
  expect(await one.client.inbox.count({})).toEqual({ total });
});

it('is named where the first refund was long ago, or by a clock that is years behind', async () => {
  const sale = sell(counter, 1);
  giveBack(counter, sale, 1, '2019-01-01T10:00:00.000Z');
  giveBack(counter, sale, 1, '2018-01-01T10:00:00.000Z');
  await pushAll(counter);
  expect([...(await named())]).toEqual([[sale.sale, { back: 2, sold: 1 }]]);
});

it('leaves when somebody has looked at it, and is named again once more of it came back', async () => {
  const sale = sell(counter, 1);
  giveBack(counter, sale, 2);
  await pushAll(counter);
  const [shown] = (await one.client.inbox.list({})).over_refunds;
  if (shown === undefined) throw new Error('it is not named');
  expect(await one.client.inbox.note(shown.note)).toEqual({});
  expect([...(await named())]).toEqual([]);
  giveBack(counter, sale, 1);
  await pushAll(counter);
  expect([...(await named())]).toEqual([[sale.sale, { back: 3, sold: 1 }]]);
});

it('is no news after sixty days', async () => {
  const sale = sell(counter, 1);
  giveBack(counter, sale, 2);
  await pushAll(counter);
  await one.shop.admin.query("update line_returns set noticed_at = now() - interval '61 days'");
  expect([...(await named())]).toEqual([]);
  giveBack(counter, sale, 1);
  await pushAll(counter);
  expect([...(await named())]).toEqual([[sale.sale, { back: 3, sold: 1 }]]);
});

it('is named where the refunds came before the sale did', async () => {
  const [sale, honest] = [sell(counter, 1), sell(counter, 1)];
  giveBack(service, sale, 2);
  giveBack(service, honest, 1);
  await pushAll(service);
  expect([...(await named())]).toEqual([]);
  await pushAll(counter);
  expect([...(await named())]).toEqual([[sale.sale, { back: 2, sold: 1 }]]);
});

it.each(['sale', 'refund'] as const)('is named where sale and refund come at once, the %s first', async (first) => {
  // What is not counted takes no lock for its stock.
  const sale = sell(counter, 1, { ...product, stocked: false });
  giveBack(service, sale, 2, undefined, false);
  const [early, late] = first === 'sale' ? [counter, service] : [service, counter];
  const [holding, waiting] = [await connect(early), await connect(late)];
  await holding.query('begin');
  await push(holding, early);
  const pushed = push(waiting, late);
  await untilBlocked(waiting);
  await holding.query('commit');
  await pushed;
  await holding.end();
  await waiting.end();
  expect([...(await named())]).toEqual([[sale.sale, { back: 2, sold: 1 }]]);
});

async function connect({ address }: JoinedTill): Promise<pg.Client> {
  return await one.shop.connectAs(address.login, address.password);
}

async function push(client: pg.Client, { till }: JoinedTill): Promise<void> {
  const { rows } = await client.query<{ answer: { answer: string } }>('select push(0, 1, $1, $2) as answer', [
    till.entries.map(({ bytes }) => Buffer.from(bytes)),
    till.entries.map(({ hash }) => Buffer.from(hash)),
  ]);
  expect(rows[0]?.answer.answer).toBe('taken');
}

async function untilBlocked(client: pg.Client): Promise<void> {
  // Its process as PostgreSQL told it at the start; the types leave it out.
  const { processID } = client as unknown as { readonly processID: number };
  await expect
    .poll(async () => await one.shop.value('select cardinality(pg_blocking_pids($1))', [processID]), {
      timeout: 30_000,
    })
    .toBe(1);
}

it('is counted once when what lay aside is projected: the sale, a refund, both, again and again', async () => {
  const { admin } = one.shop;
  const sale = sell(counter, 1);
  const seqs = [counter.till.head().seq, giveBack(counter, sale, 1), giveBack(counter, sale, 1)];
  await admin.query('alter table sales add constraint a_fault check (total_minor = 0) not valid');
  try {
    await pushAll(counter);
    expect((await one.client.inbox.list({})).quarantined).toBe(3);
  } finally {
    await admin.query('alter table sales drop constraint a_fault');
  }
  expect(await one.shop.value('select count(*)::int from line_returns')).toBe(0);
  for (const seq of seqs.toReversed()) await projectAgain(counter, seq);
  for (const seq of seqs) await projectAgain(counter, seq);
  expect([...(await named())]).toEqual([[sale.sale, { back: 2, sold: 1 }]]);
});

it('is not said of a refund that was adopted more than once', async () => {
  const { till } = counter;
  const sale = sell(counter, 1);
  const forked = till.copy(till.options.installation, new Ids(0x5000 + tills), till.head().seq);
  giveBack({ till: forked }, sale, 1);
  const base = till.head().seq;
  settle(till, forked, base, 'B');
  settle(till, forked, base, 'C');
  await pushAll(counter);
  expect(await one.shop.value('select sum(returned_milli)::int from line_returns')).toBe(1000);
  expect([...(await named())]).toEqual([]);
});

it('is found without reading what was sold', async () => {
  for (let i = 0; i < 40; i += 1) giveBack(counter, sell(counter, 2), 1);
  await pushAll(counter);
  const read = async (db: ReadDb) => {
    const row = await db.first<{ read: number }>(
      `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables
       where relname ~ '^(sales|sale_lines)'`,
    );
    return row?.read ?? 0;
  };
  await readTransaction(one.pool, async (db) => {
    // The connection may have read before what it has not reported yet.
    const before = await read(db);
    expect(await listOverRefunds(db)).toEqual([]);
    expect((await read(db)) - before).toBe(0);
  });
});
