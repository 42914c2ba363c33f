import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compared,
  connected,
  fetched,
  greetedWith,
  ofType,
  restOver,
  run,
  started,
  welcome,
} from '../tests/sync/protocol-events.ts';
import { probesOf } from './protocol-repair.ts';
import type { SyncEvent, SyncState } from './protocol-state.ts';

const greeting = run([started, connected]).state;

/** Answers questions for hashes of two chains that are equal up to `base` until something else is asked. */
function compareAll(state: SyncState, base: number): { readonly state: SyncState; readonly questions: number } {
  let at = state;
  let questions = 0;
  while (at.phase === 'comparing' && at.search !== null) {
    at = run(
      [
        compared(
          1,
          probesOf(at.search).map((seq) => seq <= base),
        ),
      ],
      at,
    ).state;
    questions += 1;
  }
  return { state: at, questions };
}

describe('a till that has lost entries', () => {
  const behind = run([greetedWith(welcome(500, 'behind'))], greeting);

  it('fetches them from its head on, page by page, puts each page into its journal, and introduces itself again', () => {
    expect(ofType(behind.effects, 'fetch')).toMatchObject({ after_seq: 10 });
    const more = run([fetched(11, 210, 500)], behind.state);
    expect(ofType(more.effects, 'restore')?.answer.entries).toHaveLength(200);
    expect(ofType(more.effects, 'fetch')).toMatchObject({ after_seq: 210 });
    const done = run([fetched(211, 500, 500)], more.state);
    expect(done.effects.map(({ type }) => type)).toEqual(['restore', 'hello']);
    expect(done.state).toMatchObject({ phase: 'greeting', head_seq: 500, fetching: null });
  });

  it('asks again for those that it could not write: on each connection the till says where it stands', () => {
    const { state } = run([fetched(11, 500, 500)], behind.state);
    const full: SyncEvent = { type: 'failed', fault: 'till', code: 'till', random: 0.5, pushed: 0 };
    const again = run([full, restOver, connected, greetedWith(welcome(500, 'behind'))], state);
    expect(ofType(again.effects, 'fetch')).toMatchObject({ after_seq: 10 });
  });

  it('takes no page that leaves a gap, or is empty before the end', () => {
    expect(run([fetched(12, 20, 500)], behind.state).state).toMatchObject({ phase: 'resting', failure: 'fetch' });
    expect(run([fetched(11, 10, 500)], behind.state).state).toMatchObject({ phase: 'resting', failure: 'fetch' });
  });
});

describe('two chains that parted', () => {
  it.each([
    ['the head office says so', welcome(8, 'fork'), true],
    ['its head is not one of ours', welcome(8), false],
  ])('are compared when %s', (_, answer, agrees) => {
    const { effects, state } = run([greetedWith(answer, agrees)], greeting);
    expect(state).toMatchObject({ phase: 'comparing', search: { low: -1, high: 8 } });
    expect(ofType(effects, 'compare')?.seqs).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('are found to part at the one entry where they do, among 200,000 in at most three questions', () => {
    const heads = fc.integer({ min: 1, max: 200_000 });
    fc.assert(
      fc.property(heads, heads, fc.nat(), (own, theirs, where) => {
        const high = Math.min(own, theirs);
        const base = (where % (high + 1)) - 1;
        const asked = run([greetedWith(welcome(theirs, 'fork'))], { ...greeting, head_seq: own }).state;
        const { questions, state } = compareAll(asked, base);
        expect(state).toMatchObject({ phase: 'fetching', fetching: { base: Math.max(0, base) } });
        expect(questions).toBeLessThanOrEqual(3);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it('that are equal after they were different are no chains', () => {
    const asked = run([greetedWith(welcome(8, 'fork'))], greeting).state;
    const odd = [true, true, false, true, false, false, false, false];
    expect(run([compared(8, odd)], asked).state).toMatchObject({ phase: 'resting', refused: 'chain' });
  });

  it('become one: the other side is gathered, the till settles, and introduces itself again', () => {
    const asked = run([greetedWith(welcome(300, 'fork'))], greeting).state;
    const { state: fetching } = compareAll(asked, 4);
    const first = run([fetched(5, 204, 300)], fetching);
    expect(ofType(first.effects, 'gather')).toMatchObject({ begins: true });
    const last = run([fetched(205, 300, 300)], first.state);
    expect(ofType(last.effects, 'gather')).toMatchObject({ begins: false });
    expect(ofType(last.effects, 'settle')).toEqual({ type: 'settle', base: 4 });
    const settled = run([{ type: 'settled', at: 0, head_seq: 307 }], last.state);
    expect(settled.effects).toEqual([{ type: 'hello' }]);
    expect(settled.state).toMatchObject({ phase: 'greeting', head_seq: 307, search: null, fetching: null });
  });
});
