/** What the head office's server is told: a file of JSON, and variables of the environment that go over it. */
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { DatabaseAddress } from '../../headoffice/db/pool.ts';
import { type LogLevel, logLevels } from '../../shared/log.ts';
import { formatCode } from '../../sync/enrolment-code.ts';

const port = z.coerce.number().int().min(1).max(65_535);

const fileSchema = z.strictObject({
  database: z.strictObject({
    host: z.string().min(1),
    port: port.default(5432),
    name: z.string().min(1),
    user: z.string().min(1),
    /** Holds the password and nothing else, so that it is never on a command line. */
    password_file: z.string().min(1),
    /** The certificate authority in PEM; may be left out for a database on this PC. */
    ca_file: z.string().min(1).optional(),
  }),
  /** How tills reach the database, where that is not how this server does. */
  tills: z.strictObject({ host: z.string().min(1), port: port.default(5432) }).optional(),
  listen: z.strictObject({ host: z.string().default('127.0.0.1'), port: port.default(8080) }).prefault({}),
  tls: z.strictObject({ cert_file: z.string().min(1), key_file: z.string().min(1) }).optional(),
  origins: z.array(z.url()).default([]),
  trusted_proxies: z.array(z.string()).default([]),
  /** Holds the token with which health and metrics are told in full; without one, they are on this PC alone. */
  watch: z.strictObject({ token_file: z.string().min(1) }).optional(),
  /** Where the log is written to; the standard output without a file. */
  log: z.strictObject({ file: z.string().min(1).optional(), level: z.enum(logLevels).optional() }).prefault({}),
});

export interface OfficeSettings {
  readonly database: DatabaseAddress;
  /** The file of the database's certificate authority, where one is named. */
  readonly databaseCaFile?: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly origins: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly watchToken?: string;
  readonly log: { readonly file?: string; readonly level?: LogLevel };
  /** Writes an enrolment code for a till. */
  readonly enrolmentCode: (made: { readonly login: string; readonly secret: string }) => string;
}

/** The variables, by the place in the file that they go over. */
const variables = {
  EVERTILL_DATABASE_HOST: ['database', 'host'],
  EVERTILL_DATABASE_PORT: ['database', 'port'],
  EVERTILL_DATABASE_NAME: ['database', 'name'],
  EVERTILL_DATABASE_USER: ['database', 'user'],
  EVERTILL_DATABASE_PASSWORD_FILE: ['database', 'password_file'],
  EVERTILL_DATABASE_CA_FILE: ['database', 'ca_file'],
  EVERTILL_LISTEN_HOST: ['listen', 'host'],
  EVERTILL_LISTEN_PORT: ['listen', 'port'],
  EVERTILL_WATCH_TOKEN_FILE: ['watch', 'token_file'],
  EVERTILL_LOG_FILE: ['log', 'file'],
  EVERTILL_LOG_LEVEL: ['log', 'level'],
} as const;

/**
 * Reads the settings. Files named in them are found beside the settings' own file. Throws a `ZodError` for settings that
 * are malformed or incomplete.
 */
export function readSettings(path: string | undefined, environment: NodeJS.ProcessEnv): OfficeSettings {
  const given: Record<string, Record<string, unknown>> = path === undefined
    ? {}
    : JSON.parse(readFileSync(path, 'utf8'));
  for (const [name, [section, field]] of Object.entries(variables)) {
    const value = environment[name];
    if (value !== undefined && value !== '') given[section] = { ...given[section], [field]: value };
  }
  const { database, listen, log, origins, tills, tls, trusted_proxies, watch } = fileSchema.parse(given);
  const beside = path === undefined ? process.cwd() : dirname(resolve(path));
  const read = (file: string) => readFileSync(resolve(beside, file), 'utf8');
  const ca = database.ca_file === undefined ? null : read(database.ca_file);
  return {
    database: {
      host: database.host,
      port: database.port,
      database: database.name,
      user: database.user,
      password: read(database.password_file).replace(/\r?\n$/, ''),
      ca,
    },
    ...(database.ca_file === undefined ? {} : { databaseCaFile: resolve(beside, database.ca_file) }),
    listen,
    ...(tls === undefined ? {} : { tls: { cert: read(tls.cert_file), key: read(tls.key_file) } }),
    origins,
    trustedProxies: trusted_proxies,
    ...(watch === undefined ? {} : { watchToken: watchTokenIn(read(watch.token_file)) }),
    log: {
      ...(log.file === undefined ? {} : { file: resolve(beside, log.file) }),
      ...(log.level === undefined ? {} : { level: log.level }),
    },
    enrolmentCode: codeWriter({ host: database.host, port: database.port, ...tills, database: database.name }, ca),
  };
}

/** One line, too long to be guessed. */
function watchTokenIn(text: string): string {
  const token = text.trim();
  if (!/^\S{24,200}$/u.test(token))
    throw new TypeError('the token for health and metrics needs 24 to 200 signs without a space');
  return token;
}

/** Makes what writes enrolment codes for tills that reach the database at `place`, whose authority is `ca`. */
export function codeWriter(
  place: { readonly host: string; readonly port: number; readonly database: string },
  ca: string | null,
): OfficeSettings['enrolmentCode'] {
  const { host, port: number, database } = place;
  const ca_fingerprint =
    ca === null ? null : createHash('sha256').update(new X509Certificate(ca).raw).digest('hex').slice(0, 32);
  return ({ login, secret }) => formatCode({ host, port: number, database, login, secret, ca_fingerprint });
}
