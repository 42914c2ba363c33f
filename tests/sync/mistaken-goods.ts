/**
 * Goods that were written down and not so: said to have left a shelf on which they still are, or to have come where other
 * goods came, until somebody puts it right.
 */
import type { MovementId, TransferId } from '../../shared/ids.ts';
import type { CountingShop, CountingTill } from './counting-shop.ts';
import type { TestProduct } from './sales.ts';

interface Mistake {
  readonly till: CountingTill;
  readonly product: TestProduct;
  /** What it took the shelf to have more, or less. */
  readonly milli: number;
  readonly seq: number;
  readonly real_ms: number;
  /** Writes down how it was, and answers what that adds. */
  readonly undo: (line: object) => void;
}

export class MistakenGoods {
  readonly #shop: CountingShop;
  /** Tills of a version that says nothing of what it has counted since. */
  readonly #old: ReadonlySet<CountingTill>;
  readonly #open: Mistake[] = [];
  #numbers = 0;

  constructor(shop: CountingShop, old: ReadonlySet<CountingTill> = new Set()) {
    this.#shop = shop;
    this.#old = old;
  }

  /** Goods are said to have left for another store, and have not. */
  send(till: CountingTill, product: TestProduct, units: number): void {
    const { shop, store } = this.#shop;
    this.#numbers += 1;
    const body = { transfer: shop.ids.next<TransferId>(), number: `${till.till.options.code}-A-T${this.#numbers}` };
    till.till.append(
      'stock.sent',
      { ...body, to_store: store, lines: [lineOf(product, units)] },
      { at: this.#shop.clock(till) },
    );
    this.#note(till, product, -units, (line) => {
      const at = this.#shop.clock(till);
      till.till.append(
        'stock.transfer_cancelled',
        { ...body, lines: [{ ...lineOf(product, units), ...line }] },
        { at },
      );
    });
  }

  /** Goods are said to have come, and have not. */
  receive(till: CountingTill, product: TestProduct, units: number): void {
    const { shop } = this.#shop;
    this.#numbers += 1;
    const number = `${till.till.options.code}X-A-T${this.#numbers}`;
    const said = { number, lines: [lineOf(product, units)], awaits_more: true };
    till.till.append(
      'stock.received',
      { ...said, receipt: shop.ids.next<MovementId>() },
      { at: this.#shop.clock(till) },
    );
    this.#note(till, product, units, (line) => {
      const lines = [{ ...lineOf(product, -units), ...line }];
      const correction = shop.ids.next<MovementId>();
      const at = this.#shop.clock(till);
      till.till.append('stock.receipt_corrected', { ...said, correction, reason: 'Typed twice', lines }, { at });
    });
  }

  #note(till: CountingTill, product: TestProduct, units: number, undo: Mistake['undo']): void {
    const { now_ms: real_ms } = this.#shop;
    this.#shop.book(till, product, units * 1000, real_ms);
    this.#open.push({ till, product, milli: units * 1000, seq: till.till.entries.length, real_ms, undo });
  }

  /** A till puts right what it wrote down wrong, the oldest first. Answers whether there was anything. */
  putRight(till: CountingTill): boolean {
    const i = this.#open.findIndex((one) => one.till === till);
    const [mistake] = i < 0 ? [] : this.#open.splice(i, 1);
    if (mistake === undefined) return false;
    const { milli, product, real_ms, seq, undo } = mistake;
    const isFound = !this.#old.has(till) && (till.postedAt.get(product.product) ?? -1) >= seq;
    undo(isFound ? { counted_since: true } : {});
    this.#shop.book(till, product, isFound ? 0 : -milli, real_ms);
    const counted = till.sheet.get(product.product);
    if (this.#old.has(till) || isFound || counted === undefined || counted.line.own_seq < seq) return true;
    const line = { ...counted.line, known_milli: counted.line.known_milli - milli };
    till.sheet.set(product.product, { ...counted, line });
    return true;
  }

  /** All is put right. */
  putAllRight(): void {
    for (const till of this.#shop.tills) while (this.putRight(till));
  }
}

function lineOf({ name, product, sku }: TestProduct, units: number) {
  return { product, sku, name, unit: 'piece' as const, quantity_milli: units * 1000 };
}
