import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '../../shared/ids.ts';
import { centralAt } from '../../sync/central.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from './central-shop.ts';
import { makeProducts, makeSale, type TestProduct } from './sales.ts';
import { WireProxy } from '../wire/wire-proxy.ts';
import { type CallName, SyncRun } from './sync-run.ts';

let shop: CentralShop;
let products: TestProduct[];
let joined: JoinedTill;
let count = 0;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  products = makeProducts(shop.ids, 20);
});

beforeEach(async () => {
  count += 1;
  joined = await shop.join(`F${count}`);
  joined.till.open();
  sell(30);
});

afterAll(async () => {
  await shop.close();
});

function sell(sales: number): void {
  const { till } = joined;
  for (let i = 0; i < sales; i += 1) {
    const baskets = products.slice(i % 10, (i % 10) + 4).map((product) => ({ product, quantity_milli: 1000 }));
    till.append('sale.completed', makeSale(till, baskets));
  }
}

/** Everything the till has is at central, once: head, sales, money and stock. */
async function expectNothingLostNothingDouble(): Promise<void> {
  const { till } = joined;
  const sales = till.entries.filter((entry) => new TextDecoder().decode(entry.bytes).includes('"sale.completed"'));
  const { rows } = await shop.admin.query<Record<string, unknown>>(
    `select encode(h.head_hash, 'hex') as hash, h.acked_seq::int as seq,
       (select count(*)::int from journal_entries j where j.till_id = t.till_id) as entries,
       (select count(*)::int from sales s where s.till_id = t.till_id) as sales,
       (select sum(sale_count)::int from daily_sales d where d.till_id = t.till_id) as rolled_up,
       (select count(*)::int * 1000 from sale_lines l where l.till_id = t.till_id) as sold,
       (select -sum(level_milli)::int from stock_levels l where l.till_id = t.till_id) as moved,
       (select count(*)::int from quarantined_entries q where q.till_id = t.till_id) as quarantined
     from tills t join till_heads h using (store_id, till_id) where t.till = $1`,
    [till.options.till],
  );
  expect(rows).toEqual([
    {
      hash: toHex(till.head().hash),
      seq: till.head().seq,
      entries: till.entries.length,
      sales: sales.length,
      rolled_up: sales.length,
      sold: sales.length * 4000,
      moved: sales.length * 4000,
      quarantined: 0,
    },
  ]);
  expect(till.confirmations.at(-1)).toMatchObject({ seq: till.head().seq });
}

describe('an answer that is lost', () => {
  it.each<[CallName, 'before' | 'after']>([
    ['connect', 'before'],
    ['hello', 'before'],
    ['hello', 'after'],
    ['push', 'before'],
    ['push', 'after'],
    ['pull', 'before'],
    ['pull', 'after'],
  ])('%s, %s it reached central', async (call, when) => {
    const run = new SyncRun(joined.till, joined.central, {
      lose: (name, times) => (name === call && times <= 2 ? when : undefined),
    });
    await run.untilSynced();
    run.sync.stop();
    expect(run.lost).toBeGreaterThan(0);
    await expectNothingLostNothingDouble();
  });

  it('again and again, at every other call', async () => {
    sell(30);
    const run = new SyncRun(joined.till, joined.central, {
      lose: (name, times) => (name === 'push' ? (['after', 'before', undefined] as const)[times % 3] : undefined),
    });
    await run.untilSynced();
    run.sync.stop();
    await expectNothingLostNothingDouble();
  });
});

// Every message of a wire that is cut: tests/wire.
describe('a wire that is cut', () => {
  it('while nothing is under way is noticed at the next call, and mended', async () => {
    const proxy = await WireProxy.open(shop.at);
    const central = centralAt({ ...joined.address, port: proxy.port }, 'test');
    const run = new SyncRun(joined.till, central);
    await run.untilSynced();
    proxy.cutAll();
    sell(1);
    run.sync.appended();
    await run.untilSynced();
    run.sync.stop();
    expect(run.calls.connect).toBe(2);
    await proxy.close();
    await expectNothingLostNothingDouble();
  });
});

