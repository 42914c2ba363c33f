/**
 * What it takes to bring a backlog of unsent sales to central through the real engine, stock and roll-ups included,
 * against two ways of writing the same rows: COPY (the most that PostgreSQL can do), and one INSERT a row, one commit a
 * sale (what comes to mind first). PostgreSQL is durable: fsync and synchronous_commit are on.
 *
 * The three take turns in portions, so that whatever else the PC does falls on all of them.
 *
 * With `--tills N` it is the pace of many tills at once instead: see push-tills-support.ts.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { option, rounded } from './figures-support.ts';
import { withPostgres } from './postgres-support.ts';
import { type CentralDatabase, drain, linesPerSale, makeBaskets, makeProducts, openCentral } from './push-support.ts';
import { pushFromTills } from './push-tills-support.ts';

export interface BenchOptions {
  /** `--sales N` (10,000) in portions of `--portion N` (1,000); or `--tills N [--stores N] [--batch N] [--sales N] [--feed]`. */
  readonly args: readonly string[];
}

const productCount = 2_000;
/** So many sales of each portion are also written row by row: it is slow, and its pace is steady. */
const rowSales = 40;

/** Tables whose rows belong to one entry each, with the columns that name it first. */
const entryTables = ['journal_entries', 'sales', 'sale_lines', 'sale_taxes', 'tenders'] as const;
/** Tables that a push changes in place. */
const levelTables = [
  'stock_levels',
  'daily_sales',
  'hourly_sales',
  'daily_products',
  'daily_tenders',
  'daily_taxes',
] as const;

export async function run({ args }: BenchOptions): Promise<Record<string, number | boolean>> {
  if (args.includes('--tills')) return await pushFromTills(args);
  const sales = option(args, 'sales', 10_000);
  const portion = Math.min(sales, option(args, 'portion', 1_000));
  return await withPostgres(async ({ host, port, user, password }) =>
    measure({ host, port, user, password, database: 'postgres' }, sales, portion),
  );
}

async function measure(at: CentralDatabase, sales: number, portion: number) {
  const { admin, joined, first } = await openCentral(at);
  const { till } = first;
  const nextBasket = makeBaskets(makeProducts(productCount));
  const baselines = await Baselines.open(at);
  await drain(joined);
  let pushed_ms = 0;
  let copied_ms = 0;
  let rows_ms = 0;
  let rows_sales = 0;
  for (let done = 0; done < sales; done += portion) {
    const from_seq = till.head().seq + 1;
    for (let i = 0; i < portion; i += 1) till.sell(nextBasket());
    const pushed = await drain(joined);
    const copied = await baselines.copy(from_seq);
    const rows = await baselines.insertRowByRow(from_seq, rowSales);
    pushed_ms += pushed;
    copied_ms += copied;
    rows_ms += rows;
    rows_sales += Math.min(rowSales, portion);
    const pace = (count: number, ms: number) => `${Math.round((count * 1000) / ms)} sales/s`;
    console.log(`push ${pace(portion, pushed)}, COPY ${pace(portion, copied)}, row by row ${pace(rowSales, rows)}`);
  }
  await check(admin, sales);
  await baselines.close();
  await admin.end();
  const sales_per_s = (sales * 1000) / pushed_ms;
  return {
    sales,
    sales_per_s: Math.round(sales_per_s),
    copy_sales_per_s: Math.round((sales * 1000) / copied_ms),
    row_sales_per_s: Math.round((rows_sales * 1000) / rows_ms),
    copy_ratio: rounded(copied_ms / pushed_ms),
    row_ratio: rounded(sales_per_s / ((rows_sales * 1000) / rows_ms)),
  };
}

