/** The folder that a demo lives in: PostgreSQL, the till, and what a second run needs to find them again. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { stopLeftover } from '../postgres/leftover.ts';
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

/** Takes away what a demo left, its PostgreSQL too. */
async function remove({ folder, postgres }: Pick<DemoPlace, 'folder' | 'postgres'>): Promise<void> {
  if (!existsSync(folder)) return;
  // As root it may live elsewhere than it was asked to.
  const cluster = placeCluster(postgres);
  const owner = Number(existsSync(join(cluster, 'owner')) ? readFileSync(join(cluster, 'owner'), 'utf8') : 0);
  await stopLeftover(join(cluster, 'data'), owner > 0 ? owner : undefined);
  for (const gone of [cluster, folder]) rmSync(gone, { recursive: true, force: true, maxRetries: 3 });
}
