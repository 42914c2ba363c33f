import { hash } from 'node:crypto';
import { fromHex } from '../shared/ids.ts';
import type { FetchedEntries } from './answers.ts';
import type { OutgoingEntry } from './ports.ts';

/** An entry that came back from the head office. Its hash is checked where it is put into a chain. */
export function readFetched(entry: FetchedEntries['entries'][number]): OutgoingEntry {
  const read = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
  return {
    seq: entry.seq,
    bytes: read(entry.bytes),
    hash: fromHex(entry.hash),
    payloads: entry.payloads.map(read).map((bytes) => ({ hash: hash('sha256', bytes, 'buffer'), bytes })),
  };
}
