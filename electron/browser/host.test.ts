import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Call } from '../../shared/contract/client.ts';
import type { TillEvent } from '../../shared/contract/till.ts';
import { closeCodes, maxMessage_bytes, subprotocol } from './frame.ts';
import { type BrowserHost, startBrowserHost } from './host.ts';
import { logTo } from '../../shared/log.ts';

const silent = logTo(() => undefined);
const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };

/** A till that answers with what it was asked, so that the way there and back can be seen. */
function echoingTill() {
  const listeners = new Set<(event: TillEvent) => void>();
  return {
    calls: [] as Call[],
    listeners,
    invoke(call: Call) {
      this.calls.push(call);
      return Promise.resolve({ ok: true as const, value: call });
    },
    subscribe(listener: (event: TillEvent) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

let folder: string;
let till: ReturnType<typeof echoingTill>;
let host: BrowserHost;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-host-'));
  await mkdir(join(folder, 'till'));
  await mkdir(join(folder, 'assets'));
  await mkdir(join(folder, 'headoffice'));
  await writeFile(join(folder, 'till', 'index.html'), '<!doctype html><title>Evertill</title>');
  await writeFile(join(folder, 'assets', 'till-a1b2.js'), 'void 0;');
  await writeFile(join(folder, 'headoffice', 'index.html'), 'not for a till');
  await writeFile(join(folder, 'secret.db'), 'never');
  till = echoingTill();
  host = await startBrowserHost({ till, folder, log: silent, random });
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

const tokenOf = (one: BrowserHost) => one.url.split('#token=')[1] ?? '';

function get(path: string, options: { method?: string; host?: string } = {}) {
  const { hostname, port, host: own } = new URL(host.origin);
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const asked = request(
      { hostname, port, path, method: options.method ?? 'GET', headers: { host: options.host ?? own } },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (body += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

interface Window {
  /** The next message of the host, parsed. */
  next(): Promise<unknown>;
  send(text: string | Uint8Array): void;
  /** How the connection ended: the close code, or the HTTP status when it was never made. */
  readonly ended: Promise<{ code?: number; status?: number }>;
  readonly opened: Promise<void>;
}

function open(
  options: { token?: string; origin?: string | undefined; host?: string; path?: string; protocols?: string[] } = {},
): Window {
  const url = `${host.origin.replace('http', 'ws')}${options.path ?? '/till'}`;
  const socket = new WebSocket(url, options.protocols ?? [subprotocol, options.token ?? tokenOf(host)], {
    ...('origin' in options ? {} : { origin: host.origin }),
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    ...(options.host === undefined ? {} : { headers: { host: options.host } }),
  });
  const received: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const message: unknown = JSON.parse(data.toString('utf8'));
    const first = waiting.shift();
    if (first === undefined) received.push(message);
    else first(message);
  });
  const ended = new Promise<{ code?: number; status?: number }>((resolve) => {
    socket.on('unexpected-response', (_, response) => resolve({ status: response.statusCode ?? 0 }));
    socket.on('close', (code) => resolve({ code }));
    socket.on('error', () => undefined);
  });
  const opened = new Promise<void>((resolve) => socket.once('open', () => resolve()));
  return {
    next: () =>
      received.length > 0 ? Promise.resolve(received.shift()) : new Promise((resolve) => void waiting.push(resolve)),
    send: (text) => socket.send(text),
    ended,
    opened,
  };
}

describe('the files of the screens', () => {
  it('come with a policy under which nothing foreign runs and nothing foreign is told', async () => {
    const page = await get('/till/');
    expect(page.status).toBe(200);
    expect(page.body).toContain('Evertill');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain(`connect-src ws://${host.origin.slice('http://'.length)}`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.headers['cache-control']).toBe('no-store');
    const script = await get('/assets/till-a1b2.js');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toContain('immutable');
  });

  it.each([
    '/headoffice/index.html',
    '/secret.db',
    '/till/../secret.db',
    '/till/%2e%2e/secret.db',
    '/assets/..%2fsecret.db',
    '/assets//till-a1b2.js',
    '/till/missing.js',
    '//etc/passwd',
  ])('are all that there is: %s is not', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('are only read', async () => {
    expect((await get('/till/', { method: 'POST' })).status).toBe(405);
    expect(await get('/till/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('are not given to another name that points here', async () => {
    const { port } = new URL(host.origin);
    expect((await get('/till/', { host: `evil.example:${port}` })).status).toBe(421);
    expect((await get('/till/', { host: `localhost:${port}` })).status).toBe(421);
    expect((await get('/till/', { host: '127.0.0.1' })).status).toBe(421);
  });
});

describe('a window', () => {
  it('with the token calls the till and hears what changed', async () => {
    const window = open();
    await window.opened;
    const call = { operation: 'setup.status', input: {}, session: 's', command: 'c', approval: 'a' };
    window.send(JSON.stringify({ id: 7, call }));
    expect(await window.next()).toEqual({ id: 7, result: { ok: true, value: call } });
    expect(till.listeners.size).toBe(1);
    for (const listener of till.listeners) listener({ kind: 'basket' });
    expect(await window.next()).toEqual({ event: { kind: 'basket' } });
  });

  it('is one of many, and each hears', async () => {
    const windows = [open(), open(), open()];
    await Promise.all(windows.map((window) => window.opened));
    for (const window of windows) window.send(JSON.stringify({ id: 1, call: { operation: 'x', input: null } }));
    await Promise.all(windows.map((window) => window.next()));
    for (const listener of till.listeners) listener({ kind: 'sync' });
    for (const window of windows) expect(await window.next()).toEqual({ event: { kind: 'sync' } });
  });

  it.each([
    ['a wrong token', { token: 'A'.repeat(43) }],
    ['a part of the token', { token: 'A' }],
    ['no token', { protocols: [subprotocol] }],
  ])('with %s is sent away, and the till is never asked', async (_, options) => {
    const window = open(options);
    await window.opened;
    window.send(JSON.stringify({ id: 1, call: { operation: 'setup.status', input: {} } }));
    expect(await window.ended).toEqual({ code: closeCodes.token });
    expect(till.calls).toEqual([]);
    expect(till.listeners.size).toBe(0);
  });

  it('has a token of this launch only', async () => {
    const other = await startBrowserHost({ till, folder, log: silent, random, port: 0 });
    expect(tokenOf(other)).not.toBe(tokenOf(host));
    expect(tokenOf(other)).toHaveLength(43);
    expect(await open({ token: tokenOf(other) }).ended).toEqual({ code: closeCodes.token });
    await other.close();
  });

  it('of a foreign page is refused before anything else, token or not', async () => {
    const { port } = new URL(host.origin);
    expect(await open({ origin: 'https://evil.example' }).ended).toEqual({ status: 403 });
    expect(await open({ origin: `http://localhost:${port}` }).ended).toEqual({ status: 403 });
    expect(await open({ origin: 'null' }).ended).toEqual({ status: 403 });
    expect(await open({ origin: undefined }).ended).toEqual({ status: 403 });
    expect(await open({ host: `evil.example:${port}` }).ended).toEqual({ status: 421 });
    expect(await open({ path: '/other' }).ended).toEqual({ status: 404 });
  });

  it.each([
    ['no JSON', '{'],
    ['no call', '{"id":1}'],
    ['a negative id', '{"id":-1,"call":{"operation":"a","input":{}}}'],
    ['a further field', '{"id":1,"call":{"operation":"a","input":{},"actor":"me"}}'],
    ['an operation without end', JSON.stringify({ id: 1, call: { operation: 'a'.repeat(101), input: {} } })],
    ['bytes', new Uint8Array([1, 2, 3])],
  ])('that sends %s is closed', async (_, message) => {
    const window = open();
    await window.opened;
    window.send(message);
    expect(await window.ended).toEqual({ code: closeCodes.malformed });
    expect(till.calls).toEqual([]);
  });

  it('that sends more than a mebibyte is closed, and one that sends less is not', async () => {
    const input = (bytes: number) => JSON.stringify({ id: 1, call: { operation: 'a', input: 'x'.repeat(bytes) } });
    const window = open();
    await window.opened;
    window.send(input(maxMessage_bytes - 100));
    await window.next();
    window.send(input(maxMessage_bytes));
    expect(await window.ended).toEqual({ code: closeCodes.tooLarge });
    expect(till.calls).toHaveLength(1);
  });

  it('is told when the till shuts down', async () => {
    const window = open();
    await window.opened;
    await Promise.all([host.close(), host.close()]);
    expect(await window.ended).toEqual({ code: closeCodes.closing });
    expect(till.listeners.size).toBe(0);
  });
});

describe('the port', () => {
  it('is another one when the preferred one is taken, unless one was asked for', async () => {
    const second = await startBrowserHost({ till, folder, log: silent, random });
    expect(second.origin).not.toBe(host.origin);
    await second.close();
    const port = Number(new URL(host.origin).port);
    await expect(startBrowserHost({ till, folder, log: silent, random, port })).rejects.toThrow('EADDRINUSE');
  });
});
