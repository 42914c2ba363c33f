/**
 * `search`: finding a product while somebody types, most sold first.
 *
 * Ours is `product.search` through `invoke`: dispatch, permission, FTS5 whose rowid is the rank, the products' rows, the
 * check of the answer. The baseline is the bare statement that one would write without it: `LIKE '%…%'` over the names
 * and SKUs (over the barcodes where digits were scanned), ordered the same way, prepared once. The two take turns.
 *
 * `--products N` makes names from word lists, the same at every run; `--catalogue <csv.gz>` takes the columns gtin, name
 * and price of a file instead.
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse';
import { v7 } from 'uuid';
import type { FeedChange } from '../shared/feed/rows.ts';
import type { ProductId } from '../shared/ids.ts';
import { parseMoney } from '../shared/money/parse.ts';
import { inFolder, option, percentile, rounded } from './figures-support.ts';
import { type Goods, madeGoods, numbers } from './goods-support.ts';
import { type BenchShop, openBenchShop } from './till-support.ts';

const pageRows = 500;
const limit = 20;

export async function run({ args }: { readonly args: readonly string[] }) {
  const queriesOfAKind = option(args, 'queries', 100);
  return inFolder(async (folder) => {
    const path = join(folder, 'till.db');
    const shop = await openBenchShop(path, 0);
    const goods = await goodsOf(args);
    const started = performance.now();
    const { roles } = await shop.client.staff.roles({});
    const { load_ms, index_ms } = loadCatalogue(shop, path, goods, roles);
    const bare = new Database(path, { readonly: true });
    const like = likeSearch(bare);
    const random = numbers(7);
    const queries = queriesFor(goods, queriesOfAKind, random);

    const ours_ms: number[] = [];
    const like_ms: number[] = [];
    const byKind = new Map<string, number[]>();
    let found = 0;
    for (const [i, { kind, text }] of queries.entries()) {
      const begun = performance.now();
      const result = await shop.till.invoke({
        operation: 'product.search',
        input: { text, limit },
        session: shop.session,
      });
      const ended = performance.now();
      like(kind, text);
      const compared = performance.now();
      if (!result.ok) throw new Error(result.error.code);
      // Both warm up first: the pages of the file and the compiler.
      if (i < queries.length / 5) continue;
      // The answer has the shape that the contract says; dispatch has checked it.
      found += (result.value as { readonly products: readonly unknown[] }).products.length;
      ours_ms.push(ended - begun);
      like_ms.push(compared - ended);
      byKind.set(kind, [...(byKind.get(kind) ?? []), ended - begun]);
    }
    bare.close();
    shop.till.close();
    if (found < ours_ms.length) throw new Error('the searches find too little to be worth measuring');
    const figures: Record<string, number> = {
      products: goods.length,
      load_s: rounded(load_ms / 1000),
      index_s: rounded(index_ms / 1000),
      searches: ours_ms.length,
      p50_ms: rounded(percentile(ours_ms, 0.5)),
      p99_ms: rounded(percentile(ours_ms, 0.99)),
      max_ms: rounded(percentile(ours_ms, 1)),
      like_p50_ms: rounded(percentile(like_ms, 0.5)),
      like_ratio: rounded(percentile(like_ms, 0.5) / percentile(ours_ms, 0.5)),
      seconds: rounded((performance.now() - started) / 1000),
    };
    for (const [kind, samples] of byKind) figures[`${kind}_p99_ms`] = rounded(percentile(samples, 0.99));
    return figures;
  });
}

/**
 * The goods come as a joined till gets them: pages of the feed's first snapshot, the last of which makes the index. The
 * roles come too, since a snapshot takes away what it does not name.
 */
function loadCatalogue(
  shop: BenchShop,
  path: string,
  goods: readonly Goods[],
  roles: readonly unknown[],
): { load_ms: number; index_ms: number } {
  const begun = performance.now();
  const changes = goods.map((row, i): FeedChange => ({ position: i + 1, kind: 'product', row: productRow(row, i) }));
  for (let at = 0; at < changes.length; at += pageRows)
    shop.till.sync.applyPage({
      stream: 'company',
      tag: 'bench',
      snapshot: at === 0 ? 'begin' : 'more',
      changes: changes.slice(at, at + pageRows),
      position: at + pageRows,
    });
  const loaded = performance.now();
  makePopular(path);
  const marked = performance.now();
  shop.till.sync.applyPage({
    stream: 'company',
    tag: 'bench',
    snapshot: 'end',
    changes: roles.map((row) => ({ position: goods.length, kind: 'role', row })),
    position: goods.length,
  });
  return { load_ms: loaded - begun, index_ms: performance.now() - marked };
}

