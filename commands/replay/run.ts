/** Rings up a file of invoices on several tills of one store, and looks whether everybody agrees. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProductId } from '../../shared/ids.ts';
import type { AdministratorAddress, HeadOfficeClient } from '../demo/company.ts';
import { openCompany } from '../demo/company.ts';
import { findCatalogue } from './catalogue.ts';
import type { Invoice } from './invoices.ts';
import type { Standing, TillOutcome } from './messages.ts';
import { type OpenedStore, openStore, settings } from './office.ts';
import type { RefusedRow } from './ring-up.ts';
import { startTillThread, type TillThread } from './thread.ts';
import { thousandthsOfMinor, writeThousandths } from './thousandths.ts';
import { logTo } from '../../shared/log.ts';

export interface ReplayOptions {
  readonly invoices: readonly Invoice[];
  readonly tills: number;
  /** Only the first so many are rung up; the catalogue is that of all. */
  readonly limit?: number | undefined;
  readonly administrator: AdministratorAddress;
  readonly database: string;
  /** Where the tills' files go. */
  readonly folder: string;
  readonly bcrypt_cost: number;
  /** How long to wait at the end for tills and head office to agree. */
  readonly patience_ms: number;
  readonly report: (progress: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Sums of money are decimal text, exact to the thousandth. */
export interface ReplayResult {
  readonly rows: number;
  readonly accepted: number;
  /** Rows that a till did not take, by its own error code. */
  readonly refused: Readonly<Record<string, number>>;
  readonly refused_rows: readonly RefusedRow[];
  readonly money_accepted: string;
  readonly money_refused: string;
  /** Sales and refunds. */
  readonly receipts: number;
  readonly sales: number;
  /** Of the sales, those that come to 0 and need no tender. */
  readonly free_sales: number;
  readonly refunds: number;
  readonly adjustments: number;
  readonly products: number;
  readonly open_prices: number;
  readonly tills: number;
  /** Every till's head is the head office's, number and hash. */
  readonly heads_equal: boolean;
  /** Stock at each till and at the head office is what the accepted rows add up to. */
  readonly stock_equal: boolean;
  /** What the head office's own report says. */
  readonly money_central: string;
  /** From the first invoice until all had been sent and told to every till. */
  readonly seconds: number;
  readonly import_seconds: number;
  readonly sales_per_s: number;
}

export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { invoices, tills, report, signal } = options;
  const company = await openCompany({
    administrator: options.administrator,
    database: options.database,
    name: 'Replay',
    user: { login: 'replay', name: 'Replay', password: crypto.randomUUID() },
    log: logTo((level, event, facts) => {
      if (level === 'error') report(`${event} ${JSON.stringify(facts)}`);
    }),
  });
  const threads: TillThread[] = [];
  const stop = () => void Promise.all(threads.map((thread) => thread.kill()));
  signal?.addEventListener('abort', stop);
  try {
    const started = performance.now();
    const catalogue = findCatalogue(invoices);
    report(`writing ${catalogue.length} products at the head office`);
    const store = await openStore(company.client, catalogue, signal);
    const shares = deal(invoices.slice(0, options.limit), tills);
    const done = shares.map(() => 0);
    const total = shares.reduce((sum, share) => sum + share.length, 0);
    for (const [i, share] of shares.entries()) {
      signal?.throwIfAborted();
      report(`till ${i + 1} of ${tills} joins`);
      threads.push(
        await openTill(options, company.client, store, { i, share }, (count) => {
          done[i] = count;
          report(`${done.reduce((sum, one) => sum + one, 0)} of ${total} invoices`);
        }),
      );
    }
    const imported = performance.now();
    const outcome = addUp(await Promise.all(threads.map((thread) => thread.ringUp())));
    report('waiting until every till and the head office have heard of everything');
    const expected_milli = expectedStock(store, outcome);
    const standings = await Promise.all(threads.map((thread) => thread.settle(expected_milli)));
    const ended = performance.now();
    const agreement = await compare(company.client, store, standings, expected_milli);
    for (const thread of threads) await thread.close();
    const receipts = outcome.sales + outcome.refunds;
    return {
      rows: outcome.accepted + outcome.refused.length,
      accepted: outcome.accepted,
      refused: countReasons(outcome.refused),
      refused_rows: outcome.refused,
      money_accepted: writeThousandths(outcome.money_accepted),
      money_refused: writeThousandths(outcome.money_refused),
      receipts,
      sales: outcome.sales,
      free_sales: outcome.free_sales,
      refunds: outcome.refunds,
      adjustments: outcome.adjustments,
      products: store.products.size,
      open_prices: store.open_prices,
      tills,
      ...agreement,
      seconds: tenths((ended - imported) / 1000),
      import_seconds: tenths((imported - started) / 1000),
      sales_per_s: tenths((receipts * 1000) / (ended - imported)),
    };
  } finally {
    signal?.removeEventListener('abort', stop);
    await Promise.all(threads.map((thread) => thread.kill()));
    await company.close();
  }
}

