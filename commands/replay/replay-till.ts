/** A real till on its own file, with its own sync, whose clock shows the time of the invoice that is rung up. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as letOthers } from 'node:timers/promises';
import { createHeadOfficeLink } from '../../electron/pc/head-office-link.ts';
import { createFileMark } from '../../electron/pc/mark.ts';
import { createFileSecrets } from '../../electron/pc/secrets.ts';
import { createTill, type Till } from '../../electron/till/app.ts';
import type { Log } from '../../shared/log.ts';
import type { Ports } from '../../electron/till/ports.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import { createClient, OperationError } from '../../shared/contract/client.ts';
import { tillContract } from '../../shared/contract/till.ts';
import { type ProductId, toHex } from '../../shared/ids.ts';
import { newCommand } from '../demo/company.ts';
import { type Invoice, stockPieces } from './invoices.ts';
import type { Assignment, Standing, TillOutcome } from './messages.ts';
import { type ListedProduct, ringUpInvoice, type RungUp, rowThousandths } from './ring-up.ts';
import { instantOf } from './store-time.ts';
import { createTillDays } from './till-day.ts';

/** The most that one question about the catalogue or its stock may name. */
const page = 500;
const askAgain_ms = 1_000;

export interface ReplayTill {
  /** Rings up its invoices; `progressed` hears how many are done. */
  ringUp(progressed: (invoices: number) => void): Promise<TillOutcome>;
  /** Waits until everything is sent, and the stock of the store is as expected or patience ends. */
  settle(expected_milli: ReadonlyMap<ProductId, number>): Promise<Standing>;
  close(): void;
}

/** Makes a till, joins the head office with the code, and waits for the whole catalogue. */
export async function openReplayTill(assignment: Assignment, log: Log): Promise<ReplayTill> {
  const { folder, invoices, team, zone } = assignment;
  const times = invoices.map(({ wall_time }) => instantOf(zone, wall_time));
  let now = times[0] ?? Date.now();
  const ports: Ports = {
    clock: { now: () => now },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    secrets: createFileSecrets(join(folder, 'key')),
    mark: createFileMark(join(folder, 'mark')),
    log,
    bcryptCost: assignment.bcrypt_cost,
  };
  const link = createHeadOfficeLink({ path: join(folder, 'headoffice.json'), ports, version: 'replay' });
  const till = createTill({
    path: join(folder, 'till.db'),
    create: true,
    migrations: tillMigrations,
    ports: { ...ports, headOffice: link },
  });
  link.attach(till.sync);
  const visitor = createClient(tillContract, till.invoke, { session: () => undefined, newCommand });
  await visitor.setup.join({ code: assignment.enrolment_code });
  const days = createTillDays(till.invoke, newCommand, team);
  const end = () => performance.now() + assignment.patience_ms;
  const cameIn = (what: string, isSo: () => Promise<boolean>) => waitUntil(till, what, isSo, end());

  await cameIn('the staff', async () => (await visitor.session.choices({})).people.length >= 2);
  await days.signIn();
  await cameIn('the catalogue', async () => (await countProducts()) === assignment.products);
  const catalogue = await listProducts();

  async function countProducts(): Promise<number> {
    try {
      const { total } = await days.clerk.product.list({ text: '', include_inactive: false, offset: 0, limit: 1 });
      return total;
    } catch (error) {
      // Until their role has come, people may do nothing yet.
      if (error instanceof OperationError && error.failure.code === 'permission.missing') return 0;
      throw error;
    }
  }

  async function listProducts(): Promise<ReadonlyMap<string, ListedProduct>> {
    const listed = new Map<string, ListedProduct>();
    for (let offset = 0; offset < assignment.products; offset += page) {
      const { products } = await days.clerk.product.list({ text: '', include_inactive: false, offset, limit: page });
      for (const { sku, product, price_minor } of products) listed.set(sku, { product, price_minor });
    }
    return listed;
  }

  async function differences(expected_milli: ReadonlyMap<ProductId, number>): Promise<Standing['stock_differs']> {
    const differs: Standing['stock_differs'][number][] = [];
    const wanted = [...expected_milli.keys()];
    for (let from = 0; from < wanted.length; from += page) {
      const { levels } = await days.clerk.stock.levels({ products: wanted.slice(from, from + page) });
      for (const { product, store_milli } of levels) {
        const expected = expected_milli.get(product) ?? 0;
        if (store_milli !== expected) differs.push({ product, store_milli, expected_milli: expected });
      }
    }
    return differs;
  }

  return {
    ringUp: async (progressed) => {
      const tally = new Tally();
      for (const [i, invoice] of invoices.entries()) {
        // Never back: a clock on the wall doesn't go back between two customers.
        now = Math.max(now, times[i] ?? now);
        await days.turnTo(invoice.wall_time.slice(0, 10));
        tally.add(invoice, await ringUpInvoice(days, catalogue, invoice));
        progressed(i + 1);
        // The till answers without ever waiting; its sync has to get a turn.
        await letOthers();
      }
      await days.end();
      return tally.outcome();
    },
    settle: async (expected_milli) => {
      await days.signIn();
      const { sync } = days.clerk;
      let standing: Standing | undefined;
      const isSettled = async () => {
        await sync.try_now({});
        const { waiting, confirmed_seq } = await sync.status({});
        const head = till.sync.head();
        standing = {
          seq: head.seq,
          hash: toHex(head.hash),
          confirmed_seq,
          stock_differs: await differences(expected_milli),
        };
        return waiting === 0 && standing.stock_differs.length === 0;
      };
      await cameIn('both sides to agree', isSettled).catch(
        (error: unknown) => void log.fault('replay.unsettled', error),
      );
      if (standing === undefined) throw new Error('the till could not be asked where it stands');
      return standing;
    },
    close: () => {
      link.stop();
      till.close();
    },
  };
}