/** Only what is right is worth timing. */
async function check(admin: pg.Client, sales: number): Promise<void> {
  const { rows } = await admin.query(
    `select (select count(*)::int from evertill.sales) as sales,
       (select sum(sale_count)::int from evertill.daily_sales) as rolled_up,
       (select -sum(level_milli)::int from evertill.stock_levels) as moved,
       (select count(*)::int from evertill.quarantined_entries) as quarantined`,
  );
  const expected = { sales, rolled_up: sales, moved: sales * linesPerSale * 1000, quarantined: 0 };
  if (JSON.stringify(rows[0]) !== JSON.stringify(expected))
    throw new Error(`central has ${JSON.stringify(rows[0])}, not ${JSON.stringify(expected)}`);
}

/** The other ways of writing, on tables that are the same but for their schema. */
class Baselines {
  readonly #client: pg.Client;
  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(at: CentralDatabase): Promise<Baselines> {
    // Values stay the text that PostgreSQL sent: they go back as they came.
    const client = new pg.Client({ ...at, types: { getTypeParser: () => (value: string) => value } });
    await client.connect();
    for (const schema of ['copied', 'inserted']) {
      await client.query(`create schema ${schema}`);
      for (const table of [...entryTables, ...levelTables])
        await client.query(`create table ${schema}.${table} (like evertill.${table} including all)`);
    }
    return new Baselines(client);
  }

  /** Copies the rows of the entries from `from_seq` on, and the levels as they are now; answers the time it took. */
  async copy(from_seq: number): Promise<number> {
    const blocks: { readonly table: string; readonly rows: Buffer }[] = [];
    for (const table of entryTables)
      blocks.push({ table, rows: await this.#read(`select * from evertill.${table} where seq >= ${from_seq}`) });
    for (const table of levelTables) {
      await this.#client.query(`truncate copied.${table}`);
      blocks.push({ table, rows: await this.#read(`select * from evertill.${table}`) });
    }
    const begun = performance.now();
    await this.#client.query('begin');
    for (const { table, rows } of blocks) {
      const into = this.#client.query(copyFrom(`copy copied.${table} from stdin (format binary)`));
      await pipeline(Readable.from([rows], { objectMode: false }), into);
    }
    await this.#client.query('commit');
    return performance.now() - begun;
  }

  /** Writes the rows of `count` entries from `from_seq` on, statement by statement; answers the time it took. */
  async insertRowByRow(from_seq: number, count: number): Promise<number> {
    const entries: { readonly table: string; readonly values: readonly string[] }[][] = [];
    for (let seq = from_seq; seq < from_seq + count; seq += 1) {
      const rows = [];
      for (const table of entryTables) {
        const found = await this.#client.query<string[]>({
          text: `select * from evertill.${table} where seq = ${seq}`,
          rowMode: 'array',
        });
        rows.push(...found.rows.map((values) => ({ table, values })));
      }
      entries.push(rows);
    }
    const lines = await this.#client.query<string[]>({
      text: `select store_id, product, till_id, stock_milli, seq, 0 from evertill.sale_lines
             where seq >= ${from_seq} and seq < ${from_seq + count} order by seq, line_no`,
      rowMode: 'array',
    });
    const begun = performance.now();
    for (const [i, rows] of entries.entries()) {
      await this.#client.query('begin');
      for (const { table, values } of rows) await this.#insert(table, values, '');
      for (const movement of lines.rows.slice(i * linesPerSale, (i + 1) * linesPerSale)) {
        await this.#insert(
          'stock_levels',
          movement,
          `on conflict (store_id, product, till_id) do update
           set level_milli = stock_levels.level_milli + excluded.level_milli, covers_seq = excluded.covers_seq`,
        );
      }
      await this.#client.query('commit');
    }
    return performance.now() - begun;
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  async #insert(table: string, values: readonly string[], conflict: string): Promise<void> {
    const places = values.map((_, i) => `$${i + 1}`).join(', ');
    const text = `insert into inserted.${table} values (${places}) ${conflict}`;
    await this.#client.query(text, [...values]);
  }

  async #read(select: string): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.#client.query(copyTo(`copy (${select}) to stdout (format binary)`)))
      chunks.push(chunk);
    return Buffer.concat(chunks);
  }
}
