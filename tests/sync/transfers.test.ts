/**
 * Goods between two stores: sent, received and cancelled by tills that may be out of reach, in whatever order the head office
 * hears of it. Nothing is lost or doubled: what was sent is what was received, what is on the way, and the difference.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoreId, TransferId } from '../../shared/ids.ts';
import { SyncRun } from './sync-run.ts';
import { type Place, transferCompany } from './transfer-company.ts';

const company = transferCompany();
const { asideOf, correct, inStep, level, linesOf, matters, openPlace, receive, send, stateOf, told } = company;

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
    const other = await company.shop.join(`Q${third.joined.till.options.code}`, third.store);
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
      { number: short.number, kind: 'different', products: 1, different: 1 },
      { number: both.number, kind: 'cancelled', products: 1, different: 1 },
    ]);
    expect([await level(from, 0), await level(from, 1), await level(from, 2)]).toEqual([-5000, 0, 0]);
    expect(await company.shop.value("select note_transfer(null, $1) ->> 'answer'", [short.number])).toBe('recorded');
    expect(await company.shop.value("select note_transfer(null, 'NO-A-T1') ->> 'answer'")).toBe('unknown');
    expect(await matters(short.number)).toEqual([]);
    for (const { run } of [from, to]) run.sync.stop();
  });

  it('of another store can not be sent again or cancelled: such an entry is put aside, and moves nothing', async () => {
    const [from, to] = [await openPlace(), await openPlace()];
    const { number, transfer } = send(from, to, [[0, 5]]);
    await inStep(from);
    to.joined.till.append('stock.transfer_cancelled', { transfer, number, lines: linesOf([[0, 5]]) });
    to.joined.till.append('stock.sent', {
      transfer: company.shop.ids.next(),
      number,
      to_store: from.store,
      lines: linesOf([[0, 50]]),
    });
    await inStep(to, from);
    expect(
      await company.shop.value(
        `select count(*)::int from quarantined_entries join tills using (store_id, till_id) where till = $1`,
        [to.joined.till.options.till],
      ),
    ).toBe(2);
    expect([await level(from, 0), await level(to, 0)]).toEqual([-5000, 0]);
    expect(told(from, number)).toMatchObject({ state: 'on_the_way', lines: [{ sent_milli: 5000 }] });
    for (const { run } of [from, to]) run.sync.stop();
  });
});

describe('what follows an entry that is put aside', () => {
  /** Does something while no entry that says `what` can be projected. */
  async function whileFaulty(what: 'sent' | 'received', work: () => Promise<void>): Promise<void> {
    const { admin } = company.shop;
    await admin.query(`alter table stock_transfer_lines add constraint a_fault check (what <> '${what}') not valid`);
    await work();
    await admin.query('alter table stock_transfer_lines drop constraint a_fault');
  }

  const again = async ({ joined, store }: Place, seq: number) =>
    await company.shop.value("select reproject(null, $1, $2, $3) ->> 'answer'", [store, joined.till.options.till, seq]);

  it('waits with it where goods were sent and never left, and one click projects both', async () => {
    const [from, to] = [await openPlace(), await openPlace()];
    const { till } = from.joined;
    const { number, transfer } = send(from, to, [[0, 5]]);
    const { seq } = till.head();
    await whileFaulty('sent', async () => await inStep(from));
    till.append('stock.transfer_cancelled', { transfer, number, lines: linesOf([[0, 5]]) });
    await inStep(from);
    expect(await asideOf(from)).toEqual(['23514', 'ET025']);
    // It has nothing to give back yet.
    expect(await again(from, seq + 1)).toBe('kept');
    expect(await again(from, seq)).toBe('projected');
    expect(await asideOf(from)).toEqual([]);
    expect([await level(from, 0), await stateOf(number)]).toEqual([0, 'cancelled']);
    await inStep(from);
    for (const { run } of [from, to]) run.sync.stop();
  });

  it('waits with it where a receipt was put right twice; what needs no receipt waits for none', async () => {
    const [from, to] = [await openPlace(), await openPlace()];
    const { number } = send(from, to, [[0, 5]]);
    await inStep(from, to);
    receive(to, number, [[0, 5]], true);
    await whileFaulty('received', async () => await inStep(to));
    const { seq } = to.joined.till.head();
    correct(to, number, [[0, -2]], true);
    correct(to, number, [[0, 1]], true);
    correct(to, number, [[0, -2]], true);
    await inStep(to);
    expect(await asideOf(to)).toEqual(['23514', 'ET025', 'ET025']);
    expect(await level(to, 0)).toBe(1000);
    expect(await again(to, seq)).toBe('projected');
    expect(await asideOf(to)).toEqual([]);
    expect([await level(to, 0), await stateOf(number)]).toEqual([2000, 'on_the_way']);
    expect(await matters(number)).toEqual([]);
    for (const { run } of [from, to]) run.sync.stop();
  });

  it('stays aside for its own reason where nothing that it follows is', async () => {
    const [from, to] = [await openPlace(), await openPlace()];
    const { number } = send(from, to, [[0, 5]]);
    await inStep(from, to);
    receive(to, number, [[0, 1]], true);
    correct(to, number, [[0, -2]], true);
    await inStep(to);
    expect(await asideOf(to)).toEqual(['23514']);
    for (const { run } of [from, to]) run.sync.stop();
  });
});

