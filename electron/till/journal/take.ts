/** Entries that were written before, taken into a journal as they are: by `rebuild`, from a backup's other side, at a fork. */
import { uuidToBytes } from '../../../shared/ids.ts';
import type { Entry } from '../../../shared/journal/chain.ts';
import type { Envelope } from '../../../shared/journal/envelope.ts';
import { fields, type WriteDb, writes } from '../db/statement.ts';
import { projectTaken } from './project.ts';

const insert = writes<{
  seq: number;
  hash: Uint8Array;
  epoch: number;
  kind: string;
  version: number;
  command: Uint8Array;
  n: number;
  at: string;
  business_date: string | null;
  bytes: Uint8Array;
}>()((q, p) =>
  q
    .insertInto('journal')
    .values(fields(p, 'seq', 'hash', 'epoch', 'kind', 'version', 'command', 'n', 'at', 'business_date', 'bytes')),
);

/** Writes an entry's row. The columns are made again from the entry: a copy that somebody changed does not come along. */
export function insertTaken(db: WriteDb, entry: Entry, envelope: Envelope): void {
  insert.run(db, {
    seq: envelope.seq,
    hash: entry.hash,
    epoch: envelope.epoch,
    kind: envelope.kind,
    version: envelope.version,
    command: uuidToBytes(envelope.command),
    n: envelope.n,
    at: envelope.at,
    business_date: envelope.business_date,
    bytes: entry.bytes,
  });
}

/**
 * Takes an entry whose place in the chain was checked, and projects it; answers whether this version knows its kind.
 * What it doesn't know is kept raw.
 */
export function takeEntry(db: WriteDb, entry: Entry, envelope: Envelope): boolean {
  insertTaken(db, entry, envelope);
  return projectTaken(db, envelope);
}
