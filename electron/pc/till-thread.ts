/** A thread beside the till's: starts one for a task, hears how far it is, and ends it so that its files are closed. */
import { Worker } from 'node:worker_threads';
import type { SearchMaker } from '../till/ports.ts';

/** What a thread is asked to do, as it crosses to it. `flags`: see {@link flag}. */
export interface SearchTask {
  readonly path: string;
  readonly maker: number;
  readonly flags: SharedArrayBuffer;
}

/** What it says. */
export type SearchSaid =
  | { readonly done: number; readonly total: number }
  | { readonly isWhole: boolean; readonly error?: string };

/** Places in the memory that both sides see: 1 once it was asked to stop, 1 once it has closed the till's file. */
export const flag = { stop: 0, closed: 1, count: 2 } as const;

/** So long a thread may take to close the file; it looks after each piece of some milliseconds. */
const patience_ms = 10_000;

/** Makes the search in a thread of the program at `worker`. */
export function createSearchThread(worker: string): SearchMaker {
  return {
    start: ({ ended, maker, path, told }) => {
      const flags = new SharedArrayBuffer(flag.count * Int32Array.BYTES_PER_ELEMENT);
      const shared = new Int32Array(flags);
      const workerData: SearchTask = { path, maker, flags };
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
      thread.on('exit', () => {
        Atomics.store(shared, flag.closed, 1);
        end({ isWhole: false, error: 'the thread ended' });
      });
      return () => {
        Atomics.store(shared, flag.stop, 1);
        if (isEnded || Atomics.wait(shared, flag.closed, 0, patience_ms) !== 'timed-out') return;
        throw new Error('whoever makes the search does not let go of the file');
      };
    },
  };
}
