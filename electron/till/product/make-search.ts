/**
 * The search of a large catalogue, made beside the till: the most sold products first, a few at a time, so that the till
 * waits some milliseconds at most, and finds what is in it already. What the till itself adds or changes meanwhile it puts in
 * as always, and it is left as it is. Whoever is stopped half-way leaves what a successor goes on with.
 */
import { sql } from 'kysely';
import { fields, type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { transact } from '../db/transact.ts';
import { indexProduct } from './search.ts';

const unranked = reads()((q) =>
  q
    .selectFrom('products')
    .leftJoin('stock_levels', 'stock_levels.product_key', 'products.key')
    .leftJoin('search_ranks', 'search_ranks.product_key', 'products.key')
    .select('products.key')
    .where('search_ranks.rank', 'is', null)
    .orderBy(sql`coalesce(stock_levels.sold_milli, 0)`, 'desc')
    .orderBy(sql`products.name COLLATE NOCASE`)
    .orderBy('products.key'),
);
const productToRank = reads<{ key: number }>()((q, p) =>
  q
    .selectFrom('products')
    .leftJoin('search_ranks', 'search_ranks.product_key', 'products.key')
    .select(['products.key', 'products.name', 'products.sku', 'products.active'])
    .where('products.key', '=', sql<number>`+${p.key}`)
    .where('search_ranks.rank', 'is', null),
);
const changes = reads()((q) => q.selectNoFrom(sql<number>`total_changes()`.as('count')));
// FTS5's commands are inserts into hidden columns; a negative number begins to merge all that there is.
const merge = writes<{ pages: number }>()((q, p) =>
  q.insertInto('search_words').values({ search_words: 'merge', rank: p.pages } as never),
);
const makerOf = reads()((q) => q.selectFrom('search_state').select(['maker', 'total']));
const takeOn = writes<{ maker: number }>()((q, p) =>
  q.updateTable('search_state').set(fields(p, 'maker')).where('maker', 'is not', null),
);
const finish = writes()((q) => q.updateTable('search_state').set({ maker: null, total: 0 }));

/** So many products go in at once: some 5 ms. */
const productsAtOnce = 250;
/** So many pages are merged at once: as long. */
const pagesAtOnce = 32;

export interface Making {
  /** As it was taken on under. */
  readonly maker: number;
  /** Waits so long that the till gets its turn, too. */
  readonly rest: (ms: number) => Promise<void>;
  /** Asked before each piece. */
  readonly isStopped: () => boolean;
  /** Told after each piece. */
  readonly told: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Takes on what is to be made, under a number of one's own. Answers false when nothing is. */
export function takeOnSearch(db: WriteDb, maker: number): boolean {
  return transact(db, () => takeOn.run(db, { maker }).changes > 0);
}

/**
 * Makes what is missing. Answers whether it is whole now; it is not when it was stopped, or when somebody else has taken it
 * on since.
 */
export async function makeSearch(db: WriteDb, { isStopped, maker, rest, told }: Making): Promise<boolean> {
  const piece = async (work: () => void): Promise<boolean> => {
    if (isStopped()) return false;
    const began = performance.now();
    const isMine = transact(db, () => {
      if (makerOf.one(db, {}).maker !== maker) return false;
      work();
      return true;
    });
    if (isMine) await rest(performance.now() - began);
    return isMine;
  };

  if (isStopped()) return false;
  const { total } = makerOf.one(db, {});
  const keys = unranked.all(db, {}).map(({ key }) => key);
  let done = Math.max(0, total - keys.length);
  for (let at = 0; at < keys.length; at += productsAtOnce) {
    const some = keys.slice(at, at + productsAtOnce);
    if (!(await piece(() => rankAll(db, some)))) return false;
    done = Math.min(total, done + some.length);
    told({ done, total });
  }
  for (let pages = -pagesAtOnce, isMore = true; isMore; pages = pagesAtOnce) {
    const isMine = await piece(() => {
      isMore = merged(db, pages);
    });
    if (!isMine) return false;
  }
  return await piece(() => finish.run(db, {}));
}

/** Those of the products that are still there, and that the till has not put in itself. */
function rankAll(db: WriteDb, keys: readonly number[]): void {
  for (const key of keys) {
    const product = productToRank.get(db, { key });
    if (product !== undefined) indexProduct(db, { ...product, active: product.active === 1 });
  }
}

/** Whether there was anything to merge: FTS5 tells it by what it changed beside the command itself. */
function merged(db: WriteDb, pages: number): boolean {
  const before = changesOf(db);
  merge.run(db, { pages });
  return changesOf(db) - before >= 2;
}

function changesOf(db: ReadDb): number {
  return changes.one(db, {}).count;
}
