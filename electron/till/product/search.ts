/**
 * Search over names and SKUs: FTS5 whose rowid is the product's rank, the most sold first. It hands its rows out in the
 * order of rowid and stops at the limit, so that one letter over a million products costs no more than twenty rows.
 */
import { sql } from 'kysely';
import { fields, type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { findKeyByBarcode, findKeysBySku } from './repository.ts';
import { foldWord, hasWords, matchOf, wordsOf } from './words.ts';

const rankOf = reads<{ product_key: number }>()((q, p) =>
  q.selectFrom('search_ranks').select('rank').where('product_key', '=', p.product_key),
);
const lastRank = reads()((q) => q.selectFrom('search_ranks').select('rank').orderBy('rank', 'desc').limit(1));
const insertRank = writes<{ rank: number; product_key: number }>()((q, p) =>
  q.insertInto('search_ranks').values({ rank: p.rank, product_key: p.product_key }),
);
const insertWords = writes<{ rowid: number; words: string }>()((q, p) =>
  q.insertInto('search_words').values({ rowid: p.rowid, words: p.words }),
);
const deleteWords = writes<{ rowid: number }>()((q, p) => q.deleteFrom('search_words').where('rowid', '=', p.rowid));
const match = reads<{ match: string; limit: number }>()((q, p) =>
  q
    .selectFrom((from) =>
      from
        .selectFrom('search_words')
        .select('rowid')
        .where(sql<boolean>`search_words MATCH +${p.match}`)
        .orderBy('rowid')
        .limit(sql<number>`+${p.limit}`)
        .as('found'),
    )
    .innerJoin('search_ranks', 'search_ranks.rank', 'found.rowid')
    .select('search_ranks.product_key')
    .orderBy('found.rowid'),
);

const candidates = reads<{ match: string; limit: number }>()((q, p) =>
  q
    .selectFrom((from) =>
      from
        .selectFrom('search_words')
        .select('rowid')
        .where(sql<boolean>`search_words MATCH +${p.match}`)
        .orderBy('rowid')
        .limit(sql<number>`+${p.limit}`)
        .as('found'),
    )
    .innerJoin('search_ranks', 'search_ranks.rank', 'found.rowid')
    .innerJoin('products', 'products.key', 'search_ranks.product_key')
    .select(['products.key', 'products.name', 'products.sku'])
    .orderBy('found.rowid'),
);

const clearRanks = writes()((q) => q.deleteFrom('search_ranks'));
// FTS5's commands are inserts into a hidden column of the table's own name.
const clearWords = writes()((q) => q.insertInto('search_words').values({ search_words: 'delete-all' } as never));
const mergeWords = writes()((q) => q.insertInto('search_words').values({ search_words: 'optimize' } as never));
const fillRanks = writes()((q) =>
  q
    .insertInto('search_ranks')
    .columns(['rank', 'product_key'])
    .expression((from) =>
      from
        .selectFrom('products')
        .leftJoin('stock_levels', 'stock_levels.product_key', 'products.key')
        .select([
          sql<number>`row_number() OVER (ORDER BY coalesce(stock_levels.sold_milli, 0) DESC, products.name COLLATE NOCASE, products.key)`.as(
            'rank',
          ),
          'products.key',
        ]),
    ),
);
const fillWords = writes()((q) =>
  q
    .insertInto('search_words')
    .columns(['rowid', 'words'])
    .expression((from) =>
      from
        .selectFrom('search_ranks')
        .innerJoin('products', 'products.key', 'search_ranks.product_key')
        .select(['search_ranks.rank', sql<string>`products.name || ' ' || products.sku`.as('words')])
        .where('products.active', '=', 1)
        .orderBy('search_ranks.rank'),
    ),
);
const state = reads()((q) => q.selectFrom('search_state').select(['maker', 'total', 'made_at']));
const setState = writes<{ maker: number | null; total: number; made_at: string | null }>()((q, p) =>
  q.updateTable('search_state').set(fields(p, 'maker', 'total', 'made_at')),
);
const productCount = reads<{ limit: number }>()((q, p) =>
  q
    .selectFrom((from) => from.selectFrom('products').select('key').limit(p.limit).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('products')),
);
const allProducts = reads()((q) => q.selectFrom('products').select((eb) => eb.fn.countAll<number>().as('products')));

/** Up to this many products it is made in one go, in a blink; a larger one takes its time, where there is somebody for it. */
const madeAtOnce = 2000;
/** Up to this many where there is nobody. */
const madeAtStart = 20_000;
/** How long the order of a large catalogue holds, by what was sold most. */
const rankedFor_ms = 7 * 24 * 60 * 60 * 1000;

/** Tells the search of a product as it is now. A new one comes last in rank; an inactive one is not found any more. */
export function indexProduct(
  db: WriteDb,
  product: { readonly key: number; readonly name: string; readonly sku: string; readonly active: boolean },
): void {
  let rank = rankOf.get(db, { product_key: product.key })?.rank;
  if (rank === undefined) {
    rank = (lastRank.get(db, {})?.rank ?? 0) + 1;
    insertRank.run(db, { rank, product_key: product.key });
  } else {
    deleteWords.run(db, { rowid: rank });
  }
  if (product.active) insertWords.run(db, { rowid: rank, words: `${product.name} ${product.sku}` });
}

/** Makes ranks and words anew from the catalogue and from what was sold, in one go: far faster than row by row. */
export function rebuildSearch(db: WriteDb, now: number): void {
  clearSearch(db);
  fillRanks.run(db, {});
  fillWords.run(db, {});
  mergeWords.run(db, {});
  setState.run(db, { maker: null, total: 0, made_at: new Date(now).toISOString() });
}

/** Whoever makes the search has a number of their own; before that it has this one. */
export const nobody = 0;

/**
 * Begins to make the search of a whole catalogue anew. A small one is whole at once; a large one, where `canWait`, is empty
 * and is filled by whoever is found for it.
 */
export function renewSearch(db: WriteDb, { canWait, now }: { readonly canWait: boolean; readonly now: number }): void {
  if (!canWait || productCount.one(db, { limit: madeAtOnce + 1 }).products <= madeAtOnce) return rebuildSearch(db, now);
  clearSearch(db);
  const total = allProducts.one(db, {}).products;
  setState.run(db, { maker: nobody, total, made_at: new Date(now).toISOString() });
}

function clearSearch(db: WriteDb): void {
  clearRanks.run(db, {});
  clearWords.run(db, {});
}

/** Whether the search is to be made anew when a till starts: its order is old, or it is quickly done. */
export function isSearchStale(
  db: ReadDb,
  { canWait, now }: { readonly canWait: boolean; readonly now: number },
): boolean {
  const { products } = productCount.one(db, { limit: madeAtStart + 1 });
  if (products === 0) return false;
  const { made_at, maker } = state.one(db, {});
  if (!canWait) return products <= madeAtStart || maker !== null || made_at === null;
  // What is being made goes on where it stood.
  if (maker !== null) return false;
  return products <= madeAtOnce || made_at === null || now - Date.parse(made_at) > rankedFor_ms;
}

/** How far the search has come while it is being made; null when it is whole. */
export function searchMaking(db: ReadDb): { readonly done: number; readonly total: number } | null {
  const { maker, total } = state.one(db, {});
  return maker === null ? null : { done: Math.min(lastRank.get(db, {})?.rank ?? 0, total), total };
}

/**
 * The keys of the products that a text finds, at most `limit`: those with exactly this barcode or SKU, then those with a
 * word of their name or SKU that begins with each word of the text, the most sold first.
 */
export function searchProducts(db: ReadDb, text: string, limit: number): number[] {
  const typed = text.trim();
  if (typed === '') return [];
  const found = new Set(findKeysBySku(db, typed));
  const byBarcode = findKeyByBarcode(db, typed);
  if (byBarcode !== undefined) found.add(byBarcode);
  const words = wordsOf(typed);
  if (words.length > 0) for (const key of findByWords(db, words, limit)) found.add(key);
  return [...found].slice(0, limit);
}

/** So many first letters of a word have an index of their own, which hands rows out without collecting them first. */
const indexedLetters = 3;
/** In a smaller catalogue no word has so many rows that collecting them would be noticed. */
const largeCatalogue = 200_000;
/** So many rows that begin alike are looked at, before the words as a whole are asked for. */
const candidatesLookedAt = 300;

/**
 * For a longer word FTS5 collects the rows of every word that begins with it before it hands out the first: in a million
 * products, 15 ms for `choc`. So a large catalogue is first asked for the beginnings that are indexed, whose rows are
 * looked at one by one until there are enough. What is common is found at once that way; what is rare among them has few
 * rows, and then collecting them is quick.
 */
function findByWords(db: ReadDb, words: readonly string[], limit: number): readonly number[] {
  const isLong = words.some((word) => Array.from(word).length > indexedLetters);
  if (isLong && (lastRank.get(db, {})?.rank ?? 0) > largeCatalogue) {
    const { keys, isComplete } = findAmongCandidates(db, words, limit);
    if (isComplete) return keys;
  }
  return match.all(db, { match: matchOf(words), limit }).map(({ product_key }) => product_key);
}

/**
 * The rows that match among the first few that begin alike. `isComplete`: there are as many as were asked for, or no more
 * candidates to look at, so that the index as a whole would answer the same.
 */
export function findAmongCandidates(
  db: ReadDb,
  words: readonly string[],
  limit: number,
): { readonly keys: readonly number[]; readonly isComplete: boolean } {
  const folded = words.map(foldWord);
  const keys: number[] = [];
  let seen = 0;
  for (const row of candidates.each(db, { match: matchOf(words, indexedLetters), limit: candidatesLookedAt })) {
    seen += 1;
    if (hasWords(`${row.name} ${row.sku}`, folded)) keys.push(row.key);
    if (keys.length === limit) break;
  }
  return { keys, isComplete: keys.length === limit || seen < candidatesLookedAt };
}
