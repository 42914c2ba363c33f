/** A wire to PostgreSQL that breaks: at a message that is named beforehand, and in the way that is asked for. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { askedOf, type Direction, MessageReader, type WireMessage } from './messages.ts';

/**
 * How a wire breaks. `reset`: both ends hear of it at once. `silence`: nothing passes any more, and nobody hears of it.
 * `slow`: one byte passes at a time. `late`: silence, but what the till had sent arrives after all, when it has long given
 * up and gone on by another connection.
 */
export type Manner = 'reset' | 'silence' | 'slow' | 'late';

/** Where a wire breaks: before a message, in its midst, or when the last byte of it has passed. */
export interface CutPoint {
  readonly direction: Direction;
  readonly index: number;
  readonly where: 'before' | 'inside' | 'after';
}

export interface Cut extends CutPoint {
  readonly manner: Manner;
}

export class WireProxy {
  readonly port: number;
  /** Every whole message that came, in order, of all connections. */
  readonly seen: WireMessage[] = [];
  readonly #server: Server;
  readonly #wires: Wire[] = [];
  readonly #byte_ms: number;
  #cut: Cut | undefined;
  /** How many connections were cut. */
  cuts = 0;

  private constructor(server: Server, port: number, byte_ms: number) {
    this.#server = server;
    this.port = port;
    this.#byte_ms = byte_ms;
  }

  /** Listens on a port of its own. `byte_ms` is how long each byte takes on a slow wire. */
  static async open(target: { readonly host: string; readonly port: number }, byte_ms = 1000): Promise<WireProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening on a port');
    const proxy = new WireProxy(server, address.port, byte_ms);
    server.on('connection', (client) => proxy.#forward(client, connect(target)));
    return proxy;
  }

  /** The next connection that comes so far is cut there; those after it are not. */
  cutNext(cut: Cut): void {
    this.#cut = cut;
  }

  /** Cuts whatever is connected now. */
  cutAll(): void {
    for (const wire of this.#wires) wire.destroy();
  }

  /** Lets what a `late` wire has held back arrive, and waits until the server is done with it. */
  async deliverLate(): Promise<void> {
    await Promise.all(this.#wires.map(async (wire) => await wire.deliverLate()));
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #forward(client: Socket, server: Socket): void {
    const cutAt = (message: WireMessage): Cut | undefined => {
      this.seen.push(message);
      const cut = this.#cut;
      if (cut?.direction !== message.direction || cut.index !== message.index) return undefined;
      this.#cut = undefined;
      this.cuts += 1;
      return cut;
    };
    this.#wires.push(new Wire(client, server, this.#byte_ms, cutAt));
  }
}

/** One connection through the proxy. */
class Wire {
  readonly #ends: Readonly<Record<Direction, { readonly from: Socket; readonly to: Socket }>>;
  readonly #byte_ms: number;
  readonly #cutAt: (message: WireMessage) => Cut | undefined;
  /** What waits on a slow or late wire. */
  readonly #waiting: Record<Direction, Buffer[]> = { to_server: [], to_client: [] };
  #during = 'connect';
  /** How it is broken. */
  #cut: Cut | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(client: Socket, server: Socket, byte_ms: number, cutAt: (message: WireMessage) => Cut | undefined) {
    this.#ends = { to_server: { from: client, to: server }, to_client: { from: server, to: client } };
    this.#byte_ms = byte_ms;
    this.#cutAt = cutAt;
    for (const direction of ['to_server', 'to_client'] as const) this.#pump(direction);
  }

  destroy(): void {
    clearInterval(this.#timer);
    for (const { from } of Object.values(this.#ends)) from.destroy();
  }

  async deliverLate(): Promise<void> {
    if (this.#cut?.manner !== 'late') return;
    const { to: server } = this.#ends.to_server;
    // The server may have ended a session that was silent for so long.
    if (server.closed) return;
    const closed = new Promise<void>((resolve) => server.once('close', () => resolve()));
    server.end(Buffer.concat(this.#waiting.to_server.splice(0)));
    await closed;
  }

  #pump(direction: Direction): void {
    const { from, to } = this.#ends[direction];
    const reader = new MessageReader(direction);
    from.on('data', (chunk: Buffer) => {
      let more = chunk;
      for (;;) {
        if (this.#cut !== undefined) {
          this.#keep(direction, Buffer.concat([reader.rest(), more]));
          return;
        }
        const read = reader.next(more);
        more = Buffer.alloc(0);
        if (read === undefined) return;
        this.#during = askedOf(read) ?? this.#during;
        this.#pass({ ...read, during: this.#during }, to);
      }
    });
    from.on('error', () => from.destroy());
    from.on('close', () => {
      // On a wire that fell silent nobody hears that the other end is gone; on a slow one, after what was under way.
      if (this.#cut === undefined || this.#cut.manner === 'reset') to.destroy();
    });
  }

  #pass(message: WireMessage, to: Socket): void {
    const cut = this.#cutAt(message);
    if (cut === undefined) {
      to.write(message.bytes);
      return;
    }
    this.#cut = cut;
    const { bytes } = message;
    const passed = { before: 0, inside: Math.floor(bytes.length / 2), after: bytes.length }[cut.where];
    to.write(bytes.subarray(0, passed), () => {
      if (cut.manner === 'reset') for (const { from } of Object.values(this.#ends)) from.resetAndDestroy();
    });
    this.#keep(cut.direction, bytes.subarray(passed));
    if (cut.manner === 'slow') this.#timer = setInterval(() => this.#drip(), this.#byte_ms);
  }

  #keep(direction: Direction, bytes: Buffer): void {
    this.#waiting[direction].push(bytes);
  }

  /** One byte each way; an end that is gone is told to the other once all it had sent has passed. */
  #drip(): void {
    for (const direction of ['to_server', 'to_client'] as const) {
      const { from, to } = this.#ends[direction];
      const waiting = Buffer.concat(this.#waiting[direction].splice(0));
      if (waiting.length > 0) {
        to.write(waiting.subarray(0, 1));
        this.#keep(direction, waiting.subarray(1));
      } else if (from.destroyed) to.end();
    }
  }
}
