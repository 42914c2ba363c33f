/** A company on an embedded PostgreSQL: its database, its head office, and somebody who is signed in there. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { createHeadOffice, type HeadOffice } from '../../headoffice/app.ts';
import { openPool } from '../../headoffice/db/pool.ts';
import { createFirstUser, type FirstUser } from '../../headoffice/first-user.ts';
import type { Log } from '../../shared/log.ts';
import type { Ports } from '../../headoffice/ports.ts';
import { knownMigrations, migrateCentral, setHeadOfficePassword } from '../../migrations/central/migrate.ts';
import { type Client, createClient } from '../../shared/contract/client.ts';
import { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { CommandId } from '../../shared/ids.ts';
import { createOfficePorts } from '../headoffice/ports.ts';
import { codeWriter } from '../headoffice/settings.ts';

export type HeadOfficeClient = Client<typeof headOfficeContract>;

/** Where PostgreSQL is, and who administers it. On this PC: there is no TLS. */
export interface AdministratorAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

export interface CompanyOptions {
  readonly administrator: AdministratorAddress;
  /** Made if missing: lower-case letters, digits and underscores. */
  readonly database: string;
  readonly name: string;
  /** Of the program; what tills are told that the head office runs. */
  readonly version?: string;
  /** Made if missing; signed in at once. */
  readonly user: FirstUser;
  readonly log: Log;
}

export interface Company {
  readonly headOffice: HeadOffice;
  readonly ports: Ports;
  /** The head office's contract, asked as the first user. */
  readonly client: HeadOfficeClient;
  /** Ends the head office's connections. */
  close(): Promise<void>;
}

/** Brings a company's database to the newest schema and opens its head office. May be called on what it made before. */
export async function openCompany(options: CompanyOptions): Promise<Company> {
  const { administrator, database, log, name, user, version } = options;
  await ensureDatabase(administrator, database);
  const password = randomBytes(24).toString('base64url');
  const roles = await withClient({ ...administrator, database }, async (client) => {
    const migrated = await migrateCentral(client, { name, ...(version === undefined ? {} : { version }) });
    // New at each start: nobody but this process needs it.
    await setHeadOfficePassword(client, migrated.roles, password);
    return migrated.roles;
  });
  const { host, port } = administrator;
  const pool = openPool({ host, port, database, user: roles.headoffice, password, ca: null });
  try {
    const ports = createOfficePorts(log, codeWriter({ host, port, database }, null));
    await createFirstUser(pool, ports, user);
    const headOffice = createHeadOffice(pool, ports, { version: version ?? '', migrations: knownMigrations() });
    return { headOffice, ports, client: await signIn(headOffice, user), close: () => pool.end() };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function signIn(headOffice: HeadOffice, { login, password }: FirstUser): Promise<HeadOfficeClient> {
  const visitor = createClient(headOfficeContract, headOffice.invoke, { session: () => undefined, newCommand });
  const { token } = await visitor.session.sign_in({ login, password });
  return createClient(headOfficeContract, headOffice.invoke, { session: () => token, newCommand });
}

/** The UUID of a new command. */
export function newCommand(): CommandId {
  // uuid writes canonical lower-case text; that it names a command is what it is made for.
  return v7() as CommandId;
}

async function ensureDatabase(administrator: AdministratorAddress, database: string): Promise<void> {
  if (!/^[a-z0-9_]{1,63}$/.test(database)) throw new TypeError(`${database} is no name for a database`);
  await withClient({ ...administrator, database: 'postgres' }, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
  });
}

async function withClient<Value>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ ...config, ssl: false });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
