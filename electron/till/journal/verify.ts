/**
 * `verify`: is everything that this till ever recorded still there, and is it what was recorded? Reads a till's file
 * beside the running till and recomputes every hash; names the first entry that is not what it was.
 *
 * A chain can't tell that its end was cut off. So the end is held against whatever else remembers it: the head that the
 * head office confirmed, the till's own sales, who the till says it is. Its head, printed, can be held against the head
 * office's.
 */
import { toHex, uuidFromBytes } from '../../../shared/ids.ts';
import { ChainReader, type ChainFault } from '../../../shared/journal/chain.ts';
import type { Envelope } from '../../../shared/journal/envelope.ts';
import { isKnownKind, kinds } from '../../../shared/journal/kinds.ts';
import { readConsistently } from '../db/transact.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { sha256 } from './sha256.ts';
import { bodyFault, columnFault, factOf, isWellTyped } from './facts.ts';
import { checkGuards } from './guards.ts';
import { journalHead } from './head.ts';
import { printable } from './printable.ts';

const entries = reads<{ after: number; until: number }>()((q, p) =>
  q
    .selectFrom('journal')
    .select(['seq', 'hash', 'epoch', 'kind', 'version', 'command', 'n', 'at', 'business_date', 'bytes'])
    .where('seq', '>', p.after)
    .where('seq', '<=', p.until)
    .orderBy('seq'),
);
const lowest = reads()((q) => q.selectFrom('journal').select('seq').orderBy('seq').limit(1));
const repeated = reads<{ until: number }>()((q, p) =>
  q
    .selectFrom('journal')
    .select((eb) => eb.fn.max<number>('seq').as('seq'))
    .where('seq', '<=', p.until)
    .groupBy(['command', 'n'])
    .having((eb) => eb(eb.fn.countAll<number>(), '>', eb.lit(1)))
    .limit(1),
);
const confirmed = reads()((q) => q.selectFrom('sync_state').select(['confirmed_seq', 'confirmed_hash']));
const lastSale = reads()((q) => q.selectFrom('sales').select('seq').orderBy('seq', 'desc').limit(1));
const identity = reads()((q) => q.selectFrom('till_identity').select(['store', 'till', 'installation', 'epoch']));
const payloads = reads()((q) => q.selectFrom('private_payloads').select(['hash', 'bytes']).orderBy('hash'));

/** How many entries are read in one statement: the till beside us goes on selling, so none of them lives long. */
const pageEntries = 2000;

type Fault = ChainFault | 'column' | 'body' | 'command_repeated' | 'truncated' | 'payload' | 'file';

export interface Verified {
  readonly entries: number;
  /** Hexadecimal; null for an empty journal. */
  readonly head: string | null;
  /** The first entry that is not what was recorded; `seq` is 0 where it is not an entry. */
  readonly bad: { readonly seq: number; readonly fault: Fault; readonly detail: string } | null;
  /** Payloads that are named, neither here nor erased: they may have been lost, or may still come. */
  readonly missing_payloads: number;
  readonly erased_payloads: number;
  /** Payloads that no entry here names: the head office's, where the till has joined one. */
  readonly unnamed_payloads: number;
  /** Entries of kinds or versions that this version doesn't know: their chain is checked, their bodies are not. */
  readonly unknown_kinds: number;
  /** Entries of forks that were never adopted, because the PC that held them was gone before it could. */
  readonly cut_short: number;
  /** Triggers and the index that guard the journal and are no longer in the file: somebody took them out. */
  readonly missing_guards: readonly string[];
}

/** What is wrong; carried up to {@link verifyJournal}. */
class Bad extends Error {
  readonly seq: number;
  readonly fault: Fault;
  constructor(seq: number, fault: Fault, detail: string) {
    super(detail);
    this.seq = seq;
    this.fault = fault;
  }
}

/**
 * Recomputes the whole journal. Whatever is wrong with what is in the file is in the answer.
 *
 * @throws SqliteError where the file can't be read just now: it is locked, or its disk fails
 */
export function verifyJournal(db: ReadDb): Verified {
  const chain = new ChainReader(sha256);
  const named = new Set<string>();
  const erased = new Set<string>();
  const found = { unknown_kinds: 0, missing: 0, erased: 0, unnamed: 0 };
  let guards: readonly string[] = [];
  let bad: Verified['bad'] = null;
  try {
    guards = readGuards(db);
    const ends = readEnds(db);
    followChain(db, chain, ends, (envelope) => {
      if (!isKnownKind(envelope.kind, envelope.version)) found.unknown_kinds += 1;
      for (const hash of envelope.private ?? []) named.add(hash);
      if (envelope.kind === 'erased') for (const hash of kinds.erased.read(envelope.body).payloads) erased.add(hash);
    });
    checkPayloads(db, named, erased, found);
  } catch (error) {
    bad = badOf(error, (chain.head?.seq ?? 0) + 1);
  }
  return {
    entries: chain.head?.seq ?? 0,
    head: chain.head === undefined ? null : toHex(chain.head.hash),
    bad: bad === null ? null : { ...bad, detail: printable(bad.detail) },
    missing_payloads: found.missing,
    erased_payloads: found.erased,
    unnamed_payloads: found.unnamed,
    unknown_kinds: found.unknown_kinds,
    cut_short: chain.cutShort,
    missing_guards: guards,
  };
}

