/** The two ways in which a till's call reaches central: in a session of its own, or through the gateway, which many share. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { toHex } from '../shared/ids.ts';
import { encodeByteaArray } from './bytea-array.ts';
import { CentralError } from './central-port.ts';
import type { OutgoingEntry } from './ports.ts';

export interface CentralSession {
  /** Runs one statement whose only row has one column `answer`. Throws {@link CentralError}; the session is then dead. */
  call<Answer>(
    schema: z.ZodType<Answer>,
    sql: string,
    values: readonly unknown[],
    timeout_ms?: number,
  ): Promise<Answer>;
  destroy(): void;
}

type CallName = 'hello' | 'push' | 'pull' | 'entry_hashes' | 'fetch_entries';

/** A call of one of central's functions. */
export interface LineCall {
  readonly name: CallName;
  /** By the names that `gateway` in migrations/central knows them by. Bytes are hexadecimal text. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** A push's. */
  readonly entries?: readonly OutgoingEntry[];
  readonly timeout_ms: number;
}

export interface Line {
  /** Throws {@link CentralError}; the line is then dead. */
  call<Answer>(schema: z.ZodType<Answer>, call: LineCall): Promise<Answer>;
  /** Never throws. */
  destroy(): void;
}

/** What is said of a function directly: its parameters in order, and which argument each of them is. */
const direct: Readonly<Record<CallName, { readonly sql: string; readonly values: readonly string[] }>> = {
  hello: {
    sql: 'select evertill.hello($1::uuid, $2::int, $3::bigint, $4::bytea, $5::jsonb) as answer',
    values: ['installation', 'epoch', 'seq', 'hash', 'about'],
  },
  push: {
    sql: 'select evertill.push($4::int, $5::bigint, $1::bytea[], $2::bytea[], $3::bytea[], $6::bool, $7::uuid) as answer',
    values: ['epoch', 'from_seq', 'unprojected', 'installation'],
  },
  pull: { sql: 'select evertill.pull($1::jsonb, $2::int) as answer', values: ['cursors', 'limit'] },
  entry_hashes: {
    sql: 'select evertill.entry_hashes($1::uuid, $2::bigint[]) as answer',
    values: ['installation', 'seqs'],
  },
  fetch_entries: {
    sql: 'select evertill.fetch_entries($1::uuid, $2::bigint, $3::int, $4::int) as answer',
    values: ['installation', 'after', 'count', 'bytes'],
  },
};

function encodeArrays(entries: readonly OutgoingEntry[]): readonly Buffer[] {
  return [
    encodeByteaArray(entries.map(({ bytes }) => bytes)),
    encodeByteaArray(entries.map(({ hash }) => hash)),
    encodeByteaArray(entries.flatMap(({ payloads }) => payloads.map(({ bytes }) => bytes))),
  ];
}

/** A session that the till logged in to with its own name: whoever is logged in is who speaks. */
export class DirectLine implements Line {
  readonly #session: CentralSession;

  constructor(session: CentralSession) {
    this.#session = session;
  }

  async call<Answer>(schema: z.ZodType<Answer>, { name, arguments: given, entries, timeout_ms }: LineCall) {
    const { sql, values } = direct[name];
    const arrays = entries === undefined ? [] : encodeArrays(entries);
    const scalars = values.map((value) => forPostgres(value, given[value]));
    return await this.#session.call(schema, sql, [...arrays, ...scalars], timeout_ms);
  }

  destroy(): void {
    this.#session.destroy();
  }
}

function forPostgres(name: string, value: unknown): unknown {
  if (name === 'hash' && typeof value === 'string') return Buffer.from(value, 'hex');
  // An array is one of PostgreSQL's own; an object is JSON.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : value;
}

/** What a till proves itself with at the gateway: made of its password, so that there is one secret to keep. */
export function gatewayKey(password: string): Buffer {
  return createHmac('sha256', password).update('evertill gateway key 1').digest();
}

