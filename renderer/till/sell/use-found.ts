import type { ProductId } from '../../../shared/ids.ts';
import type { Answer, ProductHit } from '../data/operations.ts';
import { useAccess } from '../data/till-context.tsx';
import { useAsk } from '../data/use-ask.ts';
import { useSell, useSellStore } from './sell-store.tsx';

const limit = 40;

export interface Found {
  /** Undefined while nothing is searched, or the first answer is still to come. */
  readonly products: readonly ProductHit[] | undefined;
  /** What Enter would take. */
  readonly active: ProductHit | undefined;
  move(step: -1 | 1): void;
  choose(product: ProductId): void;
  /** What Enter takes for a text, asked now: typing may be ahead of the answers. */
  settle(text: string): Promise<readonly ProductHit[]>;
  readonly error: unknown;
  /** How much of the catalogue is found by its words, while the search is being made; null when all of it is. */
  readonly making: Answer<'product.search'>['making'];
}

/** What was found for the text of the scan field, and which of it is chosen. */
export function useFound(): Found {
  // What was cleared is not searched any more, at once.
  const searched = useSell(({ searched: typed, text }) => (text.trim() === '' ? '' : typed)).trim();
  const chosen = useSell((state) => state.found);
  const store = useSellStore();
  const access = useAccess();
  const answer = useAsk(
    'product.search',
    { text: searched, limit },
    { isEnabled: searched !== '', keepsPrevious: true },
  );
  const products = searched === '' ? undefined : answer.data?.products;
  const at = products?.findIndex(({ product }) => product === chosen) ?? -1;
  const activeIndex = at === -1 ? 0 : at;
  return {
    products,
    active: products?.[activeIndex],
    move: (step) => {
      const to = products?.[activeIndex + step];
      if (to !== undefined) store.getState().change({ found: to.product });
    },
    choose: (product) => store.getState().change({ found: product }),
    settle: async (now) => {
      const { found } = store.getState();
      try {
        const { products: fresh } = await access.askCached('product.search', { text: now, limit });
        const one = fresh.find(({ product }) => product === found) ?? fresh[0];
        return one === undefined ? [] : [one];
      } catch {
        // The list shows that it failed; Enter then takes nothing.
        return [];
      }
    },
    error: answer.error,
    making: answer.data?.making ?? null,
  };
}
