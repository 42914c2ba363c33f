/** What happened in a world, line by line. */
import { createHash } from 'node:crypto';

export class Trace {
  readonly lines: string[] = [];
  readonly #hash = createHash('sha256');
  readonly #isKept: boolean;

  /** Keeps the lines where somebody is going to read them; their hash is always kept. */
  constructor(isKept: boolean) {
    this.#isKept = isKept;
  }

  note(at_ms: number, who: string, what: string): void {
    const line = `${at_ms.toFixed(3)} ${who} ${what}`;
    this.#hash.update(`${line}\n`);
    if (this.#isKept) this.lines.push(line);
  }

  /** Of all lines so far, in hexadecimal. */
  hash(): string {
    return this.#hash.copy().digest('hex');
  }
}
