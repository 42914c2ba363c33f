/**
 * `pull [--products N]`: how fast an empty till takes the whole catalogue: the engine pulls page by page, and each is written
 * to the till's file with its cursor, search index and all.
 *
 * The bound is reading the very same rows, and nothing more: a bare `select` by the index, in pages of as many rows, on one
 * connection, parsed as pg parses them; nothing is written anywhere. `limit_ratio` is our rows a second over those.
 * `apply_share` is the part of our time that writing the pages took: without it, `wire_ratio` is what is left of the ratio.
 * The bound is read before and after, and the mean taken.
 */
import { join } from 'node:path';
import pg from 'pg';
import { v7 } from 'uuid';
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
      const before = await readBare(admin);
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
      const after = await readBare(admin);
      await admin.end();
      // The till's own first entries move nothing: what it was given is what the streams hold.
      if (rows !== after.rows) throw new Error(`the till was given ${rows} rows of ${after.rows}`);
      const bare_per_s = ((before.rows + after.rows) * 1000) / (before.ms + after.ms);
      return {
        rows,
        rows_per_s: Math.round((rows * 1000) / taken_ms),
        bare_rows_per_s: Math.round(bare_per_s),
        limit_ratio: rounded((rows * 1000) / taken_ms / bare_per_s),
        apply_share: rounded(applied_ms / taken_ms),
        wire_ratio: rounded((rows * 1000) / (taken_ms - applied_ms) / bare_per_s),
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

/** Reads both streams to their ends, page by page. */
async function readBare(admin: pg.Client): Promise<{ readonly rows: number; readonly ms: number }> {
  const begun = performance.now();
  let count = 0;
  for (const store of [0, 1]) {
    let position = 0;
    for (;;) {
      const { rows } = await admin.query<{ position: string }>({
        name: 'page',
        text: `select position, kind, row from evertill.feed_rows where store_id = $1 and position > $2
               order by position limit $3`,
        values: [store, position, protocolLimits.pull_rows],
      });
      count += rows.length;
      position = Number(rows.at(-1)?.position ?? position);
      if (rows.length < protocolLimits.pull_rows) break;
    }
  }
  return { rows: count, ms: performance.now() - begun };
}