const encoder = new TextEncoder();
const decoder = new TextDecoder();

describe('a till that writes what no till writes', () => {
  it('takes no number that another will print, and the honest transfer arrives', async () => {
    const [hostile, from, to] = [await openPlace(), await openPlace(), await openPlace()];
    const number = `${from.joined.till.options.code}-A-T1`;
    const transfer = company.shop.ids.next<TransferId>();
    hostile.joined.till.append('stock.sent', { transfer, number, to_store: to.store, lines: linesOf([[0, 1]]) });
    await inStep(hostile);
    expect(await asideOf(hostile)).toEqual(['23514']);
    send(from, to, [[0, 50]]);
    await inStep(from);
    expect(await asideOf(from)).toEqual([]);
    expect(await company.shop.value('select sent_milli::int from transfer_lines where number = $1', [number])).toBe(
      50_000,
    );
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
      { to_store: company.shop.ids.next<StoreId>() },
      { number: '<b>any text</b>' },
    ];
    for (const [i, change] of wrong.entries()) {
      const good = {
        transfer: company.shop.ids.next<TransferId>(),
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
      await company.shop.value(
        "select count(*)::int from feed_rows where kind = 'transfer' and row ->> 'to_store' = $1",
        [to.store],
      ),
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
      await company.shop.value("select row ->> 'state' from feed_rows where kind = 'transfer' and key = $1", [number]);
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
    expect(await company.shop.value('select kind from transfer_matters where number = $1', [number])).toBe('elsewhere');
  },
);

it('is a matter again when the sender is heard after somebody has looked', async () => {
  const [from, to] = [await openPlace(), await openPlace()];
  const { number } = send(from, to, [[0, 50]]);
  receive(to, number, [[0, 4]]);
  await inStep(to);
  await company.shop.admin.query('select note_transfer(null, $1)', [number]);
  await inStep(from);
  expect(await company.shop.value('select kind from transfer_matters where number = $1', [number])).toBe('different');
});

it('loses and doubles nothing, whichever store the head office hears first', async () => {
  const step = fc.record({
    from: fc.nat(2),
    to: fc.nat(2),
    product: fc.nat(2),
    sent: fc.integer({ min: 1, max: 9 }),
    arrived: fc.option(fc.integer({ min: 0, max: 9 })),
    /** How much of it came in a second delivery. */
    later: fc.nat(3),
    /** What was written down too much, and taken back. */
    wrong: fc.nat(3),
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
      for (const { arrived, first, from, is_cancelled, later, product, sent, to, wrong } of steps) {
        if (from === to) continue;
        const { number, transfer } = send(at(from), at(to), [[product, sent]]);
        add(from, product, -sent);
        if (is_cancelled) {
          const lines = linesOf([[product, sent]]);
          at(from).joined.till.append('stock.transfer_cancelled', { transfer, number, lines });
          add(from, product, sent);
        }
        if (arrived !== null) {
          receive(at(to), number, [[product, arrived + wrong]], later > 0);
          if (wrong > 0) correct(at(to), number, [[product, -wrong]], later > 0);
          if (later > 0) receive(at(to), number, [[product, later]]);
          add(to, product, arrived + later);
          if (is_cancelled || arrived + later !== sent) different += 1;
        }
        await inStep(at(first ? from : to));
      }
      await inStep(...places, ...places);
      for (const [i, place] of places.entries())
        expect([await level(place, 0), await level(place, 1), await level(place, 2)]).toEqual(expected[i]);
      const codes = places.map(({ joined }) => `${joined.till.options.code}-%`);
      expect(
        await company.shop.value('select count(*)::int from transfer_matters where number like any ($1)', [codes]),
      ).toBe(different);
      // Each store's tills are told the same of its transfers as the head office holds.
      for (const { joined, store } of places) {
        const held = await company.shop.admin.query<{ number: string; state: string }>(
          'select number, state from transfer_standings where from_store = $1 or to_store = $1 order by 1',
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
