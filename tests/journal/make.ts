/** Entries made by hand, for the tests of the format: fixed names, fixed clock, no till. */
import { createHash } from 'node:crypto';
import type { CommandId, InstallationId, StoreId, TillId } from '../../shared/ids.ts';
import { toHex } from '../../shared/ids.ts';
import { type Entry, entryHash, genesisHash, type Sha256 } from '../../shared/journal/chain.ts';
import { encodeEntry, type Envelope } from '../../shared/journal/envelope.ts';

export const sha256: Sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** A fixed UUID: the noun's number and a count. */
export function fixedId<Id extends string>(noun: number, count: number): Id {
  return `0190${noun.toString(16).padStart(4, '0')}-0000-7000-8000-${count.toString(16).padStart(12, '0')}` as Id;
}

export const installation = fixedId<InstallationId>(1, 1);
export const store = fixedId<StoreId>(2, 1);
export const till = fixedId<TillId>(3, 1);

export const firstBody = {
  reason: 'first',
  previous_head: { epoch: 0, seq: 0, hash: toHex(genesisHash(sha256, installation)) },
  series: 'A',
} as const;

/** An envelope with whatever differs from the plain one. */
export function envelope(seq: number, changes: Partial<Envelope> = {}): Envelope {
  return {
    store,
    till,
    installation,
    epoch: 1,
    seq,
    kind: seq === 1 ? 'epoch.opened' : 'till.opened',
    version: 1,
    command: fixedId<CommandId>(4, seq),
    n: 0,
    actor: null,
    at: '2026-11-21T09:30:00.000Z',
    offset: 0,
    business_date: null,
    currency: null,
    body: seq === 1 ? firstBody : { code: 'HS2', name: 'Till 2', authority: 'standalone', demo: false },
    ...changes,
  };
}

/** Links envelopes (or raw bytes) into a chain, or into what follows the entry whose hash is `after`. */
export function link(
  entries: readonly (Envelope | Uint8Array)[],
  after: Uint8Array = genesisHash(sha256, installation),
): Entry[] {
  let previous = after;
  return entries.map((entry) => {
    const bytes = entry instanceof Uint8Array ? entry : encodeEntry(entry);
    previous = entryHash(sha256, previous, bytes);
    return { bytes, hash: previous };
  });
}

/** The body of an `adopted` entry. */
export function adoptedBody(entry: Entry, previous: Uint8Array) {
  return {
    bytes_base64: Buffer.from(entry.bytes).toString('base64'),
    hash: toHex(entry.hash),
    previous_hash: toHex(previous),
  };
}

/** `epoch.opened` after a chain, whatever epoch that ended in. */
export function openedAfter(
  chain: readonly Entry[],
  epoch: number,
  changes: { readonly reason?: string; readonly series?: string; readonly fork?: unknown } = {},
) {
  const head = { seq: chain.length, hash: toHex(chain.at(-1)?.hash ?? genesisHash(sha256, installation)) };
  return { reason: 'restored', previous_head: { epoch, ...head }, series: 'B', ...changes } as const;
}
