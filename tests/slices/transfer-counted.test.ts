/** Goods between stores that were written down wrong, and a shelf that was counted before anybody put it right. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import type { CountId } from '../../shared/ids.ts';
import { decodeEntry } from '../../shared/journal/envelope.ts';
import { taxRow, tea, teaRow } from './support/feed-goods.ts';
import { type JoinedTill, joinedShop, quay, storesRows } from './support/joined.ts';
import type { Seat } from './support/till.ts';

let shop: JoinedTill & { readonly manager: Seat };
beforeEach(async () => {
  shop = await joinedShop();
  shop.send('company', [taxRow, teaRow, ...storesRows]);
});
afterEach(() => shop.end());

const linesOf = (units: number) => [{ product: tea, quantity_milli: units * 1000 }];
const level = async () =>
  ((await shop.manager.client.stock.levels({ products: [tea] })).levels[0]?.store_milli ?? 0) / 1000;
const add = async (units: number) =>
  await shop.manager.client.stock.adjust({ reason: 'Delivery', lines: linesOf(units) });
const send = async (units: number) =>
  (await shop.manager.client.transfer.send({ to_store: quay, lines: linesOf(units) })).number;
const cancel = async (number: string) => await shop.manager.client.transfer.cancel({ number });
const receive = async (units: number, awaits_more = false) =>
  await shop.manager.client.transfer.receive({ number: 'QU1-A-T7', lines: linesOf(units), awaits_more });
const correct = async (units: number, awaits_more = false) =>
  await shop.manager.client.transfer.correct({
    number: 'QU1-A-T7',
    reason: 'Typed twice',
    lines: linesOf(units),
    awaits_more,
  });
const begin = async () => (await shop.manager.client.stock_take.open({ scope: { kind: 'store' } })).count;
const enter = async (count: CountId, units: number) =>
  await shop.manager.client.stock_take.enter({ count, product: tea, quantity_milli: units * 1000, how: 'replace' });
const post = async (count: CountId) => await shop.manager.client.stock_take.post({ count });
async function countAndPost(units: number): Promise<void> {
  const count = await begin();
  await enter(count, units);
  await post(count);
}

/** The lines of the last entry of a kind. */
function lastLines(kind: string): unknown {
  const file = openTillFileToRead(shop.path);
  try {
    const found = file.connection
      .prepare<[string], { bytes: Uint8Array }>('SELECT bytes FROM journal WHERE kind = ? ORDER BY seq DESC LIMIT 1')
      .get(kind);
    const body = decodeEntry(found?.bytes ?? new Uint8Array()).body as { readonly lines: unknown };
    return body.lines;
  } finally {
    file.close();
  }
}

test('goods that never left, and that a count has found since, do not come back a second time', async () => {
  await add(14);
  const number = await send(4);
  await countAndPost(14);
  expect(await level()).toBe(14);
  await cancel(number);
  expect(await level()).toBe(14);
  expect(lastLines('stock.transfer_cancelled')).toMatchObject([{ quantity_milli: 4000, counted_since: true }]);
  expect((await shop.manager.client.transfer.list({})).outgoing).toMatchObject([{ number, state: 'cancelled' }]);
});

test('goods that never left come back where they were counted before they were said to leave', async () => {
  await countAndPost(14);
  const number = await send(4);
  expect(await level()).toBe(10);
  await cancel(number);
  expect(await level()).toBe(14);
  expect(lastLines('stock.transfer_cancelled')).toEqual([expect.not.objectContaining({ counted_since: true })]);
});

test('a receipt that was wrong, and that a count has put right since, takes nothing off a second time', async () => {
  await receive(12);
  await countAndPost(9);
  await add(-1);
  expect(await level()).toBe(8);
  await correct(10);
  expect(await level()).toBe(8);
  expect(await shop.manager.client.transfer.show({ number: 'QU1-A-T7' })).toMatchObject({
    lines: [{ own_milli: 10_000 }],
  });
  await correct(11);
  expect(await level()).toBe(8);
  expect(await shop.manager.client.transfer.show({ number: 'QU1-A-T7' })).toMatchObject({
    lines: [{ own_milli: 11_000 }],
  });
});

test('of several deliveries a correction is of the last', async () => {
  await receive(3, true);
  await countAndPost(3);
  await receive(2, true);
  await correct(4, true);
  expect(await level()).toBe(4);
  await countAndPost(4);
  await correct(5, true);
  expect(await level()).toBe(4);
});

test('a take that is open knows better what it was to find', async () => {
  await add(14);
  const number = await send(4);
  const count = await begin();
  await enter(count, 13);
  await cancel(number);
  const asked = { count, only: 'all', offset: 0, limit: 10 } as const;
  expect(await shop.manager.client.stock_take.differences(asked)).toMatchObject({
    lines: [{ counted_milli: 13_000, known_milli: 14_000 }],
  });
  await post(count);
  expect(await level()).toBe(13);
});

test('a take that was begun before the goods were said to leave does not', async () => {
  await add(14);
  const count = await begin();
  await enter(count, 13);
  const number = await send(4);
  await cancel(number);
  await post(count);
  expect(await level()).toBe(13);
});

test('a take that is given up has found nothing', async () => {
  await add(14);
  const number = await send(4);
  const count = await begin();
  await enter(count, 14);
  await shop.manager.client.stock_take.discard({ count });
  await cancel(number);
  expect(await level()).toBe(14);
});
