/** Stock that moves without a sale. */
import { z } from 'zod';
import { type CategoryId, type CountId, type MovementId, type ProductId, type TillId, uuid } from '../../ids.ts';
import { instantText } from '../envelope.ts';
import { defineKind } from '../kind.ts';
import { milli, positiveMinor, reason, shortName, sku, units } from './fields.ts';

/** Stock was corrected: each line is a movement, signed, never a new level. */
export const stockAdjusted = defineKind('stock.adjusted', 1, (object) =>
  object({
    adjustment: uuid<MovementId>(),
    reason,
    lines: z
      .array(object({ product: uuid<ProductId>(), sku, quantity_milli: milli.refine((quantity) => quantity !== 0) }))
      .min(1)
      .max(2000),
  }),
);

/** The most lines of one `stock.counted`: a count that is longer is several entries of one command. */
export const maxCountedLines = 500;

/** How far a till's journal had come, as another till knew it. */
const seq = z.int().min(0);

/**
 * What was found on the shelf. A line moves the level from what this till took it for to what was counted, and marks the
 * moment: what had been sold by then, as far as this till knew, is in what was found.
 */
export const stockCounted = defineKind('stock.counted', 1, (object, oneOf) =>
  object({
    count: uuid<CountId>(),
    scope: oneOf(['store', 'category', 'products']),
    category: uuid<CategoryId>().nullable(),
    /** The other tills of whose journals this till had heard; `seen` of each line follows their order. */
    tills: z.array(uuid<TillId>()).max(500),
    lines: z
      .array(
        object({
          product: uuid<ProductId>(),
          sku,
          name: shortName,
          unit: oneOf(units),
          counted_milli: milli.min(0),
          /** The level that this till knew when it was counted. */
          known_milli: milli,
          /** The catalogue's price then, of one unit; null for an open price. */
          price_minor: positiveMinor.nullable(),
          counted_at: instantText,
          /** The last entry of this till then. */
          own_seq: seq,
          /** For each of `tills`, its last entry that this till knew then. */
          seen: z.array(seq).max(500),
        }),
      )
      .min(1)
      .max(maxCountedLines),
  }),
);
