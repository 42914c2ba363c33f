import { describe, expect, it } from 'vitest';
import {
  hash,
  server_time,
  at,
  welcome,
  taken,
  nothingNew,
  run,
  started,
  connected,
  connectedWith,
  greetedWith,
  greeted,
  pulled,
  pushed,
  failed,
  restOver,
  pushing,
  ofType,
} from '../tests/sync/protocol-events.ts';
import type { PushAnswer } from './answers.ts';
import type { CentralFault } from './central-port.ts';
import { protocolLimits, type SyncEvent, type SyncState } from './protocol-state.ts';

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
  it.each(['gap', 'epoch', 'fork'] as const)(
    '%s: hello again, and a second time is a failure like another',
    (answer) => {
      const elsewhere: SyncEvent = {
        type: 'push_answered',
        at,
        random: 0.5,
        answer: {
          answer,
          epoch: 2,
          acked_seq: 0,
          head_hash: hash,
          server_time,
          ...(answer === 'fork' ? { seq: 3 } : {}),
        } as PushAnswer,
        agrees: true,
      };
      const once = run([elsewhere], pushing);
      expect(once.effects).toEqual([{ type: 'hello' }]);
      expect(run([greeted, elsewhere], once.state).state).toMatchObject({ phase: 'resting', failure: answer });
    },
  );

  it('a push that was taken where central holds more than we have: hello finds out what, and a second time somebody has to look', () => {
    // Such as a copy of this till, with the same name, that went on from the very entries that were pushed.
    const pushedWrong: SyncEvent = { type: 'push_answered', at, random: 0.5, answer: taken(10), agrees: false };
    const once = run([pushedWrong], pushing);
    expect(once).toMatchObject({ state: { refused: null, confirmed_seq: 0 }, effects: [{ type: 'hello' }] });
    expect(run([greeted, pushedWrong], once.state).state).toMatchObject({ refused: 'fork', confirmed_seq: 0 });
  });

  it('a refusal says why, even where another PC has brought the head office further than we know', () => {
    const refused: SyncEvent = {
      type: 'push_answered',
      at,
      random: 0.5,
      answer: {
        answer: 'refused',
        reason: 'installation',
        seq: null,
        epoch: 3,
        acked_seq: 99,
        head_hash: hash,
        server_time,
      },
      agrees: false,
    };
    expect(run([refused], pushing).state).toMatchObject({ refused: 'installation', confirmed_seq: 0 });
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

  it('the next page is asked for before this one is written, and one that can not be written is not skipped by it', () => {
    const idle: SyncEvent = { type: 'started', head_seq: 0, confirmed_seq: 0 };
    const pulling = run([idle, connectedWith(0), greeted]).state;
    const changes = [{ position: 9, kind: 'tax', row: {} }];
    const page = { stream: 'store' as const, tag: 't', snapshot: null, from: 0, position: 9, more: true, changes };
    const { effects, state } = run(
      [{ type: 'pull_answered', at, random: 0.5, answer: { ...nothingNew, pages: [page] } }],
      pulling,
    );
    expect(effects.map(({ type }) => type)).toEqual(['pull', 'show_status', 'apply']);
    expect(effects[0]).toMatchObject({ cursors: { store: { position: 9 } } });
    const till: SyncEvent = { type: 'failed', fault: 'till', code: 'till', random: 0.5, pushed: 0 };
    const broken = run([till], state);
    expect(ofType(broken.effects, 'disconnect')).toBeDefined();
    expect(ofType(run([restOver, connected, greeted], broken.state).effects, 'pull')).toMatchObject({
      cursors: { store: null },
    });
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

  it('remembers what kind of failure it was, until the head office has answered', () => {
    for (const fault of ['unreachable', 'silent', 'busy', 'server', 'answer'] as const) {
      const resting = run([failed(fault)], pushing).state;
      expect(resting).toMatchObject({ phase: 'resting', failure: 'X', fault });
      expect(run([restOver, connected], resting).state).toMatchObject({ fault });
      expect(run([restOver, connected, greeted], resting).state).toMatchObject({ failure: null, fault: null });
    }
    // A refusal is no failure: somebody has to decide, nothing has to be mended.
    expect(run([failed('login')], pushing).state).toMatchObject({ refused: 'login', fault: null });
    expect(run([pushed(0)], pushing).state).toMatchObject({ failure: 'no_progress', fault: 'protocol' });
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

  it('leaves time enough, once the head office has decided, to be in step within half a minute', () => {
    expect(protocolLimits.refused_ms).toBeGreaterThan(protocolLimits.rest_most_ms);
    expect(protocolLimits.refused_ms).toBeLessThanOrEqual(20_000);
  });
});

describe('a wish to try now', () => {
  const deactivated: SyncEvent = {
    type: 'push_answered',
    at,
    random: 0.5,
    answer: {
      answer: 'refused',
      reason: 'deactivated',
      seq: null,
      epoch: 3,
      acked_seq: 0,
      head_hash: hash,
      server_time,
    },
    agrees: true,
  };
  const restAfter = (events: readonly SyncEvent[]) =>
    run(events, pushing).effects.findLast((effect) => effect.type === 'set_timer' && effect.timer === 'rest');
  const rest = (ms: number) => ({ type: 'set_timer', timer: 'rest', ms });

  it('that comes while an answer is on its way counts once for whatever that answer is', () => {
    // The head office has decided, and somebody presses the button, while the refusal of before still travels.
    expect(restAfter([{ type: 'try_now' }, deactivated])).toEqual(rest(0));
    expect(restAfter([{ type: 'try_now' }, failed('unreachable', 1)])).toEqual(rest(0));
    expect(restAfter([{ type: 'try_now' }, deactivated, restOver, connected, greeted, pulled, deactivated])).toEqual(
      rest(protocolLimits.refused_ms),
    );
  });

  it('is done with when the call went well', () => {
    const idle = run([{ type: 'try_now' }, pushed(10), pulled], pushing).state;
    expect(idle.phase).toBe('idle');
    expect(ofType(run([failed('unreachable', 0)], idle).effects, 'set_timer')?.ms).toBeGreaterThan(0);
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
