/**
 * Applies the feed's rows to this till's tables. A row is the whole record as it is from now on. No table has a rule but
 * its own key: a clash of two shops' barcodes must not stop a feed.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { TillEvent } from '../../../shared/contract/till.ts';
import { type FeedChange, type FeedKind, type FeedRow, feedRows, type Stream } from '../../../shared/feed/rows.ts';
import { fromHex, toHex, type TillId, uuidToBytes } from '../../../shared/ids.ts';
import { FormatError } from '../../../shared/journal/canonical.ts';
import { openPayload } from '../../../shared/journal/payload.ts';
import { isCurrency } from '../../../shared/money/currency.ts';
import { fields as columns, type WriteDb, writes } from '../db/statement.ts';
import type { Ports } from '../ports.ts';
import { productKey } from '../product/key.ts';
import { putCategory } from '../product/categories.ts';
import { putTax } from '../product/taxes.ts';
import { showProduct, takeProduct } from '../proposal/overlay.ts';
import { putDecision } from '../proposal/repository.ts';
import { forgetAttempts } from '../session/attempt.ts';
import { endSessionsOf } from '../session/open.ts';
import { isSameVerifier, storeVerifier, wrapHash } from '../session/verifier.ts';
import { putSettings } from '../settings/read.ts';
import { findStaff, putRole, putStaff } from '../staff/repository.ts';
import { isZone } from '../zone.ts';

/** What applying needs beside a row. */
export interface Applying {
  readonly db: WriteDb;
  readonly ports: Ports;
  /** The till itself: its own stock comes from its own journal. */
  readonly self: TillId;
  /** In a snapshot the search is made anew at the end, not row by row. */
  readonly isSnapshot: boolean;
}

/** What became of a change: the screens to tell and the row's key; or why it was left out. */
export type Applied =
  | { readonly kind: FeedKind; readonly key: readonly string[]; readonly tells: TillEvent['kind'] }
  | { readonly kind: FeedKind; readonly refused: string }
  | { readonly unknown: string };

/** A row that its schema has passed, but that can't be used. */
class RowRefused extends Error {
  override readonly name = 'RowRefused';
}

const putTill = writes<{ till: Uint8Array; code: string; name: string }>()((q, p) =>
  q.replaceInto('tills').values({ till: p.till, code: p.code, name: p.name }),
);
const putStock = writes<{ product_key: number; till: Uint8Array; level_milli: number; covers_seq: number }>()((q, p) =>
  q.replaceInto('stock_elsewhere').values({
    product_key: p.product_key,
    till: p.till,
    level_milli: p.level_milli,
    covers_seq: p.covers_seq,
  }),
);
const heard = writes<{ till: Uint8Array; seq: number }>()((q, p) =>
  q
    .insertInto('stock_heard')
    .values({ till: p.till, seq: p.seq })
    .onConflict((conflict) =>
      conflict
        .column('till')
        .doUpdateSet((eb) => ({ seq: sql<number>`max(stock_heard.seq, ${eb.ref('excluded.seq')})` })),
    ),
);
const putStore = writes<{ store: Uint8Array; name: string; active: 0 | 1 }>()((q, p) =>
  q.replaceInto('stores').values({ store: p.store, name: p.name, active: p.active }),
);
const putTransfer = writes<{
  number: string;
  from_store: Uint8Array;
  to_store: Uint8Array;
  state: 'on_the_way' | 'received' | 'cancelled';
  sent_at: string;
  lines: string;
  seen: string | null;
}>()((q, p) =>
  q
    .replaceInto('transfers_told')
    .values(columns(p, 'number', 'from_store', 'to_store', 'state', 'sent_at', 'lines', 'seen')),
);
const putCorrection = writes<{ product_key: number; correction_milli: number }>()((q, p) =>
  q.replaceInto('stock_corrections').values({ product_key: p.product_key, correction_milli: p.correction_milli }),
);
const putCheck = writes<{ shift: Uint8Array; agrees: 0 | 1; differences: string }>()((q, p) =>
  q.replaceInto('closing_checks').values({ shift: p.shift, agrees: p.agrees, differences: p.differences }),
);
const putAside = writes<{ total: number; entries: string }>()((q, p) =>
  q.replaceInto('put_aside').values({ id: 1, total: p.total, entries: p.entries }),
);
const putPayload = writes<{ hash: Uint8Array; bytes: Uint8Array }>()((q, p) =>
  q
    .insertInto('private_payloads')
    .values({ hash: p.hash, bytes: p.bytes })
    .onConflict((conflict) => conflict.doNothing()),
);
const deletePayload = writes<{ hash: Uint8Array }>()((q, p) =>
  q.deleteFrom('private_payloads').where('hash', '=', p.hash),
);

const bcryptHash = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;

/** Writes one row. A malformed one is left out and logged by its place, never by what it says. */
export function applyChange(applying: Applying, stream: Stream, change: FeedChange): Applied {
  if (!Object.hasOwn(feedRows, change.kind)) return { unknown: change.kind };
  // Its own key of feedRows, as was just asked.
  const kind = change.kind as FeedKind;
  const parsed = feedRows[kind].safeParse(change.row);
  const where = { stream, position: change.position, kind };
  if (!parsed.success) return refuse(applying, where, (parsed.error.issues[0]?.path ?? []).map(String).join('.'));
  try {
    return { kind, ...write(applying, kind, parsed.data) };
  } catch (error) {
    if (error instanceof RowRefused) return refuse(applying, where, error.message);
    throw error;
  }
}

function refuse({ ports }: Applying, where: { readonly kind: FeedKind }, why: string): Applied {
  ports.log.warn('feed.row_refused', { ...where, why });
  return { kind: where.kind, refused: why };
}

