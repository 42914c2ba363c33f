/** A thread beside the till's: starts one for a task, hears how far it is, and ends it so that its files are closed. */
import { Worker } from 'node:worker_threads';
import { tillMigrations } from '../../migrations/till/list.ts';
import { OpenError, type OpenFault } from '../till/db/open.ts';
import { type UpdateOptions, type UpdateProgress, updateTillFile } from '../till/db/update.ts';
import type { SearchMaker } from '../till/ports.ts';

/** What a thread is asked to do, as it crosses to it. `flags`: see {@link flag}. */
interface SearchTask {
  readonly task: 'search';
  readonly path: string;
  readonly maker: number;
  readonly flags: SharedArrayBuffer;
}

/** What it says. */
export type SearchSaid =
  | { readonly done: number; readonly total: number }
  | { readonly isWhole: boolean; readonly error?: string };

/** A till's file that nobody has open, to be brought up to date. */
interface UpdateTask extends Omit<UpdateOptions, 'migrations' | 'told'> {
  readonly task: 'update';
}

export type Task = SearchTask | UpdateTask;

/** What it says of an update. */
export type UpdateSaid =
  | UpdateProgress
  | { readonly isUpToDate: true }
  | { readonly fault: OpenFault; readonly detail: string };

/** Places in the memory that both sides see: 1 once it was asked to stop, and where it is with the till's file. */
export const flag = { stop: 0, file: 1, count: 2 } as const;

/** It opens the file only while nobody has said that it never may. */
export const fileState = { untouched: 0, open: 1, closed: 2, forbidden: 3 } as const;

/** So long a thread may take to close the file; it looks after each piece of some milliseconds. */
const patience_ms = 10_000;

/** Makes the search in a thread of the program at `worker`. */
export function createSearchThread(worker: string): SearchMaker {
  return {
    start: ({ ended, maker, path, told }) => {
      const flags = new SharedArrayBuffer(flag.count * Int32Array.BYTES_PER_ELEMENT);
      const shared = new Int32Array(flags);
      const workerData: Task = { task: 'search', path, maker, flags };
      const thread = new Worker(worker, { workerData });
      // A till that is closed does not wait for its search.
      thread.unref();
      let isEnded = false;
      const end = (how: { readonly isWhole: boolean; readonly error?: string }): void => {
        if (isEnded) return;
        isEnded = true;
        ended(how);
      };
      thread.on('message', (said: SearchSaid) => {
        if ('isWhole' in said) end(said);
        else told(said);
      });
      thread.on('error', (error) => end({ isWhole: false, error: String(error) }));
      thread.on('exit', () => end({ isWhole: false, error: 'the thread ended' }));
      return () => {
        Atomics.store(shared, flag.stop, 1);
        const state = Atomics.compareExchange(shared, flag.file, fileState.untouched, fileState.forbidden);
        if (state !== fileState.open) return;
        if (Atomics.wait(shared, flag.file, fileState.open, patience_ms) !== 'timed-out') return;
        throw new Error('whoever makes the search does not let go of the file');
      };
    },
  };
}

/**
 * Brings a till's file up to date in a thread of the program at `worker`; in this one where no thread can be had, since the
 * till can't be opened without. @throws OpenError
 */
export async function updateInThread(
  worker: string,
  asked: Omit<UpdateTask, 'task'>,
  told: (progress: UpdateProgress) => void,
): Promise<void> {
  const workerData: Task = { task: 'update', ...asked };
  const thread = new Worker(worker, { workerData });
  const { promise, reject, resolve } = Promise.withResolvers<'done' | 'no thread'>();
  let hasBegun = false;
  thread.on('message', (said: UpdateSaid) => {
    hasBegun = true;
    if ('step' in said) told(said);
    else if ('fault' in said) reject(new OpenError(said.fault, said.detail));
    else resolve('done');
  });
  const end = (why: string): void => {
    if (hasBegun) reject(new OpenError('migration_failed', why));
    else resolve('no thread');
  };
  thread.on('error', (error) => end(String(error)));
  thread.on('exit', () => end('the thread ended'));
  if ((await promise) === 'no thread') await updateTillFile({ ...asked, migrations: tillMigrations, told });
}
