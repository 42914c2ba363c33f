/** Waits for what tills send, and for what is edited, on behalf of every page that is open. */
import { setTimeout as wait } from 'node:timers/promises';
import type { ReadDb } from '../db/transact.ts';

/** Two texts, each another one whenever there is something new: what tills have sent or told, what was edited here. */
export interface Pulse {
  readonly tills: string;
  readonly edits: string;
}

/** One row a till and the end of an index. NOTIFY would take a lock in each push. */
export async function readPulse(db: ReadDb): Promise<Pulse> {
  const row = await db.first<Pulse>(
    `select
       (select concat_ws('.', count(*), sum(acked_seq), sum(reported_seq)) from till_heads)
         || (select concat('.', count(*)) from asking_installations) as tills,
       concat((select max(edit) from office_edits)) as edits`,
  );
  return { tills: row?.tills ?? '', edits: row?.edits ?? '' };
}

/** How often the database is asked while anybody waits, however many they are. */
const every_ms = 250;

interface Waiting {
  readonly seen: Pulse;
  readonly release: () => void;
}

export class PulseWatch {
  readonly #read: () => Promise<Pulse>;
  readonly #waiting = new Set<Waiting>();
  #isWatching = false;

  constructor(read: () => Promise<Pulse>) {
    this.#read = read;
  }

  /**
   * Resolves when the pulse is another than was seen, or `signal` is aborted. Never rejects: while the database can't be
   * asked nobody is kept, so that whoever asks it next hears why.
   */
  async untilOther(seen: Pulse, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const one: Waiting = {
        seen,
        release: () => {
          signal.removeEventListener('abort', one.release);
          this.#waiting.delete(one);
          resolve();
        },
      };
      this.#waiting.add(one);
      signal.addEventListener('abort', one.release);
      void this.#watch();
    });
  }

  async #watch(): Promise<void> {
    if (this.#isWatching) return;
    this.#isWatching = true;
    while (this.#waiting.size > 0) {
      const now = await this.#read().catch(() => undefined);
      for (const one of this.#waiting)
        if (now === undefined || now.tills !== one.seen.tills || now.edits !== one.seen.edits) one.release();
      if (this.#waiting.size > 0) await wait(every_ms);
    }
    this.#isWatching = false;
  }
}
