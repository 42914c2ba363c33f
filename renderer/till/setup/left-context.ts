import { createContext, use } from 'react';
import type { Answer } from '../data/operations.ts';

/** What a till answered when it was left. */
export type Left = Answer<'setup.leave'>;

const LeftContext = createContext<(left: Left) => void>(() => undefined);

/** Hears from the screens beneath it that the till was left: they go with it, what is to be said stays. */
export const LeftProvider = LeftContext.Provider;

export function useTellLeft(): (left: Left) => void {
  return use(LeftContext);
}
