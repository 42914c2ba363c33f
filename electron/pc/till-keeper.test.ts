import { describe, expect, it } from 'vitest';
import type { Result } from '../../shared/contract/errors.ts';
import type { Starting } from '../../shared/contract/shell.ts';
import type { TillEvent } from '../../shared/contract/till.ts';
import { KeyError } from './key.ts';
import type { OpenedTill } from './open-till.ts';
import { OpenError } from '../till/db/open.ts';
import { createTillKeeper } from './till-keeper.ts';
import { logTo } from '../../shared/log.ts';

const silent = logTo(() => undefined);
const paths = { till: '/data/till.db', key: '/data.key' };

/** A till that answers when the test says so. */
function slowTill() {
  const asked: { operation: string; answer: (result: Result<unknown>) => void }[] = [];
  const listeners = new Set<(event: TillEvent) => void>();
  const happened: string[] = [];
  const till = {
    till: {
      invoke: ({ operation }: { operation: string }) =>
        new Promise<Result<unknown>>((answer) => asked.push({ operation, answer })),
      subscribe: (listener: (event: TillEvent) => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    log: silent,
    tryNow: () => happened.push('try'),
    close: () => happened.push('close'),
  } as unknown as OpenedTill;
  return { asked, happened, listeners, till };
}

/** Lets everything that waits for nothing run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the keeper of the till', () => {
  it('opens once, however many ask, and hands on what the till tells', async () => {
    const { asked, listeners, till } = slowTill();
    let opened = 0;
    const told: TillEvent[] = [];
    const keeper = createTillKeeper({
      open: () => Promise.resolve(((opened += 1), till)),
      paths,
      log: silent,
    });
    keeper.subscribe((event) => told.push(event));
    const first = keeper.invoke({ operation: 'setup.status', input: {} });
    expect(await Promise.all([keeper.opened(false), keeper.opened(true)])).toEqual([{ ok: true }, { ok: true }]);
    expect(opened).toBe(1);
    asked[0]?.answer({ ok: true, value: 'set up' });
    expect(await first).toEqual({ ok: true, value: 'set up' });
    for (const listener of listeners) listener({ kind: 'sale' });
    expect(told).toEqual([{ kind: 'sale' }]);
  });

  it('closes when the commands that run have ended, and takes no more meanwhile', async () => {
    const { asked, happened, till } = slowTill();
    const keeper = createTillKeeper({ open: () => Promise.resolve(till), paths, log: silent });
    const running = keeper.invoke({ operation: 'basket.complete', input: {} });
    await settle();
    const closed = keeper.close();
    expect(await keeper.invoke({ operation: 'basket.scan', input: {} })).toEqual({
      ok: false,
      error: { code: 'connection.lost', data: {} },
    });
    await settle();
    expect(happened).toEqual([]);
    expect(asked.map(({ operation }) => operation)).toEqual(['basket.complete']);
    asked[0]?.answer({ ok: true, value: 'sold' });
    expect(await running).toEqual({ ok: true, value: 'sold' });
    await Promise.all([closed, keeper.close()]);
    expect(happened).toEqual(['close']);
  });

  it('closes at once when the system gives no time', async () => {
    const { happened, till } = slowTill();
    const keeper = createTillKeeper({ open: () => Promise.resolve(till), paths, log: silent });
    void keeper.invoke({ operation: 'basket.complete', input: {} });
    await settle();
    keeper.closeNow();
    expect(happened).toEqual(['close']);
  });

  it('closes a till that was being opened when the application was closed', async () => {
    const { happened, till } = slowTill();
    let open: (till: OpenedTill) => void = () => undefined;
    const keeper = createTillKeeper({
      open: () => new Promise((resolve) => (open = resolve)),
      paths,
      log: silent,
    });
    void keeper.opened(false);
    const closed = keeper.close();
    open(till);
    await closed;
    expect(happened).toContain('close');
  });

  it('says how far it is with opening, to whoever comes later too, and nothing once it is open', async () => {
    const { till } = slowTill();
    let tell: (starting: Starting) => void = () => undefined;
    let open: (till: OpenedTill) => void = () => undefined;
    const keeper = createTillKeeper({
      open: (told) => {
        tell = told;
        return new Promise((resolve) => (open = resolve));
      },
      paths,
      log: silent,
    });
    const first: Starting[] = [];
    const later: Starting[] = [];
    keeper.onStarting((starting) => first.push(starting));
    const opened = keeper.opened(false);
    tell({ step: 'backing_up', share: 0.5 });
    const stop = keeper.onStarting((starting) => later.push(starting));
    tell({ step: 'migrating', share: 0 });
    stop();
    tell({ step: 'opening', share: null });
    open(till);
    await opened;
    keeper.onStarting((starting) => later.push(starting));
    expect(first.map(({ step }) => step)).toEqual(['backing_up', 'migrating', 'opening']);
    expect(later.map(({ step }) => step)).toEqual(['backing_up', 'migrating']);
  });

  it('says what is in the way, and tries anew only when it is asked to', async () => {
    const { till } = slowTill();
    const faults = [new OpenError('in_use', paths.till), new KeyError('foreign', paths.key), new Error('no disk')];
    const keeper = createTillKeeper({
      open: () => {
        const fault = faults.shift();
        return fault === undefined ? Promise.resolve(till) : Promise.reject(fault);
      },
      paths,
      log: silent,
    });
    const trouble = (kind: string, path: string, incident: unknown = null) => ({
      ok: false,
      trouble: { kind, path, incident },
    });
    expect(await keeper.opened(false)).toEqual(trouble('in_use', paths.till));
    expect(await keeper.opened(false)).toEqual(trouble('in_use', paths.till));
    expect(await keeper.invoke({ operation: 'setup.status', input: {} })).toMatchObject({ ok: false });
    expect(await keeper.opened(true)).toEqual(trouble('key_foreign', paths.key));
    expect(await keeper.opened(true)).toEqual(trouble('unknown', paths.till, expect.stringMatching(/^\w{4}$/u)));
    expect(await keeper.opened(true)).toEqual({ ok: true });
  });
});