/** What SQLite says of a file that is damaged, or is not built as ours are. Locks and failing disks are not its fault. */
const fileFaults = [
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_ERROR',
  'SQLITE_MISMATCH',
  'SQLITE_SCHEMA',
  'SQLITE_TOOBIG',
  'SQLITE_FORMAT',
];

function badOf(error: unknown, seq: number): Verified['bad'] {
  if (error instanceof Bad) return { seq: error.seq, fault: error.fault, detail: error.message };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!(error instanceof Error) || !fileFaults.some((fault) => code.startsWith(fault))) throw error;
  return { seq, fault: 'file', detail: `${code}: ${error.message}` };
}

function readGuards(db: ReadDb): readonly string[] {
  const { missing, not_tables } = checkGuards(db);
  const [name] = not_tables;
  if (name !== undefined) throw new Bad(0, 'file', `${name} is not the table that a till writes`);
  return missing;
}

/** What else in the file remembers where the journal ends; all of it at one moment, since the till goes on selling. */
function readEnds(db: ReadDb) {
  return readConsistently(db.connection, () => ({
    lowest: lowest.get(db, {})?.seq ?? 1,
    // What the journal holds when we begin; what is appended meanwhile is for the next time.
    until: journalHead(db)?.seq ?? 0,
    confirmed: confirmed.get(db, {}) ?? { confirmed_seq: 0, confirmed_hash: null },
    last_sale: lastSale.get(db, {})?.seq ?? 0,
    identity: identity.get(db, {}),
  }));
}
type Ends = ReturnType<typeof readEnds>;

function followChain(db: ReadDb, chain: ChainReader, ends: Ends, read: (fact: Envelope) => void): void {
  const { until, confirmed: held } = ends;
  if (ends.lowest < 1) throw new Bad(0, 'gap', `an entry stands at ${ends.lowest}, before the first`);
  let last: Envelope | undefined;
  for (let after = 0; after < until; after += pageEntries) {
    // Row by row: an entry may have megabytes.
    for (const row of entries.each(db, { after, until: Math.min(until, after + pageEntries) })) {
      const seq = (last?.seq ?? 0) + 1;
      if (!isWellTyped(row)) throw new Bad(seq, 'file', 'the row is not of the types that a till writes');
      const next = chain.next(row);
      if ('broken' in next) throw new Bad(next.broken.seq, next.broken.fault, next.broken.detail);
      last = next.envelope;
      const column = columnFault(row, last);
      if (column !== undefined) throw new Bad(seq, 'column', column);
      const fact = factOf(last);
      const body = bodyFault(fact);
      if (body !== undefined) throw new Bad(seq, 'body', body);
      read(fact);
      if (seq === held.confirmed_seq && toHex(row.hash) !== toHex(held.confirmed_hash ?? new Uint8Array()))
        throw new Bad(seq, 'truncated', 'the head office has confirmed another entry here');
    }
    if ((last?.seq ?? 0) < Math.min(until, after + pageEntries))
      throw new Bad((last?.seq ?? 0) + 1, 'gap', 'entries are missing');
  }
  checkEnd(db, chain, ends, last);
}

function checkEnd(db: ReadDb, chain: ChainReader, ends: Ends, last: Envelope | undefined): void {
  const { until } = ends;
  const missing = (detail: string) => new Bad(until + 1, 'truncated', detail);
  if (!chain.isComplete) throw new Bad(until + 1, 'fork', 'entries of the fork that was being adopted are missing');
  const again = repeated.get(db, { until });
  if (again !== undefined)
    throw new Bad(again.seq, 'command_repeated', 'an entry before it has the same command and number');
  if (ends.confirmed.confirmed_seq > until)
    throw missing(`the head office has confirmed entries up to ${ends.confirmed.confirmed_seq}`);
  if (ends.last_sale > until) throw missing(`a sale was recorded as entry ${ends.last_sale}`);
  if (ends.identity === undefined) {
    if (last !== undefined) throw new Bad(0, 'till', 'the file does not say which till it is');
    return;
  }
  if (last === undefined) throw missing('the till was set up');
  const { store, till, installation, epoch } = ends.identity;
  const isSame =
    isUuidOf(store, last.store) &&
    isUuidOf(till, last.till) &&
    isUuidOf(installation, last.installation) &&
    epoch === last.epoch;
  if (!isSame) throw new Bad(until, 'till', 'the file says that it is another till, installation or epoch');
}

function isUuidOf(bytes: unknown, uuid: string): boolean {
  return bytes instanceof Uint8Array && bytes.length === 16 && uuidFromBytes(bytes) === uuid;
}

function checkPayloads(
  db: ReadDb,
  named: ReadonlySet<string>,
  erased: ReadonlySet<string>,
  found: { missing: number; erased: number; unnamed: number },
): void {
  const here = new Set<string>();
  for (const { hash, bytes } of payloads.each(db, {})) {
    const isTyped = [hash, bytes].every((blob: unknown) => blob instanceof Uint8Array);
    if (!isTyped) throw new Bad(0, 'file', 'a private payload is not of the types that a till writes');
    const name = toHex(hash);
    if (name !== toHex(sha256(bytes)))
      throw new Bad(0, 'payload', `the private payload ${name} is not what was recorded`);
    if (erased.has(name)) throw new Bad(0, 'payload', `the private payload ${name} was erased, and is there`);
    if (!named.has(name)) found.unnamed += 1;
    here.add(name);
  }
  for (const hash of named) {
    if (here.has(hash)) continue;
    if (erased.has(hash)) found.erased += 1;
    else found.missing += 1;
  }
}
