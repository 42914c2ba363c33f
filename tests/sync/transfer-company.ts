/** Stores of one company that send goods to one another, for tests: each is a till that is heard when the test says so. */
import { afterAll, beforeAll } from 'vitest';
import type { MovementId, StoreId, TransferId } from '../../shared/ids.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from './central-shop.ts';
import { makeProducts, type TestProduct } from './sales.ts';
import { SyncRun } from './sync-run.ts';

export interface Place {
  readonly store: StoreId;
  readonly joined: JoinedTill;
  readonly run: SyncRun;
  sent: number;
}

type Quantities = readonly (readonly [product: number, units: number])[];

/** A company for all tests of a file, and what its stores do. */
export function transferCompany() {
  let shop: CentralShop;
  let products: TestProduct[];
  let stores = 0;
  beforeAll(async () => {
    shop = await CentralShop.open(await createDatabase());
    products = makeProducts(shop.ids, 3);
  });
  afterAll(async () => {
    await shop.close();
  });

  /** Sends what a place has, and fetches what there is for it. */
  async function inStep(...places: readonly { readonly run: SyncRun }[]): Promise<void> {
    for (const { run } of places) {
      run.sync.appended();
      await run.untilSynced();
    }
  }

  async function openPlace(): Promise<Place> {
    stores += 1;
    const store = shop.ids.next<StoreId>();
    await shop.addStore(store);
    const joined = await shop.join(`P${stores}`, store);
    joined.till.open();
    const run = new SyncRun(joined.till, joined.central);
    // It speaks from now on only when it is told to: what is tried is who is heard first.
    await run.untilSynced();
    return { store, joined, run, sent: 0 };
  }

  const linesOf = (quantities: Quantities) =>
    quantities.map(([index, units]) => {
      const product = products[index];
      if (product === undefined) throw new Error('three products');
      const { name, sku } = product;
      return { product: product.product, sku, name, unit: 'piece' as const, quantity_milli: units * 1000 };
    });

  function send(
    from: Place,
    to: Place,
    quantities: Quantities,
  ): { readonly number: string; readonly transfer: TransferId } {
    from.sent += 1;
    const number = `${from.joined.till.options.code}-A-T${from.sent}`;
    const transfer = shop.ids.next<TransferId>();
    from.joined.till.append('stock.sent', { transfer, number, to_store: to.store, lines: linesOf(quantities) });
    return { number, transfer };
  }

  function receive(at: Place, number: string, quantities: Quantities, awaits_more = false): void {
    at.joined.till.append('stock.received', {
      receipt: shop.ids.next<MovementId>(),
      number,
      lines: linesOf(quantities),
      ...(awaits_more ? { awaits_more } : {}),
    });
  }

  /** Adds so much to what a place has written down of a transfer, signed. */
  function correct(at: Place, number: string, quantities: Quantities, awaits_more = false): void {
    at.joined.till.append('stock.receipt_corrected', {
      correction: shop.ids.next<MovementId>(),
      number,
      reason: 'Typed twice',
      lines: linesOf(quantities),
      ...(awaits_more ? { awaits_more } : {}),
    });
  }

  const stateOf = async (number: string) =>
    await shop.value('select state from transfer_standings where number = $1', [number]);
  const asideOf = async ({ joined }: Place) =>
    (
      await shop.admin.query<{ code: string }>(
        `select q.code from quarantined_entries q join tills using (store_id, till_id) where till = $1 order by q.seq`,
        [joined.till.options.till],
      )
    ).rows.map(({ code }) => code);

  const told = ({ joined }: Place, number: string) => {
    const rows = [...joined.till.replica.company].filter(([key]) => key === `transfer ${number}`);
    return rows.length === 0 ? undefined : rows[0]?.[1];
  };
  const level = async ({ store }: Place, index: number) =>
    Number(
      await shop.value(
        `select coalesce(sum(level_milli), 0) from stock_on_hand join stores using (store_id)
         where store = $1 and product = $2`,
        [store, products[index]?.product],
      ),
    );
  const matters = async (...numbers: string[]) =>
    (
      await shop.admin.query(
        `select number, kind, products::int, different::int from transfer_matters where number = any ($1) order by 1`,
        [numbers],
      )
    ).rows;

  return {
    get shop() {
      return shop;
    },
    inStep,
    openPlace,
    linesOf,
    send,
    receive,
    correct,
    stateOf,
    asideOf,
    told,
    level,
    matters,
  };
}
