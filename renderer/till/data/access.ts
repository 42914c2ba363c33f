/** A screen's access to the till: ask, tell, and know when to ask again. */
import type { QueryClient } from '@tanstack/react-query';
import { createClient, type CallOptions, OperationError } from '../../../shared/contract/client.ts';
import type { Result } from '../../../shared/contract/errors.ts';
import { tillContract, type TillEvent } from '../../../shared/contract/till.ts';
import { holdAnswers } from '../../line/answers-told.ts';
import { callByName, createQueries, endsSession, keyOf, newId, resultOf } from '../../line/line.ts';
import type { Host } from '../host.ts';
import type { Answer, CommandName, Given, QueryName } from './operations.ts';
import { createFaultStore, type FaultStore } from './fault-store.ts';
import type { SessionStore } from './session-store.ts';

export interface Access {
  readonly host: Host;
  readonly session: SessionStore;
  /** What nobody expected, for the bar. */
  readonly faults: FaultStore;
  readonly queries: QueryClient;
  /** Rejects with an `OperationError`: what react-query expects. */
  ask<N extends QueryName>(name: N, input: Given<N>): Promise<Answer<N>>;
  /** Asks through the cache: what came a moment ago and was not touched since is not asked again. */
  askCached<N extends QueryName>(name: N, input: Given<N>): Promise<Answer<N>>;
  /** Makes a change of the screen that an answer led to, and draws it together with that answer. */
  drawTogether(change: () => void): void;
  /** Never rejects. */
  tell<N extends CommandName>(name: N, input: Given<N>, options?: CallOptions): Promise<Result<Answer<N>>>;
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

/** Joins the line to the till with react-query: the till says what changed, and only that is asked again. */
export function createAccess(host: Host, session: SessionStore): Access {
  const queries = createQueries();
  const tellAnswers = holdAnswers();
  const faults = createFaultStore();
  const client = createClient(tillContract, host.invoke, {
    session: () => session.getState().token ?? undefined,
    newCommand: () => newId(),
  });

  host.listen((event) => {
    if (event === 'reconnected') return void queries.invalidateQueries();
    for (const noun of touched[event.kind]) void queries.invalidateQueries({ queryKey: [noun] });
  });

  const call = async (name: string, input: unknown, options?: CallOptions): Promise<unknown> => {
    try {
      return await callByName(client, name, input, options);
    } catch (error) {
      if (error instanceof OperationError && endsSession(error.failure)) session.getState().end();
      const incident = error instanceof OperationError ? error.failure.data['incident'] : undefined;
      if (typeof incident === 'string') faults.getState().met(incident);
      throw error;
    }
  };

  return {
    host,
    session,
    faults,
    queries,
    // The contract ties each name to its answer; `call` hands on what the till answered to that name.
    ask: (name, input) => call(name, input) as Promise<Answer<typeof name>>,
    askCached: (name, input) =>
      queries.fetchQuery({ queryKey: keyOf(name, input), queryFn: () => call(name, input) }) as Promise<
        Answer<typeof name>
      >,
    drawTogether: (change) => {
      change();
      tellAnswers();
    },
    // As above.
    tell: (name, input, options) => resultOf(call(name, input, options) as Promise<Answer<typeof name>>),
  };
}
