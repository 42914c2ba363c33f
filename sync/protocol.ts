/**
 * The protocol between a till and central as a pure state machine: events in, effects out. It has no clock, no socket and
 * no random of its own, so the simulator runs the very code that the product runs.
 *
 *     off ── start ──▶ connecting ──▶ greeting ──▶ idle ◀──▶ pushing, pulling
 *                          ▲           │    ▲       │
 *                          │           ▼    │       │
 *                          │   comparing, fetching, settling (the chains are made one)
 *                          │                │       │
 *                          └── resting (back-off) ◀─┴── any failure or refusal
 *
 * One call is under way at a time. Only what an answer says counts as sent: a lost answer costs a repetition, which central
 * compares and skips.
 */
import type { Cursor, Stream } from '../shared/feed/rows.ts';
import { asRefused, measured, refuse, rest } from './protocol-rest.ts';
import { compared, compareMore, fetched, fetchMore, settled } from './protocol-repair.ts';
import { protocolLimits, type Step, type SyncEffect, type SyncEvent, type SyncState } from './protocol-state.ts';

/** What an event does. An event that the phase does not expect (a timer that fired late) changes nothing. */
export function step(state: SyncState, event: SyncEvent): Step {
  switch (event.type) {
    case 'started':
      return state.phase === 'off'
        ? connect({ ...state, head_seq: event.head_seq, confirmed_seq: event.confirmed_seq })
        : [state, []];
    case 'appended':
      return appended({ ...state, head_seq: Math.max(state.head_seq, event.head_seq) });
    case 'connected':
      return state.phase === 'connecting' ? connected(state, event) : [state, []];
    case 'hello_answered':
      return state.phase === 'greeting' ? greeted(state, event) : [state, []];
    case 'push_answered':
      return state.phase === 'pushing' ? pushed(state, event) : [state, []];
    case 'pull_answered':
      return state.phase === 'pulling' ? pulled(state, event) : [state, []];
    case 'hashes_answered':
      return state.phase === 'comparing' ? compared(state, event) : [state, []];
    case 'fetch_answered':
      return state.phase === 'fetching' ? fetched(state, event) : [state, []];
    case 'settled':
      return state.phase === 'settling' ? settled(state, event) : [state, []];
    case 'failed':
      return state.phase === 'off' ? [state, []] : failed(state, event);
    case 'timer':
      return timerFired(state, event);
    case 'try_now':
      return triedNow(state);
    case 'stopped':
      return [{ ...state, phase: 'off' }, [{ type: 'clear_timers' }, { type: 'disconnect' }]];
  }
}

function connect(state: SyncState): Step {
  // A new connection begins with a pull: the timer that would have asked for one is cleared here.
  return [
    { ...state, phase: 'connecting', pull_due: true },
    [{ type: 'clear_timers' }, { type: 'connect' }, { type: 'show_status' }],
  ];
}

function connected(state: SyncState, { at, cursors, head_seq }: Extract<SyncEvent, { type: 'connected' }>): Step {
  return [{ ...state, phase: 'greeting', called_at: at, head_seq, cursors }, [{ type: 'hello' }]];
}

function appended(state: SyncState): Step {
  const effects: SyncEffect[] = [{ type: 'show_status' }];
  if (state.phase === 'idle') effects.push({ type: 'set_timer', timer: 'push', ms: protocolLimits.push_delay_ms });
  return [state, effects];
}

function greeted(before: SyncState, event: Extract<SyncEvent, { type: 'hello_answered' }>): Step {
  const { answer, at } = event;
  const state = measured(before, answer.server_time, at);
  if (answer.answer === 'refused') return refuse(state, asRefused(answer.reason));
  if (answer.chain === 'behind')
    return fetchMore({ ...state, fetching: { base: null, after_seq: state.head_seq } }, at);
  if (answer.chain === 'fork' || !event.agrees)
    return compareMore({ ...state, search: { low: -1, high: Math.min(state.head_seq, answer.acked_seq) } }, at);
  // Central may hold less than it once confirmed (it was restored): the rest is pushed again from there.
  const held: SyncState = {
    ...state,
    epoch: answer.epoch,
    confirmed_seq: answer.acked_seq,
    last_confirmed_at: at,
    refused: null,
    failure: null,
    fault: null,
  };
  return withConfirm(answer, proceed(held, at));
}

function pushed(before: SyncState, event: Extract<SyncEvent, { type: 'push_answered' }>): Step {
  const { answer, at } = event;
  const isAhead = answer.acked_seq > before.confirmed_seq;
  // Another PC may have written under this till's name, or gone on from our own entries: what it means, hello finds out.
  if (isAhead && !event.agrees && answer.answer === 'taken')
    return before.greeted_again > 0 ? refuse(before, 'fork') : greetAgain(before, event);
  const progressed = isAhead && event.agrees;
  const state: SyncState = progressed
    ? {
        ...before,
        epoch: answer.epoch,
        confirmed_seq: answer.acked_seq,
        last_confirmed_at: at,
        failures: 0,
        failed_alone: 0,
        greeted_again: 0,
      }
    : before;
  const next = afterPush(state, event, progressed, at - before.called_at);
  return progressed ? withConfirm(answer, next) : next;
}

