import { z } from 'zod';
import { type CategoryId, type CountId, type ProductId, uuid } from '../../ids.ts';
import { instantText } from '../../journal/envelope.ts';
import { unit } from '../../journal/kinds/fields.ts';
import { command, query } from '../define.ts';
import { countedCodes } from '../errors.ts';
import { quantity, reason, searchText } from './inputs.ts';
import { limit, milli, minor } from './shapes.ts';

const offset = z.int().min(0).max(10_000_000);
/** What names a product on a screen. */
const named = { product: uuid<ProductId>(), sku: z.string(), name: z.string(), unit };

export const stock = {
  levels: query({
    summary: 'Tell the stock of some products, over all tills of the store as far as this till knows.',
    access: 'stock.view',
    errors: [],
    input: z.strictObject({ products: z.array(uuid<ProductId>()).max(500) }),
    output: z.strictObject({
      levels: z.array(z.strictObject({ product: uuid<ProductId>(), own_milli: z.int(), store_milli: z.int() })),
    }),
  }),
  list: query({
    summary: 'Page through the stock of all active products in the order of names, or of those below nothing.',
    access: 'stock.view',
    errors: [],
    input: z.strictObject({ text: searchText(200), only: z.enum(['all', 'negative']), offset, limit }),
    output: z.strictObject({
      products: z.array(z.strictObject({ ...named, store_milli: milli })),
      total: z.int(),
      /** How many products are below nothing, whatever is listed. */
      negative: z.int(),
    }),
  }),
  adjust: command({
    summary: 'Correct stock by signed quantities, with a reason.',
    access: 'stock.adjust',
    errors: ['record.not_found', 'quantity.zero', 'quantity.not_whole'],
    input: z.strictObject({
      reason,
      lines: z
        .array(z.strictObject({ product: uuid<ProductId>(), quantity_milli: quantity }))
        .min(1)
        .max(2000),
    }),
    output: z.strictObject({ lines: z.int() }),
  }),
};

/** What shall be counted. */
const scope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('store') }),
  z.strictObject({ kind: z.literal('category'), category: uuid<CategoryId>() }),
  z.strictObject({ kind: z.literal('products'), products: z.array(uuid<ProductId>()).min(1).max(500) }),
]);
const count = uuid<CountId>();
/** A product of a count; what was expected of it is not here: whoever counts shall look at the shelf alone. */
const counted = z.strictObject({
  ...named,
  /** Null while it was not counted. */
  counted_milli: milli.nullable(),
  counted_at: instantText.nullable(),
});
const notOpen = ['stock_take.not_open'] as const;
const productRefused = [
  ...notOpen,
  'stock_take.not_in_scope',
  'product.not_stocked',
  'record.inactive',
  ...countedCodes,
] as const;
/** What counted lines come to. Differences are counted less known, at the catalogue's price of that moment. */
const sums = {
  counted: z.int(),
  /** Lines whose count is not what this till took the level for. */
  different: z.int(),
  surplus_minor: minor,
  missing_minor: minor,
};
const difference = z.strictObject({
  ...named,
  counted_milli: milli,
  /** The level that this till knew at the moment of the count. */
  known_milli: milli,
  price_minor: minor.nullable(),
  /** The difference at that price; negative where something is missing. */
  difference_minor: minor,
});

export const stock_take = {
  current: query({
    summary: 'Tell of the stock take that is open at this till, if one is.',
    access: 'stock.count',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({
      take: z
        .strictObject({
          count,
          scope: z.enum(['store', 'category', 'products']),
          category: z.string().nullable(),
          opened_at: instantText,
          opened_by: z.string(),
          counted: z.int(),
          /** Products in it altogether. */
          products: z.int(),
        })
        .nullable(),
    }),
  }),
  open: command({
    summary: 'Begin a stock take of the whole store, of a category or of chosen products. Selling goes on meanwhile.',
    access: 'stock.count',
    errors: ['stock_take.already_open', 'record.not_found'],
    input: z.strictObject({ scope }),
    output: z.strictObject({ count }),
  }),
  lines: query({
    summary: 'Page through the products of the open stock take with what was counted, without what is expected.',
    access: 'stock.count',
    errors: [...notOpen],
    input: z.strictObject({ count, text: searchText(200), only: z.enum(['all', 'counted', 'open']), offset, limit }),
    output: z.strictObject({ lines: z.array(counted), total: z.int() }),
  }),
  scan: command({
    summary: 'Count one more of what a barcode names; a label of a scale adds its weight.',
    access: 'stock.count',
    errors: [...productRefused, 'barcode.unknown'],
    input: z.strictObject({ count, barcode: searchText(200) }),
    output: counted,
  }),
  enter: command({
    summary: 'Write down a counted quantity: instead of what was counted before, or in addition to it.',
    access: 'stock.count',
    errors: [...productRefused, 'record.not_found'],
    input: z.strictObject({
      count,
      product: uuid<ProductId>(),
      quantity_milli: quantity,
      how: z.enum(['replace', 'add']),
    }),
    output: counted,
  }),
  uncount: command({
    summary: 'Take back what was counted of a product: it counts as not counted again.',
    access: 'stock.count',
    errors: [...notOpen],
    input: z.strictObject({ count, product: uuid<ProductId>() }),
    output: z.strictObject({}),
  }),
  differences: query({
    summary: 'Compare what was counted with what was expected, the largest differences in money first.',
    access: 'stock.post_count',
    errors: [...notOpen],
    input: z.strictObject({ count, only: z.enum(['all', 'different']), offset, limit }),
    output: z.strictObject({
      lines: z.array(difference),
      total: z.int(),
      ...sums,
      /** Products in it that nobody has counted: posting leaves them as they are. */
      uncounted: z.int(),
    }),
  }),
  rest_is_none: command({
    summary: 'Count every product that nobody has counted as none.',
    access: 'stock.post_count',
    errors: [...notOpen],
    input: z.strictObject({ count }),
    output: z.strictObject({ lines: z.int() }),
  }),
  post: command({
    summary: 'Post the stock take: the levels become what was counted, and what moved since. It ends with that.',
    access: 'stock.post_count',
    errors: [...notOpen, 'stock_take.empty'],
    input: z.strictObject({ count }),
    output: z.strictObject(sums),
  }),
  discard: command({
    summary: 'Give up the open stock take: nothing of it is kept.',
    access: 'stock.post_count',
    errors: [...notOpen],
    input: z.strictObject({ count }),
    output: z.strictObject({}),
  }),
  list: query({
    summary: 'List the stock takes that were posted at this till, the latest first.',
    access: 'stock.view',
    errors: [],
    input: z.strictObject({ limit }),
    output: z.strictObject({
      counts: z.array(z.strictObject({ count, at: instantText, scope: z.string(), ...sums })),
    }),
  }),
  show: query({
    summary: 'Page through the lines of a stock take that was posted at this till, the largest differences first.',
    access: 'stock.view',
    errors: ['record.not_found'],
    input: z.strictObject({ count, only: z.enum(['all', 'different']), offset, limit }),
    output: z.strictObject({ at: instantText, lines: z.array(difference), total: z.int(), ...sums }),
  }),
};
