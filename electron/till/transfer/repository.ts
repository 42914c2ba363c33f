/** Transfers as rows: what this till did of them itself, and what the head office tells. */
import { type ProductId, type StoreId, type TransferId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import type { FeedRow } from '../../../shared/feed/rows.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import type { Unit } from '../product/repository.ts';

/** More than this is not listed of what is settled: what is older was settled long ago. */
export const mostSettled = 500;

/** No company that uses tills like these has more stores to choose from. */
const mostStores = 500;

const otherStores = reads<{ store: Uint8Array; limit: number }>()((q, p) =>
  q
    .selectFrom('stores')
    .select(['store', 'name'])
    .where('store', '!=', p.store)
    .where('active', '=', 1)
    .orderBy('name')
    .limit(p.limit),
);
const storeName = reads<{ store: Uint8Array }>()((q, p) =>
  q.selectFrom('stores').select('name').where('store', '=', p.store),
);
/** What nobody has told this till of as settled: there is no limit to it, since whatever is open has to be found. */
const openNumbers = reads()((q) =>
  q
    .selectFrom('transfers_told')
    .select('number')
    .where('state', 'not in', ['received', 'cancelled'])
    .union(
      q
        .selectFrom('stock_transfers as s')
        .select('s.number')
        .where(({ exists, not, selectFrom }) =>
          not(exists(selectFrom('transfers_told as t').select('t.number').whereRef('t.number', '=', 's.number'))),
        ),
    ),
);
const lastOwn = reads<{ limit: number }>()((q, p) =>
  q
    .selectFrom('stock_transfers')
    .select('number')
    .groupBy('number')
    .orderBy((eb) => eb.fn.max('seq'), 'desc')
    .limit(p.limit),
);
const lastTold = reads<{ limit: number }>()((q, p) =>
  q.selectFrom('transfers_told').select('number').orderBy('sent_at', 'desc').orderBy('number').limit(p.limit),
);
const ownOf = reads<{ number: string }>()((q, p) =>
  q
    .selectFrom('stock_transfers')
    .select(['seq', 'what', 'number', 'transfer', 'to_store', 'at', 'awaits_more'])
    .where('number', '=', p.number)
    .orderBy('seq'),
);
const sentCount = reads()((q) =>
  q
    .selectFrom('stock_transfers')
    .select((eb) => eb.fn.countAll<number>().as('sent'))
    .where('what', '=', 'sent'),
);
const tillOfCode = reads<{ code: string }>()((q, p) =>
  q
    .selectFrom('tills')
    .select('code')
    .where('code', '=', p.code)
    .union(q.selectFrom('till_identity').select('code').where('code', '=', p.code)),
);
const ownLines = reads<{ seq: number }>()((q, p) =>
  q
    .selectFrom('stock_transfer_lines as l')
    .innerJoin('product_keys', 'product_keys.key', 'l.product_key')
    .select(['product_keys.product', 'l.sku', 'l.name', 'l.unit', 'l.quantity_milli'])
    .where('l.seq', '=', p.seq)
    .orderBy('l.n'),
);
const toldOf = reads<{ number: string }>()((q, p) =>
  q
    .selectFrom('transfers_told')
    .select(['number', 'from_store', 'to_store', 'state', 'sent_at', 'lines', 'seen'])
    .where('number', '=', p.number),
);

/** Whether a number is one that a till of this store gives. Its first part is that till's code, and no two stores share one. */
export function isOfThisStore(db: ReadDb, number: string): boolean {
  const [code = ''] = number.split('-');
  return tillOfCode.get(db, { code }) !== undefined;
}

/** What this till wrote of a transfer. */
export interface OwnEntry {
  readonly seq: number;
  readonly what: 'sent' | 'received' | 'corrected' | 'cancelled';
  readonly number: string;
  readonly transfer: TransferId | null;
  readonly to_store: StoreId | null;
  readonly at: string;
  readonly awaits_more: boolean;
}

export interface MovedLine {
  readonly product: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly unit: Unit;
  readonly quantity_milli: number;
}

/** What the head office tells of a transfer. */
export interface ToldTransfer {
  readonly number: string;
  readonly from_store: StoreId;
  readonly to_store: StoreId;
  readonly state: FeedRow<'transfer'>['state'];
  readonly sent_at: string;
  readonly lines: FeedRow<'transfer'>['lines'];
  readonly seen: FeedRow<'transfer'>['seen'];
}

function asOwn(row: ReturnType<typeof ownOf.one>): OwnEntry {
  return {
    ...row,
    awaits_more: row.awaits_more === 1,
    transfer: row.transfer === null ? null : uuidFromBytes<TransferId>(row.transfer),
    to_store: row.to_store === null ? null : uuidFromBytes<StoreId>(row.to_store),
  };
}

function asTold(row: ReturnType<typeof toldOf.one>): ToldTransfer {
  return {
    ...row,
    from_store: uuidFromBytes<StoreId>(row.from_store),
    to_store: uuidFromBytes<StoreId>(row.to_store),
    // Written by the replica from a row that its schema has passed.
    lines: JSON.parse(row.lines) as ToldTransfer['lines'],
    seen: row.seen === null ? undefined : (JSON.parse(row.seen) as ToldTransfer['seen']),
  };
}

/** The company's other stores that are in use. */
export function listOtherStores(db: ReadDb, self: StoreId): { readonly store: StoreId; readonly name: string }[] {
  return otherStores
    .all(db, { store: uuidToBytes(self), limit: mostStores })
    .map(({ name, store }) => ({ store: uuidFromBytes<StoreId>(store), name }));
}

export function nameOfStore(db: ReadDb, store: StoreId | null): string | null {
  return store === null ? null : (storeName.get(db, { store: uuidToBytes(store) })?.name ?? null);
}

/** The numbers of all transfers that may be open, and of those that were settled last. */
export function listedNumbers(db: ReadDb): string[] {
  const limit = mostSettled;
  const rows = [...openNumbers.all(db, {}), ...lastOwn.all(db, { limit }), ...lastTold.all(db, { limit })];
  return [...new Set(rows.map(({ number }) => number))];
}

/** What this till did of one transfer, in order. */
export function ownEntriesOf(db: ReadDb, number: string): OwnEntry[] {
  return ownOf.all(db, { number }).map(asOwn);
}

/** How many transfers this till has sent. */
export function countSent(db: ReadDb): number {
  return sentCount.one(db, {}).sent;
}

export function linesOf(db: ReadDb, seq: number): MovedLine[] {
  return ownLines.all(db, { seq }).map(({ product, unit, ...line }) => ({
    ...line,
    product: uuidFromBytes<ProductId>(product),
    // Written by the projector from bodies whose schema names these units.
    unit: unit as Unit,
  }));
}

export function toldTransfer(db: ReadDb, number: string): ToldTransfer | undefined {
  const row = toldOf.get(db, { number });
  return row === undefined ? undefined : asTold(row);
}
