/** Rings up one invoice at a till, as the people in the shop would. */
import { OperationError } from '../../shared/contract/client.ts';
import type { ErrorCode } from '../../shared/contract/errors.ts';
import type { LineId, ProductId, SaleId } from '../../shared/ids.ts';
import { decimalText } from '../../shared/money/decimal-text.ts';
import { parseMoney } from '../../shared/money/parse.ts';
import { type Invoice, type InvoiceRow, isAdjustment, isCancellation } from './invoices.ts';
import { readThousandths, thousandthsOfMinor } from './thousandths.ts';
import type { TillDays } from './till-day.ts';

export interface ListedProduct {
  readonly product: ProductId;
  /** Null for an open price. */
  readonly price_minor: number | null;
}

/** A row that the till did not take, and the till's own word for why. */
export interface RefusedRow {
  readonly row: number;
  readonly invoice: string;
  readonly sku: string;
  readonly reason: ErrorCode;
}

export interface RungUp {
  readonly accepted: readonly InvoiceRow[];
  readonly refused: readonly RefusedRow[];
  readonly receipts: readonly { readonly kind: 'sale' | 'refund'; readonly total_minor: number }[];
  /** How many stock adjustments were written. */
  readonly adjustments: number;
}

const currency = 'GBP';
const decimals = 2;
const reasons = {
  price: 'Price on the invoice',
  free: 'Free of charge on the invoice',
  refund: 'Cancellation',
  stock: 'Stock correction',
};
/** Pieces in thousandths. */
const piece_milli = 1000;

/**
 * Rings an invoice up: a sale, a refund or corrections of stock, by what its number and rows say. Rows that the till
 * refuses are left out and told; the rest is completed without them.
 *
 * @throws when what the till makes of the rows it took is not what the file says they cost
 */
export async function ringUpInvoice(
  days: TillDays,
  catalogue: ReadonlyMap<string, ListedProduct>,
  invoice: Invoice,
): Promise<RungUp> {
  const refused: RefusedRow[] = [];
  const refuse = (row: InvoiceRow, reason: ErrorCode) => {
    refused.push({ row: row.row, invoice: invoice.number, sku: row.sku, reason });
  };
  const rows = invoice.rows.map((row) => {
    const listed = catalogue.get(row.sku);
    if (listed === undefined) throw new Error(`invoice ${invoice.number}: ${row.sku} is not in the catalogue`);
    return { row, listed };
  });
  if (isCancellation(invoice)) return refundRows(days, invoice, rows, refuse, refused);
  const corrections = rows.filter(({ row }) => isAdjustment(row));
  const sold = await sellRows(
    days,
    invoice,
    rows.filter(({ row }) => !isAdjustment(row)),
    refuse,
  );
  for (const { row, listed } of corrections) {
    await days.clerk.stock.adjust({
      reason: row.description === '' ? reasons.stock : row.description,
      lines: [{ product: listed.product, quantity_milli: row.quantity * piece_milli }],
    });
  }
  return {
    accepted: [...sold.accepted, ...corrections.map(({ row }) => row)],
    refused,
    receipts: sold.receipt === undefined ? [] : [sold.receipt],
    adjustments: corrections.length,
  };
}

interface RowToRing {
  readonly row: InvoiceRow;
  readonly listed: ListedProduct;
}
type Refuse = (row: InvoiceRow, reason: ErrorCode) => void;

async function sellRows(days: TillDays, invoice: Invoice, rows: readonly RowToRing[], refuse: Refuse) {
  const accepted: InvoiceRow[] = [];
  let open: SaleId | undefined;
  for (const { row, listed } of rows) {
    const taken = await orRefusal(addRow(days, row, listed));
    if (typeof taken === 'string') {
      refuse(row, taken);
      continue;
    }
    open = taken.basket;
    accepted.push(row);
  }
  if (open === undefined || accepted.length === 0) return { accepted };
  const { total_minor } = await days.clerk.basket.current({});
  checkTotal(invoice, accepted, total_minor);
  if (total_minor > 0)
    await days.clerk.basket.add_tender({ basket: open, kind: 'cash', handed: decimalText(total_minor, decimals) });
  await days.clerk.basket.complete({ basket: open, total_minor });
  days.moved(total_minor);
  return { accepted, receipt: { kind: 'sale' as const, total_minor } };
}

