/**
 * How an operation is declared. From one declaration come the handler's type, the client, the check of input and output,
 * the permission, the generated reference and the tests that every operation must pass.
 */
import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Permission } from './permissions.ts';

/** Who may call: holders of a permission, anybody signed in, or anybody at all (before sign-in). */
export type Access = Permission | 'signed_in' | 'anyone';

interface Declared<Input extends z.ZodType, Output extends z.ZodType> {
  /** One sentence in the imperative, for the reference. */
  readonly summary: string;
  readonly access: Access;
  /** The failures that callers should expect, beside those of the way in. */
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

/** All operations with their full names, in the order of declaration. */
export function listOperations(contract: Contract): { readonly name: string; readonly operation: Operation }[] {
  return Object.entries(contract).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ name: `${noun}.${verb}`, operation })),
  );
}
