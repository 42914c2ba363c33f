import { type QueryObserverResult, useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keyOf } from '../../line/line.ts';
import type { FetchedRows } from '../../ui/index.ts';
import type { Answer, Given, QueryName } from './operations.ts';
import { useAccess } from './till-context.tsx';

/** Questions whose answer is some rows of a list, from `offset` on. */
export type RowsName = {
  [N in QueryName]: Given<N> extends { readonly offset: number; readonly limit: number } ? N : never;
}[QueryName];

/** Rows that are asked for together. */
const pageRows = 100;

export interface AskedRows<N extends RowsName, Row> {
  readonly rows: FetchedRows<Row>;
  /** What the first rows came with; of the question before, while another's come: search as you type. */
  readonly first: Answer<N> | undefined;
  /** The question for the first rows, to say that it failed and to ask again. */
  readonly asked: QueryObserverResult<Answer<N>>;
}

/**
 * Asks the till for a list of any length: for those rows that are in sight, in pages, and kept up to date like any answer.
 * `read` finds the rows in an answer and how many there are in all.
 */
export function useAskRows<N extends RowsName, Row>(
  name: N,
  input: Omit<Given<N>, 'offset' | 'limit'>,
  read: (answer: Answer<N>) => { readonly rows: readonly Row[]; readonly total: number },
): AskedRows<N, Row> {
  const { ask } = useAccess();
  const of = JSON.stringify(input);
  const [sight, setSight] = useState({ of, first: 0, last: 0 });
  // Pages of another question are not asked for.
  const [first, last] = sight.of === of ? [sight.first, sight.last] : [0, 0];
  // The first page tells how many rows there are, wherever one is.
  const pages = [0, ...Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((page) => page > 0)];
  const answers = useQueries({
    queries: pages.map((page) => {
      // What a page is given is all of it but where it begins; TypeScript loses that through the name.
      const given = { ...input, offset: page * pageRows, limit: pageRows } as unknown as Given<N>;
      return { queryKey: keyOf(name, given), queryFn: async () => await ask(name, given) };
    }),
    // As above: each is the answer to `name`.
  }) as QueryObserverResult<Answer<N>>[];
  const [head] = answers;
  if (head === undefined) throw new Error('the first page is always asked for');
  const [before, setBefore] = useState(head.data);
  useEffect(() => {
    if (head.data !== undefined) setBefore(head.data);
  }, [head.data]);
  const shown = head.data ?? before;
  const found = shown === undefined ? { rows: [], total: 0 } : read(shown);
  return {
    first: shown,
    asked: head,
    rows: {
      of,
      count: found.total,
      at: (index) => {
        const page = Math.trunc(index / pageRows);
        if (page === 0) return found.rows[index];
        const answer = answers[pages.indexOf(page)]?.data;
        return answer === undefined ? undefined : read(answer).rows[index - page * pageRows];
      },
      onSight: (from, to) => setSight({ of, first: Math.trunc(from / pageRows), last: Math.trunc(to / pageRows) }),
    },
  };
}
