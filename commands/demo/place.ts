/** The folder that a demo lives in: PostgreSQL, the till, and what a second run needs to find them again. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { findServer, isOwned, stopLeftover } from '../postgres/leftover.ts';
import { placeCluster } from '../postgres/place.ts';

const keptSchema = z.strictObject({
  /** Of PostgreSQL's superuser, on this PC only. */
  administrator_password: z.string().min(1),
});

export interface DemoPlace {
  readonly folder: string;
  /** Where PostgreSQL is asked to keep its data. */
  readonly postgres: string;
  /** The till's data folder. */
  readonly till: string;
  readonly log: string;
  readonly administrator_password: string;
}

/**
 * Finds a demo's folder or makes a new one. With `fresh` whatever an earlier demo left there goes first. Throws when the
 * folder holds anything else, or a demo that is still running.
 */
export async function findPlace(wanted: string, fresh: boolean): Promise<DemoPlace> {
  const folder = resolve(wanted);
  const places = {
    folder,
    postgres: join(folder, 'postgres'),
    till: join(folder, 'till'),
    log: join(folder, 'headoffice.log'),
  };
  const keptPath = join(folder, 'demo.json');
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(keptPath))
    throw new Error(`${folder} holds something that is no demo: give another folder with --data`);
  if (existsSync(keptPath)) refuseRunning(places);
  if (fresh) await remove(places);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(keptPath)) {
    const kept: z.infer<typeof keptSchema> = { administrator_password: randomBytes(24).toString('base64url') };
    // Beside, then in its place: PostgreSQL's data is lost to whoever has half a password.
    writeFileSync(`${keptPath}.new`, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
    renameSync(`${keptPath}.new`, keptPath);
  }
  return { ...places, ...keptSchema.parse(JSON.parse(readFileSync(keptPath, 'utf8'))) };
}

type Folders = Pick<DemoPlace, 'folder' | 'postgres'>;

/** Where a demo's PostgreSQL lives (as root maybe elsewhere than it was asked to), and who started it last. */
function clusterOf({ postgres }: Folders) {
  const cluster = placeCluster(postgres);
  const owner = Number(existsSync(join(cluster, 'owner')) ? readFileSync(join(cluster, 'owner'), 'utf8') : 0);
  return { cluster, data: join(cluster, 'data'), owner: owner > 0 ? owner : undefined };
}

/** Two demos in one folder would pull it from under each other. */
function refuseRunning(places: Folders): void {
  const { data, owner } = clusterOf(places);
  const server = findServer(data);
  if (server !== undefined && isOwned(server, owner))
    throw new Error(
      `This demo is running already, as process ${owner}: use the addresses that it printed, stop it there with Ctrl-C, or give another folder with --data`,
    );
}

/** Takes away what a demo left, its PostgreSQL too. */
async function remove(places: Folders): Promise<void> {
  const { folder } = places;
  if (!existsSync(folder)) return;
  const { cluster, data, owner } = clusterOf(places);
  await stopLeftover(data, owner);
  for (const gone of [cluster, folder]) rmSync(gone, { recursive: true, force: true, maxRetries: 3 });
}
