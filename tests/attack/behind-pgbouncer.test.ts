/** What a till can do behind PgBouncer to the role that is everybody's there, and what puts it right. With the real PgBouncer. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canLimitClients, pgbouncerFiles } from '../../commands/central/pgbouncer.ts';
import { hasPgbouncer, type RunningPgbouncer, startPgbouncer } from '../../commands/central/start-pgbouncer.ts';
import { helloAnswer } from '../../sync/answers.ts';
import { centralAt } from '../../sync/central.ts';
import { gatewayKey, GatewayLine, gatewayPassword } from '../../sync/line.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, gatewayPasswords, type JoinedTill } from '../sync/central-shop.ts';
import { makeProducts, makeSale, type TestProduct } from '../sync/sales.ts';
import { SyncRun } from '../sync/sync-run.ts';
import { attempt } from './stand.ts';

let shop: CentralShop;
let bouncer: RunningPgbouncer;
let product: TestProduct;
let hostile: JoinedTill;
let other: JoinedTill;

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
  hostile = await shop.join('B1');
  other = await shop.join('B2');
  other.till.open();
  const [made] = makeProducts(shop.ids, 1);
  if (made === undefined) throw new Error('no product');
  product = made;
});
afterAll(async () => {
  if (!hasPgbouncer) return;
  await bouncer.close();
  await shop.close();
});
beforeEach(({ skip }) => skip(!hasPgbouncer, 'PgBouncer is not installed'));

const connectAsGateway = async () => await shop.connectAs(shop.roles.gateway, gatewayPasswords.gateway);

async function endGatewaySessions(): Promise<void> {
  const end = 'select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = $1';
  await shop.admin.query(end, [shop.roles.gateway]);
}

/** How many sessions a till has of its own, and whether there are any of the role that all share. */
async function ways({ address }: JoinedTill): Promise<{ readonly directly: number; readonly isShared: boolean }> {
  const { rows } = await shop.admin.query<{ role: string }>(
    'select usename as role from pg_stat_activity where datname = current_database() and usename = any ($1)',
    [[address.login, shop.roles.gateway]],
  );
  return {
    directly: rows.filter(({ role }) => role === address.login).length,
    isShared: rows.some(({ role }) => role === shop.roles.gateway),
  };
}

it('nothing else of the role is its own to change, and no right of it its own to take away', async () => {
  // Of these alone: roles belong to the whole server, where other tests are at work.
  const { gateway, owner, tills } = shop.roles;
  const ours = [gateway, owner, tills, hostile.address.login, other.address.login];
  const rights = async () =>
    JSON.stringify(
      (
        await shop.admin.query(
          `with ours as (select oid, r::text from pg_roles r where rolname = any ($1))
           select (select array_agg(r order by oid) from ours) as roles,
             (select array_agg(m::text order by oid) from pg_auth_members m
              where roleid in (select oid from ours) and member in (select oid from ours)) as members,
             (select array_agg(proacl::text order by oid) from pg_proc where pronamespace = 'evertill'::regnamespace) as calls,
             (select nspacl::text from pg_namespace where nspname = 'evertill') as uses,
             (select datacl::text from pg_database where datname = current_database()) as connects`,
          [ours],
        )
      ).rows,
    );
  const before = await rights();
  for (const [user, password] of [
    [shop.roles.gateway, gatewayPasswords.gateway],
    [hostile.address.login, hostile.address.password],
  ] as const) {
    const client = await shop.connectAs(user, password);
    for (const sql of [
      `alter role ${user} valid until '2020-01-01'`,
      `alter role ${user} connection limit 0`,
      `alter role ${user} nologin`,
      `alter role ${user} noinherit`,
      `drop role ${user}`,
      `grant ${user} to ${other.address.login}`,
      `revoke ${user} from ${shop.roles.owner}`,
      `comment on role ${user} is 'stolen'`,
      // These say that they did it, and take away only what the role itself has given.
      `drop owned by ${user}`,
      `drop owned by ${shop.roles.tills}`,
      `revoke all on schema evertill from ${user}, ${shop.roles.gateway}, ${shop.roles.tills}`,
      'revoke all on all functions in schema evertill from public',
    ])
      await attempt(client, sql);
    await client.end();
    expect(await rights(), user).toBe(before);
  }
});

