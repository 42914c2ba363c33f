/** Events of the protocol and what they lead to, for its tests. */
import type { FetchAnswer, HashesAnswer, HelloAnswer, PullAnswer, PushAnswer } from '../../sync/answers.ts';
import type { CentralFault } from '../../sync/central-port.ts';
import { step } from '../../sync/protocol.ts';
import { initialState, type SyncEffect, type SyncEvent, type SyncState } from '../../sync/protocol-state.ts';

export const hash = 'ab'.repeat(32);
export const server_time = '2026-11-21T09:00:00.000Z';
export const at = Date.parse(server_time);

export function welcome(acked_seq: number, chain: 'equal' | 'ahead' | 'behind' | 'fork' = 'ahead'): HelloAnswer {
  const limits = { entries: 200, bytes: 262_144, feed_rows: 500 };
  return {
    answer: 'welcome',
    chain,
    incarnation: 'i',
    genesis_hash: hash,
    limits,
    epoch: 1,
    acked_seq,
    head_hash: hash,
    server_time,
  };
}

export function taken(acked_seq: number): PushAnswer {
  return { answer: 'taken', quarantined: 0, epoch: 1, acked_seq, head_hash: hash, server_time };
}

export const nothingNew = { answer: 'pages' as const, pages: [], server_time };

/** Runs events from the start; answers the last state and the effects of the last event. */
export function run(events: readonly SyncEvent[], from: SyncState = initialState) {
  let state = from;
  let effects: readonly SyncEffect[] = [];
  for (const event of events) [state, effects] = step(state, event);
  return { state, effects };
}

export const refusedPull: PullAnswer = {
  answer: 'refused',
  reason: 'deactivated',
  seq: null,
  epoch: 1,
  acked_seq: 0,
  head_hash: hash,
  server_time,
};

export const started: SyncEvent = { type: 'started', head_seq: 10, confirmed_seq: 0 };
export const cursors = { company: null, store: null };
export const connectedWith = (head_seq: number): SyncEvent => ({ type: 'connected', at, head_seq, cursors });
export const connected = connectedWith(10);
export const greetedWith = (answer: HelloAnswer, agrees = true): SyncEvent => ({
  type: 'hello_answered',
  at,
  answer,
  agrees,
});
export const greeted = greetedWith(welcome(0));
export const pulled: SyncEvent = { type: 'pull_answered', at, random: 0.5, answer: nothingNew };
export const pushed = (acked_seq: number, took_ms = 10): SyncEvent => ({
  type: 'push_answered',
  at: at + took_ms,
  random: 0.5,
  answer: taken(acked_seq),
  agrees: true,
});
export const failed = (fault: CentralFault, pushedEntries = 0, random = 0.5): SyncEvent => ({
  type: 'failed',
  fault,
  code: 'X',
  random,
  pushed: pushedEntries,
});
export const restOver: SyncEvent = { type: 'timer', timer: 'rest', at };

export const pushing = run([started, connected, greeted, pulled]).state;

export function ofType<Type extends SyncEffect['type']>(effects: readonly SyncEffect[], type: Type) {
  return effects.find((effect): effect is Extract<SyncEffect, { type: Type }> => effect.type === type);
}

/** Where central stands, beside any answer. */
const held = (acked_seq: number) => ({ epoch: 1, acked_seq, head_hash: hash, server_time });

/** For a question for hashes: which of them are the till's own. */
export function compared(acked_seq: number, agrees: readonly boolean[]): SyncEvent {
  const answer: HashesAnswer = { answer: 'hashes', hashes: agrees.map(() => hash), ...held(acked_seq) };
  return { type: 'hashes_answered', at, random: 0.5, answer, agrees };
}

/** Entries `from` to `to` of a head office that holds `acked_seq`; none where `to` is below `from`. */
export function fetched(from: number, to: number, acked_seq: number): SyncEvent {
  const entries = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => ({
    seq: from + i,
    hash,
    bytes: '',
    payloads: [],
  }));
  const answer: FetchAnswer = { answer: 'entries', entries, ...held(acked_seq) };
  return { type: 'fetch_answered', at, random: 0.5, answer };
}
