/**
 * The chain: `hash(n) = SHA-256(hash(n−1) ‖ bytes(n))`, `hash(0) = SHA-256(installation id)`.
 *
 * Two heads `(seq, hash)` that are equal prove that both sides hold the same entries, all of them, in the same order.
 */
import type { InstallationId } from '../ids.ts';
import { toHex } from '../ids.ts';
import { FormatError } from './canonical.ts';
import { openAdopted } from './adopted.ts';
import { decodeEntry, type Envelope } from './envelope.ts';
import type { BodyOf } from './kind.ts';
import { chainKinds, type epochOpened } from './kinds/chain-kinds.ts';
import type { Sha256 } from './sha256.ts';

export type { Sha256 } from './sha256.ts';

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
  | 'series'
  | 'installation'
  | 'till'
  | 'genesis'
  | 'fork'
  | 'adopted';

/** The first entry that breaks the chain. `seq` is where it stands, counted from 1, whatever the entry itself says. */
export interface BrokenEntry {
  readonly seq: number;
  readonly fault: ChainFault;
  readonly detail: string;
}

/** Why an entry can't follow; turned into a {@link BrokenEntry} where its place is known. */
class Broken extends Error {
  readonly fault: ChainFault;
  constructor(fault: ChainFault, detail: string) {
    super(detail);
    this.fault = fault;
  }
}

interface Place {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Follows a chain entry by entry. `next` returns the decoded envelope, or the fault: after a fault the chain must not be
 * followed further. Besides the hashes it checks what a forger with SHA-256 at hand could still try: gaps, another till's
 * or store's entries, an installation or epoch that changes anywhere but at `epoch.opened`, a receipt series used twice,
 * and entries of a fork that are left out, moved or added.
 */
export class ChainReader {
  readonly #sha256: Sha256;
  readonly #hashes = new HashList();
  readonly #series = new Set<string>();
  #last: Envelope | undefined;
  /** The fork that is being adopted: its last entry so far, and where it ends. */
  #fork: { readonly at: Place; readonly head: Place } | undefined;

  #cutShort = 0;

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  /** How many entries of forks were never adopted: the PC that held them was gone before it could. */
  get cutShort(): number {
    return this.#cutShort;
  }

  /** The last good entry; undefined before the first. */
  get head(): Head | undefined {
    return this.#last === undefined ? undefined : { seq: this.#last.seq, hash: this.#hashes.at(this.#last.seq) };
  }

  /** Whether the chain may end here: not amid a fork that is being adopted. */
  get isComplete(): boolean {
    return this.#fork === undefined;
  }

