import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { keyOf } from '../../line/line.ts';
import { useAccess } from './office-context.tsx';
import type { Answer, Given, QueryName } from './operations.ts';

export interface AskOptions {
  readonly isEnabled?: boolean | undefined;
  /** Shows the last answer while the next one to another question comes: search as you type. */
  readonly keepsPrevious?: boolean | undefined;
  /** Asks again after so long whatever the pulse says: for what changes with time alone. */
  readonly every_ms?: number | undefined;
}

/** Asks the server and keeps the answer up to date: it is asked again whenever the pulse has changed. */
export function useAsk<N extends QueryName>(
  name: N,
  input: Given<N>,
  options: AskOptions = {},
): UseQueryResult<Answer<N>> {
  const { ask } = useAccess();
  return useQuery<Answer<N>>({
    queryKey: keyOf(name, input),
    queryFn: () => ask(name, input),
    enabled: options.isEnabled ?? true,
    ...(options.every_ms === undefined ? {} : { refetchInterval: options.every_ms }),
    ...(options.keepsPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
}
