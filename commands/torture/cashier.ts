/** Somebody at a till: sells, now and then takes something back or counts the shelf, and keeps what the printer gave. */
import { OperationError } from '../../shared/contract/client.ts';
import type { Client } from '../../shared/contract/client.ts';
import type { TillContract } from '../../shared/contract/till.ts';
import { type CommandId, isUuid, type LineId, type SaleId, type Uuid } from '../../shared/ids.ts';
import { decimalText } from '../../shared/money/decimal-text.ts';
import { newCommand } from '../demo/company.ts';
import type { Asked, Deed, LoggedDeed, Move, ReceiptLog } from './receipt-log.ts';

const piece_milli = 1000;
/** Of pounds. */
const decimals = 2;
const reason = 'Torture';

export class Cashier {
  readonly #till: Client<TillContract>;
  readonly #log: ReceiptLog;
  readonly #products: readonly string[];
  #lastSale: string | undefined;

  constructor(till: Client<TillContract>, log: ReceiptLog, products: readonly string[]) {
    this.#till = till;
    this.#log = log;
    this.#products = products;
  }

  /** Asks once more for what nobody knows the end of: the till was killed while it was asked. */
  async resume(logged: readonly LoggedDeed[]): Promise<void> {
    for (const { asked, moves, receipt } of logged) if (receipt === undefined) await this.#do({ asked, moves }, true);
  }

  /** Serves one customer. */
  async serve(): Promise<void> {
    const drawn = Math.random();
    if (drawn < 0.06 && this.#lastSale !== undefined) await this.#takeBack(this.#lastSale);
    else if (drawn < 0.1) await this.#countShelf();
    else await this.#sell();
  }

  async #sell(): Promise<void> {
    const { basket: baskets } = this.#till;
    // Whatever the till was killed over is still in the basket.
    let shown = await baskets.current({});
    if (shown.tenders.length === 0) {
      for (let lines = 1 + Math.floor(Math.random() * 4); lines > 0; lines -= 1)
        await baskets.add_product({ product: idOf(this.#draw()), quantity_milli: this.#pieces() });
      shown = await baskets.current({});
    }
    const { basket, due_minor, lines, total_minor } = shown;
    if (basket === null) throw new Error('what was put into the basket is not in it');
    if (due_minor > 0) await baskets.add_tender({ basket, kind: 'cash', handed: decimalText(due_minor, decimals) });
    const moves = lines.map(({ product, quantity_milli }): Move => ({ product, milli: -quantity_milli }));
    await this.#do({ asked: { type: 'sale', command: newCommand(), basket, total_minor }, moves });
    this.#lastSale = basket;
  }

  /** One piece of the first line of the last sale. */
  async #takeBack(of_sale: string): Promise<void> {
    this.#lastSale = undefined;
    const [line] = (await this.#till.sale.show({ sale: idOf(of_sale) })).lines;
    if (line === undefined) return;
    const asked: Deed = { type: 'refund', command: newCommand(), of_sale, line: line.line };
    await this.#do({ asked, moves: [{ product: line.product, milli: piece_milli }] });
  }

  async #countShelf(): Promise<void> {
    const moves = [{ product: this.#draw(), milli: this.#pieces() }];
    await this.#do({ asked: { type: 'stock', command: newCommand() }, moves });
  }

  /** Writes down what is asked for, asks, and writes down what the till printed. */
  async #do(deed: Asked, isRepeat = false): Promise<void> {
    if (!isRepeat) this.#log.write(deed);
    this.#log.write({ done: deed.asked.command, receipt: await this.#ask(deed) });
  }

  async #ask({ asked, moves }: Asked) {
    const { basket, refund, stock } = this.#till;
    const options = { command: idOf<CommandId>(asked.command) };
    switch (asked.type) {
      case 'sale': {
        const input = { basket: idOf<SaleId>(asked.basket), total_minor: asked.total_minor };
        const { receipt_number, total_minor } = await basket.complete(input, options);
        return { number: receipt_number, total_minor };
      }
      case 'refund': {
        const lines = [{ line: idOf<LineId>(asked.line), quantity_milli: piece_milli, restock: true }];
        const input = { of_sale: idOf<SaleId>(asked.of_sale), lines, tender: 'cash' as const, reason };
        const { receipt_number, total_minor } = await refund.give_back(input, options);
        return { number: receipt_number, total_minor };
      }
      case 'stock':
        await stock.adjust(
          { reason, lines: moves.map(({ milli, product }) => ({ product: idOf(product), quantity_milli: milli })) },
          options,
        );
        return null;
    }
  }

  #draw(): string {
    return this.#products[Math.floor(Math.random() * this.#products.length)] ?? '';
  }

  #pieces(): number {
    return piece_milli * (1 + Math.floor(Math.random() * 3));
  }
}

/** Whether the till said no, in words of its contract. */
export function isRefusal(error: unknown, code: string): boolean {
  return error instanceof OperationError && error.failure.code === code;
}

function idOf<Id extends Uuid>(text: string): Id {
  if (!isUuid(text)) throw new Error(`${text} is no UUID`);
  // isUuid has read the text; what it names is the caller's to say.
  return text as Id;
}
