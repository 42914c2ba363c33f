/**
 * How an operation is declared. From one declaration come the handler's type, the client, the check of input and output,
 * the permission, the generated reference and the tests that every operation must pass.
 */
import type { z } from 'zod';
import { commonCodes, type ErrorCode } from './errors.ts';
import { isPlainText } from '../text.ts';
import type { Permission } from './permissions.ts';

/** Who may call: holders of a permission, anybody signed in, or anybody at all (before sign-in). */
export type Access = Permission | 'signed_in' | 'anyone';

interface Declared<Input extends z.ZodType, Output extends z.ZodType> {
  /** One sentence in the imperative, for the reference. */
  readonly summary: string;
  readonly access: Access;
  /** Every failure that callers should expect, beside those that any operation may end with: `commonCodes`. */
  readonly errors: readonly ErrorCode[];
  readonly input: Input;
  readonly output: Output;
}

/** Reads; writes nothing, needs no command. */
export interface Query<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> extends Declared<
  Input,
  Output
> {
  readonly type: 'query';
}

/** Writes, in one transaction; carries a command's UUID and can be repeated without harm. */
export interface Command<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> extends Declared<
  Input,
  Output
> {
  readonly type: 'command';
  /** False for answers that hold a secret (a session's token): they are never stored, and a repeat acts anew. */
  readonly keepsAnswer: boolean;
}

export type Operation = Query | Command;

/** Operations by noun and verb. */
export type Contract = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

export function query<Input extends z.ZodType, Output extends z.ZodType>(
  declared: Declared<Input, Output>,
): Query<Input, Output> {
  return { type: 'query', ...declared };
}

export function command<Input extends z.ZodType, Output extends z.ZodType>(
  declared: Declared<Input, Output> & { readonly keepsAnswer?: boolean },
): Command<Input, Output> {
  return { type: 'command', keepsAnswer: true, ...declared };
}

export type InputOf<O extends Operation> = z.output<O['input']>;
export type OutputOf<O extends Operation> = z.input<O['output']>;
/** What a caller hands in: before the schema has parsed it. */
export type GivenTo<O extends Operation> = z.input<O['input']>;
/** What a caller gets back. */
export type AnswerOf<O extends Operation> = z.output<O['output']>;

/** `basket.complete`: every operation of a contract by its full name. */
export type OperationName<C extends Contract> = {
  [Noun in keyof C & string]: `${Noun}.${keyof C[Noun] & string}`;
}[keyof C & string];

/** Looks an operation up by its full name; undefined when there is none. */
export function findOperation(contract: Contract, name: string): Operation | undefined {
  const dot = name.indexOf('.');
  const noun = name.slice(0, dot);
  const verb = name.slice(dot + 1);
  if (dot < 1 || !Object.hasOwn(contract, noun)) return undefined;
  const verbs = contract[noun];
  return verbs !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
}

/** What a caller sent, or the path of the first field that is wrong: `lines.0.reason`; empty for the input itself. */
export type ParsedInput<O extends Operation> =
  | { readonly ok: true; readonly value: InputOf<O> }
  | { readonly ok: false; readonly where: string };

/**
 * Reads what a caller sent: by the operation's own shape and, whatever that says, without a sign in any text that nobody
 * types. So no operation can let one through that the journal or a database refuses later, when money was taken.
 */
export function parseInput<O extends Operation>(operation: O, given: unknown): ParsedInput<O> {
  const parsed = operation.input.safeParse(given);
  if (!parsed.success) return { ok: false, where: (parsed.error.issues[0]?.path ?? []).map(String).join('.') };
  const path = unsoundText(parsed.data, []);
  // What the operation's own schema has made of it.
  return path === undefined ? { ok: true, value: parsed.data as InputOf<O> } : { ok: false, where: path.join('.') };
}

/** The path of the first text that is not plain. */
function unsoundText(value: unknown, path: string[]): string[] | undefined {
  if (typeof value === 'string') return isPlainText(value) ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = unsoundText(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

const common: ReadonlySet<ErrorCode> = new Set(commonCodes);

/**
 * Whether the operation of this name says of itself that it may fail with a code. Whoever answers calls asks this of every
 * failure: one that isn't declared is answered all the same, and logged as `failure.undeclared`, which no test lets pass.
 */
export function isDeclared(contract: Contract, name: string, code: ErrorCode): boolean {
  return common.has(code) || findOperation(contract, name)?.errors.includes(code) === true;
}

/** All operations with their full names, in the order of declaration. */
export function listOperations(contract: Contract): { readonly name: string; readonly operation: Operation }[] {
  return Object.entries(contract).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ name: `${noun}.${verb}`, operation })),
  );
}