function afterPush(
  state: SyncState,
  event: Extract<SyncEvent, { type: 'push_answered' }>,
  progressed: boolean,
  took_ms: number,
): Step {
  const { answer } = event;
  switch (answer.answer) {
    case 'taken':
      if (!progressed) return rest(state, 'no_progress', event.random);
      return proceed({ ...state, batch_entries: nextBatch(state.batch_entries, took_ms) }, event.at);
    case 'refused':
      return refuse(state, asRefused(answer.reason));
    case 'fork':
    case 'gap':
    case 'epoch':
      return greetAgain(state, event);
  }
}

/** The till writes down what is confirmed after the next call is on its way: its disk and central then work at once. */
function withConfirm(answer: { readonly acked_seq: number; readonly head_hash: string }, [state, effects]: Step): Step {
  return [state, [...effects, { type: 'confirm', seq: answer.acked_seq, hash: answer.head_hash }]];
}

/** Central stands elsewhere than we thought: hello tells where. Twice in a row is a failure like another. */
function greetAgain(state: SyncState, event: Extract<SyncEvent, { type: 'push_answered' }>): Step {
  if (state.greeted_again > 0) return rest(state, event.answer.answer, event.random);
  return [
    { ...state, phase: 'greeting', greeted_again: state.greeted_again + 1, called_at: event.at },
    [{ type: 'hello' }],
  ];
}

function nextBatch(entries: number, took_ms: number): number {
  if (took_ms > protocolLimits.slow_push_ms) return Math.max(1, Math.floor(entries / 2));
  return Math.min(protocolLimits.batch_entries, entries * 2);
}

function pulled(before: SyncState, event: Extract<SyncEvent, { type: 'pull_answered' }>): Step {
  const { answer, at } = event;
  const state = measured({ ...before, failures: 0 }, answer.server_time, at);
  if (answer.answer === 'refused') return refuse(state, asRefused(answer.reason));
  const effects: SyncEffect[] = [];
  const cursors: Record<Stream, Cursor | null> = { ...state.cursors };
  let more = false;
  for (const page of answer.pages) {
    const cursor = cursors[page.stream];
    // A page that does not begin where our cursor stands is not the answer to what we asked: changes would be skipped.
    if (page.snapshot !== 'begin' && page.from !== (cursor?.position ?? 0)) return rest(state, 'page', event.random);
    cursors[page.stream] = { position: page.position, tag: page.tag };
    // An empty page (of our own movements, say) moves the cursor in memory only; the next full one makes it durable.
    if (page.changes.length > 0 || page.snapshot !== null) effects.push({ type: 'apply', page });
    more ||= page.more;
  }
  // 75 to 125 % of the interval, so that tills don't keep step.
  const poll_ms = Math.round(protocolLimits.poll_ms * (0.75 + event.random / 2));
  if (!more) effects.push({ type: 'set_timer', timer: 'poll', ms: poll_ms });
  const [next, calls] = proceed({ ...state, cursors, pull_due: more }, at);
  // The next page is asked for before this one is written: central makes it meanwhile. Where this one can't be written the
  // connection ends, so that the answer is not heard, and the till says anew how far it is.
  return [next, next.phase === 'pulling' ? [...calls, ...effects] : [...effects, ...calls]];
}

/** The next call: a pull that is due goes between pushes, so that a long backlog keeps no price from arriving. */
function proceed(state: SyncState, at: number): Step {
  const waiting = state.head_seq > state.confirmed_seq;
  const turn = state.phase === 'pulling' ? waiting : !state.pull_due;
  if (waiting && turn) {
    return [
      { ...state, phase: 'pushing', called_at: at },
      [
        {
          type: 'push',
          after_seq: state.confirmed_seq,
          epoch: state.epoch,
          limit: { count: state.batch_entries, bytes: protocolLimits.batch_bytes },
          unprojected: state.failed_alone >= protocolLimits.alone_tries,
        },
        { type: 'show_status' },
      ],
    ];
  }
  if (state.pull_due) {
    return [
      { ...state, phase: 'pulling', called_at: at },
      [{ type: 'pull', cursors: state.cursors, limit: protocolLimits.pull_rows }, { type: 'show_status' }],
    ];
  }
  return [{ ...state, phase: 'idle', tried_now: false }, [{ type: 'show_status' }]];
}

function failed(before: SyncState, event: Extract<SyncEvent, { type: 'failed' }>): Step {
  let state = before;
  if (event.pushed > 0) {
    const inServer = event.fault === 'timeout' || event.fault === 'server';
    state = {
      ...state,
      batch_entries: Math.max(1, Math.floor(event.pushed / 4)),
      failed_alone: inServer && event.pushed === 1 ? state.failed_alone + 1 : state.failed_alone,
    };
  }
  if (event.fault === 'login' || event.fault === 'certificate') return refuse(state, event.fault);
  return rest(state, event.code, event.random, event.fault);
}

function timerFired(state: SyncState, event: Extract<SyncEvent, { type: 'timer' }>): Step {
  switch (event.timer) {
    case 'rest':
      return state.phase === 'resting' ? connect(state) : [state, []];
    case 'poll':
      return state.phase === 'idle'
        ? proceed({ ...state, pull_due: true }, event.at)
        : [{ ...state, pull_due: true }, []];
    case 'push':
      return state.phase === 'idle' ? proceed(state, event.at) : [state, []];
  }
}

function triedNow(state: SyncState): Step {
  if (state.phase === 'resting') return connect({ ...state, failures: 0 });
  if (state.phase === 'idle') return [{ ...state, pull_due: true }, [{ type: 'set_timer', timer: 'push', ms: 0 }]];
  return [{ ...state, tried_now: state.phase !== 'off' }, []];
}
