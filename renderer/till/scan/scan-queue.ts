/** What came of a scan, for the ear. */
export type ScanOutcome = 'good' | 'bad';

/** Does with a code what is to be done with it, and says what came of it as soon as it knows. */
export type ScanHandler = (code: string, heard: (outcome: ScanOutcome) => void) => void | Promise<void>;

/**
 * Hands codes on one after the other: the next only when the one before has been dealt with, in the order of scanning.
 * A handler that fails is told to `onFault` and holds nobody up.
 */
export class ScanQueue {
  readonly #waiting: string[] = [];
  readonly #handle: (code: string) => void | Promise<void>;
  readonly #onFault: (fault: unknown) => void;
  #isBusy = false;

  constructor(handle: (code: string) => void | Promise<void>, onFault: (fault: unknown) => void) {
    this.#handle = handle;
    this.#onFault = onFault;
  }

  /** How many codes wait, the one that is being dealt with not counted. */
  get waiting(): number {
    return this.#waiting.length;
  }

  add(code: string): void {
    this.#waiting.push(code);
    if (!this.#isBusy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    for (let code = this.#waiting.shift(); code !== undefined; code = this.#waiting.shift()) {
      try {
        await this.#handle(code);
      } catch (fault) {
        this.#onFault(fault);
      }
    }
    this.#isBusy = false;
  }
}
