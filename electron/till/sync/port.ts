/** The till's side of the sync: what the engine reads of it and tells it. The same shape as the port that sync declares. */
import type { Cursor, FeedChange, Stream } from '../../../shared/feed/rows.ts';
import type { TillEvent } from '../../../shared/contract/till.ts';
import type { InstallationId, StoreId, TillId } from '../../../shared/ids.ts';
import { genesisHash, type Head, isSameHash } from '../../../shared/journal/chain.ts';
import { transact } from '../db/transact.ts';
import { sha256 } from '../journal/sha256.ts';
import { entryHashAt, firstInstallation, journalHead, tillIdentity } from '../journal/head.ts';
import { createSearchKeeper, renewStaleSearch, type SearchKeeper } from '../product/keep-search.ts';
import { renewSearch } from '../product/search.ts';
import { endSessionsOfInactive } from '../session/open.ts';
import { entriesAfter, type OutgoingEntry } from './outgoing.ts';
import { type Applying, applyChange } from './replica.ts';
import { beginSnapshot, endSnapshot, NamedRows } from './snapshot.ts';
import { createRepair, type Repair, type RepairParts } from './repair.ts';
import { readKept, UnreadRows } from './unread.ts';
import { findConfirmed, findCursor, recordConfirmed, recordCursor } from './standing.ts';
import type { SyncStatusAnswer } from './status.ts';

/** One page of a stream; `snapshot` is null for changes since the cursor. */
export interface FeedPage {
  readonly stream: Stream;
  /** Goes into the cursor as it is. */
  readonly tag: string;
  readonly snapshot: 'begin' | 'more' | 'end' | null;
  readonly changes: readonly FeedChange[];
  /** The cursor's position once the page is applied. */
  readonly position: number;
}

/** What the engine tells of itself; of what waits, the till's own file knows more. */
export type EngineStatus = Omit<SyncStatusAnswer, 'state'> & {
  readonly state: SyncStatusAnswer['state'] | 'standalone';
};

export interface SyncPort {
  readonly repair: Repair;
  /** Who the till is. Throws before set-up. */
  identity(): {
    readonly store: StoreId;
    readonly till: TillId;
    readonly installation: InstallationId;
    readonly epoch: number;
  };
  /**
   * Whether a head office keeps this till, as far as anybody here can know: also where its file was put back from before
   * it joined one.
   */
  hasJoined(): boolean;
  /** The till's last entry; seq 0 and `hash(0)` before the first. */
  head(): Head;
  entriesAfter(seq: number, limit: { readonly count: number; readonly bytes: number }): readonly OutgoingEntry[];
  /** The hash of one of its own entries (`hash(0)` at 0); undefined where it has none. */
  hashAt(seq: number): Uint8Array | undefined;
  /** The head office holds everything up to here. Durable before it returns. It may go back: a restored head office. */
  confirmed(head: Head): void;
  /** The number that was last confirmed; 0 before the first. */
  confirmedSeq(): number;
  cursors(): { readonly company: Cursor | null; readonly store: Cursor | null };
  /** Applies a page and its cursor in one short transaction. */
  applyPage(page: FeedPage): void;
  /** Takes what the engine says of itself, for the screen. */
  status(status: EngineStatus): void;
  /** The till was left: nothing of its streams or its engine is remembered. */
  forget(): void;
}

/** A longer write-ahead log is moved into the file after a page: a first load writes far more than any sale. 8 MiB. */
const logBound_pages = 2048;

