import type { OfficeRoleId, OfficeUserId } from '../../shared/contract/headoffice/shapes.ts';
import type { WriteDb } from '../db/transact.ts';

export interface NewUser {
  readonly user: OfficeUserId;
  /** In lower case. */
  readonly login: string;
  readonly name: string;
  readonly bcrypt: string;
}

/** Adds somebody; false when the sign-in name is taken. */
export async function addUser(db: WriteDb, { user, login, name, bcrypt }: NewUser): Promise<boolean> {
  const added = await db.run(
    `insert into office_users (office_user, login, name, password_bcrypt) values ($1, $2, $3, $4)
     on conflict (login) do nothing`,
    [user, login, name, bcrypt],
  );
  return added === 1;
}

/** Gives somebody these roles and no others. */
export async function giveRoles(db: WriteDb, user: OfficeUserId, roles: readonly OfficeRoleId[]): Promise<void> {
  await db.run('delete from office_user_roles where office_user = $1', [user]);
  await db.run('insert into office_user_roles (office_user, office_role) select $1, unnest($2::uuid[])', [
    user,
    [...new Set(roles)],
  ]);
}

/** Keeps in the log who changed whose access. `row` says what is so from now on; never a password. */
export async function noteUser(
  db: WriteDb,
  editor: OfficeUserId,
  user: OfficeUserId,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  await db.run('select note_office_user($1, $2, $3)', [editor, user, JSON.stringify(row)]);
}
