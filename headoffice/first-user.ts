/** The head office's first user, who lets in all others. */
import type { OfficeRoleId, OfficeUserId } from '../shared/contract/headoffice/shapes.ts';
import { newId } from './context.ts';
import type { Pool } from './db/pool.ts';
import { writeTransaction } from './db/transact.ts';
import { fail } from './failure.ts';
import type { Ports } from './ports.ts';
import { foldLogin } from './session/attempts.ts';
import { hashPassword } from './session/password.ts';
import { startingOfficeRoles } from './user/starting-roles.ts';
import { addUser, giveRoles } from './user/write.ts';

export interface FirstUser {
  readonly login: string;
  readonly name: string;
  /** 8 characters to 72 bytes. */
  readonly password: string;
}

/**
 * Makes the starting roles where they are missing, and an owner with this sign-in name where nobody has it. Answers
 * whether it made one: a second run finds its user and leaves their password alone.
 *
 * @throws Failed with `password.too_short`, `password.too_long`
 */
export async function createFirstUser(
  pool: Pool,
  ports: Pick<Ports, 'bcryptCost' | 'clock' | 'random'>,
  { login, name, password }: FirstUser,
): Promise<{ readonly created: boolean }> {
  const bcrypt = await hashPassword(ports, password);
  const from = { ports, now: ports.clock.now() };
  return await writeTransaction(pool, async (db) => {
    await db.run('select lock_company()');
    for (const [role, permissions] of Object.entries(startingOfficeRoles)) {
      await db.run(
        `insert into office_roles (office_role, name, permissions) values ($1, $2, $3) on conflict (name) do nothing`,
        [newId<OfficeRoleId>(from), role, permissions],
      );
    }
    const user = newId<OfficeUserId>(from);
    if (!(await addUser(db, { user, login: foldLogin(login), name, bcrypt }))) return { created: false };
    const owner = await db.first<{ office_role: OfficeRoleId }>(
      "select office_role from office_roles where name = 'owner'",
    );
    await giveRoles(db, user, [owner?.office_role ?? fail('record.not_found', { noun: 'role' })]);
    return { created: true };
  });
}
