/** The drawer: shifts and the cash that moves without a sale. */
import { z } from 'zod';
import { type MovementId, type ShiftId, uuid } from '../../ids.ts';
import { defineKind } from '../kind.ts';
import { positiveMinor, reason, sumMinor } from './fields.ts';

export const shiftOpened = defineKind('shift.opened', 1, (object) =>
  object({
    shift: uuid<ShiftId>(),
    number: z.int().min(1),
    float_minor: positiveMinor,
    /** Whether somebody had to confirm that the date can be right: it lies more than a day from the last one. */
    date_confirmed: z.boolean(),
  }),
);

/** The Z: what the shift sold, what cash should be there, what was counted. Never changed afterwards. */
export const shiftClosed = defineKind('shift.closed', 1, (object) =>
  object({
    shift: uuid<ShiftId>(),
    number: z.int().min(1),
    counted_minor: positiveMinor,
    expected_minor: sumMinor,
    difference_minor: sumMinor,
    /** Why the count differs, where it does. */
    reason: reason.nullable(),
    denominations: z.array(object({ value_minor: positiveMinor.min(1), count: z.int().min(0) })).max(40),
    sales: object({ count: z.int().min(0), total_minor: sumMinor, tax_minor: sumMinor }),
    refunds: object({ count: z.int().min(0), total_minor: sumMinor, tax_minor: sumMinor }),
    tenders: z
      .array(object({ kind: z.string().min(1).max(32), count: z.int().min(0), amount_minor: sumMinor }))
      .max(64),
    float_minor: positiveMinor,
    paid_in_minor: sumMinor.min(0),
    paid_out_minor: sumMinor.min(0),
    /** Sales and refunds (negative) of shifts that were closed before they came: not in the figures above. */
    late: object({ count: z.int().min(1), total_minor: sumMinor, tax_minor: sumMinor }).optional(),
  }),
);

/** A pay-in or pay-out. `amount_minor` is positive; `direction` says which way it went. */
export const cashMoved = defineKind('cash.moved', 1, (object) =>
  object({
    movement: uuid<MovementId>(),
    shift: uuid<ShiftId>(),
    direction: z.enum(['in', 'out']),
    amount_minor: positiveMinor.min(1),
    reason,
  }),
);
