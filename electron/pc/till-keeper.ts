/** Opens the till, asks it, and closes it when nothing is under way any more. */
import type { Result } from '../../shared/contract/errors.ts';
import type { Opened, Starting, Trouble } from '../../shared/contract/shell.ts';
import type { TillEvent } from '../../shared/contract/till.ts';
import { askTill, type WindowCall } from './call.ts';
import { KeyError, type KeyFault } from './key.ts';
import type { OpenedTill } from './open-till.ts';
import { OpenError } from '../till/db/open.ts';
import type { Log } from '../../shared/log.ts';

/** How long a command may take to end when the shell goes down. What was committed is saved whatever happens. */
const patience_ms = 10_000;

export interface TillKeeper {
  /** Opens the till at the first call; `again` tries anew after a trouble. Never rejects. */
  opened(again: boolean): Promise<Opened>;
  /** Hears how far it is with opening, from where it is now on. Answers how to stop. */
  onStarting(listener: (starting: Starting) => void): () => void;
  /** Hears what changed in the till, once it is open. Answers how to stop. */
  subscribe(listener: (event: TillEvent) => void): () => void;
  /** Asks the till, once it is open. Never rejects. */
  invoke(call: WindowCall): Promise<Result<unknown>>;
  /** The network may be there again. */
  tryNow(): void;
  /** Takes no call any more, lets those that run end, and closes the till. May be called twice. */
  close(): Promise<void>;
  /** Closes at once: the system gives no time. */
  closeNow(): void;
}

export interface KeeperOptions {
  /** Rejects with an OpenError or a KeyError; tells how far it is. */
  readonly open: (told: (starting: Starting) => void) => Promise<OpenedTill>;
  /** The files that a trouble may be about. */
  readonly paths: { readonly till: string; readonly key: string };
  readonly log: Log;
}

const lost: Result<never> = { ok: false, error: { code: 'connection.lost', data: {} } };

export function createTillKeeper({ log, open, paths }: KeeperOptions): TillKeeper {
  let till: OpenedTill | undefined;
  let opening: Promise<Opened> | undefined;
  let isClosing = false;
  let closed: Promise<void> | undefined;
  const running = new Set<Promise<unknown>>();
  const listeners = new Set<(event: TillEvent) => void>();
  const startListeners = new Set<(starting: Starting) => void>();
  let starting: Starting | undefined;
  const tellStarting = (now: Starting): void => {
    starting = now;
    for (const listener of startListeners) listener(now);
  };

  const openNow = async (): Promise<Opened> => {
    try {
      till = await open(tellStarting);
    } catch (error) {
      return { ok: false, trouble: troubleOf(error, paths, log) };
    } finally {
      starting = undefined;
    }
    if (isClosing) till.close();
    else
      till.till.subscribe((event) => {
        for (const listener of listeners) listener(event);
      });
    return { ok: true };
  };
  const closeNow = (): void => {
    isClosing = true;
    till?.close();
  };
  const finish = async (): Promise<void> => {
    isClosing = true;
    await opening;
    const patience = new Promise<void>((resolve) => setTimeout(resolve, patience_ms).unref());
    await Promise.race([Promise.allSettled(running), patience]);
    closeNow();
  };

  const opened = async (again: boolean): Promise<Opened> => {
    if (again && opening !== undefined && !(await opening).ok && till === undefined) opening = undefined;
    opening ??= openNow();
    return await opening;
  };
  return {
    opened,
    onStarting: (listener) => {
      startListeners.add(listener);
      if (starting !== undefined) listener(starting);
      return () => void startListeners.delete(listener);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    invoke: async (call) => {
      await opened(false);
      if (till === undefined || isClosing) return lost;
      const answer = askTill(till.till, call);
      running.add(answer);
      try {
        return await answer;
      } finally {
        running.delete(answer);
      }
    },
    tryNow: () => {
      if (!isClosing) till?.tryNow();
    },
    close: () => (closed ??= finish()),
    closeNow,
  };
}

const keyTroubles: Readonly<Record<KeyFault, Trouble['kind']>> = {
  foreign: 'key_foreign',
  unavailable: 'key_unavailable',
  damaged: 'key_damaged',
  // What is sealed this shell opens itself.
  sealed: 'unknown',
};

/** What nobody foresees is logged with all that is known of it, under a number that the screen shows. */
const faulty: readonly Trouble['kind'][] = ['unknown', 'damaged', 'migration_failed'];

function troubleOf(error: unknown, paths: KeeperOptions['paths'], log: Log): Trouble {
  const kind = kindOf(error);
  const path = error instanceof KeyError ? paths.key : paths.till;
  if (faulty.includes(kind)) return { kind, path, incident: log.fault('till.not_opened', error) };
  log.warn('till.not_opened', { trouble: kind });
  return { kind, path, incident: null };
}

function kindOf(error: unknown): Trouble['kind'] {
  if (error instanceof KeyError) return keyTroubles[error.fault];
  // A file of an older version is brought up to date on the way.
  return error instanceof OpenError && error.fault !== 'older' ? error.fault : 'unknown';
}
