import { type ShiftId, uuidToBytes } from '../../../shared/ids.ts';
import { fields, type ReadDb, reads, writes } from '../db/statement.ts';
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
    .where('key', '=', p.key),
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
const keyOf = reads<{ shift: Uint8Array }>()((q, p) =>
  q.selectFrom('shifts').select('key').where('shift', '=', p.shift),
);

/** The row of a shift that an entry names. */
export function shiftKey(db: ReadDb, shift: ShiftId): number {
  return keyOf.one(db, { shift: uuidToBytes(shift) }).key;
}

export const shiftProjectors: Projectors<'shift.opened' | 'shift.closed' | 'cash.moved'> = {
  'shift.opened': (db, entry, body) => {
    const businessDate = entry.business_date ?? entry.at.slice(0, 10);
    insertShift.run(db, {
      shift: uuidToBytes(body.shift),
      number: body.number,
      business_date: businessDate,
      currency: entry.currency ?? 'XXX',
      float_minor: body.float_minor,
      opened_seq: entry.seq,
      opened_at: entry.at,
      opened_by: entry.actor === null ? null : uuidToBytes(entry.actor),
    });
    openDay.run(db, { number: body.number, business_date: businessDate });
  },
  'shift.closed': (db, entry, body) => {
    closeShift.run(db, {
      key: shiftKey(db, body.shift),
      closed_seq: entry.seq,
      closed_at: entry.at,
      counted_minor: body.counted_minor,
      expected_minor: body.expected_minor,
      reason: body.reason,
    });
  },
  'cash.moved': (db, entry, body) => {
    const key = shiftKey(db, body.shift);
    const isIn = body.direction === 'in';
    insertMovement.run(db, {
      seq: entry.seq,
      shift_key: key,
      amount_minor: isIn ? body.amount_minor : -body.amount_minor,
      reason: body.reason,
    });
    addMovement.run(db, { key, in_minor: isIn ? body.amount_minor : 0, out_minor: isIn ? 0 : body.amount_minor });
  },
};
