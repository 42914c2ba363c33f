/** Runs the real engine in a test: a clock that moves only when told, and a central whose answers can be lost. */
import type { CentralConnection, CentralPort } from '../../sync/central-port.ts';
import { CentralError } from '../../sync/central-port.ts';
import { type RunningSync, startSync } from '../../sync/engine.ts';
import type { EngineClock, TillPort } from '../../sync/ports.ts';

/** Timers in order of their moment; nothing happens by itself. */
export class TestClock implements EngineClock {
  #now = Date.UTC(2026, 10, 21, 9, 0, 0);
  #timers: { readonly due: number; readonly callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { due: this.#now + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Jumps to the next timer and fires it. Answers whether there was one. */
  fireNext(): boolean {
    const next = this.#timers.toSorted((a, b) => a.due - b.due)[0];
    if (next === undefined) return false;
    this.#timers = this.#timers.filter((other) => other !== next);
    this.#now = Math.max(this.#now, next.due);
    next.callback();
    return true;
  }
}

export type CallName = 'connect' | 'hello' | 'push' | 'pull' | 'hashes' | 'fetch';

export interface SyncRunOptions {
  /** Asked before each call; `before` never reaches central, `after` loses the answer of one that did. */
  readonly lose?: (call: CallName, count: number) => 'before' | 'after' | undefined;
}

export class SyncRun {
  readonly till: TillPort;
  readonly clock = new TestClock();
  readonly reports: unknown[] = [];
  readonly calls: Record<CallName, number> = { connect: 0, hello: 0, push: 0, pull: 0, hashes: 0, fetch: 0 };
  /** Calls that were lost on purpose. */
  lost = 0;
  readonly sync: RunningSync;
  readonly #options: SyncRunOptions;
  #pending = 0;
  #wake: () => void = () => undefined;

  constructor(till: TillPort, central: CentralPort, options: SyncRunOptions = {}) {
    this.till = till;
    this.#options = options;
    this.sync = startSync({
      till,
      central: this.#watched(central),
      clock: this.clock,
      random: () => 0.5,
      report: (error) => this.reports.push(error),
    });
  }

  /** Lets calls finish and timers fire until `done` holds. Throws after `steps` of them. */
  async until(done: () => boolean, steps = 5_000): Promise<void> {
    for (let i = 0; i < steps; i += 1) {
      if (done()) return;
      if (this.#pending > 0) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      // A call that failed at once is not pending any more, but the engine may not have heard of it yet.
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (this.#pending > 0 || done()) continue;
      if (!this.clock.fireNext()) throw new Error(`nothing left to happen: ${JSON.stringify(this.sync.status())}`);
    }
    throw new Error(`not within ${steps} steps: ${JSON.stringify(this.sync.status())}, ${String(this.reports.at(-1))}`);
  }

  /** Until all that the till has is confirmed, and it has pulled once more after that. */
  async untilSynced(): Promise<void> {
    await this.until(() => {
      const status = this.sync.status();
      return status.state === 'confirmed' && status.head_seq === this.till.head().seq;
    });
    const pulls = this.calls.pull;
    this.sync.tryNow();
    await this.until(() => this.calls.pull > pulls && this.#pending === 0 && this.sync.status().state === 'confirmed');
  }

  #watched(central: CentralPort): CentralPort {
    return {
      connect: async () => {
        const connection = await this.#call('connect', async () => await central.connect());
        const watched: CentralConnection = {
          hello: async (hello) => await this.#call('hello', async () => await connection.hello(hello), connection),
          push: async (push) => await this.#call('push', async () => await connection.push(push), connection),
          pull: async (cursors, limit) =>
            await this.#call('pull', async () => await connection.pull(cursors, limit), connection),
          hashes: async (installation, seqs) =>
            await this.#call('hashes', async () => await connection.hashes(installation, seqs), connection),
          fetch: async (installation, after, limit) =>
            await this.#call('fetch', async () => await connection.fetch(installation, after, limit), connection),
          destroy: () => connection.destroy(),
        };
        return watched;
      },
    };
  }

  async #call<T>(name: CallName, call: () => Promise<T>, connection?: CentralConnection): Promise<T> {
    this.calls[name] += 1;
    const lost = this.#options.lose?.(name, this.calls[name]);
    this.#pending += 1;
    if (lost !== undefined) this.lost += 1;
    try {
      if (lost === 'before') throw new CentralError('unreachable', 'ECONNRESET');
      const answer = await call();
      if (lost !== 'after') return answer;
      connection?.destroy();
      throw new CentralError('unreachable', 'ECONNRESET');
    } finally {
      this.#pending -= 1;
      // The engine hears of it first: its own continuation was there before the test's.
      setImmediate(() => this.#wake());
    }
  }
}
