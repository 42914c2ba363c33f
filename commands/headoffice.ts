/**
 * `npm run headoffice -- [--settings <file>]`: serves the head office's console until it is told to stop.
 * `npm run headoffice -- add-owner --login <name> --name <full name> --password-file <file> [--settings <file>]`: lets
 * somebody in who may let in all others.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { logFaults } from '../electron/pc/log-faults.ts';
import { createHeadOffice } from '../headoffice/app.ts';
import { openPool } from '../headoffice/db/pool.ts';
import { createFirstUser } from '../headoffice/first-user.ts';
import { startServer } from '../headoffice/server.ts';
import { knownMigrations } from '../migrations/central/migrate.ts';
import { createOfficeLog, createOfficeMachine, createOfficePorts } from './headoffice/ports.ts';
import { readSettings } from './headoffice/settings.ts';
import { readVersion } from './version.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    settings: { type: 'string' },
    login: { type: 'string' },
    name: { type: 'string' },
    'password-file': { type: 'string' },
  },
});
const settings = readSettings(values.settings, process.env);
const log = createOfficeLog(settings.log);
logFaults(log);
const version = readVersion();
const ports = {
  ...createOfficePorts(log, settings.enrolmentCode),
  machine: createOfficeMachine(log, version),
};
const pool = openPool(settings.database);

if (positionals[0] === 'add-owner') await addOwner();
else if (positionals[0] === undefined) await serve();
else fail(`there is no command ${positionals[0]}`);

async function addOwner(): Promise<void> {
  const { login, name, 'password-file': file } = values;
  if (login === undefined || name === undefined || file === undefined) {
    return fail('add-owner needs --login, --name and --password-file');
  }
  const password = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  const { created } = await createFirstUser(pool, ports, { login, name, password });
  await pool.end();
  console.log(created ? `${login} can sign in.` : `${login} was there already; nothing was changed.`);
}

async function serve(): Promise<void> {
  const server = await startServer({
    office: createHeadOffice(pool, ports, { version, migrations: knownMigrations() }),
    ports,
    folder: fileURLToPath(new URL('../dist/renderer', import.meta.url)),
    host: settings.listen.host,
    port: settings.listen.port,
    ...(settings.tls === undefined ? {} : { tls: settings.tls }),
    origins: settings.origins,
    ...(settings.trustedProxies.length === 0 ? {} : { trustedProxies: settings.trustedProxies }),
    ...(settings.watchToken === undefined ? {} : { watchToken: settings.watchToken }),
  });
  console.log(`The head office is at ${server.url}`);
  let isStopping = false;
  const stop = async () => {
    // With a process group the signal comes twice.
    if (isStopping) return;
    isStopping = true;
    await server.close();
    await pool.end();
    log.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
