/**
 * Goods between two stores: sent, received and cancelled by tills that may be out of reach, in whatever order the head office
 * hears of it. Nothing is lost or doubled: what was sent is what was received, what is on the way, and the difference.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MovementId, StoreId, TransferId } from '../../shared/ids.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from './central-shop.ts';
import { makeProducts, type TestProduct } from './sales.ts';
import { SyncRun } from './sync-run.ts';

let shop: CentralShop;
let products: TestProduct[];
let stores = 0;
beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  products = makeProducts(shop.ids, 3);
});
afterAll(async () => {
  await shop.close();
});

interface Place {
  readonly store: StoreId;
  readonly joined: JoinedTill;
  readonly run: SyncRun;
  sent: number;
}

/** Sends what a place has, and fetches what there is for it. */
async function inStep(...places: readonly { readonly run: SyncRun }[]): Promise<void> {
  for (const { run } of places) {
    run.sync.appended();
    await run.untilSynced();
  }
}

async function openPlace(): Promise<Place> {
  stores += 1;
  const store = shop.ids.next<StoreId>();
  await shop.addStore(store);
  const joined = await shop.join(`P${stores}`, store);
  joined.till.open();
  const run = new SyncRun(joined.till, joined.central);
  // It speaks from now on only when it is told to: what is tried is who is heard first.
  await run.untilSynced();
  return { store, joined, run, sent: 0 };
}

type Quantities = readonly (readonly [product: number, units: number])[];
const linesOf = (quantities: Quantities) =>
  quantities.map(([index, units]) => {
    const product = products[index];
    if (product === undefined) throw new Error('three products');
    const { name, sku } = product;
    return { product: product.product, sku, name, unit: 'piece' as const, quantity_milli: units * 1000 };
  });

function send(
  from: Place,
  to: Place,
  quantities: Quantities,
): { readonly number: string; readonly transfer: TransferId } {
  from.sent += 1;
  const number = `${from.joined.till.options.code}-A-T${from.sent}`;
  const transfer = shop.ids.next<TransferId>();
  from.joined.till.append('stock.sent', { transfer, number, to_store: to.store, lines: linesOf(quantities) });
  return { number, transfer };
}

function receive(at: Place, number: string, quantities: Quantities): void {
  at.joined.till.append('stock.received', {
    receipt: shop.ids.next<MovementId>(),
    number,
    lines: linesOf(quantities),
  });
}

const told = ({ joined }: Place, number: string) => {
  const rows = [...joined.till.replica.company].filter(([key]) => key === `transfer ${number}`);
  return rows.length === 0 ? undefined : rows[0]?.[1];
};
const level = async ({ store }: Place, index: number) =>
  Number(
    await shop.value(
      `select coalesce(sum(level_milli), 0) from stock_on_hand join stores using (store_id)
       where store = $1 and product = $2`,
      [store, products[index]?.product],
    ),
  );
const matters = async (...numbers: string[]) =>
  (
    await shop.admin.query(
      `select number, kind, sent_milli::int, received_milli::int from transfer_matters where number = any ($1) order by 1`,
      [numbers],
    )
  ).rows;

