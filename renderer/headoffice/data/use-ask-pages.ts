import { keepPreviousData, useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { keyOf } from '../../line/line.ts';
import { useAccess } from './office-context.tsx';
import type { Answer, Given, QueryName } from './operations.ts';

/** Questions that are answered page by page. */
export type PagedName = {
  [N in QueryName]: Answer<N> extends { readonly next: string | null } ? N : never;
}[QueryName];

/**
 * Asks the server for a list from its beginning, and for one page more each time it is wished; kept up to date as a single
 * answer is. While the pages of another question come, the last one's are shown: search as you type.
 */
export function useAskPages<N extends PagedName>(
  name: N,
  input: Omit<Given<N>, 'after'>,
  /** How many pages are kept, and asked again at every change. */
  maxPages?: number,
): UseInfiniteQueryResult<readonly Answer<N>[]> {
  const { ask } = useAccess();
  return useInfiniteQuery({
    // Apart from a single page that was asked for in the same words.
    queryKey: [...keyOf(name, input), 'pages'],
    // What a page is given is all of it but where it begins; TypeScript loses that through the name.
    queryFn: async ({ pageParam }) => await ask(name, { ...input, after: pageParam } as Given<N>),
    // The server's word for where a page begins; the first begins at the list's beginning.
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages,
    placeholderData: keepPreviousData,
    ...(maxPages === undefined ? {} : { maxPages }),
  });
}
