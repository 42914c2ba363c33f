/** Connections of the head office's server to its database. */
import pg from 'pg';
import { typeParsers } from './types.ts';

export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** The certificate authority in PEM. Null only for a database on this PC, where there is no wire. */
  readonly ca: string | null;
  /** The most connections at once; 10 when left out. */
  readonly connections?: number;
}

export type Pool = pg.Pool;

/**
 * A client that reads its settings from us alone: never a connection string (whose `sslmode=no-verify` would win over the
 * certificate authority), and never `PG*` of the environment, which pg reads while a client is made.
 */
class OwnClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    const hidden = Object.entries(process.env).filter(([name]) => name.startsWith('PG'));
    for (const [name] of hidden) Reflect.deleteProperty(process.env, name);
    try {
      super(config);
    } finally {
      for (const [name, value] of hidden) process.env[name] = value;
    }
  }
}

/**
 * Opens a pool; connections are made when they are first needed. Throws a `TypeError` without a certificate authority for
 * a host that is not this PC. The caller ends it.
 */
export function openPool(address: DatabaseAddress): Pool {
  const { host, port, database, user, password, ca } = address;
  if (ca === null && !isLoopback(host)) {
    throw new TypeError('a database that is not on this PC needs its certificate authority');
  }
  const pool = new pg.Pool({
    host,
    port,
    database,
    user,
    password,
    ssl: ca === null ? false : { ca, rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    enableChannelBinding: true,
    max: address.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    // Longer than the statements' own limits, so that the server's word comes first.
    query_timeout: 150_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: 'evertill head office',
    types: typeParsers,
    // The pool makes clients with these very options; its type knows a constructor without any.
    Client: OwnClient as unknown as new () => pg.ClientBase,
  });
  // An idle connection that breaks is replaced when the next one is needed; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** Whether a host is this PC, by its address: a name could be made to mean anything. */
export function isLoopback(host: string): boolean {
  return host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
