/** Tills behind PgBouncer in transaction mode, by the files that `npm run central -- gateway` writes. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { centralAt, defaultTimeouts, openSession } from '../../sync/central.ts';
import { gatewayKey, gatewayPassword } from '../../sync/line.ts';
import { createDatabase } from '../support/postgres.ts';
import { hasPgbouncer, type RunningPgbouncer, startPgbouncer } from '../../commands/central/start-pgbouncer.ts';
import { CentralShop, gatewayPasswords, type JoinedTill } from './central-shop.ts';
import { keyPem, makeCertificate } from './certificates.ts';
import { makeProduct, makeSale, type TestProduct } from './sales.ts';
import { SyncRun } from './sync-run.ts';

let shop: CentralShop;
let bouncer: RunningPgbouncer;
let product: TestProduct;
const tills: JoinedTill[] = [];

beforeAll(async () => {
  if (!hasPgbouncer) return;
  shop = await CentralShop.open(await createDatabase());
  const { host, port, database } = shop.at;
  bouncer = await startPgbouncer({
    roles: shop.roles,
    passwords: gatewayPasswords,
    database: { host, port, name: database, ca_file: null },
  });
  await shop.admin.query('select announce_gateway($1, $2)', ['127.0.0.1', bouncer.port]);
  for (const code of ['P1', 'P2', 'P3']) tills.push(await shop.join(code));
  product = makeProduct(shop.ids);
});
afterAll(async () => {
  if (!hasPgbouncer) return;
  await bouncer.close();
  await shop.close();
});
beforeEach(({ skip }) => skip(!hasPgbouncer, 'PgBouncer is not installed'));

/** Who has sessions at the database, by role. */
async function sessions(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await shop.admin.query<{ role: string; count: number }>(
    `select usename as role, count(*)::int from pg_stat_activity where datname = current_database() and usename ~ '^evertill'
     group by 1`,
  );
  return Object.fromEntries(rows.map(({ role, count }) => [role, count]));
}

describe('tills that were told of the gateway', () => {
  it('go on through it, and what they sell comes in once', async () => {
    for (const { till } of tills) till.open();
    const runs = tills.map(({ till, central }) => new SyncRun(till, central));
    await Promise.all(runs.map(async (run) => run.untilSynced()));
    for (let round = 0; round < 5; round += 1) {
      for (const [i, { till }] of tills.entries()) {
        till.append('sale.completed', makeSale(till, [{ product, quantity_milli: 1000 }]));
        runs[i]?.sync.appended();
      }
      await Promise.all(runs.map(async (run) => run.untilSynced()));
    }
    expect(await shop.value('select count(*)::int from sales')).toBe(15);
    const connected = await sessions();
    expect(connected[shop.roles.gateway]).toBeGreaterThanOrEqual(1);
    expect(Object.keys(connected).filter((role) => role.startsWith('evertill_till_'))).toEqual([]);
    for (const run of runs) run.sync.stop();
  });

  it('reach the database without it when it is gone', async () => {
    const gone = await startPgbouncer({
      roles: shop.roles,
      passwords: gatewayPasswords,
      database: { host: shop.at.host, port: shop.at.port, name: shop.at.database, ca_file: null },
    });
    await shop.admin.query('select announce_gateway($1, $2)', ['127.0.0.1', gone.port]);
    const joined = await shop.join('P9');
    joined.till.open();
    const run = new SyncRun(joined.till, joined.central);
    await run.untilSynced();
    await gone.close();
    joined.till.append('sale.completed', makeSale(joined.till, [{ product, quantity_milli: 1000 }]));
    run.sync.appended();
    await run.untilSynced();
    expect(run.sync.status().confirmed_seq).toBe(joined.till.head().seq);
    run.sync.stop();
    await shop.admin.query('select announce_gateway($1, $2)', ['127.0.0.1', bouncer.port]);
  });
});

describe('a gateway that lets tills in and reaches no database', () => {
  it('is gone round, and tried again after a while', async () => {
    const joined = await shop.join('P8');
    const run = new SyncRun(joined.till, joined.central);
    const ways = async () => {
      const { [joined.address.login]: directly = 0, [shop.roles.gateway]: through = 0 } = await sessions();
      return { directly, through };
    };
    joined.till.open();
    await run.untilSynced();
    await shop.admin.query(`revoke usage on schema evertill from ${shop.roles.gateway}`);
    // Nothing that was opened before goes on.
    const end = 'select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = $1';
    await shop.admin.query(end, [shop.roles.gateway]);
    joined.till.append('sale.completed', makeSale(joined.till, [{ product, quantity_milli: 1000 }]));
    run.sync.appended();
    await run.untilSynced();
    expect(await shop.value('select count(*)::int from sales where till_id = (select max(till_id) from tills)')).toBe(
      1,
    );
    expect((await ways()).directly).toBe(1);

    // It is still gone when it is tried again, and that costs one call. How long it takes to be had is the machine's affair.
    const { connect, pull } = run.calls;
    await run.until(() => run.calls.connect > connect);
    expect(run.calls.pull).toBeGreaterThan(pull + 30);
    await run.untilSynced();

    await shop.admin.query(`grant usage on schema evertill to ${shop.roles.gateway}`);
    const pullOn = async () => {
      const more = run.calls.pull + 10;
      await run.until(() => run.calls.pull >= more);
      return await ways();
    };
    await expect.poll(pullOn, { timeout: 60_000, interval: 0 }).toEqual({ directly: 0, through: 1 });
    run.sync.stop();
  });
});

