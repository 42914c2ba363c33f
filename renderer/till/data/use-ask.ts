import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { keyOf } from '../../line/line.ts';
import type { Answer, Given, QueryName } from './operations.ts';
import { useAccess } from './till-context.tsx';

export interface AskOptions {
  readonly isEnabled?: boolean | undefined;
  /** Shows the last answer while the next one to another question comes: search as you type. */
  readonly keepsPrevious?: boolean | undefined;
  /** False where nothing of the answer shows for now: it is then neither asked for nor drawn again. */
  readonly isFollowed?: boolean | undefined;
}

/** Asks the till and keeps the answer up to date: it is asked again whenever the till says that it has changed. */
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
    subscribed: options.isFollowed ?? true,
    ...(options.keepsPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
}
