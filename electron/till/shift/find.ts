import { type ShiftId, uuidFromBytes } from '../../../shared/ids.ts';
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

/** The open shift; fails with `shift.not_open`. */
export function openShiftOf(db: ReadDb): OpenShift {
  return findOpenShift(db) ?? fail('shift.not_open');
}
