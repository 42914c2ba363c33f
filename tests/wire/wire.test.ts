import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop } from '../sync/central-shop.ts';
import { cutsOf, type NamedCut, spread } from './cut-points.ts';
import { DayStands } from './day-stand.ts';
import type { Manner } from './wire-proxy.ts';
import { type CutRun, runClean, runCut, type Stand } from './stand.ts';

/** Every cut there is takes minutes; `npm test` takes some of them, evenly spread. */
const isWhole = process.env['EVERTILL_WIRE'] === 'all';
const lanes = 8;
const tries = 5;
const manners: readonly Manner[] = ['reset', 'silence', 'slow', 'late'];
const patience_ms = 1_800_000;

/** Runs cuts side by side, each with a till of its own. Answers what became of them, and prints how many there were. */
async function runAll(what: string, next: () => Promise<Stand>, cuts: readonly NamedCut[], some: number) {
  const chosen = isWhole ? cuts : spread(cuts, some);
  const rest = chosen.values();
  const runs: (CutRun & { readonly cut: NamedCut })[] = [];
  const failures: string[] = [];
  const work = async () => {
    for (const cut of rest) {
      try {
        let run: CutRun | undefined;
        for (let i = 0; i < tries && run === undefined; i += 1) run = await runCut(await next(), cut);
        if (run === undefined) throw new Error(`${cut.name}: was not reached`);
        runs.push({ cut, ...run });
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  console.log(`${what}: ${chosen.length} of ${cuts.length} cuts, ${failures.length} failed`);
  return { runs, failures };
}

let shop: CentralShop;
let days: DayStands;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  days = await DayStands.open(shop);
});

afterAll(async () => {
  await shop.close();
});

describe('a wire that is cut before, in or after a message', () => {
  it(
    'of a new till that takes the catalogue and pushes its day',
    async () => {
      const { messages, calls } = await runClean(await days.next());
      expect(new Set(messages.map(({ during }) => during))).toEqual(new Set(['connect', 'hello', 'pull', 'push']));
      const { runs, failures } = await runAll('a new till', () => days.next(), cutsOf(messages, manners), 180);
      expect(failures).toEqual([]);
      // Some cuts must have lost an answer that central had already given: then the batch is not pushed again.
      console.log(calls, runs.length);
    },
    patience_ms,
  );
});
