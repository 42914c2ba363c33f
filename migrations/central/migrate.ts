/**
 * Brings a database to the newest central schema. Run by whoever administers PostgreSQL, never by the server: the roles
 * that tills and the head office log in with can't change the schema.
 */
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { centralMigrations, type CentralMigration } from './list.ts';

/** The roles of one company's database. Roles belong to the whole cluster, so their names carry the company's tag. */
export interface CentralRoles {
  /** Owns every table and function. Nobody logs in with it. */
  readonly owner: string;
  /** The head office's server logs in with it. */
  readonly headoffice: string;
  /** What each till's login is a member of. */
  readonly tills: string;
  /** What each enrolment code's login is a member of. */
  readonly enrolments: string;
  /** What PgBouncer logs in with for the tills, which prove in each call who they are. */
  readonly gateway: string;
  /** What PgBouncer asks with whether a till may come in. */
  readonly bouncer: string;
}

export interface MigratedCentral {
  readonly roles: CentralRoles;
  /** The names of the migrations that this run applied. */
  readonly applied: readonly string[];
}

/** The database was made, or was brought further, by migrations that are not the ones of this version. */
export class OtherVersionError extends Error {
  override readonly name = 'OtherVersionError';
  constructor(detail: string) {
    super(`the database was made by another version of Evertill: ${detail}`);
  }
}

/**
 * Applies the migrations that are missing, each in a transaction of its own. `client` is logged in as a superuser, or as
 * the database's owner with CREATEROLE; PostgreSQL 16 or later. `company` names the company of a new database, and the
 * version of the program, which tills are told.
 * Two runs at once wait for each other. Throws {@link OtherVersionError} and changes nothing where the database holds
 * migrations that are not the same, to the letter, as those that are given.
 */
export async function migrateCentral(
  client: ClientBase,
  company: { readonly name: string; readonly version?: string },
  migrations: readonly CentralMigration[] = centralMigrations,
): Promise<MigratedCentral> {
  const roles = await prepare(client);
  const applied: string[] = [];
  await refuseOther(client, migrations);
  for (const [index, migration] of migrations.entries()) {
    if (await apply(client, roles, migration, index + 1)) applied.push(migration.name);
  }
  await inTransaction(client, roles, async () => {
    const { rowCount } = await client.query('select from evertill.company');
    if (rowCount === 0) {
      await client.query(
        'insert into evertill.company (company, name, incarnation) values (evertill.new_uuid(), $1, evertill.new_uuid())',
        [company.name],
      );
      await client.query('insert into evertill.stream_heads values (0, 0, evertill.new_stream_tag())');
    }
    if (company.version !== undefined)
      await client.query('update evertill.company set version = $1', [company.version]);
  });
  await projectLearned(client, roles);
  return { roles, applied };
}

/** So many entries in a transaction: tills and stores are locked meanwhile. */
const learnedAtOnce = 100;

/** Projects what tills of a newer version have sent and this version has learned to read. */
async function projectLearned(client: ClientBase, roles: CentralRoles): Promise<void> {
  for (let left = true; left;) {
    left = await inTransaction(client, roles, async () => {
      const { rows } = await client.query<{ projected: number }>('select evertill.project_learned($1) as projected', [
        learnedAtOnce,
      ]);
      return (rows[0]?.projected ?? 0) > 0;
    });
  }
}

/** Sets the password that the head office's server logs in with. `client` as for {@link migrateCentral}. */
export async function setHeadOfficePassword(client: ClientBase, roles: CentralRoles, password: string): Promise<void> {
  await client.query(`alter role ${quoteName(roles.headoffice)} password ${quoteText(password)}`);
}

/**
 * Sets the passwords that PgBouncer logs in with, given as their SCRAM verifiers: no statement that a server may log holds a
 * password. The gateway's is kept beside, since a till can change it. `client` as for {@link migrateCentral}.
 */
export async function setGatewayPasswords(
  client: ClientBase,
  roles: CentralRoles,
  verifiers: { readonly gateway: string; readonly bouncer: string },
): Promise<void> {
  await client.query('select evertill.keep_gateway_verifier($1)', [verifiers.gateway]);
  for (const role of ['gateway', 'bouncer'] as const)
    await client.query(`alter role ${quoteName(roles[role])} password ${quoteText(verifiers[role])}`);
}

/** Makes roles, schema and the table of migrations, once. */
async function prepare(client: ClientBase): Promise<CentralRoles> {
  const existing = await client.query<{ tag: string | null }>("select to_regclass('evertill.migrations')::text as tag");
  if (existing.rows[0]?.tag === null) {
    const drawn = await client.query<{ tag: string }>('select substr(md5(gen_random_uuid()::text), 1, 8) as tag');
    await create(client, drawn.rows[0]?.tag ?? '');
  }
  return await findRoles(client);
}

/** The roles of a database that has been migrated. */
export async function findRoles(client: ClientBase): Promise<CentralRoles> {
  const { rows } = await client.query<{ tag: string }>('select distinct tag from evertill.migrations where number = 0');
  return rolesOf(rows[0]?.tag ?? '');
}

function rolesOf(tag: string): CentralRoles {
  if (!/^[0-9a-f]{8}$/.test(tag)) throw new Error('the table of migrations holds no tag');
  return {
    owner: `evertill_${tag}_owner`,
    headoffice: `evertill_${tag}_headoffice`,
    tills: `evertill_${tag}_tills`,
    enrolments: `evertill_${tag}_enrolments`,
    gateway: `evertill_${tag}_gateway`,
    bouncer: `evertill_${tag}_bouncer`,
  };
}

