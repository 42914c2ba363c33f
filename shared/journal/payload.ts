/**
 * Private payloads: personal data (names, addresses, free notes) stored beside an entry under the SHA-256 that the entry
 * holds, so that erasing a person deletes a payload and leaves the chain whole.
 *
 * The salt inside keeps a short payload from being guessed by its hash after it was erased.
 */
import { z } from 'zod';
import { toHex, type Uuid, uuid } from '../ids.ts';
import { decodeCanonical, encodeCanonical, FormatError } from './canonical.ts';
import type { Sha256 } from './chain.ts';
import { maxPayloadBytes } from './limits.ts';

const shape = {
  /** At least 16 random bytes in base64. */
  salt: z
    .string()
    .regex(/^[A-Za-z0-9+/]{22,}={0,2}$/)
    .max(128),
  /** Whom it is about. */
  subject: uuid<Uuid>(),
  name: z.string().min(1).max(200).optional(),
  login: z.string().min(1).max(100).optional(),
  email: z.string().max(254).optional(),
  phone: z.string().max(50).optional(),
  address: z.string().max(1000).optional(),
  note: z.string().max(10_000).optional(),
};
const writerSchema = z.strictObject(shape);
const readerSchema = z.looseObject(shape);

export type PrivatePayload = z.infer<typeof writerSchema>;

/** A payload as it is stored: its bytes under their own SHA-256. */
export interface StoredPayload {
  /** Lower-case hexadecimal. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** Makes the stored form. `salt` must be fresh random bytes, at least 16. Throws {@link FormatError}. */
export function sealPayload(sha256: Sha256, salt: Uint8Array, payload: Omit<PrivatePayload, 'salt'>): StoredPayload {
  if (salt.length < 16) throw new FormatError('value_refused', '/salt');
  const parsed = writerSchema.safeParse({ salt: toBase64(salt), ...payload });
  if (!parsed.success) throw new FormatError('body_refused', (parsed.error.issues[0]?.path ?? []).join('/'));
  const bytes = encodeCanonical(parsed.data, maxPayloadBytes);
  return { hash: toHex(sha256(bytes)), bytes };
}

/** What a stored payload says; fields that a later version added are kept. Throws {@link FormatError}. */
export function openPayload(bytes: Uint8Array): PrivatePayload {
  const parsed = readerSchema.safeParse(decodeCanonical(bytes, maxPayloadBytes));
  if (!parsed.success) throw new FormatError('body_refused', (parsed.error.issues[0]?.path ?? []).join('/'));
  return parsed.data;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
