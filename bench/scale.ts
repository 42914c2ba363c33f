/**
 * `scale [--sales N] [--rounds N]`: what a central that has grown costs over an empty one. Eight tills of four stores push N
 * sales of eight lines, a hundred business days of them, the way that tills push; then the grown central and an empty one
 * beside it, in the same PostgreSQL, take turns at pushes of their own. `push_ratio` is the grown one's pace over the other's.
 * `report_p99_ms` is of all questions together that the head office's pages ask: a day, a month, everything, the newest sales.
 */
import type { HeadOfficeClient } from '../commands/demo/company.ts';
import { option, percentile, rounded } from './figures-support.ts';
import { companyDatabase, openBenchCompany } from './joined-support.ts';
import { withPostgres } from './postgres-support.ts';
import { drain, type JoinedBenchTill, makeBaskets, makeProducts, openCentral, type Product } from './push-support.ts';

const tills = 8;
const stores = 4;
const days = 100;
const day_ms = 24 * 60 * 60 * 1000;
/** Sales of all tills between two pauses: they are held in memory until they are sent. */
const portion = 4_000;
const measured = 1_600;

export async function run({ args }: { readonly args: readonly string[] }): Promise<Record<string, number>> {
  const sales = option(args, 'sales', 200_000);
  const rounds = option(args, 'rounds', 5);
  return await withPostgres(async (postgres) => {
    const { host, port, user, password } = postgres;
    const company = await openBenchCompany(postgres);
    const grown = await openCentral({ host, port, user, password, database: companyDatabase }, { stores, tills });
    const empty = await openCentral({ host, port, user, password, database: 'postgres' }, { stores, tills });
    const nextBasket = makeBaskets(makeProducts(2_000));
    const last = Date.now();
    const begun = performance.now();
    for (let done = 0; done < sales; done += portion) {
      const day = days - 1 - Math.floor((done / sales) * days);
      await sellAndPush(grown.joined, Math.min(portion, sales - done), nextBasket, new Date(last - day * day_ms));
      if ((done / portion) % 10 === 0)
        console.log(`${done} sales after ${Math.round((performance.now() - begun) / 1000)} s`);
    }
    const grown_s = (performance.now() - begun) / 1000;
    await grown.admin.query('analyze');
    await sellAndPush(empty.joined, measured, nextBasket, new Date());
    let grown_ms = 0;
    let empty_ms = 0;
    for (let round = 0; round < rounds; round += 1) {
      grown_ms += await sellAndPush(grown.joined, measured, nextBasket, new Date());
      empty_ms += await sellAndPush(empty.joined, measured, nextBasket, new Date());
    }
    const reports = await askReports(company.client, last);
    const { rows } = await grown.admin.query<{ sales: number; bytes: string }>(
      `select (select count(*)::int from evertill.sales) as sales, pg_database_size(current_database()) as bytes`,
    );
    const held = rows[0]?.sales ?? 0;
    if (held !== sales + rounds * measured) throw new Error(`central has ${held} sales`);
    await grown.admin.end();
    await empty.admin.end();
    await company.close();
    return {
      sales,
      grown_per_s: Math.round(sales / grown_s),
      bytes_per_sale: Math.round(Number(rows[0]?.bytes ?? 0) / held),
      grown_push_per_s: Math.round((rounds * measured * 1000) / grown_ms),
      empty_push_per_s: Math.round((rounds * measured * 1000) / empty_ms),
      push_ratio: rounded(empty_ms / grown_ms),
      ...reports,
    };
  });
}

/** Answers how long the push took; making the sales is not counted. */
async function sellAndPush(
  joined: readonly JoinedBenchTill[],
  sales: number,
  nextBasket: () => Product[],
  at: Date,
): Promise<number> {
  for (let i = 0; i < sales; i += 1) joined[i % joined.length]?.till.sell(nextBasket(), at);
  const taken = await drain(joined);
  for (const { till } of joined) till.forget();
  return taken;
}

async function askReports(client: HeadOfficeClient, last: number): Promise<Record<string, number>> {
  const date = (before: number) => new Date(last - before * day_ms).toISOString().slice(0, 10);
  const questions = {
    day: (i: number) => client.report.today({ day: date(1 + (i % 50)), store: null }),
    month: (i: number) =>
      client.report.totals({ from: date(30 + (i % 50)), to: date(i % 50), store: null, till: null }),
    everything: () => client.report.totals({ from: null, to: null, store: null, till: null }),
    sales: () => client.sale.list({}),
  };
  const all_ms: number[] = [];
  const figures: Record<string, number> = {};
  for (const [name, ask] of Object.entries(questions)) {
    const taken_ms: number[] = [];
    for (let i = 0; i < 50; i += 1) {
      const begun = performance.now();
      await ask(i);
      taken_ms.push(performance.now() - begun);
    }
    all_ms.push(...taken_ms);
    figures[`${name}_p50_ms`] = rounded(percentile(taken_ms, 0.5));
  }
  return {
    report_p50_ms: rounded(percentile(all_ms, 0.5)),
    report_p99_ms: rounded(percentile(all_ms, 0.99)),
    ...figures,
  };
}