/**
 * What PostgreSQL gives to everybody who can log in, and a till's login shall not have: to write to disk beside its tables
 * (large objects, messages in the WAL), to fill the shared memory with locks of its own, to get into the databases that come
 * with every server. A superuser alone can take it back; else it is for whoever runs the server (README.md). The lock lets two
 * that are made at once wait for each other: roles, databases and parameters belong to the whole cluster.
 */
function takeFromEverybody(owner: string): string {
  return `do $do$
    declare
      v_name text;
    begin
      if not (select rolsuper from pg_roles where rolname = current_user) then return; end if;
      lock table pg_catalog.pg_database in share row exclusive mode;
      for v_name in select datname from pg_database where datname in ('postgres', 'template1') loop
        execute format('revoke connect, temporary on database %I from public', v_name);
      end loop;
      for v_name in select p.oid::regprocedure from pg_proc p where pronamespace = 'pg_catalog'::regnamespace
        and (proname in ('lo_create', 'lo_creat', 'lo_from_bytea', 'pg_logical_emit_message', 'pg_export_snapshot', 'pg_notify')
          or proname in ('pg_terminate_backend', 'pg_cancel_backend')
          or proname ~ '^pg_(try_)?advisory_(xact_)?lock')
      loop
        execute format('revoke execute on function %s from public', v_name);
      end loop;
      -- Ends what lasts too long; tills behind a gateway are one role, and shall not end each other.
      grant execute on function pg_terminate_backend(integer, bigint) to ${owner};
      -- So that limit_session can say how much a login's statement may spill to disk.
      grant set on parameter temp_file_limit to ${owner};
    end $do$`;
}

async function create(client: ClientBase, tag: string): Promise<void> {
  const roles = rolesOf(tag);
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = quoteName(rows[0]?.name ?? '');
  const owner = quoteName(roles.owner);
  const others = [roles.headoffice, roles.tills, roles.enrolments, roles.gateway, roles.bouncer]
    .map(quoteName)
    .join(', ');
  await client.query('begin');
  try {
    await client.query(`
      create role ${owner} nologin createrole;
      grant ${owner} to current_user;
      create schema evertill authorization ${owner};
      revoke all on database ${database} from public;
      revoke all on schema public from public;
      ${takeFromEverybody(owner)};
      set local role ${owner};
      create role ${quoteName(roles.headoffice)} login connection limit 50;
      create role ${quoteName(roles.tills)} nologin;
      create role ${quoteName(roles.enrolments)} nologin;
      create role ${quoteName(roles.gateway)} login connection limit 50;
      create role ${quoteName(roles.bouncer)} login connection limit 10;
      create table evertill.migrations (
        number integer primary key,
        name text not null,
        -- Of the migration's text; null for what is not one.
        sha256 text,
        applied_at timestamptz not null default now(),
        tag text not null
      );
      insert into evertill.migrations (number, name, tag) values (0, 'roles and schema', ${quoteText(tag)});
      reset role;
      grant connect on database ${database} to ${others};`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly sha256?: string | null;
}

async function refuseOther(client: ClientBase, migrations: readonly CentralMigration[]): Promise<void> {
  // As JSON, since a table of before the hashes has no column for them.
  const { rows } = await client.query<{ done: AppliedMigration }>(
    'select to_jsonb(m) as done from evertill.migrations m where number > 0 order by number',
  );
  for (const { done } of rows) compare(done, migrations[done.number - 1]);
}

function compare(done: AppliedMigration, migration: CentralMigration | undefined): void {
  if (migration === undefined) throw new OtherVersionError(`it holds ${done.name}, which is not known here`);
  if (done.name !== migration.name)
    throw new OtherVersionError(`migration ${done.number} is ${done.name} there, ${migration.name} here`);
  if (done.sha256 !== hashOf(migration)) throw new OtherVersionError(`${done.name} is not the same there and here`);
}

/** What a database of this version holds. */
export function knownMigrations(): { readonly name: string; readonly sha256: string }[] {
  return centralMigrations.map((migration) => ({ name: migration.name, sha256: hashOf(migration) }));
}

/** In hexadecimal. A checkout may end its lines in either way. */
function hashOf({ sql }: CentralMigration): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
}

/** Applies one migration unless it has been; answers whether it did. */
async function apply(
  client: ClientBase,
  roles: CentralRoles,
  migration: CentralMigration,
  number: number,
): Promise<boolean> {
  return await inTransaction(client, roles, async () => {
    // The lock is what makes two runs wait for each other; it goes with the transaction.
    await client.query('lock table evertill.migrations in exclusive mode');
    const { rows } = await client.query<AppliedMigration>(
      'select number, name, sha256 from evertill.migrations where number = $1',
      [number],
    );
    const [done] = rows;
    if (done !== undefined) {
      compare(done, migration);
      return false;
    }
    await client.query(withRoles(migration.sql, roles));
    await client.query(
      `insert into evertill.migrations (number, name, sha256, tag)
       select $1, $2, $3, tag from evertill.migrations where number = 0`,
      [number, migration.name, hashOf(migration)],
    );
    return true;
  });
}

async function inTransaction<T>(client: ClientBase, roles: CentralRoles, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    // pg_catalog is searched first even when it is not named; named first, it would be where new tables go.
    await client.query(`set local role ${quoteName(roles.owner)}; set local search_path = evertill, pg_temp`);
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function withRoles(sql: string, roles: CentralRoles): string {
  return sql.replace(
    /(?<!:):(["'])(owner|headoffice|tills|enrolments|gateway|bouncer)\1/g,
    (_, quote: string, name: string) => {
      // The pattern allows these names only.
      const role = roles[name as keyof CentralRoles];
      return quote === '"' ? quoteName(role) : quoteText(role);
    },
  );
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
