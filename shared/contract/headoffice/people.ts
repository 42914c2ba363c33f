import { z } from 'zod';
import { type RoleId, type StaffId, type StoreId, uuid } from '../../ids.ts';
import { command, query } from '../define.ts';
import { login, name, password, pin } from '../till/inputs.ts';
import { permission, role, staff as person } from '../till/shapes.ts';
import { officeRole, type OfficeRoleId, officeUser, type OfficeUserId } from './shapes.ts';

const roles = z.array(uuid<RoleId>()).max(20);
const stores = z.array(uuid<StoreId>()).min(1).max(500);

/** Somebody who works at tills, and where. */
const member = z.strictObject({ ...person.shape, stores: z.array(uuid<StoreId>()) });

export const staff = {
  list: query({
    summary: 'List the staff of all stores or of one, the inactive too.',
    access: 'staff.view',
    errors: [],
    input: z.strictObject({ store: uuid<StoreId>().nullable().default(null) }),
    output: z.strictObject({ staff: z.array(member) }),
  }),
  roles: query({
    summary: 'List the roles of the tills and what each may do.',
    access: 'staff.view',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({ roles: z.array(role) }),
  }),
  record_role: command({
    summary: 'Create a role of the tills, or change what it may do.',
    access: 'staff.edit',
    errors: ['staff.last_manager'],
    input: z.strictObject({ role: uuid<RoleId>(), name, permissions: z.array(permission).max(100) }),
    output: role,
  }),
  create: command({
    summary: 'Add a member of staff, with a PIN, a password or both; their stores’ tills learn of it by the feed.',
    access: 'staff.edit',
    errors: ['staff.login_taken', 'record.not_found', 'pin.malformed', 'password.too_long', 'password.too_short'],
    input: z.strictObject({ name, login, roles, stores, pin: pin.nullable(), password: password.nullable() }),
    output: member,
  }),
  edit: command({
    summary: 'Change a member of staff, or make one inactive or active again.',
    access: 'staff.edit',
    errors: ['record.not_found', 'record.changed', 'staff.login_taken', 'staff.last_manager'],
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
    output: member,
  }),
  set_pin: command({
    summary: 'Give somebody a new PIN.',
    access: 'staff.edit',
    errors: ['record.not_found', 'pin.malformed'],
    input: z.strictObject({ staff: uuid<StaffId>(), pin }),
    output: z.strictObject({}),
  }),
  set_password: command({
    summary: 'Give somebody a new password.',
    access: 'staff.edit',
    errors: ['record.not_found', 'password.too_long', 'password.too_short'],
    input: z.strictObject({ staff: uuid<StaffId>(), password }),
    output: z.strictObject({}),
  }),
};

export const user = {
  list: query({
    summary: 'List who may sign in at the head office.',
    access: 'settings.edit',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({ users: z.array(officeUser), roles: z.array(officeRole) }),
  }),
  create: command({
    summary: 'Let somebody sign in at the head office.',
    access: 'settings.edit',
    errors: ['staff.login_taken', 'record.not_found', 'permission.missing', 'password.too_long', 'password.too_short'],
    input: z.strictObject({ login, name, roles: z.array(uuid<OfficeRoleId>()).min(1).max(20), password }),
    output: officeUser,
  }),
  edit: command({
    summary: 'Change the name or the roles of somebody at the head office, or let them sign in no longer.',
    access: 'settings.edit',
    errors: ['record.not_found', 'permission.missing', 'staff.last_manager'],
    input: z.strictObject({
      user: uuid<OfficeUserId>(),
      name,
      roles: z.array(uuid<OfficeRoleId>()).min(1).max(20),
      active: z.boolean(),
    }),
    output: officeUser,
  }),
  set_password: command({
    summary: 'Give somebody at the head office a new password; their sessions end.',
    access: 'settings.edit',
    errors: ['record.not_found', 'permission.missing', 'password.too_long', 'password.too_short'],
    input: z.strictObject({ user: uuid<OfficeUserId>(), password }),
    output: z.strictObject({}),
  }),
};
