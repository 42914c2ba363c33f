/** The one place where an entry is written. */
import type { CommandId, StaffId } from '../../../shared/ids.ts';
import { entryHash, genesisHash } from '../../../shared/journal/chain.ts';
import { encodeEntry, type Envelope } from '../../../shared/journal/envelope.ts';
import { type Body, type KindName, kinds } from '../../../shared/journal/kinds.ts';
import type { Kind } from '../../../shared/journal/kind.ts';
import type { Json } from '../../../shared/journal/canonical.ts';
import type { WriteDb } from '../db/statement.ts';
import { type EntryIdentity, journalHead } from './head.ts';
import { project } from './project.ts';
import { insertTaken } from './take.ts';
import { sha256 } from './sha256.ts';

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
  /** Hashes of the private payloads that the body names, in hexadecimal. */
  readonly private: readonly string[];
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
    ...(entry.private.length === 0 ? {} : { private: entry.private.toSorted() }),
  };
  const bytes = encodeEntry(envelope);
  const hash = entryHash(sha256, head?.hash ?? genesisHash(sha256, entry.identity.installation), bytes);
  insertTaken(db, { bytes, hash }, envelope);
  project(db, envelope, entry.kind, body);
  return { seq, hash };
}
