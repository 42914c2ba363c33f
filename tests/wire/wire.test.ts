import { describe, expect, it } from 'vitest';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop } from '../sync/central-shop.ts';
import { choose, cutsOf, type NamedCut } from './cut-points.ts';
import { DayStands } from './day-stand.ts';
import { ForkStands } from './fork-stand.ts';
import type { WireMessage } from './messages.ts';
import type { Manner } from './wire-proxy.ts';
import { type CutRun, runClean, runCut, type Stand } from './stand.ts';

const lanes = 8;
const tries = 20;
const manners: readonly Manner[] = ['reset', 'silence', 'slow', 'late'];
const patience_ms = 1_800_000;

/** Runs cuts side by side, each with a till of its own. Answers what became of them, and prints how many there were. */
async function runAll(what: string, next: () => Promise<Stand>, cuts: readonly NamedCut[], some: number) {
  const chosen = choose(cuts, some);
  const rest = chosen.values();
  const runs: { readonly cut: NamedCut; readonly run: CutRun }[] = [];
  const failures: string[] = [];
  const work = async () => {
    for (const cut of rest) {
      try {
        let run: CutRun | undefined;
        for (let i = 0; i < tries && run === undefined; i += 1) run = await runCut(await next(), cut);
        if (run === undefined) throw new Error(`${cut.name}: was not reached`);
        runs.push({ cut, run });
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  console.log(`${what}: ${chosen.length} of ${cuts.length} cuts, ${failures.length} failed`);
  return { runs, failures };
}

describe('a wire that is cut before, in or after a message', () => {
  it(
    'of a new till that takes the catalogue and pushes its day',
    async () => {
      const shop = await CentralShop.open(await createDatabase());
      const days = await DayStands.open(shop);
      const { calls, messages } = await runClean(await days.next());
      expect(asked(messages)).toEqual(['connect', 'hello', 'pull', 'push']);
      const { runs, failures } = await runAll('a new till', () => days.next(), cutsOf(messages, manners), 110);
      expect(failures).toEqual([]);
      // Among the cuts are some that lost the answer to a push that central had taken: it is not pushed again.
      const lost = runs.filter(({ cut, run }) => /of push/.test(cut.name) && run.calls.push === calls.push);
      expect(lost.length).toBeGreaterThan(0);
      await shop.close();
    },
    patience_ms,
  );

  it.each([
    ['that gets back what it had lost', false, ['connect', 'hello', 'fetch_entries', 'pull'], 25],
    ['that settles a fork', true, ['connect', 'hello', 'entry_hashes', 'fetch_entries', 'push', 'pull'], 40],
  ])(
    'of a till %s',
    async (what, hasSold, expected, some) => {
      const forks = await ForkStands.open(hasSold);
      const { messages } = await runClean(await forks.next());
      expect(asked(messages)).toEqual(expected.toSorted());
      const { failures } = await runAll(`a till ${what}`, () => forks.next(), cutsOf(messages, manners), some);
      expect(failures).toEqual([]);
      forks.close();
    },
    patience_ms,
  );
});

/** What the till asked of central. */
function asked(messages: readonly WireMessage[]): string[] {
  return [...new Set(messages.map(({ during }) => during))].toSorted();
}
