import { useEffect, useRef } from 'react';
import { useAccess } from './office-context.tsx';
import { failureOf, useAsk } from './use-ask.ts';

const every_ms = 1000;

/**
 * Asks the server every second, while the page is seen, whether anything has come in; when it has, what is shown is asked
 * again. Answers whether the server is there, and when it was last.
 */
export function usePulse(): { readonly isReachable: boolean; readonly last: string | null } {
  const { queries } = useAccess();
  const pulse = useAsk('sync.pulse', {}, { every_ms });
  const shown = useRef<string | null>(null);
  const text = pulse.data?.pulse;
  const { dataUpdatedAt } = pulse;
  const isReachable = failureOf(pulse.error)?.code !== 'headoffice.unreachable';
  const wasLost = useRef(false);
  useEffect(() => {
    // What failed while the line was down is asked again when it is back.
    if (isReachable && wasLost.current)
      void queries.invalidateQueries({ predicate: ({ state }) => state.error !== null });
    wasLost.current = !isReachable;
  }, [isReachable, queries]);
  useEffect(() => {
    // Looked at after every answer: what was still on its way the last time may have come since.
    if (dataUpdatedAt === 0 || text === undefined || text === shown.current) return;
    const isOther = (key: readonly unknown[]) => key[0] !== 'sync' && key[0] !== 'session';
    // Whatever is on its way may have been read before the change: it is waited for, and then asked again.
    if (queries.isFetching({ predicate: ({ queryKey }) => isOther(queryKey) }) > 0) return;
    const isFirst = shown.current === null;
    shown.current = text;
    if (!isFirst) void queries.invalidateQueries({ predicate: ({ queryKey }) => isOther(queryKey) });
  }, [dataUpdatedAt, queries, text]);
  return { isReachable, last: pulse.data?.now ?? null };
}