describe('PgBouncer over TLS', () => {
  it('is met by its certificate, or not at all', async () => {
    const authority = makeCertificate({ name: 'Harbour CA', isAuthority: true });
    const stranger = makeCertificate({ name: 'Another CA', isAuthority: true });
    const right = makeCertificate({ name: 'gateway', issuer: authority, addresses: ['127.0.0.1'] });
    const folder = mkdtempSync(join(tmpdir(), 'evertill-gateway-tls-'));
    chmodSync(folder, 0o755);
    const tls = { cert_file: join(folder, 'gateway.crt'), key_file: join(folder, 'gateway.key') };
    writeFileSync(tls.cert_file, right.pem);
    writeFileSync(tls.key_file, keyPem(right), { mode: 0o644 });
    const { host, port, database } = shop.at;
    const secure = await startPgbouncer({
      roles: shop.roles,
      passwords: gatewayPasswords,
      database: { host, port, name: database, ca_file: null },
      tls,
    });
    const [one] = tills;
    if (one === undefined) throw new Error('no till');
    const at = { ...one.address, host: '127.0.0.1', port: secure.port };
    const password = gatewayPassword(gatewayKey(one.address.password));
    const session = await openSession({ ...at, password, ca: authority.pem }, defaultTimeouts);
    session.destroy();
    await expect(openSession({ ...at, password, ca: stranger.pem }, defaultTimeouts)).rejects.toMatchObject({
      fault: 'certificate',
    });
    await expect(openSession({ ...at, password, ca: null }, defaultTimeouts)).rejects.toThrow();
    await secure.close();
    rmSync(folder, { recursive: true });
  });
});

describe('PgBouncer', () => {
  const passwordOf = ({ address }: JoinedTill) => gatewayPassword(gatewayKey(address.password));
  const connect = async (user: string, password: string) => {
    const { database } = shop.at;
    const client = new pg.Client({ host: '127.0.0.1', port: bouncer.port, database, user, password });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };

  it('lets in nobody but a till with its password', async () => {
    const [one, other] = tills;
    if (one === undefined || other === undefined) throw new Error('no tills');
    for (const [user, password] of [
      [one.address.login, 'wrong'],
      [one.address.login, one.address.password],
      [one.address.login, passwordOf(other)],
      ['evertill_till_000000000000', passwordOf(one)],
      [shop.roles.gateway, gatewayPasswords.gateway],
      [shop.roles.headoffice, 'head office of the tests'],
      [shop.at.user, shop.at.password],
      ["' or ''='", 'x'],
    ] as const)
      await expect(connect(user, password), user).rejects.toThrow();
    const client = await connect(one.address.login, passwordOf(one));
    await expect(client.query('select evertill.pull(null)')).rejects.toMatchObject({ code: '42501' });
    await expect(client.query('select 1 from evertill.sales')).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  it('leaves nothing of what one till sets for the next', async () => {
    const [one, other] = tills;
    if (one === undefined || other === undefined) throw new Error('no tills');
    const hostile = await connect(one.address.login, passwordOf(one));
    // One after the other in as many sessions as there are; each is given back after each statement.
    let set = 0;
    for (let i = 0; i < 30; i += 1)
      set += await hostile
        .query(
          `set default_transaction_read_only = on; set statement_timeout = 1; set search_path = nowhere;
           set evertill.speaks = 'somebody'; set client_encoding = 'LATIN1'; set bytea_output = 'escape'`,
        )
        .then(
          () => 1,
          (error: unknown) => {
            // On a busy PC the millisecond that it set ends its own statement.
            if (error instanceof pg.DatabaseError && error.code === '57014') return 0;
            throw error;
          },
        );
    expect(set).toBeGreaterThan(0);
    other.till.append('sale.completed', makeSale(other.till, [{ product, quantity_milli: 1000 }]));
    const run = new SyncRun(other.till, centralAt(other.address, 'test'));
    await run.untilSynced();
    run.sync.stop();
    const fresh = await connect(other.address.login, passwordOf(other));
    const { rows } = await fresh.query(
      `select current_setting('default_transaction_read_only') as read_only, current_setting('search_path') as path,
         current_setting('evertill.speaks', true) as speaks, current_setting('bytea_output') as bytes`,
    );
    expect(rows).toEqual([{ read_only: 'off', path: '"$user", public', speaks: '', bytes: 'hex' }]);
    await fresh.end();
    await hostile.end();
  });
});