/** Whether a replay came to what it has to come to. */
export function agrees(result: ReplayResult): boolean {
  return result.heads_equal && result.stock_equal && result.money_central === result.money_accepted;
}

/** Invoices in turn to each till, as customers go to the next free one; each till's stay in their order. */
function deal(invoices: readonly Invoice[], tills: number): Invoice[][] {
  const shares = Array.from({ length: tills }, (): Invoice[] => []);
  for (const [i, invoice] of invoices.entries()) shares[i % tills]?.push(invoice);
  return shares;
}

async function openTill(
  options: ReplayOptions,
  office: HeadOfficeClient,
  { store, team, products }: OpenedStore,
  { i, share }: { readonly i: number; readonly share: readonly Invoice[] },
  progressed: (invoices: number) => void,
): Promise<TillThread> {
  const till_code = `R${i + 1}`;
  const { code } = await office.enrolment.create({ store, till_code, till_name: `Till ${i + 1}` });
  const folder = join(options.folder, till_code);
  mkdirSync(folder, { recursive: true });
  const assignment = {
    folder,
    enrolment_code: code,
    team,
    zone: settings.zone,
    products: products.size,
    bcrypt_cost: options.bcrypt_cost,
    patience_ms: options.patience_ms,
    invoices: share,
  };
  return await startTillThread(assignment, progressed);
}

function addUp(outcomes: readonly TillOutcome[]): TillOutcome {
  const moved = new Map<string, number>();
  for (const outcome of outcomes)
    for (const [sku, pieces] of outcome.moved) moved.set(sku, (moved.get(sku) ?? 0) + pieces);
  const sum = (of: (outcome: TillOutcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const money = (of: (outcome: TillOutcome) => bigint) => outcomes.reduce((total, outcome) => total + of(outcome), 0n);
  return {
    accepted: sum(({ accepted }) => accepted),
    refused: outcomes.flatMap(({ refused }) => refused).toSorted((a, b) => a.row - b.row),
    money_accepted: money(({ money_accepted }) => money_accepted),
    money_refused: money(({ money_refused }) => money_refused),
    sales: sum(({ sales }) => sales),
    free_sales: sum(({ free_sales }) => free_sales),
    refunds: sum(({ refunds }) => refunds),
    adjustments: sum(({ adjustments }) => adjustments),
    moved,
  };
}

/** What the file's own rows come to, by product; 0 for one that never moved. */
function expectedStock({ products }: OpenedStore, { moved }: TillOutcome): Map<ProductId, number> {
  const piece_milli = 1000;
  return new Map([...products].map(([sku, product]) => [product, (moved.get(sku) ?? 0) * piece_milli]));
}

async function compare(
  office: HeadOfficeClient,
  { store }: OpenedStore,
  standings: readonly Standing[],
  expected_milli: ReadonlyMap<ProductId, number>,
): Promise<Pick<ReplayResult, 'heads_equal' | 'stock_equal' | 'money_central'>> {
  const { tills } = await office.till.list({ store });
  const held = new Set(tills.map((till) => `${till.held.seq} ${till.held.hash}`));
  const heads_equal =
    tills.length === standings.length && standings.every(({ seq, hash }) => held.has(`${seq} ${hash}`));
  const atTills = standings.every(({ stock_differs }) => stock_differs.length === 0);
  const { totals } = await office.report.totals({ store });
  const central_minor = totals.reduce((sum, { total_minor }) => sum + total_minor, 0);
  return {
    heads_equal,
    stock_equal: atTills && (await hasStock(office, expected_milli)),
    money_central: writeThousandths(thousandthsOfMinor(central_minor)),
  };
}

/** Whether the head office's own levels are as expected, for every product and no other. */
async function hasStock(office: HeadOfficeClient, expected_milli: ReadonlyMap<ProductId, number>): Promise<boolean> {
  const limit = 500;
  let seen = 0;
  for (let after: string | null = null; ;) {
    const { products, next }: Awaited<ReturnType<HeadOfficeClient['product']['list']>> = await office.product.list({
      include_inactive: true,
      after,
      limit,
    });
    for (const { product, stock_milli } of products) if (stock_milli !== expected_milli.get(product)) return false;
    seen += products.length;
    if (next === null) return seen === expected_milli.size;
    after = next;
  }
}

function countReasons(refused: readonly RefusedRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of refused) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
