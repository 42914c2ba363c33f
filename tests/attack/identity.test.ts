/** By hand: a till that wants to be another till, another role, or to make our functions mean something else. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import pg from 'pg';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop } from '../sync/central-shop.ts';
import { AttackStand, attempt, denied } from './stand.ts';

let stand: AttackStand;
let client: pg.Client;

beforeAll(async () => {
  stand = await AttackStand.open();
});

afterAll(async () => {
  await stand.close();
});

beforeEach(async () => {
  client = await stand.logIn(stand.mine);
});

afterEach(async () => {
  await client.end();
});

/** What the till that asks is told of entry 1: by the hash it is plain whose entry it is. */
async function askedAs(): Promise<unknown> {
  const { installation } = stand.mine.till.options;
  const { rows } = await client.query<{ answer: { hashes?: string[] } }>(
    'select evertill.entry_hashes($1, array[1]) as answer',
    [installation],
  );
  return rows[0]?.answer.hashes?.[0];
}

function ownHash(): string {
  return Buffer.from(stand.mine.till.hashAt(1) ?? []).toString('hex');
}

describe('to be somebody else', () => {
  it.each<readonly [string, () => string]>([
    ["the other store's till", () => stand.theirs.address.login],
    ['the till beside it', () => stand.neighbour.address.login],
    ['the group of tills', () => stand.shop.roles.tills],
    ['the group of codes', () => stand.shop.roles.enrolments],
    ['the head office', () => stand.shop.roles.headoffice],
    ['the owner', () => stand.shop.roles.owner],
    ['the superuser', () => stand.shop.at.user],
    ['who reads everything', () => 'pg_read_all_data'],
    ['who writes everything', () => 'pg_write_all_data'],
    ["who may end others' sessions", () => 'pg_signal_backend'],
    ['who watches', () => 'pg_monitor'],
    ['who runs programs', () => 'pg_execute_server_program'],
    ['who reads files', () => 'pg_read_server_files'],
    ['who owns the database', () => 'pg_database_owner'],
  ])('SET ROLE and SET SESSION AUTHORIZATION to %s', async (_, role) => {
    expect(await attempt(client, `set role "${role()}"`)).toMatchObject({ code: denied });
    expect(await attempt(client, `set session authorization "${role()}"`)).toMatchObject({ code: denied });
    expect(await attempt(client, 'select set_config($1, $2, false)', ['role', role()])).toMatchObject({ code: denied });
    // Nobody can be made a member of pg_database_owner.
    expect([denied, '0A000']).toContain((await attempt(client, `grant "${role()}" to current_user`)).code);
    expect(await askedAs()).toBe(ownHash());
  });

  it('by settings named like ours, like those of other systems, and by the name of the application', async () => {
    const { till, store } = stand.theirs.till.options;
    for (const setting of [
      'evertill.till',
      'evertill.store',
      'app.current_till',
      'request.jwt.claim.sub',
      'my.session_user',
    ])
      await client.query('select set_config($1, $2, false)', [setting, setting.endsWith('store') ? store : till]);
    await client.query("select set_config('application_name', $1, false)", [stand.theirs.address.login]);
    expect(await askedAs()).toBe(ownHash());
  });

  it('by the very settings in which the database writes down who calls', async () => {
    const { rows } = await stand.shop.admin.query<{ store_id: string; till_id: string }>(
      'select store_id::text, till_id::text from evertill.till_logins where login = $1',
      [stand.theirs.address.login],
    );
    const theirs = rows[0] ?? { store_id: '', till_id: '' };
    for (const isLocal of [false, true]) {
      await client.query('begin');
      await client.query("select set_config('evertill.store', $1, $3), set_config('evertill.till', $2, $3)", [
        theirs.store_id,
        theirs.till_id,
        isLocal,
      ]);
      expect(await askedAs()).toBe(ownHash());
      expect(await askedAs()).toBe(ownHash());
      await client.query('commit');
    }
    // What nobody has proved is nobody: the tables themselves stay out of reach.
    expect(await attempt(client, 'select from evertill.journal_entries')).toMatchObject({ code: denied });
  });

  it('by a role that its login is set to at once', async () => {
    await attempt(client, `alter role current_user set role = '${stand.shop.roles.owner}'`);
    await attempt(client, `alter role current_user set session_authorization = '${stand.theirs.address.login}'`);
    const again = await stand.logIn(stand.mine);
    expect((await attempt(again, 'select session_user::text as u, current_user::text as c')).rows).toEqual([
      { u: stand.mine.address.login, c: stand.mine.address.login },
    ]);
    await again.end();
    await client.query('alter role current_user reset all');
  });

  it('by options of the connection', async () => {
    const { login: user, password } = stand.mine.address;
    const became: unknown[] = [];
    for (const options of [
      `-c role=${stand.shop.roles.owner}`,
      `-c session_authorization=${stand.theirs.address.login}`,
      '-c session_replication_role=replica',
      '-c ignore_system_indexes=on',
      `-c search_path=stolen`,
    ]) {
      const other = new pg.Client({ ...stand.shop.at, user, password, options });
      try {
        await other.connect();
        const { rows } = await other.query('select session_user::text, current_user::text');
        became.push(...rows);
      } catch (error) {
        expect(error).toMatchObject({ code: denied });
      }
      await other.end();
    }
    // The path of names it may set, at the least.
    expect(became.length).toBeGreaterThan(0);
    for (const who of became) expect(who).toEqual({ session_user: user, current_user: user });
  });

  it("by another store's installation", async () => {
    const { installation } = stand.theirs.till.options;
    for (const sql of [
      'select evertill.hello($1, 0, 0, null) as answer',
      "select evertill.entry_hashes($1, '{1}') as answer",
      'select evertill.fetch_entries($1, 0, 200, 1048576) as answer',
      "select evertill.push(1, 1, '{a}', '{b}', '{}', false, $1) as answer",
    ])
      expect(await attempt(client, sql, [installation]), sql).toMatchObject({
        rows: [{ answer: { answer: 'refused', reason: 'installation' } }],
      });
  });

  it('by a password of its own choosing for others, or rights of its own choosing for itself', async () => {
    for (const sql of [
      `alter role "${stand.theirs.address.login}" password 'stolen'`,
      `alter role "${stand.shop.roles.headoffice}" password 'stolen'`,
      `alter role "${stand.theirs.address.login}" set search_path = stolen`,
      `alter role all set search_path = stolen`,
      'alter role current_user superuser',
      'alter role current_user createrole',
      'alter role current_user bypassrls',
      'alter role current_user replication',
      'alter role current_user connection limit -1',
      "alter role current_user valid until 'infinity'",
      `alter role "${stand.neighbour.address.login}" rename to stolen`,
      `drop role "${stand.theirs.address.login}"`,
      'create role stolen login',
      `reassign owned by "${stand.shop.roles.owner}" to current_user`,
      `drop owned by "${stand.shop.roles.owner}"`,
      `comment on role "${stand.theirs.address.login}" is 'stolen'`,
    ])
      expect(await attempt(client, sql), sql).toMatchObject({ code: denied });
  });
});

