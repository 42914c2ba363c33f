/** Which pages may call: our own, by the name under which the server is known, and nobody else's. */
import type { FastifyRequest } from 'fastify';

export interface Origins {
  /** Whether a request was meant for this server: a foreign name that points here is somebody else's page. */
  isOurHost(request: FastifyRequest): boolean;
  /** Whether a page of ours sent it. Browsers always say so on a POST; what says nothing is refused. */
  isOurPage(request: FastifyRequest): boolean;
}

/** `given` are whole origins, `https://office.example.com`. */
export function allowOrigins(given: readonly string[]): Origins {
  const origins = new Set(given.map((origin) => new URL(origin).origin));
  const hosts = new Set([...origins].map((origin) => new URL(origin).host));
  return {
    isOurHost: ({ headers }) => headers.host !== undefined && hosts.has(headers.host.toLowerCase()),
    isOurPage: ({ headers }) => headers.origin !== undefined && origins.has(headers.origin),
  };
}

/** What a server on this PC is called in its own browser. */
export function loopbackOrigins(host: string, port: number, isTls: boolean): string[] {
  const scheme = isTls ? 'https' : 'http';
  const own = host.includes(':') ? `[${host}]` : host;
  return [...new Set([own, '127.0.0.1', 'localhost'])].map((name) => `${scheme}://${name}:${port}`);
}
