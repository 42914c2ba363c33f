import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  at,
  compared,
  connected,
  failed,
  fetched,
  greeted,
  greetedWith,
  nothingNew,
  pulled,
  pushed,
  refusedPull,
  started,
  welcome,
} from '../tests/sync/protocol-events.ts';
import type { CentralFault } from './central-port.ts';
import { step } from './protocol.ts';
import { probesOf } from './protocol-repair.ts';
import { initialState, type SyncEvent, type SyncState, type TimerName } from './protocol-state.ts';

describe('whatever happens, in whatever order', () => {
  interface Choice {
    readonly what: 'answer' | 'fail' | 'timer' | 'append' | 'try_now' | 'noise';
    readonly n: number;
  }
  const choices: fc.Arbitrary<Choice> = fc.record({
    what: fc.constantFrom(
      'answer',
      'answer',
      'answer',
      'answer',
      'fail',
      'timer',
      'timer',
      'append',
      'try_now',
      'noise',
    ),
    n: fc.nat(20),
  });
  const faults: readonly CentralFault[] = ['unreachable', 'silent', 'timeout', 'server', 'login', 'busy'];
  const noise: readonly SyncEvent[] = [
    started,
    connected,
    greeted,
    pulled,
    pushed(3),
    { type: 'timer', timer: 'push', at },
  ];

  /** The answer that the call under way would get; now and then a bad one. */
  function answerTo(state: SyncState, n: number): SyncEvent | undefined {
    const reached = Math.min(state.head_seq, state.confirmed_seq + 1 + (n % 7));
    switch (state.phase) {
      case 'connecting':
        return connected;
      case 'greeting':
        if (n === 17) return greetedWith(welcome(state.head_seq + 3, 'behind'));
        if (n === 18) return greetedWith(welcome(state.head_seq + 3, 'fork'));
        return greetedWith(welcome(Math.min(state.head_seq, n === 20 ? 0 : state.confirmed_seq)), n !== 19);
      case 'pushing':
        return pushed(n === 20 ? state.confirmed_seq : reached);
      case 'pulling':
        return { type: 'pull_answered', at, random: n / 21, answer: n === 20 ? refusedPull : nothingNew };
      case 'comparing': {
        // The chains are the same up to `n`.
        const seqs = state.search === null ? [] : probesOf(state.search);
        return compared(
          state.head_seq + 3,
          seqs.map((seq) => seq <= n),
        );
      }
      case 'fetching': {
        const after = state.fetching?.after_seq ?? 0;
        const end = (state.fetching?.base ?? state.head_seq) + 5;
        return n === 20 ? fetched(after + 2, after + 2, end) : fetched(after + 1, Math.min(end, after + 1 + n), end);
      }
      case 'settling':
        return { type: 'settled', at, head_seq: state.head_seq + 2 };
      case 'off':
      case 'idle':
      case 'resting':
        return undefined;
    }
  }

  function eventFor({ what, n }: Choice, state: SyncState, timers: Set<TimerName>): SyncEvent | undefined {
    const isCalling = state.phase !== 'idle' && state.phase !== 'resting';
    switch (what) {
      case 'answer':
        return answerTo(state, n);
      case 'fail':
        return isCalling ? failed(faults[n % faults.length] ?? 'silent', state.phase === 'pushing' ? 1 : 0) : undefined;
      case 'timer': {
        const timer = [...timers][n % Math.max(1, timers.size)];
        if (timer === undefined) return undefined;
        timers.delete(timer);
        return { type: 'timer', timer, at };
      }
      case 'append':
        return { type: 'appended', head_seq: state.head_seq + 1 };
      case 'try_now':
        return { type: 'try_now' };
      case 'noise': {
        const event = noise[n % noise.length];
        // An answer that fits would be an answer, not noise.
        return event?.type === answerTo(state, n)?.type || event?.type === 'timer' ? undefined : event;
      }
    }
  }

  const calling = new Set<string>(['hello', 'push', 'pull', 'compare', 'fetch', 'settle']);

  it('one call at a time, only while connected, and never stuck: a call is under way or a timer will wake it', () => {
    const phases = new Set<string>();
    fc.assert(
      fc.property(fc.array(choices, { minLength: 20, maxLength: 120 }), (chosen) => {
        let isConnected = false;
        let state = initialState;
        const timers = new Set<TimerName>();
        const tell = (event: SyncEvent) => {
          if (event.type === 'connected' && state.phase === 'connecting') isConnected = true;
          const [next, effects] = step(state, event);
          let calls = 0;
          for (const effect of effects) {
            if (effect.type === 'disconnect') isConnected = false;
            if (effect.type === 'clear_timers') timers.clear();
            if (effect.type === 'set_timer') timers.add(effect.timer);
            if (calling.has(effect.type)) {
              calls += 1;
              expect(isConnected).toBe(true);
            }
            if (effect.type === 'push') expect(effect.after_seq).toBeLessThan(next.head_seq);
          }
          expect(calls).toBeLessThanOrEqual(1);
          state = next;
          phases.add(state.phase);
          if (state.phase === 'idle') {
            // The feed is asked for again and again, whatever happened before; what waits goes soon.
            expect(timers).toContain('poll');
            if (state.head_seq > state.confirmed_seq) expect(timers).toContain('push');
          }
          if (state.phase === 'resting') expect(timers).toContain('rest');
        };
        tell(started);
        for (const choice of chosen) {
          const event = eventFor(choice, state, timers);
          if (event !== undefined) tell(event);
        }
      }),
      { numRuns: 500, seed: 7 },
    );
    expect([...phases].toSorted()).toEqual([
      'comparing',
      'connecting',
      'fetching',
      'greeting',
      'idle',
      'pulling',
      'pushing',
      'resting',
      'settling',
    ]);
  });
});
