/**
 * What is told to the head office's database by whoever administers it. The settings are those of `npm run headoffice`, with
 * the user who administers the database (EVERTILL_DATABASE_USER, EVERTILL_DATABASE_PASSWORD_FILE).
 *
 * `npm run central -- restored [--settings <file>]`: the database came back from a backup, so tills take the catalogue anew,
 * and push again what it has forgotten. To be run once after each time it was put back; tills may be connected already.
 *
 * `npm run central -- gateway <host:port> --folder <folder> [--listen <host:port>] [--cert <file> --key <file>]
 * [--pgbouncer <version>]`: writes `pgbouncer.ini` and `userlist.txt` with fresh passwords, and tells tills from their next
 * hello on that they find PgBouncer at that host and port. `--listen` is where PgBouncer listens itself, all addresses when
 * left out; the certificate must be of the authority that the tills know. `--pgbouncer` says its version, 1.18 when left out;
 * from 1.24 on no till can have more than four connections to it.
 *
 * `npm run central -- gateway off`: tills go on without it.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { isLoopback, openPool } from '../headoffice/db/pool.ts';
import { findRoles, setGatewayPasswords } from '../migrations/central/migrate.ts';
import { scramVerifier } from '../sync/scram.ts';
import { canLimitClients, pgbouncerFiles } from './central/pgbouncer.ts';
import { type OfficeSettings, readSettings } from './headoffice/settings.ts';

const usage = `Usage: npm run central -- restored [--settings <file>]
       npm run central -- gateway <host:port> --folder <folder> [--listen <host:port>] [--cert <file> --key <file>]
         [--pgbouncer <version>]
       npm run central -- gateway off`;

/** The words of a call that can't be carried out. */
class UsageError extends Error {}

const options = {
  settings: { type: 'string' },
  folder: { type: 'string' },
  listen: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
  pgbouncer: { type: 'string' },
} as const;

function read() {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : '', { cause: error });
  }
}

function readAddress(text: string): { readonly host: string; readonly port: number } {
  const found = /^(?<host>\[[0-9a-f:]+\]|[\w.-]+):(?<port>\d{1,5})$/i.exec(text);
  const port = Number(found?.groups?.['port']);
  if (found === null || port < 1 || port > 65_535) throw new UsageError(`not a host and port: ${text}`);
  return { host: (found.groups?.['host'] ?? '').replaceAll(/^\[|\]$/g, ''), port };
}

async function announceGateway(
  client: pg.PoolClient,
  database: OfficeSettings['database'],
  given: { readonly at: string; readonly caFile: string | undefined } & Readonly<
    Partial<Record<'folder' | 'listen' | 'cert' | 'key' | 'pgbouncer', string | undefined>>
  >,
): Promise<void> {
  const at = readAddress(given.at);
  const listen = readAddress(given.listen ?? `0.0.0.0:${at.port}`);
  if (given.folder === undefined) throw new UsageError('--folder is missing');
  const tls =
    given.cert === undefined || given.key === undefined
      ? null
      : { cert_file: resolve(given.cert), key_file: resolve(given.key) };
  if (tls === null && !isLoopback(listen.host)) throw new UsageError('tills on other PCs need --cert and --key');
  const folder = resolve(given.folder);
  const userlist_file = join(folder, 'userlist.txt');
  const draw = () => randomBytes(24).toString('base64url');
  const passwords = { gateway: draw(), bouncer: draw() };
  const roles = await findRoles(client);
  const files = pgbouncerFiles({
    roles,
    passwords,
    database: {
      host: database.host,
      port: database.port,
      name: database.database,
      ca_file: given.caFile ?? null,
    },
    listen: { ...listen, tls },
    limitsClients: canLimitClients(given.pgbouncer ?? ''),
    userlist_file,
  });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [path, text] of [
    [join(folder, 'pgbouncer.ini'), files.ini],
    [userlist_file, files.userlist],
  ] as const) {
    writeFileSync(path, text, { mode: 0o600 });
    // A file that was there keeps its own mode.
    chmodSync(path, 0o600);
  }
  const verifier = (password: string) => scramVerifier(password, randomBytes(16));
  await setGatewayPasswords(client, roles, {
    gateway: verifier(passwords.gateway),
    bouncer: verifier(passwords.bouncer),
  });
  await client.query('select evertill.announce_gateway($1, $2)', [at.host, at.port]);
  console.log(`${join(folder, 'pgbouncer.ini')} is written: start or restart PgBouncer with it.
Tills find it at ${given.at} from their next hello on, and go on without it where it can't be had.`);
}

async function run(): Promise<void> {
  const { values, positionals } = read();
  const [what, at, ...more] = positionals;
  const isKnown = (what === 'restored' && at === undefined) || (what === 'gateway' && at !== undefined);
  if (!isKnown || more.length > 0) throw new UsageError('');
  const { database, databaseCaFile } = readSettings(values.settings, process.env);
  const pool = openPool(database);
  try {
    const client = await pool.connect();
    try {
      if (what === 'restored') {
        await client.query('select evertill.restored()');
        console.log('The tills will take the catalogue anew, and push again what this database has forgotten.');
      } else if (at === 'off') {
        await client.query('select evertill.announce_gateway(null, null)');
        console.log('Tills go on without a gateway from their next hello on.');
      } else if (at !== undefined) {
        await announceGateway(client, database, { at, caFile: databaseCaFile, ...values });
      }
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
}

try {
  await run();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  if (error.message !== '') console.error(error.message);
  console.error(usage);
  process.exitCode = 2;
}
