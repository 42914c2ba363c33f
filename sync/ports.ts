/** What the sync engine needs from a till, and what it tells it. The till implements this; sync imports nothing of it. */
import type { Cursor, FeedChange, Stream } from '../shared/feed/rows.ts';
import type { InstallationId, StoreId, TillId } from '../shared/ids.ts';
import type { Head } from '../shared/journal/chain.ts';

/** Who the till is. The epoch is that of its last entry; 0 before the first. */
export interface TillIdentity {
  readonly store: StoreId;
  readonly till: TillId;
  readonly installation: InstallationId;
  readonly epoch: number;
}

/** A private payload as it travels beside its entry. */
export interface OutgoingPayload {
  /** SHA-256 of the bytes. */
  readonly hash: Uint8Array;
  readonly bytes: Uint8Array;
}

/** An entry as it travels: its own bytes and hash, and the payloads that are still there. */
export interface OutgoingEntry {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
  readonly payloads: readonly OutgoingPayload[];
}

/**
 * One page of a stream. `snapshot` is null in the ordinary case (changes since the cursor); else the page belongs to a
 * snapshot, and after `end` whatever of that stream the snapshot did not name is gone.
 */
export interface FeedPage {
  readonly stream: Stream;
  /** Goes into the cursor as it is. */
  readonly tag: string;
  readonly snapshot: 'begin' | 'more' | 'end' | null;
  readonly changes: readonly FeedChange[];
  /** The cursor's position once the page is applied. */
  readonly position: number;
}

/** How a till comes back to one chain with its head office. */
export interface ChainRepair {
  /** Appends entries that the till had lost, from its own head on. Throws where they don't follow it. */
  restore(entries: readonly OutgoingEntry[]): void;
  /**
   * Makes one chain of two: the head office's entries after `base`, then an epoch, then the till's own as `adopted`. The
   * old file is kept beside the new one. Where another PC wrote under this till's name, it opens an epoch as a PC of its
   * own instead, and the head office decides. Resolves when the till's head has moved.
   */
  settle(base: number, theirs: readonly OutgoingEntry[]): Promise<void>;
}

export interface TillPort {
  readonly repair: ChainRepair;
  identity(): TillIdentity;
  /** The till's last entry; seq 0 and `hash(0)` before the first. */
  head(): Head;
  /**
   * The entries after `seq`, in order: at most `count`, and at most `bytes` of them together, but always one where there
   * is one.
   */
  entriesAfter(seq: number, limit: { readonly count: number; readonly bytes: number }): readonly OutgoingEntry[];
  /** The hash of one of its own entries (`hash(0)` at 0); undefined where it has none. */
  hashAt(seq: number): Uint8Array | undefined;
  /** The head office holds everything up to here. Durable before it returns. It may go back: a restored head office. */
  confirmed(head: Head): void;
  /** The number that was last confirmed, 0 before the first: what the status says until the head office is reached. */
  confirmedSeq(): number;
  cursors(): { readonly company: Cursor | null; readonly store: Cursor | null };
  /** Applies a page and its cursor in one short transaction. */
  applyPage(page: FeedPage): void;
  /** For the screen. */
  status(status: SyncStatus): void;
}

/** Why a till does not sync although the head office was reached. The first five are the head office's own words. */
export type RefusedReason =
  /** Another installation speaks for this till: a cloned or replaced PC. */
  | 'installation'
  /** The head office took the till out of use. */
  | 'deactivated'
  /** The head office answered a push with another chain than it did a moment before. */
  | 'fork'
  /** The till's own entries don't form a chain, or name another till. */
  | 'chain'
  /** The till's login is not accepted. */
  | 'login'
  /** The server's certificate is not the head office's. */
  | 'certificate';

/** What kept a till from its head office. */
export type SyncFault =
  /** No connection, or it broke. */
  | 'unreachable'
  /** It is there, but gave no answer in time. */
  | 'silent'
  /** Name or password was not accepted. */
  | 'login'
  /** TLS could not be had, or the certificate is not the right one. */
  | 'certificate'
  /** The server cancelled the statement because it took too long. */
  | 'timeout'
  /** The server is there and asks to come back: starting, stopping, full, busy. */
  | 'busy'
  /** The statement failed. */
  | 'server'
  /** The answer is none that this version knows. */
  | 'answer'
  /** The till's own side failed: its disk, or a fault in it. */
  | 'till'
  /** An answer that does not fit what was asked. */
  | 'protocol';

/** What the engine is at. */
export type SyncDoing =
  /** Reaching the head office and introducing itself. */
  | 'connecting'
  /** Looking for the entry at which two chains part. */
  | 'comparing'
  /** Fetching entries that the head office holds and this till does not. */
  | 'fetching'
  /** Making one chain of two. */
  | 'settling'
  | 'connected'
  /** Waiting before it tries again. */
  | 'resting';

export interface SyncStatus {
  /**
   * `standalone`: no head office. `confirmed`: all of it is there. `waiting`: connected, something is on its way.
   * `offline`: not reached; it will be tried again. `refused`: somebody has to do something; `reason` says what about.
   */
  readonly state: 'standalone' | 'confirmed' | 'waiting' | 'offline' | 'refused';
  readonly confirmed_seq: number;
  readonly head_seq: number;
  /** Entries that are not confirmed. */
  readonly waiting: number;
  /** Since when something has been waiting, by the till's clock; null when nothing is. */
  readonly oldest_waiting_at: string | null;
  readonly last_confirmed_at: string | null;
  /** The till's clock less the server's, in milliseconds, as last measured. */
  readonly clock_offset_ms: number | null;
  /** A {@link RefusedReason} when refused; the error's code when offline. */
  readonly reason: string | null;
  readonly doing: SyncDoing;
  /** What kept it from the head office; null while connected or refused. */
  readonly fault: SyncFault | null;
}

/** Time as the engine sees it: instants in milliseconds since 1970, and timers. */
export interface EngineClock {
  now(): number;
  /** Calls back once, after that many milliseconds, unless cancelled by the function it returns. */
  after(ms: number, callback: () => void): () => void;
}
