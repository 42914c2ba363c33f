/** The head office's PostgreSQL, as it fares: killed in several ways, stopped in its tracks, and set back to a copy. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { isAlive, listChildren, waitUntilGone } from '../postgres/leftover.ts';
import { type RunningPostgres, startPostgres } from '../postgres.ts';

const stop_ms = 60_000;

export class Central {
  readonly database: string;
  readonly #folder: string;
  readonly #password: string;
  #postgres: RunningPostgres;

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
    await this.stop();
    copyFolder(this.#data, this.#backup);
    await this.startAgain();
  }

  /** Puts the last copy back. What happened since, the database does not know; that it came back, it is told. */
  async setBack(): Promise<void> {
    if (!existsSync(this.#backup)) throw new Error('there is no copy to set it back to');
    await this.kill();
    copyFolder(this.#backup, this.#data);
    await this.startAgain();
    await this.ask(async (client) => await client.query('select evertill.restored()'));
  }

  /** Asks as the administrator. */
  async ask<Value>(work: (client: pg.Client) => Promise<Value>): Promise<Value> {
    const { host, password, port, user } = this.#postgres;
    const client = new pg.Client({ host, port, user, password, database: this.database, ssl: false });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
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
