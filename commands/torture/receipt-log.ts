/**
 * What customers were handed, written down by the harness and not by the till: one line of JSON each, on disk before
 * anything else happens. What a till was asked to do stands there before it is asked, so that somebody who finds the till
 * dead asks it again, as a cashier would who had no receipt in the hand.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** What is asked of a till that makes a receipt or moves stock. Repeated by its command, it is done once. */
export type Deed =
  | { readonly type: 'sale'; readonly command: string; readonly basket: string; readonly total_minor: number }
  | { readonly type: 'refund'; readonly command: string; readonly of_sale: string; readonly line: string }
  | { readonly type: 'stock'; readonly command: string };

export interface Move {
  readonly product: string;
  /** What comes onto the shelf; negative for what is sold. */
  readonly milli: number;
}

export interface Asked {
  readonly asked: Deed;
  readonly moves: readonly Move[];
}

/** The paper that came out; a correction of stock has none. */
export interface Done {
  readonly done: string;
  readonly receipt: { readonly number: string; readonly total_minor: number } | null;
}

export class ReceiptLog {
  readonly #file: number;

  constructor(path: string) {
    const isTorn = existsSync(path) && !readFileSync(path, 'latin1').endsWith('\n');
    this.#file = openSync(path, 'a');
    // A line that a kill cut short is nothing; the next one must not be joined to it.
    if (isTorn) writeSync(this.#file, '\n');
  }

  write(line: Asked | Done): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** A deed that was asked for, and what came of it: undefined while nobody knows. */
export interface LoggedDeed extends Asked {
  readonly receipt: Done['receipt'] | undefined;
}

/** Every deed of a log, in order. */
export function readLog(path: string): LoggedDeed[] {
  if (!existsSync(path)) return [];
  const deeds = new Map<string, LoggedDeed>();
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    const line = readLine(text);
    if (line === undefined) continue;
    if ('asked' in line) {
      deeds.set(line.asked.command, { ...line, receipt: undefined });
      continue;
    }
    const deed = deeds.get(line.done);
    if (deed === undefined) throw new Error(`${path}: ${line.done} was done, but never asked for`);
    deeds.set(line.done, { ...deed, receipt: line.receipt });
  }
  return [...deeds.values()];
}

function readLine(text: string): Asked | Done | undefined {
  try {
    // Written above, by this file.
    return JSON.parse(text) as Asked | Done;
  } catch {
    return undefined;
  }
}