/** What PgBouncer asks a till for, made of its key: it opens nothing else. */
export function gatewayPassword(key: Uint8Array): string {
  return createHmac('sha256', key).update('evertill gateway login 1').digest('hex');
}

/** The proof of a call, as `gateway` in migrations/central computes it. `last_hash` in hex, empty without entries. */
export function gatewayProof(
  key: Uint8Array,
  call: {
    readonly login: string;
    readonly nonce: string;
    readonly name: string;
    readonly arguments: string;
    readonly last_hash: string;
  },
): Buffer {
  const said = ['evertill gateway 1', call.login, call.nonce, call.name, call.arguments, call.last_hash];
  return createHmac('sha256', key).update(said.join('\n')).digest();
}

const nonceAnswer = z.object({ answer: z.literal('nonce'), nonce: z.string() });
/** An answer may bring a newer nonce. */
const anyAnswer = z.looseObject({ answer: z.string(), nonce: z.string().optional() });

/** A session of the gateway, which is another's in the next moment: each call proves who makes it. */
export class GatewayLine implements Line {
  readonly #session: CentralSession;
  readonly #login: string;
  readonly #key: Uint8Array;
  readonly #unanswered: () => void;
  #nonce: string | null = null;
  #isAnswered = false;

  /** `unanswered` is told when the very first call fails: who lets tills in need not reach the database. */
  constructor(session: CentralSession, login: string, key: Uint8Array, unanswered: () => void = () => undefined) {
    this.#session = session;
    this.#login = login;
    this.#key = key;
    this.#unanswered = unanswered;
  }

  async call<Answer>(schema: z.ZodType<Answer>, call: LineCall): Promise<Answer> {
    let answer = await this.#ask(call);
    // The first time, after a long silence, or when the database came back from a backup.
    if (nonceAnswer.safeParse(answer).success) answer = await this.#ask(call);
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    this.destroy();
    throw new CentralError('answer', z.prettifyError(parsed.error));
  }

  async #ask({ name, arguments: given, entries = [], timeout_ms }: LineCall): Promise<unknown> {
    const said = JSON.stringify(given);
    const last = entries.at(-1);
    const last_hash = last === undefined ? '' : toHex(last.hash);
    const nonce = this.#nonce ?? '';
    const proof = gatewayProof(this.#key, { login: this.#login, nonce, name, arguments: said, last_hash });
    const answer = await this.#session
      .call(
        anyAnswer,
        'select evertill.gateway($1::name, $2::text, $3::bytea, $4::text, $5::text, $6::bytea[], $7::bytea[], $8::bytea[]) as answer',
        [this.#login, nonce, proof, name, said, ...encodeArrays(entries)],
        timeout_ms,
      )
      .catch((error: unknown) => {
        if (!this.#isAnswered) this.#unanswered();
        throw error;
      });
    this.#isAnswered = true;
    if (answer.nonce !== undefined) this.#nonce = answer.nonce;
    return answer;
  }

  destroy(): void {
    this.#session.destroy();
  }
}

/** A line that goes on over another as soon as that one is there, between two calls. */
export class SwitchingLine implements Line {
  #line: Line;
  #next: Line | null = null;
  #isDestroyed = false;
  readonly #calls: () => void;

  /** `calls` is told before each call. */
  constructor(line: Line, calls: () => void) {
    this.#line = line;
    this.#calls = calls;
  }

  /** Where the other line can't be had, nothing changes. */
  switchTo(opening: Promise<Line>): void {
    void opening.then(
      (line) => {
        if (this.#isDestroyed) line.destroy();
        else this.#next = line;
      },
      () => undefined,
    );
  }

  async call<Answer>(schema: z.ZodType<Answer>, call: LineCall): Promise<Answer> {
    this.#calls();
    if (this.#next !== null) {
      this.#line.destroy();
      this.#line = this.#next;
      this.#next = null;
    }
    return await this.#line.call(schema, call);
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#line.destroy();
    this.#next?.destroy();
  }
}
