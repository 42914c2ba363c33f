import type { TillContract } from '../../../shared/contract/till.ts';
import { type MovementId, type ShiftId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import { readAmount } from '../amount.ts';
import { countLines, findBasket } from '../basket/repository.ts';
import type { CommandContext } from '../context.ts';
import { reads } from '../db/statement.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { tillIdentity } from '../journal/head.ts';
import { settingsOf } from '../settings/read.ts';
import { staffName } from '../staff/payload.ts';
import { dateIn, daysBetween } from '../zone.ts';
import { findOpenShift, openedShift, openShiftOf } from './find.ts';
import { reportOf } from './report.ts';

const closed = reads<{ before: number; limit: number }>()((q, p) =>
  q
    .selectFrom('shifts')
    .leftJoin('closing_checks', 'closing_checks.shift', 'shifts.shift')
    .select([
      'shifts.shift',
      'shifts.number',
      'shifts.business_date',
      'shifts.closed_at',
      'shifts.sales_minor',
      'shifts.counted_minor',
      'shifts.expected_minor',
      'closing_checks.agrees',
    ])
    .where('shifts.closed_seq', 'is not', null)
    .where('shifts.number', '<', p.before)
    .orderBy('shifts.number', 'desc')
    .limit(p.limit),
);
const closedKey = reads<{ shift: Uint8Array }>()((q, p) =>
  q.selectFrom('shifts').select('key').where('shift', '=', p.shift).where('closed_seq', 'is not', null),
);

function moveCash(
  context: CommandContext,
  direction: 'in' | 'out',
  input: { readonly amount: string; readonly reason: string },
) {
  const shift = openShiftOf(context.db);
  const amount_minor = readAmount(input.amount, shift.currency);
  if (amount_minor === 0) return fail('money.malformed');
  // Without saying how much there should be: whoever counts the drawer must not know.
  if (direction === 'out' && amount_minor > reportOf(context.db, shift.key).expected_minor)
    return fail('drawer.not_enough');
  context.append('cash.moved', {
    movement: context.newId<MovementId>(),
    shift: shift.shift,
    direction,
    amount_minor,
    reason: input.reason,
  });
  context.changed('shift');
  return { amount_minor };
}

export const shiftHandlers: Handlers<TillContract['shift']> = {
  current: ({ db, now }) => {
    const settings = settingsOf(db);
    const shift = findOpenShift(db);
    const opened = openedShift(db);
    return {
      shift:
        shift === undefined || opened === null
          ? null
          : {
              shift: shift.shift,
              number: shift.number,
              business_date: shift.business_date,
              opened_at: opened.opened_at,
              opened_by: opened.opened_by === null ? '' : staffName(db, opened.opened_by),
            },
      today: dateIn(settings.zone, now),
      last_business_date: tillIdentity(db)?.last_business_date ?? null,
    };
  },

  open: (context, input) => {
    const { db } = context;
    const settings = settingsOf(db);
    const identity = tillIdentity(db) ?? fail('setup.not_done');
    if (findOpenShift(db) !== undefined) return fail('shift.already_open');
    const float_minor = readAmount(input.float, settings.currency);
    const date = dateIn(settings.zone, context.now);
    const last = identity.last_business_date;
    // A clock that jumped would book a day's takings under the wrong date: somebody has to look at it first.
    const days = last === null ? 0 : daysBetween(last, date);
    const isFar = days < 0 || days > 1;
    if (isFar && input.confirm_date !== date) return fail('shift.date_far', { date, last });
    context.append(
      'shift.opened',
      { shift: context.newId<ShiftId>(), number: identity.last_shift + 1, float_minor, date_confirmed: isFar },
      { business_date: date },
    );
    context.changed('shift');
    return reportOf(db, openShiftOf(db).key);
  },

  report: ({ db }) => reportOf(db, openShiftOf(db).key),

  list: ({ db }, { before_number, limit }) => ({
    shifts: closed.all(db, { before: before_number ?? Number.MAX_SAFE_INTEGER, limit }).map((row) => ({
      shift: uuidFromBytes<ShiftId>(row.shift),
      number: row.number,
      business_date: row.business_date,
      closed_at: row.closed_at ?? '',
      sales_total_minor: row.sales_minor,
      difference_minor: (row.counted_minor ?? 0) - (row.expected_minor ?? 0),
      agrees: row.agrees === null ? null : row.agrees === 1,
    })),
  }),

  show: ({ db }, { shift }) => {
    const row = closedKey.get(db, { shift: uuidToBytes(shift) });
    return row === undefined ? fail('record.not_found') : reportOf(db, row.key);
  },

  close: (context, input) => {
    const { db } = context;
    const shift = openShiftOf(db);
    const basket = findBasket(db);
    if (basket !== undefined && countLines(db, basket) > 0) return fail('shift.basket_open');
    const counted_minor = readAmount(input.counted, shift.currency);
    const byPiece = input.denominations.reduce((sum, { value_minor, count }) => sum + value_minor * count, 0);
    if (input.denominations.length > 0 && byPiece !== counted_minor)
      return fail('input.malformed', { where: 'denominations' });
    const report = reportOf(db, shift.key);
    const difference_minor = counted_minor - report.expected_minor;
    if (difference_minor !== 0 && input.reason === null) return fail('shift.difference', { difference_minor });
    context.append('shift.closed', {
      shift: shift.shift,
      number: shift.number,
      counted_minor,
      expected_minor: report.expected_minor,
      difference_minor,
      reason: difference_minor === 0 ? null : input.reason,
      denominations: input.denominations,
      sales: report.sales,
      refunds: report.refunds,
      tenders: report.tenders,
      float_minor: report.float_minor,
      paid_in_minor: report.paid_in_minor,
      paid_out_minor: report.paid_out_minor,
      ...(report.late.count === 0 ? {} : { late: report.late }),
    });
    context.changed('shift');
    return reportOf(db, shift.key);
  },

  pay_in: (context, input) => moveCash(context, 'in', input),
  pay_out: (context, input) => moveCash(context, 'out', input),
};
