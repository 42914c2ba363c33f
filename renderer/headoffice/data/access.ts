/** The console's way to its server: ask, tell, and know when to ask again. */
import { QueryClient } from '@tanstack/react-query';
import { v7 } from 'uuid';
import { z } from 'zod';
import {
  type Call,
  type CallOptions,
  createClient,
  type Invoke,
  OperationError,
} from '../../../shared/contract/client.ts';
import { errorCodes, type Failure, type Result } from '../../../shared/contract/errors.ts';
import { headOfficeContract } from '../../../shared/contract/headoffice.ts';
import type { Uuid } from '../../../shared/ids.ts';
import type { Answer, CommandName, Given, QueryName } from './operations.ts';

export interface Access {
  readonly queries: QueryClient;
  /** Rejects with an `OperationError`: what react-query expects. */
  ask<N extends QueryName>(name: N, input: Given<N>): Promise<Answer<N>>;
  /** Never rejects. */
  tell<N extends CommandName>(name: N, input: Given<N>, options?: CallOptions): Promise<Result<Answer<N>>>;
}

/** A new UUIDv7 of any noun, made on this side: for commands, categories, taxes and roles. */
export function newId<Id extends Uuid>(): Id {
  // uuid's v7 is canonical lower-case text; what it names is the caller's knowledge.
  return v7() as Id;
}

const resultSchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      code: z.enum(errorCodes).catch('fault.unknown'),
      data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).catch({}),
    }),
  }),
]);

/** Carries calls to the server that served this page. The session is in a cookie that no script sees. */
export const invokeServer: Invoke = async (call: Call) => {
  const unreachable: Result<never> = { ok: false, error: { code: 'headoffice.unreachable', data: {} } };
  let answer: unknown;
  try {
    const response = await fetch(`/api/${call.operation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: call.input, ...(call.command === undefined ? {} : { command: call.command }) }),
    });
    answer = await response.json();
  } catch {
    // No line, or a proxy's page instead of an answer: the same to whoever asked.
    return unreachable;
  }
  const parsed = resultSchema.safeParse(answer);
  return parsed.success ? parsed.data : unreachable;
};

export function keyOf(name: string, input: unknown): readonly unknown[] {
  const [noun, verb] = name.split('.');
  return [noun, verb, input];
}

/** Whether a failure says that nobody is signed in here any more. */
export function endsSession({ code }: Failure): boolean {
  return code === 'session.ended' || code === 'session.required';
}

/** Joins the line to the server with react-query. */
export function createAccess(invoke: Invoke = invokeServer): Access {
  const queries = new QueryClient({
    defaultOptions: {
      // The pulse says when anything has changed; nothing grows stale by itself.
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
  const client = createClient(headOfficeContract, invoke, { session: () => undefined, newCommand: () => newId() });

  const call = async (name: string, input: unknown, options?: CallOptions): Promise<unknown> => {
    const [noun = '', verb = ''] = name.split('.');
    type Method = (input: unknown, options?: CallOptions) => Promise<unknown>;
    // The types of `ask` and `tell` allow only names of the contract, for each of which the client has a method.
    const method = (client as unknown as Record<string, Record<string, Method>>)[noun]?.[verb];
    if (method === undefined) throw new TypeError(`no operation ${name}`);
    try {
      return await method(input, options);
    } catch (error) {
      // Asked again, it fails the same way, and the page shows where to sign in.
      if (error instanceof OperationError && endsSession(error.failure) && name !== 'session.current') {
        void queries.invalidateQueries({ queryKey: ['session', 'current'] });
      }
      throw error;
    }
  };

  return {
    queries,
    // The contract ties each name to its answer; `call` hands on what the server answered to that name.
    ask: (name, input) => call(name, input) as Promise<Answer<typeof name>>,
    tell: async (name, input, options) => {
      try {
        // As above.
        return { ok: true, value: (await call(name, input, options)) as Answer<typeof name> };
      } catch (error) {
        if (error instanceof OperationError) return { ok: false, error: error.failure };
        throw error;
      }
    },
  };
}