/** Asks again whenever something has changed at the till, until the answer is yes. */
async function waitUntil(till: Till, what: string, isSo: () => Promise<boolean>, end: number): Promise<void> {
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited too long for ${what}`);
    await new Promise<void>((resolve) => {
      const go = () => {
        clearTimeout(timer);
        stopHearing();
        resolve();
      };
      const stopHearing = till.subscribe(go);
      // What changed between the question and the listening is asked for a little later.
      const timer = setTimeout(go, askAgain_ms);
    });
  }
}

class Tally {
  #accepted = 0;
  #money_accepted = 0n;
  #money_refused = 0n;
  #sales = 0;
  #free_sales = 0;
  #refunds = 0;
  #adjustments = 0;
  readonly #refused: TillOutcome['refused'][number][] = [];
  readonly #moved = new Map<string, number>();

  add(invoice: Invoice, { accepted, refused, receipts, adjustments }: RungUp): void {
    const refusedRows = new Set(refused.map(({ row }) => row));
    if (accepted.length + refused.length !== invoice.rows.length)
      throw new Error(`invoice ${invoice.number}: a row was neither taken nor refused`);
    this.#accepted += accepted.length;
    this.#refused.push(...refused);
    this.#adjustments += adjustments;
    for (const row of accepted) {
      this.#money_accepted += rowThousandths(row);
      this.#moved.set(row.sku, (this.#moved.get(row.sku) ?? 0) + stockPieces(row));
    }
    for (const row of invoice.rows) if (refusedRows.has(row.row)) this.#money_refused += rowThousandths(row);
    for (const { kind, total_minor } of receipts) {
      if (kind === 'refund') this.#refunds += 1;
      else this.#sales += 1;
      if (kind === 'sale' && total_minor === 0) this.#free_sales += 1;
    }
  }

  outcome(): TillOutcome {
    return {
      accepted: this.#accepted,
      refused: this.#refused,
      money_accepted: this.#money_accepted,
      money_refused: this.#money_refused,
      sales: this.#sales,
      free_sales: this.#free_sales,
      refunds: this.#refunds,
      adjustments: this.#adjustments,
      moved: this.#moved,
    };
  }
}
