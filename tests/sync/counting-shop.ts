/**
 * A store whose shelf is known: tills with clocks that are wrong sell, receive and count, now and then in reach of the head
 * office, while goods go missing that nobody wrote down. What the shelf really holds is kept beside it all, by nobody's clock.
 */
import type { CountId, MovementId, ProductId } from '../../shared/ids.ts';
import type { Body } from '../../shared/journal/kinds.ts';
import type { CentralConnection } from '../../sync/central-port.ts';
import type { CentralShop, JoinedTill } from './central-shop.ts';
import { makeSale, type TestProduct } from './sales.ts';

type Line = Body<'stock.counted'>['lines'][number];

/** A line that was counted, with the moment that only the test knows. */
interface Counted {
  readonly line: Line;
  readonly tills: Body<'stock.counted'>['tills'];
  readonly real_ms: number;
}

interface Real {
  /** What is on the shelf. */
  milli: number;
  /** What went missing, and when. */
  readonly lost: { readonly real_ms: number; readonly milli: number }[];
  /** Counts of it that were posted. */
  readonly posted: number[];
}

export class CountingTill {
  readonly joined: JoinedTill;
  /** How far its clock is ahead, in milliseconds: whoever sets it sets it. */
  ahead_ms: number;
  readonly own = new Map<ProductId, number>();
  /** The real moment of each entry, by its number. */
  readonly moments = new Map<number, number>();
  readonly sheet = new Map<ProductId, Counted>();
  /** The last entry before a product was last counted here, of what was posted. */
  readonly postedAt = new Map<ProductId, number>();
  connection: CentralConnection | undefined;
  sent = 0;

  constructor(joined: JoinedTill, ahead_ms: number) {
    this.joined = joined;
    this.ahead_ms = ahead_ms;
  }

  get till() {
    return this.joined.till;
  }

  #rows(kind: string): Readonly<Record<string, unknown>>[] {
    // Rows of the feed are objects.
    return [...this.till.replica.store]
      .filter(([key]) => key.startsWith(`${kind} `))
      .map(([, row]) => row as Readonly<Record<string, unknown>>);
  }

  /** The level that this till shows: its own movements, the others', and what the head office corrects. */
  level(product: ProductId): number {
    const of = (kind: string, field: string) =>
      this.#rows(kind)
        .filter((row) => row['product'] === product)
        .reduce((sum, row) => sum + Number(row[field]), 0);
    return (this.own.get(product) ?? 0) + of('stock', 'level_milli') + of('stock_correction', 'correction_milli');
  }

  /** How far it knows the others' journals to have come. */
  heard(): ReadonlyMap<string, number> {
    const heard = new Map<string, number>();
    for (const row of this.#rows('stock')) {
      const till = String(row['till']);
      heard.set(till, Math.max(heard.get(till) ?? 0, Number(row['covers_seq'])));
    }
    return heard;
  }
}

export class CountingShop {
  readonly shop: CentralShop;
  readonly store: CentralShop['store'];
  readonly products: readonly TestProduct[];
  readonly tills: readonly CountingTill[];
  readonly real: ReadonlyMap<ProductId, Real>;
  /**
   * The real moment, as nobody in the shop knows it. Time passes in steps, and all of it is in the server's past: where the
   * head office writes down when something reached it, the shop puts its own moment.
   */
  now_ms = Date.now() - 40 * 24 * 3_600_000;

  private constructor(
    shop: CentralShop,
    store: CentralShop['store'],
    products: readonly TestProduct[],
    tills: readonly CountingTill[],
  ) {
    this.shop = shop;
    this.store = store;
    this.products = products;
    this.tills = tills;
    this.real = new Map(products.map(({ product }) => [product, { milli: 0, lost: [], posted: [] }]));
  }

