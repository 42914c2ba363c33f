import { z } from 'zod';
import { type CountId, type ProductId, type StoreId, uuid } from '../../ids.ts';
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
    summary: 'List the transfers between stores, those on the way first, then the latest.',
    access: 'stock.view',
    errors: [],
    input: z.strictObject({ limit: limit.default(100) }),
    output: z.strictObject({
      transfers: z.array(
        z.strictObject({
          number: z.string(),
          /** Null where nobody has said yet that it was sent. */
          from_store: z.string().nullable(),
          to_store: z.string().nullable(),
          state: z.enum(['on_the_way', 'received', 'cancelled']),
          sent_at: instantText.nullable(),
          received_at: instantText.nullable(),
          products: z.int(),
          sent_milli: milli,
          received_milli: milli,
        }),
      ),
    }),
  }),
  note_transfer: command({
    summary: 'Say that somebody has looked at a transfer that differs: it leaves the inbox.',
    access: 'product.edit',
    errors: ['record.not_found'],
    input: z.strictObject({ number: z.string().min(1).max(40) }),
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
