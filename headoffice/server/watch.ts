/** How the server does, for whoever watches over it: `GET /health`, `GET /health/live`, `GET /metrics`. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HeadOffice } from '../app.ts';
import { isLoopback } from '../db/pool.ts';
import { isReady } from '../health.ts';
import { expose, expositionType, type Family } from '../metrics/exposition.ts';
import type { Origins } from './origins.ts';

export interface WatchParts {
  readonly office: HeadOffice;
  readonly origins: Origins;
  /** Whoever shows it may see all; without one, whoever asks on this very PC. */
  readonly token?: string;
}

const watched: ReadonlySet<string> = new Set(['/health', '/health/live', '/metrics']);

/** Whether a path is one that is asked by address, not by the name that pages know the server by. */
export function isWatched(url: string): boolean {
  return watched.has(url.split('?', 1)[0] ?? '');
}

/** Serves how the server does. What it says of itself without the right to know more is that it is there, and ready. */
export function serveWatch(server: FastifyInstance, { office, origins, token }: WatchParts): void {
  const responses = new Map<string, number>();
  server.addHook('onResponse', (_, { statusCode }, done) => {
    const status = String(statusCode);
    responses.set(status, (responses.get(status) ?? 0) + 1);
    done();
  });
  const mayKnow = (request: FastifyRequest): boolean =>
    token === undefined ? isFromThisPc(request, origins) : showsToken(request, token);

  server.get('/health/live', async (_, reply) => await answer(reply, 200, { alive: true }));
  server.get('/health', async (request, reply) => {
    const health = await office.health();
    const ready = isReady(health);
    const detail = mayKnow(request)
      ? { ...health, version: office.version, uptime_s: Math.floor(process.uptime()) }
      : {};
    return await answer(reply, ready ? 200 : 503, { alive: true, ready, ...detail });
  });
  server.get('/metrics', async (request, reply) => {
    if (!mayKnow(request)) {
      const status = token === undefined ? 403 : 401;
      if (token !== undefined) void reply.header('www-authenticate', 'Bearer');
      return await answer(reply, status, { error: 'not allowed' });
    }
    const http: Family = {
      name: 'evertill_http_responses_total',
      help: 'Answers over HTTP, by status.',
      type: 'counter',
      samples: [...responses].map(([status, value]) => ({ labels: { status }, value })),
    };
    const families = [...(await office.figures()), http];
    return await reply.header('cache-control', 'no-store').type(expositionType).send(expose(families));
  });
}

async function answer(reply: FastifyReply, status: number, body: object): Promise<FastifyReply> {
  return await reply.code(status).header('cache-control', 'no-store').send(body);
}

/**
 * Whether somebody on this PC asks, and not a proxy on it for somebody else, nor a page that a foreign name led here. A
 * proxy that says nothing of whom it asks for looks like this PC: where one stands before the server, a token is needed.
 */
function isFromThisPc(request: FastifyRequest, origins: Origins): boolean {
  const { forwarded, via, 'x-forwarded-for': forwardedFor } = request.headers;
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/u, '');
  const isDirect = forwarded === undefined && via === undefined && forwardedFor === undefined;
  return isLoopback(address) && isDirect && origins.isOurHost(request);
}

/** In a time that tells nothing about where the two differ. */
function showsToken({ headers }: FastifyRequest, token: string): boolean {
  const given = /^Bearer (?<token>\S+)$/iu.exec(headers.authorization ?? '')?.groups?.['token'];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
