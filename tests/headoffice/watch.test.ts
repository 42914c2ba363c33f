/** How the server does, told to whoever watches over it, and to nobody else. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHeadOffice, type HeadOffice } from '../../headoffice/app.ts';
import { openPool } from '../../headoffice/db/pool.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../headoffice/server.ts';
import { knownMigrations } from '../../migrations/central/migrate.ts';
import { openOffice, type TestOffice } from './office.ts';

const token = 'watch-token-of-the-tests-0001';

let one: TestOffice;
let office: HeadOffice;
let folder: string;
let open: RunningServer;
let guarded: RunningServer;

beforeAll(async () => {
  one = await openOffice();
  office = createHeadOffice(one.pool, one.ports, { version: '1.2.3', migrations: knownMigrations() });
  folder = await mkdtemp(join(tmpdir(), 'evertill-watch-'));
  for (const name of ['headoffice', 'assets']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'headoffice', 'index.html'), '<!doctype html><title>Evertill</title>');
  open = await start();
  guarded = await start({ watchToken: token });
});
afterAll(async () => {
  await open.close();
  await guarded.close();
  await one.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  return await startServer({ office, ports: one.ports, folder, ...options });
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly id: string;
  readonly body: string;
}

function ask(server: RunningServer, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const { host } = new URL(server.origin);
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname: '127.0.0.1', port: server.port, path, headers: { host, ...headers } },
      (reply) => {
        let body = '';
        reply.setEncoding('utf8');
        reply.on('data', (part: string) => (body += part));
        reply.on('end', () =>
          resolve({
            status: reply.statusCode ?? 0,
            type: String(reply.headers['content-type']),
            id: String(reply.headers['x-request-id']),
            body,
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

const bearer = { authorization: `Bearer ${token}` };
const elsewhere = { host: '10.1.2.3:8080' };

describe('health', () => {
  it('says that it is there and ready, by whatever name it is asked, and no more than that', async () => {
    const health = await ask(guarded, '/health', elsewhere);
    expect([health.status, JSON.parse(health.body)]).toEqual([200, { alive: true, ready: true }]);
    const live = await ask(guarded, '/health/live', elsewhere);
    expect([live.status, JSON.parse(live.body)]).toEqual([200, { alive: true }]);
  });

  it('says why to whoever may know', async () => {
    const whole = { alive: true, ready: true, database: 'answers', migrations: 'fit', version: '1.2.3' };
    expect(JSON.parse((await ask(guarded, '/health', { ...bearer, ...elsewhere })).body)).toMatchObject(whole);
    expect(JSON.parse((await ask(open, '/health')).body)).toMatchObject(whole);
    expect(JSON.parse((await ask(open, '/health', elsewhere)).body)).toEqual({ alive: true, ready: true });
  });

  it('is alive and not ready while the database is silent', async () => {
    const broken = openPool({ host: '127.0.0.1', port: 1, database: 'x', user: 'x', password: 'x', ca: null });
    const program = { version: '1.2.3', migrations: knownMigrations() };
    const lame = await start({ office: createHeadOffice(broken, one.ports, program) });
    const health = await ask(lame, '/health');
    expect(health.status).toBe(503);
    expect(JSON.parse(health.body)).toMatchObject({ alive: true, ready: false, database: 'silent' });
    expect((await ask(lame, '/health/live')).status).toBe(200);
    const metrics = await ask(lame, '/metrics');
    expect(metrics.status).toBe(200);
    expect(metrics.body).toContain('\nprocess_resident_memory_bytes ');
    expect(metrics.body).toContain('evertill_database_up 0\n');
    await lame.close();
    await broken.end();
  });

  it.each([
    ['missing', [...knownMigrations(), { name: '0099-later', sha256: 'a'.repeat(64) }]],
    ['newer', knownMigrations().slice(0, -1)],
    ['other', knownMigrations().map((own) => ({ ...own, sha256: own.sha256.replaceAll('a', 'b') }))],
  ])('is not ready where the tables are of another version: %s', async (migrations, known) => {
    const other = await start({ office: createHeadOffice(one.pool, one.ports, { version: '', migrations: known }) });
    const health = await ask(other, '/health');
    expect([health.status, JSON.parse(health.body)]).toMatchObject([503, { alive: true, ready: false, migrations }]);
    await other.close();
  });
});

describe('metrics', () => {
  it('are told to whoever shows the token, and with one set to nobody without it', async () => {
    expect((await ask(guarded, '/metrics', { ...bearer, ...elsewhere })).status).toBe(200);
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: token },
      { authorization: `Bearer ${token}x` },
    ])
      expect(await ask(guarded, '/metrics', headers)).toMatchObject({ status: 401, body: '{"error":"not allowed"}' });
  });

  it('are told without a token to this PC alone: not through a proxy, not to a page of a foreign name', async () => {
    expect((await ask(open, '/metrics')).status).toBe(200);
    for (const headers of [
      elsewhere,
      { 'x-forwarded-for': '10.1.2.3' },
      { forwarded: 'for=10.1.2.3' },
      { via: '1.1 proxy' },
    ])
      expect((await ask(open, '/metrics', headers)).status).toBe(403);
  });

  it('are in Prometheus’ format, each family whole and once, and count what was asked', async () => {
    await office.invoke({ operation: 'session.current', input: {} });
    await office.invoke({ operation: 'sale."x"\n', input: {} });
    const { body, type } = await ask(open, '/metrics');
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toContain('evertill_operations_total{operation="session.current",outcome="session.required"} 1\n');
    expect(body).toContain('evertill_operations_total{operation="unknown",outcome="operation.unknown"} 1\n');
    expect(body).toContain('evertill_database_up 1\n');
    expect(body).toMatch(/^evertill_tills\{state="equal"\} \d+$/mu);
    expect(body).toMatch(/^evertill_database_connections\{state="idle"\} [1-9]/mu);
    const named = new Set<string>();
    let family = '';
    let kind = '';
    for (const line of body.trimEnd().split('\n')) {
      const [, told, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/u.exec(line) ?? [];
      if (told === 'HELP') {
        expect(named.has(name)).toBe(false);
        named.add(name);
        family = name;
      } else if (told === 'TYPE') {
        expect(name).toBe(family);
        kind = rest;
        expect(name.endsWith('_total')).toBe(kind === 'counter');
      } else {
        const sample = /^([a-zA-Z_:][\w:]*)(?:\{(?:\w+="(?:[^"\\\n]|\\.)*",?)+\})? (?:[\d.e+-]+|NaN|[+-]Inf)$/u.exec(
          line,
        );
        expect({ line, name: sample?.[1]?.replace(kind === 'histogram' ? /_(?:bucket|sum|count)$/u : '', '') }).toEqual(
          {
            line,
            name: family,
          },
        );
      }
    }
    expect(named.size).toBeGreaterThan(20);
    // Nobody is named.
    expect(body).not.toMatch(/elena|harbour/iu);
  });
});

describe('the number of a request', () => {
  it('is the proxy’s where that is a plain one, and our own else', async () => {
    expect((await ask(open, '/health', { 'x-request-id': 'proxy-4711.a:b_c' })).id).toBe('proxy-4711.a:b_c');
    for (const odd of ['short', 'a'.repeat(65), 'has a space', 'quote"d-and-long', '<script>1234'])
      expect((await ask(open, '/health', { 'x-request-id': odd })).id).toMatch(/^[\w-]{12}$/u);
  });
});
