import type { TillContract } from '../../../shared/contract/till.ts';
import { type ApprovalId, uuidToBytes } from '../../../shared/ids.ts';
import type { Actor, QueryContext } from '../context.ts';
import { fail, failAndKeep } from '../failure.ts';
import { type Handlers, prepared } from '../handler.ts';
import { tillIdentity } from '../journal/head.ts';
import { staffName } from '../staff/payload.ts';
import { findByLogin, findStaff, listStaff } from '../staff/repository.ts';
import { keepApproval } from './approval.ts';
import { settleAttempt, tryCredential } from './attempt.ts';
import { permissionsOf } from './find.ts';
import { beginSession, endSession } from './open.ts';

export const sessionHandlers: Handlers<TillContract['session']> = {
  choices: ({ db }) => ({
    people: listStaff(db)
      .filter(({ active }) => active)
      .map(({ staff, name, has_pin }) => ({ staff, name, has_pin })),
  }),

  sign_in: prepared({
    prepare: async (context, { who, credential }) => {
      if (tillIdentity(context.db) === undefined) return fail('setup.not_done');
      // A PIN is short: it counts only for a person who was chosen by name, never for whoever it may fit.
      const byLogin = 'login' in who && credential.kind === 'password' ? findByLogin(context.db, who.login) : undefined;
      const person = 'staff' in who ? findStaff(context.db, who.staff) : byLogin;
      return tryCredential(context, person, credential);
    },
    run: (context, _input, attempt) => {
      const { staff, name } = settleAttempt(context, attempt);
      const session = beginSession(context.db, context.ports.random, staff, context.now);
      context.changed('session');
      return { ...session, staff, name, permissions: [...permissionsOf(context.db, staff)] };
    },
  }),

  current: (context) => {
    const { staff, permissions, since } = actorOf(context);
    return { staff, name: staffName(context.db, staff), permissions: [...permissions], since };
  },

  lock: (context) => {
    endSession(context.db, actorOf(context).session, context.now);
    context.changed('session');
    return {};
  },

  approvers: (context, { permission }) => {
    const own = actorOf(context).staff;
    return {
      people: listStaff(context.db)
        .filter(({ active, staff }) => active && staff !== own && permissionsOf(context.db, staff).has(permission))
        .map(({ name, staff }) => ({ staff, name })),
    };
  },

  approve: prepared({
    prepare: (context, input) => tryCredential(context, findStaff(context.db, input.staff), input.credential),
    run: (context, input, attempt) => {
      const approver = settleAttempt(context, attempt);
      // Kept: the failures that were forgotten with the right PIN stay forgotten.
      if (!permissionsOf(context.db, approver.staff).has(input.permission))
        return failAndKeep('permission.missing', { permission: input.permission });
      const approval = context.newId<ApprovalId>();
      keepApproval(context.db, {
        approval: uuidToBytes(approval),
        approver: uuidToBytes(approver.staff),
        permission: input.permission,
        command: uuidToBytes(input.command),
        now: context.now,
      });
      return { approval, approver: approver.name };
    },
  }),
};

/** Who is signed in, in an operation that dispatch lets nobody else reach. */
function actorOf(context: QueryContext): Actor {
  if (context.actor === null) throw new Error('dispatch let a call without a session through');
  return context.actor;
}
