import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { toHex } from '../../shared/ids.ts';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { CentralShop } from './central-shop.ts';
import { makeProduct, makeSale } from './sales.ts';
import { SyncRun } from './sync-run.ts';

let cluster: TestCluster;
let shop: CentralShop;

beforeAll(async () => {
  // What is acknowledged must survive here, so durability is on.
  cluster = await startTestCluster({
    name: 'server-stops',
    settings: { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' },
  });
  const { host, port, user, password } = cluster;
  shop = await CentralShop.open({ host, port, user, password, database: 'postgres' });
});

afterAll(async () => {
  await shop.close().catch(() => undefined);
  await cluster.remove();
});

describe('PostgreSQL', () => {
  it.each<['stop' | 'crash', string]>([
    ['stop', 'S1'],
    ['crash', 'C1'],
  ])('that is gone (%s) and comes back holds what it acknowledged, and gets the rest', async (how, code) => {
    const { till, central } = await shop.join(code);
    const product = makeProduct(shop.ids);
    const sell = (sales: number) => {
      for (let i = 0; i < sales; i += 1)
        till.append('sale.completed', makeSale(till, [{ product, quantity_milli: 1000 }]));
    };
    till.open();
    sell(400);
    const run = new SyncRun(till, central);
    // Some of it is confirmed, some is not.
    await run.until(() => run.sync.status().confirmed_seq >= 100);
    const confirmed = run.sync.status().confirmed_seq;
    await cluster[how]();
    sell(10);
    run.sync.appended();
    await run.until(() => run.sync.status().state === 'offline' && run.calls.connect >= 2);
    cluster = await cluster.restart();

    const check = new pg.Client(shop.at);
    await check.connect();
    const held = await check.query<{ seq: number }>(
      'select acked_seq::int as seq from evertill.till_heads join evertill.tills using (store_id, till_id) where till = $1',
      [till.options.till],
    );
    expect(held.rows[0]?.seq).toBeGreaterThanOrEqual(confirmed);

    await run.untilSynced();
    run.sync.stop();
    const { rows } = await check.query(
      `select encode(head_hash, 'hex') as hash,
         (select count(*)::int from evertill.sales s where s.till_id = t.till_id) as sales,
         (select -sum(level_milli)::int from evertill.stock_levels l where l.till_id = t.till_id) as moved
       from evertill.till_heads join evertill.tills t using (store_id, till_id) where till = $1`,
      [till.options.till],
    );
    await check.end();
    expect(rows).toEqual([{ hash: toHex(till.head().hash), sales: 410, moved: 410_000 }]);
    // The superuser's connection was cut as well.
    await shop.reconnect();
  });
});
