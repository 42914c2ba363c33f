/** Central as it runs: it answers, crashes before or after it has written something down, and is set back to a backup. */
import type { Answered, Asked } from './central/asked.ts';
import type { CentralFault } from '../../sync/central-port.ts';
import type { World } from './world.ts';

export interface CentralErrorOf {
  readonly fault: CentralFault;
  readonly code: string;
}

/** Hears that the connection is gone. */
export interface Ear {
  lost(): void;
}

/** What became of a question at central. */
export type Outcome = { readonly answered: Answered } | { readonly failed: CentralErrorOf } | 'gone';

export class Server {
  readonly #world: World;
  /** Grows with each start: a connection belongs to one of them. */
  run = 0;
  isUp = true;
  readonly #ears = new Set<Ear>();
  /** Told when somebody asks who does not speak for their till. */
  onPending: (till: string, installation: string) => void = () => undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** A connection hears when central goes down. */
  connect(ear: Ear): void {
    this.#ears.add(ear);
  }

  forget(ear: Ear): void {
    this.#ears.delete(ear);
  }

  /** Takes a question, `id` naming this copy of it. Nothing of it is kept unless it took effect. */
  ask(till: string, asked: Asked, id: string): Outcome {
    const { fate } = this.#world;
    if (fate.strikes('central_crash_before_commit', id)) {
      this.crash(id);
      return 'gone';
    }
    if (asked.call === 'push' && !asked.unprojected && this.#takesTooLong(till, asked))
      return { failed: { fault: 'timeout', code: '57014' } };
    if (!this.#world.model.knows(till, asked)) return { failed: { fault: 'login', code: '42501' } };
    const answered = this.#takeEffect(till, asked);
    if (fate.strikes('central_crash_after_commit', id)) {
      this.crash(id);
      return 'gone';
    }
    return { answered };
  }

  /** Some entries take too long whenever they are to be projected, and so does every push that they are in. */
  #takesTooLong(till: string, { entries, from_seq }: Extract<Asked, { call: 'push' }>): boolean {
    const { fate } = this.#world;
    return entries.some((_, i) => fate.strikes('statement_timeout', `${till.slice(-4)}/${from_seq + i}`));
  }

  #takeEffect(till: string, asked: Asked): Answered {
    const { agenda, history, model, tally, trace } = this.#world;
    const wasUsed = asked.call === 'enrol' && model.books.codes.get(asked.code) !== null;
    const answered = model.answer(till, asked);
    if (wasUsed && answered.answer === 'enrolled') tally.add('shop_let_in_again');
    history.note({ did: 'call', till, asked, answered });
    const { acked_seq = 0 } = model.books.tills.get(till)?.chain ?? {};
    trace.note(agenda.now_ms, 'central', `${asked.call} of ${till.slice(-4)}: ${answered.answer}, holds ${acked_seq}`);
    if (asked.call === 'hello' && answered.answer === 'refused') this.onPending(till, asked.installation);
    return answered;
  }

  /** Goes down, and comes up again after a while. Whoever is connected hears of it at once, or never. */
  crash(id: string): void {
    const { agenda, draws } = this.#world;
    this.isUp = false;
    this.run += 1;
    const ears = [...this.#ears];
    this.#ears.clear();
    for (const ear of ears) ear.lost();
    agenda.after(draws.spread(`down/${id}`, 200, 20_000), () => this.start());
  }

  start(): void {
    this.isUp = true;
  }

  /** Everybody's connection breaks: what was silent is told so. */
  resetAll(): void {
    this.run += 1;
    const ears = [...this.#ears];
    this.#ears.clear();
    for (const ear of ears) ear.lost();
  }
}
