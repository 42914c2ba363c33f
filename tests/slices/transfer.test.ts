/** Goods between stores, at the till: sent, received by number, cancelled, and what the head office tells of them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProductId } from '../../shared/ids.ts';
import { productRow, taxRow, tea, teaRow } from './support/feed-goods.ts';
import { type JoinedTill, joinedShop, quay, row, storeId, storesRows, tillId } from './support/joined.ts';
import { openSellingShop } from './support/selling.ts';
import { codeOf, failureOf, opening, type Seat, seededRandom, uuidAt } from './support/till.ts';

let shop: JoinedTill & { readonly manager: Seat };
beforeEach(async () => {
  shop = await joinedShop();
  shop.send('company', [taxRow, teaRow, ...storesRows]);
});
afterEach(() => shop.end());

const level = async () => (await shop.manager.client.stock.levels({ products: [tea] })).levels[0]?.store_milli;
const send = (units: number) =>
  shop.manager.client.transfer.send({ to_store: quay, lines: [{ product: tea, quantity_milli: units * 1000 }] });
const line = (sent_milli: number, received_milli: number | null) => ({
  product: tea,
  sku: 'T-1',
  name: 'Breakfast Tea',
  unit: 'piece' as const,
  sent_milli,
  received_milli,
});

test('goods that are sent leave the stock and are on the way, until the head office tells that they arrived', async () => {
  const { client } = shop.manager;
  const { number } = await send(5);
  expect(number).toBe('HS2-A-T1');
  expect(await level()).toBe(-5000);
  const listed = await client.transfer.list({});
  expect(listed.stores).toEqual([{ store: quay, name: 'Quay' }]);
  expect(listed.outgoing).toMatchObject([
    { number, state: 'on_the_way', store_name: 'Quay', products: 1, can_cancel: true },
  ]);
  const told = { number, from_store: storeId, to_store: quay, sent_at: '2026-11-21T09:30:00.000Z' };
  shop.send('company', [row('transfer', { ...told, state: 'received', lines: [line(5000, 4000)] })]);
  expect((await client.transfer.list({})).outgoing).toMatchObject([{ state: 'received', can_cancel: false }]);
  expect(await client.transfer.show({ number: ' hs2-a-t1' })).toMatchObject({
    is_incoming: false,
    lines: [{ sent_milli: 5000, received_milli: 4000 }],
  });
  expect(await codeOf(client.transfer.cancel({ number }))).toBe('transfer.not_to_cancel');
  expect((await send(1)).number).toBe('HS2-A-T2');
});

test('goods that never left come back, once', async () => {
  const { client } = shop.manager;
  const { number } = await send(5);
  await client.transfer.cancel({ number });
  expect(await level()).toBe(0);
  expect((await client.transfer.list({})).outgoing).toMatchObject([{ number, state: 'cancelled', can_cancel: false }]);
  expect(await codeOf(client.transfer.cancel({ number }))).toBe('transfer.not_to_cancel');
});

test('goods are received as announced, with what is missing, and not twice', async () => {
  const { client } = shop.manager;
  const told = { number: 'QU1-A-T7', from_store: quay, to_store: storeId, sent_at: '2026-11-21T08:00:00.000Z' };
  shop.send('company', [row('transfer', { ...told, state: 'on_the_way', lines: [line(5000, null)] })]);
  expect((await client.transfer.list({})).incoming).toMatchObject([
    { number: 'QU1-A-T7', store_name: 'Quay', products: 1 },
  ]);
  const lines = [{ product: tea, quantity_milli: 4000 }];
  await client.transfer.receive({ number: 'qu1-a-t7', lines });
  expect(await level()).toBe(4000);
  expect(await client.transfer.show({ number: 'QU1-A-T7' })).toMatchObject({
    state: 'received',
    is_incoming: true,
    lines: [{ sent_milli: 5000, received_milli: 4000 }],
  });
  expect(await codeOf(client.transfer.receive({ number: 'QU1-A-T7', lines }))).toBe('transfer.already_received');
});

describe('goods that come in two deliveries', () => {
  const number = 'QU1-A-T7';
  const told = { number, from_store: quay, to_store: storeId, sent_at: '2026-11-21T08:00:00.000Z' };
  const receive = (units: number, awaits_more = false) =>
    shop.manager.client.transfer.receive({
      number,
      lines: [{ product: tea, quantity_milli: units * 1000 }],
      awaits_more,
    });
  const shown = async () => {
    const { can_correct, lines, state } = await shop.manager.client.transfer.show({ number });
    return { can_correct, state, received: lines.map(({ own_milli, received_milli }) => [received_milli, own_milli]) };
  };

  test('add up, and end it by themselves when all has come', async () => {
    shop.send('company', [row('transfer', { ...told, state: 'on_the_way', lines: [line(5000, null)] })]);
    await receive(3, true);
    expect(await shown()).toEqual({ can_correct: true, state: 'partly', received: [[3000, 3000]] });
    await receive(2, true);
    expect(await level()).toBe(5000);
    expect(await shown()).toEqual({ can_correct: true, state: 'received', received: [[5000, 5000]] });
    expect(await codeOf(receive(1))).toBe('transfer.already_received');
  });

  test('end it short where whoever receives says that nothing more comes', async () => {
    shop.send('company', [row('transfer', { ...told, state: 'on_the_way', lines: [line(5000, null)] })]);
    await receive(3, true);
    await receive(0);
    expect(await level()).toBe(3000);
    expect(await shown()).toMatchObject({ state: 'received', received: [[3000, 3000]] });
  });

  test('are not added twice where the head office tells of the one, of another till, and not yet of the next', async () => {
    await receive(3, true);
    const { seq: heard_seq } = shop.till.sync.head();
    await receive(1, true);
    // The first of these receipts and two pieces that another till of the store wrote down.
    const seen = [{ till: tillId, seq: heard_seq }];
    shop.send('company', [row('transfer', { ...told, state: 'on_the_way', seen, lines: [line(9000, 5000)] })]);
    expect(await shown()).toEqual({ can_correct: true, state: 'partly', received: [[6000, 4000]] });
    const { seq } = shop.till.sync.head();
    const all = [{ till: tillId, seq }];
    shop.send('company', [row('transfer', { ...told, state: 'on_the_way', seen: all, lines: [line(9000, 6000)] })]);
    expect(await shown()).toMatchObject({ received: [[6000, 4000]] });
  });

  test('are put right where one was written down wrong, with a reason, to no less than none', async () => {
    const { client } = shop.manager;
    const correct = (units: number, awaits_more = false) =>
      client.transfer.correct({
        number,
        reason: 'Typed twice',
        lines: [{ product: tea, quantity_milli: units * 1000 }],
        awaits_more,
      });
    expect(await codeOf(correct(1))).toBe('record.not_found');
    shop.send('company', [row('transfer', { ...told, state: 'on_the_way', lines: [line(5000, null)] })]);
    expect(await codeOf(correct(1))).toBe('transfer.nothing_to_correct');
    await receive(50);
    expect(await shown()).toMatchObject({ state: 'received' });
    expect(await codeOf(correct(50))).toBe('transfer.nothing_to_correct');
    await correct(5);
    expect(await level()).toBe(5000);
    expect(await shown()).toEqual({ can_correct: true, state: 'received', received: [[5000, 5000]] });
    // The box was another transfer's: nothing of this one has come.
    await correct(0, true);
    expect(await level()).toBe(0);
    expect(await shown()).toMatchObject({ state: 'on_the_way', received: [[0, 0]] });
    await receive(5);
    expect(await level()).toBe(5000);
  });
});

test('goods are received by the number on their paper before this till has heard of them', async () => {
  const { client } = shop.manager;
  expect(await codeOf(client.transfer.show({ number: 'QU1-A-T9' }))).toBe('record.not_found');
  expect(
    await codeOf(client.transfer.receive({ number: 'no number', lines: [{ product: tea, quantity_milli: 1000 }] })),
  ).toBe('transfer.number_malformed');
  await client.transfer.receive({ number: 'QU1-A-T9', lines: [{ product: tea, quantity_milli: 3000 }] });
  expect(await level()).toBe(3000);
  expect((await client.transfer.list({})).incoming).toMatchObject([
    { number: 'QU1-A-T9', state: 'received', store_name: null },
  ]);
});

describe('goods that the catalogue says something else of since they were sent', () => {
  const number = 'QU1-A-T7';
  const told = { number, from_store: quay, to_store: storeId, sent_at: '2026-11-21T08:00:00.000Z' };
  const moved = (product: ProductId, quantity_milli: number) => ({ number, lines: [{ product, quantity_milli }] });
  const shown = async () => await shop.manager.client.transfer.show({ number });

  test('arrive all the same, and are corrected, with the unit in which they were sent', async () => {
    const { client } = shop.manager;
    const lines = [{ ...line(5000, null), unit: 'kg' as const }];
    shop.send('company', [row('transfer', { ...told, state: 'on_the_way', lines })]);
    shop.send('company', [productRow(tea, { stocked: false, version: 2 })]);
    await client.transfer.receive({ ...moved(tea, 2500), awaits_more: true });
    expect(await shown()).toMatchObject({ state: 'partly', lines: [{ unit: 'kg', received_milli: 2500 }] });
    await client.transfer.correct({ ...moved(tea, 1250), reason: 'Mistyped', awaits_more: true });
    expect(await shown()).toMatchObject({ state: 'partly', lines: [{ unit: 'kg', received_milli: 1250 }] });
    await client.transfer.receive(moved(tea, 0));
    expect(await shown()).toMatchObject({ state: 'received', lines: [{ unit: 'kg', received_milli: 1250 }] });
  });

  test('are not asked for where none of them came; what nobody has sent has to be known and kept in stock', async () => {
    const { client } = shop.manager;
    const unknown = uuidAt<ProductId>(opening, seededRandom('unknown'));
    shop.send('company', [row('transfer', { ...told, state: 'on_the_way', lines: [line(5000, null)] })]);
    const { lines: counted } = moved(tea, 5000);
    await client.transfer.receive({ number, lines: [...counted, { product: unknown, quantity_milli: 0 }] });
    expect(await shown()).toMatchObject({ lines: [{ received_milli: 5000 }] });
    shop.send('company', [productRow(tea, { stocked: false, version: 2 })]);
    const other = { ...moved(tea, 1000), number: 'QU1-A-T8' };
    expect(await codeOf(client.transfer.receive(other))).toBe('product.not_stocked');
    expect(await codeOf(client.transfer.receive({ ...moved(unknown, 1000), number: 'QU1-A-T8' }))).toBe(
      'record.not_found',
    );
  });
});

test('a store does not receive what it has sent itself, at none of its tills: it cancels it', async () => {
  const { client } = shop.manager;
  const { number } = await send(5);
  const lines = [{ product: tea, quantity_milli: 5000 }];
  expect(await codeOf(client.transfer.receive({ number, lines }))).toBe('transfer.sent_here');
  const told = { number: 'HS9-A-T1', from_store: storeId, to_store: quay, sent_at: '2026-11-21T08:00:00.000Z' };
  shop.send('company', [row('transfer', { ...told, state: 'on_the_way', lines: [line(5000, null)] })]);
  expect(await codeOf(client.transfer.receive({ number: told.number, lines }))).toBe('transfer.sent_here');
  expect(await level()).toBe(-5000);
  await client.transfer.cancel({ number });
  expect(await level()).toBe(0);
});

test('a number of the store’s own tills that none of them has given is mistyped: nothing is received under it', async () => {
  const { client } = shop.manager;
  const lines = [{ product: tea, quantity_milli: 3000 }];
  for (const number of ['hs2-a-t1', 'HS3-A-T7']) {
    const refused = { code: 'transfer.own_number', data: { number: number.toUpperCase() } };
    expect(await failureOf(client.transfer.show({ number }))).toEqual(refused);
    expect(await failureOf(client.transfer.receive({ number, lines }))).toEqual(refused);
  }
  expect(await level()).toBe(0);
  expect((await client.transfer.list({})).incoming).toEqual([]);
  const { number } = await send(5);
  expect(await client.transfer.show({ number })).toMatchObject({ number: 'HS2-A-T1', state: 'on_the_way' });
  // Another store's is another matter: the news of it may still come.
  await client.transfer.receive({ number: 'HS1-A-T1', lines });
});

test('an open transfer is listed first, however many were settled after it', async () => {
  const { client } = shop.manager;
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 8, minute)).toISOString();
  const told = (n: number, state: 'on_the_way' | 'received') =>
    row('transfer', {
      number: `QU1-A-T${n}`,
      from_store: quay,
      to_store: storeId,
      sent_at: at(n),
      state,
      lines: [line(5000, state === 'received' ? 5000 : null)],
    });
  shop.send('company', [told(1, 'on_the_way')]);
  shop.send(
    'company',
    Array.from({ length: 600 }, (_, i) => told(i + 2, 'received')),
  );
  shop.send('company', [told(602, 'on_the_way')]);
  const { incoming } = await client.transfer.list({});
  expect(incoming.length).toBeLessThanOrEqual(502);
  expect(incoming.slice(0, 3).map(({ number }) => number)).toEqual(['QU1-A-T602', 'QU1-A-T1', 'QU1-A-T601']);
});

test('what came and was not sent as such is marked as soon as nothing more is awaited', async () => {
  const { client } = shop.manager;
  const number = 'QU1-A-T7';
  const told = { number, from_store: quay, to_store: storeId, sent_at: '2026-11-21T08:00:00.000Z' };
  const differs = async () => (await client.transfer.list({})).incoming.map((one) => one.differs);
  await client.transfer.receive({ number, lines: [{ product: tea, quantity_milli: 2000 }], awaits_more: true });
  expect(await differs()).toEqual([false]);
  shop.send('company', [row('transfer', { ...told, state: 'on_the_way', lines: [line(5000, null)] })]);
  expect(await differs()).toEqual([false]);
  await client.transfer.receive({ number, lines: [{ product: tea, quantity_milli: 2000 }] });
  expect(await differs()).toEqual([true]);
  const correct = async (units: number) =>
    client.transfer.correct({ number, reason: 'Counted', lines: [{ product: tea, quantity_milli: units * 1000 }] });
  await correct(5);
  expect(await differs()).toEqual([false]);
  await correct(10);
  expect(await differs()).toEqual([true]);
  await correct(0);
  shop.send('company', [row('transfer', { ...told, state: 'cancelled', lines: [line(5000, null)] })]);
  expect(await differs()).toEqual([false]);
  await client.transfer.correct({ number, reason: 'It came', lines: [{ product: tea, quantity_milli: 1000 }] });
  expect(await differs()).toEqual([true]);
  // It was to come nowhere: all that came is too much, as at the head office.
  expect((await client.transfer.show({ number })).lines).toMatchObject([
    { sent_milli: 5000, due_milli: 0, received_milli: 1000 },
  ]);
});

test('a till that stands alone has nowhere to send to', async () => {
  const alone = await openSellingShop();
  const { client } = alone.manager;
  expect((await client.transfer.list({})).stores).toEqual([]);
  const lines = [{ product: alone.tea, quantity_milli: 1000 }];
  expect(await codeOf(client.transfer.send({ to_store: quay, lines }))).toBe('transfer.no_other_store');
  alone.end();
});
