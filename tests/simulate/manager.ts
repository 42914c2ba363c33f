/** A manager at a joined till, who changes the head office's catalogue: what they typed, and what they had seen before. */
import type { Result } from '../../shared/contract/errors.ts';
import type { DealOf, LedgerSpan } from './ledger.ts';
import type { Pc } from './pc.ts';
import { barcodesDrawn, skuDrawn, taxOf } from './shop.ts';
import type { World } from './world.ts';

/** A product as a till shows it. */
interface Shown {
  readonly product: string;
  readonly revision: string;
  readonly [field: string]: unknown;
}

export interface Asking {
  ask<Answer>(operation: string, input: unknown): Promise<Answer | string | undefined>;
  /** `then` hears what was answered, if only at last, and when it was asked for the first time and the last. */
  do(
    operation: string,
    input: unknown,
    deal?: DealOf,
    then?: (value: unknown, span: LedgerSpan) => void,
  ): Promise<Result<unknown> | undefined>;
}

const amount = (minor: number) => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

export class Manager {
  readonly #world: World;
  readonly #asking: Asking;
  readonly #pc: Pc;
  /** What is changed most: so few that edits of the same one cross. */
  readonly #favourites: readonly string[];
  /** Products that were made here. */
  readonly made: string[] = [];

  constructor(world: World, pc: Pc, asking: Asking) {
    this.#world = world;
    this.#pc = pc;
    this.#asking = asking;
    this.#favourites = pc.options.place.goods.slice(0, 3).map((one) => one.product);
  }

  async act(key: string): Promise<void> {
    const { draws } = this.#world;
    if (draws.chance(`${key}/makes`, 0.15)) await this.#make(key);
    else await this.#edit(key);
  }

  async #make(key: string): Promise<void> {
    const { draws } = this.#world;
    const price_minor = draws.int(`${key}/price`, 1, 5000);
    const barcodes = draws.chance(`${key}/bare`, 0.5) ? [] : barcodesDrawn(draws, key);
    const typed = { sku: skuDrawn(draws, key), name: 'Made here', unit: 'piece', category: null, stocked: true };
    const fields = { ...typed, taxes: [this.#pc.options.place.shop?.tax ?? taxOf], barcodes };
    const input = { ...fields, price: amount(price_minor) };
    const wish = { pc: this.#pc.id, product: undefined, fields: { ...fields, price_minor, active: true } };
    const answer = await this.#asking.do('product.create', input, { kind: 'product', wish });
    if (answer?.ok === true) this.made.push(this.#see(answer.value as Shown).product);
  }

  async #edit(key: string): Promise<void> {
    const { draws } = this.#world;
    const product = draws.pick(`${key}/which`, [...this.#favourites, ...this.made]);
    const shown = await this.#asking.ask<Shown>('product.show', { product });
    if (shown === undefined || typeof shown === 'string') return;
    this.#see(shown);
    const fields = this.#change(key, shown);
    const { price_minor, ...others } = fields;
    const changes = price_minor === undefined ? others : { ...others, price: amount(price_minor) };
    const input = { product, against: shown.revision, changes };
    const wish = { pc: this.#pc.id, product, fields };
    const answer = await this.#asking.do('product.edit', input, { kind: 'edit', wish });
    if (answer?.ok === true) this.#see(answer.value as Shown);
  }

  /** Something else than what is shown. */
  #change(key: string, shown: Shown) {
    const { draws } = this.#world;
    const price_minor = 1 + ((Number(shown['price_minor']) + draws.int(`${key}/price`, 1, 4998)) % 5000);
    const what = draws.at(`${key}/what`);
    if (what < 0.5) return { price_minor };
    const name = `Named at ${this.#pc.id} ${draws.int(`${key}/name`, 1, 500)} ${this.#world.agenda.events}`;
    if (what < 0.65) return { price_minor, name };
    const sku = skuDrawn(draws, key);
    if (what < 0.8 && sku !== shown['sku']) return { sku };
    const barcodes = barcodesDrawn(draws, key);
    if (what < 0.9 && barcodes[0] !== (shown['barcodes'] as readonly string[])[0]) return { barcodes };
    // What sells on in every world stays in use.
    return this.#pc.options.place.goods.some((one) => one.product === shown.product)
      ? { name }
      : { active: shown['active'] !== true };
  }

  #see(shown: Shown): Shown {
    for (const [field, value] of Object.entries(shown))
      this.#world.ledger.seen.add(seenKey(this.#pc.id, shown.product, field, value));
    return shown;
  }
}

/** That somebody at a PC has seen a value of a product's field. */
export function seenKey(pc: string, product: string, field: string, value: unknown): string {
  return `${pc} ${product} ${field} ${JSON.stringify(value ?? null)}`;
}
