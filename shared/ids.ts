/**
 * Names that hold across tills are UUIDv7 in canonical lower-case text. Each noun has a brand of its own, so that a
 * `ProductId` can't be handed in where a `SaleId` is meant.
 */
import { z } from 'zod';

declare const brand: unique symbol;

/** A UUID in canonical text: 36 characters, lower case. */
export type Uuid<Noun extends string = string> = string & { readonly [brand]: Noun };

export type StoreId = Uuid<'store'>;
export type TillId = Uuid<'till'>;
export type InstallationId = Uuid<'installation'>;
export type CommandId = Uuid<'command'>;
export type StaffId = Uuid<'staff'>;
export type RoleId = Uuid<'role'>;
export type ProductId = Uuid<'product'>;
export type CategoryId = Uuid<'category'>;
export type TaxId = Uuid<'tax'>;
/** A sale has the UUID of the basket it was. A refund has one of its own. */
export type SaleId = Uuid<'sale'>;
export type LineId = Uuid<'line'>;
export type TenderId = Uuid<'tender'>;
export type ShiftId = Uuid<'shift'>;
export type MovementId = Uuid<'movement'>;
export type CountId = Uuid<'count'>;
export type TransferId = Uuid<'transfer'>;
export type ApprovalId = Uuid<'approval'>;

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `text` is a UUID in canonical lower-case text, of any version. */
export function isUuid(text: string): text is Uuid {
  return canonical.test(text);
}

/** A schema for the UUID of one noun. Refuses upper case and braces: the text is hashed, so there is one spelling. */
export function uuid<Id extends Uuid>(): z.ZodType<Id, Id> {
  // The brand exists in types only; the pattern is what is checked.
  return z.string().regex(canonical) as unknown as z.ZodType<Id, Id>;
}

/** What each character of hexadecimal text stands for, by its code. */
const nibbles = new Uint8Array(128);
for (let value = 0; value < 16; value += 1) nibbles[value.toString(16).charCodeAt(0)] = value;

function byteAt(text: string, at: number): number {
  return ((nibbles[text.charCodeAt(at)] ?? 0) << 4) | (nibbles[text.charCodeAt(at + 1)] ?? 0);
}

/** The 16 bytes of a UUID. Throws a `TypeError` for text that is none. */
export function uuidToBytes(id: Uuid): Uint8Array {
  if (!isUuid(id)) throw new TypeError('not a UUID in canonical text');
  const bytes = new Uint8Array(16);
  let at = 0;
  for (let i = 0; i < 36; i += 2) {
    if (i === 8 || i === 13 || i === 18 || i === 23) i += 1;
    bytes[at] = byteAt(id, i);
    at += 1;
  }
  return bytes;
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The canonical text of 16 bytes. Throws a `TypeError` for any other length. */
export function uuidFromBytes<Id extends Uuid>(bytes: Uint8Array): Id {
  if (bytes.length !== 16) throw new TypeError('a UUID has 16 bytes');
  let text = '';
  for (let i = 0; i < 16; i += 1) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += hexPairs[bytes[i] ?? 0] ?? '';
  }
  // What was just written is canonical text; the noun is the caller's knowledge of the column.
  return text as Id;
}

/** Lower-case hexadecimal text of bytes. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += hexPairs[byte] ?? '';
  return text;
}

/** The bytes of lower-case hexadecimal text. Throws a `TypeError` for anything else. */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new TypeError('not lower-case hexadecimal');
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = byteAt(text, i * 2);
  return bytes;
}
