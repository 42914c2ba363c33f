/** The stock take that is open, as rows: local until it is posted, so that a crash loses nothing of it. */
import { sql } from 'kysely';
import {
  type CategoryId,
  type CountId,
  type StaffId,
  type TillId,
  uuidFromBytes,
  uuidToBytes,
} from '../../../shared/ids.ts';
import { fields, type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { journalHead } from '../journal/head.ts';

type Scope = 'store' | 'category' | 'products';

export interface OpenTake {
  readonly count: CountId;
  readonly scope: Scope;
  readonly category: CategoryId | null;
  readonly opened_at: string;
  readonly opened_by: StaffId | null;
}

/** A counted product; `mark_key` is the moment of its first pass. */
export interface TakeLine {
  readonly product_key: number;
  readonly counted_milli: number;
  readonly known_milli: number;
  readonly counted_at: string;
  readonly mark_key: number;
}

/** How far the journals had come when something was counted. */
export interface Mark {
  readonly own_seq: number;
  /** The last entry of each other till of the store that this till knew of. */
  readonly seen: readonly (readonly [TillId, number])[];
}

const find = reads()((q) =>
  q.selectFrom('stock_takes').select(['count', 'scope', 'category', 'opened_at', 'opened_by']).where('id', '=', 1),
);
const insert = writes<{
  count: Uint8Array;
  scope: Scope;
  category: Uint8Array | null;
  opened_at: string;
  opened_by: Uint8Array | null;
}>()((q, p) =>
  q.insertInto('stock_takes').values({ id: 1, ...fields(p, 'count', 'scope', 'category', 'opened_at', 'opened_by') }),
);
const choose = writes<{ product_key: number }>()((q, p) =>
  q
    .insertInto('stock_take_products')
    .values(fields(p, 'product_key'))
    .onConflict((conflict) => conflict.doNothing()),
);
const lineOf = reads<{ product_key: number }>()((q, p) =>
  q
    .selectFrom('stock_take_lines')
    .select(['product_key', 'counted_milli', 'known_milli', 'counted_at', 'mark_key'])
    .where('product_key', '=', p.product_key),
);
const putLine = writes<{
  product_key: number;
  counted_milli: number;
  known_milli: number;
  counted_at: string;
  mark_key: number;
}>()((q, p) =>
  q
    .replaceInto('stock_take_lines')
    .values(fields(p, 'product_key', 'counted_milli', 'known_milli', 'counted_at', 'mark_key')),
);
const countedSince = reads<{ product_key: number; seq: number }>()((q, p) =>
  q
    .selectFrom('stock_count_lines')
    .select('seq')
    .where('product_key', '=', p.product_key)
    .where('own_seq', '>=', p.seq)
    .limit(1),
);
const addKnown = writes<{ product_key: number; seq: number; milli: number }>()((q, p) =>
  q
    .updateTable('stock_take_lines')
    .set({ known_milli: sql<number>`known_milli + CAST(${p.milli} AS INTEGER)` })
    .where('product_key', '=', p.product_key)
    .where((eb) => eb('mark_key', 'in', eb.selectFrom('stock_take_marks').select('key').where('own_seq', '>=', p.seq))),
);
const deleteLine = writes<{ product_key: number }>()((q, p) =>
  q.deleteFrom('stock_take_lines').where('product_key', '=', p.product_key),
);
const heard = reads()((q) => q.selectFrom('stock_heard').select(['till', 'seq']).orderBy('till'));
const lastMark = reads()((q) =>
  q.selectFrom('stock_take_marks').select(['key', 'own_seq', 'seen']).orderBy('key', 'desc').limit(1),
);
const allMarks = reads()((q) => q.selectFrom('stock_take_marks').select(['key', 'own_seq', 'seen']));
const insertMark = writes<{ own_seq: number; seen: string }>()((q, p) =>
  q.insertInto('stock_take_marks').values(fields(p, 'own_seq', 'seen')),
);
const clear = [
  writes()((q) => q.deleteFrom('stock_takes')),
  writes()((q) => q.deleteFrom('stock_take_products')),
  writes()((q) => q.deleteFrom('stock_take_lines')),
  writes()((q) => q.deleteFrom('stock_take_marks')),
];

/** Whether a row of `products` belongs to the take that is open. */
export const inTake = sql<boolean>`products.active = 1 AND products.stocked = 1 AND EXISTS (
  SELECT 1 FROM stock_takes t WHERE t.scope = 'store' OR (t.scope = 'category' AND t.category = products.category)
    OR (t.scope = 'products' AND products.key IN (SELECT product_key FROM stock_take_products)))`;

const belongs = reads<{ key: number }>()((q, p) =>
  q.selectFrom('products').select('key').where('key', '=', p.key).where(inTake),
);
const products = reads()((q) =>
  q
    .selectFrom('products')
    .select((eb) => eb.fn.countAll<number>().as('products'))
    .where(inTake),
);
const countedLines = reads()((q) =>
  q.selectFrom('stock_take_lines').select((eb) => eb.fn.countAll<number>().as('lines')),
);
/** Of each product of the take that was not counted. */
export const uncountedProducts = reads()((q) =>
  q
    .selectFrom('products')
    .innerJoin('product_keys', 'product_keys.key', 'products.key')
    .select(['products.key', 'product_keys.product'])
    .where(inTake)
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM stock_take_lines l WHERE l.product_key = products.key)`),
);

/** The stock take that is open at this till, if one is. */
export function findTake(db: ReadDb): OpenTake | undefined {
  const row = find.get(db, {});
  if (row === undefined) return undefined;
  return {
    count: uuidFromBytes<CountId>(row.count),
    scope: row.scope,
    category: row.category === null ? null : uuidFromBytes<CategoryId>(row.category),
    opened_at: row.opened_at,
    opened_by: row.opened_by === null ? null : uuidFromBytes<StaffId>(row.opened_by),
  };
}

/** Begins a take. Nothing is open. */
export function startTake(db: WriteDb, take: OpenTake, chosenKeys: readonly number[]): void {
  insert.run(db, {
    count: uuidToBytes(take.count),
    scope: take.scope,
    category: take.category === null ? null : uuidToBytes(take.category),
    opened_at: take.opened_at,
    opened_by: take.opened_by === null ? null : uuidToBytes(take.opened_by),
  });
  for (const product_key of chosenKeys) choose.run(db, { product_key });
}

/** Takes the open take away, with all that was counted. */
export function endTake(db: WriteDb): void {
  for (const statement of clear) statement.run(db, {});
}

/** Whether the product belongs to the open take. */
export function isInTake(db: ReadDb, productKey: number): boolean {
  return belongs.get(db, { key: productKey }) !== undefined;
}

/** How many products the take has, and how many of all were counted. */
export function progressOf(db: ReadDb): { readonly products: number; readonly counted: number } {
  return { products: products.one(db, {}).products, counted: countedLines.one(db, {}).lines };
}

export function findLine(db: ReadDb, productKey: number): TakeLine | undefined {
  return lineOf.get(db, { product_key: productKey });
}

export function writeLine(db: WriteDb, line: TakeLine): void {
  putLine.run(db, { ...line });
}

export function removeLine(db: WriteDb, productKey: number): void {
  deleteLine.run(db, { product_key: productKey });
}

/**
 * Whether this till has counted a product after its entry `seq`, and posted that. The number that the count names of itself
 * is never higher than the one that it has in a chain which was made of two: so no count is taken for later than it was.
 */
export function hasCountedSince(db: ReadDb, productKey: number, seq: number): boolean {
  return countedSince.get(db, { product_key: productKey, seq }) !== undefined;
}

/** Entry `seq` should not have moved a product by so much: what is counted since, in the open take, was counted knowing it. */
export function knewBetter(db: WriteDb, productKey: number, seq: number, milli: number): void {
  addKnown.run(db, { product_key: productKey, seq, milli });
}

/** The key of the mark of this moment. Lines between which nothing moved share one. */
export function markNow(db: WriteDb): number {
  const own_seq = journalHead(db)?.seq ?? 0;
  const seen = JSON.stringify(heard.all(db, {}).map(({ till, seq }) => [uuidFromBytes(till), seq]));
  const last = lastMark.get(db, {});
  if (last !== undefined && last.own_seq === own_seq && last.seen === seen) return last.key;
  return insertMark.run(db, { own_seq, seen }).lastRowid;
}

/** All marks of the open take, by key. */
export function marksOf(db: ReadDb): ReadonlyMap<number, Mark> {
  return new Map(
    allMarks.all(db, {}).map(({ key, own_seq, seen }) => [
      key,
      // Written by markNow above, in a table that only this till writes.
      { own_seq, seen: JSON.parse(seen) as Mark['seen'] },
    ]),
  );
}