describe('a transfer', () => {
  it('leaves one stock, is seen by both stores and by no third, and comes into the other', async () => {
    const [from, to, third] = [await openPlace(), await openPlace(), await openPlace()];
    const { number } = send(from, to, [
      [0, 5],
      [1, 2],
    ]);
    await inStep(from, to, third);
    expect([await level(from, 0), await level(to, 0)]).toEqual([-5000, 0]);
    for (const place of [from, to]) {
      await inStep(place);
      expect(told(place, number)).toMatchObject({ state: 'on_the_way', to_store: to.store });
    }
    expect(told(third, number)).toBe(undefined);
    receive(to, number, [
      [0, 5],
      [1, 2],
    ]);
    await inStep(to);
    await inStep(from);
    expect(told(from, number)).toMatchObject({ state: 'received' });
    expect([await level(to, 0), await level(to, 1)]).toEqual([5000, 2000]);
    expect(await matters(number)).toEqual([]);
    // An empty till of the third store learns nothing of it either.
    const other = await shop.join(`Q${stores}`, third.store);
    const empty = new SyncRun(other.till, other.central);
    other.till.open();
    await inStep({ run: empty });
    expect(JSON.stringify([...other.till.replica.company.values()])).not.toContain(number);
    for (const { run } of [from, to, third, { run: empty }]) run.sync.stop();
  });

  it('says what differs until somebody has looked, and what was cancelled and arrived all the same', async () => {
    const [from, to] = [await openPlace(), await openPlace()];
    const short = send(from, to, [[0, 5]]);
    const back = send(from, to, [[1, 4]]);
    const both = send(from, to, [[2, 3]]);
    for (const { number, transfer } of [back, both]) {
      const lines = linesOf(number === back.number ? [[1, 4]] : [[2, 3]]);
      from.joined.till.append('stock.transfer_cancelled', { transfer, number, lines });
    }
    receive(to, short.number, [[0, 4]]);
    receive(to, both.number, [[2, 3]]);
    await inStep(to, from);
    expect(await matters(short.number, back.number, both.number)).toEqual([
      { number: short.number, kind: 'different', sent_milli: 5000, received_milli: 4000 },
      { number: both.number, kind: 'cancelled', sent_milli: 3000, received_milli: 3000 },
    ]);
    expect([await level(from, 0), await level(from, 1), await level(from, 2)]).toEqual([-5000, 0, 0]);
    expect(await shop.value("select note_transfer(null, $1) ->> 'answer'", [short.number])).toBe('recorded');
    expect(await shop.value("select note_transfer(null, 'NO-A-T1') ->> 'answer'")).toBe('unknown');
    expect(await matters(short.number)).toEqual([]);
    for (const { run } of [from, to]) run.sync.stop();
  });

  it('of another store can not be sent again or cancelled: such an entry is put aside, and moves nothing', async () => {
    const [from, to] = [await openPlace(), await openPlace()];
    const { number, transfer } = send(from, to, [[0, 5]]);
    await inStep(from);
    to.joined.till.append('stock.transfer_cancelled', { transfer, number, lines: linesOf([[0, 5]]) });
    to.joined.till.append('stock.sent', {
      transfer: shop.ids.next(),
      number,
      to_store: from.store,
      lines: linesOf([[0, 50]]),
    });
    await inStep(to, from);
    expect(
      await shop.value(
        `select count(*)::int from quarantined_entries join tills using (store_id, till_id) where till = $1`,
        [to.joined.till.options.till],
      ),
    ).toBe(2);
    expect([await level(from, 0), await level(to, 0)]).toEqual([-5000, 0]);
    expect(told(from, number)).toMatchObject({ state: 'on_the_way', lines: [{ sent_milli: 5000 }] });
    for (const { run } of [from, to]) run.sync.stop();
  });
});

const encoder = new TextEncoder();
const decoder = new TextDecoder();

describe('a till that writes what no till writes', () => {
  const asideOf = async ({ joined }: Place) =>
    (
      await shop.admin.query<{ seq: number; code: string }>(
        `select q.seq::int, q.code from quarantined_entries q join tills using (store_id, till_id) where till = $1 order by 1`,
        [joined.till.options.till],
      )
    ).rows.map(({ code }) => code);

  it('takes no number that another will print, and the honest transfer arrives', async () => {
    const [hostile, from, to] = [await openPlace(), await openPlace(), await openPlace()];
    const number = `${from.joined.till.options.code}-A-T1`;
    const transfer = shop.ids.next<TransferId>();
    hostile.joined.till.append('stock.sent', { transfer, number, to_store: to.store, lines: linesOf([[0, 1]]) });
    await inStep(hostile);
    expect(await asideOf(hostile)).toEqual(['23514']);
    send(from, to, [[0, 50]]);
    await inStep(from);
    expect(await asideOf(from)).toEqual([]);
    expect(await shop.value('select sent_milli::int from transfer_lines where number = $1', [number])).toBe(50_000);
  });

  it('tells another store nothing that it can not read', async () => {
    const [hostile, to] = [await openPlace(), await openPlace()];
    const number = `${hostile.joined.till.options.code}-A-T`;
    const [line] = linesOf([[0, 1]]);
    if (line === undefined) throw new Error('no line');
    const wrong: readonly object[] = [
      { lines: [{ ...line, name: 'x'.repeat(100_000) }] },
      { lines: [{ ...line, unit: 'bogus' }] },
      { lines: [{ ...line, sku: '' }] },
      { lines: [{ ...line, quantity_milli: -1 }] },
      { lines: [] },
      { lines: Array.from({ length: 1001 }, () => line) },
      { to_store: shop.ids.next<StoreId>() },
      { number: '<b>any text</b>' },
    ];
    for (const [i, change] of wrong.entries()) {
      const good = {
        transfer: shop.ids.next<TransferId>(),
        number: `${number}${i}`,
        to_store: to.store,
        lines: [line],
      };
      const { till } = hostile.joined;
      // What the till's own schema would refuse is what is tried.
      const entry = JSON.parse(decoder.decode(till.append('stock.sent', good).bytes));
      till.entries.pop();
      till.appendBytes(encoder.encode(JSON.stringify({ ...entry, body: { ...entry.body, ...change } })));
    }
    await inStep(hostile);
    expect(await asideOf(hostile)).toEqual(wrong.map(() => '23514'));
    expect(
      await shop.value("select count(*)::int from feed_rows where kind = 'transfer' and row ->> 'to_store' = $1", [
        to.store,
      ]),
    ).toBe(0);
  });
});

