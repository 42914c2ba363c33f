/**
 * `lag [--rate N] [--tills N] [--seconds S]`: how long it takes from a sale's commit at a till until the head office's page
 * shows it. Tills sell at an even pace, N sales a second in all; each has the product's own engine, whose waiting for more to
 * send is part of the figure. A page asks as `renderer/headoffice` does: `sync.pulse`, held until that has changed, then
 * the day's report. A sale is shown when that report counts it. `sent_*` is the part until central has confirmed it.
 *
 * The tills' journals are in memory: what a till's own commit takes is `checkout`'s figure.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { HeadOfficeClient } from '../commands/demo/company.ts';
import { type RunningSync, startSync } from '../sync/engine.ts';
import { systemClock } from '../sync/system-clock.ts';
import { option, percentile, rounded } from './figures-support.ts';
import { companyDatabase, openBenchCompany } from './joined-support.ts';
import { withPostgres } from './postgres-support.ts';
import { drain, type JoinedBenchTill, makeBaskets, makeProducts, openCentral } from './push-support.ts';

const stores = 4;
const patience_ms = 30_000;

export async function run({ args }: { readonly args: readonly string[] }): Promise<Record<string, number>> {
  const rate = option(args, 'rate', 200);
  const tills = option(args, 'tills', 20);
  const seconds = option(args, 'seconds', 30);
  return await withPostgres(async (postgres) => {
    const { host, port, user, password } = postgres;
    const company = await openBenchCompany(postgres);
    const at = { host, port, user, password, database: companyDatabase };
    const { admin, joined } = await openCentral(at, { stores, tills });
    await drain(joined);
    const watched = joined.map((one) => new Watched(one));
    const page = new Page(company.client, watched);
    const watching = page.watch();
    const nextBasket = makeBaskets(makeProducts(2_000));
    const begun = performance.now();
    let sold = 0;
    while (performance.now() - begun < seconds * 1000) {
      const due = Math.floor(((performance.now() - begun) / 1000) * rate);
      for (; sold < due; sold += 1) watched[sold % watched.length]?.sell(nextBasket());
      await wait(5);
    }
    const sold_ms = performance.now() - begun;
    const end = performance.now() + patience_ms;
    while (watched.some(({ shown, committed }) => shown < committed.length)) {
      if (performance.now() > end) throw new Error('not every sale was shown');
      await wait(50);
    }
    page.stop();
    await watching;
    for (const one of watched) one.stop();
    await admin.end();
    await company.close();
    const shown_ms = watched.flatMap((one) => one.shown_ms);
    const sent_ms = watched.flatMap((one) => one.sent_ms);
    return {
      sales: sold,
      sales_per_s: Math.round((sold * 1000) / sold_ms),
      tills,
      p50_ms: Math.round(percentile(shown_ms, 0.5)),
      p99_ms: Math.round(percentile(shown_ms, 0.99)),
      sent_p50_ms: Math.round(percentile(sent_ms, 0.5)),
      sent_p99_ms: Math.round(percentile(sent_ms, 0.99)),
      asked_p50_ms: rounded(percentile(page.asked_ms, 0.5)),
      asked_p99_ms: rounded(percentile(page.asked_ms, 0.99)),
    };
  });
}

/** A till that sells and syncs, and when each of its sales was committed, sent and shown. */
class Watched {
  readonly committed: number[] = [];
  readonly sent_ms: number[] = [];
  readonly shown_ms: number[] = [];
  readonly till: JoinedBenchTill['till'];
  readonly #sync: RunningSync;
  readonly #first_seq: number;

  constructor({ till, central }: JoinedBenchTill) {
    this.till = till;
    this.#first_seq = till.head().seq;
    const report = (error: unknown) => console.error(error);
    this.#sync = startSync({ till, central, clock: systemClock, random: Math.random, report });
    till.onStatus = ({ confirmed_seq }) => this.#note(this.sent_ms, confirmed_seq - this.#first_seq);
  }

  get shown(): number {
    return this.shown_ms.length;
  }

  sell(products: Parameters<JoinedBenchTill['till']['sell']>[0]): void {
    this.till.sell(products);
    this.committed.push(performance.now());
    this.#sync.appended();
  }

  /** The first `count` sales are shown. */
  show(count: number): void {
    this.#note(this.shown_ms, count);
  }

  stop(): void {
    this.till.onStatus = undefined;
    this.#sync.stop();
  }

  #note(into: number[], count: number): void {
    const now = performance.now();
    for (let i = into.length; i < count; i += 1) {
      const committed = this.committed[i];
      if (committed === undefined) throw new Error('a sale came in that was never made');
      into.push(now - committed);
    }
  }
}

/** The head office's page of the day. */
class Page {
  /** What the report took. */
  readonly asked_ms: number[] = [];
  readonly #client: HeadOfficeClient;
  readonly #tills: ReadonlyMap<string, Watched>;
  readonly #ending = new AbortController();

  constructor(client: HeadOfficeClient, watched: readonly Watched[]) {
    this.#client = client;
    this.#tills = new Map(watched.map((one) => [one.till.identity().till, one]));
  }

  async watch(): Promise<void> {
    const day = new Date().toISOString().slice(0, 10);
    let seen: { readonly tills: string; readonly edits: string } | undefined;
    while (!this.#ending.signal.aborted) {
      const { tills, edits } = await this.#client.sync.pulse(seen === undefined ? {} : { seen });
      const begun = performance.now();
      if (tills !== seen?.tills) {
        const today = await this.#client.report.today({ day, store: null });
        for (const { till, sales } of today.tills) this.#tills.get(till)?.show(sales.count);
        const asked_ms = performance.now() - begun;
        this.asked_ms.push(asked_ms);
        // As the page does, which asks during half of its time at most.
        await wait(asked_ms);
      }
      seen = { tills, edits };
    }
  }

  stop(): void {
    this.#ending.abort();
  }
}