/** Makes the till's side of the sync. */
export function createSyncPort(parts: RepairParts): SyncPort {
  const { file, installation, ports, publish } = parts;
  /** Where snapshots under way stand: not in the file, since what they have named is not either. */
  const underWay = new Map<Stream, Cursor>();
  let engine: SyncStatusAnswer | undefined;
  const search = createSearchKeeper({ file, ports, publish });
  // The search is local: whatever opened this file, it is there or being made before anybody types.
  renewStaleSearch(file, search, ports.clock.now());
  // What an older version of this till had to put by.
  const joined = tillIdentity(file.writer);
  if (joined !== undefined) transact(file.writer, () => readKept(file.writer, ports, joined.till));

  search.look();

  const identity = () => {
    const found = tillIdentity(file.reader);
    if (found === undefined) throw new Error('a till syncs only once it is set up');
    const { store, till, epoch } = found;
    return { store, till, installation: installation.own(found), epoch };
  };
  const genesis = () => genesisHash(sha256, firstInstallation(file.reader) ?? identity().installation);
  const cursorOf = (stream: Stream) => underWay.get(stream) ?? findCursor(file.reader, stream);

  const repair = createRepair(parts);

  return {
    repair: {
      ...repair,
      settle: async (base, theirs) => {
        // What a snapshot has named stands with the connection, which goes with the file: it begins anew.
        underWay.clear();
        await repair.settle(base, theirs);
        // Whoever made it let go of the file.
        search.look();
      },
    },
    identity,
    hasJoined: () => {
      const found = tillIdentity(file.reader);
      return found !== undefined && (found.authority === 'joined' || installation.epochDue(found) === 'restored');
    },
    head: () => journalHead(file.reader) ?? { seq: 0, hash: genesis() },
    entriesAfter: (seq, limit) => entriesAfter(file.reader, seq, limit),
    hashAt: (seq) => (seq === 0 ? genesis() : entryHashAt(file.reader, seq)),
    confirmed: (head) => {
      const before = findConfirmed(file.reader);
      if (before.seq === head.seq && before.hash !== null && isSameHash(before.hash, head.hash)) return;
      transact(file.writer, () => recordConfirmed(file.writer, head, new Date(ports.clock.now()).toISOString()));
      publish('sync');
    },
    confirmedSeq: () => findConfirmed(file.reader).seq,
    cursors: () => ({ company: cursorOf('company'), store: cursorOf('store') }),
    applyPage: (page) => {
      const self = identity().till;
      if ((page.snapshot === 'more' || page.snapshot === 'end') && !underWay.has(page.stream))
        throw new Error(`a snapshot of ${page.stream} goes on that never began`);
      const tells = transact(file.writer, () =>
        applyPage({ db: file.writer, ports, self, isSnapshot: page.snapshot !== null }, page, search),
      );
      const cursor = { position: page.position, tag: page.tag };
      if (page.snapshot === 'begin' || page.snapshot === 'more') underWay.set(page.stream, cursor);
      else underWay.delete(page.stream);
      if (page.snapshot === 'end' && page.stream === 'company') search.look();
      for (const kind of tells) publish(kind);
      if (file.waitingPages() > logBound_pages) file.checkpoint();
    },
    status: ({ state, clock_offset_ms, reason, doing, fault }) => {
      const said = state === 'standalone' ? undefined : { state, clock_offset_ms, reason, doing, fault };
      const isNews = newsOf(said) !== newsOf(engine);
      engine = said;
      if (isNews) publish('sync');
    },
    forget: () => {
      underWay.clear();
      engine = undefined;
    },
  };
}

/** What of a status the screens are told at once. A clock is off by some milliseconds more or less at every call. */
function newsOf(said: SyncStatusAnswer | undefined): string {
  const offset_ms = said?.clock_offset_ms ?? null;
  return JSON.stringify({ ...said, clock_offset_ms: offset_ms === null ? null : Math.round(offset_ms / 1000) });
}

/** Writes a page. A snapshot's cursor is written with its end; until then the file holds the one from before. */
function applyPage(
  applying: Applying,
  page: FeedPage,
  search: Pick<SearchKeeper, 'canWait'>,
): ReadonlySet<TillEvent['kind']> {
  const { db, ports } = applying;
  const { stream, snapshot } = page;
  const tells = new Set<TillEvent['kind']>();
  const unknown = new Set<string>();
  const unread = new UnreadRows(applying, stream);
  const named = new NamedRows();
  if (snapshot === 'begin') {
    beginSnapshot(db, stream);
    unread.begin();
  }
  for (const change of page.changes) {
    const applied = applyChange(applying, stream, change);
    unread.note(change, 'key' in applied);
    if ('unknown' in applied) unknown.add(applied.unknown);
    else if ('refused' in applied) {
      named.addUnreadable(applied.kind);
    } else {
      tells.add(applied.tells);
      named.add(applied.kind, applied.key);
    }
  }
  if (snapshot !== null) named.note(db, stream);
  if (snapshot === 'end') {
    endSnapshot(db, stream);
    endSessionsOfInactive(db, ports.clock.now());
    if (stream === 'company') renewSearch(db, { canWait: search.canWait, now: ports.clock.now() });
    for (const kind of ['catalogue', 'staff', 'settings'] as const) tells.add(kind);
  }
  if (snapshot === 'end' || snapshot === null) recordCursor(db, stream, page);
  if (tells.size > 0) tells.add('sync');
  if (unknown.size > 0) ports.log.info('feed.kind_unknown', { stream, kinds: [...unknown].slice(0, 20) });
  return tells;
}
