import { describe, expect, it } from 'vitest';
import { type Pulse, PulseWatch } from './watch.ts';

const first: Pulse = { tills: '1', edits: '1' };

/** A database that is asked only when the test lets it answer. */
function slowDatabase() {
  const asked: ((answer: Pulse | Error) => void)[] = [];
  let wasAsked = () => undefined as void;
  const watch = new PulseWatch(
    async () =>
      await new Promise<Pulse>((resolve, reject) => {
        asked.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
        wasAsked();
      }),
  );
  return {
    watch,
    asked,
    answer: async (pulse: Pulse | Error): Promise<void> => {
      if (asked.length === 0) await new Promise<void>((resolve) => (wasAsked = resolve));
      asked.shift()?.(pulse);
    },
  };
}

describe('waiting for news', () => {
  it('asks once for all who wait, and lets go those for whom there are news', async () => {
    const { answer, asked, watch } = slowDatabase();
    const released: string[] = [];
    const signal = new AbortController().signal;
    const old = watch.untilOther({ ...first, tills: '0' }, signal).then(() => released.push('old'));
    const tills = watch.untilOther(first, signal).then(() => released.push('tills'));
    const edits = watch.untilOther(first, signal).then(() => released.push('edits'));
    expect(asked).toHaveLength(1);
    await answer(first);
    await old;
    expect(released).toEqual(['old']);
    await answer({ ...first, edits: '2' });
    await Promise.all([tills, edits]);
    expect(released.toSorted()).toEqual(['edits', 'old', 'tills']);
    expect(asked).toHaveLength(0);
  });

  it('ends when whoever waits has gone, or the database can’t be asked', async () => {
    const { answer, watch } = slowDatabase();
    const gone = new AbortController();
    const waiting = watch.untilOther(first, gone.signal);
    gone.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(watch.untilOther(first, gone.signal)).resolves.toBeUndefined();
    await answer(first);
    const other = watch.untilOther(first, new AbortController().signal);
    await answer(new Error('the database is stopping'));
    await expect(other).resolves.toBeUndefined();
  });
});
