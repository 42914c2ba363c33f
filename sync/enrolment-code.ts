/**
 * The text that makes a till join: `db.example.com:5432/harbour/7K3M-…`. Where the head office is, then in base 32 the
 * code's login, its secret, the fingerprint of the certificate authority, and a check over all of it, so that a slip of
 * the finger is told before anybody is asked.
 */
import { createHash } from 'node:crypto';
import { fromHex, toHex } from '../shared/ids.ts';

export interface EnrolmentCode {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Ten hexadecimal digits. */
  readonly login: string;
  /** Thirty hexadecimal digits. */
  readonly secret: string;
  /** The first 16 bytes of the SHA-256 of the CA's certificate (DER), in hexadecimal; null for a head office on this PC. */
  readonly ca_fingerprint: string | null;
}

export type ReadCode =
  | { readonly ok: true; readonly code: EnrolmentCode }
  /** `shape`: not a code at all, or a part is missing. `mistyped`: the check does not fit. */
  | { readonly ok: false; readonly fault: 'shape' | 'mistyped' };

// Crockford's: no I, L, O, U, so that nothing read aloud or typed is mistaken.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bytesWithoutCa = 24;
const bytesWithCa = 40;
const checkBytes = 4;

/** The code as it is shown: groups of four. Throws a `TypeError` for a part that is not as described. */
export function formatCode(code: EnrolmentCode): string {
  const place = placeOf(code);
  if (readPlace(place) === undefined) throw new TypeError('host, port or database can not stand in a code');
  const bytes = Buffer.concat([fromHex(code.login), fromHex(code.secret), fromHex(code.ca_fingerprint ?? '')]);
  if (code.login.length !== 10 || code.secret.length !== 30 || ![0, 16].includes(bytes.length - 20))
    throw new TypeError('login, secret or fingerprint has the wrong length');
  const text = toBase32(Buffer.concat([bytes, checkOf(place, bytes)]));
  return `${place}/${(text.match(/.{1,4}/g) ?? []).join('-')}`;
}

/** Reads a code as somebody typed it: any case, with or without hyphens and spaces, O for 0, I and L for 1. */
export function readCode(typed: string): ReadCode {
  const text = typed.replaceAll(/\s/g, '');
  const cut = text.lastIndexOf('/');
  const place = readPlace(text.slice(0, Math.max(0, cut)).toLowerCase());
  const bytes = fromBase32(text.slice(cut + 1));
  if (place === undefined || bytes === undefined) return { ok: false, fault: 'shape' };
  if (bytes.length !== bytesWithCa && bytes.length !== bytesWithoutCa) return { ok: false, fault: 'shape' };
  const content = bytes.subarray(0, -checkBytes);
  if (!checkOf(placeOf(place), content).equals(bytes.subarray(-checkBytes))) return { ok: false, fault: 'mistyped' };
  const code: EnrolmentCode = {
    ...place,
    login: toHex(content.subarray(0, 5)),
    secret: toHex(content.subarray(5, 20)),
    ca_fingerprint: content.length === 20 ? null : toHex(content.subarray(20)),
  };
  return { ok: true, code };
}

type Place = Pick<EnrolmentCode, 'host' | 'port' | 'database'>;

function placeOf({ host, port, database }: Place): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
}

function readPlace(text: string): Place | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+)):(\d{1,5})\/([a-z0-9_-]{1,63})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  const database = match?.[4];
  if (host === undefined || database === undefined || port < 1 || port > 65_535) return undefined;
  return { host, port, database };
}

function checkOf(place: string, content: Uint8Array): Buffer {
  return createHash('sha256').update(place).update('/').update(content).digest().subarray(0, checkBytes);
}

function toBase32(bytes: Uint8Array): string {
  let text = '';
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(pending >> bits) & 31] ?? '';
    }
    pending &= 31;
  }
  return bits > 0 ? text + (alphabet[(pending << (5 - bits)) & 31] ?? '') : text;
}

function fromBase32(typed: string): Buffer | undefined {
  const text = typed.toUpperCase().replaceAll('-', '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const bytes: number[] = [];
  let pending = 0;
  let bits = 0;
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return undefined;
    pending = (pending << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((pending >> bits) & 255);
      pending &= (1 << bits) - 1;
    }
  }
  // What is left over is padding: anything but zeros there would be a second spelling of the same code.
  return pending === 0 ? Buffer.from(bytes) : undefined;
}
