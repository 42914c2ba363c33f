/** What every window's line to the program behind it is made of, whether that is a till or the head office's server. */
import { QueryClient } from '@tanstack/react-query';
import { v7 } from 'uuid';
import { type CallOptions, OperationError } from '../../shared/contract/client.ts';
import type { Failure, Result } from '../../shared/contract/errors.ts';
import type { Uuid } from '../../shared/ids.ts';

/** A new UUIDv7 of any noun, made on this side: for commands, categories, taxes and roles. */
export function newId<Id extends Uuid>(): Id {
  // uuid's v7 is canonical lower-case text; what it names is the caller's knowledge.
  return v7() as Id;
}

/** Where an operation's answer lies in the cache: its noun leads, so that all of a noun can be asked again at once. */
export function keyOf(name: string, input: unknown): readonly unknown[] {
  const [noun, verb] = name.split('.');
  return [noun, verb, input];
}

/** A cache in which nothing grows stale by itself: the other side says when something has changed. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Calls an operation of a contract's client by its full name. Rejects with an `OperationError`, as the client does. */
export async function callByName(
  client: unknown,
  name: string,
  input: unknown,
  options: CallOptions | undefined,
): Promise<unknown> {
  const [noun = '', verb = ''] = name.split('.');
  type Method = (input: unknown, options?: CallOptions) => Promise<unknown>;
  // The types of `ask` and `tell` allow only names of the contract, for each of which the client has a method.
  const method = (client as Record<string, Record<string, Method>>)[noun]?.[verb];
  if (method === undefined) throw new TypeError(`no operation ${name}`);
  return await method(input, options);
}

/** What a call answered, or the failure that it was refused with. Rejects with what is no answer at all. */
export async function resultOf<T>(call: Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await call };
  } catch (error) {
    if (error instanceof OperationError) return { ok: false, error: error.failure };
    throw error;
  }
}

/** The failure behind an error of a call; undefined for none. */
export function failureOf(error: unknown): Failure | undefined {
  if (error === null || error === undefined) return undefined;
  return error instanceof OperationError ? error.failure : { code: 'fault.unknown', data: {} };
}

/** Whether a failure says that nobody is signed in here any more. */
export function endsSession({ code }: Failure): boolean {
  return code === 'session.ended' || code === 'session.required';
}
