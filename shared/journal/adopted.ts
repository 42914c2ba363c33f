/** Entries of a forked chain inside the entries that adopted them. */
import { fromHex, toHex } from '../ids.ts';
import { FormatError } from './canonical.ts';
import { decodeEntry, type Envelope } from './envelope.ts';
import { adopted } from './kinds/chain-kinds.ts';
import type { Sha256 } from './sha256.ts';

/** An entry as it stood in the fork. */
export interface ForkedEntry {
  readonly bytes: Uint8Array;
  /** Hexadecimal, as are all here. */
  readonly hash: string;
  readonly previous_hash: string;
  readonly envelope: Envelope;
}

/**
 * The entry that an `adopted` one holds, and where that one was adopted in its turn, what it holds too: the outermost
 * first, the fact itself last. Each hash is computed again. Throws {@link FormatError} for one that is not proved.
 */
export function openAdopted(sha256: Sha256, envelope: Envelope): readonly [ForkedEntry, ...ForkedEntry[]] {
  const { bytes_base64, hash, previous_hash } = adopted.read(envelope.body);
  const bytes = fromBase64(bytes_base64);
  if (toHex(sha256(fromHex(previous_hash), bytes)) !== hash) throw new FormatError('body_refused', '/body/hash');
  const inner = decodeEntry(bytes);
  if (inner.till !== envelope.till || inner.store !== envelope.store)
    throw new FormatError('body_refused', '/body/bytes_base64: of another till or store');
  if (inner.private?.join() !== envelope.private?.join()) throw new FormatError('body_refused', '/private');
  const forked = { bytes, hash, previous_hash, envelope: inner };
  // Each wrapping is a third longer than what it holds, and the outermost is bounded: so is the depth.
  return inner.kind === 'adopted' ? [forked, ...openAdopted(sha256, inner)] : [forked];
}

/** Base64 has several spellings of the same bytes; the one that would be written is read. */
function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  if (btoa(binary) !== text) throw new FormatError('body_refused', '/body/bytes_base64');
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
