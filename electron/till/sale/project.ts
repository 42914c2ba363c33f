import { type SaleId, uuidToBytes } from '../../../shared/ids.ts';
import type { Envelope } from '../../../shared/journal/envelope.ts';
import type { Body } from '../../../shared/journal/kinds.ts';
import { fields, type WriteDb, writes } from '../db/statement.ts';
import { bookedUnder } from '../journal/booked.ts';
import type { Projectors } from '../journal/projector.ts';
import { productKey } from '../product/key.ts';
import { recordLate, shiftRow } from '../shift/project.ts';
import { moveStock } from '../stock/level.ts';

const insertSale = writes<{
  seq: number;
  sale: Uint8Array;
  kind: 'sale' | 'refund';
  shift_key: number;
  receipt_till: string;
  receipt_series: string;
  receipt_number: number;
  at: string;
  business_date: string;
  currency: string;
  actor: Uint8Array | null;
  lines: number;
  total_minor: number;
  tax_minor: number;
  of_sale: Uint8Array | null;
}>()((q, p) =>
  q
    .insertInto('sales')
    .values(
      fields(
        p,
        'seq',
        'sale',
        'kind',
        'shift_key',
        'receipt_till',
        'receipt_series',
        'receipt_number',
        'at',
        'business_date',
        'currency',
        'actor',
        'lines',
        'total_minor',
        'tax_minor',
        'of_sale',
      ),
    ),
);
const insertLine = writes<{
  seq: number;
  n: number;
  product_key: number;
  quantity_milli: number;
  total_minor: number;
  net_minor: number;
  moves_stock: 0 | 1;
  of_line: Uint8Array | null;
}>()((q, p) =>
  q
    .insertInto('sale_lines')
    .values(
      fields(p, 'seq', 'n', 'product_key', 'quantity_milli', 'total_minor', 'net_minor', 'moves_stock', 'of_line'),
    ),
);
const insertTender = writes<{
  seq: number;
  n: number;
  kind: string;
  amount_minor: number;
  handed_minor: number;
  foreign_currency: string | null;
  foreign_minor: number | null;
  foreign_rate_millionths: number | null;
}>()((q, p) =>
  q
    .insertInto('tenders')
    .values(
      fields(
        p,
        'seq',
        'n',
        'kind',
        'amount_minor',
        'handed_minor',
        'foreign_currency',
        'foreign_minor',
        'foreign_rate_millionths',
      ),
    ),
);
const addTender = writes<{ shift_key: number; kind: string; amount_minor: number }>()((q, p) =>
  q
    .insertInto('shift_tenders')
    .values({ ...fields(p, 'shift_key', 'kind', 'amount_minor'), count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['shift_key', 'kind']).doUpdateSet((eb) => ({
        count: eb('shift_tenders.count', '+', eb.lit(1)),
        amount_minor: eb('shift_tenders.amount_minor', '+', eb.ref('excluded.amount_minor')),
      })),
    ),
);
const addSale = writes<{ key: number; total_minor: number; tax_minor: number }>()((q, p) =>
  q
    .updateTable('shifts')
    .set((eb) => ({
      sales_count: eb('sales_count', '+', eb.lit(1)),
      sales_minor: eb('sales_minor', '+', eb.cast<number>(p.total_minor, 'integer')),
      sales_tax_minor: eb('sales_tax_minor', '+', eb.cast<number>(p.tax_minor, 'integer')),
    }))
    .where('key', '=', p.key),
);
const addRefund = writes<{ key: number; total_minor: number; tax_minor: number }>()((q, p) =>
  q
    .updateTable('shifts')
    .set((eb) => ({
      refunds_count: eb('refunds_count', '+', eb.lit(1)),
      refunds_minor: eb('refunds_minor', '+', eb.cast<number>(p.total_minor, 'integer')),
      refunds_tax_minor: eb('refunds_tax_minor', '+', eb.cast<number>(p.tax_minor, 'integer')),
    }))
    .where('key', '=', p.key),
);
const useReceipt = writes<{ series: string; number: number }>()((q, p) =>
  // An adopted sale is of a series that this epoch does not go on with.
  q.updateTable('till_identity').set({ last_receipt: p.number }).where('series', '=', p.series),
);
const insertVoid = writes<{ seq: number; basket: Uint8Array; shift_key: number; total_minor: number; lines: number }>()(
  (q, p) => q.insertInto('voided_baskets').values(fields(p, 'seq', 'basket', 'shift_key', 'total_minor', 'lines')),
);