  /** A store of its own, with one till for each clock; every shelf holds 100 pieces. */
  static async open(
    shop: CentralShop,
    codes: string,
    products: readonly TestProduct[],
    ahead_ms: readonly number[],
  ): Promise<CountingShop> {
    const store = shop.ids.next<typeof shop.store>();
    await shop.addStore(store);
    const tills: CountingTill[] = [];
    for (const [i, ahead] of ahead_ms.entries()) {
      const till = new CountingTill(await shop.join(`${codes}${i}`, store), ahead);
      till.till.open();
      tills.push(till);
    }
    const made = new CountingShop(shop, store, products, tills);
    for (const till of tills) await made.sync(till);
    for (const product of products) made.receive(made.tillAt(0), product, 100);
    for (const till of tills) await made.sync(till);
    made.now_ms += 3_600_000;
    return made;
  }

  tillAt(i: number): CountingTill {
    const till = this.tills[i % this.tills.length];
    if (till === undefined) throw new Error('no till');
    return till;
  }

  realOf(product: TestProduct): Real {
    const real = this.real.get(product.product);
    if (real === undefined) throw new Error('no such product');
    return real;
  }

  /** The count of a product that was made last of all that were posted, and what went missing after it. */
  standing(product: TestProduct): { readonly real_ms: number; readonly lost_after_milli: number } | undefined {
    const { lost, posted } = this.realOf(product);
    if (posted.length === 0) return undefined;
    const real_ms = Math.max(...posted);
    const after = lost.filter((one) => one.real_ms > real_ms);
    return { real_ms, lost_after_milli: after.reduce((sum, { milli }) => sum + milli, 0) };
  }

  /** What the entries alone say of a product. */
  booked(product: TestProduct): number {
    const { lost, milli } = this.realOf(product);
    return lost.reduce((sum, one) => sum - one.milli, milli);
  }

  /** What a till's clock shows. */
  clock(till: CountingTill): string {
    return new Date(this.now_ms + till.ahead_ms).toISOString();
  }

