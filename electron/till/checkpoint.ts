/**
 * When the write-ahead log is moved into the file: while the till is idle, never inside a commit. A checkpoint in a commit
 * is what a customer waits for; between two customers nobody does. The same moment serves to clean up memory, and to remember outside the file how far the
 * journal has come.
 */
import { collectYoung } from './collect.ts';
import type { Installation } from './journal/installation.ts';
import type { TillFile } from './db/open.ts';

/** Idle means: no commit for this long. */
const idle_ms = 40;
/** A log longer than this is moved after the commit that made it so, however busy the till is: 24 MiB of 4 KiB pages. */
const bound_pages = 6144;
/** How many commits pass between two looks at the log's length; one commit of a sale writes some 30 pages. */
const commitsBetweenLooks = 16;

export interface Checkpointer {
  /** To be called after each commit. */
  committed(): void;
  /** How many checkpoints there were so far; for the bench. */
  readonly count: number;
  stop(): void;
}

export function createCheckpointer(file: TillFile, installation: Installation): Checkpointer {
  let timer: NodeJS.Timeout | undefined;
  let commits = 0;
  let count = 0;
  const move = () => {
    commits = 0;
    count += 1;
    file.checkpoint();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      timer = undefined;
      if (file.waitingPages() > 0) move();
      installation.remember();
      collectYoung();
    }, idle_ms);
    timer.unref();
  };
  return {
    get count() {
      return count;
    },
    committed: () => {
      commits += 1;
      // refresh() moves the one timer on; a new timer at each commit would cost more than the commit's bookkeeping.
      if (timer === undefined) schedule();
      else timer.refresh();
      if (commits % commitsBetweenLooks === 0 && file.waitingPages() > bound_pages) move();
    },
    stop: () => clearTimeout(timer),
  };
}
