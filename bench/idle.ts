/**
 * `idle [--tills N] [--interval S] [--seconds S] [--sockets N] [--pgbouncer]`: what tills cost that have nothing to send. Each holds its
 * connection and pulls every S seconds, as the product does; `postgres_core_share` is the share of one processor that all
 * of PostgreSQL's processes use meanwhile, from the kernel's own count.
 *
 * With `--pgbouncer` the tills stand behind PgBouncer in transaction mode, and prove each call: `bouncer_core_share` is what
 * that takes itself.
 *
 * There are as many real sockets as this PC's memory allows, a quarter of what is free at most. Where those are fewer than
 * the tills, share and memory are what was measured, times the tills by the sockets, and `extrapolated` says so.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { type RunningPgbouncer, startPgbouncer } from '../commands/central/start-pgbouncer.ts';
import { type CentralRoles, setGatewayPasswords } from '../migrations/central/migrate.ts';
import type { PullAnswer } from '../sync/answers.ts';
import type { CentralConnection } from '../sync/central-port.ts';
import { scramVerifier } from '../sync/scram.ts';
import { protocolLimits } from '../sync/protocol-state.ts';
import { option, percentile, rounded } from './figures-support.ts';
import { withPostgres } from './postgres-support.ts';
import { heldByPostgres_bytes, usedByPostgres_ms, usedByProcess_ms } from './processor-support.ts';
import { type CentralDatabase, type JoinedBenchTill, openCentral } from './push-support.ts';

/** More than a backend was ever seen to hold. */
const backend_mb = 16;
/** Behind PgBouncer: what this program and PgBouncer themselves hold for a till. */
const shared_mb = 1;
const tillsPerStore = 4;
const warmUps = 8;

export async function run({ args }: { readonly args: readonly string[] }): Promise<Record<string, number | boolean>> {
  const tills = option(args, 'tills', 2_000);
  const interval_ms = option(args, 'interval', 5) * 1000;
  const seconds = option(args, 'seconds', 20);
  const isShared = args.includes('--pgbouncer');
  const sockets = Math.min(tills, option(args, 'sockets', socketsAllowed(isShared ? shared_mb : backend_mb)));
  // Each till joins by a session of its own, and with its first hello goes on behind PgBouncer.
  const settings = { max_connections: String(isShared ? 100 : sockets + 20) };
  return await withPostgres(async ({ host, port, user, password, pid }) => {
    const at = { host, port, user, password, database: 'postgres' };
    const stores = Math.ceil(sockets / tillsPerStore);
    const { admin, joined, roles } = await openCentral(at, { stores, tills: sockets });
    const bouncer = isShared ? await openBouncer(at, admin, roles) : undefined;
    const empty_bytes = heldByPostgres_bytes(pid);
    const pulls_ms: number[] = [];
    const followers: Follower[] = [];
    for (const till of joined) followers.push(await Follower.open(till, pulls_ms));
    console.log(`${sockets} tills are connected`);
    const ending = new AbortController();
    const running = followers.map(async (follower, i) =>
      follower.follow(interval_ms, (interval_ms * i) / sockets, ending.signal),
    );
    // The first round plans; what is measured is what goes on all day.
    await wait(interval_ms + 1000);
    pulls_ms.length = 0;
    const used = usedByPostgres_ms(pid);
    const usedByBouncer = bouncer === undefined ? 0 : usedByProcess_ms(bouncer.pid);
    const begun = performance.now();
    await wait(seconds * 1000);
    const share = (usedByPostgres_ms(pid) - used) / (performance.now() - begun);
    const bouncerShare =
      bouncer === undefined ? 0 : (usedByProcess_ms(bouncer.pid) - usedByBouncer) / (performance.now() - begun);
    const pulls = pulls_ms.length;
    const sessions = await countSessions(admin);
    const held_bytes = heldByPostgres_bytes(pid) - empty_bytes;
    ending.abort();
    await Promise.all(running);
    for (const follower of followers) follower.close();
    await bouncer?.close();
    await admin.end();
    return {
      tills,
      sockets,
      pgbouncer: isShared,
      sessions,
      extrapolated: sockets < tills,
      postgres_core_share: rounded((share * tills) / sockets),
      measured_core_share: rounded(share),
      bouncer_core_share: rounded((bouncerShare * tills) / sockets),
      pulls,
      pull_cpu_ms: rounded((share * seconds * 1000) / pulls),
      pull_p50_ms: rounded(percentile(pulls_ms, 0.5)),
      pull_p99_ms: rounded(percentile(pulls_ms, 0.99)),
      /** 0 where the kernel does not tell. */
      memory_mb: Math.round((held_bytes / 1024 / 1024 / (isShared ? 1 : sockets)) * (isShared ? 1 : tills)),
    };
  }, settings);
}