describe('a till that changes what the role of all tills begins its sessions with', () => {
  it.each(['default_transaction_read_only = on', 'statement_timeout = 1', 'search_path = nowhere'])(
    'to %s keeps the others away no longer than until one of them says hello directly',
    async (setting) => {
      const settings = async () =>
        await shop.value(
          `select jsonb_agg(setconfig order by setdatabase)::text from pg_db_role_setting
           where setrole = $1::regrole`,
          [shop.roles.gateway],
        );
      const before = await settings();
      const asRole = await connectAsGateway();
      const { rows } = await asRole.query<{ name: string }>('select current_database() as name');
      await asRole.query(`alter role current_user set ${setting}`);
      await asRole.query(`alter role current_user in database ${rows[0]?.name ?? ''} set ${setting}`);
      await asRole.end();
      await endGatewaySessions();
      expect(await settings()).toContain(setting.replaceAll(' ', ''));
      const run = new SyncRun(other.till, centralAt(other.address, 'test'));
      await run.untilSynced();
      run.sync.stop();
      expect(await settings()).toBe(before);
      // And a session of it is what it was.
      const fresh = await connectAsGateway();
      expect((await fresh.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '30s' }]);
      expect((await fresh.query('show default_transaction_read_only')).rows).toEqual([
        { default_transaction_read_only: 'off' },
      ]);
      await fresh.end();
      // Its sessions are ended for some seconds still: not those of the next test.
      await shop.admin.query("update gateway_secret set mended_at = '-infinity'");
    },
  );
});

describe('a till that gives the role of all tills another password', () => {
  const isOurs = async () =>
    await connectAsGateway().then(
      async (client) => {
        await client.end();
        return true;
      },
      () => false,
    );
  const steal = async () => {
    const asRole = await connectAsGateway();
    await asRole.query("alter role current_user password 'stolen'");
    await asRole.end();
    await endGatewaySessions();
    expect(await isOurs()).toBe(false);
  };
  const age = async () =>
    await shop.admin.query("update gateway_secret set verified_at = now() - interval '61 seconds'");
  const written = async () =>
    await shop.value('select xmin::text from pg_authid where rolname = $1', [shop.roles.gateway]);

  it('keeps the others away no longer than until one of them says hello directly, and they go on through it', async () => {
    const joined = await shop.join('P7');
    joined.till.open();
    const run = new SyncRun(joined.till, joined.central);
    await run.untilSynced();
    expect((await ways(joined)).isShared).toBe(true);
    await steal();
    await age();
    joined.till.append('sale.completed', makeSale(joined.till, [{ product, quantity_milli: 1000 }]));
    run.sync.appended();
    await run.untilSynced();
    expect(run.sync.status().confirmed_seq).toBe(joined.till.head().seq);
    expect(await isOurs()).toBe(true);
    // PgBouncer asks the database again when its own wait is over; how long the till goes round it is its own affair.
    const pullOn = async () => {
      const more = run.calls.pull + 10;
      await run.until(() => run.calls.pull >= more);
      return await ways(joined);
    };
    await expect.poll(pullOn, { timeout: 60_000, interval: 0 }).toEqual({ directly: 0, isShared: true });
    run.sync.stop();
  });

  it('is put right once a minute at most, where there is a gateway, and by nobody who came through it', async () => {
    const helloDirectly = async () => {
      const client = await shop.connectAs(other.address.login, other.address.password);
      await client.query('select hello($1, 1, 0, null)', [other.till.options.installation]);
      await client.end();
    };
    await age();
    await helloDirectly();
    const before = await written();
    await steal();
    const stolen = await written();
    expect(stolen).not.toBe(before);
    await helloDirectly();
    expect(await written()).toBe(stolen);
    await age();
    await shop.admin.query('select announce_gateway(null, null)');
    await helloDirectly();
    expect(await written()).toBe(stolen);
    await shop.admin.query('select announce_gateway($1, $2)', ['127.0.0.1', bouncer.port]);
    await helloDirectly();
    expect(await isOurs()).toBe(true);
    // What comes through it shows by itself that the password is right.
    const mended = await written();
    await age();
    const through = await connectAsGateway();
    const session = {
      call: async <Answer>(schema: { parse(value: unknown): Answer }, sql: string, values: readonly unknown[]) =>
        schema.parse((await through.query<{ answer: unknown }>(sql, [...values])).rows[0]?.answer),
      destroy: () => undefined,
    };
    const client = new GatewayLine(session, other.address.login, gatewayKey(other.address.password));
    const { installation } = other.till.options;
    const said = { installation, epoch: 1, seq: 0, hash: '', about: {} };
    expect(await client.call(helloAnswer, { name: 'hello', arguments: said, timeout_ms: 0 })).toMatchObject({
      answer: 'welcome',
    });
    await through.end();
    expect(await written()).toBe(mended);
  });
});

