/** The one place where an entry is written. */
import { createHash, hash as hashOnce } from 'node:crypto';
import type { CommandId, StaffId } from '../../../shared/ids.ts';
import { fromHex, uuidToBytes } from '../../../shared/ids.ts';
import { entryHash, genesisHash, type Sha256 } from '../../../shared/journal/chain.ts';
import { encodeEntry, type Envelope } from '../../../shared/journal/envelope.ts';
import { type Body, type KindName, kinds } from '../../../shared/journal/kinds.ts';
import type { StoredPayload } from '../../../shared/journal/payload.ts';
import type { Kind } from '../../../shared/journal/kind.ts';
import type { Json } from '../../../shared/journal/canonical.ts';
import { fields, type WriteDb, writes } from '../db/statement.ts';
import { type EntryIdentity, journalHead } from './head.ts';
import { project } from './project.ts';

export const sha256: Sha256 = (...parts) => {
  const [only] = parts;
  // In one call, without an object for it: every command hashes three times.
  if (only !== undefined && parts.length === 1) return hashOnce('sha256', only, 'buffer');
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const insertEntry = writes<{
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

const insertPayload = writes<{ hash: Uint8Array; bytes: Uint8Array }>()((q, p) =>
  q.insertInto('private_payloads').values(fields(p, 'hash', 'bytes')),
);

/** What an entry says beside its body. */
export interface NewEntry<Name extends KindName> {
  readonly identity: EntryIdentity;
  readonly kind: Name;
  readonly body: Body<Name>;
  readonly command: CommandId;
  readonly n: number;
  readonly actor: StaffId | null;
  readonly approver: StaffId | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Minutes east of UTC. */
  readonly offset: number;
  readonly business_date: string | null;
  readonly currency: string | null;
  readonly payloads: readonly StoredPayload[];
}

/**
 * Appends one entry and writes what it projects to, in the transaction that is open.
 *
 * @throws FormatError for a body or envelope that the journal refuses
 */
export function appendEntry<Name extends KindName>(
  db: WriteDb,
  entry: NewEntry<Name>,
): { seq: number; hash: Uint8Array } {
  const head = journalHead(db);
  const seq = (head?.seq ?? 0) + 1;
  // The registry's member under this name is the kind of this name; TypeScript loses the link through the index.
  const kind = kinds[entry.kind] as unknown as Kind<Name, Body<Name>>;
  const body = kind.write(entry.body);
  const at = new Date(entry.now).toISOString();
  const envelope: Envelope = {
    store: entry.identity.store,
    till: entry.identity.till,
    installation: entry.identity.installation,
    epoch: entry.identity.epoch,
    seq,
    kind: entry.kind,
    version: kind.version,
    command: entry.command,
    n: entry.n,
    actor: entry.actor,
    ...(entry.approver === null ? {} : { approver: entry.approver }),
    at,
    offset: entry.offset,
    business_date: entry.business_date,
    currency: entry.currency,
    // A body that its schema has passed is an object of plain JSON; encodeEntry checks it once more.
    body: body as { readonly [key: string]: Json },
    ...(entry.payloads.length === 0 ? {} : { private: entry.payloads.map(({ hash }) => hash).toSorted() }),
  };
  const bytes = encodeEntry(envelope);
  const hash = entryHash(sha256, head?.hash ?? genesisHash(sha256, entry.identity.installation), bytes);
  insertEntry.run(db, {
    seq,
    hash,
    epoch: envelope.epoch,
    kind: entry.kind,
    version: kind.version,
    command: uuidToBytes(entry.command),
    n: entry.n,
    at,
    business_date: entry.business_date,
    bytes,
  });
  for (const payload of entry.payloads) insertPayload.run(db, { hash: fromHex(payload.hash), bytes: payload.bytes });
  project(db, envelope, entry.kind, body);
  return { seq, hash };
}
