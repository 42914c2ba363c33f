import { createStore, type StoreApi } from 'zustand/vanilla';

/** The last fault that nobody expected, by its number in the till's log, until somebody has seen it. */
export type FaultStore = StoreApi<{
  readonly incident: string | null;
  readonly met: (incident: string) => void;
  readonly forget: () => void;
  /** Whether one more fault of the screens may be written down: a page that fails in a circle would fill the log. */
  readonly mayNote: () => boolean;
}>;

const mostNoted = 20;

export function createFaultStore(): FaultStore {
  let noted = 0;
  return createStore((set) => ({
    incident: null,
    met: (incident) => set({ incident }),
    forget: () => set({ incident: null }),
    mayNote: () => {
      noted += 1;
      return noted <= mostNoted;
    },
  }));
}
