import { useCallback } from 'react';
import { keyOf } from '../../line/line.ts';
import type { Basket, BasketLineAnswer } from '../data/operations.ts';
import { useAccess } from '../data/till-context.tsx';

/** Answers the basket's lines as they are at the moment that somebody presses a key: whoever asks so is not drawn for them. */
export function useLinesNow(): () => readonly BasketLineAnswer[] {
  const { queries } = useAccess();
  return useCallback(() => queries.getQueryData<Basket>(keyOf('basket.current', {}))?.lines ?? [], [queries]);
}
