/** What runs in a thread beside the till's. */
import { setTimeout as rest } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { tillMigrations } from '../../migrations/till/list.ts';
import { openBesideTill, OpenError } from '../till/db/open.ts';
import { updateTillFile } from '../till/db/update.ts';
import { makeSearch } from '../till/product/make-search.ts';
import { fileState, flag, type SearchSaid, type Task, type UpdateSaid } from './till-thread.ts';

if (parentPort === null) throw new Error('this file is run as a thread');
const port = parentPort;
const say = (said: SearchSaid | UpdateSaid) => port.postMessage(said);
// Written by till-thread.ts, in this program.
const asked = workerData as Task;

const why = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));

async function make({ flags, maker, path }: Extract<Task, { task: 'search' }>): Promise<void> {
  const shared = new Int32Array(flags);
  const isStopped = () => Atomics.load(shared, flag.stop) === 1;
  const madeBeside = async (): Promise<boolean> => {
    const state = Atomics.compareExchange(shared, flag.file, fileState.untouched, fileState.open);
    if (state === fileState.forbidden) return false;
    const beside = openBesideTill(path);
    try {
      return await makeSearch(beside.db, {
        maker,
        isStopped,
        told: (progress) => {
          say(progress);
          beside.checkpoint();
        },
        rest: async (ms) => void (await rest(ms)),
      });
    } finally {
      beside.close();
    }
  };
  const said: SearchSaid = await madeBeside().then(
    (isWhole) => ({ isWhole }),
    (error: unknown) => ({ isWhole: false, error: why(error) }),
  );
  Atomics.store(shared, flag.file, fileState.closed);
  Atomics.notify(shared, flag.file);
  say(said);
}

async function update({ backups, now, path, version }: Extract<Task, { task: 'update' }>): Promise<void> {
  try {
    await updateTillFile({ backups, now, path, version, migrations: tillMigrations, told: say });
    say({ isUpToDate: true });
  } catch (error) {
    const fault = error instanceof OpenError ? error.fault : 'migration_failed';
    say({ fault, detail: why(error) });
  }
}

void (asked.task === 'search' ? make(asked) : update(asked));
