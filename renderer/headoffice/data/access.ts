/** The console's way to its server: ask, tell, and know when to ask again. */
import type { QueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type Call,
  type CallOptions,
  createClient,
  type Invoke,
  OperationError,
} from '../../../shared/contract/client.ts';
import { errorCodes, type Result } from '../../../shared/contract/errors.ts';
import { headOfficeContract } from '../../../shared/contract/headoffice.ts';
import { callByName, createQueries, endsSession, newId, resultOf } from '../../line/line.ts';
import type { Answer, CommandName, Given, QueryName } from './operations.ts';

export interface Access {
  readonly queries: QueryClient;
  /** Rejects with an `OperationError`: what react-query expects. */
  ask<N extends QueryName>(name: N, input: Given<N>): Promise<Answer<N>>;
  /** Never rejects. */
  tell<N extends CommandName>(name: N, input: Given<N>, options?: CallOptions): Promise<Result<Answer<N>>>;
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

/** Joins the line to the server with react-query. */
export function createAccess(invoke: Invoke = invokeServer): Access {
  const queries = createQueries();
  const client = createClient(headOfficeContract, invoke, { session: () => undefined, newCommand: () => newId() });

  const call = async (name: string, input: unknown, options?: CallOptions): Promise<unknown> => {
    try {
      return await callByName(client, name, input, options);
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
    // As above.
    tell: (name, input, options) => resultOf(call(name, input, options) as Promise<Answer<typeof name>>),
  };
}
