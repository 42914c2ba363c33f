import { uuidToBytes } from '../../../shared/ids.ts';
import type { Body } from '../../../shared/journal/kinds.ts';
import { fields, type WriteDb, writes } from '../db/statement.ts';
import type { Projectors } from '../journal/projector.ts';
import { productKey } from '../product/key.ts';
import { moveStock } from './level.ts';

const insertLine = writes<{ seq: number; n: number; product_key: number; quantity_milli: number }>()((q, p) =>
  q.insertInto('stock_adjustments').values(fields(p, 'seq', 'n', 'product_key', 'quantity_milli')),
);
const insertCount = writes<{ seq: number; count: Uint8Array; scope: string; at: string }>()((q, p) =>
  q.insertInto('stock_counts').values(fields(p, 'seq', 'count', 'scope', 'at')),
);
const insertCounted = writes<{
  seq: number;
  n: number;
  product_key: number;
  sku: string;
  name: string;
  unit: string;
  counted_milli: number;
  known_milli: number;
  price_minor: number | null;
  own_seq: number;
}>()((q, p) =>
  q
    .insertInto('stock_count_lines')
    .values(
      fields(
        p,
        'seq',
        'n',
        'product_key',
        'sku',
        'name',
        'unit',
        'counted_milli',
        'known_milli',
        'price_minor',
        'own_seq',
      ),
    ),
);

const insertTransfer = writes<{
  seq: number;
  what: 'sent' | 'received' | 'corrected' | 'cancelled';
  number: string;
  transfer: Uint8Array | null;
  to_store: Uint8Array | null;
  at: string;
  awaits_more: 0 | 1;
}>()((q, p) =>
  q
    .insertInto('stock_transfers')
    .values(fields(p, 'seq', 'what', 'number', 'transfer', 'to_store', 'at', 'awaits_more')),
);
const insertTransferLine = writes<{
  seq: number;
  n: number;
  product_key: number;
  sku: string;
  name: string;
  unit: string;
  quantity_milli: number;
}>()((q, p) =>
  q
    .insertInto('stock_transfer_lines')
    .values(fields(p, 'seq', 'n', 'product_key', 'sku', 'name', 'unit', 'quantity_milli')),
);

/** What was found by a count since is on the shelf already: it moves nothing. */
function moveLines(db: WriteDb, seq: number, lines: Body<'stock.transfer_cancelled'>['lines'], sign: 1 | -1): void {
  for (const [n, { counted_since = false, name, product, quantity_milli, sku, unit }] of lines.entries()) {
    const product_key = productKey(db, product);
    insertTransferLine.run(db, { seq, n, product_key, sku, name, unit, quantity_milli });
    if (!counted_since) moveStock(db, product_key, sign * quantity_milli, 0);
  }
}

type StockKind =
  | ('stock.adjusted' | 'stock.counted')
  | ('stock.sent' | 'stock.received' | 'stock.receipt_corrected' | 'stock.transfer_cancelled');

/** Of an entry that brings no goods of another store. */
const expectsNothing = { awaits_more: 0 } as const;

export const stockProjectors: Projectors<StockKind> = {
  'stock.sent': (db, { at, seq }, { lines, number, to_store, transfer }) => {
    const named = { transfer: uuidToBytes(transfer), to_store: uuidToBytes(to_store) };
    insertTransfer.run(db, { seq, what: 'sent', number, ...named, at, ...expectsNothing });
    moveLines(db, seq, lines, -1);
  },
  'stock.received': (db, { at, seq }, { awaits_more = false, lines, number }) => {
    const row = { seq, number, transfer: null, to_store: null, at } as const;
    insertTransfer.run(db, { ...row, what: 'received', awaits_more: awaits_more ? 1 : 0 });
    moveLines(db, seq, lines, 1);
  },
  'stock.receipt_corrected': (db, { at, seq }, { awaits_more = false, lines, number }) => {
    const row = { seq, number, transfer: null, to_store: null, at } as const;
    insertTransfer.run(db, { ...row, what: 'corrected', awaits_more: awaits_more ? 1 : 0 });
    moveLines(db, seq, lines, 1);
  },
  'stock.transfer_cancelled': (db, { at, seq }, { lines, number, transfer }) => {
    const named = { transfer: uuidToBytes(transfer), to_store: null };
    insertTransfer.run(db, { seq, what: 'cancelled', number, ...named, at, ...expectsNothing });
    moveLines(db, seq, lines, 1);
  },
  'stock.adjusted': (db, entry, body) => {
    for (const [n, line] of body.lines.entries()) {
      const key = productKey(db, line.product);
      insertLine.run(db, { seq: entry.seq, n, product_key: key, quantity_milli: line.quantity_milli });
      moveStock(db, key, line.quantity_milli, 0);
    }
  },
  // What moved between the count of a line and its posting was moved by entries of its own: the line adds what differed.
  'stock.counted': (db, entry, body) => {
    const { seq } = entry;
    insertCount.run(db, { seq, count: uuidToBytes(body.count), scope: body.scope, at: entry.at });
    for (const [n, line] of body.lines.entries()) {
      const { counted_milli, known_milli, name, own_seq, price_minor, sku, unit } = line;
      const product_key = productKey(db, line.product);
      insertCounted.run(db, { seq, n, product_key, sku, name, unit, counted_milli, known_milli, price_minor, own_seq });
      moveStock(db, product_key, counted_milli - known_milli, 0);
    }
  },
};
