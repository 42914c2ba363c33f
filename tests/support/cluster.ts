import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeCluster } from '../../commands/postgres/place.ts';
import { isAlive, stopLeftover } from '../../commands/postgres/leftover.ts';
import { type RunningPostgres, startPostgres } from '../../commands/postgres.ts';

/** Nobody outside this PC reaches the cluster, and it holds nothing but what tests put there. */
const PASSWORD = 'evertill-tests';

/** A test's cluster may be lost: what durability means is tested where it is configured. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' };

const SHELF = join(tmpdir(), 'evertill-test-clusters');

export interface TestCluster extends RunningPostgres {
  /** Stops it and removes its data. May be called any number of times. */
  readonly remove: () => Promise<void>;
  /** Starts it again after `stop` or `crash`, with the same port and data. */
  readonly restart: () => Promise<TestCluster>;
}

export interface TestClusterOptions {
  /** Tells this process's clusters apart; letters, digits and hyphens. */
  readonly name: string;
  /** Settings of postgresql.conf over the tests' own (durability is off). */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts a PostgreSQL of this process's own, for tests that stop or kill it; everything else shares the one behind
 * `createDatabase`. The caller removes it. What killed runs left behind is cleared away first.
 */
export async function startTestCluster({ name, settings }: TestClusterOptions): Promise<TestCluster> {
  await clearLeftovers();
  const folder = join(SHELF, `${process.pid}-${name}`);
  try {
    return await start(folder, { ...SETTINGS, ...settings });
  } catch (error) {
    removeFolders(placeCluster(folder), folder);
    throw error;
  }
}

async function start(folder: string, settings: Readonly<Record<string, string>>): Promise<TestCluster> {
  const postgres = await startPostgres({ folder, password: PASSWORD, settings });
  const remove = async () => {
    await postgres.stop();
    removeFolders(postgres.folder, folder);
  };
  return { ...postgres, remove, restart: () => start(folder, settings) };
}

function removeFolders(...folders: readonly string[]): void {
  // Another run may be clearing the same leftover away at this moment.
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Clusters of test runs whose process is gone: stopped and removed. Folders are named `<process id>-<name>`. */
async function clearLeftovers(): Promise<void> {
  mkdirSync(SHELF, { recursive: true });
  for (const entry of readdirSync(SHELF)) {
    const owner = Number.parseInt(entry, 10);
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    const wanted = join(SHELF, entry);
    const folder = placeCluster(wanted);
    await stopLeftover(join(folder, 'data'), undefined);
    removeFolders(folder, wanted);
  }
}
