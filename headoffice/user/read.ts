import type { OutputOf } from '../../shared/contract/define.ts';
import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { OfficeRoleId, OfficeUserId } from '../../shared/contract/headoffice/shapes.ts';
import type { ReadDb } from '../db/transact.ts';
import { fail } from '../failure.ts';
import { knownPermissions } from '../session/find.ts';

/** More users than this are not listed. */
const most = 2000;

export type OfficeUser = OutputOf<(typeof headOfficeContract)['user']['create']>;

const select = `
  select u.office_user as "user", u.login, u.name, u.active, u.created_at,
    array(select office_role from office_user_roles r where r.office_user = u.office_user) as roles
  from office_users u`;

/** Everybody who may or might sign in here, by name. */
export async function listUsers(db: ReadDb): Promise<OfficeUser[]> {
  return [...(await db.rows<OfficeUser>(`${select} order by lower(u.name), u.office_user limit $1`, [most]))];
}

/** One of them. Fails with `record.not_found`. */
export async function findUser(db: ReadDb, user: OfficeUserId): Promise<OfficeUser> {
  return (await db.first<OfficeUser>(`${select} where u.office_user = $1`, [user])) ?? fail('record.not_found');
}

/** The roles of the head office. */
export async function listOfficeRoles(db: ReadDb) {
  const rows = await db.rows<{ role: OfficeRoleId; name: string; permissions: readonly string[] }>(
    'select office_role as role, name, permissions from office_roles order by name limit 200',
  );
  return rows.map((role) => ({ ...role, permissions: knownPermissions(role.permissions) }));
}

/** How many active users may change settings, and so let others in. */
export async function countOwners(db: ReadDb): Promise<number> {
  const row = await db.first<{ owners: number }>(
    `select count(distinct u.office_user) as owners
     from office_users u join office_user_roles using (office_user) join office_roles r using (office_role)
     where u.active and 'settings.edit' = any (r.permissions)`,
  );
  return row?.owners ?? 0;
}
