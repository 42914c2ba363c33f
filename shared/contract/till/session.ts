import { z } from 'zod';
import { type ApprovalId, type CommandId, type StaffId, uuid } from '../../ids.ts';
import { command, query } from '../define.ts';
import { instantText } from '../../journal/envelope.ts';
import { credential, login } from './inputs.ts';
import { permission } from './shapes.ts';

const signedIn = z.strictObject({
  staff: uuid<StaffId>(),
  name: z.string(),
  permissions: z.array(permission),
  since: instantText,
});

export const session = {
  choices: query({
    summary: 'List the people who can sign in by PIN.',
    access: 'anyone',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({
      people: z.array(z.strictObject({ staff: uuid<StaffId>(), name: z.string(), has_pin: z.boolean() })),
    }),
  }),
  sign_in: command({
    summary: 'Sign in, by PIN after choosing a name, or by sign-in name and password.',
    access: 'anyone',
    keepsAnswer: false,
    errors: ['session.credential_wrong', 'session.locked_out', 'setup.not_done'],
    input: z.strictObject({
      who: z.union([z.strictObject({ staff: uuid<StaffId>() }), z.strictObject({ login })]),
      credential,
    }),
    output: z.strictObject({ token: z.string(), ...signedIn.shape }),
  }),
  current: query({
    summary: 'Tell who is signed in and what they may do.',
    access: 'signed_in',
    errors: [],
    input: z.strictObject({}),
    output: signedIn,
  }),
  lock: command({
    summary: 'End the session; the basket stays as it is.',
    access: 'signed_in',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  approvers: query({
    summary: 'List the people who may approve what the person at the till may not.',
    access: 'signed_in',
    errors: [],
    input: z.strictObject({ permission }),
    output: z.strictObject({ people: z.array(z.strictObject({ staff: uuid<StaffId>(), name: z.string() })) }),
  }),
  approve: command({
    summary: "Give a manager's approval to one command, named by its UUID before it is sent.",
    access: 'signed_in',
    keepsAnswer: false,
    errors: ['session.credential_wrong', 'session.locked_out', 'permission.missing'],
    input: z.strictObject({
      staff: uuid<StaffId>(),
      credential,
      permission,
      command: uuid<CommandId>(),
    }),
    output: z.strictObject({ approval: uuid<ApprovalId>(), approver: z.string() }),
  }),
};
