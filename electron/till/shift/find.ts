import { type ShiftId, type StaffId, uuidFromBytes } from '../../../shared/ids.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { fail } from '../failure.ts';

const open = reads()((q) =>
  q
    .selectFrom('shifts')
    .select(['key', 'shift', 'number', 'business_date', 'currency'])
    .where('closed_seq', 'is', null)
    .where('left_seq', 'is', null),
);

export interface OpenShift {
  readonly key: number;
  readonly shift: ShiftId;
  readonly number: number;
  readonly business_date: string;
  readonly currency: string;
}

/** The shift that is open at this till, if one is. */
export function findOpenShift(db: ReadDb): OpenShift | undefined {
  const row = open.get(db, {});
  return row === undefined ? undefined : { ...row, shift: uuidFromBytes(row.shift) };
}

const opening = reads<{ key: number }>()((q, p) =>
  q.selectFrom('shifts').select(['opened_at', 'opened_by']).where('key', '=', p.key),
);

/** The open shift's number, and when it was opened and by whom; null where none is open. */
export function openedShift(db: ReadDb) {
  const shift = findOpenShift(db);
  if (shift === undefined) return null;
  const { opened_at, opened_by } = opening.one(db, { key: shift.key });
  const by = opened_by === null ? null : uuidFromBytes<StaffId>(opened_by);
  return { number: shift.number, opened_at, opened_by: by };
}

/** The open shift; fails with `shift.not_open`. */
export function openShiftOf(db: ReadDb): OpenShift {
  return findOpenShift(db) ?? fail('shift.not_open');
}