  #moved(till: CountingTill, product: TestProduct, milli: number): void {
    this.book(till, product, milli, this.now_ms);
    this.realOf(product).milli += milli;
  }

  /** A till's last entry is of that moment and says that so much moved, whatever is on the shelf. */
  book(till: CountingTill, { product }: TestProduct, milli: number, moment_ms: number): void {
    till.own.set(product, (till.own.get(product) ?? 0) + milli);
    till.moments.set(till.till.entries.length, moment_ms);
  }

  sell(till: CountingTill, product: TestProduct, units: number): void {
    const sale = makeSale(till.till, [{ product, quantity_milli: units * 1000 }]);
    till.till.append('sale.completed', sale, { at: this.clock(till) });
    this.#moved(till, product, -units * 1000);
  }

  receive(till: CountingTill, product: TestProduct, units: number): void {
    till.till.append(
      'stock.adjusted',
      {
        adjustment: this.shop.ids.next<MovementId>(),
        reason: 'Delivery',
        lines: [{ product: product.product, sku: product.sku, quantity_milli: units * 1000 }],
      },
      { at: this.clock(till) },
    );
    this.#moved(till, product, units * 1000);
  }

  /** Something goes that nobody writes down. */
  lose(product: TestProduct, units: number): void {
    const real = this.realOf(product);
    real.milli -= units * 1000;
    real.lost.push({ real_ms: this.now_ms, milli: -units * 1000 });
  }

  /** Somebody looks at the shelf, and writes on a till's sheet what is there. */
  count(till: CountingTill, { product, sku, name }: TestProduct): void {
    const heard = till.heard();
    const others = this.tills.filter((other) => other !== till).map((other) => other.till.options.till);
    const real = this.real.get(product);
    till.sheet.set(product, {
      real_ms: this.now_ms,
      tills: others,
      line: {
        product,
        sku,
        name,
        unit: 'piece',
        counted_milli: Math.max(0, real?.milli ?? 0),
        known_milli: till.level(product),
        price_minor: 100,
        counted_at: this.clock(till),
        own_seq: till.till.entries.length,
        seen: others.map((other) => heard.get(other) ?? 0),
      },
    });
  }

  /** Posts a till's sheet. */
  post(till: CountingTill): void {
    const counted = [...till.sheet.values()];
    const [first] = counted;
    if (first === undefined) return;
    const feed = till.till.cursors().store?.tag;
    till.till.append(
      'stock.counted',
      {
        count: this.shop.ids.next<CountId>(),
        scope: 'products',
        category: null,
        tills: first.tills,
        lines: counted.map(({ line }) => line),
        ...(feed === undefined ? {} : { feed }),
      },
      { at: this.clock(till) },
    );
    for (const { line, real_ms } of counted) {
      this.real.get(line.product)?.posted.push(real_ms);
      till.postedAt.set(line.product, line.own_seq);
      till.own.set(line.product, (till.own.get(line.product) ?? 0) + line.counted_milli - line.known_milli);
    }
    till.sheet.clear();
  }

  /** A till is out of reach: it says hello again when it is back. */
  loseTouch(till: CountingTill): void {
    till.connection?.destroy();
    till.connection = undefined;
  }

  async #greet(till: CountingTill): Promise<CentralConnection> {
    const connection = await till.joined.central.connect();
    const { hash, seq } = till.till.head();
    const { installation } = till.till.options;
    const at = new Date(Date.now() + till.ahead_ms).toISOString();
    await connection.hello({ installation, epoch: till.sent === 0 ? 0 : 1, seq, hash, at });
    await this.shop.admin.query(
      `update clock_readings r set at = $2 from tills t
       where t.till = $1 and r.store_id = t.store_id and r.till_id = t.till_id and r.seq = $3`,
      [till.till.options.till, new Date(this.now_ms).toISOString(), seq],
    );
    return connection;
  }

  /** Sends what a till has, and fetches what the head office has for it. */
  async sync(till: CountingTill): Promise<void> {
    till.connection ??= await this.#greet(till);
    await this.shop.admin.query(
      `alter table journal_entries alter column received_at set default '${new Date(this.now_ms).toISOString()}'`,
    );
    while (till.sent < till.till.entries.length) {
      const entries = till.till.entries.slice(till.sent, till.sent + 3);
      const answer = await till.connection.push({ epoch: till.sent === 0 ? 0 : 1, entries, unprojected: false });
      if (answer.answer !== 'taken' || answer.quarantined > 0) throw new Error(JSON.stringify(answer));
      till.sent += entries.length;
    }
    for (let more = true; more;) {
      const answer = await till.connection.pull(till.till.cursors(), 4);
      if (answer.answer !== 'pages') throw new Error(`pull was answered ${answer.answer}`);
      more = answer.pages.some((page) => page.more);
      for (const page of answer.pages) till.till.applyPage(page);
    }
  }

  async syncAll(): Promise<void> {
    for (const till of this.tills) await this.sync(till);
    for (const till of this.tills) await this.sync(till);
  }

  /** What the head office takes the level for. */
  async level({ product }: TestProduct): Promise<number> {
    return Number(
      await this.shop.value(
        `select coalesce((select level_milli from stock_on_hand where store_id = s.store_id and product = $2), 0)
         from stores s where s.store = $1`,
        [this.store, product],
      ),
    );
  }

  /** Movements near a count of which the head office can't tell whether they were before. */
  async doubts({ product }: TestProduct): Promise<{ till: string; seq: number; stock_milli: number }[]> {
    const { rows } = await this.shop.admin.query<{ till: string; seq: number; stock_milli: number }>(
      `select till, seq::int, stock_milli::int from stock_count_doubts d join tills using (store_id, till_id)
         join stores using (store_id)
       where store = $1 and product = $2 and decided is null order by till, seq`,
      [this.store, product],
    );
    return rows;
  }

  /** The real moment of an entry. */
  momentOf(till: string, seq: number): number {
    const moment = this.tills.find((one) => one.till.options.till === till)?.moments.get(seq);
    if (moment === undefined) throw new Error('no such movement');
    return moment;
  }

  async decide({ product }: TestProduct, milli: number, isBefore: boolean): Promise<unknown> {
    return await this.shop.value("select decide_count_doubt(null, $1, $2, $3, $4) ->> 'answer'", [
      this.store,
      product,
      milli,
      isBefore,
    ]);
  }

  close(): void {
    for (const till of this.tills) till.connection?.destroy();
  }
}
