/** A new till with a day's sales that nobody has heard of: it greets, takes the catalogue and pushes in several batches. */
import { expect } from 'vitest';
import { type StoreId, toHex } from '../../shared/ids.ts';
import type { CentralShop } from '../sync/central-shop.ts';
import { makeProducts, makeSale, type TestProduct } from '../sync/sales.ts';
import type { TestTill } from '../sync/test-till.ts';
import { hastenLogin, type Stand } from './stand.ts';

const sales = 60;
const shelves = 5;

export class DayStands {
  readonly #shop: CentralShop;
  readonly #products: readonly TestProduct[];
  #made = 0;
  /** One thing after another is asked of the head office: its tests have one connection. */
  #asked: Promise<unknown> = Promise.resolve();

  private constructor(shop: CentralShop) {
    this.#shop = shop;
    this.#products = makeProducts(shop.ids, 6);
  }

  /** With something in the company's stream, so that a cut can fall on it. */
  static async open(shop: CentralShop): Promise<DayStands> {
    const stands = new DayStands(shop);
    for (let i = 0; i < shelves; i += 1) {
      const row = { category: shop.ids.next(), name: `Shelf ${i}`, tint: 'sand', position: i, active: true };
      await shop.admin.query('select record_category(null, $1)', [JSON.stringify(row)]);
    }
    return stands;
  }

  /** A till in a store of its own, so that none waits for another's locks; or in one that is named. */
  async next(store?: StoreId): Promise<Stand> {
    return await this.#alone(async () => await this.#make(store));
  }

  async #alone<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#asked.then(work);
    this.#asked = done.catch(() => undefined);
    return await done;
  }

  async #make(given: StoreId | undefined): Promise<Stand> {
    const shop = this.#shop;
    this.#made += 1;
    const store = given ?? shop.ids.next<StoreId>();
    if (given === undefined) await shop.addStore(store);
    const { address, till } = await shop.join(`W${this.#made}`, store);
    await hastenLogin(shop.admin, address.login);
    let sold = 0;
    const sell = () => {
      const product = this.#products[sold % this.#products.length];
      if (product === undefined) throw new Error('no product');
      till.append('sale.completed', makeSale(till, [{ product, quantity_milli: 1000 }]));
      sold += 1;
    };
    till.open();
    for (let i = 0; i < sales; i += 1) sell();
    return {
      till,
      address,
      sell: () => Promise.resolve(sell()),
      expectInStep: async () => await this.#alone(async () => await expectInStep(shop, till, sold)),
      close: () => Promise.resolve(),
    };
  }
}

/** Head, entries, receipts, roll-ups, stock, and what the till holds of the feed. */
async function expectInStep(shop: CentralShop, till: TestTill, sold: number): Promise<void> {
  const held = await shop.admin.query<Record<string, unknown>>(
    `select encode(h.head_hash, 'hex') as hash, h.acked_seq::int as seq,
             (select count(*)::int from journal_entries j where j.till_id = t.till_id) as entries,
             (select count(*)::int from sales s where s.till_id = t.till_id) as sales,
             (select count(distinct receipt_number)::int from sales s where s.till_id = t.till_id) as receipts,
             (select sum(sale_count)::int from daily_sales d where d.till_id = t.till_id) as rolled_up,
             (select -sum(level_milli)::int from stock_levels l where l.till_id = t.till_id) as moved,
             (select count(*)::int from quarantined_entries q where q.till_id = t.till_id) as quarantined
           from tills t join till_heads h using (store_id, till_id) where t.till = $1`,
    [till.options.till],
  );
  expect(held.rows).toEqual([
    {
      hash: toHex(till.head().hash),
      seq: till.head().seq,
      entries: till.head().seq,
      sales: sold,
      receipts: sold,
      rolled_up: sold,
      moved: sold * 1000,
      quarantined: 0,
    },
  ]);
  expect(till.confirmedSeq()).toBe(till.head().seq);
  const feed = async (sql: string, ...values: readonly unknown[]) =>
    (await shop.admin.query<{ row: unknown }>(sql, [...values])).rows.map(({ row }) => row);
  // Other stands add their stores meanwhile: the till has all up to the place that it has read.
  const read = till.cursors().company?.position ?? 0;
  const company = await feed('select row from feed_rows where store_id = 0 and position <= $1', read);
  expect(company.length).toBeGreaterThanOrEqual(shelves);
  const store = await feed(
    `select row from feed_rows join stores using (store_id) where store = $1
     union all
     select jsonb_build_object('product', product, 'till', till, 'level_milli', level_milli, 'covers_seq', covers_seq)
     from stock_levels join tills using (store_id, till_id) join stores using (store_id) where store = $1 and till <> $2`,
    till.options.store,
    till.options.till,
  );
  const texts = (rows: Iterable<unknown>) => Array.from(rows, (row) => JSON.stringify(row)).toSorted();
  expect(texts(till.replica.company.values())).toEqual(texts(company));
  expect(texts(till.replica.store.values())).toEqual(texts(store));
}
