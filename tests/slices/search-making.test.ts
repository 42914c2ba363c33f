/**
 * The search of a large catalogue is made in a thread beside the till: meanwhile the till sells, finds by barcode and SKU, and
 * finds by name what is in it already. Real threads on a real file.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { openBesideTill } from '../../electron/till/db/open.ts';
import { makeSearch, takeOnSearch } from '../../electron/till/product/make-search.ts';
import { createSearchThread } from '../../electron/pc/till-thread.ts';
import type { SearchMaker } from '../../electron/till/ports.ts';
import type { FeedChange } from '../../shared/feed/rows.ts';
import type { ProductId } from '../../shared/ids.ts';
import { completeGtin } from '../../shared/product/gtin.ts';
import { openShop, opening, seededRandom, uuidAt } from './support/till.ts';

const thread = createSearchThread(join(import.meta.dirname, '..', '..', 'electron', 'pc', 'till-worker.ts'));
const patience = { timeout: 60_000, interval: 5 };
const count = 6000;
const ids = seededRandom('large');
const goods = Array.from({ length: count }, (_, i) => ({
  product: uuidAt<ProductId>(opening, ids),
  sku: `L-${i}`,
  name: `Article ${['amber', 'birch', 'cedar', 'dune'][i % 4] ?? ''} ${i}`,
  barcode: completeGtin(`50${String(i).padStart(10, '0')}`),
}));
const last = goods[count - 1] ?? goods[0];
if (last === undefined) throw new Error('no goods');

type Shop = Awaited<ReturnType<typeof openShop>>;
let shop: Shop | undefined;
afterEach(() => {
  shop?.end();
  shop = undefined;
});

/** A shop with an open shift that is told of the whole catalogue. */
async function openLarge(searchMaker?: SearchMaker): Promise<Shop> {
  shop = await openShop(searchMaker === undefined ? {} : { searchMaker });
  await shop.manager.client.shift.open({ float: '10' });
  await loadInto(shop);
  return shop;
}

/** The company's stream as a snapshot, in two pages, with what the shop has beside products. */
async function loadInto({ manager, till }: Shop, name = (one: (typeof goods)[number]) => one.name): Promise<void> {
  const { roles } = await manager.client.staff.roles({});
  const rows = goods.map(({ barcode, product, sku, ...one }, i): FeedChange => ({
    position: i + 1,
    kind: 'product',
    row: {
      product,
      version: 1,
      sku,
      name: name({ barcode, product, sku, ...one }),
      unit: 'piece',
      price_minor: 100,
      category: null,
      taxes: [],
      barcodes: [barcode],
      stocked: true,
      active: i % 100 !== 7,
    },
  }));
  const page = { stream: 'company', tag: 't', position: count } as const;
  till.sync.applyPage({ ...page, snapshot: 'begin', changes: rows });
  till.sync.applyPage({
    ...page,
    snapshot: 'end',
    changes: roles.map((row): FeedChange => ({ position: count, kind: 'role', row })),
  });
}

const search = async ({ manager }: Shop, text: string, limit = 20) =>
  await manager.client.product.search({ text, limit });
const whole = async (one: Shop) => {
  await expect.poll(async () => (await search(one, 'amber')).making, patience).toBeNull();
};

/** Every product with its rank, and what some words find: read by another connection than the till's. */
function contentOf(path: string) {
  const db = new Database(path, { readonly: true });
  try {
    const find = db.prepare('SELECT rowid FROM search_words WHERE search_words MATCH ? ORDER BY rowid').pluck();
    return {
      ranked: db
        .prepare('SELECT product FROM search_ranks JOIN product_keys ON key = product_key ORDER BY rank')
        .pluck()
        .all()
        .map((id) => (id instanceof Uint8Array ? Buffer.from(id).toString('hex') : '')),
      found: ['"article"*', '"amber"*', '"dune"* AND "59"*', '"l"* AND "12"*'].map((words) => find.all(words)),
    };
  } finally {
    db.close();
  }
}

test('it comes out as one that is made at once', async () => {
  const atOnce = await openLarge();
  const expected = contentOf(atOnce.path);
  atOnce.end();
  const beside = await openLarge(thread);
  await whole(beside);
  const made = contentOf(beside.path);
  expect(made).toEqual(expected);
  expect(made.found[0]).toHaveLength(count - count / 100);
  expect(beside.log.filter(({ level }) => level === 'error')).toEqual([]);
});

