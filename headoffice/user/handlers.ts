import type { InputOf } from '../../shared/contract/define.ts';
import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { OfficeRoleId, OfficeUserId } from '../../shared/contract/headoffice/shapes.ts';
import { actorOf, type CommandContext, instantOf, newId } from '../context.ts';
import { fail } from '../failure.ts';
import { type Handlers, prepared } from '../handler.ts';
import { foldLogin } from '../session/attempts.ts';
import { hashPassword } from '../session/password.ts';
import { countOwners, findUser, listOfficeRoles, listUsers } from './read.ts';
import { addUser, giveRoles, noteUser } from './write.ts';

type User = (typeof headOfficeContract)['user'];

/** Nobody gives, or takes over by a new password, more than they hold themselves. */
async function checkReach(context: CommandContext, roles: readonly OfficeRoleId[]): Promise<void> {
  const known = await listOfficeRoles(context.db);
  const held = actorOf(context).permissions;
  for (const role of roles) {
    const found = known.find((one) => one.role === role) ?? fail('record.not_found', { noun: 'role' });
    const beyond = found.permissions.find((permission) => !held.has(permission));
    if (beyond !== undefined) fail('permission.missing', { permission: beyond });
  }
}

async function endSessions(context: CommandContext, user: OfficeUserId): Promise<void> {
  await context.db.run(
    'update office_sessions set expires_at = $3 where office_user = $1 and token_hash <> $2 and expires_at > $3',
    [user, Buffer.from(actorOf(context).session), instantOf(context)],
  );
}

export const userHandlers: Handlers<User> = {
  list: async ({ db }) => ({ users: await listUsers(db), roles: await listOfficeRoles(db) }),

  create: prepared({
    prepare: ({ ports }, { password }: InputOf<User['create']>) => hashPassword(ports, password),
    run: async (context: CommandContext, { login, name, roles }, bcrypt: string) => {
      await checkReach(context, roles);
      const user = newId<OfficeUserId>(context);
      if (!(await addUser(context.db, { user, login: foldLogin(login), name, bcrypt }))) fail('staff.login_taken');
      await giveRoles(context.db, user, roles);
      await noteUser(context.db, actorOf(context).user, user, { name, roles, active: true });
      return await findUser(context.db, user);
    },
  }),

  edit: async (context, { user, name, roles, active }) => {
    const { db } = context;
    await db.run('select lock_company()');
    const held = await findUser(db, user);
    await checkReach(context, [...held.roles, ...roles]);
    await db.run('update office_users set name = $2, active = $3 where office_user = $1', [user, name, active]);
    await giveRoles(db, user, roles);
    await noteUser(db, actorOf(context).user, user, { name, roles, active });
    // Somebody must still be able to let others in.
    if ((await countOwners(db)) === 0) fail('staff.last_manager');
    if (!active) await endSessions(context, user);
    return await findUser(db, user);
  },

  set_password: prepared({
    prepare: ({ ports }, { password }: InputOf<User['set_password']>) => hashPassword(ports, password),
    run: async (context: CommandContext, { user }, bcrypt: string) => {
      const held = await findUser(context.db, user);
      await checkReach(context, held.roles);
      await context.db.run('update office_users set password_bcrypt = $2 where office_user = $1', [user, bcrypt]);
      await noteUser(context.db, actorOf(context).user, user, { password: 'set' });
      await endSessions(context, user);
      return {};
    },
  }),
};
