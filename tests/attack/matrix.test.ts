/** Every table × every command × everybody who can log in: refused, but for what the head office is meant to read and write. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { gatewayPasswords } from '../sync/central-shop.ts';
import { AttackStand, attempt, denied, type Outcome } from './stand.ts';

let stand: AttackStand;
let tables: readonly { readonly name: string; readonly isView: boolean; readonly column: string }[];
let functions: readonly { readonly name: string; readonly call: string }[];
const sessions = new Map<string, pg.Client>();
let tried = 0;

const tillRoles = ['till', 'till of the same store', "another store's till", 'revoked till'];
const roles = [...tillRoles, 'enrolment code', 'head office', 'gateway', 'bouncer', 'nobody'];

beforeAll(async () => {
  stand = await AttackStand.open();
  const { shop, mine, neighbour, theirs } = stand;
  const revoked = await stand.another();
  await shop.admin.query('select set_till_active(null, $1, false)', [revoked.till.options.till]);
  for (const [i, joined] of [mine, neighbour, theirs, revoked].entries())
    sessions.set(tillRoles[i] ?? '', await stand.logIn(joined));
  sessions.set('enrolment code', await stand.logInWithCode());
  sessions.set('head office', await shop.headOffice());
  for (const role of ['gateway', 'bouncer'] as const)
    sessions.set(role, await shop.connectAs(shop.roles[role], gatewayPasswords[role]));
  // May connect, and nothing else: what PostgreSQL gives to everybody.
  const nobody = `nobody_${shop.at.database}`;
  await shop.admin.query(
    `create role ${nobody} login password 'nobody'; grant connect on database ${shop.at.database} to ${nobody}`,
  );
  sessions.set('nobody', await shop.connectAs(nobody, 'nobody'));
  // Each waits until it is its turn, on a busy PC for longer than a session may.
  for (const client of sessions.values()) await client.query('set idle_session_timeout = 0');

  const found = await shop.admin.query<{ name: string; isView: boolean; column: string }>(
    `select relname as name, relkind = 'v' as "isView",
       (select attname from pg_attribute where attrelid = c.oid and attnum > 0 and attidentity = ''
         order by attnum limit 1) as column
     from pg_class c where relnamespace = 'evertill'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') order by 1`,
  );
  tables = found.rows;
  // Names with their schema: `nobody` may not even look into it.
  await shop.admin.query("set search_path = ''");
  const procedures = await shop.admin.query<{ name: string; call: string }>(
    `select proname as name, format('select evertill.%I(%s)', proname,
       (select string_agg('null::' || format_type(t, null), ', ' order by i)
        from unnest(proargtypes::oid[]) with ordinality as a(t, i))) as call
     from pg_proc p where pronamespace = 'evertill'::regnamespace and prorettype <> 'trigger'::regtype order by 1`,
  );
  await shop.admin.query('set search_path = evertill');
  functions = procedures.rows;
});

afterAll(async () => {
  console.log(
    `tried: ${tried} statements, ${tables.length} tables, ${functions.length} functions, ${roles.length} roles`,
  );
  for (const client of sessions.values()) await client.end();
  await stand.close();
});

/** Who has a right but may not give it on is only warned: what counts is whether it did something. */
function unlessItDid(condition: string): string {
  return `do $$ begin
    if ${condition} then raise exception 'it did'; end if;
    raise exception 'it did nothing' using errcode = 'insufficient_privilege';
  end $$`;
}

