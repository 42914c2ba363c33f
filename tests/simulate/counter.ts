/** Somebody at a till who counts what is on the shelves, while all sell on, and posts it or gives it up. */
import type { LedgerSpan } from './ledger.ts';
import type { Asking } from './manager.ts';
import type { Pc } from './pc.ts';
import type { Goods } from './shop.ts';
import type { World } from './world.ts';

interface Current {
  readonly take: { readonly count: string; readonly counted: number } | null;
}

export class Counter {
  readonly #world: World;
  readonly #pc: Pc;
  readonly #asking: Asking;
  readonly #shelves: readonly Goods[];

  constructor(world: World, pc: Pc, asking: Asking) {
    this.#world = world;
    this.#pc = pc;
    this.#asking = asking;
    this.#shelves = pc.options.place.goods.filter(({ stocked }) => stocked);
  }

  async act(key: string): Promise<void> {
    const { draws } = this.#world;
    const current = await this.#asking.ask<Current>('stock_take.current', {});
    if (current === undefined || typeof current === 'string') return;
    if (current.take === null) {
      await this.#open(key);
      return;
    }
    const { count, counted } = current.take;
    const what = draws.at(`${key}/counts`);
    if (what < 0.5 || counted === 0) await this.#enter(key, count);
    else if (what < 0.54)
      await this.#asking.do('stock_take.uncount', {
        count,
        product: draws.pick(`${key}/shelf`, this.#shelves).product,
      });
    else if (what < 0.6) await this.#sayRestIsNone(count);
    else if (what < 0.95) await this.#asking.do('stock_take.post', { count }, { kind: 'counted' });
    else await this.#asking.do('stock_take.discard', { count }, { kind: 'discarded' });
  }

  async #open(key: string): Promise<void> {
    const { draws } = this.#world;
    const products = this.#shelves
      .filter((_, i) => draws.chance(`${key}/shelf ${i}`, 0.5))
      .map(({ product }) => product);
    const isStore = products.length === 0 || draws.chance(`${key}/store`, 0.6);
    await this.#asking.do('stock_take.open', { scope: isStore ? { kind: 'store' } : { kind: 'products', products } });
  }

  async #sayRestIsNone(count: string): Promise<void> {
    this.#world.ledger.restIsNone.add(count);
    await this.#asking.do('stock_take.rest_is_none', { count });
  }

  async #enter(key: string, count: string): Promise<void> {
    const { draws } = this.#world;
    const { product, unit } = draws.pick(`${key}/shelf`, this.#shelves);
    const quantity_milli =
      unit === 'piece' ? 1000 * draws.int(`${key}/pieces`, 0, 20) : draws.int(`${key}/weight`, 0, 20_000);
    const how = draws.chance(`${key}/more`, 0.3) ? 'add' : 'replace';
    await this.#asking.do('stock_take.enter', { count, product, quantity_milli, how }, undefined, (value, span) => {
      // It may be added to what was said to be none, and is then of that moment.
      if (how === 'add' && this.#world.ledger.restIsNone.has(count)) return;
      this.#note(value as { readonly product: string; readonly counted_at: string }, span);
    });
  }

  /** A line keeps the moment of its first pass. */
  #note({ counted_at, product }: { readonly product: string; readonly counted_at: string }, span: LedgerSpan): void {
    const { shelves: counted } = this.#world.ledger;
    const key = `${this.#pc.options.place.till} ${product} ${counted_at}`;
    if (!counted.has(key)) counted.set(key, span);
  }
}
