/** A PostgreSQL of a bench's own, as durable as in earnest: fsync and synchronous_commit are on. */
import { rmSync } from 'node:fs';
import { type RunningPostgres, startPostgres } from '../commands/postgres.ts';
import { inFolder } from './figures-support.ts';

export type BenchPostgres = Pick<RunningPostgres, 'host' | 'port' | 'user' | 'password' | 'pid'>;

/** Runs `work` beside an empty PostgreSQL, and takes it away again. `settings` go over its defaults. */
export async function withPostgres<Value>(
  work: (postgres: BenchPostgres) => Promise<Value>,
  settings: Readonly<Record<string, string>> = {},
): Promise<Value> {
  return await inFolder(async (folder) => {
    const postgres = await startPostgres({ folder, password: 'bench', settings });
    try {
      return await work(postgres);
    } finally {
      await postgres.stop();
      rmSync(postgres.folder, { recursive: true, force: true });
    }
  });
}