/** What the rows of a sale and of a refund have in common. */
type Completed = Omit<Body<'sale.completed'>, 'sale' | 'lines' | 'basket_discounts'> & {
  readonly lines: { readonly length: number };
};

/** The row of a sale or refund, its tenders, and what they add to the shift. */
function recordSale(
  db: WriteDb,
  entry: Envelope,
  body: Completed,
  as: { readonly kind: 'sale' | 'refund'; readonly sale: SaleId; readonly of_sale: SaleId | null },
): void {
  const { isClosed, key } = shiftRow(db, body.shift);
  insertSale.run(db, {
    seq: entry.seq,
    sale: uuidToBytes(as.sale),
    kind: as.kind,
    shift_key: key,
    receipt_till: body.receipt.till,
    receipt_series: body.receipt.series,
    receipt_number: body.receipt.number,
    at: entry.at,
    ...bookedUnder(entry),
    actor: entry.actor === null ? null : uuidToBytes(entry.actor),
    lines: body.lines.length,
    total_minor: body.total_minor,
    tax_minor: body.tax_minor,
    of_sale: as.of_sale === null ? null : uuidToBytes(as.of_sale),
  });
  for (const [n, tender] of body.tenders.entries()) {
    const { tender: _, ...row } = tender;
    insertTender.run(db, { seq: entry.seq, n, ...row });
    if (!isClosed) addTender.run(db, { shift_key: key, kind: tender.kind, amount_minor: tender.amount_minor });
  }
  const added = { key, total_minor: body.total_minor, tax_minor: body.tax_minor };
  if (isClosed) recordLate(db, { seq: entry.seq, total_minor: body.total_minor, tax_minor: body.tax_minor });
  else if (as.kind === 'sale') addSale.run(db, added);
  else addRefund.run(db, added);
  useReceipt.run(db, { series: body.receipt.series, number: body.receipt.number });
}

export const saleProjectors: Projectors<'sale.completed' | 'refund.completed' | 'basket.voided'> = {
  'sale.completed': (db, entry, body) => {
    recordSale(db, entry, body, { kind: 'sale', sale: body.sale, of_sale: null });
    for (const [n, line] of body.lines.entries()) {
      const key = productKey(db, line.product);
      insertLine.run(db, {
        seq: entry.seq,
        n,
        product_key: key,
        quantity_milli: line.quantity_milli,
        total_minor: line.total_minor,
        net_minor: line.net_minor,
        moves_stock: line.stocked ? 1 : 0,
        of_line: null,
      });
      moveStock(db, key, line.stocked ? -line.quantity_milli : 0, line.quantity_milli);
    }
  },
  'refund.completed': (db, entry, body) => {
    recordSale(db, entry, body, { kind: 'refund', sale: body.refund, of_sale: body.of_sale });
    for (const [n, line] of body.lines.entries()) {
      const key = productKey(db, line.product);
      const isBack = line.stocked && line.restock;
      insertLine.run(db, {
        seq: entry.seq,
        n,
        product_key: key,
        quantity_milli: line.quantity_milli,
        total_minor: line.total_minor,
        net_minor: line.net_minor,
        moves_stock: isBack ? 1 : 0,
        of_line: line.of_line === null ? null : uuidToBytes(line.of_line),
      });
      // A refund's quantities are negative, so what it takes off the sold it puts back on the shelf.
      moveStock(db, key, isBack ? -line.quantity_milli : 0, line.quantity_milli);
    }
  },
  'basket.voided': (db, entry, body) => {
    insertVoid.run(db, {
      seq: entry.seq,
      basket: uuidToBytes(body.basket),
      shift_key: shiftRow(db, body.shift).key,
      total_minor: body.total_minor,
      lines: body.lines.length,
    });
  },
};