const commands: Readonly<Record<string, (table: string, column: string) => string>> = {
  select: (t) => `select * from ${t}`,
  'select for update': (t) => `select * from ${t} for update`,
  'count in a block': (t) => `do $$ begin perform count(*) from ${t}; end $$`,
  'prepared select': (t) => `prepare stolen as select * from ${t}; execute stolen`,
  cursor: (t) => `declare stolen cursor for select * from ${t}; fetch all stolen`,
  'explain analyze': (t) => `explain analyze select * from ${t}`,
  'as xml': (t) => `select query_to_xml('select * from ${t}', true, true, '')`,
  insert: (t) => `insert into ${t} default values`,
  'insert nothing': (t, c) => `insert into ${t} (${c}) select null from generate_series(1, 0)`,
  update: (t, c) => `update ${t} set ${c} = ${c}`,
  'update nothing': (t, c) => `update ${t} set ${c} = default where false`,
  delete: (t) => `delete from ${t}`,
  merge: (t, c) => `merge into ${t} m using (select 1) s on m.${c} is null when matched then delete`,
  truncate: (t) => `truncate ${t} cascade`,
  'copy to': (t) => `copy ${t} to stdout`,
  'copy a query': (t) => `copy (select * from ${t}) to stdout`,
  'copy to a file': (t) => `copy ${t} to '/tmp/stolen'`,
  'copy to a program': (t) => `copy ${t} to program 'cat'`,
  'copy from': (t) => `copy ${t} from stdin`,
  'lock share': (t) => `lock table ${t} in access share mode`,
  'lock exclusive': (t) => `lock table ${t} in access exclusive mode`,
  references: (t, c) => `create table evertill.stolen (stolen integer references ${t} (${c}))`,
  like: (t) => `create table evertill.stolen (like ${t} including all)`,
  inherit: (t) => `create table evertill.stolen () inherits (${t})`,
  'create view': (t) => `create view evertill.stolen as select * from ${t}`,
  'create temporary view': (t) => `create temp view stolen as select * from ${t}`,
  'create trigger': (t) =>
    `create trigger stolen before insert on ${t} for each statement execute function suppress_redundant_updates_trigger()`,
  'create rule': (t) => `create rule stolen as on delete to ${t} do instead nothing`,
  'create policy': (t) => `create policy stolen on ${t} using (true)`,
  'create index': (t) => `create index on ${t} ((1))`,
  'create statistics': (t, c) => `create statistics on (${c} is null), (1) from ${t}`,
  'disable row security': (t) => `alter table ${t} disable row level security`,
  'no row security for the owner': (t) => `alter table ${t} no force row level security`,
  'disable triggers': (t) => `alter table ${t} disable trigger all`,
  'add a column': (t) => `alter table ${t} add column stolen integer`,
  'take over': (t) => `alter table ${t} owner to current_user`,
  rename: (t) => `alter table ${t} rename to stolen`,
  'move to public': (t) => `alter table ${t} set schema public`,
  grant: (t) =>
    `grant select on ${t} to public; ${unlessItDid(`has_table_privilege('pg_signal_backend', '${t}', 'select')`)}`,
  revoke: (t) => `revoke select on ${t} from current_user; ${unlessItDid(`not has_table_privilege('${t}', 'select')`)}`,
  comment: (t) => `comment on table ${t} is 'stolen'`,
  reindex: (t) => `reindex table ${t}`,
  drop: (t) => `drop table ${t}`,
};

const reads = [
  'select',
  'count in a block',
  'prepared select',
  'cursor',
  'explain analyze',
  'as xml',
  'copy to',
  'copy a query',
  'lock share',
];
const inserts = ['insert', 'insert nothing', 'copy from'];
const updates = ['update', 'update nothing', 'select for update', 'lock exclusive'];
const unreadable = new Set(['history_verifiers', 'till_logins', 'gateway_secret', 'till_keys']);
/** The console's own sign-ins and answers, which it writes without a function. */
const insertable = new Set([
  'office_users',
  'office_sessions',
  'office_roles',
  'office_user_roles',
  'office_answers',
  'office_sign_in_attempts',
]);
const deletable = new Set(['office_sessions', 'office_user_roles', 'office_answers', 'office_sign_in_attempts']);

/** What the head office's server does with a table itself. Tables in parts are asked as a whole. */
function officeMay(table: string, command: string): boolean {
  if (/_\d+_\d+$/.test(table)) return false;
  // Which of PIN and password somebody has, not the hash.
  if (table === 'staff_verifiers') return command === 'count in a block';
  if (unreadable.has(table)) return false;
  if (reads.includes(command)) return true;
  if (!insertable.has(table)) return false;
  if (inserts.includes(command) || updates.includes(command)) return true;
  return deletable.has(table) && ['delete', 'merge'].includes(command);
}

