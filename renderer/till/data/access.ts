/** A screen's access to the till: ask, tell, and know when to ask again. */
import { QueryClient } from '@tanstack/react-query';
import { v7 } from 'uuid';
import { createClient, type CallOptions, OperationError } from '../../../shared/contract/client.ts';
import type { Failure, Result } from '../../../shared/contract/errors.ts';
import { tillContract, type TillEvent } from '../../../shared/contract/till.ts';
import type { Uuid } from '../../../shared/ids.ts';
import type { Host } from '../host.ts';
import type { Answer, CommandName, Given, QueryName } from './operations.ts';
import type { SessionStore } from './session-store.ts';

export interface Access {
  readonly host: Host;
  readonly session: SessionStore;
  readonly queries: QueryClient;
  /** Rejects with an `OperationError`: what react-query expects. */
  ask<N extends QueryName>(name: N, input: Given<N>): Promise<Answer<N>>;
  /** Asks through the cache: what came a moment ago and was not touched since is not asked again. */
  askCached<N extends QueryName>(name: N, input: Given<N>): Promise<Answer<N>>;
  /** Never rejects. */
  tell<N extends CommandName>(name: N, input: Given<N>, options?: CallOptions): Promise<Result<Answer<N>>>;
}

/** A new UUIDv7 of any noun, made on this side: for commands, categories, taxes and roles. */
export function newId<Id extends Uuid>(): Id {
  // uuid's v7 is canonical lower-case text; what it names is the caller's knowledge.
  return v7() as Id;
}

/** Which answers are no longer true after what changed. Nouns of the contract. */
const touched: Readonly<Record<TillEvent['kind'], readonly string[]>> = {
  basket: ['basket'],
  sale: ['basket', 'sale', 'shift', 'stock', 'sync'],
  // What is written into the journal waits for the head office, too.
  shift: ['shift', 'basket', 'sync'],
  catalogue: ['product', 'catalogue', 'stock', 'basket', 'sync'],
  staff: ['staff', 'session', 'sync'],
  settings: ['setup', 'settings', 'basket', 'shift', 'sync'],
  sync: ['sync', 'sale'],
  session: ['session'],
  stock: ['stock', 'stock_take', 'transfer', 'sync'],
};

export function keyOf(name: string, input: unknown): readonly unknown[] {
  const [noun, verb] = name.split('.');
  return [noun, verb, input];
}

/** Joins the line to the till with react-query: the till says what changed, and only that is asked again. */
export function createAccess(host: Host, session: SessionStore): Access {
  const queries = new QueryClient({
    defaultOptions: {
      // The till is on this PC: nothing is ever "offline", and nothing grows stale without an event that says so.
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
  const client = createClient(tillContract, host.invoke, {
    session: () => session.getState().token ?? undefined,
    newCommand: () => newId(),
  });

  host.listen((event) => {
    if (event === 'reconnected') return void queries.invalidateQueries();
    for (const noun of touched[event.kind]) void queries.invalidateQueries({ queryKey: [noun] });
  });

  const call = async (name: string, input: unknown, options?: CallOptions): Promise<unknown> => {
    const [noun = '', verb = ''] = name.split('.');
    // The types of `ask` and `tell` allow only names of the contract, for each of which the client has a method.
    const methods = client as unknown as Record<
      string,
      Record<string, (input: unknown, options?: CallOptions) => Promise<unknown>>
    >;
    const method = methods[noun]?.[verb];
    if (method === undefined) throw new TypeError(`no operation ${name}`);
    try {
      return await method(input, options);
    } catch (error) {
      if (error instanceof OperationError && endsSession(error.failure)) session.getState().end();
      throw error;
    }
  };

  return {
    host,
    session,
    queries,
    // The contract ties each name to its answer; `call` hands on what the till answered to that name.
    ask: (name, input) => call(name, input) as Promise<Answer<typeof name>>,
    askCached: (name, input) =>
      queries.fetchQuery({ queryKey: keyOf(name, input), queryFn: () => call(name, input) }) as Promise<
        Answer<typeof name>
      >,
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

function endsSession({ code }: Failure): boolean {
  return code === 'session.ended' || code === 'session.required';
}
