import { startingRoles } from '../../../shared/contract/permissions.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import { harbourStreet } from '../../../shared/demo/harbour-street.ts';
import {
  type InstallationId,
  type RoleId,
  type StaffId,
  type StoreId,
  type TillId,
  toHex,
} from '../../../shared/ids.ts';
import { ChainReader, genesisHash } from '../../../shared/journal/chain.ts';
import { type CommandContext, newId, type QueryContext } from '../context.ts';
import { fail } from '../failure.ts';
import { type Handlers, prepared } from '../handler.ts';
import { sha256 } from '../journal/sha256.ts';
import { type EntryIdentity, tillIdentity } from '../journal/head.ts';
import { keepReceived } from '../journal/payloads.ts';
import { firstSeries } from '../journal/series.ts';
import { takeEntry } from '../journal/take.ts';
import { openedShift } from '../shift/find.ts';
import type { OutgoingEntry } from '../sync/outgoing.ts';
import { joinWithHistory } from './join-shop.ts';
import { hashCredential, storeVerifier } from '../session/verifier.ts';
import { checkSettings } from '../settings/check.ts';
import { findSettings } from '../settings/read.ts';
import { sealStaff } from '../staff/payload.ts';
import { leave } from './leave.ts';

function checkNew(context: QueryContext): void {
  if (tillIdentity(context.db) !== undefined) fail('setup.already_done');
}

/** The first entries of a journal: the epoch, and what the till is. */
function openTill(
  context: CommandContext,
  identity: EntryIdentity,
  till: {
    readonly code: string;
    readonly name: string;
    readonly authority: 'standalone' | 'joined';
    readonly demo: boolean;
  },
): void {
  // Before the commit: a PC that goes down in between finds a mark without a till, never a till without its mark.
  context.ports.mark.write({ installation: identity.installation, seq: 0, hash: null });
  context.append(
    'epoch.opened',
    {
      reason: 'first',
      previous_head: { epoch: 0, seq: 0, hash: toHex(genesisHash(sha256, identity.installation)) },
      series: firstSeries,
    },
    { identity },
  );
  context.append('till.opened', till);
}

interface FirstPerson {
  readonly staff: StaffId;
  readonly name: string;
  readonly login: string;
  readonly role: keyof typeof startingRoles;
  readonly verifiers: readonly { readonly credential: 'pin' | 'password'; readonly wrapped: Uint8Array }[];
}

/** The roles that a shop starts with, and its first people. */
function hireStaff(context: CommandContext, people: readonly FirstPerson[]): void {
  const roles = { cashier: context.newId<RoleId>(), manager: context.newId<RoleId>() };
  for (const name of ['cashier', 'manager'] as const)
    context.append('role.recorded', { role: roles[name], name, permissions: [...startingRoles[name]] });
  for (const person of people) {
    const payload = sealStaff(context.ports, person);
    context.append(
      'staff.created',
      { staff: person.staff, private: payload.hash, roles: [roles[person.role]], active: true },
      { payloads: [payload] },
    );
    for (const { credential, wrapped } of person.verifiers) {
      storeVerifier(context.db, person.staff, credential, wrapped);
      context.append('staff.credential_set', { staff: person.staff, credential });
    }
  }
}

function newIdentity(context: CommandContext): EntryIdentity {
  return {
    store: context.newId<StoreId>(),
    till: context.newId<TillId>(),
    installation: context.newId<InstallationId>(),
    epoch: 1,
  };
}

/**
 * Takes over a till from a PC that is gone: its journal comes from the head office, entry by entry proved to be one chain,
 * and the epoch of this PC opens after it.
 */
function takeOver(context: CommandContext, installation: InstallationId, history: readonly OutgoingEntry[]): void {
  context.ports.mark.write({ installation, seq: 0, hash: null });
  const chain = new ChainReader(sha256);
  for (const entry of history) {
    const next = chain.next(entry);
    if ('broken' in next) throw new Error(`the head office's entry ${next.broken.seq} is not of this chain`);
    keepReceived(context.db, entry.payloads);
    takeEntry(context.db, entry, next.envelope);
  }
  // This very command may have taken the till over before, on a disk that was then set back.
  context.identity({ countsOn: true });
}

