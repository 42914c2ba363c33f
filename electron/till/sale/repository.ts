import { type LineId, type SaleId, type StaffId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import { decodeEntry, type Envelope } from '../../../shared/journal/envelope.ts';
import { type Body, kinds } from '../../../shared/journal/kinds.ts';
import type { Receipt } from '../../../shared/sale/receipt-number.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { factOf } from '../journal/facts.ts';

const saleColumns = [
  'seq',
  'sale',
  'kind',
  'receipt_till',
  'receipt_series',
  'receipt_number',
  'at',
  'business_date',
  'actor',
  'lines',
  'total_minor',
] as const;
const page = reads<{ before: number; limit: number }>()((q, p) =>
  q.selectFrom('sales').select(saleColumns).where('seq', '<', p.before).orderBy('seq', 'desc').limit(p.limit),
);
const pageByNumber = reads<{ before: number; limit: number; number: number }>()((q, p) =>
  q
    .selectFrom('sales')
    .select(saleColumns)
    .where('receipt_number', '=', p.number)
    .where('seq', '<', p.before)
    .orderBy('seq', 'desc')
    .limit(p.limit),
);
const bySale = reads<{ sale: Uint8Array }>()((q, p) =>
  q
    .selectFrom('sales')
    .innerJoin('journal', 'journal.seq', 'sales.seq')
    .select(saleColumns.map((column) => `sales.${column}` as const))
    .select(['journal.bytes', 'journal.hash'])
    .where('sales.sale', '=', p.sale),
);
const returnedOf = reads<{ line: Uint8Array }>()((q, p) =>
  q.selectFrom('sale_lines').select(['quantity_milli']).where('of_line', '=', p.line).orderBy('seq').orderBy('n'),
);

export interface SaleRow {
  readonly seq: number;
  readonly sale: SaleId;
  readonly kind: 'sale' | 'refund';
  readonly receipt: Receipt;
  readonly at: string;
  readonly business_date: string;
  readonly actor: StaffId | null;
  readonly lines: number;
  readonly total_minor: number;
}

/** A completed sale or refund as the journal holds it. */
export type CompletedSale = SaleRow & { readonly hash: Uint8Array; readonly envelope: Envelope } & (
    | { readonly kind: 'sale'; readonly body: Body<'sale.completed'> }
    | { readonly kind: 'refund'; readonly body: Body<'refund.completed'> }
  );

function asRow(row: {
  seq: number;
  sale: Uint8Array;
  kind: 'sale' | 'refund';
  receipt_till: string;
  receipt_series: string;
  receipt_number: number;
  at: string;
  business_date: string;
  actor: Uint8Array | null;
  lines: number;
  total_minor: number;
}): SaleRow {
  return {
    seq: row.seq,
    sale: uuidFromBytes(row.sale),
    kind: row.kind,
    receipt: { till: row.receipt_till, series: row.receipt_series, number: row.receipt_number },
    at: row.at,
    business_date: row.business_date,
    actor: row.actor === null ? null : uuidFromBytes<StaffId>(row.actor),
    lines: row.lines,
    total_minor: row.total_minor,
  };
}

/** Sales and refunds before an entry of the journal, the newest first; `number` keeps those of one receipt number. */
export function salesBefore(db: ReadDb, before: number, limit: number, number: number | undefined): SaleRow[] {
  const rows = number === undefined ? page.all(db, { before, limit }) : pageByNumber.all(db, { before, limit, number });
  return rows.map((row) => asRow(row));
}

/** A sale or refund with its entry, or undefined. */
export function findSale(db: ReadDb, sale: SaleId): CompletedSale | undefined {
  const row = bySale.get(db, { sale: uuidToBytes(sale) });
  if (row === undefined) return undefined;
  // The sale itself, also where it was adopted.
  const envelope = factOf(decodeEntry(row.bytes));
  const common = { ...asRow(row), hash: row.hash, envelope };
  return row.kind === 'sale'
    ? { ...common, kind: 'sale', body: kinds['sale.completed'].read(envelope.body) }
    : { ...common, kind: 'refund', body: kinds['refund.completed'].read(envelope.body) };
}

/** The receipt that a sale was given, or undefined when there is no such sale. */
export function findReceiptOfSale(db: ReadDb, sale: SaleId): Receipt | undefined {
  return findSale(db, sale)?.body.receipt;
}

/** What was given back of a line so far, refund by refund, in positive thousandths. */
export function returnedQuantities(db: ReadDb, line: LineId): number[] {
  return returnedOf.all(db, { line: uuidToBytes(line) }).map(({ quantity_milli }) => -quantity_milli);
}
