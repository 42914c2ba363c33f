import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { askForShared } from './shared-by-run.ts';

export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** A database of a test file's own; its fields go into `new pg.Client(…)` or `new pg.Pool(…)` as they are. */
export interface TestDatabase extends PostgresAddress {
  readonly database: string;
  /** Drops it, cutting whoever is still connected. Not needed at the end of a run: the cluster goes as a whole. */
  readonly drop: () => Promise<void>;
}

/** A state that many databases begin with, made once for the whole run and copied from then on. */
export interface DatabaseTemplate {
  /** Names the state: the same name is the same state. Lower-case letters, digits and underscores. */
  readonly name: string;
  /** Brings an empty database into that state, for instance by running the migrations. */
  readonly prepare: (client: pg.Client) => Promise<void>;
}

/**
 * Makes a fresh database (some 20 ms) in the PostgreSQL that all test files of this run share; the first call of a run
 * starts it (a good second). Databases are apart from each other, roles are not: a test that creates roles gives them
 * names of their own, for instance with `database` in them.
 */
export async function createDatabase(template?: DatabaseTemplate): Promise<TestDatabase> {
  const address = await findCluster();
  const database = `test_${randomBytes(8).toString('hex')}`;
  await administer(address, async (client) => {
    if (template !== undefined) await ensureTemplate(client, address, template);
    await client.query(`CREATE DATABASE ${database} TEMPLATE ${template?.name ?? 'template0'}`);
  });
  const drop = () =>
    administer(address, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    });
  return { ...address, database, drop };
}

let cluster: Promise<PostgresAddress> | undefined;

/** Asked once: the connection would be kept, and be gone when a test that works for long without a pause asks again. */
async function findCluster(): Promise<PostgresAddress> {
  cluster ??= askForShared('postgres');
  return await cluster;
}

async function ensureTemplate(
  administrator: pg.Client,
  address: PostgresAddress,
  { name, prepare }: DatabaseTemplate,
): Promise<void> {
  // Two workers may want the same one at once: the lock, which is this session's, lets one make it.
  await administrator.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
  const found = await administrator.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (found.rowCount === 0) {
    const partial = `${name}_partial`;
    await administrator.query(`DROP DATABASE IF EXISTS ${partial} WITH (FORCE)`);
    await administrator.query(`CREATE DATABASE ${partial} TEMPLATE template0`);
    await connect({ ...address, database: partial }, prepare);
    await administrator.query(`ALTER DATABASE ${partial} RENAME TO ${name}`);
  }
  await administrator.query('SELECT pg_advisory_unlock(hashtext($1))', [name]);
}

async function administer(address: PostgresAddress, work: (client: pg.Client) => Promise<void>): Promise<void> {
  await connect({ ...address, database: 'postgres' }, work);
}

async function connect(config: pg.ClientConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
