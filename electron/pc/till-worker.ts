/** What runs in a thread beside the till's. */
import { setTimeout as rest } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openBesideTill } from '../till/db/open.ts';
import { makeSearch } from '../till/product/make-search.ts';
import { flag, type SearchSaid, type SearchTask } from './till-thread.ts';

// Written by createSearchThread, in this program.
const { flags, maker, path } = workerData as SearchTask;
const shared = new Int32Array(flags);
const isStopped = () => Atomics.load(shared, flag.stop) === 1;
if (parentPort === null) throw new Error('this runs in a thread only');
const port = parentPort;
const say = (said: SearchSaid) => port.postMessage(said);

async function make(): Promise<SearchSaid> {
  if (isStopped()) return { isWhole: false };
  const beside = openBesideTill(path);
  try {
    const isWhole = await makeSearch(beside.db, {
      maker,
      isStopped,
      told: (progress) => {
        say(progress);
        beside.checkpoint();
      },
      rest: async (ms) => void (await rest(ms)),
    });
    return { isWhole };
  } finally {
    beside.close();
  }
}

void make()
  .catch((error: unknown): SearchSaid => {
    return { isWhole: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  })
  .then((said) => {
    Atomics.store(shared, flag.closed, 1);
    Atomics.notify(shared, flag.closed);
    say(said);
  });