describe('a server that is reached and gives no answer', () => {
  it('is given up, socket and all, and asked again', async () => {
    const blocker = await shop.connectAs(shop.at.user, shop.at.password);
    await blocker.query('begin');
    await blocker.query('select from till_heads join tills using (store_id, till_id) where till = $1 for update', [
      joined.till.options.till,
    ]);
    // The lock is held: hello waits for it. One call may wait 300 ms here, and the connection is then destroyed.
    const central = centralAt(joined.address, 'test', { connect_ms: 5000, call_ms: 300, push_ms: 5000 });
    const run = new SyncRun(joined.till, central);
    await run.until(() => run.sync.status().reason !== null);
    expect(run.sync.status()).toMatchObject({ state: 'offline', waiting: 33, reason: 'Query read timeout' });
    await blocker.query('rollback');
    await blocker.end();
    await run.untilSynced();
    run.sync.stop();
    await expectNothingLostNothingDouble();
  });
});

describe('a till that fails itself', () => {
  it('while it applies a page gets that page again', async () => {
    const { till } = joined;
    const apply = till.applyPage.bind(till);
    let failures = 0;
    till.applyPage = (page) => {
      // The disk is full at the second page, say.
      if (till.pages.length === 1 && failures < 2) {
        failures += 1;
        throw new Error('database or disk is full');
      }
      apply(page);
    };
    const run = new SyncRun(till, joined.central);
    await run.untilSynced();
    run.sync.stop();
    expect(failures).toBe(2);
    expect(run.reports).toHaveLength(2);
    expect(till.replica.store.has(`till ${till.options.till}`)).toBe(true);
    expect(till.pages.map((page) => page.snapshot).filter((snapshot) => snapshot === 'end')).toHaveLength(2);
    await expectNothingLostNothingDouble();
  });
});

describe('what the cashier is told', () => {
  it('how many wait and since when, then that all is confirmed', async () => {
    let reachable = false;
    const run = new SyncRun(joined.till, joined.central, { lose: () => (reachable ? undefined : 'before') });
    await run.until(() => run.calls.connect > 2);
    expect(run.sync.status()).toMatchObject({
      state: 'offline',
      confirmed_seq: 0,
      head_seq: 33,
      waiting: 33,
      oldest_waiting_at: '2026-11-21T09:01:00.000Z',
      reason: 'ECONNRESET',
    });
    reachable = true;
    await run.untilSynced();
    expect(run.sync.status()).toMatchObject({ state: 'confirmed', waiting: 0, oldest_waiting_at: null, reason: null });
    run.sync.stop();
  });

  it('that somebody has to act: another PC is the till now, a till out of use, a login that is gone', async () => {
    const { installation, till } = joined.till.options;
    const other = shop.ids.next<typeof installation>();
    const connection = await joined.central.connect();
    const { hash, seq } = joined.till.head();
    await connection.hello({ installation: other, epoch: 1, seq, hash, at: '' });
    connection.destroy();
    await shop.admin.query('select decide_installation(null, $1, $2)', [till, other]);
    const superseded = new SyncRun(joined.till, joined.central);
    await superseded.until(() => superseded.sync.status().state === 'refused');
    expect(superseded.sync.status()).toMatchObject({ reason: 'installation' });
    superseded.sync.stop();
    await shop.admin.query('select decide_installation(null, $1, $2)', [till, installation]);

    await shop.admin.query('select set_till_active(null, $1, false)', [joined.till.options.till]);
    const inactive = new SyncRun(joined.till, joined.central);
    await inactive.until(() => inactive.sync.status().state === 'refused');
    expect(inactive.sync.status()).toMatchObject({ reason: 'deactivated' });
    // When it is back in use, the next try goes through.
    await shop.admin.query('select set_till_active(null, $1, true)', [joined.till.options.till]);
    await inactive.untilSynced();
    inactive.sync.stop();

    const stranger = centralAt({ ...joined.address, password: 'not the password' }, 'test');
    const login = new SyncRun(joined.till, stranger);
    await login.until(() => login.sync.status().state === 'refused');
    expect(login.sync.status()).toMatchObject({ reason: 'login' });
    login.sync.stop();
  });
});
