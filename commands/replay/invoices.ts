/** A year of invoices as a file of rows: `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,…`. */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { z } from 'zod';

export interface InvoiceRow {
  /** The row's place in the file, from 1, the heading not counted. */
  readonly row: number;
  readonly sku: string;
  readonly description: string;
  /** Whole pieces; negative where something came back or was written off. */
  readonly quantity: number;
  /** Decimal text as the file has it. */
  readonly price: string;
}

export interface Invoice {
  readonly number: string;
  /** The time on the shop's wall when it was written: `2010-12-01 08:26:00`. */
  readonly wall_time: string;
  readonly rows: readonly InvoiceRow[];
}

const record = z.object({
  InvoiceNo: z.string().min(1),
  StockCode: z.string().min(1),
  Description: z.string(),
  Quantity: z.string().regex(/^-?\d{1,9}$/),
  InvoiceDate: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/),
  UnitPrice: z.string().regex(/^-?\d+(?:\.\d+)?$/),
});

/**
 * Reads a file of invoices, gzipped where its name ends in `.gz`. Rows are gathered by invoice number over the whole
 * file: an invoice need not stand together. Invoices come in the order of their first rows.
 *
 * @throws when a row has not the shape above; the message names the row
 */
export async function readInvoices(path: string): Promise<Invoice[]> {
  const file = createReadStream(path);
  const text = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  // pipe() passes on data, not failures: a missing file would be waited for for ever.
  file.on('error', (error: Error) => text.destroy(error));
  const parser = text.pipe(parse({ columns: true, bom: true }));
  text.on('error', (error: Error) => parser.destroy(error));
  const invoices = new Map<string, { number: string; wall_time: string; rows: InvoiceRow[] }>();
  let row = 0;
  for await (const raw of parser) {
    row += 1;
    const read = record.safeParse(raw);
    if (!read.success) throw new Error(`row ${row}: ${z.prettifyError(read.error)}`);
    const { InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice } = read.data;
    let invoice = invoices.get(InvoiceNo);
    if (invoice === undefined) {
      invoice = { number: InvoiceNo, wall_time: InvoiceDate, rows: [] };
      invoices.set(InvoiceNo, invoice);
    }
    invoice.rows.push({
      row,
      sku: StockCode,
      description: Description.trim(),
      quantity: Number(Quantity),
      price: UnitPrice,
    });
  }
  return [...invoices.values()];
}

/** `C…`: what was bought comes back. */
export function isCancellation(invoice: Pick<Invoice, 'number'>): boolean {
  return invoice.number.startsWith('C');
}

/** A negative quantity at a price of 0 is no sale: goods were lost, broken or found missing. */
export function isAdjustment(row: Pick<InvoiceRow, 'quantity' | 'price'>): boolean {
  return row.quantity < 0 && /^-?0+(?:\.0+)?$/.test(row.price);
}

/** What a row does to stock, in pieces: what is sold leaves, what is cancelled comes back, a correction is as it says. */
export function stockPieces(row: Pick<InvoiceRow, 'quantity' | 'price'>): number {
  return isAdjustment(row) ? row.quantity : -row.quantity;
}
