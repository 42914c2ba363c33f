/**
 * The line to the till behind this window. Calls that were on their way when the line broke are sent again, commands
 * under the same UUID: the till knows what it has done already and answers the same.
 */
import type { Call, Invoke } from '../../shared/contract/client.ts';
import type { Result } from '../../shared/contract/errors.ts';
import type { Opened, ShellBridge, Starting, Trouble } from '../../shared/contract/shell.ts';
import type { TillEvent } from '../../shared/contract/till.ts';

/**
 * `refused`: the key of this window is not (or no longer) the till's; it must be opened anew from the till. `starting`: the
 * till opens, and calls wait until it has. `shut`: the till itself could not be opened.
 */
export type LineState = 'connecting' | 'starting' | 'open' | 'lost' | 'refused' | 'shut';

export interface Host {
  readonly invoke: Invoke;
  /** Hears what changed in the till, and `reconnected` when something may have been missed. */
  listen(listener: (event: TillEvent | 'reconnected') => void): () => void;
  readonly state: () => LineState;
  /** The desktop shell; undefined in a browser, which has none of what it offers. */
  readonly shell?: ShellBridge;
  /** How far the till is with opening: the same object until it is told anew. */
  readonly starting: () => Starting | undefined;
  /** Why the till is shut. */
  readonly trouble: () => Trouble | undefined;
  /** Tries to open a till that is shut. */
  openAgain(): void;
  onState(listener: () => void): () => void;
  close(): void;
}

/** What of the browser's WebSocket is used here; tests bring another one. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onclose: ((event: { readonly code: number }) => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}

export interface HostOptions {
  readonly connect: () => Socket;
  /** How long a call waits for a broken line before its caller is told; the line itself is tried for ever. */
  readonly patience_ms?: number;
  readonly wait?: (delay_ms: number, then: () => void) => () => void;
}

interface Waiting {
  readonly id: number;
  readonly call: Call;
  readonly answer: (result: Result<unknown>) => void;
  cancelPatience: (() => void) | undefined;
}

const lost: Result<never> = { ok: false, error: { code: 'connection.lost', data: {} } };
/** The close code with which the host refuses a window's token. */
const tokenRefused = 4401;
const firstDelay_ms = 100;
const maxDelay_ms = 2000;

function waitByTimer(delay_ms: number, then: () => void): () => void {
  const timer = setTimeout(then, delay_ms);
  return () => clearTimeout(timer);
}

/** Opens the line, and keeps opening it. */
export function createHost({ connect, patience_ms = 8000, wait = waitByTimer }: HostOptions): Host {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: TillEvent | 'reconnected') => void>();
  const stateListeners = new Set<() => void>();
  let state: LineState = 'connecting';
  let socket: Socket | undefined;
  let isClosed = false;
  let nextId = 1;
  let failures = 0;
  let wasOpen = false;
  let starting: Starting | undefined;
  let trouble: Trouble | undefined;

  const change = (next: LineState): void => {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener();
  };

  /** The till's own word on whether it is open. */
  const heard = (opened: Opened): void => {
    const wasShut = state === 'shut' || trouble !== undefined;
    starting = undefined;
    trouble = opened.ok ? undefined : opened.trouble;
    change(opened.ok ? 'open' : 'shut');
    // Whatever was asked while it was shut got no answer.
    if (opened.ok && wasShut) for (const listener of listeners) listener('reconnected');
  };
  const hear = (told: Starting): void => {
    starting = told;
    if (state !== 'starting') change('starting');
    else for (const listener of stateListeners) listener();
  };

  const send = ({ id, call }: Waiting): void => socket?.send(JSON.stringify({ id, call }));

  const giveUpLater = (one: Waiting): void => {
    one.cancelPatience ??= wait(patience_ms, () => settle(one.id, lost));
  };

  const settle = (id: number, result: Result<unknown>): void => {
    const one = waiting.get(id);
    if (one === undefined) return;
    waiting.delete(id);
    one.cancelPatience?.();
    one.answer(result);
  };

  const open = (): void => {
    const line = connect();
    line.onopen = () => {
      socket = line;
      failures = 0;
      change('open');
      for (const one of waiting.values()) {
        one.cancelPatience?.();
        one.cancelPatience = undefined;
        send(one);
      }
      if (wasOpen) for (const listener of listeners) listener('reconnected');
      wasOpen = true;
    };
    line.onmessage = ({ data }) => {
      const frame = readFrame(data);
      if (frame === undefined) return line.close();
      if ('event' in frame) for (const listener of listeners) listener(frame.event);
      else if ('starting' in frame) hear(frame.starting);
      else if ('opened' in frame) heard(frame.opened);
      else settle(frame.id, frame.result);
    };
    line.onclose = ({ code }) => {
      socket = undefined;
      if (isClosed) return;
      if (code === tokenRefused) {
        isClosed = true;
        change('refused');
        for (const id of waiting.keys()) settle(id, lost);
        return;
      }
      change('lost');
      for (const one of waiting.values()) giveUpLater(one);
      failures += 1;
      wait(Math.min(maxDelay_ms, firstDelay_ms * 2 ** (failures - 1)), () => {
        if (!isClosed) open();
      });
    };
  };
  open();

  return {
    invoke: (call) =>
      new Promise((resolve) => {
        if (state === 'refused') return resolve(lost);
        const one: Waiting = { id: nextId, call, answer: resolve, cancelPatience: undefined };
        nextId += 1;
        waiting.set(one.id, one);
        if (socket !== undefined) send(one);
        else giveUpLater(one);
      }),
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    state: () => state,
    starting: () => starting,
    trouble: () => trouble,
    openAgain: () => {
      change('connecting');
      socket?.send(JSON.stringify({ open: true }));
    },
    onState: (listener) => {
      stateListeners.add(listener);
      return () => void stateListeners.delete(listener);
    },
    close: () => {
      isClosed = true;
      socket?.close();
      for (const id of waiting.keys()) settle(id, lost);
    },
  };
}

type Frame =
  | { readonly id: number; readonly result: Result<unknown> }
  | { readonly event: TillEvent }
  | { readonly starting: Starting }
  | { readonly opened: Opened };

/** A message of the host. The host is this till's own, so that its form is looked at and its content is trusted. */
function readFrame(data: unknown): Frame | undefined {
  if (typeof data !== 'string') return undefined;
  const frame: unknown = JSON.parse(data);
  if (typeof frame !== 'object' || frame === null) return undefined;
  const isKnown = 'event' in frame || 'starting' in frame || 'opened' in frame || ('id' in frame && 'result' in frame);
  if (!isKnown) return undefined;
  // Written by the host's `HostFrame`; each answer is checked against its operation before it leaves the till.
  return frame as Frame;
}

const tokenKey = 'evertill.token';
const subprotocol = 'evertill.till.1';

/**
 * The token of this launch: in the fragment when the window was opened, in the tab's own storage from then on, so that
 * a reload works and the address no longer shows it.
 */
export function takeToken(location: Location, storage: Storage, history: History): string | undefined {
  const given = /^#token=([\w-]+)$/u.exec(location.hash)?.[1];
  if (given !== undefined) {
    storage.setItem(tokenKey, given);
    history.replaceState(null, '', `${location.pathname}#/`);
  }
  return given ?? storage.getItem(tokenKey) ?? undefined;
}

/** The line to the server that this page came from. */
export function connectToServer(location: Location, token: string | undefined): Socket {
  // Without a token the host is asked all the same: it is the one who says no.
  return new WebSocket(`ws://${location.host}/till`, [subprotocol, token ?? 'none']) as unknown as Socket;
}
