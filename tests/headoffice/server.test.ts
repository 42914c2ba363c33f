/** The server: what it lets in, what it gives away, what a browser may do with it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../headoffice/db/pool.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../headoffice/server.ts';
import { openOffice, owner, type TestOffice } from './office.ts';

let one: TestOffice;
let folder: string;
let server: RunningServer;

beforeAll(async () => {
  one = await openOffice();
  folder = await mkdtemp(join(tmpdir(), 'evertill-office-'));
  for (const name of ['headoffice', 'assets', 'till']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'headoffice', 'index.html'), '<!doctype html><title>Evertill</title>');
  await writeFile(join(folder, 'assets', 'office-a1b2.js'), 'void 0;');
  await writeFile(join(folder, 'assets', '.secret'), 'never');
  await writeFile(join(folder, 'till', 'index.html'), 'not for the head office');
  await writeFile(join(folder, 'outside.txt'), 'never');
  server = await start();
});
afterAll(async () => {
  await server.close();
  await one.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  return await startServer({ office: one.office, ports: one.ports, folder, ...options });
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request as anything may send it: every header is the test's. */
function send(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
  to: RunningServer = server,
): Promise<Reply> {
  const { host } = new URL(to.origin);
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname: '127.0.0.1', port: to.port, path, method, headers: { host, ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

function call(
  operation: string,
  input: unknown,
  more: Readonly<Record<string, string>> = {},
  to = server,
): Promise<Reply> {
  const headers = { 'content-type': 'application/json', origin: to.origin, ...more };
  return send('POST', `/api/${operation}`, headers, JSON.stringify({ input, command: v7() }), to);
}

async function signIn(to = server): Promise<string> {
  const reply = await call('session.sign_in', { login: owner.login, password: owner.password }, {}, to);
  expect(reply.status).toBe(200);
  const [cookie = ''] = [reply.headers['set-cookie'] ?? ''].flat();
  return cookie;
}

const nameAndValue = (cookie: string) => cookie.split(';')[0] ?? '';

describe('the session', () => {
  it('travels in a cookie that no script reads and no foreign page sends; the token is in no answer', async () => {
    const reply = await call('session.sign_in', { login: owner.login, password: owner.password });
    const [cookie = ''] = [reply.headers['set-cookie'] ?? ''].flat();
    expect(cookie).toMatch(/^evertill-office=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(JSON.parse(reply.body)).toMatchObject({ ok: true, value: { login: 'elena', token: '' } });
    expect(reply.body).not.toContain(nameAndValue(cookie).split('=')[1]);
    const current = await call('session.current', {}, { cookie: nameAndValue(cookie) });
    expect(JSON.parse(current.body)).toMatchObject({ ok: true, value: { name: 'Elena Lindqvist' } });
  });

  it('ends on the server and in the browser', async () => {
    const cookie = nameAndValue(await signIn());
    const out = await call('session.sign_out', {}, { cookie });
    expect(String(out.headers['set-cookie'])).toMatch(/^evertill-office=; .*Expires=Thu, 01 Jan 1970/);
    const after = await call('session.current', {}, { cookie });
    // Who is signed in was asked, and nobody is an answer; anything else is refused.
    expect(after.status).toBe(200);
    expect((await call('till.list', {}, { cookie })).status).toBe(401);
    expect(JSON.parse(after.body)).toEqual({
      ok: false,
      error: { code: 'session.ended', data: {} },
      request: after.headers['x-request-id'],
    });
  });

  it('is Secure, and bound to this host, where a proxy speaks TLS for it', async () => {
    const origin = 'https://office.example.com';
    const behind = await start({ origins: [origin] });
    const reply = await call('session.sign_in', { login: owner.login, password: owner.password }, {}, behind);
    expect(String(reply.headers['set-cookie'])).toMatch(
      /^__Host-evertill=[\w-]{43}; .*HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(reply.headers['strict-transport-security']).toBe('max-age=31536000');
    await behind.close();
  });
});

describe('a call', () => {
  it('of a page that is not ours does nothing, though it has the cookie', async () => {
    const cookie = nameAndValue(await signIn());
    for (const origin of [
      'https://evil.example',
      'null',
      server.origin.replace('http:', 'https:'),
      `${server.origin}.evil.example`,
    ]) {
      const reply = await call('session.current', {}, { cookie, origin });
      expect({ origin, status: reply.status }).toEqual({ origin, status: 403 });
      expect(reply.body).not.toContain('Elena');
    }
    const without = await send(
      'POST',
      '/api/session.current',
      { 'content-type': 'application/json', cookie },
      '{"input":{}}',
    );
    expect(without.status).toBe(403);
  });

  it('to a name that merely points here is turned away', async () => {
    const { port } = new URL(server.origin);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1']) {
      const { status } = await send('GET', '/headoffice/', { host });
      expect({ host, status }).toEqual({ host, status: 421 });
    }
    expect((await send('GET', '/headoffice/', { host: `localhost:${port}` })).status).toBe(200);
  });

  it('that is no JSON, too much, or of another type is refused without a word about the inside', async () => {
    const json = { 'content-type': 'application/json', origin: server.origin };
    for (const [headers, body, status] of [
      [json, '{', 400],
      [json, '[]', 400],
      [json, '{"input":{},"surplus":1}', 400],
      [json, JSON.stringify({ input: 'x'.repeat(300_000) }), 413],
      [{ ...json, 'content-type': 'text/plain' }, '{"input":{}}', 415],
      [{ ...json, 'content-type': 'application/x-www-form-urlencoded' }, 'input=1', 415],
    ] as const) {
      const reply = await send('POST', '/api/session.current', headers, body);
      expect({ body: body.slice(0, 40), status: reply.status }).toEqual({ body: body.slice(0, 40), status });
      expect(JSON.parse(reply.body)).toEqual({
        ok: false,
        error: { code: 'input.malformed', data: { where: 'body' } },
        request: reply.headers['x-request-id'],
      });
      expect(reply.body).not.toMatch(/at |\.ts|Error/);
    }
  });

  it('that fails inside says an incident and no more; the log says what it was', async () => {
    const broken = openPool({ host: '127.0.0.1', port: 1, database: 'x', user: 'x', password: 'x', ca: null });
    const { createHeadOffice } = await import('../../headoffice/app.ts');
    const lame = await start({ office: createHeadOffice(broken, one.ports) });
    const reply = await call('session.sign_in', { login: 'a', password: 'b' }, {}, lame);
    expect(reply.status).toBe(500);
    expect(JSON.parse(reply.body)).toMatchObject({
      ok: false,
      error: { code: 'fault.unknown', data: { incident: expect.stringMatching(/^\w{4}$/) } },
    });
    expect(reply.body).not.toContain('ECONNREFUSED');
    const { incident } = (JSON.parse(reply.body) as { error: { data: { incident: string } } }).error.data;
    const line = one.lines.find(({ facts }) => facts['incident'] === incident);
    expect(line?.facts).toMatchObject({ operation: 'session.sign_in', request: reply.headers['x-request-id'] });
    expect(line?.facts['error']).toContain('ECONNREFUSED');
    await lame.close();
    await broken.end();
  });

  it('has a number, in the answer and in the log, and the log has no secret', async () => {
    const cookie = await signIn();
    const reply = await call('sale.list', {}, { cookie: nameAndValue(cookie) });
    const id = String(reply.headers['x-request-id']);
    expect(id).toMatch(/^[\w-]{12}$/);
    const [operation, answered] = one.lines.filter(({ facts }) => facts['request'] === id);
    expect(operation).toMatchObject({ event: 'operation', facts: { operation: 'sale.list', outcome: 'ok' } });
    expect(answered).toMatchObject({ event: 'request', facts: { path: '/api/sale.list', status: 200 } });
    const log = JSON.stringify(one.lines);
    expect(log).not.toContain(owner.password);
    expect(log).not.toContain(nameAndValue(cookie).split('=')[1]);
  });
});

describe('the pages', () => {
  it('may run and load only what is served here', async () => {
    const reply = await send('GET', '/headoffice/');
    expect(reply.status).toBe(200);
    const policy = String(reply.headers['content-security-policy']);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|data:|\*/);
    expect(reply.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(reply.headers['x-powered-by']).toBeUndefined();
    expect(reply.headers['server']).toBeUndefined();
  });

  it('are these and no other file of the disk', async () => {
    expect((await send('GET', '/')).headers['location']).toBe('/headoffice/');
    expect((await send('GET', '/assets/office-a1b2.js')).headers['cache-control']).toContain('immutable');
    for (const path of [
      '/till/index.html',
      '/outside.txt',
      '/assets/../outside.txt',
      '/assets/%2e%2e/outside.txt',
      '/assets/.secret',
      '/headoffice/%00',
      '/assets/',
      '/api/session.current',
      '/..%2foutside.txt',
      '//etc/passwd',
    ]) {
      const reply = await send('GET', path);
      expect({ path, isRefused: [400, 403, 404].includes(reply.status) }).toEqual({ path, isRefused: true });
      expect(reply.body).not.toContain('never');
    }
  });
});

describe('a flood', () => {
  it('of sign-ins from one address is stopped before it reaches the database', async () => {
    const strict = await start({ limits: { signInsPerMinute: 3 } });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      statuses.push((await call('session.sign_in', { login: `flood-${String(i)}`, password: 'x' }, {}, strict)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    const reply = await call('session.sign_in', { login: 'flood', password: 'x' }, {}, strict);
    expect(JSON.parse(reply.body)).toMatchObject({ ok: false, error: { code: 'rate.limited' } });
    // Whoever is signed in goes on.
    expect((await call('session.current', {}, {}, strict)).status).toBe(200);
    await strict.close();
  });

  it('of anything from one address is stopped', async () => {
    const strict = await start({ limits: { requestsPerMinute: 5 } });
    const statuses: number[] = [];
    for (let i = 0; i < 7; i += 1) statuses.push((await send('GET', '/headoffice/', {}, undefined, strict)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    await strict.close();
  });
});

describe('it does not start', () => {
  it('beyond this PC without TLS, to a database beyond it without its authority, or without its screens', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toThrow(TypeError);
    const far = { host: 'db.example.com', port: 5432, database: 'x', user: 'x', password: 'x', ca: null };
    expect(() => openPool(far)).toThrow(TypeError);
    await expect(start({ folder: join(folder, 'nowhere') })).rejects.toThrow('not built');
  });
});

it('the environment of PostgreSQL’s own tools changes nothing', async () => {
  process.env['PGSSLMODE'] = 'require';
  process.env['PGHOST'] = 'db.example.com';
  process.env['PGOPTIONS'] = '-c search_path=nowhere';
  const { database, host, port } = one.shop.at;
  const pool = openPool({ host, port, database, user: one.shop.at.user, password: one.shop.at.password, ca: null });
  const { rows } = await pool.query<{ path: string }>("select current_setting('search_path') as path");
  expect(rows[0]?.path).not.toContain('nowhere');
  expect(process.env['PGHOST']).toBe('db.example.com');
  await pool.end();
  for (const name of ['PGSSLMODE', 'PGHOST', 'PGOPTIONS']) Reflect.deleteProperty(process.env, name);
});