describe('to make our names mean something else', () => {
  it.each([
    [
      'a temporary table',
      'create temp table till_logins (login name, store_id int, till_id int, store uuid, till uuid)',
    ],
    ['a temporary view', 'create temp view till_heads as select 1'],
    ['a temporary function', 'create function pg_temp.current_till() returns int language sql return 1'],
    ['a temporary operator', 'create operator pg_temp.= (leftarg = int, rightarg = int, function = int4ne)'],
    ['a temporary type', 'create type pg_temp.till_identity as (store_id int)'],
    ['a table that a query makes', 'select 1 as login into temp till_logins'],
    ['a schema', 'create schema stolen'],
    ['a schema of its own name', 'create schema authorization current_user'],
    ['a function in public', "create function public.sha256(bytea) returns bytea language sql return ''::bytea"],
    ['an operator in public', 'create operator public.|| (leftarg = bytea, rightarg = bytea, function = byteacat)'],
    ['a table in public', 'create table public.tills ()'],
    ['a function in pg_catalog', 'create function pg_catalog.session_users() returns name language sql return null'],
    ['a cast', 'create cast (text as bytea) without function'],
    ['an operator class', 'create operator class public.o for type uuid using btree as operator 1 <(uuid, uuid)'],
    ['an extension', 'create extension hstore'],
    ['a trusted language', 'create language plperl'],
    ['a foreign server', 'create foreign data wrapper stolen'],
    ['an event trigger', 'create event trigger stolen on ddl_command_end execute function pg_catalog.nothing()'],
    ['a publication', 'create publication stolen for all tables'],
    ['a subscription', "create subscription stolen connection 'host=127.0.0.1' publication stolen"],
    ['an access method', 'create access method stolen type table handler heap_tableam_handler'],
  ])('by %s', async (_, sql) => {
    const { code, message } = await attempt(client, sql);
    // What there is not at this server can't be made by anybody.
    expect([denied, '0A000', '3F000', '42883'], message).toContain(code);
    expect(await askedAs()).toBe(ownHash());
  });

  it('by the search path, and by every setting that changes how text is read or written', async () => {
    const before = await askedAs();
    for (const sql of [
      "set search_path = 'public', 'pg_temp', 'stolen'",
      "set search_path = ''",
      "set datestyle = 'German, DMY'",
      "set intervalstyle = 'iso_8601'",
      "set timezone = 'Asia/Kathmandu'",
      "set bytea_output = 'escape'",
      'set standard_conforming_strings = off',
      'set quote_all_identifiers = on',
      'set transform_null_equals = on',
      'set array_nulls = off',
      "set xmloption = 'document'",
      "set lc_numeric = 'C'",
      "set client_encoding = 'SQL_ASCII'",
      'set extra_float_digits = -15',
      'set backslash_quote = on',
      'set check_function_bodies = off',
      'set default_transaction_isolation = serializable',
      'set createrole_self_grant = inherit',
      "set default_table_access_method = 'heap'",
      "set session_preload_libraries = ''",
      'set plan_cache_mode = force_custom_plan',
      'set enable_indexscan = off',
      'set from_collapse_limit = 1',
      'set debug_parallel_query = on',
    ])
      await attempt(client, sql);
    expect(await askedAs()).toBe(before);
    const connection = await attempt(client, "select evertill.pull('{}') as answer");
    expect(JSON.stringify(connection.rows)).not.toContain(stand.theirs.till.options.till);
  });

  it('by turning row security off: what would be filtered is refused instead', async () => {
    await client.query('set row_security = off');
    expect(await attempt(client, "select evertill.pull('{}')")).toMatchObject({ code: denied });
    await client.query('reset row_security');
    expect(await askedAs()).toBe(ownHash());
  });

  it('by turning triggers off', async () => {
    expect(await attempt(client, 'set session_replication_role = replica')).toMatchObject({ code: denied });
    expect(await attempt(client, 'set local session_replication_role = local')).toMatchObject({ code: denied });
  });

  it('by values that break out of what a function puts together', async () => {
    const before = await stand.everything();
    for (const about of [
      "'; drop table evertill.sales; --",
      '{"version":"\'; select 1"}',
      '{"at":"$1"}',
      '{"at":"%s"}',
    ])
      await attempt(client, 'select evertill.hello(gen_random_uuid(), 0, 0, null, $1)', [
        about.startsWith('{') ? about : JSON.stringify({ version: about }),
      ]);
    await attempt(client, 'select evertill.pull($1)', [
      JSON.stringify({
        company: { position: '0 or true', tag: "~' or '1'='1" },
        store: { position: '1; drop', tag: '%' },
      }),
    ]);
    const tables = (text: string) =>
      text.split('\n').filter((line) => !line.startsWith('till_installations:') && !line.startsWith('('));
    expect(tables(await stand.everything()).length).toBe(tables(before).length);
    expect(await stand.shop.value('select count(*)::int from sales')).toBe(3);
  });
});

