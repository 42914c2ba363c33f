/** Staff as the head office sees them: what they are called is in their payload. */
import type { OutputOf } from '../../shared/contract/define.ts';
import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { RoleId, StaffId, StoreId } from '../../shared/ids.ts';
import type { ReadDb } from '../db/transact.ts';
import { fail } from '../failure.ts';
import { markOf, readPerson } from '../people.ts';

/** More people or roles than this are not listed. */
const most = 10_000;

export type Member = OutputOf<(typeof headOfficeContract)['staff']['create']>;

interface Row {
  readonly staff: StaffId;
  readonly version: number;
  readonly roles: RoleId[];
  readonly active: boolean;
  readonly bytes: Uint8Array | null;
  readonly credentials: readonly string[];
  readonly stores: StoreId[];
}

const select = `
  select s.staff, s.version, s.roles, s.active, p.bytes,
    array(select v.credential from staff_verifiers v where v.staff = s.staff) as credentials,
    array(select o.store from staff_stores x join stores o using (store_id) where x.staff = s.staff order by o.name)
      as stores
  from staff s left join private_payloads p on p.store_id = 0 and p.hash = s.private`;

function memberOf({ bytes, credentials, ...row }: Row): Member {
  const person = readPerson(bytes);
  return {
    staff: row.staff,
    version: row.version,
    name: person?.name ?? markOf(row.staff),
    login: person?.login ?? '',
    roles: row.roles,
    active: row.active,
    has_pin: credentials.includes('pin'),
    has_password: credentials.includes('password'),
    stores: row.stores,
  };
}

/** Everybody, or who works in one store, the inactive too; by name. */
export async function listStaff(db: ReadDb, store: StoreId | null): Promise<Member[]> {
  const rows = await db.rows<Row>(
    `${select} where $1::uuid is null or exists (select from staff_stores x join stores o using (store_id)
       where x.staff = s.staff and o.store = $1) limit $2`,
    [store, most],
  );
  return rows.map(memberOf).toSorted((a, b) => a.name.localeCompare(b.name) || (a.staff < b.staff ? -1 : 1));
}

/** One member of staff. Fails with `record.not_found`. */
export async function findMember(db: ReadDb, staff: StaffId): Promise<Member> {
  const row = await db.first<Row>(`${select} where s.staff = $1`, [staff]);
  return row === undefined ? fail('record.not_found') : memberOf(row);
}

/** The roles of the tills, by name. */
export async function listRoles(db: ReadDb) {
  const rows = await db.rows<{ role: RoleId; name: string; permissions: readonly string[] }>(
    'select role, name, permissions from roles order by name, role limit 2000',
  );
  return rows.map((role) => ({ ...role, permissions: [...role.permissions] }));
}

/** How many active people of each store may edit staff: a store that had one keeps one. */
export async function countManagers(db: ReadDb): Promise<ReadonlyMap<StoreId, number>> {
  const rows = await db.rows<{ store: StoreId; managers: number }>(
    `select o.store, count(distinct s.staff) as managers
     from staff s join staff_stores x using (staff) join stores o using (store_id)
     where s.active and exists (select from roles r where r.role = any (s.roles) and 'staff.edit' = any (r.permissions))
     group by o.store`,
  );
  return new Map(rows.map(({ store, managers }) => [store, managers]));
}
