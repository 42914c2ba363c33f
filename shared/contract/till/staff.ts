import { z } from 'zod';
import { type RoleId, type StaffId, uuid } from '../../ids.ts';
import { command, query } from '../define.ts';
import { login, name, password, pin } from './inputs.ts';
import { permission, role, staff as person } from './shapes.ts';

const roles = z.array(uuid<RoleId>()).max(20);

export const staff = {
  list: query({
    summary: 'List the staff, the inactive too.',
    access: 'staff.view',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({ staff: z.array(person), read_only: z.boolean() }),
  }),
  roles: query({
    summary: 'List the roles and what each may do.',
    access: 'staff.view',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({ roles: z.array(role) }),
  }),
  record_role: command({
    summary: 'Create a role, or change what it may do.',
    access: 'staff.edit',
    errors: ['catalogue.read_only', 'staff.last_manager'],
    input: z.strictObject({ role: uuid<RoleId>(), name, permissions: z.array(permission).max(100) }),
    output: role,
  }),
  create: command({
    summary: 'Add a member of staff.',
    access: 'staff.edit',
    errors: [
      'catalogue.read_only',
      'staff.login_taken',
      'record.not_found',
      'pin.malformed',
      'password.too_long',
      'password.too_short',
    ],
    input: z.strictObject({ name, login, roles, pin: pin.nullable(), password: password.nullable() }),
    output: person,
  }),
  edit: command({
    summary: 'Change a member of staff, or make one inactive or active again.',
    access: 'staff.edit',
    errors: ['catalogue.read_only', 'record.not_found', 'record.changed', 'staff.login_taken', 'staff.last_manager'],
    input: z.strictObject({
      staff: uuid<StaffId>(),
      against: z.int().min(1),
      changes: z.strictObject({
        name: name.optional(),
        login: login.optional(),
        roles: roles.optional(),
        active: z.boolean().optional(),
      }),
    }),
    output: person,
  }),
  set_pin: command({
    summary: 'Give somebody a new PIN.',
    access: 'staff.edit',
    errors: ['catalogue.read_only', 'record.not_found', 'pin.malformed'],
    input: z.strictObject({ staff: uuid<StaffId>(), pin }),
    output: z.strictObject({}),
  }),
  set_password: command({
    summary: 'Give somebody a new password.',
    access: 'staff.edit',
    errors: ['catalogue.read_only', 'record.not_found', 'password.too_long', 'password.too_short'],
    input: z.strictObject({ staff: uuid<StaffId>(), password }),
    output: z.strictObject({}),
  }),
};
