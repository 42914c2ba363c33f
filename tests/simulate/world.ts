/** What all parts of a simulated world share. */
import type { Agenda } from './agenda.ts';
import type { CentralModel } from './central/model.ts';
import type { Draws } from './draws.ts';
import { type Fault, faultNames, type Rates } from './fates.ts';
import type { History } from './history.ts';
import type { Ledger } from './ledger.ts';
import type { Fields } from './central/books.ts';
import type { FieldDecision } from './central/catalogue.ts';
import type { Trace } from './trace.ts';

import type { Habits, Tally } from './work.ts';

/** Something that must never be. */
export interface Violation {
  readonly kind: string;
  readonly detail: string;
  readonly at_ms: number;
}

export interface World {
  readonly draws: Draws;
  readonly agenda: Agenda;
  readonly trace: Trace;
  readonly model: CentralModel;
  readonly ledger: Ledger;
  readonly history: History;
  readonly fate: Fate;
  readonly habits: Habits;
  readonly tally: Tally;
  readonly violations: Violation[];
  /** Where the files of this world's tills are. */
  readonly folder: string;
}

/** Central writes a row to a stream. */
export function put({ history, model }: World, stream: string, kind: string, key: string, row: unknown): void {
  model.put(stream, kind, key, row);
  history.note({ did: 'put', stream, kind, key, row });
}

/** The head office changes a product. */
export function editProduct({ history, model }: World, product: string, changes: Partial<Fields>): void {
  if (model.editProduct(product, changes)) history.note({ did: 'edit_product', product, changes });
}

/** Somebody at the head office decides on a field that waits. Answers whether it is decided now. */
export function decideField({ history, model }: World, decision: FieldDecision): boolean {
  const isDecided = model.decideField(decision);
  history.note({ did: 'decide_field', ...decision, isDecided });
  return isDecided;
}

/** Somebody at the head office says what was first: the count of a product, or what is in doubt. */
export function decideDoubt({ history, model }: World, store: string, product: string, isBefore: boolean): void {
  const milli = model.decideDoubt(store, product, isBefore);
  if (milli !== undefined) history.note({ did: 'decide_doubt', store, product, milli, isBefore });
}

/** The head office makes a code for a shop that was its own. */
export function makeCode({ history, model }: World, code: string): void {
  model.makeCode(code);
  history.note({ did: 'make_code', code });
}

/** From now on another installation speaks for a till. */
export function decide({ history, model }: World, till: string, installation: string): void {
  model.decide(till, installation);
  history.note({ did: 'decide', till, installation });
}

/** Says that something is which must never be. */
export function accuse({ agenda, trace, violations }: World, kind: string, detail: string): void {
  violations.push({ kind, detail, at_ms: agenda.now_ms });
  trace.note(agenda.now_ms, 'VIOLATION', `${kind}: ${detail}`);
}

/** Decides which faults happen. Each has a name of its own, by which it can be left out of another run of the same seed. */
export class Fate {
  readonly #draws: Draws;
  readonly #rates: Rates;
  readonly #omitted: ReadonlySet<string>;
  readonly #note: (id: string) => void;
  /** The faults that happened, by name. */
  readonly struck: string[] = [];
  /** Turns of cashiers that were taken, by name. */
  readonly turns: string[] = [];
  readonly counts = new Map<Fault, number>(faultNames.map((fault) => [fault, 0]));
  /** Nothing goes wrong any more. */
  isOver = false;

  constructor(draws: Draws, rates: Rates, omitted: ReadonlySet<string>, note: (id: string) => void) {
    this.#draws = draws;
    this.#rates = rates;
    this.#omitted = omitted;
    this.#note = note;
  }

  rate(fault: Fault): number {
    return this.#rates[fault];
  }

  /** Whether something that was drawn beforehand is left out of this run. */
  isOmitted(id: string): boolean {
    return this.#omitted.has(id);
  }

  /** Whether a fault happens at an effect. */
  strikes(fault: Fault, at: string): boolean {
    if (this.isOver || this.#rates[fault] === 0) return false;
    const id = `${fault}@${at}`;
    if (!this.#draws.chance(id, this.#rates[fault]) || this.#omitted.has(id)) return false;
    this.happened(fault, id);
    return true;
  }

  /** Writes down that a fault happened. */
  happened(fault: Fault, id: string): void {
    this.struck.push(id);
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
    this.#note(id);
  }
}
