/** Central over PostgreSQL's own protocol. The only file of sync that knows `pg`. */
import { Socket } from 'node:net';
import pg from 'pg';
import { z } from 'zod';
import type { InstallationId } from '../shared/ids.ts';
import { fetchAnswer, hashesAnswer, helloAnswer, pullAnswer, pushAnswer } from './answers.ts';
import { encodeByteaArray } from './bytea-array.ts';
import { type CentralConnection, CentralError, type CentralFault, type CentralPort } from './central-port.ts';

export interface CentralAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly login: string;
  readonly password: string;
  /** The certificate authority in PEM. Null only on this PC itself, where there is no wire. */
  readonly ca: string | null;
}

export interface CentralTimeouts {
  readonly connect_ms: number;
  /** For what is quick, so that a wire that fell silent is noticed while somebody still looks. */
  readonly call_ms: number;
  /** For what carries entries. Longer than the statement timeout of a till's login, so that the server's word comes first. */
  readonly push_ms: number;
}

export const defaultTimeouts: CentralTimeouts = { connect_ms: 10_000, call_ms: 10_000, push_ms: 40_000 };

/**
 * Central at an address. Settings come from here only: never a connection string, whose `sslmode=no-verify` would win over
 * the certificate authority, and never the environment. Throws a `TypeError` without a CA for a host that is not this PC.
 */
export function centralAt(
  address: CentralAddress,
  version: string,
  timeouts: CentralTimeouts = defaultTimeouts,
): CentralPort {
  return {
    connect: async () => {
      const session = await openSession(address, timeouts);
      const call = session.call;
      // Who said hello pushes: a PC that was superseded in between is refused, however long its connection lasts.
      let greeted: InstallationId | null = null;
      const connection: CentralConnection = {
        hello: async ({ installation, epoch, seq, hash, at }) => {
          greeted = installation;
          return await call(
            helloAnswer,
            'select evertill.hello($1::uuid, $2::int, $3::bigint, $4::bytea, $5::jsonb) as answer',
            [installation, epoch, seq, Buffer.from(hash), JSON.stringify({ at, version })],
          );
        },
        push: async ({ epoch, entries, unprojected }) =>
          await call(
            pushAnswer,
            'select evertill.push($1::int, $2::bigint, $3::bytea[], $4::bytea[], $5::bytea[], $6::bool, $7::uuid) as answer',
            [
              epoch,
              entries[0]?.seq ?? 0,
              encodeByteaArray(entries.map((entry) => entry.bytes)),
              encodeByteaArray(entries.map((entry) => entry.hash)),
              encodeByteaArray(entries.flatMap((entry) => entry.payloads.map((payload) => payload.bytes))),
              unprojected,
              greeted,
            ],
            timeouts.push_ms,
          ),
        pull: async (cursors, limit) =>
          await call(pullAnswer, 'select evertill.pull($1::jsonb, $2::int) as answer', [
            JSON.stringify(cursors),
            limit,
          ]),
        hashes: async (installation, seqs) =>
          await call(hashesAnswer, 'select evertill.entry_hashes($1::uuid, $2::bigint[]) as answer', [
            installation,
            seqs,
          ]),
        fetch: async (installation, after, { count, bytes }) =>
          await call(
            fetchAnswer,
            'select evertill.fetch_entries($1::uuid, $2::bigint, $3::int, $4::int) as answer',
            [installation, after, count, bytes],
            timeouts.push_ms,
          ),
        destroy: session.destroy,
      };
      return connection;
    },
  };
}

export interface CentralSession {
  /** Runs one statement whose only row has one column `answer`. Throws {@link CentralError}; the session is then dead. */
  call<Answer>(
    schema: z.ZodType<Answer>,
    sql: string,
    values: readonly unknown[],
    timeout_ms?: number,
  ): Promise<Answer>;
  destroy(): void;
}

/** Logs in. Throws {@link CentralError}. */
export async function openSession(address: CentralAddress, timeouts: CentralTimeouts): Promise<CentralSession> {
  // The socket is ours, so that it can be destroyed: a client whose query timed out waits for that answer for ever.
  const socket = new Socket();
  const client = withoutPgEnvironment(
    () =>
      new pg.Client({
        host: address.host,
        port: address.port,
        database: address.database,
        user: address.login,
        password: address.password,
        ssl: tlsFor(address),
        stream: () => socket,
        enableChannelBinding: true,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
        application_name: 'evertill',
        connectionTimeoutMillis: timeouts.connect_ms,
      }),
  );
  // Without a listener a connection that breaks while nobody waits would end the process.
  client.on('error', () => socket.destroy());
  const destroy = () => {
    socket.destroy();
  };
  try {
    await client.connect();
  } catch (error) {
    destroy();
    throw asCentralError(error);
  }
  return {
    destroy,
    call: async (schema, text, values, timeout_ms = timeouts.call_ms) => {
      try {
        const query = { text, values: [...values], query_timeout: timeout_ms };
        const result = await client.query<{ answer: unknown }>(query);
        const parsed = schema.safeParse(result.rows[0]?.answer);
        if (parsed.success) return parsed.data;
        throw new CentralError('answer', z.prettifyError(parsed.error));
      } catch (error) {
        destroy();
        throw asCentralError(error);
      }
    },
  };
}

/** Whether a host is this PC, by its address: a name could be made to mean anything. */
export function isLoopback(host: string): boolean {
  return host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function tlsFor({ host, ca }: CentralAddress) {
  if (ca !== null) return { ca, rejectUnauthorized: true, minVersion: 'TLSv1.2' as const };
  if (!isLoopback(host)) throw new TypeError('a head office that is not on this PC needs its certificate authority');
  return false;
}

/** pg reads `PGOPTIONS`, `PGSSLMODE` and their kin while a client is made. What it can't see can't turn TLS off. */
function withoutPgEnvironment<T>(make: () => T): T {
  const hidden = Object.entries(process.env).filter(([name]) => name.startsWith('PG'));
  for (const [name] of hidden) Reflect.deleteProperty(process.env, name);
  try {
    return make();
  } finally {
    for (const [name, value] of hidden) process.env[name] = value;
  }
}

/** What Node calls a certificate, or a TLS, that is not to be had. */
const certificateCodes =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|DEPTH_ZERO|EPROTO|ERROR_IN_CERT|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|SELF_SIGNED|UNABLE_TO_|UNSPECIFIED)/;

/** What went wrong, in the words of {@link CentralFault}. */
export function asCentralError(error: unknown): CentralError {
  if (error instanceof CentralError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return new CentralError(faultOf(cause, code), code === '' ? cause.message : code, { cause });
}

function faultOf(error: Error, code: string): CentralFault {
  if (error instanceof pg.DatabaseError) {
    if (code.startsWith('28') || code === '42501' || code === '3D000') return 'login';
    if (code === '57014') return 'timeout';
    if (/^(?:08|25P0[34]|53|55P03|57P|40)/.test(code)) return 'busy';
    return 'server';
  }
  if (certificateCodes.test(code) || /SSL/.test(error.message)) return 'certificate';
  return error.message === 'Query read timeout' ? 'silent' : 'unreachable';
}
