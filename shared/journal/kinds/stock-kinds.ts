/** Stock that moves without a sale. */
import { z } from 'zod';
import {
  type CategoryId,
  type CountId,
  type MovementId,
  type ProductId,
  type StoreId,
  type TillId,
  type TransferId,
  uuid,
} from '../../ids.ts';
import { instantText } from '../envelope.ts';
import { type CodeSchema, defineKind, type ObjectSchema } from '../kind.ts';
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

/** A line's product, named so that whoever has not heard of it can show it. */
const namedProduct = (oneOf: CodeSchema) => ({
  product: uuid<ProductId>(),
  sku,
  name: shortName,
  unit: oneOf(units),
});

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
          ...namedProduct(oneOf),
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
    /**
     * The tag of the store's feed that `seen` was heard from. Where the head office's is another one, it was set back since,
     * and other entries may have those numbers. Absent where no feed was heard.
     */
    feed: z.string().max(64).optional(),
  }),
);

/** The number of a transfer as it stands on its paper: the sending till's code, its receipt series, and a count. */
export const transferNumber = z.string().regex(/^[A-Z0-9]{1,8}-[A-Z0-9]{1,3}-T[0-9]{1,9}$/);

const transferLines = (object: ObjectSchema, oneOf: CodeSchema, quantity_milli: z.ZodType<number>) =>
  z
    .array(object({ ...namedProduct(oneOf), quantity_milli }))
    .min(1)
    .max(1000);

/**
 * Lines that take an earlier entry of this till back. `counted_since`: this till has counted the product after that entry and
 * posted it, so that what is put right was found then, and the line moves nothing.
 */
const undoingLines = (object: ObjectSchema, oneOf: CodeSchema, quantity_milli: z.ZodType<number>) =>
  z
    .array(
      object({
        ...namedProduct(oneOf),
        quantity_milli,
        counted_since: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(1000);

/** Whether the receiver expects more of the transfer. Absent where nothing more comes. */
const awaits_more = z.boolean().optional();

/** Goods left for another store. They are on the way until that store says that it has them. */
export const stockSent = defineKind('stock.sent', 1, (object, oneOf) =>
  object({
    transfer: uuid<TransferId>(),
    number: transferNumber,
    to_store: uuid<StoreId>(),
    lines: transferLines(object, oneOf, milli.min(1)),
  }),
);

/** Goods of a transfer arrived: what was counted, which may be less or more than was sent, and nothing. Receipts add up. */
export const stockReceived = defineKind('stock.received', 1, (object, oneOf) =>
  object({
    receipt: uuid<MovementId>(),
    number: transferNumber,
    lines: transferLines(object, oneOf, milli.min(0)),
    awaits_more,
  }),
);

/** What this till had received of a transfer was written down wrong: each line is what is added to it, signed. */
export const stockReceiptCorrected = defineKind('stock.receipt_corrected', 1, (object, oneOf) =>
  object({
    correction: uuid<MovementId>(),
    number: transferNumber,
    reason,
    lines: undoingLines(
      object,
      oneOf,
      milli.refine((quantity) => quantity !== 0),
    ),
    awaits_more,
  }),
);

/** A transfer never left: what it had taken from the shelf is back. */
export const stockTransferCancelled = defineKind('stock.transfer_cancelled', 1, (object, oneOf) =>
  object({ transfer: uuid<TransferId>(), number: transferNumber, lines: undoingLines(object, oneOf, milli.min(1)) }),
);
