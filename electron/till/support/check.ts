/** Checks of the file that a till can make while it sells: a piece at a time, with a rest after each. */
import { setImmediate as rest } from 'node:timers/promises';
import { entryHash, genesisHash, isSameHash } from '../../../shared/journal/chain.ts';
import { countRows, quickCheck, tableNames } from '../db/look.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { entryHashAt, firstInstallation, journalHead } from '../journal/head.ts';
import { sha256 } from '../journal/sha256.ts';

/** More entries take `npm run verify`, which looks at all of them. */
const mostEntries = 20_000;
/** Some milliseconds of work. */
const entriesAtOnce = 100;
/** A table with more rows would keep the till from selling for longer than anybody should wait. */
const mostRows = 20_000;

const entriesAfter = reads<{ after: number; limit: number }>()((q, p) =>
  q.selectFrom('journal').select(['seq', 'hash', 'bytes']).where('seq', '>', p.after).orderBy('seq').limit(p.limit),
);

export interface JournalCheck {
  readonly from_seq: number;
  readonly to_seq: number;
  /** The first entry whose hash is not that of its bytes and the entry before it; null where there is none. */
  readonly bad_seq: number | null;
}

/** Computes the hashes of the newest entries again. */
export async function checkJournal(db: ReadDb): Promise<JournalCheck> {
  const to_seq = journalHead(db)?.seq ?? 0;
  const begin = Math.max(0, to_seq - mostEntries);
  const installation = firstInstallation(db);
  if (installation === undefined) return { from_seq: 0, to_seq: 0, bad_seq: null };
  let last = begin === 0 ? genesisHash(sha256, installation) : entryHashAt(db, begin);
  let seq = begin;
  while (seq < to_seq) {
    const page = entriesAfter.all(db, { after: seq, limit: entriesAtOnce });
    for (const { bytes, hash, seq: at } of page) {
      const isNext = at === seq + 1 && last !== undefined && isSameHash(entryHash(sha256, last, bytes), hash);
      if (!isNext) return { from_seq: begin + 1, to_seq, bad_seq: seq + 1 };
      last = hash;
      seq = at;
    }
    if (page.length === 0) return { from_seq: begin + 1, to_seq, bad_seq: seq + 1 };
    await rest();
  }
  return { from_seq: begin + 1, to_seq, bad_seq: null };
}

export interface TableCheck {
  readonly rows: number;
  /** What SQLite answers, `ok` where all is well; null for a table that is too long to be looked at meanwhile. */
  readonly check: string | null;
}

/** Counts the rows of each table, and has SQLite check those that are not long. */
export async function checkTables(db: ReadDb): Promise<Readonly<Record<string, TableCheck>>> {
  const found: Record<string, TableCheck> = {};
  for (const table of tableNames(db)) {
    const rows = countRows(db, table);
    found[table] = { rows, check: rows > mostRows ? null : quickCheck(db, table) };
    await rest();
  }
  return found;
}
