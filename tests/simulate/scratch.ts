/** Where the tills of worlds have their files. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../commands/postgres/leftover.ts';

/** A world of twenty tills and their copies takes some ten megabytes. */
const leastSpace_bytes = 2 ** 30;
const prefix = 'evertill-simulation-';

/** Where the tills' files are: in memory where there is room. */
function place(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= leastSpace_bytes ? memory : tmpdir();
}

/** What a run that was killed has left behind. */
function clearLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (!Number.isNaN(owner) && !isAlive(owner)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** A folder of this process's own, to be removed by whoever asked. What killed processes left is cleared away first. */
export function makeScratch(): string {
  const folder = place();
  clearLeftovers(folder);
  return mkdtempSync(join(folder, `${prefix}${process.pid}-`));
}