function productRow({ gtin, name, price_minor }: Goods, i: number) {
  return {
    product: v7() as ProductId,
    version: 1,
    sku: `B${String(i + 1).padStart(6, '0')}`,
    name,
    unit: 'piece',
    price_minor,
    category: null,
    taxes: [],
    barcodes: [gtin],
    stocked: true,
    active: true,
  };
}

/** What was sold so far, as no till sells in an afternoon: a few products very often, most of them hardly ever. */
function makePopular(path: string): void {
  const file = new Database(path);
  const random = numbers(11);
  const keys = file.prepare('SELECT key FROM products ORDER BY key').pluck().all() as number[];
  const insert = file.prepare(
    'INSERT OR REPLACE INTO stock_levels (product_key, own_milli, sold_milli) VALUES (?, 0, ?)',
  );
  file.transaction(() => {
    for (const key of keys) insert.run(key, Math.floor(1 / (random() + 0.000_01)) * 1000);
  })();
  file.close();
}

/** The statement that search without an index is. */
function likeSearch(file: Database.Database): (kind: string, text: string) => unknown[] {
  const columns = 'k.product, p.sku, p.name, p.unit, p.price_minor, p.category';
  const ordered = `ORDER BY coalesce(s.sold_milli, 0) DESC, p.name COLLATE NOCASE, p.key LIMIT ${limit}`;
  const joined = `FROM products p JOIN product_keys k ON k.key = p.key LEFT JOIN stock_levels s ON s.product_key = p.key`;
  const one = file.prepare(
    `SELECT ${columns} ${joined} WHERE p.active = 1 AND (p.name LIKE ? OR p.sku LIKE ?) ${ordered}`,
  );
  const two = file.prepare(
    `SELECT ${columns} ${joined} WHERE p.active = 1 AND (p.name LIKE ? OR p.sku LIKE ?) AND (p.name LIKE ? OR p.sku LIKE ?) ${ordered}`,
  );
  const barcode = file.prepare(
    `SELECT ${columns} ${joined} JOIN product_barcodes b ON b.product_key = p.key WHERE p.active = 1 AND b.barcode LIKE ? ${ordered}`,
  );
  return (kind, text) => {
    if (kind === 'barcode') return barcode.all(`%${text}%`);
    const [first = '', second] = text.split(' ').map((word) => `%${word}%`);
    return second === undefined ? one.all(first, first) : two.all(first, first, second, second);
  };
}

/** What people type: the beginnings of words that are there, and barcodes; the kinds in turn. */
function queriesFor(goods: readonly Goods[], ofAKind: number, random: () => number): { kind: string; text: string }[] {
  const wordsOf = (name: string) => name.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 3);
  const pick = (): { readonly goods: Goods; readonly words: readonly string[] } => {
    for (;;) {
      const picked = goods[Math.floor(random() * goods.length)];
      const words = picked === undefined ? [] : wordsOf(picked.name);
      if (picked !== undefined && words.length >= 2) return { goods: picked, words };
    }
  };
  const word = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  return Array.from({ length: ofAKind }, () => [
    { kind: 'one', text: word(pick().words).slice(0, 1) },
    { kind: 'two', text: word(pick().words).slice(0, 2) },
    { kind: 'three', text: word(pick().words).slice(0, 3) },
    { kind: 'two_words', text: beginnings(pick().words, random) },
    { kind: 'whole_word', text: word(pick().words) },
    { kind: 'barcode', text: pick().goods.gtin },
  ]).flat();
}

function beginnings(words: readonly string[], random: () => number): string {
  const [first = '', second = ''] = words;
  return `${first.slice(0, 1 + Math.floor(random() * 4))} ${second.slice(0, 1 + Math.floor(random() * 4))}`;
}

async function goodsOf(args: readonly string[]): Promise<Goods[]> {
  const at = args.indexOf('--catalogue');
  const file = at === -1 ? undefined : args[at + 1];
  if (file === undefined) return madeGoods(option(args, 'products', 100_000));
  const goods: Goods[] = [];
  const rows = createReadStream(file)
    .pipe(createGunzip())
    .pipe(parse({ columns: true }));
  for await (const row of rows) {
    const { gtin, name, price } = row as Readonly<Record<'gtin' | 'name' | 'price', string>>;
    const parsed = parseMoney(price, 'GBP');
    if (name.trim() !== '')
      goods.push({ gtin, name: name.trim().slice(0, 200), price_minor: parsed.ok ? parsed.value : null });
  }
  return goods;
}
