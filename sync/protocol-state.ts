/** What the protocol knows, hears and does: the state of its machine, the events that go in, the effects that come out. */
import type { Cursor } from '../shared/feed/rows.ts';
import type {
  FetchAnswer,
  FetchedEntries,
  HashesAnswer,
  HelloAnswer,
  PullAnswer,
  PulledPage,
  PushAnswer,
} from './answers.ts';
import type { RefusedReason, SyncFault } from './ports.ts';

/** Engineering values, one page. Times in milliseconds. */
export const protocolLimits = {
  /** From a sale to its push: long enough to gather what one command wrote, far below the 200 ms it may take. */
  push_delay_ms: 40,
  poll_ms: 4_000,
  /** Full jitter: a wait is drawn between the least and a ceiling that doubles with each failure up to the most. */
  rest_least_ms: 1_000,
  rest_most_ms: 15_000,
  /**
   * How long a refusal rests: somebody has to do something first, and within half a minute of it, by the head office or at its
   * server, all shall be in step. A few bytes of each till that was refused cost nobody anything.
   */
  refused_ms: 20_000,
  batch_entries: 200,
  batch_bytes: 256 * 1024,
  first_batch_entries: 50,
  /** A push that takes longer makes the next one smaller. */
  slow_push_ms: 1_500,
  pull_rows: 500,
  fetch_entries: 200,
  fetch_bytes: 1024 * 1024,
  /** Hashes that one question asks for: three questions find the parting among 200,000 entries. */
  probes: 64,
  /** So often an entry may fail alone before it is pushed unprojected. */
  alone_tries: 3,
} as const;

export type Phase =
  | 'off'
  | 'connecting'
  | 'greeting'
  | 'idle'
  | 'pushing'
  | 'pulling'
  /** Looks for the entry at which the two chains part. */
  | 'comparing'
  /** Fetches entries that the head office holds and this till does not. */
  | 'fetching'
  /** The till makes one chain of two. */
  | 'settling'
  | 'resting';

/**
 * Between which entries the chains part: equal at `low` (-1: not even hash(0) is known to be), different at `high`. Hashes
 * are chained, so they are equal up to one entry and different ever after.
 */
export interface Search {
  readonly low: number;
  readonly high: number;
}

/** What is fetched, and what for: a lost tail of the till's own chain, or the other side of a fork after `base`. */
export interface Fetching {
  readonly base: number | null;
  /** The last entry that was fetched. */
  readonly after_seq: number;
}

export interface SyncState {
  readonly phase: Phase;
  readonly head_seq: number;
  /** What central is known to hold. */
  readonly confirmed_seq: number;
  /** The epoch that central stands in. */
  readonly epoch: number;
  readonly cursors: { readonly company: Cursor | null; readonly store: Cursor | null };
  readonly pull_due: boolean;
  readonly batch_entries: number;
  /** Failures in a row since a call last succeeded. */
  readonly failures: number;
  /** Tries in a row that failed in the server with one entry alone. */
  readonly failed_alone: number;
  /** Answers in a row that sent us back to hello without progress. */
  readonly greeted_again: number;
  readonly search: Search | null;
  readonly fetching: Fetching | null;
  /** Somebody wished to try now while a call was under way: where that call fails, the next one waits for nothing. */
  readonly tried_now: boolean;
  /** When the call under way began. */
  readonly called_at: number;
  readonly clock_offset_ms: number | null;
  readonly last_confirmed_at: number | null;
  readonly refused: RefusedReason | null;
  /** The code of the last failure while not connected, and what kind of failure it was. */
  readonly failure: string | null;
  readonly fault: SyncFault | null;
}

/** Whether the hash that central names is the till's own at that number; false also where the till has none. */
type Agrees = boolean;

export type SyncEvent =
  | { readonly type: 'started'; readonly head_seq: number; readonly confirmed_seq: number }
  | { readonly type: 'appended'; readonly head_seq: number }
  /**
   * With the head and the cursors as the till holds them: entries that it could not take back and a page that it failed to
   * apply are then asked for again.
   */
  | {
      readonly type: 'connected';
      readonly at: number;
      readonly head_seq: number;
      readonly cursors: SyncState['cursors'];
    }
  | { readonly type: 'hello_answered'; readonly at: number; readonly answer: HelloAnswer; readonly agrees: Agrees }
  | {
      readonly type: 'push_answered';
      readonly at: number;
      readonly random: number;
      readonly answer: PushAnswer;
      readonly agrees: Agrees;
    }
  | { readonly type: 'pull_answered'; readonly at: number; readonly random: number; readonly answer: PullAnswer }
  | {
      readonly type: 'failed';
      readonly fault: Exclude<SyncFault, 'protocol'>;
      readonly code: string;
      /** From 0 up to 1. */
      readonly random: number;
      /** How many entries the failed push carried; 0 for any other call. */
      readonly pushed: number;
    }
  /** For each number that was asked for, whether the head office's hash is the till's own. */
  | {
      readonly type: 'hashes_answered';
      readonly at: number;
      readonly random: number;
      readonly answer: HashesAnswer;
      readonly agrees: readonly Agrees[];
    }
  | { readonly type: 'fetch_answered'; readonly at: number; readonly random: number; readonly answer: FetchAnswer }
  | { readonly type: 'settled'; readonly at: number; readonly head_seq: number }
  | { readonly type: 'timer'; readonly timer: TimerName; readonly at: number }
  | { readonly type: 'try_now' }
  | { readonly type: 'stopped' };

export type TimerName = 'push' | 'poll' | 'rest';

export type SyncEffect =
  | { readonly type: 'connect' }
  | { readonly type: 'disconnect' }
  | { readonly type: 'hello' }
  | {
      readonly type: 'push';
      readonly after_seq: number;
      readonly epoch: number;
      readonly limit: { readonly count: number; readonly bytes: number };
      readonly unprojected: boolean;
    }
  | { readonly type: 'pull'; readonly cursors: SyncState['cursors']; readonly limit: number }
  | { readonly type: 'compare'; readonly seqs: readonly number[] }
  | {
      readonly type: 'fetch';
      readonly after_seq: number;
      readonly limit: { readonly count: number; readonly bytes: number };
    }
  /** Appends what was fetched to the till's own chain. */
  | { readonly type: 'restore'; readonly answer: FetchedEntries }
  /** Keeps what was fetched until the fork is settled; `begins` drops what was kept before. */
  | { readonly type: 'gather'; readonly begins: boolean; readonly answer: FetchedEntries }
  | { readonly type: 'settle'; readonly base: number }
  | { readonly type: 'confirm'; readonly seq: number; readonly hash: string }
  | { readonly type: 'apply'; readonly page: PulledPage }
  /** Starts the timer anew. */
  | { readonly type: 'set_timer'; readonly timer: TimerName; readonly ms: number }
  | { readonly type: 'clear_timers' }
  | { readonly type: 'show_status' };

export type Step = readonly [SyncState, readonly SyncEffect[]];

export const initialState: SyncState = {
  phase: 'off',
  head_seq: 0,
  confirmed_seq: 0,
  epoch: 0,
  cursors: { company: null, store: null },
  pull_due: true,
  batch_entries: protocolLimits.first_batch_entries,
  failures: 0,
  failed_alone: 0,
  greeted_again: 0,
  search: null,
  fetching: null,
  tried_now: false,
  called_at: 0,
  clock_offset_ms: null,
  last_confirmed_at: null,
  refused: null,
  failure: null,
  fault: null,
};