  next(entry: Entry): { readonly envelope: Envelope } | { readonly broken: BrokenEntry } {
    const seq = (this.#last?.seq ?? 0) + 1;
    try {
      return { envelope: this.#follow(seq, entry) };
    } catch (error) {
      if (error instanceof FormatError) return { broken: { seq, fault: 'format', detail: error.message } };
      if (error instanceof Broken) return { broken: { seq, fault: error.fault, detail: error.message } };
      throw error;
    }
  }

  #follow(seq: number, entry: Entry): Envelope {
    const envelope = decodeEntry(entry.bytes);
    if (seq === 1) this.#hashes.push(genesisHash(this.#sha256, envelope.installation));
    const hash = entryHash(this.#sha256, this.#hashes.at(seq - 1), entry.bytes);
    if (!isSameHash(hash, entry.hash)) throw new Broken('hash', `stored ${toHex(entry.hash)}, computed ${toHex(hash)}`);
    if (envelope.seq !== seq) throw new Broken('gap', `expected seq ${seq}, found ${envelope.seq}`);
    if (Object.hasOwn(chainKinds, envelope.kind) && envelope.version !== 1)
      throw new Broken('format', `there is no version ${envelope.version} of ${envelope.kind}`);
    const opened = envelope.kind === 'epoch.opened' ? chainKinds['epoch.opened'].read(envelope.body) : undefined;
    this.#checkLabels(envelope, opened !== undefined);
    if (envelope.kind === 'adopted') this.#adopt(envelope);
    else if (this.#fork !== undefined && opened === undefined)
      throw new Broken('fork', `the fork ends at ${this.#fork.at.seq}, not yet at its head`);
    if (opened !== undefined) this.#openEpoch(seq, opened);
    if (envelope.kind === 'erased') chainKinds.erased.read(envelope.body);
    this.#hashes.push(hash);
    this.#last = envelope;
    return envelope;
  }

  #checkLabels(envelope: Envelope, opens: boolean): void {
    const last = this.#last;
    if (last === undefined && !opens)
      throw new Broken('genesis', `the first entry is ${envelope.kind}, not epoch.opened`);
    if (last !== undefined && (envelope.till !== last.till || envelope.store !== last.store))
      throw new Broken('till', 'the entry names another till or store');
    if (!opens && envelope.installation !== last?.installation)
      throw new Broken('installation', 'the installation changed without epoch.opened');
    const epoch = (last?.epoch ?? 0) + (opens ? 1 : 0);
    if (envelope.epoch !== epoch) throw new Broken('epoch', `expected epoch ${epoch}, found ${envelope.epoch}`);
  }

  #openEpoch(seq: number, opened: BodyOf<typeof epochOpened>): void {
    const { reason, previous_head, series, fork } = opened;
    if (previous_head.seq !== seq - 1 || previous_head.hash !== toHex(this.#hashes.at(seq - 1)))
      throw new Broken('epoch', 'epoch.opened does not name the head before it');
    if (previous_head.epoch !== (this.#last?.epoch ?? 0))
      throw new Broken('epoch', 'epoch.opened does not name the epoch before it');
    if ((reason === 'first') !== (seq === 1)) throw new Broken('epoch', `an epoch opened at ${seq} as ${reason}`);
    if (this.#series.has(series)) throw new Broken('series', `the receipt series ${series} was used before`);
    this.#series.add(series);
    if ((reason === 'fork_settled') !== (fork !== undefined))
      throw new Broken('fork', `an epoch opened as ${reason} ${fork === undefined ? 'names no' : 'names a'} fork`);
    // A PC that dies amid settling leaves a fork cut short; the next epoch goes on, and everybody can see what is missing.
    if (this.#fork !== undefined) this.#cutShort += this.#fork.head.seq - this.#fork.at.seq;
    this.#fork = undefined;
    if (fork === undefined) return;
    const { base, head } = fork;
    // Where the chains share nothing, the other one's hash(0) is checked against its first entry.
    if (base.seq >= seq || (base.seq > 0 && toHex(this.#hashes.at(base.seq)) !== base.hash))
      throw new Broken('fork', 'the fork does not begin at an entry of this chain');
    if (head.seq <= base.seq) throw new Broken('fork', 'the fork ends before it begins');
    this.#fork = { at: base, head };
  }

  #adopt(envelope: Envelope): void {
    if (this.#fork === undefined) throw new Broken('adopted', 'there is no fork that it belongs to');
    const { at, head } = this.#fork;
    const [forked] = openAdopted(this.#sha256, envelope);
    const seq = at.seq + 1;
    if (forked.envelope.seq !== seq || forked.previous_hash !== at.hash)
      throw new Broken('adopted', `the fork's entry ${seq} is missing before it`);
    if (seq === 1 && at.hash !== toHex(genesisHash(this.#sha256, forked.envelope.installation)))
      throw new Broken('adopted', "the fork does not begin with its installation's first entry");
    if (seq === head.seq && forked.hash !== head.hash) throw new Broken('adopted', "it is not the fork's last entry");
    this.#fork = seq === head.seq ? undefined : { at: { seq, hash: forked.hash }, head };
  }
}

/** All hashes of a chain by their number, 32 bytes each: some 20 MB for ten years of a busy till. */
class HashList {
  #bytes = new Uint8Array(32 * 64);
  #count = 0;

  push(hash: Uint8Array): void {
    if ((this.#count + 1) * 32 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(hash, this.#count * 32);
    this.#count += 1;
  }

  at(seq: number): Uint8Array {
    return this.#bytes.slice(seq * 32, seq * 32 + 32);
  }
}
