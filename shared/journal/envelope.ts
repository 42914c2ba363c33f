/**
 * The envelope: what every entry of the journal says, whatever its kind. Frozen: its golden vectors may only be added to.
 *
 * The whole envelope is hashed, not the body alone, so nobody can relabel an entry (another till, another day, another
 * kind) and keep the chain valid.
 */
import { z } from 'zod';
import { type CommandId, type InstallationId, type StaffId, type StoreId, type TillId, uuid } from '../ids.ts';
import { decodeCanonical, encodeCanonical, FormatError, type Json } from './canonical.ts';
import { maxEntryBytes, maxOwnEntryBytes, maxPayloadsPerEntry, maxSmallCount } from './limits.ts';
import { quickCheck } from './quick-check.ts';

/** A SHA-256 in lower-case hexadecimal: 64 characters. */
export const hashText = z.string().regex(/^[0-9a-f]{64}$/);

const instantPattern =
  /^(?:19|2\d)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const datePattern = /^(?:19|2\d)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** Whether a text that has the form of an instant is one: 30 February has the form, too. */
function isInstant(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

/** An instant in UTC with milliseconds, `2026-11-21T09:30:00.000Z`; the years 1900 to 2999. 30 February is refused. */
export const instantText = z.string().regex(instantPattern).refine(isInstant);

/** A date of the calendar, `2026-11-21`. */
export const dateText = z
  .string()
  .regex(datePattern)
  .refine((text) => isInstant(`${text}T00:00:00.000Z`));

/** A currency of ISO 4217 by its letters. Whether we know it is asked where money is made, not here. */
export const currencyText = z.string().regex(/^[A-Z]{3}$/);

const shape = {
  store: uuid<StoreId>(),
  till: uuid<TillId>(),
  /** One copy of Evertill's data on one PC. It changes only with `epoch.opened`. */
  installation: uuid<InstallationId>(),
  /** From 1; grows by one with each `epoch.opened`, never otherwise. */
  epoch: z.int().min(1).max(maxSmallCount),
  /** From 1, without gaps, never restarted. */
  seq: z.int().min(1),
  kind: z
    .string()
    .regex(/^[a-z][a-z_]*(?:\.[a-z][a-z_]*)?$/)
    .max(64),
  /** The version of the kind's body, from 1. */
  version: z.int().min(1).max(maxSmallCount),
  /** The command that wrote the entry. `(command, n)` is unique within a till. */
  command: uuid<CommandId>(),
  /** The entry's place among those of its command, from 0. */
  n: z.int().min(0).max(maxSmallCount),
  /** Who did it; null where nobody is signed in (set-up, a lockout). */
  actor: uuid<StaffId>().nullable(),
  /** Who allowed it, where that is somebody else: a manager's override. */
  approver: uuid<StaffId>().optional(),
  /** The till's clock. Never an order: `seq` is that. */
  at: instantText,
  /** Minutes east of UTC that the till showed at that moment. */
  offset: z.int().min(-1080).max(1080),
  /** The day that the shop books it under; null before a day is open. */
  business_date: dateText.nullable(),
  /** The currency of every amount in the body; null where there is none yet. */
  currency: currencyText.nullable(),
  body: z.custom<{ readonly [key: string]: Json }>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  ),
  /** SHA-256 of each private payload that belongs to the entry, ascending, none twice. */
  private: z
    .array(hashText)
    .min(1)
    .max(maxPayloadsPerEntry)
    .refine((hashes) => hashes.every((hash, i) => i === 0 || (hashes[i - 1] ?? '') < hash))
    .optional(),
};

const writerSchema = z.strictObject(shape);
const readerSchema = z.looseObject(shape);
const isSound = quickCheck(writerSchema);

/** An entry's envelope as it is written. Field order is the order of the bytes. */
export type Envelope = z.infer<typeof writerSchema>;

/** The names of the fields in the order in which they are written. */
const order = Object.keys(shape);

/** The bytes of an entry. Throws {@link FormatError} for an envelope that the format refuses. */
export function encodeEntry(envelope: Envelope): Uint8Array {
  if (isSound?.(envelope) === true) return encodeCanonical(envelope, maxBytesOf(envelope));
  const parsed = writerSchema.safeParse(envelope);
  if (!parsed.success) throw new FormatError('envelope_refused', path(parsed.error));
  const given: Record<string, unknown> = { ...parsed.data };
  const ordered: Record<string, unknown> = {};
  for (const name of order) if (given[name] !== undefined) ordered[name] = given[name];
  return encodeCanonical(ordered, maxBytesOf(envelope));
}

/** The envelope that bytes hold; fields that a later version added are kept. Throws {@link FormatError}. */
export function decodeEntry(bytes: Uint8Array): Envelope {
  const parsed = readerSchema.safeParse(decodeCanonical(bytes));
  if (!parsed.success) throw new FormatError('envelope_refused', path(parsed.error));
  if (bytes.length > maxBytesOf(parsed.data)) throw new FormatError('too_large', '');
  return parsed.data;
}

/** An adopted entry holds another one whole, so it may be larger than what it holds. */
function maxBytesOf({ kind }: Envelope): number {
  return kind === 'adopted' ? maxEntryBytes : maxOwnEntryBytes;
}

function path(error: z.ZodError): string {
  return (error.issues[0]?.path ?? []).map((part) => `/${String(part)}`).join('');
}
