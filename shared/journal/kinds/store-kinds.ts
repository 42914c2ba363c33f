/** The shop itself: its till, its settings, its staff. */
import { z } from 'zod';
import { type RoleId, type StaffId, uuid } from '../../ids.ts';
import { currencyText, hashText, instantText } from '../envelope.ts';
import { defineKind, type ObjectSchema } from '../kind.ts';
import { positiveMinor, recordVersion, shortName } from './fields.ts';

/** A till was set up. `authority` says who writes the catalogue it sells from. */
export const tillOpened = defineKind('till.opened', 1, (object) =>
  object({
    /** Leads every receipt number of this till: `HS2`. */
    code: z.string().regex(/^[A-Z0-9]{1,8}$/),
    name: shortName,
    authority: z.enum(['standalone', 'joined']),
    /** A demo shop can never join a head office. */
    demo: z.boolean(),
  }),
);

/**
 * A shop that was its own joined a head office, which keeps its catalogue, staff and settings from here on. What the
 * entries before this one say of them is the shop's own word.
 */
export const tillJoined = defineKind('till.joined', 1, (object) =>
  object({
    /** Leads every receipt number from here on; another than before where the head office had a till of that code. */
    code: z.string().regex(/^[A-Z0-9]{1,8}$/),
    name: shortName,
  }),
);

/** What the whole store agrees on. */
const storeSettingsFields = (object: ObjectSchema) =>
  object({
    name: shortName,
    address: z.array(z.string().max(100)).max(6),
    tax_number: z.string().max(40).nullable(),
    currency: currencyText,
    /** An IANA zone, `Europe/London`. */
    zone: z.string().min(1).max(64),
    /** BCP 47, for amounts and dates on receipts: `en-GB`. */
    locale: z.string().min(2).max(35),
    prices_include_tax: z.boolean(),
    tax_rounding: z.enum(['line', 'document']),
    cash_rounding: object({
      step_minor: positiveMinor.min(1),
      mode: z.enum(['half_up', 'up', 'down']),
    }).nullable(),
    receipt_footer: z.string().max(500),
  });
export const storeSettings = storeSettingsFields(z.strictObject);
export type StoreSettings = z.infer<typeof storeSettings>;

/** The settings as a whole, as they are from now on. */
export const settingsRecorded = defineKind('settings.recorded', 1, storeSettingsFields);

/** A role was made or changed: what its holders may do, as a whole. */
export const roleRecorded = defineKind('role.recorded', 1, (object) =>
  object({ role: uuid<RoleId>(), name: shortName, permissions: z.array(z.string().min(1).max(64)).max(500) }),
);

const staffFields = { roles: z.array(uuid<RoleId>()).max(20), active: z.boolean() };

/** A member of staff. The name and sign-in name are in the private payload `private`. */
export const staffCreated = defineKind('staff.created', 1, (object) =>
  object({ staff: uuid<StaffId>(), private: hashText, ...staffFields }),
);

/** What changed of a member of staff, and the version it was changed from. */
export const staffEdited = defineKind('staff.edited', 1, (object) =>
  object({
    staff: uuid<StaffId>(),
    against: recordVersion,
    changes: object({
      private: hashText.optional(),
      roles: staffFields.roles.optional(),
      active: staffFields.active.optional(),
    }),
  }),
);

/** Somebody got another PIN or password. The verifier itself is never in the journal. */
export const staffCredentialSet = defineKind('staff.credential_set', 1, (object) =>
  object({ staff: uuid<StaffId>(), credential: z.enum(['pin', 'password']) }),
);

/** Too many wrong PINs or passwords for one person: no further try before `until`. */
export const staffLockedOut = defineKind('staff.locked_out', 1, (object) =>
  object({ staff: uuid<StaffId>(), failed_attempts: z.int().min(1), until: instantText }),
);
