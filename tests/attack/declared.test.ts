/** What every function, role and table must say of itself, read from the catalogue: a new one that forgets it fails here. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AttackStand } from './stand.ts';

let stand: AttackStand;

beforeAll(async () => {
  stand = await AttackStand.open();
  await stand.logInWithCode().then(async (client) => await client.end());
});

afterAll(async () => {
  await stand.close();
});

async function namesOf(sql: string, values: readonly unknown[] = []): Promise<string[]> {
  const { rows } = await stand.shop.admin.query<{ name: string }>(sql, [...values]);
  return rows.map(({ name }) => name);
}

const functions = "from pg_proc p where pronamespace = 'evertill'::regnamespace";

describe('every function', () => {
  it('belongs to the owner, who is not a superuser and has no login', async () => {
    expect(
      await namesOf(`select proname as name ${functions} and proowner <> $1::regrole`, [stand.shop.roles.owner]),
    ).toEqual([]);
    expect(
      await namesOf(
        `select rolname as name from pg_roles where rolname = $1
         and not (rolcanlogin or rolsuper or rolbypassrls or rolreplication or rolcreatedb)`,
        [stand.shop.roles.owner],
      ),
    ).toEqual([stand.shop.roles.owner]);
  });

  it('that runs as the owner finds names on a path that is fixed, temporary tables last', async () => {
    const fixed = "coalesce(proconfig @> array['search_path=pg_catalog, evertill, pg_temp'], false)";
    expect(await namesOf(`select proname as name ${functions} and prosecdef and not ${fixed}`)).toEqual([]);
    expect((await namesOf(`select proname as name ${functions} and prosecdef`)).length).toBeGreaterThan(25);
  });

  it('that others may call runs as the owner: nothing of ours runs with their rights and their settings', async () => {
    const others = 'exists (select from aclexplode(proacl) as x where x.grantee <> proowner)';
    expect(
      await namesOf(`select proname as name ${functions} and not prosecdef and (proacl is null or ${others})`),
    ).toEqual([]);
  });

  it('is for nobody unless it says so', async () => {
    const everybody = 'proacl is null or exists (select from aclexplode(proacl) as x where x.grantee = 0)';
    expect(await namesOf(`select proname as name ${functions} and (${everybody})`)).toEqual([]);
  });

  it('that a till calls first finds out who calls: row security believes what that wrote down', async () => {
    const asks = "prosrc ~ '^\\s*declare\\s+me constant till_identity := current_till\\(\\);'";
    const called = (by: string) =>
      namesOf(
        `select proname as name ${functions} and ${asks} is false
      and has_function_privilege($1, p.oid, 'execute')`,
        [by],
      );
    expect(await called(stand.shop.roles.tills)).toEqual([]);
    // These two touch no table with a store; the first calls what does, by its name.
    expect(await called(stand.shop.roles.gateway)).toEqual(['gateway']);
    expect(await called(stand.shop.roles.bouncer)).toEqual(['bouncer_login']);
  });

  it('that a till calls and that waits for a lock waits for a bounded time, and plans no table as a whole', async () => {
    const called = `${functions} and has_function_privilege($1, p.oid, 'execute')`;
    const till = stand.mine.address.login;
    const says = (setting: string) => `exists (select from unnest(proconfig) as c where c like '${setting}=%')`;
    expect(
      await namesOf(`select proname as name ${called} and provolatile = 'v' and not ${says('lock_timeout')}`, [till]),
    ).toEqual([]);
    expect(await namesOf(`select proname as name ${called} and not ${says('TimeZone')}`, [till])).toEqual([]);
    // hello reads rows that it has the whole key of.
    expect(
      await namesOf(`select proname as name ${called} and not (${says('enable_seqscan')} and ${says('jit')})`, [till]),
    ).toEqual(['hello']);
  });
});

describe('every role that logs in', () => {
  const limits = ['statement_timeout', 'idle_in_transaction_session_timeout'];
  const ours = `from pg_roles r where rolcanlogin and (rolname = any ($1) or exists (
    select from pg_auth_members m join pg_roles g on g.oid = m.roleid
    where m.member = r.oid and g.rolname = any ($2)))`;
  /** The roles that log in under a name of their own, and the groups of the others. */
  const groups = () => {
    const { headoffice, gateway, bouncer, tills, enrolments } = stand.shop.roles;
    return [
      [headoffice, gateway, bouncer],
      [tills, enrolments],
    ];
  };

  it('has a limit of connections, and of the time of a statement and of a transaction that waits', async () => {
    const all = await namesOf(`select rolname as name ${ours}`, groups());
    expect(all.length).toBeGreaterThanOrEqual(7);
    for (const limit of limits)
      expect(
        await namesOf(
          `select rolname as name ${ours} and not exists (
             select from unnest(rolconfig) as c where c ~ ('^${limit}=[1-9]'))`,
          groups(),
        ),
        limit,
      ).toEqual([]);
    expect(await namesOf(`select rolname as name ${ours} and rolconnlimit not between 1 and 50`, groups())).toEqual([]);
  });

  it('is nothing else: no superuser, no maker of roles or databases, member of one group at most', async () => {
    const more = 'rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls';
    expect(await namesOf(`select rolname as name ${ours} and (${more})`, groups())).toEqual([]);
    expect(
      await namesOf(
        `select rolname as name ${ours} and (
           (select count(*) from pg_auth_members m where m.member = r.oid) > 1
           or exists (select from pg_auth_members m where m.member = r.oid and (m.admin_option or m.set_option)))`,
        groups(),
      ),
    ).toEqual([]);
  });

  it('of a till or a code ends what is silent, and what is silent on the wire', async () => {
    const silent = [
      'idle_session_timeout',
      'transaction_timeout',
      'tcp_keepalives_idle',
      'tcp_keepalives_count',
      'temp_file_limit',
    ];
    for (const limit of silent)
      expect(
        await namesOf(
          `select rolname as name ${ours} and rolname <> all ($1) and not exists (
             select from unnest(rolconfig) as c where c ~ ('^${limit}=[1-9]'))`,
          groups(),
        ),
        limit,
      ).toEqual([]);
  });
});

