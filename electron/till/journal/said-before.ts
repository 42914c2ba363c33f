/** What two copies of a till may both have said, though it can be so only once: of the two, the first in the chain counts. */
import { uuidToBytes } from '../../../shared/ids.ts';
import type { Envelope } from '../../../shared/journal/envelope.ts';
import { type Body, isKnownKind, kinds } from '../../../shared/journal/kinds.ts';
import { type ReadDb, reads } from '../db/statement.ts';

const saleOf = reads<{ sale: Uint8Array }>()((q, p) => q.selectFrom('sales').select('seq').where('sale', '=', p.sale));
const sentAt = reads<{ number: string }>()((q, p) =>
  q.selectFrom('stock_transfers').select('transfer').where('number', '=', p.number).where('what', '=', 'sent'),
);
const cancelledAt = reads<{ number: string }>()((q, p) =>
  q.selectFrom('stock_transfers').select('seq').where('number', '=', p.number).where('what', '=', 'cancelled'),
);
const receivedOf = reads<{ number: string; product: Uint8Array }>()((q, p) =>
  q
    .selectFrom('stock_transfers as t')
    .innerJoin('stock_transfer_lines as l', 'l.seq', 't.seq')
    .innerJoin('product_keys as k', 'k.key', 'l.product_key')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('l.quantity_milli'), eb.lit(0)).as('milli'))
    .where('t.number', '=', p.number)
    .where('t.what', 'in', ['received', 'corrected'])
    .where('k.product', '=', p.product),
);

/**
 * Whether what an adopted entry says stands in the tables already: a basket that was open in both copies and sold by both, a
 * transfer that both sent under one number, or cancelled, or goods that both took back. The head office puts it aside.
 */
export function wasSaidBefore(db: ReadDb, { body, kind, version }: Envelope): boolean {
  if (!isKnownKind(kind, version)) return false;
  switch (kind) {
    case 'sale.completed':
      return saleOf.get(db, { sale: uuidToBytes(kinds[kind].read(body).sale) }) !== undefined;
    case 'refund.completed':
      return saleOf.get(db, { sale: uuidToBytes(kinds[kind].read(body).refund) }) !== undefined;
    case 'stock.sent':
      return sentAt.get(db, kinds[kind].read(body)) !== undefined;
    case 'stock.transfer_cancelled':
      return !isToCancel(db, kinds[kind].read(body));
    case 'stock.receipt_corrected':
      return takesBackTooMuch(db, kinds[kind].read(body));
    default:
      return false;
  }
}

/** Of two transfers that were sent under one number only the first took goods off, so only that one gives them back. */
function isToCancel(db: ReadDb, { number, transfer }: Body<'stock.transfer_cancelled'>): boolean {
  const sent = sentAt.get(db, { number })?.transfer ?? null;
  const isSent = sent !== null && Buffer.compare(sent, uuidToBytes(transfer)) === 0;
  return isSent && cancelledAt.get(db, { number }) === undefined;
}

/** A till takes back no more than it wrote down. */
function takesBackTooMuch(db: ReadDb, { lines, number }: Body<'stock.receipt_corrected'>): boolean {
  return lines.some(
    ({ product, quantity_milli }) =>
      receivedOf.one(db, { number, product: uuidToBytes(product) }).milli + quantity_milli < 0,
  );
}
