/** What somebody types to narrow a list of products. */
import { sql } from 'kysely';
import type { ReadDb } from '../db/statement.ts';
import { findKeyByBarcode } from './repository.ts';
import { matchOf, wordsOf } from './words.ts';

/** What a text in the list is looked for by: as part of a name or SKU, as words of the search, or as a whole barcode. */
export interface Sought {
  readonly any_active: 0 | 1;
  readonly like: string;
  readonly match: string;
  readonly key: number;
}

export const containsText = (p: { readonly [Name in keyof Sought]: ReturnType<typeof sql<Sought[Name]>> }) =>
  sql<boolean>`(products.active = 1 OR ${p.any_active} = 1) AND (
    products.name LIKE ${p.like} ESCAPE '\\' OR products.sku LIKE ${p.like} ESCAPE '\\' OR products.key = ${p.key}
    OR products.key IN (
      SELECT product_key FROM search_ranks
      WHERE rank IN (SELECT rowid FROM search_words WHERE search_words MATCH ${p.match})))`;

/** No product's words hold this, so that it finds nothing where a text has no words. */
const noWords = '""';

/** What a typed text asks of a list; undefined for an empty one, which asks for everything. */
export function soughtBy(db: ReadDb, typed: string, include_inactive: boolean): Sought | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  return {
    any_active: include_inactive ? 1 : 0,
    like: `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`,
    match: matchOf(wordsOf(text)) || noWords,
    key: findKeyByBarcode(db, text) ?? -1,
  };
}

/** As {@link soughtBy}, for a statement that serves both: `everything` where nothing was typed. Inactive ones never. */
export function soughtOrAll(db: ReadDb, typed: string): Sought & { readonly everything: 0 | 1 } {
  const sought = soughtBy(db, typed, false);
  if (sought !== undefined) return { ...sought, everything: 0 };
  return { everything: 1, any_active: 0, like: '', match: noWords, key: -1 };
}
