/** Stock takes at the till: counting while the shop sells, and what posting writes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { decodeEntry } from '../../shared/journal/envelope.ts';
import { kinds } from '../../shared/journal/kinds.ts';
import type { CountId, ProductId } from '../../shared/ids.ts';
import { completeGtin } from '../../shared/product/gtin.ts';
import { codeOf, failureOf } from './support/till.ts';
import { taxRow, tea, teaRow } from './support/feed-goods.ts';
import { joinedShop, otherTillId, row, storeRows } from './support/joined.ts';
import { openSellingShop, sell, type SellingShop } from './support/selling.ts';

let shop: SellingShop;
beforeEach(async () => {
  shop = await openSellingShop();
});
afterEach(() => shop.end());

const start = async (scope: { kind: 'store' } | { kind: 'products'; products: ProductId[] } = { kind: 'store' }) =>
  (await shop.manager.client.stock_take.open({ scope })).count;
const enter = (count: CountId, product: ProductId, quantity_milli: number, how: 'replace' | 'add' = 'replace') =>
  shop.manager.client.stock_take.enter({ count, product, quantity_milli, how });
const levelOf = async (product: ProductId) =>
  (await shop.manager.client.stock.levels({ products: [product] })).levels[0]?.store_milli;

/** The bodies of the stock takes in a till's journal. */
function postedBodies(path: string) {
  const file = openTillFileToRead(path);
  try {
    return file.connection
      .prepare<[], { bytes: Uint8Array }>("SELECT bytes FROM journal WHERE kind = 'stock.counted' ORDER BY seq")
      .all()
      .map(({ bytes }) => kinds['stock.counted'].read(decodeEntry(bytes).body));
  } finally {
    file.close();
  }
}

describe('a shop that counts its shelves while it sells', () => {
  test('ends with what was counted, less what was sold after the line was counted', async () => {
    const { client } = shop.manager;
    await client.stock.adjust({ reason: 'Delivery', lines: [{ product: shop.tea, quantity_milli: 48_000 }] });
    await sell(shop, [shop.tea, 3000]);
    const count = await start();
    await enter(count, shop.tea, 40_000);
    shop.clock.pass(3_600_000);
    await sell(shop, [shop.tea, 2000]);
    expect(await levelOf(shop.tea)).toBe(43_000);
    expect(await client.stock_take.post({ count })).toEqual({
      counted: 1,
      different: 1,
      surplus_minor: 0,
      missing_minor: 5 * 395,
    });
    expect(await levelOf(shop.tea)).toBe(38_000);
    expect((await client.stock_take.current({})).take).toBe(null);
    expect(await client.stock_take.list({ limit: 10 })).toMatchObject({ counts: [{ count, missing_minor: 1975 }] });
    expect(await client.stock_take.show({ count, only: 'different', offset: 0, limit: 10 })).toMatchObject({
      total: 1,
      lines: [{ product: shop.tea, counted_milli: 40_000, known_milli: 45_000, price_minor: 395 }],
    });
  });

  test('is asked in two passes: adding keeps the moment of the first, replacing begins anew', async () => {
    const count = await start();
    await enter(count, shop.tea, 10_000);
    await sell(shop, [shop.tea, 1000]);
    await enter(count, shop.tea, 4000, 'add');
    await enter(count, shop.cheese, 500);
    await sell(shop, [shop.cheese, 250]);
    await enter(count, shop.cheese, 2000);
    await shop.manager.client.stock_take.post({ count });
    expect([await levelOf(shop.tea), await levelOf(shop.cheese)]).toEqual([13_000, 2000]);
  });

  test('goes on where it was after the power went', async () => {
    const count = await start();
    await shop.manager.client.stock_take.scan({ count, barcode: '5012345678900' });
    await shop.manager.client.stock_take.scan({ count, barcode: '5012345678900' });
    shop.restart();
    expect((await shop.manager.client.stock_take.current({})).take).toMatchObject({ count, counted: 1, products: 4 });
    const third = await shop.manager.client.stock_take.scan({ count, barcode: '5012345678900' });
    expect(third).toMatchObject({ product: shop.tea, counted_milli: 3000 });
    // A label of the scale: 1.750 kg.
    const weighed = await shop.manager.client.stock_take.scan({ count, barcode: completeGtin('210001701750') });
    expect(weighed).toMatchObject({ product: shop.cheese, counted_milli: 1750 });
  });

  test('shows whoever counts what to count, and nothing of what is expected', async () => {
    const { client } = shop.manager;
    await client.stock.adjust({ reason: 'Delivery', lines: [{ product: shop.tea, quantity_milli: 48_000 }] });
    const count = await start();
    await enter(count, shop.mug, 7000);
    const sheet = (only: 'all' | 'counted' | 'open', text = '') =>
      client.stock_take.lines({ count, text, only, offset: 0, limit: 10 });
    expect((await sheet('all')).lines.map(({ name }) => name)).toEqual(['Cheddar', 'Gift card', 'Mug', 'Tea']);
    expect(await sheet('counted')).toMatchObject({ total: 1, lines: [{ name: 'Mug', counted_milli: 7000 }] });
    expect(await sheet('open', 'tea')).toMatchObject({ total: 1, lines: [{ counted_milli: null }] });
    expect(JSON.stringify(await sheet('all'))).not.toContain('48000');
    await client.stock_take.uncount({ count, product: shop.mug });
    expect((await sheet('counted')).total).toBe(0);
  });

  test('leaves what nobody counted as it is, or takes it for none when told so', async () => {
    const { client } = shop.manager;
    await client.stock.adjust({
      reason: 'Delivery',
      lines: [shop.tea, shop.mug].map((product) => ({ product, quantity_milli: 5000 })),
    });
    const first = await start();
    await enter(first, shop.tea, 4000);
    const asked = { count: first, only: 'different', offset: 0, limit: 10 } as const;
    expect(await client.stock_take.differences(asked)).toMatchObject({ counted: 1, different: 1, uncounted: 3 });
    await client.stock_take.post({ count: first });
    expect([await levelOf(shop.tea), await levelOf(shop.mug)]).toEqual([4000, 5000]);

    const second = await start();
    await enter(second, shop.tea, 4000);
    expect(await client.stock_take.rest_is_none({ count: second })).toEqual({ lines: 3 });
    await client.stock_take.post({ count: second });
    expect([await levelOf(shop.tea), await levelOf(shop.mug)]).toEqual([4000, 0]);
  });

  test('is refused what is not to be counted', async () => {
    const { client } = shop.manager;
    const count = await start({ kind: 'products', products: [shop.tea] });
    expect(await failureOf(enter(count, shop.mug, 1000))).toEqual({
      code: 'stock_take.not_in_scope',
      data: { name: 'Mug' },
    });
    expect(await codeOf(enter(count, shop.tea, 500))).toBe('quantity.not_whole');
    expect(await codeOf(enter(count, shop.tea, -1000))).toBe('quantity.malformed');
    expect(await codeOf(client.stock_take.scan({ count, barcode: '4006381333931' }))).toBe('barcode.unknown');
    expect(await codeOf(client.stock_take.post({ count }))).toBe('stock_take.empty');
    expect(await codeOf(start())).toBe('stock_take.already_open');
    await client.stock_take.discard({ count });
    expect(await codeOf(enter(count, shop.tea, 1000))).toBe('stock_take.not_open');
  });

  test('posts a long count as several entries of one command', async () => {
    const { client } = shop.manager;
    for (let i = 0; i < 600; i += 1) {
      await client.product.create({
        sku: `P${i}`,
        name: `Part ${i}`,
        unit: 'piece',
        price: '1.00',
        category: null,
        taxes: [],
        barcodes: [],
        stocked: true,
      });
    }
    const count = await start();
    await client.stock_take.rest_is_none({ count });
    expect(await client.stock_take.post({ count })).toMatchObject({ counted: 604, different: 0 });
    expect(postedBodies(shop.path).map(({ lines }) => lines.length)).toEqual([500, 104]);
    expect(await client.stock_take.list({ limit: 10 })).toMatchObject({ counts: [{ count, counted: 604 }] });
  });
});