describe('an enrolment code', () => {
  const key = Buffer.alloc(32);

  it('takes no verifier that is not one: what it is put into runs as the owner', async () => {
    const code = await stand.logInWithCode();
    for (const verifier of [
      "x' superuser password 'x",
      `SCRAM-SHA-256$4096:${'A'.repeat(22)}==$${'A'.repeat(43)}=:${'A'.repeat(43)}=' superuser`,
      `md5${'0'.repeat(32)}`,
      'plain',
      '',
      null,
    ])
      expect(await attempt(code, 'select evertill.enrol(gen_random_uuid(), $1, $2)', [verifier, key])).toMatchObject({
        code: '22023',
      });
    await code.end();
  });

  it('makes one till, once, for the store that it was made for', async () => {
    const code = await stand.logInWithCode();
    const tills = Number(await stand.shop.value('select count(*)::int from tills'));
    const verifier = `SCRAM-SHA-256$4096:${'A'.repeat(22)}==$${'A'.repeat(43)}=:${'A'.repeat(43)}=`;
    const enrol = 'select evertill.enrol($1, $2, $3) as answer';
    const [one, other] = [stand.shop.ids.next(), stand.shop.ids.next()];
    expect(await attempt(code, enrol, [one, verifier, key])).toMatchObject({
      rows: [{ answer: { answer: 'enrolled', store: stand.shop.store } }],
    });
    expect(await attempt(code, enrol, [other, verifier, key])).toMatchObject({
      rows: [{ answer: { answer: 'used' } }],
    });
    expect(await attempt(code, "select evertill.pull('{}')")).toMatchObject({ code: denied });
    expect(await stand.shop.value('select count(*)::int from tills')).toBe(tills + 1);
    await code.end();
  });

  it('is no till, and a till is no code', async () => {
    expect(await attempt(client, "select evertill.enrol(gen_random_uuid(), 'x', 'x')")).toMatchObject({ code: denied });
    const code = await stand.logInWithCode();
    for (const call of ["pull('{}')", "push(0, 1, '{a}', '{b}')", "hello(gen_random_uuid(), 0, 0, '')"])
      expect(await attempt(code, `select evertill.${call}`), call).toMatchObject({ code: denied });
    await code.end();
  });
});

