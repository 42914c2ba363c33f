/**
 * `drain [--backlog N] [--sales N]`: how long a customer waits while the till sends what it has gathered. A real till on its
 * own file rings up a backlog with nobody listening, then baskets of eight lines: first still alone, then while its engine
 * drains the backlog to a PostgreSQL on the same PC. What is timed is `basket.complete`, from the call to its answer; between
 * any two calls the engine gets its turn, as it does between two key presses.
 */
import { join } from 'node:path';
import { setImmediate as letOthers } from 'node:timers/promises';
import type { ProductId } from '../shared/ids.ts';
import { inFolder, option, percentile, rounded } from './figures-support.ts';
import { joinRealTill, openBenchCompany, openBenchStore, type RealTill, takeFirstLoad } from './joined-support.ts';
import { withPostgres } from './postgres-support.ts';

const linesPerSale = 8;
const warmUp = 50;

export async function run({ args }: { readonly args: readonly string[] }): Promise<Record<string, number>> {
  const backlog = option(args, 'backlog', 10_000);
  const sales = option(args, 'sales', 500);
  return await withPostgres(async (postgres) =>
    inFolder(async (folder) => {
      const company = await openBenchCompany(postgres);
      const { clerk, enrolment_code, products } = await openBenchStore(company, 200);
      await company.close();
      const real = await joinRealTill(join(folder, 'till'), enrolment_code);
      await takeFirstLoad(real);
      real.disconnect();
      await real.signIn(clerk);
      await real.client.shift.open({ float: '100.00' });
      const shop = { real, products, sold: 0 };

      for (let i = 0; i < backlog; i += 1) await checkout(shop, 1);
      const idle_ms: number[] = [];
      for (let i = 0; i < sales + warmUp; i += 1) {
        const ms = await checkout(shop, linesPerSale);
        if (i >= warmUp) idle_ms.push(ms);
      }
      const { sync } = real.till;
      const waiting = () => sync.head().seq - sync.confirmedSeq();
      const gathered = waiting();
      const draining_ms: number[] = [];
      const begun = performance.now();
      real.connect();
      // The last few entries are the sales of this very moment: the backlog is through when less than a batch waits.
      while (waiting() > 50) draining_ms.push(await checkout(shop, linesPerSale));
      const drained_ms = performance.now() - begun;
      real.close();
      return {
        backlog: gathered,
        drain_s: rounded(drained_ms / 1000),
        idle_sales: idle_ms.length,
        draining_sales: draining_ms.length,
        idle_p50_ms: rounded(percentile(idle_ms, 0.5)),
        idle_p99_ms: rounded(percentile(idle_ms, 0.99)),
        p50_ms: rounded(percentile(draining_ms, 0.5)),
        p99_ms: rounded(percentile(draining_ms, 0.99)),
        p50_ratio: rounded(percentile(draining_ms, 0.5) / percentile(idle_ms, 0.5)),
        p99_ratio: rounded(percentile(draining_ms, 0.99) / percentile(idle_ms, 0.99)),
      };
    }),
  );
}

interface Shop {
  readonly real: RealTill;
  readonly products: readonly ProductId[];
  sold: number;
}

/** One customer, paying by card; answers how long completing took. */
async function checkout(shop: Shop, lines: number): Promise<number> {
  const { client } = shop.real;
  shop.sold += 1;
  let rung: Awaited<ReturnType<typeof client.basket.add_product>> | undefined;
  for (let line = 0; line < lines; line += 1) {
    const product = shop.products[(shop.sold * 13 + line * 29) % shop.products.length];
    if (product === undefined) throw new Error('no product');
    rung = await client.basket.add_product({ product, quantity_milli: 1000 });
    await letOthers();
  }
  if (rung === undefined) throw new Error('no basket');
  const { basket } = rung;
  const { total_minor } = await client.basket.current({});
  const handed = `${Math.floor(total_minor / 100)}.${String(total_minor % 100).padStart(2, '0')}`;
  await client.basket.add_tender({ basket, kind: 'card', handed });
  await letOthers();
  const begun = performance.now();
  await client.basket.complete({ basket, total_minor });
  const taken = performance.now() - begun;
  await letOthers();
  return taken;
}
