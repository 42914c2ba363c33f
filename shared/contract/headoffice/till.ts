import { z } from 'zod';
import { type InstallationId, type StoreId, type TillId, uuid } from '../../ids.ts';
import { instantText } from '../../journal/envelope.ts';
import { command, query } from '../define.ts';
import { name } from '../till/inputs.ts';
import { limit } from '../till/shapes.ts';
import { note } from './inbox.ts';
import { storeName, tillName, tillRow } from './shapes.ts';

const till = uuid<TillId>();

export const tillOperations = {
  list: query({
    summary: "List the tills, each one's head against the one that is held here, the worst first.",
    access: 'sync.view',
    errors: [],
    input: z.strictObject({ store: uuid<StoreId>().nullable().default(null) }),
    output: z.strictObject({ tills: z.array(tillRow), now: instantText }),
  }),
  rename: command({
    summary: 'Give a till another name. Its code stays: it leads receipt numbers.',
    access: 'till.enrol',
    errors: ['record.not_found'],
    input: z.strictObject({ till, name }),
    output: z.strictObject({}),
  }),
  set_active: command({
    summary: 'Take a till out of use, or into use again. It sells on, but nothing of it is taken any more.',
    access: 'till.enrol',
    errors: ['record.not_found'],
    input: z.strictObject({ till, active: z.boolean() }),
    output: z.strictObject({}),
  }),
  decide_installation: command({
    summary: 'Decide which of the PCs that asked speaks for a till from now on. Every other one sells on and says so.',
    access: 'till.enrol',
    /** `record.not_found` also for an installation that never asked. */
    errors: ['record.not_found'],
    input: z.strictObject({ till, installation: uuid<InstallationId>() }),
    output: z.strictObject({}),
  }),
  pass_over: command({
    summary: 'Decide that a PC which asked does not speak for a till: it is shown again only if it sells on.',
    access: 'till.enrol',
    /** `record.not_found` also where it has sold on since it was shown. */
    errors: ['record.not_found'],
    input: z.strictObject({
      till,
      installation: uuid<InstallationId>(),
      /** How many entries it told of, as shown. */
      reported_seq: z.int().min(0),
    }),
    output: z.strictObject({}),
  }),
};

export const quarantine = {
  list: query({
    summary: 'List entries that are held but could not be read into the tables, with the reason.',
    access: 'sync.view',
    errors: [],
    input: z.strictObject({
      limit: limit.default(100),
      /** What could not be read, or what newer tills sent and a newer head office will read. */
      of: z.enum(['unread', 'newer']).default('unread'),
    }),
    output: z.strictObject({
      entries: z.array(
        z.strictObject({
          ...storeName,
          ...tillName,
          seq: z.int(),
          kind: z.string().nullable(),
          /** `unknown_kind` where a newer version will read it, else PostgreSQL's code. */
          code: z.string(),
          reason: z.string(),
          since: instantText,
          note,
          is_noted: z.boolean(),
        }),
      ),
      total: z.int(),
    }),
  }),
  project_again: command({
    summary: 'Read an entry into the tables that could not be read when it came.',
    access: 'till.enrol',
    errors: ['record.not_found'],
    input: z.strictObject({ till, seq: z.int().min(1) }),
    output: z.strictObject({
      projected: z.boolean(),
      /** Why not, as in the list; null where it was. */
      code: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  }),
};

const valid_minutes = z.int().min(5).max(43_200).default(60);

/** `code` is what is typed: the till reads the login and the secret in it. */
const madeCode = z.strictObject({ code: z.string(), login: z.string(), expires_at: instantText });

export const enrolment = {
  list: query({
    summary: 'List the enrolment codes that are open or were used lately; never their secrets.',
    access: 'till.enrol',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({
      codes: z.array(
        z.strictObject({
          /** Names the code; it is no secret. */
          login: z.string(),
          /** Null while nobody has used a code for a shop that brings its own store and till. */
          store: uuid<StoreId>().nullable(),
          store_name: z.string().nullable(),
          till_code: z.string().nullable(),
          till_name: z.string().nullable(),
          /** Whether it is for a shop that already sells. */
          is_history: z.boolean(),
          /** Whether it is for a new PC of a till that is there. */
          is_takeover: z.boolean(),
          created_by: z.string().nullable(),
          created_at: instantText,
          expires_at: instantText,
          used_at: instantText.nullable(),
        }),
      ),
    }),
  }),
  create: command({
    summary: 'Make a one-time code with which a till joins a store. It is shown once and kept nowhere.',
    access: 'till.enrol',
    keepsAnswer: false,
    /** `input.malformed` with `where: 'till_code'` when another till or an open code has it. */
    errors: ['record.not_found', 'input.malformed'],
    input: z.strictObject({
      store: uuid<StoreId>(),
      /** Leads every receipt number of the till: `HS2`. */
      till_code: z.string().regex(/^[A-Z0-9]{1,8}$/),
      till_name: name,
      valid_minutes,
    }),
    output: madeCode,
  }),
  create_history: command({
    summary:
      'Make a one-time code with which a shop that already sells joins, as a store of its own with all that it has. It is shown once.',
    access: 'till.enrol',
    keepsAnswer: false,
    errors: [],
    input: z.strictObject({ valid_minutes }),
    output: madeCode,
  }),
  create_takeover: command({
    summary: 'Make a one-time code with which a new PC takes over a till and gets its journal back. It is shown once.',
    access: 'till.enrol',
    keepsAnswer: false,
    /** `input.malformed` with `where: 'till'` when a code for it is open. */
    errors: ['record.not_found', 'input.malformed', 'enrolment.till_inactive'],
    input: z.strictObject({ till, valid_minutes }),
    output: madeCode,
  }),
  cancel: command({
    summary: 'Withdraw an enrolment code that nobody has used.',
    access: 'till.enrol',
    errors: ['record.not_found'],
    input: z.strictObject({ login: z.string().min(1).max(63) }),
    output: z.strictObject({}),
  }),
};
