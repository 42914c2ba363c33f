/** PgBouncer where this PC has it: for tests and benches. A shop's administrator starts it as a service. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { findFreePort } from '../postgres.ts';
import { chooseUser } from '../postgres/place.ts';
import { canLimitClients, pgbouncerFiles, type PgbouncerOptions } from './pgbouncer.ts';

/** What it answers to `--version`, or null where it is not there. */
function versionOf(name: string): string | null {
  const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout : null;
}

/** Debian puts it where a user's PATH does not look. */
const program = ['pgbouncer', '/usr/sbin/pgbouncer'].find((name) => versionOf(name) !== null);

export const hasPgbouncer = program !== undefined;

export interface RunningPgbouncer {
  readonly port: number;
  /** Its process id. */
  readonly pid: number;
  close(): Promise<void>;
}

const patience_ms = 60_000;

/** Starts PgBouncer on loopback and answers once a till could come in. Throws with what it said where it ends instead. */
export async function startPgbouncer(
  options: Omit<PgbouncerOptions, 'listen' | 'limitsClients' | 'userlist_file'> & {
    readonly tls?: PgbouncerOptions['listen']['tls'];
  },
): Promise<RunningPgbouncer> {
  if (program === undefined) throw new Error('there is no PgBouncer here');
  const folder = mkdtempSync(join(tmpdir(), 'evertill-pgbouncer-'));
  const port = await findFreePort();
  const userlist_file = join(folder, 'userlist.txt');
  const files = pgbouncerFiles({
    ...options,
    listen: { host: '127.0.0.1', port, tls: options.tls ?? null },
    limitsClients: canLimitClients(versionOf(program) ?? ''),
    userlist_file,
  });
  writeFileSync(join(folder, 'pgbouncer.ini'), files.ini, { mode: 0o600 });
  writeFileSync(userlist_file, files.userlist, { mode: 0o600 });
  // PgBouncer refuses to run as root, as PostgreSQL does.
  const user = chooseUser();
  if (user.uid !== undefined && user.gid !== undefined) {
    chmodSync(folder, 0o755);
    for (const name of ['pgbouncer.ini', 'userlist.txt']) chownSync(join(folder, name), user.uid, user.gid);
  }
  const child = spawn(program, [join(folder, 'pgbouncer.ini')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  let said = '';
  let hasEnded = false;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      hasEnded = true;
      resolve();
    });
  });
  const stopWithUs = () => child.kill('SIGKILL');
  process.once('exit', stopWithUs);
  for (const end = performance.now() + patience_ms; !(await answers(port)); await wait(20)) {
    if (hasEnded || performance.now() > end) throw new Error(`PgBouncer does not answer: ${said}`);
  }
  return {
    port,
    pid: child.pid ?? 0,
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      process.off('exit', stopWithUs);
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
}

/** Whether something there speaks PostgreSQL's protocol, if only to refuse. */
async function answers(port: number): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'nobody', password: 'x', database: 'x' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    return error instanceof pg.DatabaseError;
  }
}
