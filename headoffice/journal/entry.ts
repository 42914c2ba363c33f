/** Entries as they are held: the bytes that were hashed, and where they stand in the chain. */
import type { InstallationId } from '../../shared/ids.ts';
import { toHex } from '../../shared/ids.ts';
import { openAdopted } from '../../shared/journal/adopted.ts';
import { FormatError } from '../../shared/journal/canonical.ts';
import { genesisHash } from '../../shared/journal/chain.ts';
import { decodeEntry, type Envelope } from '../../shared/journal/envelope.ts';
import type { ReadDb } from '../db/transact.ts';
import { sha256 } from '../hash.ts';

/** Which till's journal, by the small integers inside. */
export interface JournalOf {
  readonly store_id: number;
  readonly till_id: number;
}

export interface EntryRow {
  readonly seq: number;
  readonly epoch: number | null;
  readonly kind: string | null;
  readonly version: number | null;
  readonly received_at: string;
  readonly hash: Uint8Array;
  readonly bytes: Uint8Array;
}

export interface LinkRow {
  readonly seq: number;
  readonly kind: string | null;
  readonly hash: Uint8Array;
}

/** An entry and the entries beside it. */
export interface Surroundings {
  readonly entry: EntryRow;
  readonly previous: LinkRow | undefined;
  readonly next: LinkRow | undefined;
}

/** Reads an entry with its neighbours; undefined where it is not held. */
export async function findEntry(db: ReadDb, journal: JournalOf, seq: number): Promise<Surroundings | undefined> {
  const place = [journal.store_id, journal.till_id];
  const entry = await db.first<EntryRow>(
    `select seq, epoch, kind, version, received_at, hash, bytes from journal_entries
     where store_id = $1 and till_id = $2 and seq = $3`,
    [...place, seq],
  );
  if (entry === undefined) return undefined;
  const links = await db.rows<LinkRow>(
    'select seq, kind, hash from journal_entries where store_id = $1 and till_id = $2 and seq in ($3, $4)',
    [...place, seq - 1, seq + 1],
  );
  return {
    entry,
    previous: links.find((link) => link.seq === seq - 1),
    next: links.find((link) => link.seq === seq + 1),
  };
}

/** The envelope of an entry; undefined where its bytes can't be read. */
export function readEnvelope(bytes: Uint8Array): Envelope | undefined {
  try {
    return decodeEntry(bytes);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/**
 * What an entry says: itself, or where it adopted one of a fork the fact inside, under the number that it stands under here.
 * Undefined where its bytes can't be read, or the fact is not proved.
 */
export function readFact(bytes: Uint8Array): Envelope | undefined {
  const envelope = readEnvelope(bytes);
  if (envelope?.kind !== 'adopted') return envelope;
  try {
    const fact = openAdopted(sha256, envelope).at(-1)?.envelope;
    return fact === undefined ? undefined : { ...fact, seq: envelope.seq };
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** `hash(0)` of a journal: that of the installation that its first entry names; undefined where there is none to read. */
export async function findGenesis(db: ReadDb, journal: JournalOf): Promise<Uint8Array | undefined> {
  const first = await db.first<{ bytes: Uint8Array }>(
    'select bytes from journal_entries where store_id = $1 and till_id = $2 and seq = 1',
    [journal.store_id, journal.till_id],
  );
  const installation: InstallationId | undefined =
    first === undefined ? undefined : readEnvelope(first.bytes)?.installation;
  return installation === undefined ? undefined : genesisHash(sha256, installation);
}

/** A neighbour as it crosses to a screen. */
export function shownLink(link: LinkRow | undefined) {
  return link === undefined ? null : { seq: link.seq, kind: link.kind, hash: toHex(link.hash) };
}

/** Hexadecimal of bytes that may be missing: zeros, which no SHA-256 is, where they are. */
export function hexOrZeros(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '0'.repeat(64) : toHex(bytes);
}
