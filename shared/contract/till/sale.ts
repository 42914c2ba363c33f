import { z } from 'zod';
import { type LineId, type ProductId, type SaleId, uuid } from '../../ids.ts';
import { command, query } from '../define.ts';
import { amountCodes, quantityCodes } from '../errors.ts';
import { amountText, quantity, reason, searchText } from './inputs.ts';
import { limit, minor, receiptNumber, sale as saleShape, saleRow } from './shapes.ts';

const refunded = z.strictObject({
  refund: uuid<SaleId>(),
  receipt_number: receiptNumber,
  /** Negative: money given back. */
  total_minor: minor,
  seq: z.int(),
});

export const sale = {
  list: query({
    summary: 'List the last sales and refunds of this till, the newest first.',
    access: 'sale.view',
    errors: [],
    input: z.strictObject({
      /** Part of a receipt number; empty for all. */
      text: searchText(40),
      /** Only those before this entry of the journal, to page on. */
      before_seq: z.int().min(1).nullable(),
      limit,
    }),
    output: z.strictObject({ sales: z.array(saleRow) }),
  }),
  show: query({
    summary: 'Show a completed sale or refund with all that its receipt needs.',
    access: 'sale.view',
    errors: ['record.not_found'],
    input: z.strictObject({ sale: uuid<SaleId>() }),
    output: saleShape,
  }),
};

const tenderKind = z.enum(['cash', 'card']);

export const refund = {
  give_back: command({
    summary: 'Give back lines of a sale, never more than is left of each, for exactly what was paid.',
    access: 'refund.create',
    errors: [
      'shift.not_open',
      'record.not_found',
      'line.not_found',
      'refund.too_much',
      'refund.nothing',
      ...quantityCodes,
    ],
    input: z.strictObject({
      of_sale: uuid<SaleId>(),
      lines: z
        .array(z.strictObject({ line: uuid<LineId>(), quantity_milli: quantity, restock: z.boolean() }))
        .min(1)
        .max(2000),
      tender: tenderKind,
      reason,
    }),
    output: refunded,
  }),
  without_receipt: command({
    summary: 'Give back products for which there is no receipt, at a price that is said.',
    access: 'refund.without_receipt',
    errors: ['shift.not_open', 'record.not_found', ...quantityCodes, ...amountCodes],
    input: z.strictObject({
      lines: z
        .array(
          z.strictObject({
            product: uuid<ProductId>(),
            /** Positive: how much comes back. */
            quantity_milli: quantity,
            price: amountText,
            restock: z.boolean(),
          }),
        )
        .min(1)
        .max(2000),
      tender: tenderKind,
      reason,
    }),
    output: refunded,
  }),
};
