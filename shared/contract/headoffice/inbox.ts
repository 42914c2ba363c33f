import { z } from 'zod';
import {
  type InstallationId,
  type ProductId,
  type SaleId,
  type StoreId,
  type TillId,
  type Uuid,
  uuid,
} from '../../ids.ts';
import { dateText, instantText } from '../../journal/envelope.ts';
import { proposedFields } from '../../journal/kinds/proposal-kinds.ts';
import { command, query } from '../define.ts';
import { minor } from '../till/shapes.ts';
import { storeName, tillName } from './shapes.ts';

const of = { ...storeName, ...tillName };

/** What somebody at the head office has to look at: nothing of it keeps a till from selling. */
/** A matter that can't be decided, only looked at: which one, and what is the matter with it. */
export const note = z.strictObject({
  matter: z.enum(['closing', 'over_refund', 'quarantined']),
  subject: z.string().min(1).max(100),
  seen: z.string().min(1).max(64),
});

export const inbox = {
  list: query({
    summary:
      'List what waits for a decision or a look: other PCs, entries put aside, closings that differ, silent tills.',
    access: 'sync.view',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({
      /** PCs that ask to speak for a till since it was last decided who does. */
      installations: z.array(
        z.strictObject({
          ...of,
          installation: uuid<InstallationId>(),
          first_seen_at: instantText,
          last_seen_at: instantText,
          /** Until when it spoke for the till: a PC that was replaced, and is on again. Null of one that never did. */
          spoke_until: instantText.nullable(),
          reported_seq: z.int().nullable(),
          /** How many entries of the till are here. */
          held_seq: z.int(),
        }),
      ),
      /** Closings whose figures or chain are not what is held here. */
      closings: z.array(
        z.strictObject({
          ...of,
          seq: z.int(),
          number: z.int(),
          business_date: dateText,
          currency: z.string(),
          differences: z.array(z.strictObject({ what: z.string(), till: minor, headoffice: minor })),
          note,
        }),
      ),
      /** Tills that were not heard for an hour in which their shift was open, or in which they usually sell. */
      silent: z.array(z.strictObject({ ...of, last_seen_at: instantText })),
      /** Stores of whose tills none was heard since their business day began, in the place of those tills. */
      silent_stores: z.array(
        z.strictObject({
          ...storeName,
          /** How many it has in use. */
          tills: z.int(),
          /** The business day that it is in the store. */
          day: dateText,
          last_seen_at: instantText,
        }),
      ),
      /** Tills that told of more than they have sent, for ten minutes or longer. */
      behind: z.array(
        z.strictObject({ ...of, held_seq: z.int(), reported_seq: z.int(), last_push_at: instantText.nullable() }),
      ),
      /** Tills whose entries parted from those here (`fork`), or that were restored and lack some which are here. */
      parted: z.array(
        z.strictObject({
          ...of,
          kind: z.enum(['fork', 'restored']),
          held_seq: z.int(),
          reported_seq: z.int().nullable(),
          last_seen_at: instantText.nullable(),
        }),
      ),
      /** Lines of which more came back than was sold. */
      over_refunds: z.array(
        z.strictObject({
          ...of,
          refund: uuid<SaleId>(),
          receipt: z.string(),
          at: instantText,
          name: z.string(),
          sold_milli: z.int(),
          returned_milli: z.int(),
          note,
        }),
      ),
      /** Products of which a store holds less than nothing. */
      negative_stock: z.array(
        z.strictObject({
          ...storeName,
          product: uuid<ProductId>(),
          sku: z.string(),
          name: z.string(),
          level_milli: z.int(),
        }),
      ),
      /** Fields that a manager changed at a till and that could not simply be taken: the shop's value, or ours. */
      edits: z.array(
        z.strictObject({
          ...of,
          seq: z.int(),
          field: z.enum(proposedFields),
          product: uuid<ProductId>(),
          /** The product's version as it is here: what a decision is made against. */
          version: z.int(),
          sku: z.string(),
          name: z.string(),
          currency: z.string(),
          /** `stale`: changed here since; `clash`: another product has it; `permission`: whoever did it may not any more. */
          reason: z.enum(['stale', 'clash', 'permission', 'unknown']),
          wanted: z.json(),
          ours: z.json(),
          /** Who changed it; null where the name was erased. */
          by: z.string().nullable(),
          at: instantText,
        }),
      ),
      /** Records of a shop that joined which meet one that the company had: both are there, nobody chose between them. */
      clashes: z.array(
        z.strictObject({
          ...storeName,
          clash: z.int(),
          /** What both have; `record` is the UUID, and the shop's own record was not taken. */
          kind: z.enum(['sku', 'barcode', 'tax_code', 'login', 'record']),
          value: z.string(),
          record: uuid<Uuid>(),
          /** What the shop calls its record, and the company the other; empty where neither has a name. */
          name: z.string(),
          other_name: z.string(),
        }),
      ),
      /** How many of them there are. */
      clash_count: z.int(),
      /**
       * Transfers of which something else arrived than was sent: `different`; also goods of one that was `cancelled`, that
       * came to a store `elsewhere`, or that nobody had sent an hour later (`unknown`).
       */
      transfers: z.array(
        z.strictObject({
          number: z.string(),
          kind: z.enum(['unknown', 'cancelled', 'elsewhere', 'different']),
          from_store: z.string().nullable(),
          /** Where it arrived. */
          to_store: z.string().nullable(),
          received_at: instantText,
          products: z.int(),
          /** How many of them differ. */
          different: z.int(),
        }),
      ),
      /** Products that moved so near to a count that nobody can tell which was first; the movements count as later. */
      count_doubts: z.array(
        z.strictObject({
          ...of,
          product: uuid<ProductId>(),
          sku: z.string(),
          name: z.string(),
          counted_milli: z.int(),
          counted_at: instantText,
          movements: z.int(),
          moved_milli: z.int(),
          /** The level where the movements are taken for later, as they are now, and where they were before. */
          level_after_milli: z.int(),
          level_before_milli: z.int(),
        }),
      ),
      /** Entries that could not be read, but for those that somebody has looked at. */
      quarantined: z.int(),
      /** Entries of newer tills, which wait for a newer head office: nothing is wrong with them. */
      newer: z.int(),
      /** All of it together, but for what is newer. */
      total: z.int(),
    }),
  }),
  count: query({
    summary: 'Count what waits for a decision or a look, up to a hundred of each kind: the number beside the page.',
    access: 'sync.view',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({ total: z.int() }),
  }),
  note: command({
    summary:
      'Say that somebody has looked at what is not right and can not be decided: it is not counted until it changes.',
    access: 'report.view',
    errors: [],
    input: note,
    output: z.strictObject({}),
  }),
  decide_edit: command({
    summary: "Decide about a field that a manager changed at a till: take the shop's value, or keep the head office's.",
    access: 'product.edit',
    errors: ['record.not_found', 'record.changed', 'product.sku_taken', 'product.barcode_taken'],
    input: z.strictObject({
      till: uuid<TillId>(),
      seq: z.int().min(1),
      field: z.enum(proposedFields),
      take: z.boolean(),
      /** The product's version that was shown. */
      against: z.int().min(1),
    }),
    output: z.strictObject({}),
  }),
  settle_clashes: command({
    summary: "Say that records of a joined shop may stay beside the company's: some, or all of the store's.",
    access: 'product.edit',
    errors: ['record.not_found'],
    input: z.strictObject({ store: uuid<StoreId>(), clashes: z.array(z.int()).min(1).max(1000).nullable() }),
    output: z.strictObject({ settled: z.int() }),
  }),
};
