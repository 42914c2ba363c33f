import { z } from 'zod';
import { type SaleId, type StoreId, type TillId, uuid } from '../../ids.ts';
import { dateText, hashText, instantText } from '../../journal/envelope.ts';
import { query } from '../define.ts';
import { searchText } from '../till/inputs.ts';
import { limit, minor } from '../till/shapes.ts';
import { entryLink, journalEntry, saleLine, saleRow, saleTender, taxFigures } from './shapes.ts';

/** Another sale or refund that belongs to this one. */
const related = z.strictObject({
  sale: uuid<SaleId>(),
  receipt_number: z.string(),
  at: instantText,
  total_minor: minor,
});

export const sale = {
  list: query({
    summary: 'List sales and refunds in the order in which they came in, the newest first.',
    access: 'sale.view',
    errors: ['input.malformed'],
    input: z.strictObject({
      store: uuid<StoreId>().nullable().default(null),
      till: uuid<TillId>().nullable().default(null),
      /** The business day. */
      day: dateText.nullable().default(null),
      /** Only what has a tender of this kind. */
      tender: z.string().min(1).max(32).nullable().default(null),
      /** A receipt number or some of it: `HS2-A-004127`, `HS2-A`, `4127`. */
      text: searchText(64).trim().default(''),
      /** The `next` of the page before. */
      after: z.string().max(300).nullable().default(null),
      limit: limit.default(50),
    }),
    output: z.strictObject({
      sales: z.array(saleRow),
      /** Where the next page begins; null at the end. */
      next: z.string().nullable(),
    }),
  }),
  show: query({
    summary: 'Show a sale or refund with the journal entry that it is made from and the entries beside it.',
    access: 'sale.view',
    errors: ['record.not_found'],
    input: z.strictObject({ store: uuid<StoreId>(), sale: uuid<SaleId>() }),
    output: z.strictObject({
      ...saleRow.shape,
      shift_number: z.int().nullable(),
      approver: z.string().nullable(),
      reason: z.string().nullable(),
      prices_include_tax: z.boolean(),
      gross_minor: minor,
      discount_minor: minor,
      net_minor: minor,
      tax_minor: minor,
      rounding_minor: minor,
      change_minor: minor,
      lines: z.array(saleLine),
      taxes: z.array(taxFigures),
      paid: z.array(saleTender),
      /** The sale that a refund gives back; null where there was no receipt, or the sale is not here. */
      of_sale: related.nullable(),
      refunds: z.array(related),
      /** The store as it is now: the heading of the receipt. */
      heading: z.strictObject({
        name: z.string(),
        address: z.array(z.string()),
        tax_number: z.string().nullable(),
        locale: z.string(),
        zone: z.string(),
        footer: z.string(),
      }),
      entry: journalEntry,
      /** Whether the figures above are what the entry says; false where a table was changed behind its back. */
      matches_entry: z.boolean(),
      previous: entryLink.nullable(),
      next: entryLink.nullable(),
      /** The sales that came in before and after it from the same till, for turning pages. */
      earlier: uuid<SaleId>().nullable(),
      later: uuid<SaleId>().nullable(),
    }),
  }),
};

export const journal = {
  verify: query({
    summary: "Recompute a till's chain from its first entry to this one.",
    access: 'sale.view',
    errors: ['record.not_found'],
    input: z.strictObject({ store: uuid<StoreId>(), till: uuid<TillId>(), seq: z.int().min(1) }),
    output: z.strictObject({
      /** Whether every entry from 1 to `to_seq` has the hash that its bytes and its predecessor's hash give. */
      verified: z.boolean(),
      to_seq: z.int(),
      first_bad: z.strictObject({ seq: z.int(), fault: z.enum(['hash', 'missing', 'label']) }).nullable(),
      /** The hash that was computed for `to_seq`; null when a bad entry came first. */
      hash: hashText.nullable(),
      /** Whether the till, when last heard, told a head that lies on this chain; null where that isn't known. */
      till_agrees: z.boolean().nullable(),
      checked_at: instantText,
    }),
  }),
};
