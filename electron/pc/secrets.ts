/** Secrets of the till wrapped with a key of this PC, which is never in the till's file. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Secrets } from '../till/ports.ts';

const key_bytes = 32;
const iv_bytes = 12;
const tag_bytes = 16;
/** The first byte says how the rest is wrapped. */
const version = 1;
const cipher = 'aes-256-gcm';

/**
 * Secrets under a key file that only its owner can read. The key is made at the first wrap: whoever copies a till's
 * folder to another PC has none of its secrets, and a key that is there tells that a till was here.
 *
 * `unwrap` throws for bytes that were not wrapped with this key, were changed since, or when the key is gone.
 */
export function createFileSecrets(path: string): Secrets {
  let kept: Buffer | undefined;
  const key = (): Buffer => (kept ??= readKey(path));
  return {
    wrap: (plain) => {
      if (kept === undefined && !existsSync(path)) createKey(path);
      const iv = randomBytes(iv_bytes);
      const sealing = createCipheriv(cipher, key(), iv, { authTagLength: tag_bytes });
      sealing.setAAD(Buffer.of(version));
      const sealed = Buffer.concat([sealing.update(plain), sealing.final()]);
      return new Uint8Array(Buffer.concat([Buffer.of(version), iv, sealing.getAuthTag(), sealed]));
    },
    unwrap: (wrapped) => {
      const bytes = Buffer.from(wrapped);
      const start = 1 + iv_bytes + tag_bytes;
      if (bytes[0] !== version || bytes.length < start) throw new Error('these bytes are not a wrapped secret');
      const opening = createDecipheriv(cipher, key(), bytes.subarray(1, 1 + iv_bytes), { authTagLength: tag_bytes });
      opening.setAAD(Buffer.of(version));
      opening.setAuthTag(bytes.subarray(1 + iv_bytes, start));
      return new Uint8Array(Buffer.concat([opening.update(bytes.subarray(start)), opening.final()]));
    },
  };
}

function createKey(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  // `wx`: never over a key that is there, not even one that another process made a moment ago.
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, randomBytes(key_bytes));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readKey(path: string): Buffer {
  const key = readFileSync(path);
  if (key.length !== key_bytes) throw new Error(`${path} is not a key of ${key_bytes} bytes`);
  const isOpen = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
  if (isOpen) chmodSync(path, 0o600);
  return key;
}
