/** The torture's side of a till's process: started, killed, stopped in its tracks, and asked where it stands. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Assignment, FromTill, Standing, ToTill } from './messages.ts';

type Type = FromTill['type'];

export class TillProcess {
  readonly assignment: Assignment;
  #child: ChildProcess | undefined;
  readonly #waiting = new Map<Type, (message: FromTill) => void>();
  #died: (error: Error) => void = () => undefined;
  /** Rejects when the process ends by itself: a till that falls over is a failure. */
  readonly died: Promise<never>;

  constructor(assignment: Assignment) {
    this.assignment = assignment;
    this.died = new Promise((_, reject) => (this.#died = reject));
    this.died.catch(() => undefined);
  }

  /** Starts it; resolves when somebody is signed in and could sell. */
  async start(): Promise<void> {
    const child = fork(new URL('till.ts', import.meta.url), [JSON.stringify(this.assignment)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    // One that stands still hears of nothing, not even that we are gone.
    const killWithUs = () => child.kill('SIGKILL');
    process.once('exit', killWithUs);
    child.on('message', (message: FromTill) => {
      this.#waiting.get(message.type)?.(message);
      this.#waiting.delete(message.type);
    });
    child.once('exit', (code, signal) => {
      process.off('exit', killWithUs);
      if (this.#child === child) this.#died(new Error(`a till ended by itself, with ${String(code ?? signal)}`));
    });
    await this.#hear('ready');
  }

  /** Serves so many customers, or as many as come until it is told otherwise. */
  sell(count: number | null): void {
    this.#tell({ type: 'sell', count });
  }

  async sold(): Promise<void> {
    await this.#hear('sold');
  }

  async report(): Promise<Standing> {
    this.#tell({ type: 'report' });
    return (await this.#hear('report')).standing;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await ended;
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Closes the till as somebody who goes home does. */
  async close(): Promise<void> {
    this.#tell({ type: 'close' });
    await this.#hear('closed');
    this.#child = undefined;
  }

  #tell(message: ToTill): void {
    this.#child?.send(message);
  }

  async #hear<Wanted extends Type>(type: Wanted): Promise<Extract<FromTill, { type: Wanted }>> {
    const message = new Promise<FromTill>((resolve) => this.#waiting.set(type, resolve));
    // Only a message of this type resolves it.
    return (await Promise.race([message, this.died])) as Extract<FromTill, { type: Wanted }>;
  }
}