interface Written {
  readonly key: readonly string[];
  readonly tells: TillEvent['kind'];
}

type Writers = { readonly [Kind in FeedKind]: (applying: Applying, row: FeedRow<Kind>) => Written };

const writers: Writers = {
  tax: ({ db }, { tax, code, name, rate_millionths, active }) => {
    putTax(db, { tax, code, name, rate_millionths, active });
    return { key: [tax], tells: 'catalogue' };
  },
  category: ({ db }, { category, name, tint, position, active }) => {
    putCategory(db, { category, name, tint, position, active });
    return { key: [category], tells: 'catalogue' };
  },
  product: ({ db, isSnapshot }, row) => {
    const { product, version, sku, name, unit, price_minor, category, taxes, barcodes, stocked, active } = row;
    const said = { version, sku, name, unit, price_minor, category, taxes, barcodes, stocked, active };
    takeProduct(db, productKey(db, product), said, { isSearched: !isSnapshot });
    return { key: [product], tells: 'catalogue' };
  },
  proposal: ({ db, isSnapshot, self }, { decided_seq, fields, product, till }) => {
    if (till === self) {
      const key = productKey(db, product);
      putDecision(db, key, { decided_seq, fields });
      showProduct(db, key, { isSearched: !isSnapshot });
    }
    return { key: [product], tells: 'catalogue' };
  },
  role: ({ db }, { role, name, permissions }) => {
    putRole(db, { role, name, permissions });
    return { key: [role], tells: 'staff' };
  },
  settings: ({ db }, row) => {
    // Every entry is written in store time: a zone that this PC does not know would stop the till.
    if (!isZone(row.zone)) throw new RowRefused('zone');
    if (!isCurrency(row.currency)) throw new RowRefused('currency');
    putSettings(db, row);
    return { key: [], tells: 'settings' };
  },
  till: ({ db }, { till, code, name }) => {
    putTill.run(db, { till: uuidToBytes(till), code, name });
    return { key: [till], tells: 'settings' };
  },
  staff: writeStaff,
  verifier: ({ db, ports }, { staff, credential, bcrypt }) => {
    if (!bcryptHash.test(bcrypt)) throw new RowRefused('bcrypt');
    // The same one comes again with every change of the person; a sign-in under way must not fail over it.
    if (!isSameVerifier(db, ports, staff, credential, bcrypt)) {
      storeVerifier(db, staff, credential, wrapHash(ports, bcrypt));
      forgetAttempts(db, staff);
    }
    return { key: [staff, credential], tells: 'staff' };
  },
  closing: ({ db, self }, { earlier, till, ...last }) => {
    for (const { agrees, differences, shift } of till === self ? [...earlier, last] : [])
      putCheck.run(db, { shift: uuidToBytes(shift), agrees: agrees ? 1 : 0, differences: JSON.stringify(differences) });
    return { key: [till], tells: 'shift' };
  },
  aside: ({ db, self }, { entries, till, total }) => {
    if (till === self) putAside.run(db, { total, entries: JSON.stringify(entries) });
    return { key: [till], tells: 'sync' };
  },
  stock: ({ db, self }, { product, till, level_milli, covers_seq }) => {
    // Stock may come before its product: the two streams don't wait for one another.
    if (till !== self) {
      putStock.run(db, { product_key: productKey(db, product), till: uuidToBytes(till), level_milli, covers_seq });
      heard.run(db, { till: uuidToBytes(till), seq: covers_seq });
    }
    return { key: [product, till], tells: 'catalogue' };
  },
  store: ({ db }, { store, name, active }) => {
    putStore.run(db, { store: uuidToBytes(store), name, active: active ? 1 : 0 });
    return { key: [store], tells: 'stock' };
  },
  transfer: ({ db }, { number, from_store, to_store, state, sent_at, lines, seen }) => {
    putTransfer.run(db, {
      number,
      from_store: uuidToBytes(from_store),
      to_store: uuidToBytes(to_store),
      state,
      sent_at,
      lines: JSON.stringify(lines),
      seen: seen === undefined ? null : JSON.stringify(seen),
    });
    return { key: [number], tells: 'stock' };
  },
  stock_correction: ({ db }, { product, correction_milli }) => {
    putCorrection.run(db, { product_key: productKey(db, product), correction_milli });
    return { key: [product], tells: 'catalogue' };
  },
};

function write<Kind extends FeedKind>(applying: Applying, kind: Kind, row: unknown): Written {
  // The caller has parsed the row by this kind's schema; TypeScript loses the link through the index.
  return writers[kind](applying, row as FeedRow<Kind>);
}

function writeStaff({ db, ports }: Applying, row: FeedRow<'staff'>): Written {
  const hash = fromHex(row.private);
  const before = findStaff(db, row.staff);
  if (row.payload_base64 === null) deletePayload.run(db, { hash });
  else keepPayload(db, hash, Buffer.from(row.payload_base64, 'base64'));
  // A name that somebody no longer has is nobody's business.
  if (before !== undefined && toHex(before.private) !== row.private) deletePayload.run(db, { hash: before.private });
  putStaff(db, { staff: row.staff, version: row.version, private: hash, roles: row.roles, active: row.active });
  if (!row.active) endSessionsOf(db, row.staff, ports.clock.now());
  return { key: [row.staff], tells: 'staff' };
}

function keepPayload(db: WriteDb, hash: Uint8Array, bytes: Uint8Array): void {
  if (Buffer.compare(createHash('sha256').update(bytes).digest(), hash) !== 0) throw new RowRefused('payload_base64');
  try {
    openPayload(bytes);
  } catch (error) {
    if (error instanceof FormatError) throw new RowRefused('payload_base64');
    throw error;
  }
  putPayload.run(db, { hash, bytes });
}
