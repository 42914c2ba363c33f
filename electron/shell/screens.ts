/** The built screens, under the application's own scheme. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { protocol } from 'electron';
import { isMissingFile, pageFile, securityHeaders } from '../pc/page.ts';
import { isOurPage, scheme } from './origin.ts';

/** To be said before Electron is ready: a scheme with an origin, whose pages may use what secure pages use. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves a few known files of `folder` and nothing else. The page may connect to nobody at all. */
export function serveScreens(folder: string): void {
  protocol.handle(scheme, async ({ method, url }) => {
    const headers = securityHeaders("'none'");
    const nothing = (status: number): Response => new Response(null, { status, headers });
    if (method !== 'GET') return nothing(405);
    const file = isOurPage(url) ? pageFile(url.slice(url.indexOf('/', `${scheme}://`.length))) : undefined;
    if (file === undefined) return nothing(404);
    try {
      const body = new Uint8Array(await readFile(join(folder, file.path)));
      return new Response(body, {
        headers: { ...headers, 'content-type': file.contentType, 'cache-control': file.cacheControl },
      });
    } catch (error) {
      if (isMissingFile(error)) return nothing(404);
      throw error;
    }
  });
}
