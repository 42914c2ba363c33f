/** A head office whose stores count: a database of its own, the products that all of them sell, and the stores that opened. */
import { createDatabase } from '../support/postgres.ts';
import { CentralShop } from './central-shop.ts';
import { CountingShop } from './counting-shop.ts';
import { makeProducts, type TestProduct } from './sales.ts';

export class CountingCompany {
  readonly central: CentralShop;
  readonly products: readonly TestProduct[];
  readonly #opened: CountingShop[] = [];

  private constructor(central: CentralShop, products: readonly TestProduct[]) {
    this.central = central;
    this.products = products;
  }

  static async open(products: number): Promise<CountingCompany> {
    const central = await CentralShop.open(await createDatabase());
    return new CountingCompany(central, makeProducts(central.ids, products));
  }

  productAt(i: number): TestProduct {
    const product = this.products[i];
    if (product === undefined) throw new Error(`${this.products.length} products`);
    return product;
  }

  /** A store of its own, with one till for each clock. */
  async openStore(ahead_ms: readonly number[]): Promise<CountingShop> {
    const shop = await CountingShop.open(this.central, `S${this.#opened.length + 1}T`, this.products, ahead_ms);
    this.#opened.push(shop);
    return shop;
  }

  async close(): Promise<void> {
    for (const shop of this.#opened) shop.close();
    await this.central.close();
  }
}