export const setupHandlers: Handlers<TillContract['setup']> = {
  leave,
  status: ({ db }) => {
    const identity = tillIdentity(db);
    return {
      done: identity !== undefined,
      store: identity?.store ?? null,
      till: identity?.till ?? null,
      till_code: identity?.code ?? null,
      till_name: identity?.name ?? null,
      authority: identity?.authority ?? null,
      demo: identity?.demo ?? false,
      settings: findSettings(db) ?? null,
    };
  },

  open_shop: prepared({
    isAlone: true,
    prepare: async (context, input) => {
      checkNew(context);
      checkSettings(input.settings);
      const { manager } = input;
      const password = await hashCredential(context.ports, 'password', manager.password);
      const pin = manager.pin === null ? undefined : await hashCredential(context.ports, 'pin', manager.pin);
      return { password, pin };
    },
    run: (context, input, { password, pin }) => {
      checkNew(context);
      openTill(context, newIdentity(context), {
        code: input.till_code,
        name: input.till_name,
        authority: 'standalone',
        demo: false,
      });
      context.append('settings.recorded', input.settings);
      const staff = context.newId<StaffId>();
      hireStaff(context, [
        {
          staff,
          name: input.manager.name,
          login: input.manager.login,
          role: 'manager',
          verifiers: [
            { credential: 'password', wrapped: password },
            ...(pin === undefined ? [] : [{ credential: 'pin' as const, wrapped: pin }]),
          ],
        },
      ]);
      context.changed('settings');
      context.changed('staff');
      return { staff };
    },
  }),

  try_demo: prepared({
    isAlone: true,
    prepare: async (context) => {
      checkNew(context);
      const people: FirstPerson[] = [];
      for (const { name, login, role, pin } of harbourStreet.staff) {
        const wrapped = await hashCredential(context.ports, 'pin', pin);
        people.push({
          staff: newId(context.ports, context.now),
          name,
          login,
          role,
          verifiers: [{ credential: 'pin', wrapped }],
        });
      }
      return people;
    },
    run: (context, _input, people) => {
      checkNew(context);
      openTill(context, newIdentity(context), { code: 'HS1', name: 'Till 1', authority: 'standalone', demo: true });
      context.append('settings.recorded', harbourStreet.settings);
      hireStaff(context, people);
      for (const tax of harbourStreet.taxes) context.append('tax.recorded', tax);
      for (const category of harbourStreet.categories) context.append('category.recorded', category);
      for (const product of harbourStreet.products) context.append('product.created', product);
      for (const kind of ['settings', 'staff', 'catalogue'] as const) context.changed(kind);
      return { sign_ins: harbourStreet.staff.map(({ name, pin }) => ({ name, pin })) };
    },
  }),

  join: prepared({
    isAlone: true,
    prepare: async (context, input) => {
      checkNew(context);
      if (context.ports.headOffice === undefined) return fail('enrolment.unreachable');
      return context.ports.headOffice.enrol(input.code, newId<InstallationId>(context.ports, context.now));
    },
    run: (context, _input, enrolled) => {
      checkNew(context);
      const { code, history, installation, store, till } = enrolled;
      if (history.length > 0) {
        takeOver(context, installation, history);
        const { name } = enrolled;
        const before = tillIdentity(context.db);
        // The one before was gone before the head office had heard what it is called.
        if (before?.code === '') context.append('till.opened', { code, name, authority: 'joined', demo: false });
        // It may have been a shop of its own that had sent no more than this: now it has joined with it.
        if (before?.authority !== 'joined') context.append('till.joined', { code, name });
        for (const kind of ['settings', 'staff', 'catalogue'] as const) context.changed(kind);
        return {
          store,
          till,
          till_code: code,
          taken_over: { entries: history.length, shift: openedShift(context.db) },
        };
      }
      openTill(
        context,
        { store, till, installation, epoch: 1 },
        { code, name: enrolled.name, authority: 'joined', demo: false },
      );
      context.changed('settings');
      return { store, till, till_code: code, taken_over: null };
    },
  }),

  join_with_history: joinWithHistory,
};
