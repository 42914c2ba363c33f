/** The head office's PostgreSQL, as it fares: killed in several ways, stopped in its tracks, and set back to a copy. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { isAlive, listChildren, waitUntilGone } from '../postgres/leftover.ts';
import { type RunningPostgres, startPostgres } from '../postgres.ts';

const stop_ms = 60_000;
const asksMost = 100;
const askAgain_ms = 200;

export class Central {
  readonly database: string;
  readonly #folder: string;
  readonly #password: string;
  #postgres: RunningPostgres;
  /** What it held when the last copy was made. */
  #entriesAtBackup = 0;
  /** How many entries of tills it has forgotten by being set back. */
  forgotten = 0;

  private constructor(folder: string, password: string, database: string, postgres: RunningPostgres) {
    this.#folder = folder;
    this.#password = password;
    this.database = database;
    this.#postgres = postgres;
  }

  static async start(folder: string, password: string, database: string): Promise<Central> {
    return new Central(folder, password, database, await startPostgres({ folder, password }));
  }

  get address(): RunningPostgres {
    return this.#postgres;
  }

  async stop(): Promise<void> {
    await this.#postgres.stop();
  }

  async startAgain(): Promise<void> {
    this.#postgres = await startPostgres({ folder: this.#folder, password: this.#password });
  }

  /** Postmaster and all who work for it, at once. */
  async kill(): Promise<void> {
    await this.#postgres.crash();
  }

  /** The postmaster alone; the others find out by themselves that it is gone. Nobody may start it again before. */
  async killPostmaster(): Promise<void> {
    const others = listChildren(this.#postgres.pid);
    process.kill(this.#postgres.pid, 'SIGKILL');
    await this.#ended();
    for (const other of others) await waitUntilGone(other, stop_ms);
  }

  /** One who works for it: PostgreSQL then throws all out and recovers by itself. */
  killOne(): void {
    const children = listChildren(this.#postgres.pid);
    const victim = children[Math.floor(Math.random() * children.length)];
    if (victim !== undefined && isAlive(victim)) process.kill(victim, 'SIGKILL');
  }

  async shutDownImmediately(): Promise<void> {
    process.kill(this.#postgres.pid, 'SIGQUIT');
    await this.#ended();
  }

  /** Nothing of it moves for a while; its sockets stay open. */
  async freeze(ms: number): Promise<void> {
    const all = [this.#postgres.pid, ...listChildren(this.#postgres.pid)];
    const signal = (name: NodeJS.Signals) => {
      for (const pid of all) if (isAlive(pid)) process.kill(pid, name);
    };
    const thaw = () => signal('SIGCONT');
    process.once('exit', thaw);
    signal('SIGSTOP');
    await wait(ms);
    thaw();
    process.off('exit', thaw);
  }

  /** A cold copy of the data directory, in place of the one before. */
  async backUp(): Promise<void> {
    this.#entriesAtBackup = await this.#countEntries();
    await this.stop();
    copyFolder(this.#data, this.#backup);
    await this.startAgain();
  }

  /** Puts the last copy back. What happened since, the database does not know; that it came back, it is told. */
  async setBack(): Promise<void> {
    if (!existsSync(this.#backup)) throw new Error('there is no copy to set it back to');
    // Put back to what it is already, it would forget nothing.
    for (let left = asksMost; left > 0 && (await this.#countEntries()) <= this.#entriesAtBackup; left -= 1)
      await wait(askAgain_ms);
    this.forgotten += (await this.#countEntries()) - this.#entriesAtBackup;
    await this.kill();
    copyFolder(this.#backup, this.#data);
    await this.startAgain();
    await this.ask(async (client) => await client.query('select evertill.restored()'));
  }

  /** Asks as the administrator; again while it is still getting up. */
  async ask<Value>(work: (client: pg.Client) => Promise<Value>): Promise<Value> {
    for (let left = asksMost; ; left -= 1) {
      try {
        return await this.#askOnce(work);
      } catch (error) {
        if (left === 0) throw error;
        await wait(askAgain_ms);
      }
    }
  }

  async #askOnce<Value>(work: (client: pg.Client) => Promise<Value>): Promise<Value> {
    const { host, password, port, user } = this.#postgres;
    const client = new pg.Client({ host, port, user, password, database: this.database, ssl: false });
    // One that breaks while nobody waits would end this process.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  async #countEntries(): Promise<number> {
    const sql = 'select coalesce(sum(acked_seq), 0)::int as entries from evertill.till_heads';
    const { rows } = await this.ask(async (client) => await client.query<{ entries: number }>(sql));
    return rows[0]?.entries ?? 0;
  }

  get #data(): string {
    return join(this.#postgres.folder, 'data');
  }

  get #backup(): string {
    return join(this.#postgres.folder, 'backup');
  }

  async #ended(): Promise<void> {
    await waitUntilGone(this.#postgres.pid, stop_ms);
    await this.#postgres.stop();
  }
}

function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  // Owner and mode stay: as root, PostgreSQL runs as somebody else.
  const copied = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (copied.status !== 0) throw new Error(`the data could not be copied: ${copied.stderr}`);
}
