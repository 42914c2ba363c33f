/** The line to the till through the desktop shell: no network and nothing to break, but a till that may not open. */
import { bridgeName, type Opened, type ShellBridge, type Starting, type Trouble } from '../../shared/contract/shell.ts';
import type { Result } from '../../shared/contract/errors.ts';
import type { Host, LineState } from './host.ts';

const lost: Result<never> = { ok: false, error: { code: 'connection.lost', data: {} } };

/** What the desktop shell's preload put on the page; undefined in a browser. */
export function findBridge(page: object): ShellBridge | undefined {
  // Put there by our own preload, before any script of the page ran.
  return (page as Partial<Record<typeof bridgeName, ShellBridge>>)[bridgeName];
}

/** A host that speaks through the shell. Calls wait until the till is open. */
export function createShellHost(bridge: ShellBridge): Host {
  const stateListeners = new Set<() => void>();
  const listeners = new Set<Parameters<Host['listen']>[0]>();
  let state: LineState = 'connecting';
  let trouble: Trouble | undefined;
  let starting: Starting | undefined;

  const change = (next: LineState): void => {
    state = next;
    for (const listener of stateListeners) listener();
  };
  const open = async (again: boolean): Promise<void> => {
    change('connecting');
    const opened = await bridge
      .opened(again)
      .catch((): Opened => ({ ok: false, trouble: { kind: 'unknown', path: '', incident: null } }));
    starting = undefined;
    trouble = opened.ok ? undefined : opened.trouble;
    change(opened.ok ? 'open' : 'shut');
    // Whatever was asked while it was shut got no answer.
    if (again && opened.ok) for (const listener of listeners) listener('reconnected');
  };
  const stop = bridge.listen((told) => {
    if (told !== 'reconnected' && 'starting' in told) {
      ({ starting } = told);
      return change('starting');
    }
    for (const listener of listeners) listener(told);
  });
  let opening = open(false);

  return {
    shell: bridge,
    trouble: () => trouble,
    starting: () => starting,
    openAgain: () => {
      opening = open(true);
    },
    invoke: async (call) => {
      await opening;
      return state === 'open' ? await bridge.invoke(call).catch(() => lost) : lost;
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    state: () => state,
    onState: (listener) => {
      stateListeners.add(listener);
      return () => void stateListeners.delete(listener);
    },
    close: stop,
  };
}
