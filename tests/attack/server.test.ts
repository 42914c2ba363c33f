/** By hand: a till that wants something of the server itself, its files, its memory of others, or its disk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { AttackStand, attempt, denied } from './stand.ts';

let stand: AttackStand;
let till: pg.Client;
let code: pg.Client;

beforeAll(async () => {
  stand = await AttackStand.open();
  till = await stand.logIn(stand.mine);
  code = await stand.logInWithCode();
});

afterAll(async () => {
  await till.end();
  await code.end();
  await stand.close();
});

async function refuse(sql: string): Promise<void> {
  for (const client of [till, code]) {
    await client.query('begin');
    const { code: said } = await attempt(client, sql);
    await client.query('rollback');
    expect(said, sql).toBe(denied);
  }
}

describe("the server's files", () => {
  it.each([
    "select pg_read_file('/etc/passwd')",
    "select pg_read_binary_file('postgresql.conf')",
    "select pg_ls_dir('/')",
    "select pg_stat_file('PG_VERSION')",
    'select pg_ls_waldir()',
    'select pg_ls_logdir()',
    'select pg_ls_tmpdir()',
    'select pg_current_logfile()',
    "copy (select 1) to '/tmp/stolen'",
    "copy (select 1) to program 'id'",
    "select current_setting('data_directory')",
    "select current_setting('hba_file')",
    'select * from pg_hba_file_rules',
    'select * from pg_file_settings',
    'select * from pg_config',
    "load '/tmp/stolen.so'",
    'select pg_reload_conf()',
    "select lo_import('/etc/passwd')",
    "select lo_export(1, '/tmp/stolen')",
  ])('are not read, written or run: %s', refuse);
});

describe("the server's settings", () => {
  it('are not changed, and no library is loaded but what somebody else put beside the server', async () => {
    for (const client of [till, code]) {
      const sql = "alter system set shared_preload_libraries = 'stolen'";
      expect(await attempt(client, sql)).toMatchObject({ code: denied });
      expect(await attempt(client, "load '$libdir/plugins/stolen'")).toMatchObject({ code: '58P01' });
    }
  });
});

describe("the server's disk", () => {
  it.each([
    'select lo_create(0)',
    'select lo_creat(-1)',
    "select lo_from_bytea(0, 'x')",
    "select pg_logical_emit_message(false, 'x', 'x')",
    "select pg_logical_emit_message(true, 'x', 'x'::bytea)",
    'select pg_export_snapshot()',
    "select pg_create_physical_replication_slot('stolen')",
    "select pg_create_logical_replication_slot('stolen', 'pgoutput')",
    'select pg_switch_wal()',
    "select pg_create_restore_point('stolen')",
    'checkpoint',
    "select pg_notify('stolen', 'x')",
    'create table evertill.stolen ()',
    'create temp table stolen ()',
    'create materialized view evertill.stolen as select 1',
  ])('takes nothing that would stay: %s', refuse);

  it('takes no more than so much of what a statement spills, and a till can not raise it', async () => {
    for (const client of [till, code]) {
      const { rows } = await attempt(client, "select current_setting('temp_file_limit') as kb");
      expect(rows).toEqual([{ kb: '256MB' }]);
      for (const sql of ['set temp_file_limit = -1', 'alter role current_user set temp_file_limit = -1'])
        expect(await attempt(client, sql), sql).toMatchObject({ code: denied });
      await attempt(client, 'alter role current_user reset all');
    }
    const again = await stand.logIn(stand.mine);
    expect((await attempt(again, "select current_setting('temp_file_limit') as kb")).rows).toEqual([{ kb: '256MB' }]);
    await again.end();
  });

  it('keeps no transaction without its session', async () => {
    await till.query('begin');
    expect(await attempt(till, "prepare transaction 'stolen'")).toMatchObject({ code: '55000' });
    await till.query('rollback');
  });
});

describe("the server's shared memory", () => {
  it.each([
    'select pg_advisory_lock(1)',
    'select pg_advisory_lock(1, 1)',
    'select pg_advisory_lock_shared(1)',
    'select pg_advisory_xact_lock(1)',
    'select pg_advisory_xact_lock_shared(1, 1)',
    'select pg_try_advisory_lock(1)',
    'select pg_try_advisory_xact_lock_shared(1)',
  ])('has no room for locks of its own, which would take that of others: %s', refuse);
});

describe('what others do', () => {
  it('is not told: neither statements, nor times, nor addresses', async () => {
    const { rows } = await attempt(
      till,
      `select query, state, xact_start, query_start, backend_start, client_addr, backend_xmin from pg_stat_activity
       where datname = current_database() and usename <> current_user`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows)
      expect(row).toEqual({
        query: '<insufficient privilege>',
        state: null,
        xact_start: null,
        query_start: null,
        backend_start: null,
        client_addr: null,
        backend_xmin: null,
      });
  });

  it.each([
    'select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user and usename is not null',
    'select pg_cancel_backend(pid) from pg_stat_activity where usename <> current_user and usename is not null',
    'select pg_log_backend_memory_contexts(pid) from pg_stat_activity where usename <> current_user',
    'select * from pg_backend_memory_contexts',
    'select * from pg_shmem_allocations',
    'select pg_stat_reset()',
    "select pg_stat_reset_shared('io')",
  ])('is not ended, cancelled or looked into: %s', refuse);

  it('is not ended, nor is a session of its own: behind the gateway its own are everybody’s', async () => {
    const second = await stand.logIn(stand.mine);
    for (const end of ['pg_terminate_backend', 'pg_cancel_backend'])
      expect(
        await attempt(
          till,
          `select ${end}(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()`,
        ),
      ).toMatchObject({ code: denied });
    expect(await attempt(second, 'select 1 as one')).toMatchObject({ rows: [{ one: 1 }] });
    await second.end();
  });

  it.each([
    'select rolpassword from pg_authid',
    'select passwd from pg_shadow',
    'select * from pg_user_mapping',
    'select * from pg_statistic',
    'select * from pg_largeobject',
    'select * from pg_subscription',
    'select * from pg_replication_origin_status',
  ])('and their secrets are not in the catalogue: %s', refuse);

  it('and samples of their rows are not in the statistics', async () => {
    await stand.shop.admin.query('analyze');
    const { rows } = await attempt(till, "select * from pg_stats where schemaname = 'evertill'");
    expect(rows).toEqual([]);
    const { rows: extended } = await attempt(till, "select * from pg_stats_ext where schemaname = 'evertill'");
    expect(extended).toEqual([]);
  });

  it('and no password is in what is told of roles: names at random, limits, and until when a code is good', async () => {
    const { rows } = await attempt(till, "select distinct rolpassword from pg_roles where rolname like 'evertill%'");
    expect(rows).toEqual([{ rolpassword: '********' }]);
    // A login says nothing of whose it is: that is in a table which nobody may read.
    const names = await attempt(till, "select rolname from pg_roles where rolname like 'evertill_till%'");
    expect(names.rows.length).toBeGreaterThanOrEqual(3);
    for (const { rolname } of names.rows as { rolname: string }[])
      expect(rolname).toMatch(/^evertill_till_[0-9a-f]{12}$/);
    expect(await attempt(till, 'select * from evertill.till_logins')).toMatchObject({ code: denied });
  });

  it('and no secret is in the text of a function', async () => {
    const { rows } = await attempt(
      till,
      "select coalesce(string_agg(prosrc, ' '), '') as text from pg_proc where pronamespace = 'evertill'::regnamespace",
    );
    const [row] = rows as { text: string }[];
    for (const secret of [stand.mine.address.password, stand.theirs.address.password, 'SCRAM-SHA-256$4096:'])
      expect(row?.text.replaceAll(String.raw`\$`, '$').replaceAll('SCRAM-SHA-256$4096:[', '')).not.toContain(secret);
  });

  it('and XML of the whole database has no row', async () => {
    const { rows } = await attempt(till, "select database_to_xml(true, true, '')::text as xml");
    expect(JSON.stringify(rows)).not.toContain('<row>');
    expect(JSON.stringify(rows)).not.toContain(stand.theirs.till.options.till);
  });
});

describe('NOTIFY', () => {
  it('reaches nobody: neither the head office nor a till listens', async () => {
    await till.query("listen stolen; notify stolen, 'x'");
    const { rows } = await stand.shop.admin.query('select pg_notification_queue_usage() as used');
    expect(rows).toEqual([{ used: 0 }]);
    await till.query('unlisten *');
  });
});

describe('connections', () => {
  it('are few for each login, and others still get in', async () => {
    const held: pg.Client[] = [];
    const limit = await stand.shop.value('select rolconnlimit from pg_roles where rolname = $1', [
      stand.mine.address.login,
    ]);
    await expect(
      (async () => {
        for (let i = 0; i < 10; i += 1) held.push(await stand.logIn(stand.mine));
      })(),
    ).rejects.toMatchObject({ code: '53300' });
    expect(held.length).toBeLessThan(Number(limit));
    const other = await stand.logIn(stand.theirs);
    await other.end();
    for (const client of held) await client.end();
  });
});
