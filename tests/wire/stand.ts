/** What is put at the two ends of a wire that is cut: a till with something to send, and its head office. */
import type pg from 'pg';
import { expect } from 'vitest';
import { type CentralAddress, centralAt, type CentralTimeouts, defaultTimeouts } from '../../sync/central.ts';
import type { TillPort } from '../../sync/ports.ts';
import { type CallName, SyncRun } from '../sync/sync-run.ts';
import type { NamedCut } from './cut-points.ts';
import type { WireMessage } from './messages.ts';
import { WireProxy } from './wire-proxy.ts';

export interface Stand {
  readonly till: TillPort;
  /** Where its head office is, when nothing is between. */
  readonly address: CentralAddress;
  /** The till sells once more. */
  sell(): Promise<void>;
  /** Throws unless both sides hold the same, with nothing lost and nothing twice. */
  expectInStep(): Promise<void>;
  close(): Promise<void>;
}

/** Wire time runs so many times as fast, so that no test waits for the product's own patience of 10 and 40 seconds. */
export const haste = 40;

export const hastyTimeouts: CentralTimeouts = {
  connect_ms: defaultTimeouts.connect_ms / haste,
  call_ms: defaultTimeouts.call_ms / haste,
  push_ms: defaultTimeouts.push_ms / haste,
};

/** Makes the server as hasty about a login as the till is: what it does by itself about a wire that fell silent. */
export async function hastenLogin(admin: pg.Client, login: string): Promise<void> {
  const { rows } = await admin.query<{ name: string; ms: number }>(
    `select split_part(setting, '=', 1) as name,
       extract(epoch from split_part(setting, '=', 2)::interval)::int * 1000 as ms
     from pg_roles, unnest(rolconfig) as setting
     where rolname = $1 and setting ~ '^(transaction|idle_session)_timeout='`,
    [login],
  );
  for (const { ms, name } of rows) await admin.query(`alter role ${login} set ${name} = ${ms / haste}`);
}

export interface CleanRun {
  readonly messages: readonly WireMessage[];
  readonly calls: Readonly<Record<CallName, number>>;
}

/** The run that nothing disturbs. With the product's own patience: it must not be cut short by a busy PC. */
export async function runClean(stand: Stand): Promise<CleanRun> {
  const proxy = await WireProxy.open(stand.address);
  const run = new SyncRun(stand.till, centralAt({ ...stand.address, port: proxy.port }, 'test'));
  try {
    await run.untilSynced();
    await stand.expectInStep();
    expect(run.calls.connect).toBe(1);
    return { messages: [...proxy.seen], calls: { ...run.calls } };
  } finally {
    run.sync.stop();
    await proxy.close();
    await stand.close();
  }
}

/** How a till got over a cut. */
export interface CutRun {
  /** How often it called, until it was in step for the first time. */
  readonly calls: Readonly<Record<CallName, number>>;
}

/**
 * Runs a till over a wire that is cut once, sells once more, and looks whether both sides came back in step. Throws with
 * the cut's name where they did not; answers undefined where a busy PC broke the connection before the cut was reached.
 */
export async function runCut(stand: Stand, { cut, name }: NamedCut): Promise<CutRun | undefined> {
  const proxy = await WireProxy.open(stand.address, 1000 / haste);
  proxy.cutNext(cut);
  const run = new SyncRun(stand.till, centralAt({ ...stand.address, port: proxy.port }, 'test', hastyTimeouts));
  try {
    await run.untilSynced();
    const calls = { ...run.calls };
    await stand.sell();
    run.sync.appended();
    await run.untilSynced();
    await proxy.deliverLate();
    await stand.expectInStep();
    expect(run.reports).toEqual([]);
    return proxy.cuts === 0 ? undefined : { calls };
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    run.sync.stop();
    await proxy.close();
    await stand.close();
  }
}
