/** Recomputes a till's chain. Nothing that was stored about an earlier check is believed. */
import { isSameHash } from '../../shared/journal/chain.ts';
import type { ReadDb } from '../db/transact.ts';
import { findGenesis, type JournalOf } from './entry.ts';

/** Entries a statement: some 10 MB of bytes, hashed where they lie. */
const chunk = 5000;

export interface Verified {
  readonly verified: boolean;
  readonly first_bad: { readonly seq: number; readonly fault: 'hash' | 'missing' } | null;
  /** Of the last entry; undefined when a bad one came first. */
  readonly hash: Uint8Array | undefined;
}

interface ChunkRow {
  readonly entries: number;
  readonly bad: number | null;
  readonly last_hash: Uint8Array | null;
}

/**
 * Computes `SHA-256(hash(n−1) ‖ bytes(n))` for every entry from 1 to `to_seq` and compares it with the hash that is held.
 * Each is computed from its predecessor's held hash, which was compared before it: so what holds for all holds from the
 * installation's id on.
 */
export async function verifyChain(db: ReadDb, journal: JournalOf, to_seq: number): Promise<Verified> {
  let previous = await findGenesis(db, journal);
  // Without a first entry that can be read there is nothing that the chain could begin with.
  if (previous === undefined) return { verified: false, first_bad: { seq: 1, fault: 'missing' }, hash: undefined };
  for (let from = 1; from <= to_seq; from += chunk) {
    const to = Math.min(from + chunk - 1, to_seq);
    const row: ChunkRow | undefined = await db.first<ChunkRow>(
      `with held as (
         select seq, hash, row_number() over (order by seq) as place,
           sha256(lag(hash, 1, $5::bytea) over (order by seq) || bytes) as computed
         from journal_entries where store_id = $1 and till_id = $2 and seq between $3 and $4
       )
       select count(*) as entries, min(seq) filter (where hash <> computed or seq <> $3 + place - 1) as bad,
         (array_agg(hash order by seq desc))[1] as last_hash
       from held`,
      [journal.store_id, journal.till_id, from, to, Buffer.from(previous)],
    );
    const bad = row?.bad ?? null;
    const missing = row === undefined ? from : await firstMissing(db, journal, from, to, row.entries);
    if (missing !== null && (bad === null || missing <= bad)) {
      return { verified: false, first_bad: { seq: missing, fault: 'missing' }, hash: undefined };
    }
    if (bad !== null) return { verified: false, first_bad: { seq: bad, fault: 'hash' }, hash: undefined };
    previous = row?.last_hash ?? previous;
  }
  return { verified: true, first_bad: null, hash: previous };
}

/** The first number between `from` and `to` without an entry; null where all are there. */
async function firstMissing(
  db: ReadDb,
  journal: JournalOf,
  from: number,
  to: number,
  entries: number,
): Promise<number | null> {
  if (entries === to - from + 1) return null;
  const row = await db.first<{ seq: number }>(
    `select min(wanted) as seq from generate_series($3::bigint, $4::bigint) as wanted
     where not exists (select from journal_entries where store_id = $1 and till_id = $2 and seq = wanted)`,
    [journal.store_id, journal.till_id, from, to],
  );
  return row?.seq ?? null;
}

/**
 * Whether the head that the till told when it was last heard lies on the chain that is held here; null where it told
 * none, or one beyond what is held.
 */
export async function tillAgrees(db: ReadDb, journal: JournalOf): Promise<boolean | null> {
  const row = await db.first<{ reported: Uint8Array | null; held: Uint8Array | null }>(
    `select h.reported_hash as reported, case when h.reported_seq = h.acked_seq then h.head_hash else e.hash end as held
     from till_heads h left join journal_entries e
       on e.store_id = h.store_id and e.till_id = h.till_id and e.seq = h.reported_seq
     where h.store_id = $1 and h.till_id = $2`,
    [journal.store_id, journal.till_id],
  );
  if (row === undefined || row.reported === null || row.held === null) return null;
  return isSameHash(row.reported, row.held);
}
