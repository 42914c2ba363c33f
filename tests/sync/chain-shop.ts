/** A shop whose tills' chains fork, are forged and are made one again: for the tests of what central takes. */
import { expect } from 'vitest';
import { type InstallationId, toHex } from '../../shared/ids.ts';
import type { PushAnswer } from '../../sync/answers.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from './central-shop.ts';
import { firstFault } from './forks.ts';
import { makeProduct, makeSale, type TestProduct } from './sales.ts';
import { Ids, type TestTill } from './test-till.ts';

export class ChainShop {
  readonly central: CentralShop;
  readonly product: TestProduct;
  #tills = 0;
  #copies = 0;

  private constructor(central: CentralShop, product: TestProduct) {
    this.central = central;
    this.product = product;
  }

  static async open(): Promise<ChainShop> {
    const central = await CentralShop.open(await createDatabase());
    const product = makeProduct(central.ids);
    return new ChainShop(central, product);
  }

  async close(): Promise<void> {
    await this.central.close();
  }

  /** A till of its own, open (entries 1 to 3), with `sales` sales; nothing is pushed. */
  async openTill(sales = 1): Promise<JoinedTill> {
    this.#tills += 1;
    const joined = await this.central.join(`T${this.#tills}`);
    joined.till.open();
    this.sell(joined.till, sales);
    return joined;
  }

  sell(till: TestTill, times = 1): void {
    for (let i = 0; i < times; i += 1)
      till.append('sale.completed', makeSale(till, [{ product: this.product, quantity_milli: 1000 }]));
  }

  /** A copy of a till's first `count` entries, as another installation has it, or the same one restored. */
  copy(till: TestTill, count = till.head().seq, installation: InstallationId = till.options.installation): TestTill {
    this.#copies += 1;
    return till.copy(installation, new Ids(0x4000 + this.#copies), count);
  }

  /** A copy that has sold on by itself. */
  fork(till: TestTill, base: number, sales = 3): TestTill {
    const copy = this.copy(till, base);
    this.sell(copy, sales);
    return copy;
  }

  /** Pushes a till's entries from `from` on, under the epoch that central stands in; by its installation if that is said. */
  async push(
    { central }: JoinedTill,
    till: TestTill,
    { from = 1, epoch = 0, installation }: { from?: number; epoch?: number; installation?: InstallationId } = {},
  ): Promise<PushAnswer> {
    const connection = await central.connect();
    if (installation !== undefined) {
      const { seq, hash } = till.head();
      await connection.hello({ installation, epoch, seq, hash, at: '' });
    }
    let answer = await connection.push({ epoch, entries: till.entries.slice(from - 1), unprojected: false });
    // What one push has no room for comes with the next.
    for (let acked = from - 1; answer.answer === 'taken' && answer.acked_seq > acked && acked < till.head().seq;) {
      acked = answer.acked_seq;
      const entries = till.entries.slice(acked);
      if (entries.length > 0) answer = await connection.push({ epoch: answer.epoch, entries, unprojected: false });
    }
    connection.destroy();
    return answer;
  }

  /**
   * Why a till's last entry is refused. Throws unless central takes all that is before it, and a till that reads the chain
   * refuses the same entry.
   */
  async refusalOfLast(joined: JoinedTill): Promise<string> {
    const { till } = joined;
    const { seq } = till.head();
    const answer = await this.push(joined, till);
    const before = toHex(till.hashAt(seq - 1) ?? new Uint8Array());
    const isLast = answer.answer === 'refused' && answer.seq === seq && answer.acked_seq === seq - 1;
    if (!isLast || answer.head_hash !== before) throw new Error(`central answered ${JSON.stringify(answer)}`);
    const fault = firstFault(till.entries);
    if (fault?.seq !== seq) throw new Error(`the till found ${JSON.stringify(fault)}`);
    return answer.reason;
  }

  /** Rows of one till, in order of `seq`. */
  async rows({ till }: JoinedTill, table: string, columns: string): Promise<readonly unknown[]> {
    const { rows } = await this.central.admin.query(
      `select ${columns} from ${table} join tills using (store_id, till_id) where till = $1 order by seq`,
      [till.options.till],
    );
    return rows;
  }

  /** One value about one till, whose UUID is $1. */
  async value({ till }: JoinedTill, sql: string): Promise<unknown> {
    return await this.central.value(sql, [till.options.till]);
  }
}

/** Writes a till's last entry again with its text changed, and chains it anew. */
export function spoil(till: TestTill, change: (text: string) => string): void {
  const last = till.entries.pop();
  const text = new TextDecoder().decode(last?.bytes);
  const changed = change(text);
  expect(changed).not.toBe(text);
  till.appendBytes(new TextEncoder().encode(changed));
}
