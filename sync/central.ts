/** Central over PostgreSQL's own protocol. The only file of sync that knows `pg`. */
import { Socket } from 'node:net';
import pg from 'pg';
import { z } from 'zod';
import { type InstallationId, toHex } from '../shared/ids.ts';
import {
  type FetchAnswer,
  fetchAnswer,
  type GatewayAddress,
  type HashesAnswer,
  hashesAnswer,
  type HelloAnswer,
  helloAnswer,
  type PullAnswer,
  pullAnswer,
  type PushAnswer,
  pushAnswer,
} from './answers.ts';
import {
  type CentralConnection,
  CentralError,
  type CentralFault,
  type CentralPort,
  type Hello,
  type Push,
} from './central-port.ts';
import {
  type CentralSession,
  DirectLine,
  gatewayKey,
  GatewayLine,
  gatewayPassword,
  type Line,
  SwitchingLine,
} from './line.ts';

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

/** At a poll every four seconds some minutes: long enough not to ask in vain all the time, short enough to come back. */
const callsRoundGateway = 64;

/**
 * Central at an address. Settings come from here only: never a connection string, whose `sslmode=no-verify` would win over
 * the certificate authority, and never the environment. Throws a `TypeError` without a CA for a host that is not this PC.
 *
 * Where central has a gateway, its welcome says so, and the till goes on through that: at once, and with each later
 * connection first. A gateway that can't be had costs nothing but the attempt; one that lets the till in and does not answer
 * its first call is gone round for some minutes. `learnVersion` hears which version central runs.
 */
export function centralAt(
  address: CentralAddress,
  version: string,
  timeouts: CentralTimeouts = defaultTimeouts,
  learnVersion: (version: string | null) => void = () => undefined,
): CentralPort {
  let gateway: GatewayAddress | null = null;
  /** The calls that are made directly before the gateway is tried again. */
  let goneRound = 0;
  const openGateway = async (at: GatewayAddress): Promise<Line> => {
    const key = gatewayKey(address.password);
    const session = await openSession({ ...address, ...at, password: gatewayPassword(key) }, timeouts);
    return new GatewayLine(session, address.login, key, () => {
      goneRound = callsRoundGateway;
    });
  };
  const openDirect = async (): Promise<Line> => {
    try {
      return new DirectLine(await openSession(address, timeouts));
    } catch (error) {
      // Neither way is better than the other.
      goneRound = 0;
      throw error;
    }
  };

  return {
    connect: async () => {
      const via = goneRound > 0 ? null : gateway;
      const first = via === null ? null : await openGateway(via).catch(() => null);
      const line: SwitchingLine = new SwitchingLine(first ?? (await openDirect()), () => {
        if (goneRound === 0) return;
        goneRound -= 1;
        if (goneRound === 0 && gateway !== null) line.switchTo(openGateway(gateway));
      });
      return new Connection(line, version, timeouts, (welcome) => {
        learnVersion(welcome.version ?? null);
        const told = welcome.gateway ?? null;
        gateway = told;
        if (told !== null && first === null && goneRound === 0) line.switchTo(openGateway(told));
      });
    },
  };
}

type Welcome = Extract<HelloAnswer, { answer: 'welcome' }>;

/** Speaks the calls of {@link CentralConnection} over a line. */
class Connection implements CentralConnection {
  readonly #line: Line;
  readonly #version: string;
  readonly #timeouts: CentralTimeouts;
  readonly #welcomed: (welcome: Welcome) => void;
  /** Who said hello pushes and pulls: a PC that was superseded in between is refused, however long its connection lasts. */
  #greeted: InstallationId | null = null;

  constructor(line: Line, version: string, timeouts: CentralTimeouts, welcomed: (welcome: Welcome) => void) {
    this.#line = line;
    this.#version = version;
    this.#timeouts = timeouts;
    this.#welcomed = welcomed;
  }

  async hello({ installation, epoch, seq, hash, at }: Hello): Promise<HelloAnswer> {
    this.#greeted = installation;
    const about = { at, version: this.#version };
    const answer = await this.#line.call(helloAnswer, {
      name: 'hello',
      arguments: { installation, epoch, seq, hash: toHex(hash), about },
      timeout_ms: this.#timeouts.call_ms,
    });
    if (answer.answer === 'welcome') this.#welcomed(answer);
    return answer;
  }

  async push({ epoch, entries, unprojected }: Push): Promise<PushAnswer> {
    return await this.#line.call(pushAnswer, {
      name: 'push',
      arguments: { epoch, from_seq: entries[0]?.seq ?? 0, unprojected, installation: this.#greeted },
      entries,
      timeout_ms: this.#timeouts.push_ms,
    });
  }

  async pull(cursors: Parameters<CentralConnection['pull']>[0], limit: number): Promise<PullAnswer> {
    return await this.#line.call(pullAnswer, {
      name: 'pull',
      arguments: { cursors: { ...cursors, installation: this.#greeted }, limit },
      timeout_ms: this.#timeouts.call_ms,
    });
  }

  async hashes(installation: InstallationId, seqs: readonly number[]): Promise<HashesAnswer> {
    return await this.#line.call(hashesAnswer, {
      name: 'entry_hashes',
      arguments: { installation, seqs },
      timeout_ms: this.#timeouts.call_ms,
    });
  }

  async fetch(
    installation: InstallationId,
    after: number,
    { count, bytes }: Parameters<CentralConnection['fetch']>[2],
  ): Promise<FetchAnswer> {
    return await this.#line.call(fetchAnswer, {
      name: 'fetch_entries',
      arguments: { installation, after, count, bytes },
      timeout_ms: this.#timeouts.push_ms,
    });
  }

  destroy(): void {
    this.#line.destroy();
  }
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
