import { z } from 'zod';
import { type StaffId, type StoreId, type TillId, uuid } from '../../ids.ts';
import { instantText } from '../../journal/envelope.ts';
import { storeSettings } from '../../journal/kinds/store-kinds.ts';
import { command, query } from '../define.ts';
import { credential, login, name, password, pin, settingsTyped } from './inputs.ts';

const firstManager = z.strictObject({ name, login, password, pin: pin.nullable() });

export const setup = {
  status: query({
    summary: 'Tell whether the till is set up, and as what.',
    access: 'anyone',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({
      done: z.boolean(),
      store: uuid<StoreId>().nullable(),
      till: uuid<TillId>().nullable(),
      till_code: z.string().nullable(),
      till_name: z.string().nullable(),
      authority: z.enum(['standalone', 'joined']).nullable(),
      demo: z.boolean(),
      settings: storeSettings.nullable(),
    }),
  }),
  open_shop: command({
    summary: 'Open a new shop on this till, with its first manager.',
    access: 'anyone',
    errors: [
      'setup.already_done',
      'zone.unknown',
      'currency.unknown',
      'password.too_long',
      'password.too_short',
      'pin.malformed',
    ],
    input: z.strictObject({
      settings: settingsTyped,
      till_code: z.string().regex(/^[A-Z0-9]{1,8}$/),
      till_name: name,
      manager: firstManager,
    }),
    output: z.strictObject({ staff: uuid<StaffId>() }),
  }),
  try_demo: command({
    summary: 'Fill this till with the demo shop, which can never join a head office.',
    access: 'anyone',
    errors: ['setup.already_done'],
    input: z.strictObject({}),
    output: z.strictObject({ sign_ins: z.array(z.strictObject({ name: z.string(), pin: z.string() })) }),
  }),
  leave: command({
    summary:
      "Leave: keep this till's file aside, read-only, and stand before set-up again. Refused while a shift, a basket or a stock take is open, or anything is not confirmed by the head office.",
    access: 'till.enrol',
    keepsAnswer: false,
    errors: [
      'setup.not_done',
      'session.credential_wrong',
      'session.locked_out',
      'leave.basket_open',
      'leave.shift_open',
      'leave.stock_take_open',
      'leave.unconfirmed',
      'leave.name_wrong',
    ],
    input: z.strictObject({
      /** Of whoever is signed in. */
      credential,
      /** The shop's name, typed: where the till stands alone, nothing of it is anywhere else. Not looked at where it has joined. */
      shop_name: z.string().max(500).nullable(),
    }),
    output: z.strictObject({
      till_code: z.string(),
      till_name: z.string(),
      /** What the name of the kept file ends with. */
      kept: z.string(),
      was_joined: z.boolean(),
      /** Whether the head office heard of it. */
      told: z.boolean(),
    }),
  }),
  join: command({
    summary:
      'Join a head office with a one-time code, as a new till or in the place of a PC that is gone; only a till on which nothing has happened can.',
    access: 'anyone',
    errors: [
      'setup.already_done',
      'enrolment.code_malformed',
      'enrolment.code_refused',
      'enrolment.unreachable',
      'enrolment.other_kind',
      'enrolment.till_inactive',
    ],
    input: z.strictObject({ code: z.string().trim().min(1).max(2000) }),
    output: z.strictObject({
      store: uuid<StoreId>(),
      till: uuid<TillId>(),
      till_code: z.string(),
      /** What came back from the head office; null for a new till. Baskets that were open on the PC before are gone. */
      taken_over: z
        .strictObject({
          entries: z.int(),
          /** The shift that is still open, and who opened it; the name comes with the store's staff. */
          shift: z
            .strictObject({ number: z.int(), opened_at: instantText, opened_by: uuid<StaffId>().nullable() })
            .nullable(),
        })
        .nullable(),
    }),
  }),
  join_with_history: command({
    summary:
      'Join a head office with a shop that already sells: its whole journal goes there, and the head office keeps catalogue, staff and settings from then on.',
    access: 'till.enrol',
    /** `record.changed` where settings or a PIN were changed in the same moment: nothing is lost by asking again. */
    errors: [
      'setup.not_done',
      'enrolment.demo',
      'enrolment.already_joined',
      'enrolment.code_malformed',
      'enrolment.code_refused',
      'enrolment.unreachable',
      'enrolment.other_kind',
      'enrolment.currency_differs',
      'enrolment.shop_known',
      'enrolment.till_code_taken',
      'enrolment.till_inactive',
      'record.changed',
    ],
    input: z.strictObject({
      code: z.string().trim().min(1).max(2000),
      /** What leads receipt numbers from now on; null keeps the code that the till has. */
      till_code: z
        .string()
        .regex(/^[A-Z0-9]{1,8}$/)
        .nullable()
        .default(null),
    }),
    output: z.strictObject({ till_code: z.string() }),
  }),
};