/** A view, a constraint or a kind of table says in words of its own that it can't be done, whoever asks. */
const impossible = ['55000', '42809', '0A000', '42P16'];

function isRefused({ code }: Outcome, isView: boolean): boolean {
  return code === denied || (isView && code !== null && impossible.includes(code));
}

async function inVain(client: pg.Client, sql: string): Promise<Outcome> {
  tried += 1;
  await client.query('begin');
  const outcome = await attempt(client, sql);
  await client.query('rollback; deallocate all');
  return outcome;
}

function sessionOf(role: string): pg.Client {
  const client = sessions.get(role);
  if (client === undefined) throw new Error(`no session of ${role}`);
  return client;
}

describe.each(roles)('%s', (role) => {
  it('has no table, but for what the head office reads and writes', async () => {
    expect(tables.length).toBeGreaterThan(60);
    const before = await stand.everything();
    const wrong: string[] = [];
    for (const { name, isView, column } of tables) {
      for (const [command, write] of Object.entries(commands)) {
        const outcome = await inVain(sessionOf(role), write(`evertill.${name}`, column));
        const refused = isRefused(outcome, isView);
        const may = role === 'head office' && officeMay(name, command) && !(isView && command === 'copy to');
        if (refused === may) wrong.push(`${command} ${name}: ${outcome.code} ${outcome.message}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await stand.everything()).toBe(before);
  });

  it('may call what is made for it, and nothing else', async () => {
    const callable: string[] = [];
    for (const { name, call } of functions) {
      const { code } = await inVain(sessionOf(role), call);
      if (code !== denied) callable.push(name);
    }
    const own: Readonly<Record<string, readonly string[]>> = {
      'enrolment code': ['enrol'],
      nobody: [],
      gateway: ['gateway'],
      bouncer: ['bouncer_login'],
      'head office': [
        'cancel_enrolment_code',
        'create_enrolment_code',
        'create_history_code',
        'create_products',
        'create_staff',
        'create_store',
        'create_takeover_code',
        'decide_count_doubt',
        'decide_installation',
        'decide_proposal',
        'edit_product',
        'edit_settings',
        'edit_staff',
        'lock_company',
        'note_closed_day',
        'note_matter',
        'note_office_user',
        'note_transfer',
        'pass_over',
        'record_category',
        'record_role',
        'record_settings',
        'record_tax',
        'rename_till',
        'reproject',
        'set_till_active',
        'set_verifier',
        'settle_clashes',
      ],
    };
    expect(callable).toEqual(own[role] ?? ['entry_hashes', 'fetch_entries', 'hello', 'leave', 'pull', 'push']);
  });

  it('has nothing of the rest of the schema: no sequence, no type, no schema to put things into', async () => {
    for (const sql of [
      "select nextval('evertill.stores_store_id_seq')",
      "select setval('evertill.tills_till_id_seq', 1)",
      'select last_value from evertill.office_edits_edit_seq',
      'create function evertill.current_till() returns integer language sql return 1',
      'create or replace function evertill.current_till() returns evertill.till_identity language sql return null',
      'alter function evertill.current_till() owner to current_user',
      'alter function evertill.push(integer, bigint, bytea[], bytea[], bytea[], boolean, uuid) security invoker',
      'drop function evertill.refuse_change() cascade',
      'create type evertill.stolen as (stolen integer)',
      'create domain evertill.stolen as integer',
      'create sequence evertill.stolen',
      'create operator evertill.= (leftarg = integer, rightarg = integer, function = int4ne)',
      'alter schema evertill owner to current_user',
      'alter schema evertill rename to stolen',
      `grant usage on schema evertill to public; ${unlessItDid("has_schema_privilege('pg_signal_backend', 'evertill', 'usage')")}`,
      'drop schema evertill cascade',
    ]) {
      const outcome = await inVain(sessionOf(role), sql);
      expect(outcome.code, sql).toBe(denied);
    }
  });
});
