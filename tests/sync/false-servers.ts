/** Servers that are not the head office, and what they got to read of whoever came to them. */
import { createServer as createPlain, type Server, type Socket } from 'node:net';
import { createServer as createTls, type TlsOptions } from 'node:tls';
import { type Certificate, keyPem } from './certificates.ts';

/** PostgreSQL's question whether TLS is to be had. It says nothing of who asks. */
export const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

export interface FalseServer {
  readonly port: number;
  /** What arrived outside TLS. */
  readonly plain: () => Buffer;
  /** What arrived inside. */
  readonly inside: () => Buffer;
  close(): Promise<void>;
}

/** A server without TLS, which answers the question for it with `answer`: `N`, or something that is no answer to it. */
export async function serveWithoutTls(answer: Buffer): Promise<FalseServer> {
  return await listen((socket, keep) => {
    socket.on('data', (chunk) => {
      keep('plain', chunk);
      socket.write(answer);
    });
  });
}

/** A server that speaks TLS under a certificate, and whatever else `options` say. */
export async function serveTls(certificate: Certificate, options: TlsOptions = {}): Promise<FalseServer> {
  const secure = createTls({ cert: certificate.pem, key: keyPem(certificate), ...options });
  return await listen((socket, keep) => {
    socket.once('data', (chunk: Buffer) => {
      keep('plain', chunk);
      socket.write('S');
      secure.emit('connection', socket);
    });
    secure.on('secureConnection', (opened) => {
      opened.on('error', () => undefined);
      opened.on('data', (chunk: Buffer) => keep('inside', chunk));
    });
    secure.on('tlsClientError', () => undefined);
  });
}

async function listen(
  serve: (socket: Socket, keep: (where: 'plain' | 'inside', chunk: Buffer) => void) => void,
): Promise<FalseServer> {
  const kept = { plain: [] as Buffer[], inside: [] as Buffer[] };
  const sockets = new Set<Socket>();
  const server: Server = createPlain((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    serve(socket, (where, chunk) => kept[where].push(chunk));
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return {
    port: address.port,
    plain: () => Buffer.concat(kept.plain),
    inside: () => Buffer.concat(kept.inside),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
