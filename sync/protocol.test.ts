import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HelloAnswer, PullAnswer, PushAnswer } from './answers.ts';
import type { CentralFault } from './central-port.ts';
import { step } from './protocol.ts';
import {
  initialState,
  protocolLimits,
  type SyncEffect,
  type SyncEvent,
  type SyncState,
  type TimerName,
} from './protocol-state.ts';

const hash = 'ab'.repeat(32);
const server_time = '2026-11-21T09:00:00.000Z';
const at = Date.parse(server_time);

function welcome(acked_seq: number, chain: 'equal' | 'ahead' | 'behind' | 'fork' = 'ahead'): HelloAnswer {
  const limits = { entries: 200, bytes: 262_144, feed_rows: 500 };
  return { answer: 'welcome', chain, incarnation: 'i', limits, epoch: 1, acked_seq, head_hash: hash, server_time };
}

function taken(acked_seq: number): PushAnswer {
  return { answer: 'taken', quarantined: 0, epoch: 1, acked_seq, head_hash: hash, server_time };
}

const nothingNew: PullAnswer = { answer: 'pages', pages: [], server_time };

/** Runs events from the start; answers the last state and the effects of the last event. */
function run(events: readonly SyncEvent[], from: SyncState = initialState) {
  let state = from;
  let effects: readonly SyncEffect[] = [];
  for (const event of events) [state, effects] = step(state, event);
  return { state, effects };
}

const refusedPull: PullAnswer = {
  answer: 'refused',
  reason: 'deactivated',
  seq: null,
  epoch: 1,
  acked_seq: 0,
  head_hash: hash,
  server_time,
};

const started: SyncEvent = { type: 'started', head_seq: 10, confirmed_seq: 0 };
const cursors = { company: null, store: null };
const connected: SyncEvent = { type: 'connected', at, cursors };
const greetedWith = (answer: HelloAnswer, agrees = true): SyncEvent => ({ type: 'hello_answered', at, answer, agrees });
const greeted = greetedWith(welcome(0));
const pulled: SyncEvent = { type: 'pull_answered', at, random: 0.5, answer: nothingNew };
const pushed = (acked_seq: number, took_ms = 10): SyncEvent => ({
  type: 'push_answered',
  at: at + took_ms,
  random: 0.5,
  answer: taken(acked_seq),
  agrees: true,
});
const failed = (fault: CentralFault, pushedEntries = 0, random = 0.5): SyncEvent => ({
  type: 'failed',
  fault,
  code: 'X',
  random,
  pushed: pushedEntries,
});
const restOver: SyncEvent = { type: 'timer', timer: 'rest', at };

const pushing = run([started, connected, greeted, pulled]).state;

function ofType<Type extends SyncEffect['type']>(effects: readonly SyncEffect[], type: Type) {
  return effects.find((effect): effect is Extract<SyncEffect, { type: Type }> => effect.type === type);
}

describe('the way to being in step', () => {
  it('connects, says hello, pulls, pushes what waits, then rests until something happens', () => {
    expect(run([started]).effects).toContainEqual({ type: 'connect' });
    expect(run([started, connected]).effects).toEqual([{ type: 'hello' }]);
    expect(ofType(run([started, connected, greeted]).effects, 'pull')).toBeDefined();
    const push = run([started, connected, greeted, pulled]);
    expect(ofType(push.effects, 'push')).toMatchObject({ after_seq: 0, epoch: 1, unprojected: false });
    const idle = run([pushed(10)], push.state);
    expect(idle.state.phase).toBe('idle');
    expect(ofType(idle.effects, 'confirm')).toEqual({ type: 'confirm', seq: 10, hash });
  });

  it('pushes within 200 ms of a sale', () => {
    const idle = run([pushed(10)], pushing).state;
    const { effects } = run([{ type: 'appended', head_seq: 11 }], idle);
    const timer = ofType(effects, 'set_timer');
    expect(timer).toMatchObject({ timer: 'push' });
    expect(timer?.ms).toBeLessThanOrEqual(200);
    expect(
      ofType(
        run(
          [
            { type: 'appended', head_seq: 11 },
            { type: 'timer', timer: 'push', at },
          ],
          idle,
        ).effects,
        'push',
      ),
    ).toMatchObject({
      after_seq: 10,
    });
  });

  it('goes on with what central did not take yet, without waiting', () => {
    expect(ofType(run([pushed(4)], pushing).effects, 'push')).toMatchObject({ after_seq: 4 });
  });

  it('lets a pull that is due go between two pushes of a long backlog', () => {
    const due = run([{ type: 'timer', timer: 'poll', at }, pushed(4)], pushing);
    expect(due.state.phase).toBe('pulling');
    expect(run([pulled], due.state).state.phase).toBe('pushing');
  });
});

