import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { OfficeUserId } from '../../shared/contract/headoffice/shapes.ts';
import { type Actor, actorOf, type CommandContext, instantOf, type PrepareContext } from '../context.ts';
import type { ReadDb } from '../db/transact.ts';
import { fail } from '../failure.ts';
import { type Handlers, prepared } from '../handler.ts';
import { pruneAnswers } from '../answer.ts';
import { companyCurrency, listStores } from '../store/read.ts';
import { noteUser } from '../user/write.ts';
import { countAttempt, foldLogin, forgiveAttempt, pruneAttempts, refuseTooMany } from './attempts.ts';
import { knownPermissions, sessionLasts_ms, tokenHash } from './find.ts';
import { hashPassword, matchesPassword } from './password.ts';

const tokenBytes = 32;
/** A session that is over is remembered this long, so that a repeated command still finds its first answer. */
const sessionsKept_ms = 30 * 24 * 60 * 60 * 1000;

interface UserRow {
  readonly office_user: OfficeUserId;
  readonly login: string;
  readonly name: string;
  readonly password_bcrypt: string;
}

async function findActive(db: ReadDb, login: string): Promise<UserRow | undefined> {
  return await db.first<UserRow>(
    'select office_user, login, name, password_bcrypt from office_users where login = $1 and active',
    [foldLogin(login)],
  );
}

/** Counts a try, compares, and fails unless the password is right. Answers with the person as they were then. */
async function proveIdentity(context: PrepareContext, login: string, password: string): Promise<UserRow> {
  const { ports, now, address } = context;
  refuseTooMany(await context.transact((db) => countAttempt(db, { address, login }, now)));
  const user = await context.read((db) => findActive(db, login));
  if (!(await matchesPassword(ports, user?.password_bcrypt, password)) || user === undefined) {
    return fail('session.credential_wrong');
  }
  return user;
}

/** Whether the person is still who they were when the password was compared. */
async function checkUnchanged(context: CommandContext, user: UserRow): Promise<void> {
  const found = await findActive(context.db, user.login);
  if (found?.office_user !== user.office_user || found.password_bcrypt !== user.password_bcrypt) {
    fail('session.credential_wrong');
  }
  await forgiveAttempt(context.db, { address: context.address, login: user.login });
}

function signedIn({ user, login, name, permissions, since, expires_at }: Actor) {
  return { user, login, name, permissions: [...permissions], since, expires_at };
}

export const sessionHandlers: Handlers<(typeof headOfficeContract)['session']> = {
  sign_in: prepared({
    prepare: (context, input: { readonly login: string; readonly password: string }) =>
      proveIdentity(context, input.login, input.password),
    run: async (context: CommandContext, _input, user: UserRow) => {
      const { db, now, ports } = context;
      await checkUnchanged(context, user);
      await pruneAttempts(db, now);
      await pruneAnswers(db, now);
      await db.run('delete from office_sessions where expires_at < $1', [
        new Date(now - sessionsKept_ms).toISOString(),
      ]);
      const token = Buffer.from(ports.random.bytes(tokenBytes)).toString('base64url');
      const since = instantOf(context);
      const expires_at = new Date(now + sessionLasts_ms).toISOString();
      await db.run(
        `insert into office_sessions (token_hash, office_user, created_at, seen_at, expires_at)
         values ($1, $2, $3, $3, $4)`,
        [Buffer.from(tokenHash(token)), user.office_user, since, expires_at],
      );
      const held = await db.rows<{ permission: string }>(
        `select distinct p as permission from office_user_roles ur join office_roles r using (office_role),
           unnest(r.permissions) as p where ur.office_user = $1`,
        [user.office_user],
      );
      ports.log.info('session.began', { user: user.office_user, address: context.address });
      return {
        token,
        user: user.office_user,
        login: user.login,
        name: user.name,
        permissions: knownPermissions(held.map(({ permission }) => permission)),
        since,
        expires_at,
      };
    },
  }),

  current: async (context) => {
    const { db } = context;
    const stores = await listStores(db);
    const company = await db.first<{ name: string }>('select name from company');
    return {
      ...signedIn(actorOf(context)),
      company: company?.name ?? '',
      currency: await companyCurrency(db),
      locale: stores[0]?.settings.locale ?? null,
      stores: stores.map(({ store, settings }) => ({
        store,
        store_name: settings.name,
        currency: settings.currency,
        zone: settings.zone,
        locale: settings.locale,
      })),
    };
  },

  sign_out: async (context) => {
    await context.db.run('update office_sessions set expires_at = $2 where token_hash = $1 and expires_at > $2', [
      Buffer.from(actorOf(context).session),
      instantOf(context),
    ]);
    return {};
  },

  change_password: prepared({
    prepare: async (context, input: { readonly current: string; readonly password: string }) => {
      const user = await proveIdentity(context, actorOf(context).login, input.current);
      return { user, bcrypt: await hashPassword(context.ports, input.password) };
    },
    run: async (context: CommandContext, _input, { user, bcrypt }: { user: UserRow; bcrypt: string }) => {
      await checkUnchanged(context, user);
      await context.db.run('update office_users set password_bcrypt = $2 where office_user = $1', [
        user.office_user,
        bcrypt,
      ]);
      await noteUser(context.db, user.office_user, user.office_user, { password: 'changed' });
      await context.db.run(
        'update office_sessions set expires_at = $3 where office_user = $1 and token_hash <> $2 and expires_at > $3',
        [user.office_user, Buffer.from(actorOf(context).session), instantOf(context)],
      );
      return {};
    },
  }),
};
