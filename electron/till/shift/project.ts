import { type ShiftId, uuidToBytes } from '../../../shared/ids.ts';
import { fields, type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { bookedUnder } from '../journal/booked.ts';
import type { Projectors } from '../journal/projector.ts';

const insertShift = writes<{
  shift: Uint8Array;
  number: number;
  business_date: string;
  currency: string;
  float_minor: number;
  opened_seq: number;
  opened_at: string;
  opened_by: Uint8Array | null;
}>()((q, p) =>
  q
    .insertInto('shifts')
    .values(
      fields(p, 'shift', 'number', 'business_date', 'currency', 'float_minor', 'opened_seq', 'opened_at', 'opened_by'),
    ),
);
const leaveOpen = writes<{ seq: number }>()((q, p) =>
  q.updateTable('shifts').set({ left_seq: p.seq }).where('closed_seq', 'is', null).where('left_seq', 'is', null),
);
const openDay = writes<{ number: number; business_date: string }>()((q, p) =>
  q.updateTable('till_identity').set({ last_shift: p.number, last_business_date: p.business_date }),
);
const closeShift = writes<{
  key: number;
  closed_seq: number;
  closed_at: string;
  counted_minor: number;
  expected_minor: number;
  reason: string | null;
}>()((q, p) =>
  q
    .updateTable('shifts')
    .set({
      closed_seq: p.closed_seq,
      closed_at: p.closed_at,
      counted_minor: p.counted_minor,
      expected_minor: p.expected_minor,
      reason: p.reason,
    })
    .where('key', '=', p.key)
    // A second PC that closed the same shift changes nothing of the first Z.
    .where('closed_seq', 'is', null),
);
const nameLate = writes<{ key: number }>()((q, p) =>
  q.updateTable('late_sales').set({ shift_key: p.key }).where('shift_key', 'is', null),
);
const insertLate = writes<{ seq: number; total_minor: number; tax_minor: number }>()((q, p) =>
  q.insertInto('late_sales').values(fields(p, 'seq', 'total_minor', 'tax_minor')),
);
const insertMovement = writes<{ seq: number; shift_key: number; amount_minor: number; reason: string }>()((q, p) =>
  q.insertInto('cash_movements').values(fields(p, 'seq', 'shift_key', 'amount_minor', 'reason')),
);
const addMovement = writes<{ key: number; in_minor: number; out_minor: number }>()((q, p) =>
  q
    .updateTable('shifts')
    .set((eb) => ({
      paid_in_minor: eb('paid_in_minor', '+', eb.cast<number>(p.in_minor, 'integer')),
      paid_out_minor: eb('paid_out_minor', '+', eb.cast<number>(p.out_minor, 'integer')),
    }))
    .where('key', '=', p.key),
);
const rowOf = reads<{ shift: Uint8Array }>()((q, p) =>
  q.selectFrom('shifts').select(['key', 'closed_seq']).where('shift', '=', p.shift),
);

/** The row of a shift that an entry names, and whether it is closed: what comes then is late. */
export function shiftRow(db: ReadDb, shift: ShiftId): { readonly key: number; readonly isClosed: boolean } {
  const { closed_seq, key } = rowOf.one(db, { shift: uuidToBytes(shift) });
  return { key, isClosed: closed_seq !== null };
}

/** A sale or refund (its amounts negative) for a shift whose Z is written: the next Z names it as late. */
export function recordLate(db: WriteDb, late: { seq: number; total_minor: number; tax_minor: number }): void {
  insertLate.run(db, late);
}

export const shiftProjectors: Projectors<'shift.opened' | 'shift.closed' | 'cash.moved'> = {
  'shift.opened': (db, entry, body) => {
    const booked = bookedUnder(entry);
    // Of a fork: the other PC's shift stays open until that one or the head office closes it.
    leaveOpen.run(db, { seq: entry.seq });
    insertShift.run(db, {
      shift: uuidToBytes(body.shift),
      number: body.number,
      ...booked,
      float_minor: body.float_minor,
      opened_seq: entry.seq,
      opened_at: entry.at,
      opened_by: entry.actor === null ? null : uuidToBytes(entry.actor),
    });
    openDay.run(db, { number: body.number, business_date: booked.business_date });
  },
  'shift.closed': (db, entry, body) => {
    const { isClosed, key } = shiftRow(db, body.shift);
    if (!isClosed) nameLate.run(db, { key });
    closeShift.run(db, {
      key,
      closed_seq: entry.seq,
      closed_at: entry.at,
      counted_minor: body.counted_minor,
      expected_minor: body.expected_minor,
      reason: body.reason,
    });
  },
  'cash.moved': (db, entry, body) => {
    const { isClosed, key } = shiftRow(db, body.shift);
    const isIn = body.direction === 'in';
    insertMovement.run(db, {
      seq: entry.seq,
      shift_key: key,
      amount_minor: isIn ? body.amount_minor : -body.amount_minor,
      reason: body.reason,
    });
    if (!isClosed)
      addMovement.run(db, { key, in_minor: isIn ? body.amount_minor : 0, out_minor: isIn ? 0 : body.amount_minor });
  },
};
