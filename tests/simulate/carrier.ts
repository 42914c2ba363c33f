/** Somebody at a till who sends goods to another store, takes in what came, by its paper, and says what never left. */
import type { Result } from '../../shared/contract/errors.ts';
import type { DealOf, LedgerLine, Paper } from './ledger.ts';
import type { Pc } from './pc.ts';
import { goods, mostStores, storeId } from './shop.ts';
import type { World } from './world.ts';

const carried = goods.filter(({ stocked }) => stocked);

export class Carrier {
  readonly #world: World;
  readonly #pc: Pc;
  readonly #do: (operation: string, input: unknown, deal: DealOf) => Promise<Result<unknown> | undefined>;

  constructor(
    world: World,
    pc: Pc,
    ask: (operation: string, input: unknown, deal: DealOf) => Promise<Result<unknown> | undefined>,
  ) {
    this.#world = world;
    this.#pc = pc;
    this.#do = ask;
  }

  async act(key: string): Promise<void> {
    const what = this.#world.draws.at(`${key}/carries`);
    if (what < 0.45) await this.#send(key);
    else if (what < 0.85) await this.#receive(key);
    else await this.#cancel(key);
  }

  async #send(key: string): Promise<void> {
    const { draws, ledger, model } = this.#world;
    const { store, till } = this.#pc.options.place;
    // Where nobody is who could take it in, it stays on the way.
    const all = Array.from({ length: mostStores }, (_, i) => storeId(i)).filter((one) => one !== store);
    const open = all.filter((one) => model.books.stores.has(one));
    const to_store = draws.pick(`${key}/to`, open.length > 0 && draws.chance(`${key}/open`, 0.9) ? open : all);
    const lines = carried
      .filter((_, i) => draws.chance(`${key}/goods ${i}`, 0.4))
      .map(({ product, unit }, i) => ({ product, quantity_milli: this.#quantity(`${key}/${i}`, unit) }));
    if (lines.length === 0) return;
    const paper = { from_store: store, till, to_store, lines };
    await this.#do('transfer.send', { to_store, lines }, { kind: 'sent', lines: moving(lines, 1), paper });
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
    const isSame = draws.chance(`${key}/same`, 0.7);
    const counted = paper.lines.map(({ product, quantity_milli }, i) => ({
      product,
      quantity_milli: isSame ? quantity_milli : draws.int(`${key}/count ${i}`, 0, 10) * 1000,
    }));
    const deal = { kind: 'received' as const, lines: moving(counted, -1), number };
    await this.#do('transfer.receive', { number, lines: counted }, deal);
  }

  async #cancel(key: string): Promise<void> {
    const { draws, ledger } = this.#world;
    const { till } = this.#pc.options.place;
    const own = ledger.papers.filter((paper) => paper.till === till);
    const [first] = own;
    if (first === undefined) return;
    const { lines, number } = draws.pick(`${key}/paper`, own);
    await this.#do('transfer.cancel', { number }, { kind: 'cancelled', lines: moving(lines, -1), number });
  }
}

function moving(lines: Paper['lines'], sign: 1 | -1): readonly LedgerLine[] {
  return lines
    .map(({ product, quantity_milli }) => ({ product, quantity_milli: sign * quantity_milli, moves: true }))
    .filter(({ quantity_milli }) => quantity_milli !== 0);
}
