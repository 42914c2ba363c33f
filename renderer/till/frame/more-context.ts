import { createContext, use } from 'react';

const MoreContext = createContext<() => void>(() => undefined);

/** Gives the screens beneath it the way to open the list of all actions. */
export const MoreProvider = MoreContext.Provider;

/** Opens the list of all actions. */
export function useOpenMore(): () => void {
  return use(MoreContext);
}
