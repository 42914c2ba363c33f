/** Tills that sell and a head office, tortured for a while; then healed, selling on, and held against the paper. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { dataFolder } from '../../electron/pc/folder.ts';
import { runProgram } from '../check/program.ts';
import { openCompany } from '../demo/company.ts';
import { placeCluster } from '../postgres/place.ts';
import { openStore } from '../replay/office.ts';
import { Central } from './central.ts';
import { type FaultKind, faultKinds, torture } from './faults.ts';
import type { Assignment, Standing } from './messages.ts';
import { judge, type Verdict } from './oracle.ts';
import { readLog } from './receipt-log.ts';
import { TillProcess } from './till-process.ts';
import { logTo } from '../../shared/log.ts';

const database = 'torture';
const lookAgain_ms = 100;
/** How many customers each till serves once all is healed, before both sides are compared. */
const customersAfter = 10;

export interface TortureOptions {
  readonly seconds: number;
  /** Draws the faults. */
  readonly seed: number;
  readonly tills: number;
  /** New or empty; tills and PostgreSQL keep their files here. */
  readonly folder: string;
  /** Between two customers of a till, on average. */
  readonly pace_ms: number;
  /** The longest that anybody is frozen. A till waits ten seconds for an answer. */
  readonly frozen_ms: number;
  /** How long to wait, after healing, for both sides to agree. */
  readonly patience_ms: number;
  readonly report: (progress: string) => void;
}

export interface TortureResult extends Verdict {
  readonly minutes: number;
  readonly seed: number;
  readonly tills: number;
  /** Receipts that were printed, refunds included. */
  readonly sales: number;
  /** Processes killed with SIGKILL: tills, postmasters, and those who work for one. */
  readonly kills: number;
  /** How often the head office was set back to a copy. */
  readonly restores: number;
  /** How many entries of the tills it did not know any more after that. */
  readonly forgotten: number;
  readonly faults: Readonly<Record<FaultKind, number>>;
  /** From the end of the last fault until both sides agreed, with all that was sold on in between; null if never. */
  readonly converged_s: number | null;
  /** What `npm run verify` says of the tills' files. */
  readonly files_whole: boolean;
}

export async function runTorture(options: TortureOptions): Promise<TortureResult> {
  const { folder, frozen_ms, report, seconds, seed } = options;
  const central = await Central.start(centralFolder(folder), randomBytes(24).toString('base64url'), database);
  const tills: TillProcess[] = [];
  try {
    for (const assignment of await openShop(central, options)) tills.push(new TillProcess(assignment));
    for (const [i, till] of tills.entries()) {
      report(`till ${i + 1} of ${tills.length} joins`);
      await till.start();
    }
    // Nobody is enrolled after this: who is would not be known to a head office that was set back.
    await central.backUp();
    for (const till of tills) till.sell(null);

    const faults = Object.fromEntries(Object.values(faultKinds).flatMap((kinds) => kinds.map((kind) => [kind, 0])));
    const until_ms = performance.now() + seconds * 1000;
    const counted = (kind: FaultKind) => {
      faults[kind] = (faults[kind] ?? 0) + 1;
      report(`${Math.max(0, Math.round((until_ms - performance.now()) / 1000))} s left: ${kind}`);
    };
    await orDeath(
      tills,
      Promise.all(
        Object.values(faultKinds).map(
          async (kinds, lane) =>
            await torture(kinds, { tills, central, frozen_ms }, { until_ms, seed: seed + lane, counted }),
        ),
      ),
    );
    report('all is healed; the tills sell on');
    const converged_s = await heal(central, tills, options);
    const standings = await Promise.all(tills.map(async (till) => await till.report()));
    for (const till of tills) await till.close();
    const deeds = tills.flatMap(({ assignment }) => readLog(assignment.log));
    const verdict = await central.ask(async (client) => await judge(client, deeds, standings));
    report('the files of the tills are verified');
    const files_whole = await areWhole(tills);
    return {
      minutes: Math.round((seconds / 60) * 100) / 100,
      seed,
      tills: tills.length,
      sales: deeds.filter(({ receipt }) => receipt !== null).length,
      kills: ['till_killed', 'central_killed', 'postmaster_killed', 'backend_killed'].reduce(
        (sum, kind) => sum + (faults[kind] ?? 0),
        0,
      ),
      restores: faults['set_back'] ?? 0,
      forgotten: central.forgotten,
      // One for each kind, made above.
      faults: faults as TortureResult['faults'],
      converged_s,
      files_whole,
      ...verdict,
    };
  } finally {
    for (const till of tills) {
      till.thaw();
      await till.kill();
    }
    await central.stop();
  }
}

