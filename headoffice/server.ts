/** The head office's console over HTTP: its screens, and the contract behind them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { HeadOffice } from './app.ts';
import { isLoopback } from './db/pool.ts';
import type { Ports } from './ports.ts';
import { addressKey } from './server/address.ts';
import { failure, send, serveApi } from './server/api.ts';
import { permissionsPolicy, securityHeaders } from './server/headers.ts';
import { allowOrigins, loopbackOrigins } from './server/origins.ts';
import { requestId } from './server/request-id.ts';
import { sessionCookie } from './server/session-cookie.ts';
import { isWatched, serveWatch } from './server/watch.ts';

const maxBody_bytes = 256 * 1024;

export interface ServerOptions {
  readonly office: HeadOffice;
  readonly ports: Pick<Ports, 'log' | 'random'>;
  /** The built screens: holds `headoffice/` and `assets/`. */
  readonly folder: string;
  /** 127.0.0.1 when left out. */
  readonly host?: string;
  /** A free one when left out. */
  readonly port?: number;
  /** Certificate and key in PEM. Required where the host is not this PC, unless `origins` are those of a proxy. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** How browsers call this server, `https://office.example.com`; on this PC known without being said. */
  readonly origins?: readonly string[];
  /** Addresses of proxies whose word about the caller's address is taken. */
  readonly trustedProxies?: readonly string[];
  /** With which health and metrics are told in full; without one, they are to whoever asks on this PC. */
  readonly watchToken?: string;
  readonly limits?: {
    /** Of one address; 20 when left out. */
    readonly signInsPerMinute?: number;
    /**
     * Of one address, everything counted; 60,000 when left out: an office of fifty behind one address, where each page asks
     * for news four times a second while sales come in without a pause, and for what it shows as often. It bounds a
     * program gone wild; guesses at passwords are bounded by the number above.
     */
    readonly requestsPerMinute?: number;
  };
}

export interface RunningServer {
  /** Where the console is: `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** The console's page. */
  readonly url: string;
  /** Where it listens: another than in `origin`, where a proxy stands before it. */
  readonly port: number;
  /** Stops listening and ends what is under way. May be called any number of times. */
  close(): Promise<void>;
}

/** Serves the console. Throws a `TypeError` for a host beyond this PC without TLS and without a proxy that has it. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host = '127.0.0.1', tls, ports, limits = {} } = options;
  const origins = options.origins ?? [];
  const isSecure = tls !== undefined || (origins.length > 0 && origins.every((origin) => origin.startsWith('https:')));
  if (!isSecure && !isLoopback(host) && host !== 'localhost') {
    throw new TypeError('a console that is not on this PC needs TLS');
  }
  const server = createServer(options);
  const cookie = sessionCookie(isSecure);
  // The port is known when it listens; whoever asks before that is turned away.
  let allowed = allowOrigins(origins);
  const known = {
    isOurHost: (request: Parameters<typeof allowed.isOurHost>[0]) => allowed.isOurHost(request),
    isOurPage: (request: Parameters<typeof allowed.isOurPage>[0]) => allowed.isOurPage(request),
  };

  await server.register(fastifyHelmet, securityHeaders(isSecure));
  await server.register(fastifyCookie);
  await server.register(fastifyRateLimit, {
    max: limits.requestsPerMinute ?? 60_000,
    timeWindow: 60_000,
    keyGenerator: (request) => addressKey(request.ip),
    errorResponseBuilder: (_, { statusCode, ttl }) => new TooMany(statusCode, Math.ceil(ttl / 1000)),
  });
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id).header('permissions-policy', permissionsPolicy);
    // Who watches asks by address; what may be told is looked at there.
    if (!known.isOurHost(request) && !isWatched(request.url))
      await reply.code(421).type('text/plain').send('This is not a name of this server.\n');
  });
  server.addHook('onResponse', (request, reply, done) => {
    logRequest(ports, request.id, request.method, request.url, reply.statusCode, reply.elapsedTime, request.ip);
    done();
  });
  const { office, watchToken } = options;
  serveErrors(server, ports);
  serveWatch(server, { office, origins: known, ...(watchToken === undefined ? {} : { token: watchToken }) });
  serveApi(server, { office, origins: known, cookie, signInsPerMinute: limits.signInsPerMinute ?? 20 });
  await serveScreens(server, options.folder);

  await server.listen({ host, port: options.port ?? 0 });
  const address = server.addresses()[0];
  const port = typeof address === 'object' ? address.port : 0;
  const own = isLoopback(host) || host === 'localhost' ? loopbackOrigins(host, port, tls !== undefined) : [];
  allowed = allowOrigins([...origins, ...own]);
  const origin = origins[0] ?? own[0] ?? '';
  return {
    origin,
    url: `${origin}/headoffice/`,
    port,
    close: async () => {
      await server.close();
    },
  };
}

/** Says how long to wait, in our own words. */
class TooMany extends Error {
  override readonly name = 'TooMany';
  readonly statusCode: number;
  readonly seconds: number;
  constructor(statusCode: number, seconds: number) {
    super('too many requests');
    this.statusCode = statusCode;
    this.seconds = seconds;
  }
}

function createServer({ tls, ports, trustedProxies }: ServerOptions): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: maxBody_bytes,
    trustProxy: trustedProxies === undefined ? false : [...trustedProxies],
    genReqId: ({ headers }) => requestId(headers, ports.random.bytes),
    forceCloseConnections: true,
    requestTimeout: 180_000,
    return503OnClosing: true,
    // A server over TLS has the same routes and hooks; its type differs in the socket only.
    ...(tls === undefined ? {} : { https: { cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' } }),
  }) as unknown as FastifyInstance;
  // JSON is all that a page sends: a foreign form can send text without asking first, so text is not read.
  server.removeContentTypeParser('text/plain');
  return server;
}

async function serveScreens(server: FastifyInstance, folder: string): Promise<void> {
  for (const [name, isNamedByContent] of [
    ['assets', true],
    ['headoffice', false],
  ] as const) {
    const root = join(folder, name);
    if (!existsSync(root)) throw new Error(`the screens are not built: ${root} is missing`);
    await server.register(fastifyStatic, {
      root,
      prefix: `/${name}/`,
      decorateReply: false,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (reply) => {
        void reply.header('cache-control', isNamedByContent ? 'private, max-age=31536000, immutable' : 'no-store');
      },
    });
  }
  server.get('/', (_, reply) => reply.redirect('/headoffice/', 303));
}

function serveErrors(server: FastifyInstance, { log }: Pick<Ports, 'log'>): void {
  server.setNotFoundHandler((_, reply) => reply.code(404).type('text/plain').send('Not found\n'));
  server.setErrorHandler((error: FastifyError | TooMany, request, reply) => {
    if (error instanceof TooMany) return send(reply, failure('rate.limited', { seconds: error.seconds }));
    // A body that is no JSON, too large, or of another type: the caller's fault, told without details.
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
      return send(reply, failure('input.malformed', { where: 'body' }), error.statusCode);
    }
    const incident = log.fault('request.fault', error, { request: request.id });
    return send(reply, failure('fault.unknown', { incident }));
  });
}

function logRequest(
  { log }: Pick<Ports, 'log'>,
  request: string,
  method: string,
  url: string,
  status: number,
  took_ms: number,
  address: string,
): void {
  // What pages ask every second would be most of the log.
  const path = url.split('?', 1)[0] ?? '';
  if ((path === '/api/sync.pulse' || isWatched(url)) && status === 200) return;
  log.info('request', { request, method, path: path.slice(0, 200), status, took_ms: Math.round(took_ms), address });
}
