import { createHash, hash as hashOnce } from 'node:crypto';
import type { Sha256 } from '../../../shared/journal/chain.ts';

/** SHA-256 over the parts, one after another. */
export const sha256: Sha256 = (...parts) => {
  const [only] = parts;
  // In one call, without an object for it: every command hashes three times.
  if (only !== undefined && parts.length === 1) return hashOnce('sha256', only, 'buffer');
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
