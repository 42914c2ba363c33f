/**
 * `pull [--products N]`: how fast an empty till takes the whole catalogue: the engine pulls page by page, and each is written
 * to the till's file with its cursor, search index and all.
 *
 * The limit is what this machine does of it by bare statements: the very same rows, read by the index in pages of as many on
 * one connection, parsed as pg parses them, and written by prepared statements into the same tables of another file, FULL, a
 * transaction a page; nothing is checked, no names are kept for a deletion by absence, no search index is made.
 * `limit_ratio` is our rows a second over those; `read_ratio` is over reading them alone. The bound is taken before and
 * after, and the mean of both is compared. `apply_share` is the part of our time that the till's own side took.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { v7 } from 'uuid';
import { tillMigrations } from '../migrations/till/list.ts';
import { type ProductId, uuidToBytes } from '../shared/ids.ts';
import { protocolLimits } from '../sync/protocol-state.ts';
import { inFolder, option, rounded } from './figures-support.ts';
import { companyDatabase, joinRealTill, openBenchCompany, openBenchStore, takeFirstLoad } from './joined-support.ts';
import { withPostgres } from './postgres-support.ts';

const writtenAtOnce = 1_000;

export async function run({ args }: { readonly args: readonly string[] }): Promise<Record<string, number>> {
  const products = option(args, 'products', 50_000);
  return await withPostgres(async (postgres) =>
    inFolder(async (folder) => {
      const company = await openBenchCompany(postgres);
      const { enrolment_code } = await openBenchStore(company, 10);
      await company.close();
      const { host, port, user, password } = postgres;
      const admin = new pg.Client({ host, port, user, password, database: companyDatabase });
      await admin.connect();
      await fillCatalogue(admin, products);
      const bare = [await takeBare(admin, join(folder, 'before.db'))];
      const real = await joinRealTill(join(folder, 'till'), enrolment_code);
      let rows = 0;
      let applied_ms = 0;
      const begun = performance.now();
      await takeFirstLoad(real, (count, ms) => {
        rows += count;
        applied_ms += ms;
      });
      const taken_ms = performance.now() - begun;
      real.close();
      bare.push(await takeBare(admin, join(folder, 'after.db')));
      await admin.end();
      // The till's own first entries move nothing: what it was given is what the streams hold.
      if (rows !== bare[1]?.rows) throw new Error(`the till was given ${rows} rows of ${bare[1]?.rows}`);
      const sum = (of: (one: Bare) => number) => bare.reduce((total, one) => total + of(one), 0);
      const rows_per_s = (rows * 1000) / taken_ms;
      const bareRows = sum((one) => one.rows) * 1000;
      const limit_per_s = bareRows / sum((one) => one.read_ms + one.write_ms);
      const read_per_s = bareRows / sum((one) => one.read_ms);
      return {
        rows,
        rows_per_s: Math.round(rows_per_s),
        limit_rows_per_s: Math.round(limit_per_s),
        read_rows_per_s: Math.round(read_per_s),
        limit_ratio: rounded(rows_per_s / limit_per_s),
        read_ratio: rounded(rows_per_s / read_per_s),
        apply_share: rounded(applied_ms / taken_ms),
      };
    }),
  );
}

/** Products as the head office's own function makes them, many at once. */
async function fillCatalogue(admin: pg.Client, count: number): Promise<void> {
  for (let from = 0; from < count; from += writtenAtOnce) {
    const rows = Array.from({ length: Math.min(writtenAtOnce, count - from) }, (_, i) => ({
      product: v7(),
      sku: `MANY-${from + i}`,
      name: `Product number ${from + i} of many`,
      unit: 'piece',
      price_minor: 100 + i,
      category: null,
      taxes: [],
      barcodes: [String(20_000_000 + from + i)],
      stocked: true,
      active: true,
    }));
    await admin.query('select evertill.create_products(null, $1)', [JSON.stringify(rows)]);
  }
  await admin.query('vacuum analyze evertill.feed_rows');
}

interface Bare {
  readonly rows: number;
  readonly read_ms: number;
  readonly write_ms: number;
}

interface BareRow {
  readonly position: string;
  readonly kind: string;
  readonly row: Record<string, unknown>;
}

/** Reads both streams to their ends, page by page, and writes them to a file. */
async function takeBare(admin: pg.Client, path: string): Promise<Bare> {
  const write = bareFile(path);
  let count = 0;
  let read_ms = 0;
  let write_ms = 0;
  for (const store of [0, 1]) {
    let position = 0;
    for (;;) {
      const begun = performance.now();
      const { rows } = await admin.query<BareRow>({
        name: 'page',
        text: `select position, kind, row from evertill.feed_rows where store_id = $1 and position > $2
               order by position limit $3`,
        values: [store, position, protocolLimits.pull_rows],
      });
      const read = performance.now();
      count += rows.length;
      position = Number(rows.at(-1)?.position ?? position);
      write(rows);
      write_ms += performance.now() - read;
      read_ms += read - begun;
      if (rows.length < protocolLimits.pull_rows) break;
    }
  }
  return { rows: count, read_ms, write_ms };
}

/** The same schema, and products as rows of it: what else is in the streams is a handful. */
function bareFile(path: string): (rows: readonly BareRow[]) => void {
  const db = new Database(path);
  db.pragma('journal_mode = wal');
  for (const { sql } of tillMigrations) db.exec(sql);
  // better-sqlite3's build falls back to NORMAL after the first statement: said again, and looked at.
  db.pragma('synchronous = FULL');
  if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('the bound is not durable');
  const key = db.prepare('INSERT INTO product_keys (product) VALUES (?)');
  const product = db.prepare('INSERT INTO products VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)');
  const barcode = db.prepare('INSERT INTO product_barcodes VALUES (?, ?, ?)');
  return (rows) => {
    db.exec('BEGIN IMMEDIATE');
    for (const { kind, row } of rows) {
      if (kind !== 'product') continue;
      // What create_products above was given.
      const { version, sku, name, unit, price_minor, taxes, barcodes } = row as Record<string, string | number>;
      const made = key.run(uuidToBytes(row['product'] as ProductId)).lastInsertRowid;
      product.run(made, version, sku, name, unit, price_minor, JSON.stringify(taxes), 1, 1);
      for (const [i, text] of (barcodes as unknown as readonly string[]).entries()) barcode.run(text, made, i);
    }
    db.exec('COMMIT');
  };
}
