/** Which of the built files a till's window may load, and under which rules: the same ones behind every kind of shell. */
import { extname } from 'node:path';

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

export interface PageFile {
  /** Below the folder of the built screens, with a leading slash. */
  readonly path: string;
  readonly contentType: string;
  /** What the build names by its content never changes; the page names what is current. */
  readonly cacheControl: string;
}

/** The file that an address asks for; undefined for anything else, `..` and encoded signs among it. */
export function pageFile(address: string): PageFile | undefined {
  const asked = address.split(/[?#]/u, 1)[0] ?? '';
  const path = asked === '/' || asked === '/till' || asked === '/till/' ? page : asked;
  const type = extname(path);
  if (!served.test(path) || !Object.hasOwn(types, type)) return undefined;
  return {
    path,
    contentType: types[type] ?? 'application/octet-stream',
    cacheControl: path === page ? 'no-store' : 'private, max-age=31536000, immutable',
  };
}

/** Whether reading a file failed because it is not there. */
export function isMissingFile(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR';
}

/**
 * What the page may do: run and load only what its own program serves, and talk to nobody but to `connect`, a source of
 * a Content-Security-Policy.
 */
function contentSecurityPolicy(connect: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** The headers of every answer to a window. `connect`: see {@link contentSecurityPolicy}. */
export function securityHeaders(connect: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(connect),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
}
