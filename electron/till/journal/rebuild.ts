/**
 * `rebuild`: a new file from the sources of an old one. The journal is copied entry by entry, each one checked against
 * the chain, and projected again; so the projections come out as they were, or the journal says where it is broken.
 *
 * What a till that joined a head office was told by it (catalogue, settings, staff) is no source: the new file asks for it
 * again before it sells.
 */
import { toHex } from '../../../shared/ids.ts';
import { ChainReader, type ChainFault, type Entry, isSameHash } from '../../../shared/journal/chain.ts';
import { transact } from '../db/transact.ts';
import { fields, type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { rebuildSearch } from '../product/search.ts';
import { sha256 } from './sha256.ts';
import { checkGuards } from './guards.ts';
import { journalHead } from './head.ts';
import { printable } from './printable.ts';
import { takeEntry } from './take.ts';

const entries = reads<{ after: number; limit: number }>()((q, p) =>
  q.selectFrom('journal').select(['seq', 'hash', 'bytes']).where('seq', '>', p.after).orderBy('seq').limit(p.limit),
);
const payloads = reads()((q) => q.selectFrom('private_payloads').select(['hash', 'bytes']));
const verifiers = reads()((q) => q.selectFrom('staff_verifiers').select(['staff', 'credential', 'wrapped']));
const openBaskets = reads()((q) =>
  q
    .selectFrom('baskets')
    .leftJoin('basket_lines', 'basket_lines.basket_key', 'baskets.key')
    .select((eb) => ['baskets.opened_at', eb.fn.count<number>('basket_lines.n').as('lines')])
    .groupBy('baskets.key'),
);
const copyPayload = writes<{ hash: Uint8Array; bytes: Uint8Array }>()((q, p) =>
  q.insertInto('private_payloads').values(fields(p, 'hash', 'bytes')),
);
const copyVerifier = writes<{ staff: Uint8Array; credential: 'pin' | 'password'; wrapped: Uint8Array }>()((q, p) =>
  q.insertInto('staff_verifiers').values(fields(p, 'staff', 'credential', 'wrapped')),
);

const pageEntries = 500;

export interface Rebuilt {
  readonly entries: number;
  /** Hexadecimal. */
  readonly head: string | null;
  /** What could not be projected by this version, and is kept raw. */
  readonly unknown_kinds: number;
  /** Private payloads that are not what was recorded. They are not copied. */
  readonly bad_payloads: number;
  /** Baskets that were open in the old file. They are not sales and are not copied. */
  readonly open_baskets: readonly { readonly opened_at: string; readonly lines: number }[];
  /** The entry at which it stopped: the chain breaks there, or the entry can't be projected after those before it. */
  readonly bad: {
    readonly seq: number;
    readonly fault: ChainFault | 'file' | 'projection';
    readonly detail: string;
  } | null;
}

/**
 * Fills an empty file from the sources of another. Stops before the first entry that is not what it should be; the new
 * file then holds what comes before it.
 *
 * @throws SqliteError where a file can't be read or written: it is locked, its disk is full, or it is damaged
 */
export function rebuildTill(from: ReadDb, into: WriteDb): Rebuilt {
  const [noTable] = checkGuards(from).not_tables;
  if (noTable !== undefined) return stopped(`${noTable} is not the table that a till writes`);
  const chain = new ChainReader(sha256);
  // Payloads first: an `erased` entry takes its own away again, as it did the first time.
  const bad_payloads = copySecrets(from, into);
  let copied = 0;
  let unknown = 0;
  let bad: Rebuilt['bad'] = null;
  for (let more = true; more && bad === null;) {
    more = false;
    transact(into, () => {
      for (const row of entries.each(from, { after: copied, limit: pageEntries })) {
        const result = copyOne(chain, row, into);
        if ('fault' in result) {
          bad = { seq: copied + 1, ...result };
          return;
        }
        copied += 1;
        more = true;
        if (!result.known) unknown += 1;
      }
    });
  }
  if (bad === null && !chain.isComplete)
    bad = { seq: copied + 1, fault: 'fork', detail: 'entries of the fork that was being adopted are missing' };
  // Made when nobody knows: its order is looked at again when the till is opened.
  transact(into, () => rebuildSearch(into, 0));
  const head = journalHead(into);
  return {
    entries: copied,
    head: head === undefined ? null : toHex(head.hash),
    unknown_kinds: unknown,
    bad_payloads,
    open_baskets: openBaskets.all(from, {}),
    bad,
  };
}

function stopped(detail: string): Rebuilt {
  const bad = { seq: 0, fault: 'file' as const, detail };
  return { entries: 0, head: null, unknown_kinds: 0, bad_payloads: 0, open_baskets: [], bad };
}

function copySecrets(from: ReadDb, into: WriteDb): number {
  let bad = 0;
  transact(into, () => {
    for (const row of payloads.each(from, {})) {
      if (isSameHash(sha256(row.bytes), row.hash)) copyPayload.run(into, row);
      else bad += 1;
    }
    for (const row of verifiers.each(from, {})) copyVerifier.run(into, row);
  });
  return bad;
}

type Copied = { readonly known: boolean } | { readonly fault: ChainFault | 'projection'; readonly detail: string };

/** Copies and projects one entry, wholly or not at all. */
function copyOne(chain: ChainReader, row: Entry, into: WriteDb): Copied {
  const next = chain.next(row);
  if ('broken' in next) return { fault: next.broken.fault, detail: printable(next.broken.detail) };
  const { envelope } = next;
  into.connection.exec('SAVEPOINT entry');
  try {
    const known = takeEntry(into, row, envelope);
    into.connection.exec('RELEASE entry');
    return { known };
  } catch (error) {
    if (!isOfTheEntry(error) || !into.connection.inTransaction) throw error;
    into.connection.exec('ROLLBACK TO entry');
    into.connection.exec('RELEASE entry');
    return { fault: 'projection', detail: printable(error.message) };
  }
}

/** Whether what went wrong lies in the entry (a row that is there twice or not at all), not in the new file's disk. */
function isOfTheEntry(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return !('code' in error) || String(error.code).startsWith('SQLITE_CONSTRAINT');
}
