/**
 * The till behind a web server that only this PC can reach, for a PC where Electron's runtime cannot be had: the same
 * handlers, the same screens, the same contract, over a WebSocket.
 *
 * Any page in any browser on this PC can try to reach a port of 127.0.0.1, and so can other programs. So: a random token
 * for each launch, that the window got in the fragment of its address (a fragment is never sent); the Origin header,
 * which a page can't choose; and the Host header, so that a name that was pointed at 127.0.0.1 gets nothing.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Log } from '../../shared/log.ts';
import type { Random } from '../till/ports.ts';
import { type ServedTill, serveWindow } from './connection.ts';
import { endWith, serveFile } from './files.ts';
import { closeCodes, maxMessage_bytes, subprotocol } from './frame.ts';
import { createToken, isToken } from './token.ts';

const address = '127.0.0.1';
/** Windows of one till that may be open at once. */
const maxWindows = 32;
const goodbye_ms = 500;

export interface BrowserHostOptions {
  readonly till: ServedTill;
  /** Where the built renderer is: `dist/renderer`. */
  readonly folder: string;
  readonly log: Log;
  readonly random: Random;
  /** A port that must be free; without it, `preferredPort` when it is free and any other when it is not. */
  readonly port?: number;
}

export interface BrowserHost {
  /** The address to open, with the token in its fragment. */
  readonly url: string;
  /** The same without the token: it may be printed anywhere. */
  readonly origin: string;
  /** Ends every window's connection and the server. May be called twice. */
  close(): Promise<void>;
}

/**
 * What a till asks for when nobody says otherwise: the browser keeps language and theme by origin, and the port is part
 * of the origin.
 */
export const preferredPort = 47_810;

/** Starts the host. @throws when `port` was given and is in use */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { folder, log, till } = options;
  const token = createToken(options.random.bytes(32));
  const windows = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessage_bytes,
    perMessageDeflate: false,
    // The token is offered as a protocol too and must never be echoed.
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  });
  let origin = '';

  const server = createServer((request, response) => {
    if (!isOurHost(request, origin)) return endWith(response, 421, 'This server answers to its own address only');
    serveFile(request, response, { folder, origin }).catch((error: unknown) => {
      const incident = log.fault('file.fault', error);
      if (!response.headersSent) endWith(response, 500, `That did not work. Incident ${incident}`);
    });
  });

  server.on('upgrade', (request, socket, head) => {
    if (!isOurHost(request, origin)) return refuse(socket, 421, 'Misdirected Request');
    if (request.headers.origin !== origin) return refuse(socket, 403, 'Forbidden');
    if (request.url !== '/till') return refuse(socket, 404, 'Not Found');
    // Accepted before the token is looked at: only then can a close code tell the window what is wrong.
    windows.handleUpgrade(request, socket, head, (window) => {
      if (!offersToken(request, token)) return window.close(closeCodes.token, 'token');
      if (windows.clients.size > maxWindows) return window.close(closeCodes.tooMany, 'too many windows');
      serveWindow(window, till, log);
    });
  });

  await listen(server, options.port);
  origin = `http://${address}:${portOf(server)}`;

  let closing: Promise<void> | undefined;
  return {
    origin,
    url: `${origin}/till/#token=${token}`,
    close: () => (closing ??= closeAll(server, windows)),
  };
}

/** DNS rebinding: a name that resolves to 127.0.0.1 comes with its own Host header. */
function isOurHost(request: IncomingMessage, origin: string): boolean {
  return request.headers.host === origin.slice('http://'.length);
}

function offersToken(request: IncomingMessage, token: string): boolean {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return offered[0] === subprotocol && offered.length === 2 && isToken(offered[1] ?? '', token);
}

function refuse(socket: Duplex, status: number, words: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function listen(server: Server, port: number | undefined): Promise<void> {
  try {
    await tryToListen(server, port ?? preferredPort);
  } catch (error) {
    const isTaken =
      error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
    if (port !== undefined || !isTaken) throw error;
    await tryToListen(server, 0);
  }
}

function tryToListen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  // A server that listens on a port has an address of this form; only a pipe's is a string.
  return (server.address() as AddressInfo).port;
}

/** Says goodbye to every window, and does not wait long for one that doesn't answer. */
async function closeAll(server: Server, windows: WebSocketServer): Promise<void> {
  const closed = [...windows.clients].map(
    (window) => new Promise<void>((resolve) => window.once('close', () => resolve())),
  );
  for (const window of windows.clients) window.close(closeCodes.closing, 'closing');
  const patience = new Promise<void>((resolve) => setTimeout(resolve, goodbye_ms).unref());
  await Promise.race([Promise.all(closed), patience]);
  for (const window of windows.clients) window.terminate();
  windows.close();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