describe('only what an answer says counts as sent', () => {
  it('a lost answer costs a repetition from where central stands', () => {
    const resting = run([failed('unreachable', 5)], pushing).state;
    expect(resting).toMatchObject({ phase: 'resting', confirmed_seq: 0 });
    const { state, effects } = run([restOver, connected, greetedWith(welcome(5))], resting);
    expect(state.confirmed_seq).toBe(5);
    expect(ofType(effects, 'confirm')).toEqual({ type: 'confirm', seq: 5, hash });
  });

  it('a central that came back from a backup gets again what it forgot', () => {
    const idle = run([pushed(10)], pushing).state;
    const lost = run([failed('unreachable')], idle).state;
    const { state } = run([restOver, connected, greetedWith(welcome(3)), pulled], lost);
    expect(state).toMatchObject({ phase: 'pushing', confirmed_seq: 3 });
  });

  it('an answer of an earlier phase is not heard', () => {
    const idle = run([pushed(10)], pushing).state;
    expect(run([pushed(10_000)], idle).state).toEqual(idle);
    expect(run([greeted, pulled, connected, restOver], idle).state).toEqual(idle);
  });
});

describe('central stands elsewhere', () => {
  it.each(['gap', 'epoch'] as const)('%s: hello again, and a second time is a failure like another', (answer) => {
    const elsewhere: SyncEvent = {
      type: 'push_answered',
      at,
      random: 0.5,
      answer: { answer, epoch: 2, acked_seq: 0, head_hash: hash, server_time },
      agrees: true,
    };
    const once = run([elsewhere], pushing);
    expect(once.effects).toEqual([{ type: 'hello' }]);
    expect(run([greeted, elsewhere], once.state).state).toMatchObject({ phase: 'resting', failure: answer });
  });

  it.each(['fork', 'behind'] as const)('%s: somebody has to decide', (chain) => {
    const { state } = run([started, connected, greetedWith(welcome(0, chain))]);
    expect(state).toMatchObject({ phase: 'resting', refused: chain });
  });

  it('a head that is not one of ours is a fork, at hello and after a push', () => {
    const pushedWrong: SyncEvent = { type: 'push_answered', at, random: 0.5, answer: taken(10), agrees: false };
    expect(run([started, connected, greetedWith(welcome(0), false)]).state.refused).toBe('fork');
    expect(run([pushedWrong], pushing).state).toMatchObject({ refused: 'fork', confirmed_seq: 0 });
  });

  it('an answer that takes nothing and says nothing is not repeated at once', () => {
    expect(run([pushed(0)], pushing).state).toMatchObject({ phase: 'resting', failure: 'no_progress' });
  });

  it('a page that the till failed to apply is asked for again: on each connection the till says where it stands', () => {
    const pulling = run([started, connected, greeted]).state;
    const changes = [{ position: 9, kind: 'tax', row: {} }];
    const page = { stream: 'store' as const, tag: 't', snapshot: null, from: 0, position: 9, more: false, changes };
    const { effects, state } = run(
      [{ type: 'pull_answered', at, random: 0.5, answer: { ...nothingNew, pages: [page] } }],
      pulling,
    );
    expect(ofType(effects, 'apply')).toEqual({ type: 'apply', page });
    const till: SyncEvent = { type: 'failed', fault: 'till', code: 'till', random: 0.5, pushed: 0 };
    const again = run([till, restOver, connected, greeted], state);
    expect(ofType(again.effects, 'pull')).toMatchObject({ cursors: { store: null } });
  });

  it('a page that does not begin where the cursor stands is not applied', () => {
    const pulling = run([started, connected, greeted]).state;
    const page = { stream: 'store' as const, tag: 't', snapshot: null, from: 7, position: 9, more: false, changes: [] };
    const { state, effects } = run(
      [{ type: 'pull_answered', at, random: 0.5, answer: { ...nothingNew, pages: [page] } }],
      pulling,
    );
    expect(state).toMatchObject({ phase: 'resting', cursors: { store: null } });
    expect(ofType(effects, 'apply')).toBeUndefined();
  });
});

