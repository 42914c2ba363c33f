/** Stock that moves without a sale. */
import { z } from 'zod';
import { type MovementId, type ProductId, uuid } from '../../ids.ts';
import { defineKind } from '../kind.ts';
import { milli, reason, sku } from './fields.ts';

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
