/**
 * Settles a fork: this till and its head office each went on by themselves after a common entry. In a copy of the till's
 * file, the head office's entries come first, then an epoch, then the till's own as `adopted`; everything is projected
 * again in that order. Nothing is lost, nothing stands twice, no printed number changes, and the chain says what was done.
 */
import { type CommandId, type InstallationId, toHex } from '../../../shared/ids.ts';
import { ChainReader, type Entry, genesisHash, type Head } from '../../../shared/journal/chain.ts';
import { decodeEntry, type Envelope } from '../../../shared/journal/envelope.ts';
import { endSoldBaskets } from '../basket/repository.ts';
import { type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { transact } from '../db/transact.ts';
import type { Random } from '../ports.ts';
import { showAll } from '../proposal/overlay.ts';
import { appendEntry } from './append.ts';
import { projections } from './compare.ts';
import { dropGuards, putBackGuards } from './guards.ts';
import { entryHashAt, journalHead, type TillIdentity, tillIdentity } from './head.ts';
import { keepReceived } from './payloads.ts';
import { isCatalogueKind, projectTaken } from './project.ts';
import { newSeries } from './series.ts';
import { sha256 } from './sha256.ts';
import { insertTaken } from './take.ts';

const pageEntries = 500;

const page = reads<{ after: number; limit: number }>()((q, p) =>
  q.selectFrom('journal').select(['seq', 'hash', 'bytes']).where('seq', '>', p.after).orderBy('seq').limit(p.limit),
);
const cutOff = writes<{ base: number }>()((q, p) => q.deleteFrom('journal').where('seq', '>', p.base));
const keepNames = writes<{ code: string; name: string; authority: string; demo: number }>()((q, p) =>
  // A flag is bound as the number it is.
  q.updateTable('till_identity').set({ code: p.code, name: p.name, authority: p.authority, demo: p.demo as never }),
);
// What was counted in the stock take that is open stays after the same entries, under their new numbers.
const moveMarks = writes<{ base: number; by: number }>()((q, p) =>
  q
    .updateTable('stock_take_marks')
    .set((eb) => ({ own_seq: eb('own_seq', '+', p.by) }))
    .where('own_seq', '>', p.base),
);
const confirmTheirs = writes<{ seq: number; hash: Uint8Array }>()((q, p) =>
  q.updateTable('sync_state').set({ confirmed_seq: p.seq, confirmed_hash: p.hash }),
);

/** An entry of the other side, with the private payloads that came along. */
export interface TheirEntry extends Entry {
  readonly payloads: readonly { readonly hash: Uint8Array; readonly bytes: Uint8Array }[];
}

export interface Settlement {
  /** The last entry that both sides share; 0 where they share none. */
  readonly base: number;
  readonly theirs: readonly TheirEntry[];
  /** This PC. */
  readonly installation: InstallationId;
  readonly command: CommandId;
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

/**
 * Settles a fork in a copy of the till's file, which nobody else has open. Answers the new head.
 *
 * @throws Error where the other side's entries don't follow the common ones, or where nothing was forked
 */
export function settleFork(copy: WriteDb, settlement: Settlement): Head {
  const { base, theirs } = settlement;
  return transact(copy, () => {
    const before = tillIdentity(copy);
    if (before === undefined) throw new Error('a till that was never set up has no fork');
    const own = entriesAfter(copy, base);
    const guards = dropGuards(copy);
    cutOff.run(copy, { base });
    // The small integers of products stay: other tables use them.
    for (const table of projections) copy.connection.exec(`DELETE FROM ${table}`);
    const chain = new ChainReader(sha256);
    projectAgain(copy, chain);
    putBackGuards(copy, guards);
    takeTheirs(copy, chain, theirs);
    adopt(copy, settlement, before, own);
    // Proposals have other numbers now, or are the other side's.
    showAll(copy, { isSearched: true });
    endSoldBaskets(copy);
    moveMarks.run(copy, { base, by: theirs.length + 1 });
    // A file from before the shop joined knows less of itself than the chain that it comes back to.
    const after = tillIdentity(copy);
    const names = after?.authority === 'joined' ? after : before;
    keepNames.run(copy, { ...names, demo: names.demo ? 1 : 0 });
    const last = theirs.at(-1);
    if (last !== undefined) confirmTheirs.run(copy, { seq: base + theirs.length, hash: last.hash });
    const head = journalHead(copy);
    if (head === undefined) throw new Error('a settled fork has a head');
    return head;
  });
}

function entriesAfter(db: ReadDb, base: number): Entry[] {
  return page.all(db, { after: base, limit: Number.MAX_SAFE_INTEGER }).map(({ bytes, hash }) => ({ bytes, hash }));
}

/** What of the journal is kept, projected from the beginning. The catalogue is the head office's and stays as it is. */
function projectAgain(db: WriteDb, chain: ChainReader): void {
  for (let after = 0; ;) {
    const rows = page.all(db, { after, limit: pageEntries });
    for (const row of rows) projectFact(db, follow(chain, row));
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

function takeTheirs(db: WriteDb, chain: ChainReader, theirs: readonly TheirEntry[]): void {
  for (const entry of theirs) {
    const envelope = follow(chain, entry);
    keepReceived(db, entry.payloads);
    insertTaken(db, entry, envelope);
    projectFact(db, envelope);
  }
}

function projectFact(db: WriteDb, envelope: Envelope): void {
  if (!isCatalogueKind(envelope.kind)) projectTaken(db, envelope);
}

function follow(chain: ChainReader, entry: Entry): Envelope {
  const next = chain.next(entry);
  if ('broken' in next) throw new Error(`entry ${next.broken.seq}: ${next.broken.fault}: ${next.broken.detail}`);
  return next.envelope;
}

/** The epoch that says what was forked, and the till's own entries inside new ones. */
function adopt(db: WriteDb, by: Settlement, before: TillIdentity, own: readonly Entry[]): void {
  const envelopes = own.map(({ bytes }) => decodeEntry(bytes));
  const head = journalHead(db);
  const firstOwn = envelopes[0];
  const lastOwn = own.at(-1);
  if (firstOwn === undefined || lastOwn === undefined) throw new Error('nothing was forked');
  const forkedFrom = by.base === 0 ? genesisHash(sha256, firstOwn.installation) : entryHashAt(db, by.base);
  const current = tillIdentity(db);
  if (head === undefined || current === undefined || forkedFrom === undefined)
    throw new Error('the head office holds nothing to settle with');
  const epoch = current.epoch + 1;
  const identity = { store: before.store, till: before.till, installation: by.installation, epoch };
  let n = 0;
  const shared = {
    identity,
    command: by.command,
    actor: null,
    approver: null,
    now: by.now,
    offset: by.offset,
    business_date: null,
    currency: null,
  };
  appendEntry(db, {
    ...shared,
    n,
    kind: 'epoch.opened',
    body: {
      reason: 'fork_settled',
      previous_head: { epoch: current.epoch, seq: head.seq, hash: toHex(head.hash) },
      series: newSeries(db, by.random),
      fork: {
        base: { seq: by.base, hash: toHex(forkedFrom) },
        head: { seq: by.base + own.length, hash: toHex(lastOwn.hash) },
      },
    },
    private: [],
  });
  let previous = forkedFrom;
  for (const [i, { bytes, hash }] of own.entries()) {
    n += 1;
    appendEntry(db, {
      ...shared,
      n,
      kind: 'adopted',
      body: {
        bytes_base64: Buffer.from(bytes).toString('base64'),
        hash: toHex(hash),
        previous_hash: toHex(previous),
      },
      private: envelopes[i]?.private ?? [],
    });
    previous = hash;
  }
}
