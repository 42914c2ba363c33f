/** A wire that is cut: forwards to PostgreSQL and destroys both sides after so many bytes. */
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Where to cut a connection: after so many bytes of one direction. */
export interface Cut {
  readonly direction: 'to_server' | 'to_client';
  readonly bytes: number;
}

export class CuttingProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut: Cut | undefined;
  /** How many connections were cut. */
  cuts = 0;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async open(target: { readonly host: string; readonly port: number }): Promise<CuttingProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening on a port');
    const proxy = new CuttingProxy(server, address.port);
    server.on('connection', (client) => proxy.forward(client, connect(target)));
    return proxy;
  }

  /** The next connection is cut there; those after it are not. */
  cutNext(cut: Cut): void {
    this.#cut = cut;
  }

  /** Cuts whatever is connected now. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  private forward(client: Socket, server: Socket): void {
    const cut = this.#cut;
    this.#cut = undefined;
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        end();
      });
    }
    this.pump(client, server, cut?.direction === 'to_server' ? cut.bytes : Infinity, end);
    this.pump(server, client, cut?.direction === 'to_client' ? cut.bytes : Infinity, end);
  }

  private pump(from: Socket, to: Socket, limit: number, end: () => void): void {
    let left = limit;
    from.on('data', (chunk: Buffer) => {
      if (chunk.length < left) {
        left -= chunk.length;
        to.write(chunk);
        return;
      }
      // What is before the cut still arrives.
      this.cuts += 1;
      to.write(chunk.subarray(0, left), () => end());
    });
  }
}
