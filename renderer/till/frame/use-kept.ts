import { useState } from 'react';
import type { z } from 'zod';
import { readKept } from './kept.ts';

/**
 * What the window keeps over a reload and a look at another screen, under a name of its own; `first` where it keeps nothing.
 * `forget` is for when it was done: nothing of it is there the next time.
 */
export function useKept<Kept>(
  name: string,
  shape: z.ZodType<Kept>,
  first: Kept,
): { readonly kept: Kept; keep(kept: Kept): void; forget(): void } {
  const place = `evertill.${name}`;
  const [kept, setKept] = useState(() => readKept(sessionStorage.getItem(place), shape) ?? first);
  return {
    kept,
    keep: (next) => {
      sessionStorage.setItem(place, JSON.stringify(next));
      setKept(next);
    },
    forget: () => sessionStorage.removeItem(place),
  };
}
