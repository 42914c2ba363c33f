/** The built screens over HTTP: a few known folders and types, and nothing else of the disk. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

/** The types that a build makes. A file of any other type is not there. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** The till's page, and what both pages share. The head office's page is not for a till. */
const served = /^\/(?:till|assets)\/(?:[\w-]+(?:\.[\w-]+)*\/)*(?:[\w-]+(?:\.[\w-]+)+)$/u;

const page = '/till/index.html';

/**
 * What the page may do: run and load only what this host serves, and talk to nobody but this host.
 * `origin` is the host's own, for the WebSocket's form of it.
 */
export function contentSecurityPolicy(origin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `connect-src ${origin.replace(/^http/u, 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** Answers one request for a file of `folder`. The Host header has been checked already. */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  options: { readonly folder: string; readonly origin: string },
): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders(options.origin))) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return endWith(response, 405, 'Method not allowed');
  }
  const path = pathOf(request.url ?? '/');
  if (path === undefined) return endWith(response, 404, 'Not found');
  try {
    const body = await readFile(join(options.folder, path));
    response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
    // What the build names by its content never changes; the page names what is current.
    response.setHeader('cache-control', path === page ? 'no-store' : 'private, max-age=31536000, immutable');
    response.setHeader('content-length', body.byteLength);
    response.writeHead(200);
    response.end(request.method === 'HEAD' ? undefined : body);
  } catch (error) {
    if (isMissing(error)) return endWith(response, 404, 'Not found');
    throw error;
  }
}

/** Ends with a plain sentence: nobody but a programmer sees it. */
export function endWith(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}

function securityHeaders(origin: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(origin),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
}

/** The path of a file that may be asked for; undefined for anything else, `..` and encoded signs among it. */
function pathOf(url: string): string | undefined {
  const path = url.split(/[?#]/u, 1)[0] ?? '';
  if (path === '/' || path === '/till' || path === '/till/') return page;
  const type = extname(path);
  return served.test(path) && Object.hasOwn(types, type) ? path : undefined;
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR';
}
