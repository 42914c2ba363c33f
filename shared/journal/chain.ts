/**
 * The chain: `hash(n) = SHA-256(hash(n−1) ‖ bytes(n))`, `hash(0) = SHA-256(installation id)`.
 *
 * Two heads `(seq, hash)` that are equal prove that both sides hold the same entries, all of them, in the same order.
 */
import type { InstallationId, StoreId, TillId } from '../ids.ts';
import { toHex } from '../ids.ts';
import { FormatError } from './canonical.ts';
import { decodeEntry, type Envelope } from './envelope.ts';

/** SHA-256 over the parts, one after another. Given by the runtime, so that this module runs anywhere. */
export type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array;

/** An entry as it is stored: its bytes and their link in the chain. */
export interface Entry {
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
}

/** The last entry of a chain: `seq` 0 and the genesis hash where there is none. */
export interface Head {
  readonly seq: number;
  readonly hash: Uint8Array;
}

/** `hash(0)`: over the UTF-8 of the installation id's canonical text, 36 bytes. */
export function genesisHash(sha256: Sha256, installation: InstallationId): Uint8Array {
  return sha256(new TextEncoder().encode(installation));
}

/** The hash of an entry that follows one whose hash is `previous`. */
export function entryHash(sha256: Sha256, previous: Uint8Array, bytes: Uint8Array): Uint8Array {
  return sha256(previous, bytes);
}

export function isSameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export type ChainFault =
  | 'format'
  | 'hash'
  | 'gap'
  | 'epoch'
  | 'installation'
  | 'till'
  | 'genesis'
  | 'command_repeated';

/** The first entry that breaks the chain. `seq` is where it stands, counted from 1, whatever the entry itself says. */
export interface BrokenEntry {
  readonly seq: number;
  readonly fault: ChainFault;
  readonly detail: string;
}

/**
 * Follows a chain entry by entry. `next` returns the decoded envelope, or the fault: after a fault the chain must not be
 * followed further. Besides the hashes it checks what a forger with SHA-256 at hand could still try: gaps, another till's
 * or store's entries, an installation or epoch that changes anywhere but at `epoch.opened`.
 */
export class ChainReader {
  readonly #sha256: Sha256;
  #seq = 0;
  #hash: Uint8Array | undefined;
  #epoch = 0;
  #store: StoreId | undefined;
  #till: TillId | undefined;
  #installation: InstallationId | undefined;

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  /** The last good entry; undefined before the first. */
  get head(): Head | undefined {
    return this.#hash === undefined ? undefined : { seq: this.#seq, hash: this.#hash };
  }

  next(entry: Entry): { readonly envelope: Envelope } | { readonly broken: BrokenEntry } {
    const seq = this.#seq + 1;
    const broken = (fault: ChainFault, detail: string) => ({ broken: { seq, fault, detail } });
    let envelope: Envelope;
    try {
      envelope = decodeEntry(entry.bytes);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return broken('format', error.message);
    }
    const previous = this.#hash ?? genesisHash(this.#sha256, envelope.installation);
    const hash = entryHash(this.#sha256, previous, entry.bytes);
    if (!isSameHash(hash, entry.hash)) return broken('hash', `stored ${toHex(entry.hash)}, computed ${toHex(hash)}`);
    if (envelope.seq !== seq) return broken('gap', `expected seq ${seq}, found ${envelope.seq}`);
    const opens = envelope.kind === 'epoch.opened';
    if (seq === 1 && !opens) return broken('genesis', `the first entry is ${envelope.kind}, not epoch.opened`);
    if (seq > 1 && (envelope.till !== this.#till || envelope.store !== this.#store))
      return broken('till', 'the entry names another till or store');
    if (!opens && envelope.installation !== this.#installation)
      return broken('installation', 'the installation changed without epoch.opened');
    if (envelope.epoch !== this.#epoch + (opens ? 1 : 0))
      return broken('epoch', `expected epoch ${this.#epoch + (opens ? 1 : 0)}, found ${envelope.epoch}`);
    if (opens) {
      const previousHead = envelope.body['previous_head'];
      const names =
        typeof previousHead === 'object' && previousHead !== null && 'seq' in previousHead && 'hash' in previousHead
          ? previousHead
          : undefined;
      if (names?.['seq'] !== this.#seq || names['hash'] !== toHex(previous))
        return broken('epoch', 'epoch.opened does not name the head before it');
    }
    this.#seq = seq;
    this.#hash = hash;
    this.#epoch = envelope.epoch;
    this.#store = envelope.store;
    this.#till = envelope.till;
    this.#installation = envelope.installation;
    return { envelope };
  }
}