/** Puts a row into the basket, at its own price where that is not the catalogue's. */
async function addRow(
  days: TillDays,
  row: InvoiceRow,
  listed: ListedProduct,
): Promise<{ basket: SaleId; line: LineId }> {
  const { basket } = days.clerk;
  const quantity_milli = row.quantity * piece_milli;
  if (listed.price_minor === null)
    return await basket.add_product({ product: listed.product, quantity_milli, price: row.price, separate: true });
  const added = await basket.add_product({ product: listed.product, quantity_milli, separate: true });
  const price = parseMoney(row.price, currency);
  if (price.ok && price.value === listed.price_minor) return added;
  const reason = price.ok && price.value === 0 ? reasons.free : reasons.price;
  try {
    await basket.override_price({ ...added, price: row.price, reason });
  } catch (error) {
    await basket.remove_line(added);
    throw error;
  }
  return added;
}

async function refundRows(
  days: TillDays,
  invoice: Invoice,
  rows: readonly RowToRing[],
  refuse: Refuse,
  refused: readonly RefusedRow[],
): Promise<RungUp> {
  const manager = await days.manager();
  const receipts: { kind: 'refund'; total_minor: number }[] = [];
  const accepted: InvoiceRow[] = [];
  const giveBack = async (given: readonly RowToRing[]) => {
    const { total_minor } = await manager.refund.without_receipt({
      lines: given.map(({ row, listed }) => ({
        product: listed.product,
        quantity_milli: -row.quantity * piece_milli,
        price: row.price,
        restock: true,
      })),
      tender: 'cash',
      reason: reasons.refund,
    });
    const taken = given.map(({ row }) => row);
    checkTotal(invoice, taken, total_minor);
    days.moved(total_minor);
    receipts.push({ kind: 'refund', total_minor });
    accepted.push(...taken);
  };
  // A refund is one command for all its lines. What can't be one is asked for alone, so that the till says why of each.
  for (const suspect of rows.filter(({ row }) => !looksRefundable(row))) {
    const taken = await orRefusal(giveBack([suspect]));
    if (typeof taken === 'string') refuse(suspect.row, taken);
  }
  const plain = rows.filter(({ row }) => looksRefundable(row));
  if (plain.length > 0) {
    await days.provide(plain.reduce((sum, { row }) => sum - row.quantity * priceMinor(row), 0));
    await giveBack(plain);
  }
  return { accepted, refused, receipts, adjustments: 0 };
}

function looksRefundable(row: InvoiceRow): boolean {
  const price = parseMoney(row.price, currency);
  return row.quantity < 0 && price.ok && price.value >= 0;
}

function priceMinor(row: InvoiceRow): number {
  const price = parseMoney(row.price, currency);
  return price.ok ? price.value : 0;
}

/** What a row is worth, exactly. */
export function rowThousandths(row: Pick<InvoiceRow, 'quantity' | 'price'>): bigint {
  return BigInt(row.quantity) * readThousandths(row.price);
}

function checkTotal(invoice: Invoice, rows: readonly InvoiceRow[], total_minor: number): void {
  const asked = rows.reduce((sum, row) => sum + rowThousandths(row), 0n);
  if (asked !== thousandthsOfMinor(total_minor))
    throw new Error(`invoice ${invoice.number}: the till makes ${total_minor} of what is ${asked} thousandths`);
}

const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'money.malformed',
  'money.negative',
  'money.too_fine',
  'money.too_large',
  'quantity.malformed',
  'quantity.zero',
  'quantity.not_whole',
  'quantity.too_large',
]);

/** What was asked for, or the till's word for why this row can't be. Any other failure is one of the replay. */
async function orRefusal<Value>(asked: Promise<Value>): Promise<Value | ErrorCode> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof OperationError && refusals.has(error.failure.code)) return error.failure.code;
    throw error;
  }
}
