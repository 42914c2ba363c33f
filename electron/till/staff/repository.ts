/** Staff and roles as rows. The same tables hold a shop's own people and a replica of the head office's. */
import { type RoleId, type StaffId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import { type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { type Person, personOf } from './payload.ts';

/** More people or roles than this are not listed. */
const most = 2000;

const allStaff = reads<{ limit: number }>()((q, p) =>
  q.selectFrom('staff').select(['staff', 'version', 'private', 'active']).limit(p.limit),
);
const oneStaff = reads<{ staff: Uint8Array }>()((q, p) =>
  q.selectFrom('staff').select(['staff', 'version', 'private', 'active']).where('staff', '=', p.staff),
);
const rolesOf = reads<{ staff: Uint8Array }>()((q, p) =>
  q.selectFrom('staff_roles').select('role').where('staff', '=', p.staff).orderBy('role'),
);
const allRoles = reads<{ limit: number }>()((q, p) =>
  q.selectFrom('roles').select(['role', 'name', 'permissions']).orderBy('name').orderBy('role').limit(p.limit),
);
const roleExists = reads<{ role: Uint8Array }>()((q, p) =>
  q.selectFrom('roles').select('role').where('role', '=', p.role),
);
const credentialsOf = reads<{ staff: Uint8Array }>()((q, p) =>
  q.selectFrom('staff_verifiers').select('credential').where('staff', '=', p.staff),
);
const putRow = writes<{ staff: Uint8Array; version: number; private: Uint8Array; active: 0 | 1 }>()((q, p) =>
  q.replaceInto('staff').values({ staff: p.staff, version: p.version, private: p.private, active: p.active }),
);
const clearRoles = writes<{ staff: Uint8Array }>()((q, p) => q.deleteFrom('staff_roles').where('staff', '=', p.staff));
const giveRole = writes<{ staff: Uint8Array; role: Uint8Array }>()((q, p) =>
  q.replaceInto('staff_roles').values({ staff: p.staff, role: p.role }),
);
const putRoleRow = writes<{ role: Uint8Array; name: string; permissions: string }>()((q, p) =>
  q.replaceInto('roles').values({ role: p.role, name: p.name, permissions: p.permissions }),
);
const putLockout = writes<{ staff: Uint8Array; until: string }>()((q, p) =>
  q.replaceInto('staff_lockouts').values({ staff: p.staff, until: p.until }),
);
const removeLockout = writes<{ staff: Uint8Array }>()((q, p) =>
  q.deleteFrom('staff_lockouts').where('staff', '=', p.staff),
);

/** A member of staff as stored: who they are stands in the payload. */
export interface StaffRecord {
  readonly staff: StaffId;
  readonly version: number;
  /** SHA-256 of the payload. */
  readonly private: Uint8Array;
  readonly roles: readonly RoleId[];
  readonly active: boolean;
}

/** A member of staff as a list shows them. */
export interface StaffMember extends StaffRecord, Person {
  readonly has_pin: boolean;
  readonly has_password: boolean;
}

export interface RoleRow {
  readonly role: RoleId;
  readonly name: string;
  readonly permissions: readonly string[];
}

interface Row {
  readonly staff: Uint8Array;
  readonly version: number;
  readonly private: Uint8Array;
  readonly active: 0 | 1;
}

function member(db: ReadDb, row: Row): StaffMember {
  const staff = uuidFromBytes<StaffId>(row.staff);
  const credentials = new Set(credentialsOf.all(db, { staff: row.staff }).map(({ credential }) => credential));
  return {
    staff,
    version: row.version,
    private: row.private,
    roles: rolesOf.all(db, { staff: row.staff }).map(({ role }) => uuidFromBytes<RoleId>(role)),
    active: row.active === 1,
    ...personOf(db, staff, row.private),
    has_pin: credentials.has('pin'),
    has_password: credentials.has('password'),
  };
}

/** Everybody, the inactive too, by name. */
export function listStaff(db: ReadDb): StaffMember[] {
  return allStaff
    .all(db, { limit: most })
    .map((row) => member(db, row))
    .toSorted((a, b) => compareText(a.name, b.name) || compareText(a.staff, b.staff));
}

/** One member of staff, active or not. */
export function findStaff(db: ReadDb, staff: StaffId): StaffMember | undefined {
  const row = oneStaff.get(db, { staff: uuidToBytes(staff) });
  return row === undefined ? undefined : member(db, row);
}

/** The active member of staff with this sign-in name, in whatever case it is typed. */
export function findByLogin(db: ReadDb, login: string): StaffMember | undefined {
  const wanted = foldLogin(login);
  return listStaff(db).find((person) => person.active && person.login !== '' && foldLogin(person.login) === wanted);
}

/** Sign-in names are compared in this form. */
export function foldLogin(login: string): string {
  return login.trim().normalize('NFKC').toLowerCase();
}

/** Writes a member of staff whole, as they are from now on. */
export function putStaff(db: WriteDb, record: StaffRecord): void {
  const staff = uuidToBytes(record.staff);
  putRow.run(db, { staff, version: record.version, private: record.private, active: record.active ? 1 : 0 });
  clearRoles.run(db, { staff });
  for (const role of record.roles) giveRole.run(db, { staff, role: uuidToBytes(role) });
}

/** The roles, by name. */
export function listRoles(db: ReadDb): RoleRow[] {
  return allRoles.all(db, { limit: most }).map((row) => ({
    role: uuidFromBytes(row.role),
    name: row.name,
    // Written by putRole below.
    permissions: JSON.parse(row.permissions) as string[],
  }));
}

export function hasRole(db: ReadDb, role: RoleId): boolean {
  return roleExists.get(db, { role: uuidToBytes(role) }) !== undefined;
}

export function putRole(db: WriteDb, row: RoleRow): void {
  putRoleRow.run(db, { role: uuidToBytes(row.role), name: row.name, permissions: JSON.stringify(row.permissions) });
}

/** Nobody may try this person's PIN or password before `until`, an instant of ISO 8601. */
export function lockOut(db: WriteDb, staff: StaffId, until: string): void {
  putLockout.run(db, { staff: uuidToBytes(staff), until });
}

export function liftLockout(db: WriteDb, staff: StaffId): void {
  removeLockout.run(db, { staff: uuidToBytes(staff) });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