describe("a session that is nobody's", () => {
  it('is no till, not even where it may do everything', async () => {
    const { admin } = stand.shop;
    for (const call of [
      "pull('{}')",
      "push(0, 1, '{a}', '{b}')",
      "hello(gen_random_uuid(), 0, 0, '')",
      "entry_hashes(gen_random_uuid(), '{1}')",
      'fetch_entries(gen_random_uuid(), 0, 1, 1)',
    ])
      expect(await attempt(admin, `select evertill.${call}`), call).toMatchObject({ code: denied });
  });
});

describe('a database that is not its own', () => {
  it("is closed to a till: another company's, and those that come with every server", async () => {
    const other = await createDatabase();
    const stranger = await CentralShop.open(other);
    const { login: user, password } = stand.mine.address;
    for (const database of [other.database, 'postgres', 'template1']) {
      const there = new pg.Client({ ...stand.shop.at, user, password, database });
      await expect(there.connect(), database).rejects.toMatchObject({ code: denied });
    }
    await stranger.close();
  });
});

describe('row security', () => {
  it('holds even where a function forgets to ask for the store', async () => {
    const { shop } = stand;
    // Careless functions, as somebody might add one day: they ask who calls, as each must (declared.test.ts), and have no
    // store in their WHERE, for the whole and for each part.
    const careless = (name: string, sql: string) => `
      create function evertill.${name}() returns bigint language plpgsql security definer
        set search_path = pg_catalog, evertill, pg_temp
        as $$ declare me constant till_identity := current_till(); begin return (${sql}); end $$;
      alter function evertill.${name}() owner to ${shop.roles.owner};
      grant execute on function evertill.${name}() to ${shop.roles.tills};`;
    await shop.admin.query(careless('careless', 'select count(distinct store_id) from sales'));
    await shop.admin.query(
      careless(
        'careless_of_parts',
        `select count(distinct store_id) from (
          select store_id from sales_4_0 union all select store_id from sales_4_1 union all
          select store_id from sales_4_2 union all select store_id from sales_4_3) as parts`,
      ),
    );
    await shop.admin.query(`
      create function evertill.careless_edit() returns bigint language plpgsql security definer
        set search_path = pg_catalog, evertill, pg_temp
        as $$ declare me constant till_identity := current_till(); v_edited bigint; begin
          with c as (update tills set name = name returning 1) select count(*) into v_edited from c;
          return v_edited; end $$;
      create function evertill.careless_of_all() returns bigint language sql security definer
        set search_path = pg_catalog, evertill, pg_temp return (select count(distinct store_id) from sales);
      alter function evertill.careless_edit() owner to ${shop.roles.owner};
      alter function evertill.careless_of_all() owner to ${shop.roles.owner};
      grant execute on function evertill.careless_edit(), evertill.careless_of_all() to ${shop.roles.tills};`);
    const counts = 'select evertill.careless() as whole, evertill.careless_of_parts() as parts';
    expect((await client.query(counts)).rows).toEqual([{ whole: '1', parts: '1' }]);
    // One that does not even ask who calls reaches nobody's rows.
    expect((await client.query('select evertill.careless_of_all() as whole')).rows).toEqual([{ whole: '0' }]);
    expect(await shop.value('select count(distinct store_id)::int from sales')).toBe(2);
    const mine = await shop.value(
      'select count(*)::text from tills t join stores s using (store_id) where s.store = $1',
      [shop.store],
    );
    expect((await client.query('select evertill.careless_edit() as tills')).rows).toEqual([{ tills: mine }]);
    await shop.admin.query(`drop function evertill.careless(), evertill.careless_of_parts(), evertill.careless_edit(),
      evertill.careless_of_all()`);
  });

  it("never gave the till a row of another store's feed", () => {
    const strange = [...stand.mine.till.replica.store].filter(([, row]) =>
      JSON.stringify(row).includes(stand.theirs.till.options.till),
    );
    expect(strange).toEqual([]);
    expect(stand.mine.till.replica.store.has(`till ${stand.mine.till.options.till}`)).toBe(true);
  });
});