it.each([[[0, 1, 2]], [[1, 0, 2]], [[1, 2, 0]]])(
  'is not ended by a store that it was not for, in the order %j',
  async (order) => {
    const [from, to, other] = [await openPlace(), await openPlace(), await openPlace()];
    const { number } = send(from, to, [[0, 50]]);
    receive(other, number, [[0, 1]]);
    const state = async () =>
      await shop.value("select row ->> 'state' from feed_rows where kind = 'transfer' and key = $1", [number]);
    const hear = [
      async () => await inStep(from),
      async () => await inStep(other),
      async () => {
        if (await state()) expect(await state()).toBe('on_the_way');
        receive(to, number, [[0, 50]]);
        await inStep(to);
      },
    ];
    for (const i of order) await hear[i]?.();
    expect(await state()).toBe('received');
    expect(await shop.value('select kind from transfer_matters where number = $1', [number])).toBe('elsewhere');
  },
);

it('is a matter again when the sender is heard after somebody has looked', async () => {
  const [from, to] = [await openPlace(), await openPlace()];
  const { number } = send(from, to, [[0, 50]]);
  receive(to, number, [[0, 4]]);
  await inStep(to);
  await shop.admin.query('select note_transfer(null, $1)', [number]);
  await inStep(from);
  expect(await shop.value('select kind from transfer_matters where number = $1', [number])).toBe('different');
});

it('loses and doubles nothing, whichever store the head office hears first', async () => {
  const step = fc.record({
    from: fc.nat(2),
    to: fc.nat(2),
    product: fc.nat(2),
    sent: fc.integer({ min: 1, max: 9 }),
    arrived: fc.option(fc.integer({ min: 0, max: 9 })),
    is_cancelled: fc.boolean(),
    first: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const places = [await openPlace(), await openPlace(), await openPlace()];
      const at = (i: number): Place => {
        const place = places[i];
        if (place === undefined) throw new Error('three places');
        return place;
      };
      const expected = places.map(() => [0, 0, 0]);
      const add = (place: number, product: number, units: number): void => {
        const levels = expected[place];
        if (levels !== undefined) levels[product] = (levels[product] ?? 0) + units * 1000;
      };
      let different = 0;
      for (const { arrived, first, from, is_cancelled, product, sent, to } of steps) {
        if (from === to) continue;
        const { number, transfer } = send(at(from), at(to), [[product, sent]]);
        add(from, product, -sent);
        if (is_cancelled) {
          const lines = linesOf([[product, sent]]);
          at(from).joined.till.append('stock.transfer_cancelled', { transfer, number, lines });
          add(from, product, sent);
        }
        if (arrived !== null) {
          receive(at(to), number, [[product, arrived]]);
          add(to, product, arrived);
          if (is_cancelled || arrived !== sent) different += 1;
        }
        await inStep(at(first ? from : to));
      }
      await inStep(...places, ...places);
      for (const [i, place] of places.entries())
        expect([await level(place, 0), await level(place, 1), await level(place, 2)]).toEqual(expected[i]);
      const codes = places.map(({ joined }) => `${joined.till.options.code}-%`);
      expect(await shop.value('select count(*)::int from transfer_matters where number like any ($1)', [codes])).toBe(
        different,
      );
      // Each store's tills are told the same of its transfers as the head office holds.
      for (const { joined, store } of places) {
        const held = await shop.admin.query<{ number: string; state: string }>(
          'select number, transfer_state(t) as state from transfers t where from_store = $1 or to_store = $1 order by 1',
          [store],
        );
        const known = [...joined.till.replica.company]
          .filter(([key]) => key.startsWith('transfer '))
          .map(([, row]) => row as { readonly number: string; readonly state: string })
          .map(({ number, state }) => ({ number, state }))
          .toSorted((a, b) => (a.number < b.number ? -1 : 1));
        expect(known).toEqual(held.rows.toSorted((a, b) => (a.number < b.number ? -1 : 1)));
      }
      for (const { run } of places) run.sync.stop();
    }),
    { numRuns: 6, seed: 20_261_121 },
  );
});