describe('every table', () => {
  it('has row security, forced on the owner too', async () => {
    expect(
      await namesOf(
        `select relname as name from pg_class where relnamespace = 'evertill'::regnamespace and relkind in ('r', 'p')
         and not (relrowsecurity and relforcerowsecurity) and relname <> 'migrations'`,
      ),
    ).toEqual([]);
  });

  it('with a store has the store in front of its key, and a policy that asks for it', async () => {
    const withStore = `from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'store_id'
      where relnamespace = 'evertill'::regnamespace and relkind in ('r', 'p') and not attisdropped`;
    const keyed = `(select indkey[0] from pg_index where indrelid = c.oid and indisprimary) = a.attnum`;
    // These two are asked by the login, before it is known which store's it is.
    const byLogin = ['enrolment_codes', 'till_logins'];
    expect(await namesOf(`select relname as name ${withStore} and not ${keyed} order by 1`)).toEqual(byLogin);
    const asks =
      "exists (select from pg_policy where polrelid = c.oid and pg_get_expr(polqual, polrelid) like '%current_store_id%')";
    expect(await namesOf(`select relname as name ${withStore} and not ${asks} order by 1`)).toEqual(byLogin);
  });

  it('and view gives nobody a right but the head office, and it no right to pass on', async () => {
    const grants = `from pg_class c, aclexplode(relacl) as x where relnamespace = 'evertill'::regnamespace
      and x.grantee <> relowner`;
    expect(
      await namesOf(`select distinct relname as name ${grants} and (x.grantee <> $1::regrole or x.is_grantable)`, [
        stand.shop.roles.headoffice,
      ]),
    ).toEqual([]);
  });

  it('view asks with the rights of who reads it', async () => {
    expect(
      await namesOf(
        `select relname as name from pg_class where relnamespace = 'evertill'::regnamespace and relkind = 'v'
         and not coalesce(reloptions @> array['security_invoker=true'], false)`,
      ),
    ).toEqual([]);
  });
});

describe('the database', () => {
  it('lets in who belongs to it, and gives nobody a place to put things', async () => {
    const grantees = `select distinct case x.grantee when 0 then 'everybody' else x.grantee::regrole::text end as name
      from pg_database d, aclexplode(datacl) as x where datname = current_database() and x.grantee <> datdba order by 1`;
    const { owner: _, ...others } = stand.shop.roles;
    expect(await namesOf(grantees)).toEqual(Object.values(others).toSorted());
    const place = `select nspname as name from pg_namespace n where has_schema_privilege($1, n.oid, 'create')`;
    expect(await namesOf(place, [stand.mine.address.login])).toEqual([]);
    const temporary = "select current_database() as name where has_database_privilege($1, current_database(), 'temp')";
    expect(await namesOf(temporary, [stand.mine.address.login])).toEqual([]);
  });
});
