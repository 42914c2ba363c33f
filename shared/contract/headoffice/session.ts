import { z } from 'zod';
import { uuid } from '../../ids.ts';
import { instantText } from '../../journal/envelope.ts';
import { command, query } from '../define.ts';
import { login, password } from '../till/inputs.ts';
import { currency, type OfficeUserId, permission, storeName } from './shapes.ts';

const signedIn = z.strictObject({
  user: uuid<OfficeUserId>(),
  login: z.string(),
  name: z.string(),
  permissions: z.array(permission),
  since: instantText,
  expires_at: instantText,
});

export const session = {
  sign_in: command({
    summary: 'Sign in with sign-in name and password.',
    access: 'anyone',
    keepsAnswer: false,
    errors: ['session.credential_wrong', 'session.locked_out'],
    input: z.strictObject({
      login,
      password: z.string().min(1).max(1024),
    }),
    /** The server takes `token` out and puts it in a cookie that no script can read; a page gets it empty. */
    output: z.strictObject({ token: z.string(), ...signedIn.shape }),
  }),
  current: query({
    summary: 'Tell who is signed in, what they may do, and the stores there are.',
    access: 'signed_in',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({
      ...signedIn.shape,
      company: z.string(),
      /** What prices in the catalogue are in; null while there is no store. */
      currency: currency.nullable(),
      locale: z.string().nullable(),
      stores: z.array(z.strictObject({ ...storeName, currency, zone: z.string(), locale: z.string() })),
    }),
  }),
  sign_out: command({
    summary: 'End the session.',
    access: 'signed_in',
    keepsAnswer: false,
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  change_password: command({
    summary: 'Change your own password; every other session of yours ends.',
    access: 'signed_in',
    errors: ['session.credential_wrong', 'session.locked_out', 'password.too_long', 'password.too_short'],
    input: z.strictObject({ current: z.string().min(1).max(1024), password }),
    output: z.strictObject({}),
  }),
};

export const sync = {
  pulse: query({
    summary:
      'Tell whether anything has come in or was edited: another text than last time means to ask again. With what was seen last, the answer waits until there is another, for some seconds at most.',
    access: 'signed_in',
    errors: [],
    input: z.strictObject({
      seen: z.strictObject({ tills: z.string().max(200), edits: z.string().max(200) }).optional(),
    }),
    output: z.strictObject({
      /** Another one when a till has sent or told anything. */
      tills: z.string(),
      /** Another one when somebody here has edited anything. */
      edits: z.string(),
      now: instantText,
    }),
  }),
};