test('the list of stock finds what is below nothing', async () => {
  const { client } = shop.manager;
  await sell(shop, [shop.tea, 2000]);
  await client.stock.adjust({ reason: 'Delivery', lines: [{ product: shop.mug, quantity_milli: 5000 }] });
  const list = (only: 'all' | 'negative', text = '') => client.stock.list({ text, only, offset: 0, limit: 2 });
  expect(await list('negative')).toMatchObject({
    total: 1,
    negative: 1,
    products: [{ name: 'Tea', store_milli: -2000 }],
  });
  expect(await list('all')).toMatchObject({ total: 4, products: [{ name: 'Cheddar' }, { name: 'Gift card' }] });
  expect(await list('all', 'mug')).toMatchObject({ total: 1, negative: 1, products: [{ store_milli: 5000 }] });
});

test('a joined till marks how far it knew the others, and adds what the head office corrects', async () => {
  const joined = await joinedShop();
  try {
    const product = tea;
    joined.send('company', [taxRow, teaRow]);
    const stock = (level_milli: number, covers_seq: number) =>
      joined.send('store', [row('stock', { product, till: otherTillId, level_milli, covers_seq })]);
    stock(9000, 412);
    const { client } = joined.manager;
    const { count } = await client.stock_take.open({ scope: { kind: 'store' } });
    await client.stock_take.enter({ count, product, quantity_milli: 8000, how: 'replace' });
    // Sold elsewhere, and heard of after the count.
    stock(7000, 415);
    await client.stock_take.post({ count });
    const level = async () => (await client.stock.levels({ products: [product] })).levels[0]?.store_milli;
    expect(await level()).toBe(6000);
    const [body] = postedBodies(joined.path);
    expect(body).toMatchObject({ tills: [otherTillId], lines: [{ known_milli: 9000, seen: [412] }], feed: 'tag-1' });
    joined.send('store', [row('stock_correction', { product, correction_milli: 2000 })]);
    expect(await level()).toBe(8000);
    // A snapshot that names no correction takes it away.
    const named = row('stock', { product, till: otherTillId, level_milli: 7000, covers_seq: 415 });
    joined.send('store', [...storeRows, named], 'begin', 'tag-2');
    joined.send('store', [], 'end', 'tag-2');
    expect(await level()).toBe(6000);
  } finally {
    joined.end();
  }
});

test('a joined till takes back how far it knew the others where the head office was set back while it counted', async () => {
  const joined = await joinedShop();
  try {
    joined.send('company', [taxRow, teaRow]);
    const stock = (covers_seq: number) =>
      row('stock', { product: tea, till: otherTillId, level_milli: 9000, covers_seq });
    joined.send('store', [stock(412)]);
    const { client } = joined.manager;
    const { count } = await client.stock_take.open({ scope: { kind: 'store' } });
    await client.stock_take.enter({ count, product: tea, quantity_milli: 8000, how: 'replace' });
    // Entries 301 to 412 are forgotten there, and others may come under their numbers.
    joined.send('store', [...storeRows, stock(300)], 'begin', 'tag-2');
    joined.send('store', [], 'end', 'tag-2');
    await client.stock_take.post({ count });
    expect(postedBodies(joined.path)).toMatchObject([{ tills: [], lines: [{ seen: [] }], feed: 'tag-2' }]);
  } finally {
    joined.end();
  }
});
