/** The list of transfers at the head office: read on page by page, filtered, and one of them whole. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MovementId, StoreId, TransferId } from '../../shared/ids.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { makeProducts, type TestProduct } from '../sync/sales.ts';
import { openOffice, pushAll, type TestOffice } from './office.ts';

let office: TestOffice;
let quay: StoreId;
let from: JoinedTill;
let to: JoinedTill;
let products: readonly TestProduct[];
const count = 7;

beforeAll(async () => {
  office = await openOffice();
  const { shop } = office;
  quay = shop.ids.next<StoreId>();
  await shop.addStore(quay);
  [from, to] = [await shop.join('HS1'), await shop.join('QU1', quay)];
  for (const { till } of [from, to]) till.open();
  products = makeProducts(shop.ids, 2);
  for (let n = 1; n <= count; n += 1) {
    from.till.append('stock.sent', {
      transfer: shop.ids.next<TransferId>(),
      number: numberOf(n),
      to_store: quay,
      lines: lines(4, 2),
    });
  }
  await pushAll(from);
  const said = (n: number, units: readonly [number, number], awaits_more = false) => ({
    receipt: shop.ids.next<MovementId>(),
    number: numberOf(n),
    lines: lines(...units),
    awaits_more,
  });
  to.till.append('stock.received', said(1, [4, 2]));
  to.till.append('stock.received', said(2, [3, 2]));
  to.till.append('stock.received', said(3, [1, 2], true));
  await pushAll(to);
});
afterAll(() => office.close());

const numberOf = (n: number) => `HS1-A-T${String(n)}`;
const lines = (...units: readonly number[]) =>
  products.slice(0, units.length).map(({ name, product, sku }, i) => {
    return { product, sku, name, unit: 'piece' as const, quantity_milli: (units[i] ?? 0) * 1000 };
  });

it('reads on from page to page, each transfer once, whatever the pages hold', async () => {
  for (const limit of [1, 3, 50]) {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof office.client.stock.transfers>> = await office.client.stock.transfers({
        limit,
        after,
      });
      seen.push(...page.transfers.map(({ number }) => number));
      after = page.next;
    } while (after !== null);
    expect(seen.toSorted()).toEqual(Array.from({ length: count }, (_, i) => numberOf(i + 1)));
  }
  for (const after of [
    'no key',
    Buffer.from('["2026","x"]').toString('base64url'),
    Buffer.from('[1,2]').toString('base64url'),
  ])
    await expect(office.client.stock.transfers({ after })).rejects.toThrow('input.malformed');
});

it('filters by store and by where they are', async () => {
  const numbers = async (asked: Parameters<typeof office.client.stock.transfers>[0]) =>
    (await office.client.stock.transfers(asked)).transfers.map(({ number }) => number).toSorted();
  expect(await numbers({ of: 'received' })).toEqual([numberOf(1), numberOf(2)]);
  expect(await numbers({ of: 'different' })).toEqual([numberOf(2)]);
  expect(await numbers({ of: 'on_the_way', store: quay })).toEqual([3, 4, 5, 6, 7].map(numberOf));
  expect(await numbers({ of: 'cancelled' })).toEqual([]);
  expect(await numbers({ store: office.shop.ids.next<StoreId>() })).toEqual([]);
});

it('shows one with its lines, what differs first, and what was said of it in order', async () => {
  const { client } = office;
  const shown = await client.stock.transfer({ number: numberOf(2) });
  expect(shown).toMatchObject({
    state: 'received',
    difference: 'different',
    is_noted: false,
    noted: null,
    products: 2,
  });
  expect(shown.lines.map(({ received_milli, sent_milli }) => [sent_milli, received_milli])).toEqual([
    [4000, 3000],
    [2000, 2000],
  ]);
  expect(shown.steps).toMatchObject([
    { what: 'sent', till_code: 'HS1', products: 2, awaits_more: false },
    { what: 'received', till_code: 'QU1', store: quay, products: 2 },
  ]);
  expect(await client.stock.transfer({ number: numberOf(3) })).toMatchObject({ state: 'partly', difference: null });
  await client.stock.note_transfer({ number: numberOf(2) });
  const noted = await client.stock.transfer({ number: numberOf(2) });
  expect(noted).toMatchObject({ difference: 'different', is_noted: true });
  expect(noted.noted?.by).toEqual(expect.any(String));
  await expect(client.stock.transfer({ number: 'HS1-A-T99' })).rejects.toThrow('record.not_found');
});

it('shows how much of each product another store says to have, before what is as it was sent', async () => {
  const { client, shop } = office;
  const moor = shop.ids.next<StoreId>();
  await shop.addStore(moor);
  const third = await shop.join('MO1', moor);
  third.till.open();
  for (const [at, units] of [
    [to, [4, 2]],
    [third, [3, 0]],
  ] as const)
    at.till.append('stock.received', {
      receipt: shop.ids.next<MovementId>(),
      number: numberOf(7),
      lines: lines(...units),
      awaits_more: false,
    });
  for (const till of [to, third]) await pushAll(till);
  const shown = await client.stock.transfer({ number: numberOf(7) });
  expect(shown).toMatchObject({ state: 'received', difference: 'elsewhere' });
  expect(
    shown.lines.map(({ elsewhere_milli, received_milli, sent_milli }) => [sent_milli, received_milli, elsewhere_milli]),
  ).toEqual([
    [4000, 4000, 3000],
    [2000, 2000, 0],
  ]);
});

it('counts and shows all of what was cancelled and arrived all the same, and nothing of what was only cancelled', async () => {
  const { client, shop } = office;
  const numbers = [8, 9].map(numberOf);
  for (const number of numbers) {
    const transfer = shop.ids.next<TransferId>();
    from.till.append('stock.sent', { transfer, number, to_store: quay, lines: lines(4, 2) });
    from.till.append('stock.transfer_cancelled', { transfer, number, lines: lines(4, 2) });
  }
  await pushAll(from);
  to.till.append('stock.received', {
    receipt: shop.ids.next<MovementId>(),
    number: numberOf(8),
    lines: lines(4),
    awaits_more: false,
  });
  await pushAll(to);
  const quantities = async (number: string) =>
    (await client.stock.transfer({ number })).lines
      .map(({ due_milli, received_milli, sent_milli }) => [sent_milli, due_milli, received_milli])
      .toSorted(([a = 0], [b = 0]) => b - a);
  expect(await quantities(numberOf(8))).toEqual([
    [4000, 0, 4000],
    [2000, 0, 0],
  ]);
  expect(await quantities(numberOf(9))).toEqual([
    [4000, 0, 0],
    [2000, 0, 0],
  ]);
  const { transfers } = await client.inbox.list({});
  expect(transfers.filter(({ number }) => numbers.includes(number))).toMatchObject([
    { number: numberOf(8), kind: 'cancelled', products: 2, different: 1 },
  ]);
});

it('leaves no matter where nothing came of what was cancelled, and counts what another store has of it', async () => {
  const { client, shop } = office;
  const moor = shop.ids.next<StoreId>();
  await shop.addStore(moor);
  const third = await shop.join('MO2', moor);
  third.till.open();
  const [none, back, away] = [numberOf(10), numberOf(11), numberOf(12)];
  for (const number of [none, back, away]) {
    const transfer = shop.ids.next<TransferId>();
    from.till.append('stock.sent', { transfer, number, to_store: quay, lines: lines(4, 2) });
    from.till.append('stock.transfer_cancelled', { transfer, number, lines: lines(4, 2) });
  }
  await pushAll(from);
  const receive = (at: JoinedTill, number: string, ...units: readonly number[]) =>
    at.till.append('stock.received', { receipt: shop.ids.next<MovementId>(), number, lines: lines(...units) });
  receive(to, none, 0, 0);
  receive(to, back, 4);
  receive(third, away, 4);
  for (const till of [to, third]) await pushAll(till);
  const matters = async () =>
    (await client.inbox.list({})).transfers
      .filter(({ number }) => [none, back, away].includes(number))
      .map(({ different, kind, number }) => ({ number, kind, different }))
      .toSorted((a, b) => a.number.localeCompare(b.number));
  const [ofBack, ofAway] = [back, away].map((number) => ({ number, kind: 'cancelled', different: 1 }));
  expect(await matters()).toEqual([ofBack, ofAway]);
  to.till.append('stock.receipt_corrected', {
    correction: shop.ids.next<MovementId>(),
    number: back,
    reason: 'Mistyped',
    lines: lines(-4),
  });
  await pushAll(to);
  expect(await matters()).toEqual([ofAway]);
  for (const number of [none, back])
    expect(await client.stock.transfer({ number })).toMatchObject({ state: 'cancelled', difference: null });
  const listed = (await client.stock.transfers({ of: 'different' })).transfers.map(({ number }) => number);
  expect([none, back, away].filter((number) => listed.includes(number))).toEqual([away]);
});

it('counts as different what another store has, and not what is still awaited', async () => {
  const { client, shop } = office;
  const moor = shop.ids.next<StoreId>();
  await shop.addStore(moor);
  const third = await shop.join('MO3', moor);
  third.till.open();
  const number = numberOf(13);
  from.till.append('stock.sent', {
    transfer: shop.ids.next<TransferId>(),
    number,
    to_store: quay,
    lines: lines(4, 2),
  });
  third.till.append('stock.received', { receipt: shop.ids.next<MovementId>(), number, lines: lines(1) });
  to.till.append('stock.received', {
    receipt: shop.ids.next<MovementId>(),
    number,
    lines: lines(1),
    awaits_more: true,
  });
  for (const till of [from, third, to]) await pushAll(till);
  const { transfers } = await client.inbox.list({});
  expect(transfers.filter((one) => one.number === number)).toMatchObject([{ kind: 'elsewhere', different: 1 }]);
});
