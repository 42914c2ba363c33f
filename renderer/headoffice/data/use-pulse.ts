import type { Query, QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useAccess } from './office-context.tsx';
import { failureOf, useAsk } from './use-ask.ts';

const every_ms = 1000;

/** The nouns whose answers are no longer true when a till has sent something. Verifying a chain is somebody's wish. */
const ofTills: ReadonlySet<unknown> = new Set(['sale', 'report', 'till', 'quarantine', 'inbox']);
/** And when somebody has edited something here. */
const ofEdits: ReadonlySet<unknown> = new Set([
  'product',
  'catalogue',
  'staff',
  'store',
  'enrolment',
  'user',
  'till',
  'session',
]);

const isAbout = (nouns: ReadonlySet<unknown>) => ({
  predicate: ({ queryKey }: Query) => nouns.has(queryKey[0]),
});

/** Asks again what is about these nouns, whenever `told` is another text than before. */
function useAskedAgain(
  queries: QueryClient,
  told: string | undefined,
  answeredAt: number,
  nouns: ReadonlySet<unknown>,
): void {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    // Looked at after every answer: what was still on its way the last time may have come since.
    if (answeredAt === 0 || told === undefined || told === shown.current) return;
    // Whatever is on its way may have been read before the change: it is waited for, and then asked again. The first
    // time too: what the page began with may be older than the first pulse.
    if (queries.isFetching(isAbout(nouns)) > 0) return;
    shown.current = told;
    void queries.invalidateQueries(isAbout(nouns));
  }, [answeredAt, nouns, queries, told]);
}

/**
 * Asks the server every second, while the page is seen, whether anything has come in; when it has, what is shown is asked
 * again. Answers whether the server is there, and when it was last.
 */
export function usePulse(): { readonly isReachable: boolean; readonly last: string | null } {
  const { queries } = useAccess();
  const pulse = useAsk('sync.pulse', {}, { every_ms });
  const { dataUpdatedAt } = pulse;
  useAskedAgain(queries, pulse.data?.tills, dataUpdatedAt, ofTills);
  useAskedAgain(queries, pulse.data?.edits, dataUpdatedAt, ofEdits);
  const isReachable = failureOf(pulse.error)?.code !== 'headoffice.unreachable';
  const wasLost = useRef(false);
  useEffect(() => {
    // What failed while the line was down is asked again when it is back.
    if (isReachable && wasLost.current) {
      void queries.invalidateQueries({ predicate: ({ state }) => state.error !== null });
    }
    wasLost.current = !isReachable;
  }, [isReachable, queries]);
  return { isReachable, last: pulse.data?.now ?? null };
}
