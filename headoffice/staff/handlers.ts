import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import type { RoleId, StaffId, StoreId } from '../../shared/ids.ts';
import { sealPayload } from '../../shared/journal/payload.ts';
import { actorOf, type CommandContext, newId } from '../context.ts';
import { editAnswer } from '../edit-answer.ts';
import { fail } from '../failure.ts';
import { type Handlers, prepared } from '../handler.ts';
import { sha256 } from '../hash.ts';
import type { Person } from '../people.ts';
import { foldLogin } from '../session/attempts.ts';
import { hashPassword, hashPin } from '../session/password.ts';
import { countManagers, findMember, listRoles, listStaff } from './read.ts';

type Staff = (typeof headOfficeContract)['staff'];
type Create = InputOf<Staff['create']>;
type SetPin = InputOf<Staff['set_pin']>;
type SetPassword = InputOf<Staff['set_password']>;

const saltBytes = 16;

/** The payload that holds what somebody is called. */
function seal({ ports }: CommandContext, subject: StaffId, { name, login }: Person): Buffer {
  return Buffer.from(sealPayload(sha256, ports.random.bytes(saltBytes), { subject, name, login }).bytes);
}

/** Fails when somebody else has the sign-in name. Names are in payloads, so the company is locked while it is looked for. */
async function checkLogin({ db }: CommandContext, login: string, own: StaffId | null): Promise<void> {
  const wanted = foldLogin(login);
  const others = await listStaff(db, null);
  if (others.some((other) => other.staff !== own && other.active && foldLogin(other.login) === wanted)) {
    fail('staff.login_taken');
  }
}

async function checkRoles({ db }: CommandContext, roles: readonly RoleId[]): Promise<void> {
  const missing = await db.first(
    'select from unnest($1::uuid[]) as t(role) where role not in (select role from roles)',
    [roles],
  );
  if (missing !== undefined) fail('record.not_found', { noun: 'role' });
}

async function checkStores({ db }: CommandContext, stores: readonly StoreId[]): Promise<void> {
  const missing = await db.first(
    'select from unnest($1::uuid[]) as t(store) where store not in (select store from stores)',
    [stores],
  );
  if (missing !== undefined) fail('record.not_found', { noun: 'store' });
}

/** Does the work, and fails when it leaves a store without anybody who may edit staff. */
async function keepManagers(context: CommandContext, work: () => Promise<void>): Promise<void> {
  const before = await countManagers(context.db);
  await work();
  const after = await countManagers(context.db);
  for (const store of before.keys()) if (!after.has(store)) fail('staff.last_manager');
}

async function setVerifier(context: CommandContext, staff: StaffId, credential: 'pin' | 'password', bcrypt: string) {
  const values = [actorOf(context).user, staff, credential, bcrypt];
  await editAnswer(context.db, 'set_verifier($1, $2, $3, $4)', values, ['recorded']);
  return {};
}

const lock = async ({ db }: CommandContext) => await db.run('select lock_company()');

export const staffHandlers: Handlers<Staff> = {
  list: async ({ db }, { store }) => ({ staff: await listStaff(db, store) }),
  roles: async ({ db }) => ({ roles: await listRoles(db) }),

  record_role: async (context, role) => {
    await lock(context);
    await keepManagers(context, async () => {
      const values = [actorOf(context).user, JSON.stringify(role)];
      await editAnswer(context.db, 'record_role($1, $2)', values, ['recorded']);
    });
    return role;
  },

  create: prepared({
    prepare: async ({ ports }, { pin, password }: Create) => ({
      ...(pin === null ? {} : { pin: await hashPin(ports, pin) }),
      ...(password === null ? {} : { password: await hashPassword(ports, password) }),
    }),
    run: async (context: CommandContext, { name, login, roles, stores }, verifiers: object) => {
      await lock(context);
      await checkLogin(context, login, null);
      await checkRoles(context, roles);
      await checkStores(context, stores);
      const staff = newId<StaffId>(context);
      const payload = seal(context, staff, { name, login });
      const values = [actorOf(context).user, staff, roles, stores, payload, JSON.stringify(verifiers)];
      await editAnswer(context.db, 'create_staff($1, $2, $3, $4, $5, $6)', values, ['created']);
      return await findMember(context.db, staff);
    },
  }),

  edit: async (context, { staff, against, changes }) => {
    const { db } = context;
    await lock(context);
    const held = await findMember(db, staff);
    const { name = held.name, login = held.login, ...recorded } = changes;
    if (changes.login !== undefined || changes.active === true) await checkLogin(context, login, staff);
    if (changes.roles !== undefined) await checkRoles(context, changes.roles);
    const isRenamed = name !== held.name || login !== held.login;
    const payload = isRenamed ? seal(context, staff, { name, login }) : null;
    await keepManagers(context, async () => {
      const values = [actorOf(context).user, staff, against, JSON.stringify(recorded), payload];
      await editAnswer(db, 'edit_staff($1, $2, $3, $4, $5)', values, ['edited']);
    });
    return await findMember(db, staff);
  },

  set_pin: prepared({
    prepare: ({ ports }, { pin }: SetPin) => hashPin(ports, pin),
    run: (context: CommandContext, { staff }, bcrypt: string) => setVerifier(context, staff, 'pin', bcrypt),
  }),

  set_password: prepared({
    prepare: ({ ports }, { password }: SetPassword) => hashPassword(ports, password),
    run: (context: CommandContext, { staff }, bcrypt: string) => setVerifier(context, staff, 'password', bcrypt),
  }),
};
