import { fromHex } from '../../../shared/ids.ts';
import type { Projectors } from '../journal/projector.ts';
import { findStaff, liftLockout, lockOut, putRole, putStaff } from './repository.ts';

export const staffProjectors: Projectors<
  'role.recorded' | 'staff.created' | 'staff.edited' | 'staff.credential_set' | 'staff.locked_out'
> = {
  'role.recorded': (db, _entry, body) => {
    putRole(db, body);
  },
  'staff.created': (db, _entry, body) => {
    putStaff(db, { ...body, private: fromHex(body.private), version: 1 });
  },
  'staff.edited': (db, entry, { staff, against, changes }) => {
    const before = findStaff(db, staff);
    if (before === undefined) throw new Error(`entry ${entry.seq} edits somebody who was never created`);
    putStaff(db, {
      staff,
      version: against + 1,
      private: changes.private === undefined ? before.private : fromHex(changes.private),
      roles: changes.roles ?? before.roles,
      active: changes.active ?? before.active,
    });
  },
  // The verifier itself is a source of its own. Whoever got a new one may try it at once.
  'staff.credential_set': (db, _entry, body) => {
    liftLockout(db, body.staff);
  },
  'staff.locked_out': (db, _entry, body) => {
    lockOut(db, body.staff, body.until);
  },
};
