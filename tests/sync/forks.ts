/** Two chains of one till, and how the one is adopted by the other: for the tests of what central makes of it. */
import { toHex } from '../../shared/ids.ts';
import { ChainReader } from '../../shared/journal/chain.ts';
import type { Body } from '../../shared/journal/kinds.ts';
import { decodeEntry, type Envelope } from '../../shared/journal/envelope.ts';
import type { OutgoingEntry } from '../../sync/ports.ts';
import { sha256, type TestTill } from './test-till.ts';

/** What `epoch.opened` says of a fork that begins after entry `base` of both chains and ends with the last of `forked`. */
export function forkOf(forked: TestTill, base: number): NonNullable<Body<'epoch.opened'>['fork']> {
  const { seq, hash } = forked.head();
  return {
    base: { seq: base, hash: toHex(forked.hashAt(base) ?? new Uint8Array()) },
    head: { seq, hash: toHex(hash) },
  };
}

/** The body of the entry that adopts entry `seq` of `forked`. */
export function adoptedBody(forked: TestTill, seq: number): Body<'adopted'> {
  const entry = entryOf(forked, seq);
  return {
    bytes_base64: Buffer.from(entry.bytes).toString('base64'),
    hash: toHex(entry.hash),
    previous_hash: toHex(forked.hashAt(seq - 1) ?? new Uint8Array()),
  };
}

/** Appends the entry that adopts entry `seq` of `forked`, with that entry's payloads. */
export function adopt(till: TestTill, forked: TestTill, seq: number, more: Partial<Envelope> = {}): OutgoingEntry {
  const entry = entryOf(forked, seq);
  const { private: named } = decodeEntry(entry.bytes);
  const envelope = { ...(named === undefined ? {} : { private: named }), ...more };
  const { bytes } = till.append('adopted', adoptedBody(forked, seq), envelope);
  till.entries.pop();
  return till.appendBytes(bytes, entry.payloads);
}

/** Settles a fork in `till`, which holds the head office's chain: an epoch, then all of `forked` after `base`. */
export function settle(till: TestTill, forked: TestTill, base: number, series: string): void {
  till.openEpoch('fork_settled', series, forkOf(forked, base));
  for (let seq = base + 1; seq <= forked.head().seq; seq += 1) adopt(till, forked, seq);
}

/** The first entry that a till's own verification refuses, and why; null where the chain is good and whole. */
export function firstFault(entries: readonly OutgoingEntry[]): { readonly seq: number; readonly fault: string } | null {
  const reader = new ChainReader(sha256);
  for (const entry of entries) {
    const step = reader.next(entry);
    if ('broken' in step) return { seq: step.broken.seq, fault: step.broken.fault };
  }
  return null;
}

function entryOf(till: TestTill, seq: number): OutgoingEntry {
  const entry = till.entries[seq - 1];
  if (entry === undefined) throw new Error(`the till has no entry ${seq}`);
  return entry;
}
