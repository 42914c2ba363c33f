/** The built screens over HTTP: a few known folders and types, and nothing else of the disk. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { isMissingFile, pageFile, securityHeaders } from '../pc/page.ts';

/** Answers one request for a file of `folder`. The Host header has been checked already. */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  options: { readonly folder: string; readonly origin: string },
): Promise<void> {
  // The page talks to this host alone, over a WebSocket.
  const connect = options.origin.replace(/^http/u, 'ws');
  for (const [name, value] of Object.entries(securityHeaders(connect))) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return endWith(response, 405, 'Method not allowed');
  }
  const file = pageFile(request.url ?? '/');
  if (file === undefined) return endWith(response, 404, 'Not found');
  try {
    const body = await readFile(join(options.folder, file.path));
    response.setHeader('content-type', file.contentType);
    response.setHeader('cache-control', file.cacheControl);
    response.setHeader('content-length', body.byteLength);
    response.writeHead(200);
    response.end(request.method === 'HEAD' ? undefined : body);
  } catch (error) {
    if (isMissingFile(error)) return endWith(response, 404, 'Not found');
    throw error;
  }
}

/** Ends with a plain sentence: nobody but a programmer sees it. */
export function endWith(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}
