/**
 * Snapshots of a stream: what one does not name is gone at its end. The names stand in a temporary table, which goes with
 * the connection; so the cursor of a snapshot that is under way is not kept in the file either, and a till that was
 * stopped half-way begins it anew.
 */
import { sql } from 'kysely';
import type { FeedKind, Stream } from '../../../shared/feed/rows.ts';
import { reads, type WriteDb, writes } from '../db/statement.ts';
import { showAfterSnapshot } from '../proposal/overlay.ts';

type SnapshotTables = { 'temp.snapshot_rows': { stream: Stream; kind: string; id: string } };

/** What a stream's snapshot is the whole of. Settings are one row that is only ever replaced. */
const wholeKinds: Readonly<Record<Stream, readonly FeedKind[]>> = {
  company: ['tax', 'category', 'product', 'role', 'proposal', 'store', 'transfer'],
  store: ['till', 'staff', 'verifier', 'stock', 'stock_correction', 'aside'],
};

/** Stands for a row that could not be read, and so for whatever it may have named: its kind is left as it is. */
const unreadable = '';

const clear = writes<{ stream: Stream }>()((q, p) =>
  q.withTables<SnapshotTables>().deleteFrom('temp.snapshot_rows').where('stream', '=', p.stream),
);
const note = writes<{ stream: Stream; named: string }>()((q, p) =>
  q
    .withTables<SnapshotTables>()
    .replaceInto('temp.snapshot_rows')
    .columns(['stream', 'kind', 'id'])
    .expression(sql`SELECT ${p.stream}, value ->> 0, value ->> 1 FROM json_each(${p.named})`),
);

/** Whether the snapshot did not name a row whose id is the given SQL. */
function isAbsent(kind: FeedKind, id: string) {
  return sql<boolean>`NOT EXISTS (
    SELECT 1 FROM temp.snapshot_rows WHERE kind = ${sql.lit(kind)} AND id IN (${sql.raw(id)}, ${sql.lit(unreadable)}))`;
}

const productId = (key: string) => `(SELECT lower(hex(product)) FROM product_keys WHERE product_keys.key = ${key})`;

const forget: Readonly<Partial<Record<FeedKind, { run(db: WriteDb, params: object): unknown }>>> = {
  tax: writes()((q) => q.deleteFrom('taxes').where(isAbsent('tax', 'lower(hex(tax))'))),
  category: writes()((q) => q.deleteFrom('categories').where(isAbsent('category', 'lower(hex(category))'))),
  product: writes()((q) => q.deleteFrom('products').where(isAbsent('product', productId('products.key')))),
  role: writes()((q) => q.deleteFrom('roles').where(isAbsent('role', 'lower(hex(role))'))),
  till: writes()((q) => q.deleteFrom('tills').where(isAbsent('till', 'lower(hex(till))'))),
  // Whoever worked here once keeps their name on the receipts of that time.
  staff: writes()((q) => q.updateTable('staff').set({ active: 0 }).where(isAbsent('staff', 'lower(hex(staff))'))),
  verifier: writes()((q) =>
    q.deleteFrom('staff_verifiers').where(isAbsent('verifier', "lower(hex(staff)) || '/' || credential")),
  ),
  aside: writes()((q) =>
    q.deleteFrom('put_aside').where(isAbsent('aside', '(SELECT lower(hex(till)) FROM till_identity)')),
  ),
  proposal: writes()((q) =>
    q.deleteFrom('proposal_decisions').where(isAbsent('proposal', productId('proposal_decisions.product_key'))),
  ),
  stock: writes()((q) =>
    q
      .deleteFrom('stock_elsewhere')
      .where(isAbsent('stock', `${productId('stock_elsewhere.product_key')} || '/' || lower(hex(till))`)),
  ),
  store: writes()((q) => q.deleteFrom('stores').where(isAbsent('store', 'lower(hex(store))'))),
  // A number has no `-` in a snapshot's names, as no UUID has.
  transfer: writes()((q) => q.deleteFrom('transfers_told').where(isAbsent('transfer', "replace(number, '-', '')"))),
  stock_correction: writes()((q) =>
    q.deleteFrom('stock_corrections').where(isAbsent('stock_correction', productId('stock_corrections.product_key'))),
  ),
};
const named = reads<{ kind: FeedKind }>()((q, p) =>
  q
    .withTables<SnapshotTables>()
    .selectFrom('temp.snapshot_rows')
    .select((from) => from.fn.countAll<number>().as('count'))
    .where('kind', '=', p.kind),
);
const products = reads()((q) => q.selectFrom('products').select((from) => from.fn.countAll<number>().as('count')));
const absentProduct = reads<{ key: number }>()((q, p) =>
  q.selectFrom('product_keys').select('key').where('key', '=', p.key).where(isAbsent('product', 'lower(hex(product))')),
);
// How far the others' journals had come is known from what is left of their stock.
const unhear = writes()((q) => q.deleteFrom('stock_heard'));
const hearAgain = writes()((q) =>
  q
    .insertInto('stock_heard')
    .columns(['till', 'seq'])
    .expression((from) =>
      from
        .selectFrom('stock_elsewhere')
        .select(['till', sql<number>`max(covers_seq)`.as('seq')])
        .groupBy('till'),
    ),
);
// A stock take that is open may have heard of entries that a head office which was set back has forgotten; others come under
// their numbers.
const unmark = writes()((q) => q.updateTable('stock_take_marks').set({ seen: '[]' }));
const forgetBarcodes = writes()((q) =>
  q
    .deleteFrom('product_barcodes')
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM products WHERE products.key = product_barcodes.product_key)`),
);

/** Begins a snapshot, forgetting what an unfinished one had named. */
export function beginSnapshot(db: WriteDb, stream: Stream): void {
  db.connection.exec(`CREATE TEMP TABLE IF NOT EXISTS snapshot_rows (
    stream TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id, stream)
  ) STRICT, WITHOUT ROWID`);
  clear.run(db, { stream });
}

/** What a page of a snapshot names. */
export class NamedRows {
  readonly #named: (readonly [FeedKind, string])[] = [];

  /** A row, by the UUIDs of its key, `/` between them. */
  add(kind: FeedKind, key: readonly string[]): void {
    this.#named.push([kind, key.join('/').replaceAll('-', '')]);
  }

  /** A row of this kind could not be read: nothing of the kind is taken for absent. */
  addUnreadable(kind: FeedKind): void {
    this.#named.push([kind, unreadable]);
  }

  /** In one statement: a first load names many. */
  note(db: WriteDb, stream: Stream): void {
    note.run(db, { stream, named: JSON.stringify(this.#named) });
  }
}

/**
 * Whether the catalogue holds what was named and nothing else, told by how many there are: each that was named is in it by
 * now. A first load always does, and looking each of them up was a twelfth of it.
 */
function namesEveryProduct(db: WriteDb): boolean {
  return products.get(db, {})?.count === named.get(db, { kind: 'product' })?.count;
}

/** Ends a snapshot: whatever of the stream it did not name is gone. */
export function endSnapshot(db: WriteDb, stream: Stream): void {
  for (const kind of wholeKinds[stream]) {
    if (kind === 'product' && namesEveryProduct(db)) continue;
    forget[kind]?.run(db, {});
  }
  forgetBarcodes.run(db, {});
  if (stream === 'company') showAfterSnapshot(db, (key) => absentProduct.get(db, { key }) !== undefined);
  if (stream === 'store') {
    unhear.run(db, {});
    hearAgain.run(db, {});
    unmark.run(db, {});
  }
  clear.run(db, { stream });
}