async function openBouncer(at: CentralDatabase, admin: pg.Client, roles: CentralRoles): Promise<RunningPgbouncer> {
  const passwords = { gateway: 'bench', bouncer: 'bench' };
  const verifier = scramVerifier('bench', randomBytes(16));
  await setGatewayPasswords(admin, roles, { gateway: verifier, bouncer: verifier });
  const { host, port, database: name } = at;
  const bouncer = await startPgbouncer({ roles, passwords, database: { host, port, name, ca_file: null } });
  await admin.query('select evertill.announce_gateway($1, $2)', [host, bouncer.port]);
  return bouncer;
}

/** Sessions that the server holds for tills. */
async function countSessions(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    "select count(*)::int from pg_stat_activity where usename ~ '^evertill_'",
  );
  return rows[0]?.count ?? 0;
}

function socketsAllowed(socket_mb: number): number {
  const free_kb = Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0);
  const files = Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 1024);
  return Math.max(1, Math.floor(Math.min(free_kb / 1024 / 4 / socket_mb, files / 2)));
}

/** A till that has nothing to send. */
class Follower {
  readonly #connection: CentralConnection;
  readonly #pulls_ms: number[];
  readonly #till: JoinedBenchTill['till'];

  private constructor({ till }: JoinedBenchTill, connection: CentralConnection, pulls_ms: number[]) {
    this.#till = till;
    this.#connection = connection;
    this.#pulls_ms = pulls_ms;
  }

  /** Connects, sends the till's first entry and reads both streams to their ends. */
  static async open(joined: JoinedBenchTill, pulls_ms: number[]): Promise<Follower> {
    const { till, central } = joined;
    const connection = await central.connect();
    const { installation, epoch } = till.identity();
    const head = till.head();
    const hello = await connection.hello({ installation, epoch, ...head, at: new Date().toISOString() });
    if (hello.answer !== 'welcome') throw new Error(`hello was answered ${hello.answer}`);
    const entries = till.entriesAfter(hello.acked_seq, { count: 1, bytes: protocolLimits.batch_bytes });
    const pushed = await connection.push({ epoch: hello.epoch, entries, unprojected: false });
    if (pushed.answer !== 'taken') throw new Error(`push was answered ${pushed.answer}`);
    const follower = new Follower(joined, connection, pulls_ms);
    while (await follower.#pull());
    // A till's connection lasts for days: what its first calls read and plan is not what it costs.
    for (let i = 0; i < warmUps; i += 1) await follower.#pull();
    return follower;
  }

  /** Pulls every `interval_ms`, from `first_ms` on. */
  async follow(interval_ms: number, first_ms: number, signal: AbortSignal): Promise<void> {
    const due = (ms: number) => wait(ms, undefined, { signal }).catch(() => undefined);
    const begun = performance.now();
    for (let turn = 0; !signal.aborted; turn += 1) {
      await due(Math.max(0, begun + first_ms + turn * interval_ms - performance.now()));
      if (signal.aborted) return;
      const asked = performance.now();
      await this.#pull();
      this.#pulls_ms.push(performance.now() - asked);
    }
  }

  close(): void {
    this.#connection.destroy();
  }

  /** Answers whether there is more. */
  async #pull(): Promise<boolean> {
    const answer: PullAnswer = await this.#connection.pull(this.#till.cursors(), protocolLimits.pull_rows);
    if (answer.answer !== 'pages') throw new Error(`pull was answered ${answer.answer}`);
    for (const page of answer.pages) this.#till.applyPage(page);
    return answer.pages.some(({ more }) => more);
  }
}
