/** Everything that a demo runs: PostgreSQL, the head office and its console, and one till in the browser host. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { dataFolder } from '../../electron/pc/folder.ts';
import { type BrowserHost, startBrowserHost } from '../../electron/browser/host.ts';
import { openTillUpToDate } from '../../electron/pc/open-till.ts';
import type { Till } from '../../electron/till/app.ts';
import { type RunningServer, startServer } from '../../headoffice/server.ts';
import { createClient, OperationError } from '../../shared/contract/client.ts';
import { tillContract } from '../../shared/contract/till.ts';
import type { StoreId } from '../../shared/ids.ts';
import { createOfficeLog } from '../headoffice/ports.ts';
import { type RunningPostgres, startPostgres } from '../postgres.ts';
import { type Company, type HeadOfficeClient, newCommand, openCompany } from './company.ts';
import { countOpeningStock } from './opening-stock.ts';
import type { DemoPlace } from './place.ts';
import { buildScreens, screensFolder } from './screens.ts';
import { stockShop } from './stock-shop.ts';
import { readVersion } from '../version.ts';

/** Who signs in at the head office of the demo. */
export const officeUser = { login: 'office', name: 'Priya Nair', password: 'lighthouse-keeper' };

/** Where the console is when nothing else is there. */
const preferredPort = 47_820;
const mostTillCodes = 99;

export interface Demo {
  readonly till: Till;
  readonly host: BrowserHost;
  readonly office: HeadOfficeClient;
  readonly console: RunningServer;
  /** Stops everything, the last started first. May be called any number of times, also while it starts. */
  stop(): Promise<void>;
}

export interface DemoOptions {
  readonly place: DemoPlace;
  readonly report: (line: string) => void;
  /** Hears how to stop what has been started so far, as soon as anything has. */
  readonly stoppable: (stop: () => Promise<void>) => void;
}

/** Starts a demo on its folder, whether it is new, was stopped, or was killed. */
export async function startDemo({ place, report, stoppable }: DemoOptions): Promise<Demo> {
  const started: (() => void | Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopAll(started));
  stoppable(stop);
  try {
    await buildScreens(report);
    report('Starting PostgreSQL …');
    const postgres = await startDatabase(place);
    started.push(postgres.stop);
    const log = createOfficeLog({ file: place.log });
    const company = await openCompany({
      administrator: postgres,
      database: 'evertill',
      name: 'Harbour Street',
      version: readVersion(),
      user: officeUser,
      log,
    });
    started.push(company.close);
    const store = await stockShop(company.client, report);
    const console = await serveConsole(company);
    started.push(console.close);
    const opened = await openTillUpToDate(dataFolder(place.till), readVersion());
    started.push(opened.close);
    await joinHeadOffice(opened.till, company.client, store);
    await countOpeningStock(opened.till, company.client, report);
    const host = await startBrowserHost({
      till: opened.till,
      folder: screensFolder,
      log: opened.log,
      random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    });
    started.push(host.close);
    return { till: opened.till, host, office: company.client, console, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts PostgreSQL where the till looks for its head office; before it has joined, anywhere. */
async function startDatabase(place: DemoPlace): Promise<RunningPostgres> {
  const options = { folder: place.postgres, password: place.administrator_password };
  const port = portOf(place);
  if (port === undefined) return await startPostgres(options);
  try {
    return await startPostgres({ ...options, port });
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('could not bind')) throw error;
    throw new Error(`another program uses port ${port}, where the till looks for its head office`, { cause: error });
  }
}

/** The port under which the till knows its head office; undefined before it has joined. */
function portOf({ till }: DemoPlace): number | undefined {
  const path = dataFolder(till).headOffice;
  if (!existsSync(path)) return undefined;
  const known = z.looseObject({ joined: z.looseObject({ address: z.looseObject({ port: z.int() }) }).nullable() });
  return known.parse(JSON.parse(readFileSync(path, 'utf8'))).joined?.address.port;
}

/** Stops in the reverse order; one that fails does not keep the others running. */
async function stopAll(started: readonly (() => void | Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of started.toReversed()) {
    try {
      await stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'the demo did not stop cleanly');
}

async function serveConsole({ headOffice, ports }: Company): Promise<RunningServer> {
  const options = { office: headOffice, ports, folder: screensFolder };
  try {
    return await startServer({ ...options, port: preferredPort });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken) throw error;
    return await startServer(options);
  }
}

/** Enrols the till with a one-time code, unless an earlier run has. */
async function joinHeadOffice(till: Till, office: HeadOfficeClient, store: StoreId): Promise<void> {
  const visitor = createClient(tillContract, till.invoke, { session: () => undefined, newCommand });
  if ((await visitor.setup.status({})).done) return;
  const { code } = await createCode(office, store);
  await visitor.setup.join({ code });
}

/** A code for the first till that is free: one that was begun by a run that was killed is left to the head office. */
async function createCode(office: HeadOfficeClient, store: StoreId) {
  for (let n = 1; n <= mostTillCodes; n += 1) {
    try {
      return await office.enrolment.create({ store, till_code: `HS${n}`, till_name: `Till ${n}` });
    } catch (error) {
      const isTaken = error instanceof OperationError && error.failure.code === 'input.malformed';
      if (!isTaken) throw error;
    }
  }
  throw new Error('the demo has more tills than it can count: begin anew with --fresh');
}