test('meanwhile the till says so, finds by barcode, SKU and what is in it, and sells', async () => {
  const { manager, ...rest } = await openLarge(thread);
  const one = { ...rest, manager };
  expect((await search(one, 'amber')).making).toEqual({ done: expect.any(Number), total: count });
  expect((await search(one, last.sku)).products.map(({ sku }) => sku)).toEqual([last.sku]);
  expect((await search(one, last.barcode)).products.map(({ sku }) => sku)).toEqual([last.sku]);
  const { basket } = await manager.client.basket.scan({ barcode: last.barcode });
  await manager.client.basket.add_tender({ basket, kind: 'cash', handed: '1' });
  await manager.client.basket.complete({ basket, total_minor: 100 });
  // What the till itself adds and changes meanwhile is in it at once, and once.
  const added = await manager.client.product.create({
    sku: 'NEW-1',
    name: 'Zabaglione',
    unit: 'piece',
    price: '1',
    category: null,
    taxes: [],
    barcodes: [],
    stocked: false,
  });
  const { revision: against } = await manager.client.product.show({ product: last.product });
  await manager.client.product.edit({ product: last.product, against, changes: { name: 'Quince' } });
  const names = async (text: string) => (await search(one, text)).products.map(({ name }) => name);
  expect(await names('zabag')).toEqual(['Zabaglione']);
  expect(await names('quin')).toEqual(['Quince']);
  await whole(one);
  expect(await names('zabag')).toEqual([added.name]);
  expect(await names('quin')).toEqual(['Quince']);
  expect(contentOf(one.path).ranked.toSorted()).toHaveLength(new Set(contentOf(one.path).ranked).size);
  expect(contentOf(one.path).ranked).toHaveLength(count + 1);
  expect(one.events).toContain('catalogue');
});

test('a till that is closed half-way lets go of its file, and goes on with it at the next start', async () => {
  const one = await openLarge(thread);
  await expect.poll(async () => (await search(one, 'article', 1)).products.length, patience).toBe(1);
  const half = (await search(one, 'amber')).making;
  one.till.close();
  // The till's own connection was the last one: it took the log into the file, and the log away.
  expect(existsSync(`${one.path}-wal`)).toBe(false);
  one.restart();
  expect((await search(one, 'amber')).making?.done).toBeGreaterThanOrEqual(half?.done ?? 0);
  await whole(one);
  expect(new Set(contentOf(one.path).ranked).size).toBe(count);
  expect(contentOf(one.path).found[0]).toHaveLength(count - count / 100);
});

test('a catalogue that comes again while it is being made is the one that is found', async () => {
  const one = await openLarge(thread);
  await loadInto(one, ({ name }) => name.replace('Article', 'Novelty'));
  await whole(one);
  expect((await search(one, 'article')).products).toEqual([]);
  expect((await search(one, 'novelty dune')).products).toHaveLength(20);
  expect(new Set(contentOf(one.path).ranked).size).toBe(count);
});

test('whoever does not make it any more leaves it alone', async () => {
  const one = await openLarge({ start: () => () => undefined });
  const beside = openBesideTill(one.path);
  const how = { isStopped: () => false, rest: () => Promise.resolve(), told: () => undefined };
  expect(takeOnSearch(beside.db, 2)).toBe(true);
  expect(await makeSearch(beside.db, { ...how, maker: 1 })).toBe(false);
  expect(contentOf(one.path).ranked).toEqual([]);
  expect(await makeSearch(beside.db, { ...how, maker: 2 })).toBe(true);
  expect(takeOnSearch(beside.db, 3)).toBe(false);
  beside.close();
  expect((await search(one, 'amber')).making).toBeNull();
});

test('where no thread can be had the till makes it itself, piece by piece', async () => {
  const one = await openLarge(createSearchThread(join(import.meta.dirname, 'no-such-worker.ts')));
  expect((await search(one, last.sku)).products).toHaveLength(1);
  await whole(one);
  expect(new Set(contentOf(one.path).ranked).size).toBe(count);
  expect(one.log.map(({ event }) => event)).toContain('search.maker_fault');
});

test('an order that is a week old is made anew at a start, a newer one is left', async () => {
  const one = await openLarge(thread);
  await whole(one);
  one.restart();
  expect((await search(one, 'amber')).making).toBeNull();
  one.clock.pass(8 * 24 * 60 * 60 * 1000);
  one.restart();
  expect((await search(one, 'amber')).making).not.toBeNull();
  await whole(one);
});
