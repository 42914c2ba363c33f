/** Somebody at a till who sends goods to another store, takes in what came, by its paper, and says what never left or came. */
import type { LedgerLine, Paper } from './ledger.ts';
import type { Asking } from './manager.ts';
import type { Pc } from './pc.ts';
import { type Goods, mostStores, storeId } from './shop.ts';
import type { World } from './world.ts';

/** A transfer as a till shows it. */
interface Shown {
  readonly lines: readonly { readonly product: string }[];
}

/** What was done last is what is undone: so that two copies of a till undo the same. */
const lately = 3;

export class Carrier {
  readonly #world: World;
  readonly #pc: Pc;
  readonly #asking: Asking;
  readonly #carried: readonly Goods[];
  /** Numbers of which something was written down here. */
  readonly #received: string[] = [];

  constructor(world: World, pc: Pc, asking: Asking) {
    this.#world = world;
    this.#pc = pc;
    this.#asking = asking;
    this.#carried = pc.options.place.goods.filter(({ stocked }) => stocked);
  }

  async act(key: string): Promise<void> {
    const what = this.#world.draws.at(`${key}/carries`);
    if (what < 0.36) await this.#send(key);
    else if (what < 0.68) await this.#receive(key);
    else if (what < 0.82) await this.#correct(key);
    else await this.#cancel(key);
  }

  async #send(key: string): Promise<void> {
    const { draws, ledger, model } = this.#world;
    const { store, till } = this.#pc.options.place;
    // Where nobody is who could take it in, it stays on the way.
    const all = Array.from({ length: mostStores }, (_, i) => storeId(i)).filter((one) => one !== store);
    const open = [...model.books.stores.keys()].filter((one) => one !== store);
    const to_store = draws.pick(`${key}/to`, open.length > 0 && draws.chance(`${key}/open`, 0.9) ? open : all);
    const lines = this.#carried
      .filter((_, i) => draws.chance(`${key}/goods ${i}`, 0.4))
      .map(({ product, unit }, i) => ({ product, quantity_milli: this.#quantity(`${key}/${i}`, unit) }));
    if (lines.length === 0) return;
    const paper = { from_store: store, till, to_store, lines };
    await this.#asking.do('transfer.send', { to_store, lines }, { kind: 'sent', lines: moving(lines, 1), paper });
    ledger.papers.splice(0, Math.max(0, ledger.papers.length - 40));
  }

  #quantity(key: string, unit: string): number {
    const { draws } = this.#world;
    return unit === 'piece' ? 1000 * draws.int(key, 1, 9) : draws.int(key, 1, 9000);
  }

  async #receive(key: string): Promise<void> {
    const { draws, ledger } = this.#world;
    const { store } = this.#pc.options.place;
    // Goods may come to a store for which they were not meant.
    const isAny = draws.chance(`${key}/any`, 0.1);
    const there = ledger.papers.filter(
      ({ from_store, to_store }) => ((isAny ? from_store : to_store) !== store) === isAny,
    );
    const [first] = there;
    if (first === undefined) return;
    const paper = draws.pick(`${key}/paper`, there);
    // Mistyped, it is a number that nobody has sent, or nobody yet.
    const number = draws.chance(`${key}/typo`, 0.05) ? `${paper.number}1` : paper.number;
    const awaits_more = draws.chance(`${key}/more`, 0.4);
    const isSame = draws.chance(`${key}/same`, awaits_more ? 0.2 : 0.7);
    const counted = paper.lines.map(({ product, quantity_milli }, i) => ({
      product,
      quantity_milli: isSame ? quantity_milli : draws.int(`${key}/count ${i}`, 0, 10) * 1000,
    }));
    const deal = { kind: 'received' as const, lines: moving(counted, -1), number };
    const input = { number, lines: counted, awaits_more };
    const answer = await this.#asking.do('transfer.receive', input, deal);
    if (answer?.ok === true) this.#received.push(number);
  }

  /** What was written down was wrong, or never came. */
  async #correct(key: string): Promise<void> {
    const { draws } = this.#world;
    if (this.#received.length === 0) return;
    const number = draws.pick(`${key}/paper`, this.#received.slice(-lately));
    const shown = await this.#asking.ask<Shown>('transfer.show', { number });
    if (shown === undefined || typeof shown === 'string') return;
    const isMistake = draws.chance(`${key}/none`, 0.4);
    const lines = shown.lines.map(({ product }, i) => ({
      product,
      quantity_milli: isMistake ? 0 : draws.int(`${key}/count ${i}`, 0, 10) * 1000,
    }));
    const input = { number, reason: 'Counted again', lines, awaits_more: draws.chance(`${key}/more`, 0.4) };
    await this.#asking.do('transfer.correct', input, { kind: 'corrected', number });
  }

  async #cancel(key: string): Promise<void> {
    const { draws, ledger } = this.#world;
    const { till } = this.#pc.options.place;
    const own = ledger.papers.filter((paper) => paper.till === till);
    const [first] = own;
    if (first === undefined) return;
    const { lines, number } = draws.pick(`${key}/paper`, own.slice(-lately));
    await this.#asking.do('transfer.cancel', { number }, { kind: 'cancelled', lines: moving(lines, -1), number });
  }
}

function moving(lines: Paper['lines'], sign: 1 | -1): readonly LedgerLine[] {
  return lines
    .map(({ product, quantity_milli }) => ({ product, quantity_milli: sign * quantity_milli, moves: true }))
    .filter(({ quantity_milli }) => quantity_milli !== 0);
}
