import type { z } from 'zod';
import type { saleRow } from '../../../shared/contract/till/shapes.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import { toHex } from '../../../shared/ids.ts';
import { receiptNumber } from '../../../shared/sale/receipt-number.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { staffName } from '../staff/payload.ts';
import { findSale, returnedQuantities, type SaleRow, salesBefore } from './repository.ts';

const confirmed = reads()((q) => q.selectFrom('sync_state').select('confirmed_seq'));

function asListed(db: ReadDb, row: SaleRow, confirmed_seq: number): z.input<typeof saleRow> {
  return {
    sale: row.sale,
    kind: row.kind,
    receipt_number: receiptNumber(row.receipt),
    at: row.at,
    business_date: row.business_date,
    cashier: row.actor === null ? '' : staffName(db, row.actor),
    lines: row.lines,
    total_minor: row.total_minor,
    confirmed: row.seq <= confirmed_seq,
  };
}

export const saleHandlers: Handlers<TillContract['sale']> = {
  list: ({ db }, input) => {
    const before = input.before_seq ?? Number.MAX_SAFE_INTEGER;
    // Whatever of a receipt number somebody types, its last digits are what tells receipts of one till apart.
    const digits = /(\d+)\s*$/.exec(input.text)?.[1];
    if (input.text.trim() !== '' && digits === undefined) return { sales: [] };
    const rows = salesBefore(db, before, input.limit, digits === undefined ? undefined : Number(digits));
    const { confirmed_seq } = confirmed.one(db, {});
    return { sales: rows.map((row) => asListed(db, row, confirmed_seq)) };
  },

  show: ({ db }, input) => {
    const sale = findSale(db, input.sale) ?? fail('record.not_found');
    const { body } = sale;
    return {
      ...asListed(db, sale, confirmed.one(db, {}).confirmed_seq),
      seq: sale.seq,
      hash: toHex(sale.hash),
      offset: sale.envelope.offset,
      of_sale: sale.kind === 'refund' ? sale.body.of_sale : null,
      reason: sale.kind === 'refund' ? sale.body.reason : null,
      lines: sale.body.lines.map((line) => ({
        line: line.line,
        product: line.product,
        sku: line.sku,
        name: line.name,
        unit: line.unit,
        category: line.category,
        quantity_milli: line.quantity_milli,
        list_price_minor: line.list_price_minor,
        unit_price_minor: line.unit_price_minor,
        price_source: line.price_source,
        ...(line.price_reason === undefined ? {} : { price_reason: line.price_reason }),
        gross_minor: line.gross_minor,
        discounts: line.discounts,
        basket_discount_minor: line.basket_discount_minor,
        total_minor: line.total_minor,
        taxes: line.taxes,
        of_line: 'of_line' in line ? (line.of_line ?? null) : null,
        returned_milli: returnedQuantities(db, line.line).reduce((sum, quantity) => sum + quantity, 0),
      })),
      taxes: body.taxes,
      tenders: body.tenders.map(({ tender, kind, amount_minor, handed_minor }) => ({
        tender,
        kind,
        amount_minor,
        handed_minor,
      })),
      gross_minor: body.gross_minor,
      discount_minor: body.discount_minor,
      tax_minor: body.tax_minor,
      rounding_minor: body.rounding_minor,
      change_minor: body.change_minor,
      prices_include_tax: body.prices_include_tax,
    };
  },
};
