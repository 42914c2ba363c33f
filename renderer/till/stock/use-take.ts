import type { OpenTake } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';

/** The stock take that is open: null where none is, undefined until the till has said. */
export function useTake(): { readonly take: OpenTake | null | undefined; readonly error: unknown; retry(): void } {
  const { data, error, refetch } = useAsk('stock_take.current', {});
  return { take: data?.take, error, retry: () => void refetch() };
}
