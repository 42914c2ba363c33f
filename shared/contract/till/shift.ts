import { z } from 'zod';
import { type ShiftId, uuid } from '../../ids.ts';
import { dateText, instantText } from '../../journal/envelope.ts';
import { command, query } from '../define.ts';
import { amountCodes } from '../errors.ts';
import { amountText, reason } from './inputs.ts';
import { minor, shiftReport } from './shapes.ts';

export const shift = {
  current: query({
    summary: 'Tell which shift is open, without a figure from which the expected cash could be worked out.',
    access: 'signed_in',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({
      shift: shiftReport
        .pick({ shift: true, number: true, business_date: true, opened_at: true, opened_by: true })
        .nullable(),
      /** The date that a shift opened now would be booked under. */
      today: dateText,
      last_business_date: dateText.nullable(),
    }),
  }),
  open: command({
    summary: 'Open a shift with the cash that is in the drawer; it fixes the business date.',
    access: 'shift.open',
    errors: ['shift.already_open', 'shift.date_far', ...amountCodes],
    input: z.strictObject({
      float: amountText,
      /** Given again when the till has asked whether the date can be right. */
      confirm_date: dateText.optional(),
    }),
    output: shiftReport,
  }),
  report: query({
    summary: 'Read the X report of the open shift.',
    access: 'shift.report',
    errors: ['shift.not_open'],
    input: z.strictObject({}),
    output: shiftReport,
  }),
  list: query({
    summary: 'List the shifts that were closed, the last first, each with what the head office found.',
    access: 'shift.report',
    errors: [],
    input: z.strictObject({
      /** Only shifts with a lower number; the number of the last one shown. */
      before_number: z.int().min(1).nullable(),
      limit: z.int().min(1).max(200),
    }),
    output: z.strictObject({
      shifts: z.array(
        shiftReport.pick({ shift: true, number: true, business_date: true }).extend({
          closed_at: instantText,
          sales_total_minor: minor,
          difference_minor: minor,
          /** Null while the head office has not computed it again, and at a till without one. */
          agrees: z.boolean().nullable(),
        }),
      ),
    }),
  }),
  show: query({
    summary: 'Read the Z of a shift that was closed.',
    access: 'shift.report',
    errors: ['record.not_found'],
    input: z.strictObject({ shift: uuid<ShiftId>() }),
    output: shiftReport,
  }),
  close: command({
    summary: 'Close the shift with a count of the drawer and print the Z.',
    access: 'shift.close',
    errors: ['shift.not_open', 'shift.difference', 'shift.basket_open', ...amountCodes],
    input: z.strictObject({
      counted: amountText,
      denominations: z
        .array(z.strictObject({ value_minor: minor.min(1), count: z.int().min(0).max(1_000_000) }))
        .max(40),
      /** Needed when the count differs from what should be there. */
      reason: reason.nullable(),
    }),
    output: shiftReport,
  }),
  pay_in: command({
    summary: 'Put cash into the drawer without a sale.',
    access: 'drawer.move_cash',
    errors: ['shift.not_open', ...amountCodes],
    input: z.strictObject({ amount: amountText, reason }),
    output: z.strictObject({ amount_minor: minor }),
  }),
  pay_out: command({
    summary: 'Take cash out of the drawer without a sale, never more than should be in it.',
    access: 'drawer.move_cash',
    errors: ['shift.not_open', 'drawer.not_enough', ...amountCodes],
    input: z.strictObject({ amount: amountText, reason }),
    output: z.strictObject({ amount_minor: minor }),
  }),
};
