/** Secrets of the till wrapped with a key of this PC, which is never in the till's file. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secrets } from '../till/ports.ts';
import { createFileKey, type SecretKey } from './key.ts';

const iv_bytes = 12;
const tag_bytes = 16;
/** The first byte says how the rest is wrapped. */
const version = 1;
const cipher = 'aes-256-gcm';

/** Secrets under the key file at `path`; see {@link createSecrets}. */
export function createFileSecrets(path: string): Secrets {
  return createSecrets(createFileKey(path));
}

/**
 * Secrets under a key of this PC, which is made at the first wrap: whoever copies a till's folder to another PC has none
 * of its secrets.
 *
 * `unwrap` throws for bytes that were not wrapped with this key, were changed since, or when the key is gone.
 */
export function createSecrets(source: SecretKey): Secrets {
  let kept: Buffer | undefined;
  const key = (): Buffer => {
    kept ??= source.read();
    if (kept === undefined) throw new Error('there is no key of this PC');
    return kept;
  };
  return {
    wrap: (plain) => {
      kept ??= source.read() ?? source.create();
      const iv = randomBytes(iv_bytes);
      const sealing = createCipheriv(cipher, kept, iv, { authTagLength: tag_bytes });
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