describe('back-off', () => {
  it('is drawn between 1 and 15 seconds, the ceiling doubling', () => {
    const rests: number[] = [];
    let state = pushing;
    for (let i = 0; i < 8; i += 1) {
      const { state: resting, effects } = run([failed('unreachable', 0, 0.999_999)], state);
      const timer = effects.find((effect) => effect.type === 'set_timer');
      rests.push(timer?.type === 'set_timer' ? timer.ms : 0);
      state = run([restOver], resting).state;
    }
    expect(rests).toEqual([2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000, 15_000]);
    expect(ofType(run([failed('unreachable', 0, 0)], pushing).effects, 'set_timer')?.ms).toBe(1000);
  });

  it('ends when somebody presses "try now"', () => {
    const resting = run([failed('unreachable')], pushing).state;
    expect(run([{ type: 'try_now' }], resting).effects).toContainEqual({ type: 'connect' });
  });

  it.each(['login', 'certificate'] as const)('is long where trying again changes nothing: %s', (fault) => {
    const { state, effects } = run([failed(fault)], pushing);
    expect(state.refused).toBe(fault);
    expect(ofType(effects, 'set_timer')?.ms).toBe(protocolLimits.refused_ms);
  });
});

describe('the size of a batch', () => {
  const next = (events: readonly SyncEvent[], from: SyncState) =>
    ofType(run(events, from).effects, 'push')?.limit.count;

  it('grows while pushes are quick, to 200 entries', () => {
    const many = { ...pushing, head_seq: 10_000 };
    expect(
      [1, 2, 3, 4].map((n) =>
        next(
          Array.from({ length: n }, (_, i) => pushed(i + 1)),
          many,
        ),
      ),
    ).toEqual([100, 200, 200, 200]);
  });

  it('shrinks when they are slow or fail, to one entry', () => {
    expect(next([pushed(1, protocolLimits.slow_push_ms + 1)], pushing)).toBe(25);
    const again = [restOver, connected, greeted, pulled];
    expect(next([failed('silent', 50), ...again], pushing)).toBe(12);
    expect(next([failed('silent', 2), ...again], pushing)).toBe(1);
  });

  it('an entry that fails alone three times in the server is pushed unprojected; a lost wire never counts', () => {
    const again = [restOver, connected, greeted, pulled];
    const thrice = (fault: CentralFault) => [1, 2, 3].flatMap(() => [failed(fault, 1), ...again]);
    expect(ofType(run(thrice('timeout'), pushing).effects, 'push')?.unprojected).toBe(true);
    expect(ofType(run(thrice('server'), pushing).effects, 'push')?.unprojected).toBe(true);
    expect(ofType(run(thrice('unreachable'), pushing).effects, 'push')?.unprojected).toBe(false);
    expect(ofType(run(thrice('silent'), pushing).effects, 'push')?.unprojected).toBe(false);
    const after = run([...thrice('timeout'), pushed(1)], pushing);
    expect(ofType(after.effects, 'push')?.unprojected).toBe(false);
  });
});

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
        return greetedWith(welcome(Math.min(state.head_seq, n === 20 ? 0 : state.confirmed_seq)), n !== 19);
      case 'pushing':
        return pushed(n === 20 ? state.confirmed_seq : reached);
      case 'pulling':
        return { type: 'pull_answered', at, random: n / 21, answer: n === 20 ? refusedPull : nothingNew };
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
            if (effect.type === 'hello' || effect.type === 'push' || effect.type === 'pull') {
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
    expect([...phases].toSorted()).toEqual(['connecting', 'greeting', 'idle', 'pulling', 'pushing', 'resting']);
  });
});