it('a till has no more than four connections to a PgBouncer that can limit them; an older one would refuse to start', () => {
  const limits = ['1.18', 'PgBouncer 1.23.1', 'PgBouncer 1.24.1', '1.25', '2.0', ''].map((version) => {
    const { ini } = pgbouncerFiles({
      roles: shop.roles,
      passwords: gatewayPasswords,
      database: { host: '127.0.0.1', port: 5432, name: 'evertill', ca_file: null },
      listen: { host: '127.0.0.1', port: 6432, tls: null },
      limitsClients: canLimitClients(version),
      userlist_file: 'userlist.txt',
    });
    return /^max_user_client_connections = (.*)$/m.exec(ini)?.[1];
  });
  expect(limits).toEqual([undefined, undefined, '4', '4', '4', undefined]);
});

describe('a till that fills the gateway with statements that last', () => {
  it('keeps the others away no longer than until one of them says hello directly', async () => {
    const joined = await shop.join('P6');
    joined.till.open();
    const run = new SyncRun(
      joined.till,
      centralAt(joined.address, 'test', { connect_ms: 10_000, call_ms: 3000, push_ms: 3000 }),
    );
    await run.untilSynced();
    const password = gatewayPassword(gatewayKey(hostile.address.password));
    const lasting = Array.from({ length: 25 }, async () => {
      const client = new pg.Client({
        host: '127.0.0.1',
        port: bouncer.port,
        database: shop.at.database,
        user: hostile.address.login,
        password,
      });
      client.on('error', () => undefined);
      await client.connect();
      await client.query('set statement_timeout = 0; select pg_sleep(600)').catch(() => undefined);
      await client.end();
    });
    const asleep = async () => {
      const { rows } = await shop.admin.query<{ pid: number }>(
        "select pid from pg_stat_activity where usename = $1 and wait_event = 'PgSleep'",
        [shop.roles.gateway],
      );
      return rows.map(({ pid }) => pid);
    };
    await expect.poll(async () => (await asleep()).length, { timeout: 60_000 }).toBe(20);
    const first = await asleep();
    await shop.admin.query(
      `create or replace function longest_call() returns interval language sql immutable parallel safe
       return interval '0'`,
    );
    joined.till.append('sale.completed', makeSale(joined.till, [{ product, quantity_milli: 1000 }]));
    run.sync.appended();
    await run.untilSynced();
    expect(run.sync.status().confirmed_seq).toBe(joined.till.head().seq);
    // Long before PgBouncer ends them itself.
    await expect
      .poll(async () => (await asleep()).filter((pid) => first.includes(pid)), { timeout: 20_000 })
      .toEqual([]);
    await shop.admin.query(
      `create or replace function longest_call() returns interval language sql immutable parallel safe
       return interval '12 seconds'`,
    );
    // What waited behind them.
    await endGatewaySessions();
    await Promise.all(lasting);
    run.sync.stop();
  });
});
