/** The key that a PC keeps a till's secrets under, in a file beside the till's folder: bare, or sealed by the system. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeNew } from './whole-file.ts';

/** Where the key is. Asked for at the first secret, not before: a key that is there tells that a till was here. */
export interface SecretKey {
  /** Undefined where none was ever made. @throws KeyError */
  read(): Buffer | undefined;
  /** Makes the key, durably, and never over one that is there. */
  create(): Buffer;
}

/**
 * `sealed`: the desktop application sealed it, and only that opens it. `foreign`: it was sealed for another user or PC.
 * `unavailable`: the system keeps no secrets for anybody now. `damaged`: it is no key at all.
 */
export type KeyFault = 'sealed' | 'foreign' | 'unavailable' | 'damaged';

/** The key can't be had. Nothing is lost by that: the till's file is as it was. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly fault: KeyFault;
  constructor(fault: KeyFault, detail: string) {
    super(`key: ${fault}: ${detail}`);
    this.fault = fault;
  }
}

const key_bytes = 32;

const sealedFile = z.strictObject({ version: z.literal(1), sealed: z.base64() });

/** What a key file holds. */
export type KeptKey =
  | { readonly kind: 'bare'; readonly key: Buffer }
  /** What the system made of the key; only the system can undo it. */
  | { readonly kind: 'sealed'; readonly sealed: Buffer };

/** Reads a key file; undefined where there is none. @throws KeyError `damaged` */
export function readKeyFile(path: string): KeptKey | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  if (bytes.length === key_bytes) return { kind: 'bare', key: bytes };
  try {
    return {
      kind: 'sealed',
      sealed: Buffer.from(sealedFile.parse(JSON.parse(bytes.toString('utf8'))).sealed, 'base64'),
    };
  } catch {
    throw new KeyError('damaged', `${path} is neither a key of ${key_bytes} bytes nor a sealed one`);
  }
}

/** The text of a file that holds a sealed key. */
export function sealedKeyText(sealed: Uint8Array): string {
  return `${JSON.stringify({ version: 1, sealed: Buffer.from(sealed).toString('base64') })}\n`;
}

/** A new key. */
export function makeKey(): Buffer {
  return randomBytes(key_bytes);
}

/** Writes a key file where there is none; never over one that another process made a moment ago. */
export function createKeyFile(path: string, content: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeNew(path, content);
}

/** A key that lies bare in its file, which only its owner can read: for a PC without Electron's runtime. */
export function createFileKey(path: string): SecretKey {
  return {
    read: () => {
      const kept = readKeyFile(path);
      if (kept?.kind === 'sealed') throw new KeyError('sealed', path);
      return kept?.key;
    },
    create: () => {
      const key = makeKey();
      createKeyFile(path, key);
      return key;
    },
  };
}
