import type { TillContract } from '../../../shared/contract/till.ts';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { StaffId } from '../../../shared/ids.ts';
import type { Body } from '../../../shared/journal/kinds.ts';
import type { CommandContext, PrepareContext } from '../context.ts';
import type { ReadDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import { type Handlers, prepared } from '../handler.ts';
import { forgetAttempts } from '../session/attempt.ts';
import { endSessionsOf } from '../session/open.ts';
import { type CredentialKind, hashCredential, storeVerifier } from '../session/verifier.ts';
import { isReadOnly, refuseReadOnly } from '../settings/authority.ts';
import { sealStaff } from './payload.ts';
import { findByLogin, findStaff, hasRole, listRoles, listStaff, type StaffMember } from './repository.ts';

type PersonAnswer = OutputOf<TillContract['staff']['create']>;

export const staffHandlers: Handlers<TillContract['staff']> = {
  list: ({ db }) => ({ staff: listStaff(db).map(personAnswer), read_only: isReadOnly(db) }),

  roles: ({ db }) => ({ roles: listRoles(db).map((row) => ({ ...row, permissions: [...row.permissions] })) }),

  record_role: (context, input) => {
    refuseReadOnly(context.db);
    const role = { ...input, permissions: [...new Set(input.permissions)] };
    context.append('role.recorded', role);
    refuseNobodyLeft(context.db);
    context.changed('staff');
    return role;
  },

  create: prepared({
    prepare: async (context, { pin, password }) => {
      refuseReadOnly(context.db);
      return {
        pin: pin === null ? null : await hashCredential(context.ports, 'pin', pin),
        password: password === null ? null : await hashCredential(context.ports, 'password', password),
      };
    },
    run: (context, { name, login, roles }, hashed) => {
      refuseReadOnly(context.db);
      refuseUnknownRole(context.db, roles);
      if (findByLogin(context.db, login) !== undefined) fail('staff.login_taken', { login });
      const staff = context.newId<StaffId>();
      const payload = sealStaff(context.ports, { staff, name, login });
      context.append(
        'staff.created',
        { staff, private: payload.hash, roles: [...new Set(roles)], active: true },
        { payloads: [payload] },
      );
      if (hashed.pin !== null) setCredential(context, staff, 'pin', hashed.pin);
      if (hashed.password !== null) setCredential(context, staff, 'password', hashed.password);
      context.changed('staff');
      return personAnswer(staffOf(context.db, staff));
    },
  }),

  edit: (context, { staff, against, changes }) => {
    refuseReadOnly(context.db);
    const before = staffOf(context.db, staff);
    if (before.version !== against) fail('record.changed', { version: before.version });
    if (changes.roles !== undefined) refuseUnknownRole(context.db, changes.roles);
    const after = { login: changes.login ?? before.login, active: changes.active ?? before.active };
    const holder = after.active && after.login !== '' ? findByLogin(context.db, after.login) : undefined;
    if (holder !== undefined && holder.staff !== staff) fail('staff.login_taken', { login: after.login });

    const renamed = changes.name !== undefined || changes.login !== undefined;
    const payload = renamed
      ? sealStaff(context.ports, { staff, name: changes.name ?? before.name, login: after.login })
      : undefined;
    const entry: Body<'staff.edited'>['changes'] = {
      ...(payload === undefined ? {} : { private: payload.hash }),
      ...(changes.roles === undefined ? {} : { roles: [...new Set(changes.roles)] }),
      ...(changes.active === undefined ? {} : { active: changes.active }),
    };
    context.append(
      'staff.edited',
      { staff, against, changes: entry },
      { payloads: payload === undefined ? [] : [payload] },
    );
    refuseNobodyLeft(context.db);
    if (!after.active) endSessionsOf(context.db, staff, context.now);
    context.changed('staff');
    return personAnswer(staffOf(context.db, staff));
  },

  set_pin: credentialSetter('pin', ({ pin }: { staff: StaffId; pin: string }) => pin),
  set_password: credentialSetter('password', ({ password }: { staff: StaffId; password: string }) => password),
};

function credentialSetter<Input extends { readonly staff: StaffId }>(
  kind: CredentialKind,
  secretOf: (input: Input) => string,
) {
  return prepared({
    prepare: async (context: PrepareContext, input: Input) => {
      refuseReadOnly(context.db);
      staffOf(context.db, input.staff);
      return hashCredential(context.ports, kind, secretOf(input));
    },
    run: (context: CommandContext, { staff }: Input, wrapped: Uint8Array) => {
      refuseReadOnly(context.db);
      staffOf(context.db, staff);
      setCredential(context, staff, kind, wrapped);
      context.changed('staff');
      return {};
    },
  });
}

/** Stores a verifier and says in the journal that it is another one; whoever was locked out may try it at once. */
function setCredential(context: CommandContext, staff: StaffId, credential: CredentialKind, wrapped: Uint8Array): void {
  storeVerifier(context.db, staff, credential, wrapped);
  forgetAttempts(context.db, staff);
  context.append('staff.credential_set', { staff, credential });
}

function staffOf(db: ReadDb, staff: StaffId): StaffMember {
  return findStaff(db, staff) ?? fail('record.not_found', { staff });
}

function refuseUnknownRole(db: ReadDb, roles: readonly StaffMember['roles'][number][]): void {
  for (const role of roles) if (!hasRole(db, role)) fail('record.not_found', { role });
}

/**
 * Refuses what would leave nobody who may change the staff and can sign in to do it: the shop could never undo it. Called
 * after the change was written; the failure takes it back.
 */
function refuseNobodyLeft(db: ReadDb): void {
  const editing = new Set(
    listRoles(db)
      .filter(({ permissions }) => permissions.includes('staff.edit'))
      .map(({ role }) => role),
  );
  const isLeft = listStaff(db).some(
    (person) =>
      person.active && (person.has_pin || person.has_password) && person.roles.some((role) => editing.has(role)),
  );
  if (!isLeft) fail('staff.last_manager');
}

function personAnswer(person: StaffMember): PersonAnswer {
  const { staff, version, name, login, roles, active, has_pin, has_password } = person;
  return { staff, version, name, login, roles: [...roles], active, has_pin, has_password };
}
