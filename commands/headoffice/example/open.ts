/** The example's head office on a database of its own, at the example's moment. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { createHeadOffice, type HeadOffice } from '../../../headoffice/app.ts';
import { openPool } from '../../../headoffice/db/pool.ts';
import { createFirstUser } from '../../../headoffice/first-user.ts';
import type { Log } from '../../../shared/log.ts';
import type { Ports } from '../../../headoffice/ports.ts';
import { migrateCentral, setHeadOfficePassword } from '../../../migrations/central/migrate.ts';
import { type Client, createClient } from '../../../shared/contract/client.ts';
import { type HeadOfficeContract, headOfficeContract } from '../../../shared/contract/headoffice.ts';
import type { CommandId } from '../../../shared/ids.ts';
import { codeWriter } from '../settings.ts';

/** Who signs in. */
export const exampleOwner = { login: 'elena', name: 'Elena Lindqvist', password: 'lighthouse and gull' };

export interface ExampleOptions {
  /** A fresh database, as whoever administers it. */
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  readonly company: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

export interface ExampleOffice {
  readonly office: HeadOffice;
  readonly ports: Ports;
  /** Signed in as {@link exampleOwner}. */
  readonly client: Client<HeadOfficeContract>;
  /** Whoever administers the database. */
  readonly admin: pg.Client;
  close(): Promise<void>;
}

/** Migrates, opens the head office, makes its first user and signs in. */
export async function openExample({ company, database, log, now }: ExampleOptions): Promise<ExampleOffice> {
  const { host, port } = database;
  const admin = new pg.Client({ ...database, ssl: false });
  // A server that stops cuts this connection too.
  admin.on('error', () => undefined);
  await admin.connect();
  const { roles } = await migrateCentral(admin, { name: company });
  const password = randomBytes(24).toString('base64url');
  await setHeadOfficePassword(admin, roles, password);
  const pool = openPool({ host, port, database: database.database, user: roles.headoffice, password, ca: null });
  const ports: Ports = {
    clock: { now },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    log,
    // Nobody's secrets are in an example.
    bcryptCost: 4,
    enrolmentCode: codeWriter({ host, port, database: database.database }, null),
  };
  await createFirstUser(pool, ports, exampleOwner);
  const office = createHeadOffice(pool, ports);
  const context = { session: (): string | undefined => undefined, newCommand: () => v7() as CommandId };
  const { token } = await createClient(headOfficeContract, office.invoke, context).session.sign_in({
    login: exampleOwner.login,
    password: exampleOwner.password,
  });
  return {
    office,
    ports,
    client: createClient(headOfficeContract, office.invoke, { ...context, session: () => token }),
    admin,
    close: async () => {
      await pool.end();
      await admin.end();
    },
  };
}
