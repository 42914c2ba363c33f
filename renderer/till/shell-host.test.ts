import { describe, expect, it } from 'vitest';
import type { Opened, ShellBridge } from '../../shared/contract/shell.ts';
import { createShellHost, findBridge } from './shell-host.ts';

/** A shell whose till opens when the test says so. */
function createShell() {
  const openings: { readonly again: boolean; readonly answer: (opened: Opened) => void }[] = [];
  const asked: string[] = [];
  const hearing = new Set<Parameters<ShellBridge['listen']>[0]>();
  const bridge: ShellBridge = {
    opened: (again) => new Promise((answer) => openings.push({ again, answer })),
    invoke: ({ operation }) => {
      asked.push(operation);
      return operation === 'gone' ? Promise.reject(new Error('gone')) : Promise.resolve({ ok: true, value: operation });
    },
    listen: (listener) => {
      hearing.add(listener);
      return () => void hearing.delete(listener);
    },
    preferences: () => Promise.resolve({ printer: null, isFullScreen: false }),
    prefer: () => Promise.resolve({ printer: null, isFullScreen: false }),
    printers: () => Promise.resolve([]),
    print: () => Promise.resolve({ printed: 'ask' as const, incident: null }),
    save: () => Promise.resolve('cancelled' as const),
    quit: () => Promise.resolve(),
  };
  return { asked, bridge, hearing, openings };
}

const lost = { ok: false, error: { code: 'connection.lost', data: {} } };
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the line through the desktop shell', () => {
  it('is found where the preload has put it, and in a browser not', () => {
    const { bridge } = createShell();
    expect(findBridge({ evertill: bridge })).toBe(bridge);
    expect(findBridge({})).toBeUndefined();
  });

  it('keeps what is asked until the till is open', async () => {
    const { asked, bridge, openings } = createShell();
    const host = createShellHost(bridge);
    const answer = host.invoke({ operation: 'setup.status', input: {} });
    await settle();
    expect([host.state(), asked]).toEqual(['connecting', []]);
    openings[0]?.answer({ ok: true });
    expect(await answer).toEqual({ ok: true, value: 'setup.status' });
    expect(host.state()).toBe('open');
    expect(await host.invoke({ operation: 'gone', input: {} })).toEqual(lost);
  });

  it('tells why a till is shut, and when it is open after all that everything is to be asked again', async () => {
    const { asked, bridge, openings } = createShell();
    const host = createShellHost(bridge);
    const heard: unknown[] = [];
    host.listen((told) => heard.push(told));
    openings[0]?.answer({ ok: false, trouble: { kind: 'in_use', path: '/till.db', incident: null } });
    expect(await host.invoke({ operation: 'setup.status', input: {} })).toEqual(lost);
    expect([host.state(), host.trouble(), asked]).toEqual([
      'shut',
      { kind: 'in_use', path: '/till.db', incident: null },
      [],
    ]);
    host.openAgain();
    expect(openings[1]?.again).toBe(true);
    openings[1]?.answer({ ok: true });
    await settle();
    expect([host.state(), host.trouble(), heard]).toEqual(['open', undefined, ['reconnected']]);
  });

  it('tells how far the till is with opening', async () => {
    const { bridge, hearing, openings } = createShell();
    const host = createShellHost(bridge);
    const heard: unknown[] = [];
    host.listen((told) => heard.push(told));
    const starting = { step: 'migrating', share: 0.5 } as const;
    for (const tell of hearing) tell({ starting });
    expect([host.state(), host.starting()]).toEqual(['starting', starting]);
    openings[0]?.answer({ ok: true });
    await settle();
    expect([host.state(), host.starting(), heard]).toEqual(['open', undefined, []]);
  });

  it('hears what the till tells until it is closed', async () => {
    const { bridge, hearing } = createShell();
    const host = createShellHost(bridge);
    const heard: unknown[] = [];
    host.listen((told) => heard.push(told));
    for (const tell of hearing) tell({ kind: 'sale' });
    host.close();
    expect([heard, hearing.size]).toEqual([[{ kind: 'sale' }], 0]);
  });
});