/** Whether nothing was lost, doubled or changed, and both sides agreed in the end. */
export function isSound(result: TortureResult): boolean {
  const { converged_s, files_whole, findings, quarantined, sales } = result;
  return findings.length === 0 && quarantined === 0 && sales > 0 && files_whole && converged_s !== null;
}

/** A shop with something to sell, and a code for each till. */
async function openShop(central: Central, { folder, pace_ms, tills }: TortureOptions): Promise<Assignment[]> {
  const company = await openCompany({
    administrator: central.address,
    database,
    name: 'Torture',
    user: { login: 'torture', name: 'Torture', password: crypto.randomUUID() },
    log: logTo((level, event, facts) => {
      if (level === 'error') process.stderr.write(`${event} ${JSON.stringify(facts)}\n`);
    }),
  });
  try {
    const catalogue = Array.from({ length: 12 }, (_, i) => ({
      sku: `T${i + 1}`,
      name: `Thing ${i + 1}`,
      price: `${i + 1}.${String(i * 7).padStart(2, '0')}`,
    }));
    const { products, store, team } = await openStore(company.client, catalogue);
    const assignments: Assignment[] = [];
    for (let i = 1; i <= tills; i += 1) {
      const till_code = `T${i}`;
      const { code } = await company.client.enrolment.create({ store, till_code, till_name: `Till ${i}` });
      const place = join(folder, till_code);
      mkdirSync(place);
      assignments.push({
        folder: join(place, 'till'),
        log: join(place, 'receipts.jsonl'),
        code,
        ...team.manager,
        products: products.size,
        pace_ms,
      });
    }
    return assignments;
  } finally {
    await company.close();
  }
}

/** Sells on, and waits until every till and the head office agree. Answers the seconds it took; null if they don't. */
async function heal(central: Central, tills: readonly TillProcess[], options: TortureOptions): Promise<number | null> {
  const healed = performance.now();
  const sold = tills.map(async (till) => {
    const done = till.sold();
    till.sell(customersAfter);
    await done;
  });
  await orDeath(tills, Promise.all(sold));
  while (performance.now() < healed + options.patience_ms) {
    const standings = await Promise.all(tills.map(async (till) => await till.report()));
    if (await agree(central, standings)) return Math.round((performance.now() - healed) / 100) / 10;
    await wait(lookAgain_ms);
  }
  return null;
}

async function agree(central: Central, standings: readonly Standing[]): Promise<boolean> {
  const shelves = standings.map(({ stock }) =>
    JSON.stringify(Object.entries(stock).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  );
  if (new Set(shelves).size !== 1 || standings.some(({ confirmed_seq, seq }) => confirmed_seq !== seq)) return false;
  const { rows } = await central.ask(
    async (client) =>
      await client.query<{ head: string }>(
        `select acked_seq || ' ' || encode(head_hash, 'hex') as head from evertill.till_heads`,
      ),
  );
  const held = new Set(rows.map(({ head }) => head));
  return standings.every(({ hash, seq }) => held.has(`${seq} ${hash}`));
}

/** Whether the files of tills that are closed are what they recorded, every entry and every table. */
async function areWhole(tills: readonly TillProcess[]): Promise<boolean> {
  const root = join(import.meta.dirname, '..', '..');
  for (const { assignment } of tills) {
    const { isOk, output } = await runProgram('commands/verify.ts', [dataFolder(assignment.folder).till], { root });
    if (!isOk) process.stderr.write(`${output}\n`);
    if (!isOk) return false;
  }
  return true;
}

/** Removes what a torture left in its folder, and where PostgreSQL could not live there, elsewhere. */
export function removeTorture(folder: string): void {
  for (const place of [placeCluster(centralFolder(folder)), folder]) rmSync(place, { recursive: true, force: true });
}

function centralFolder(folder: string): string {
  return join(folder, 'central');
}

/** What is waited for, unless a till ends by itself first. */
async function orDeath<Value>(tills: readonly TillProcess[], work: Promise<Value>): Promise<Value> {
  return await Promise.race([work, ...tills.map(async ({ died }) => await died)]);
}
