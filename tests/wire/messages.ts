/** PostgreSQL's messages on a wire without TLS, as far as it takes to tell where one ends and the next begins. */

export type Direction = 'to_server' | 'to_client';

/** One message: whole, as it came. */
export interface WireMessage {
  readonly direction: Direction;
  /** Counted in its direction, on its connection, from 0. */
  readonly index: number;
  readonly name: string;
  /** What the till was about: `connect`, then the function of central that it last asked for. */
  readonly during: string;
  readonly bytes: Buffer;
}

const names: Readonly<Record<Direction, Readonly<Record<string, string>>>> = {
  to_server: { p: 'SASL', P: 'Parse', B: 'Bind', D: 'Describe', E: 'Execute', S: 'Sync', X: 'Terminate' },
  to_client: {
    R: 'Authentication',
    S: 'ParameterStatus',
    K: 'BackendKeyData',
    Z: 'ReadyForQuery',
    '1': 'ParseComplete',
    '2': 'BindComplete',
    T: 'RowDescription',
    D: 'DataRow',
    C: 'CommandComplete',
    E: 'ErrorResponse',
    N: 'NoticeResponse',
  },
};

/**
 * Puts the chunks of one direction together to messages. A message is a letter and its length in four bytes, the length
 * counting itself; the first that a client sends has no letter.
 */
export class MessageReader {
  readonly #direction: Direction;
  #held = Buffer.alloc(0);
  #index = 0;

  constructor(direction: Direction) {
    this.#direction = direction;
  }

  /** The next whole message; undefined until all of it has come. Throws for one that PostgreSQL does not have. */
  next(chunk: Buffer): Omit<WireMessage, 'during'> | undefined {
    this.#held = Buffer.concat([this.#held, chunk]);
    const letters = this.#direction === 'to_server' && this.#index === 0 ? 0 : 1;
    if (this.#held.length < letters + 4) return undefined;
    const length = letters + this.#held.readInt32BE(letters);
    if (this.#held.length < length) return undefined;
    const bytes = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    const letter = bytes.toString('latin1', 0, 1);
    const name = letters === 0 ? 'Startup' : names[this.#direction][letter];
    if (name === undefined) throw new Error(`no message ${letter} is known ${this.#direction}`);
    const index = this.#index;
    this.#index += 1;
    return { direction: this.#direction, index, name, bytes };
  }

  /** What came of a message that is not whole yet. */
  rest(): Buffer {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    return rest;
  }
}

/** The function of central that a Parse asks for; undefined for any other message. */
export function askedOf({ bytes, name }: Pick<WireMessage, 'bytes' | 'name'>): string | undefined {
  return name === 'Parse' ? /evertill\.(\w+)\(/.exec(bytes.toString('latin1'))?.[1] : undefined;
}
