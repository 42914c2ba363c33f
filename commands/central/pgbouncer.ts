/** PgBouncer before the head office's database: what it has to be told, for the gateway of migrations/central. */
import type { CentralRoles } from '../../migrations/central/migrate.ts';

export interface PgbouncerOptions {
  readonly roles: CentralRoles;
  readonly passwords: { readonly gateway: string; readonly bouncer: string };
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly name: string;
    /** The file of the authority that signed the database's certificate. Null only where both are one PC. */
    readonly ca_file: string | null;
  };
  /** Where tills come in. */
  readonly listen: {
    readonly host: string;
    readonly port: number;
    /** Certificate and key that tills meet: of the same authority as the database's. Null only on this PC itself. */
    readonly tls: { readonly cert_file: string; readonly key_file: string } | null;
  };
  /** Whether it is PgBouncer 1.24 or newer, which can limit how many connections a till has to it; an older one refuses to start. */
  readonly limitsClients: boolean;
  /** Where `userlist.txt` will be. */
  readonly userlist_file: string;
}

export interface PgbouncerFiles {
  /** `pgbouncer.ini`. Holds a password: for its owner's eyes. */
  readonly ini: string;
  /** `userlist.txt`, the same. */
  readonly userlist: string;
}

/** Sessions of PostgreSQL that all tills share. Above a few for each core, more only wait for each other. */
const poolSize = 20;
/** Connections of one till to PgBouncer, as many as its own login may have to the database: it can't fill the pool alone. */
const clientsPerTill = 4;

/** Whether a PgBouncer of this version (`1.24`, `PgBouncer 1.24.1`) can limit the connections of one till. */
export function canLimitClients(version: string): boolean {
  const { major = 0, minor = 0 } = /(?<major>\d+)[.](?<minor>\d+)/.exec(version)?.groups ?? {};
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 24);
}

/**
 * The files for PgBouncer 1.18 or newer. Throws a `TypeError` for names and passwords that its format can't hold: ours are
 * hexadecimal and base64url.
 */
export function pgbouncerFiles({
  roles,
  passwords,
  database,
  listen,
  limitsClients,
  userlist_file,
}: PgbouncerOptions): PgbouncerFiles {
  for (const text of [...Object.values(passwords), roles.gateway, roles.bouncer, database.name, database.host])
    if (!/^[\w.:-]+$/.test(text)) throw new TypeError('a name or password that pgbouncer.ini can not hold');
  const clientTls =
    listen.tls === null
      ? ['client_tls_sslmode = disable']
      : [
          'client_tls_sslmode = require',
          'client_tls_protocols = secure',
          `client_tls_cert_file = ${listen.tls.cert_file}`,
          `client_tls_key_file = ${listen.tls.key_file}`,
        ];
  const serverTls =
    database.ca_file === null
      ? ['server_tls_sslmode = disable']
      : ['server_tls_sslmode = verify-full', `server_tls_ca_file = ${database.ca_file}`];
  const ini = [
    '[databases]',
    `${database.name} = host=${database.host} port=${database.port} dbname=${database.name} user=${roles.gateway} password=${passwords.gateway}`,
    '',
    '[pgbouncer]',
    `listen_addr = ${listen.host}`,
    `listen_port = ${listen.port}`,
    'unix_socket_dir =',
    '',
    '; A till comes in by its own name, and a password that the database keeps.',
    'auth_type = scram-sha-256',
    `auth_file = ${userlist_file}`,
    `auth_user = ${roles.bouncer}`,
    'auth_query = select login, password from evertill.bouncer_login($1)',
    ...clientTls,
    ...serverTls,
    '',
    '; One transaction at a time. What a till sets in its session must not be there for the next one. (DISCARD ALL would',
    '; forget the plans of our functions too, and plan them anew for each call.)',
    'pool_mode = transaction',
    'server_reset_query = SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; DEALLOCATE ALL; UNLISTEN *',
    'server_reset_query_always = 1',
    `default_pool_size = ${poolSize}`,
    'max_client_conn = 10000',
    ...(limitsClients ? [`max_user_client_connections = ${clientsPerTill}`] : []),
    '',
    '; A till that falls silent gives its place back, and one whose statement lasts longer than any push may; what waits',
    '; longer than a till does is asked by it again.',
    'idle_transaction_timeout = 10',
    'query_timeout = 45',
    'query_wait_timeout = 10',
    'client_idle_timeout = 120',
    'client_login_timeout = 15',
    'tcp_keepalive = 1',
    'tcp_keepidle = 20',
    'tcp_keepintvl = 5',
    'tcp_keepcnt = 4',
    '',
    '; Nobody administers it over the network.',
    'admin_users =',
    '; Who comes in, by the name of its login: one that opens many connections is seen. A till stays for hours.',
    'log_connections = 1',
    'log_disconnections = 0',
    '',
  ].join('\n');
  return { ini, userlist: `"${roles.bouncer}" "${passwords.bouncer}"\n` };
}
