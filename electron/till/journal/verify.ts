/**
 * `verify`: is everything that this till ever recorded still there, and is it what was recorded? Reads a till's file
 * beside the running till and recomputes every hash; names the first entry that is not what it was.
 */
import { toHex, uuidFromBytes } from '../../../shared/ids.ts';
import { type BrokenEntry, ChainReader, type ChainFault } from '../../../shared/journal/chain.ts';
import type { Envelope } from '../../../shared/journal/envelope.ts';
import { isKnownKind, kinds } from '../../../shared/journal/kinds.ts';
import { FormatError } from '../../../shared/journal/canonical.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { sha256 } from './append.ts';
import { journalHead } from './head.ts';

const entries = reads<{ after: number; until: number }>()((q, p) =>
  q
    .selectFrom('journal')
    .select(['seq', 'hash', 'epoch', 'kind', 'version', 'command', 'n', 'at', 'business_date', 'bytes'])
    .where('seq', '>', p.after)
    .where('seq', '<=', p.until)
    .orderBy('seq'),
);
const payloads = reads()((q) => q.selectFrom('private_payloads').select(['hash', 'bytes']).orderBy('hash'));

/** How many entries are read in one statement: the till beside us goes on selling, so none of them lives long. */
const pageEntries = 2000;

type Fault = ChainFault | 'column' | 'body' | 'payload';

export interface Verified {
  readonly entries: number;
  /** Hexadecimal; null for an empty journal. */
  readonly head: string | null;
  readonly bad: (Omit<BrokenEntry, 'fault'> & { readonly fault: Fault }) | null;
  /** Payloads that are named, neither here nor erased: they may have been lost, or may still come. */
  readonly missing_payloads: number;
  readonly erased_payloads: number;
  /** Entries of kinds or versions that this version doesn't know: their chain is checked, their bodies are not. */
  readonly unknown_kinds: number;
}

/** Recomputes the whole journal. Never throws for what is in the file: whatever is wrong is in the answer. */
export function verifyJournal(db: ReadDb): Verified {
  const chain = new ChainReader(sha256);
  // What the journal holds when we begin; what is appended meanwhile is for the next time.
  const until = journalHead(db)?.seq ?? 0;
  const named = new Set<string>();
  const erased = new Set<string>();
  let unknown = 0;
  let bad: Verified['bad'] = null;
  let after = 0;
  while (bad === null && after < until) {
    const page = entries.all(db, { after, until: Math.min(until, after + pageEntries) });
    for (const row of page) {
      const next = chain.next(row);
      if ('broken' in next) {
        bad = next.broken;
        break;
      }
      const { envelope } = next;
      const fault = columnFault(row, envelope) ?? bodyFault(envelope);
      if (fault !== undefined) {
        bad = { seq: row.seq, ...fault };
        break;
      }
      if (!isKnownKind(envelope.kind, envelope.version)) unknown += 1;
      for (const hash of envelope.private ?? []) named.add(hash);
      if (envelope.kind === 'erased')
        for (const hash of kinds.erased.read(envelope.body).payloads) erased.add(hash);
    }
    if (bad === null && page.length === 0) bad = { seq: after + 1, fault: 'gap', detail: 'entries are missing' };
    after += pageEntries;
  }
  const found = new Set<string>();
  for (const row of payloads.all(db, {})) {
    const hash = toHex(row.hash);
    if (bad === null && hash !== toHex(sha256(row.bytes)))
      bad = { seq: 0, fault: 'payload', detail: `the private payload ${hash} is not what was recorded` };
    if (bad === null && erased.has(hash)) bad = { seq: 0, fault: 'payload', detail: `the private payload ${hash} was erased` };
    found.add(hash);
  }
  const absent = [...named].filter((hash) => !found.has(hash));
  return {
    entries: chain.head?.seq ?? 0,
    head: chain.head === undefined ? null : toHex(chain.head.hash),
    bad,
    missing_payloads: absent.filter((hash) => !erased.has(hash)).length,
    erased_payloads: absent.filter((hash) => erased.has(hash)).length,
    unknown_kinds: unknown,
  };
}

interface Columns {
  readonly seq: number;
  readonly epoch: number;
  readonly kind: string;
  readonly version: number;
  readonly command: Uint8Array;
  readonly n: number;
  readonly at: string;
  readonly business_date: string | null;
}

/** The columns are copies of the envelope, for queries: a copy that differs is a lie, even when the bytes are whole. */
function columnFault(row: Columns, envelope: Envelope): { fault: Fault; detail: string } | undefined {
  const copies = {
    seq: row.seq,
    epoch: row.epoch,
    kind: row.kind,
    version: row.version,
    command: uuidFromBytes(row.command),
    n: row.n,
    at: row.at,
    business_date: row.business_date,
  };
  for (const name of ['seq', 'epoch', 'kind', 'version', 'command', 'n', 'at', 'business_date'] as const) {
    if (copies[name] !== envelope[name])
      return { fault: 'column', detail: `${name} is ${String(copies[name])} beside the entry, ${String(envelope[name])} in it` };
  }
  return undefined;
}

function bodyFault(envelope: Envelope): { fault: Fault; detail: string } | undefined {
  if (!isKnownKind(envelope.kind, envelope.version)) return undefined;
  try {
    kinds[envelope.kind].read(envelope.body);
    return undefined;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { fault: 'body', detail: error.message };
  }
}
