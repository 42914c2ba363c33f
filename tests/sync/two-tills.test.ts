import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MovementId } from '../../shared/ids.ts';
import { toHex } from '../../shared/ids.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from './central-shop.ts';
import { makeProducts, makeRefund, makeSale, type TestProduct } from './sales.ts';
import { SyncRun } from './sync-run.ts';

let shop: CentralShop;
let products: TestProduct[];
let count = 0;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  products = makeProducts(shop.ids, 6);
});

afterAll(async () => {
  await shop.close();
});

/** What a till knows of the others' stock, by product. */
function othersLevels({ till }: JoinedTill): Map<string, number> {
  const levels = new Map<string, number>();
  for (const [key, row] of till.replica.store) {
    if (!key.startsWith('stock ')) continue;
    // The rows of kind stock are in the shape of the feed.
    const stock = row as { readonly product: string; readonly till: string; readonly level_milli: number };
    expect(stock.till).not.toBe(till.options.till);
    levels.set(stock.product, (levels.get(stock.product) ?? 0) + stock.level_milli);
  }
  return levels;
}

/** What a till's own journal has moved, by product: the other half of what it shows. */
function ownLevels(moves: readonly Move[]): Map<string, number> {
  const levels = new Map<string, number>();
  for (const { product, moved_milli } of moves) levels.set(product, (levels.get(product) ?? 0) + moved_milli);
  return levels;
}

interface Move {
  readonly product: string;
  readonly moved_milli: number;
}

function total(product: TestProduct, ...levels: readonly Map<string, number>[]): number {
  return levels.reduce((sum, level) => sum + (level.get(product.product) ?? 0), 0);
}

async function centralLevel(product: TestProduct, tills: readonly JoinedTill[]): Promise<unknown> {
  return await shop.value(
    `select coalesce(sum(level_milli), 0)::int from stock_levels join tills using (store_id, till_id)
     where product = $1 and till = any($2)`,
    [product.product, tills.map(({ till }) => till.options.till)],
  );
}

type Action = readonly ['sell' | 'refund' | 'adjust', number, number];
const action: fc.Arbitrary<Action> = fc.tuple(
  fc.constantFrom<'sell' | 'refund' | 'adjust'>('sell', 'sell', 'sell', 'refund', 'adjust'),
  fc.nat(5),
  fc.integer({ min: 1, max: 5 }),
);

function act({ till }: JoinedTill, [what, index, units]: Action): Move {
  const product = products[index];
  if (product === undefined) throw new Error('no such product');
  const quantity_milli = units * 1000;
  switch (what) {
    case 'sell':
      till.append('sale.completed', makeSale(till, [{ product, quantity_milli }]));
      return { product: product.product, moved_milli: -quantity_milli };
    case 'refund':
      till.append('refund.completed', makeRefund(till, [{ product, quantity_milli }], true));
      return { product: product.product, moved_milli: quantity_milli };
    case 'adjust':
      till.append('stock.adjusted', {
        adjustment: shop.ids.next<MovementId>(),
        reason: 'Delivery',
        lines: [{ product: product.product, sku: product.sku, quantity_milli }],
      });
      return { product: product.product, moved_milli: quantity_milli };
  }
}

describe('two tills of one store that sell the same products at once', () => {
  it("end with the same stock, each its own movements and the other's, whatever they do and however calls are lost", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 1, maxLength: 25 }),
        fc.array(action, { minLength: 1, maxLength: 25 }),
        fc.nat(4),
        async (firsts, seconds, loss) => {
          count += 1;
          const store = shop.ids.next<typeof shop.store>();
          await shop.addStore(store);
          const tills = [await shop.join(`A${count}`, store), await shop.join(`B${count}`, store)];
          const runs = tills.map(({ till, central }) => {
            till.open();
            return new SyncRun(till, central, {
              lose: (name, times) => (name === 'push' && times % 5 === loss ? 'after' : undefined),
            });
          });
          const moves: Move[][] = [[], []];
          // In two halves, each pushed by both tills at once: levels are added to, not written anew.
          for (const half of [0, 1]) {
            for (const [i, actions] of [firsts, seconds].entries()) {
              const joined = tills[i];
              if (joined === undefined) throw new Error('two tills');
              for (const one of actions.filter((__, n) => n % 2 === half)) moves[i]?.push(act(joined, one));
              runs[i]?.sync.appended();
            }
            await Promise.all(runs.map(async (run) => await run.untilSynced()));
          }
          // Once more, since the one that was done first could not know what the other pushed later.
          for (const run of runs) await run.untilSynced();
          for (const run of runs) run.sync.stop();

          for (const product of products) {
            const central = await centralLevel(product, tills);
            for (const [i, joined] of tills.entries())
              expect(total(product, ownLevels(moves[i] ?? []), othersLevels(joined))).toBe(central);
          }
          for (const { till } of tills) {
            const head = await shop.value(
              "select encode(head_hash, 'hex') from till_heads join tills using (store_id, till_id) where till = $1",
              [till.options.till],
            );
            expect(head).toBe(toHex(till.head().hash));
          }
        },
      ),
      { numRuns: 8, seed: 20_261_121 },
    );
  });

  it('are told each change of the feed once and in order, without a position skipped', async () => {
    const store = shop.ids.next<typeof shop.store>();
    await shop.addStore(store);
    const watcher = await shop.join('W1', store);
    const sellers = [await shop.join('W2', store), await shop.join('W3', store)];
    const runs = sellers.map((joined) => {
      joined.till.open();
      for (let i = 0; i < 60; i += 1) act(joined, ['sell', i % 6, 1]);
      return new SyncRun(joined.till, joined.central);
    });
    const watching = new SyncRun(watcher.till, watcher.central);
    await Promise.all([...runs, watching].map(async (run) => await run.untilSynced()));
    await watching.untilSynced();
    for (const run of [...runs, watching]) run.sync.stop();

    let position = 0;
    for (const page of watcher.till.pages.filter((one) => one.stream === 'store')) {
      for (const change of page.changes) {
        expect(change.position).toBeGreaterThan(position);
        position = change.position;
      }
      expect(page.position).toBeGreaterThanOrEqual(position);
      position = page.position;
    }
    // Nothing is missing: what the watcher holds is what central has, row by row.
    const { rows } = await shop.admin.query<{ product: string; till: string; level: number }>(
      `select product, till, level_milli::int as level from stock_levels join tills using (store_id, till_id)
       join stores using (store_id) where store = $1`,
      [store],
    );
    expect(rows.length).toBe(12);
    for (const { product, till, level } of rows)
      expect(watcher.till.replica.store.get(`stock ${product}/${till}`)).toMatchObject({ level_milli: level });
    // Every position was given to exactly one row: the counter and the rows agree.
    expect(
      await shop.value(
        `select position::int - (select max(p)::int from (
           select position as p from feed_rows f where f.store_id = h.store_id union all
           select position from stock_levels s where s.store_id = h.store_id) as all_rows)
         from stream_heads h join stores using (store_id) where store = $1`,
        [store],
      ),
    ).toBe(0);
  });
});
