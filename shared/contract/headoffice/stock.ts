import { z } from 'zod';
import { type CountId, type ProductId, type StoreId, uuid } from '../../ids.ts';
import { transferStates } from '../../stock/transfer.ts';
import { instantText } from '../../journal/envelope.ts';
import { command, query } from '../define.ts';
import { limit, milli, minor } from '../till/shapes.ts';
import { currency, storeName, tillName } from './shapes.ts';

const count = uuid<CountId>();
const offset = z.int().min(0).max(10_000_000);

/** A stock take as it was posted. What differs is counted less known, at the till's prices of that moment. */
const posted = {
  ...storeName,
  ...tillName,
  count,
  /** When it was posted, by the till's clock. */
  at: instantText,
  /** `store`, `category` or `products`; a later version may have more. */
  scope: z.string(),
  /** Who posted it; null where the name was erased, or hasn't come yet. */
  by: z.string().nullable(),
  currency,
  counted: z.int(),
  different: z.int(),
  surplus_minor: minor,
  missing_minor: minor,
};

const transferNumber = z.string().min(1).max(40);

/** When something happened by a till's clock, and how far its store was from UTC then, in minutes east. */
const stamp = { at: instantText, offset: z.int() };

const transferRow = {
  number: z.string(),
  /** Null where nobody has said yet that it was sent. */
  from_store: z.string().nullable(),
  /** Whom it is for; of one that nobody has sent, who has it. */
  to_store: z.string().nullable(),
  /** Another store that says that it has goods of it. */
  elsewhere_store: z.string().nullable(),
  state: z.enum(transferStates),
  /**
   * More or less arrived than was sent (`different`), goods of one that was `cancelled`, that are `elsewhere`, or that nobody
   * had sent an hour later (`unknown`). Null where nothing differs.
   */
  difference: z.enum(['unknown', 'cancelled', 'elsewhere', 'different']).nullable(),
  is_noted: z.boolean(),
  sent: z.strictObject(stamp).nullable(),
  /** The last receipt. */
  received: z.strictObject(stamp).nullable(),
  products: z.int(),
};

export const stock = {
  counts: query({
    summary: 'List the stock takes that were posted at the tills, the latest first.',
    access: 'stock.view',
    errors: [],
    input: z.strictObject({ store: uuid<StoreId>().nullable().default(null), limit: limit.default(100) }),
    output: z.strictObject({ counts: z.array(z.strictObject(posted)) }),
  }),
  count: query({
    summary: 'Page through the lines of a posted stock take, the largest differences in money first.',
    access: 'stock.view',
    errors: ['record.not_found'],
    input: z.strictObject({
      store: uuid<StoreId>(),
      count,
      only: z.enum(['all', 'different']).default('different'),
      offset: offset.default(0),
      limit: limit.default(100),
    }),
    output: z.strictObject({
      ...posted,
      lines: z.array(
        z.strictObject({
          product: uuid<ProductId>(),
          sku: z.string(),
          name: z.string(),
          unit: z.string(),
          counted_milli: milli,
          /** The level that the till knew when it was counted. */
          known_milli: milli,
          price_minor: minor.nullable(),
          /** The difference at that price; negative where something is missing. */
          difference_minor: minor,
          counted_at: instantText,
        }),
      ),
      total: z.int(),
    }),
  }),
  transfers: query({
    summary: 'List transfers between stores, what was heard of last first, and the reference of the next page.',
    access: 'stock.view',
    errors: ['input.malformed'],
    input: z.strictObject({
      /** From it or to it. */
      store: uuid<StoreId>().nullable().default(null),
      /** `on_the_way` also in part; `different` is what has a `difference`, looked at or not. */
      of: z.enum(['all', 'on_the_way', 'received', 'cancelled', 'different']).default('all'),
      /** The `next` of the page before. */
      after: z.string().max(300).nullable().default(null),
      limit: limit.default(50),
    }),
    output: z.strictObject({
      transfers: z.array(z.strictObject(transferRow)),
      /** Where the next page begins; null at the end. */
      next: z.string().nullable(),
    }),
  }),
  transfer: query({
    summary: 'Show a transfer: each product as sent and as received, and what was said of it at which till.',
    access: 'stock.view',
    errors: ['record.not_found'],
    input: z.strictObject({ number: transferNumber }),
    output: z.strictObject({
      ...transferRow,
      /** Who has looked at what differs, and when; `by` is null where the user is gone. */
      noted: z.strictObject({ by: z.string().nullable(), at: instantText }).nullable(),
      /** Those that differ first. */
      lines: z.array(
        z.strictObject({
          product: uuid<ProductId>(),
          sku: z.string(),
          name: z.string(),
          unit: z.string(),
          sent_milli: milli,
          /** How much was to come in all: what was sent; nothing of what was cancelled. */
          due_milli: milli,
          received_milli: milli,
          /** What other stores than the one that it is for say that they have of it. */
          elsewhere_milli: milli,
        }),
      ),
      /** In the order in which the head office heard them. */
      steps: z.array(
        z.strictObject({
          what: z.enum(['sent', 'received', 'corrected', 'cancelled']),
          ...storeName,
          ...tillName,
          /** The till's entry that says so. */
          seq: z.int(),
          /** Who did it; null where the name was erased, or hasn't come yet. */
          by: z.string().nullable(),
          ...stamp,
          /** Of a receipt: whether more was expected then. */
          awaits_more: z.boolean(),
          /** Of a correction. */
          reason: z.string().nullable(),
          /** How many products it moved. */
          products: z.int(),
        }),
      ),
    }),
  }),
  note_transfer: command({
    summary: 'Say that somebody has looked at a transfer that differs: it leaves the inbox.',
    access: 'product.edit',
    errors: ['record.not_found'],
    input: z.strictObject({ number: transferNumber }),
    output: z.strictObject({}),
  }),
  decide_doubt: command({
    summary: 'Decide whether what moved near a count was before it, where the clocks of two tills could not tell.',
    access: 'product.edit',
    errors: ['record.not_found', 'record.changed'],
    input: z.strictObject({
      store: uuid<StoreId>(),
      product: uuid<ProductId>(),
      /** What is in doubt altogether, as it was shown. */
      moved_milli: milli,
      before: z.boolean(),
    }),
    output: z.strictObject({}),
  }),
};
