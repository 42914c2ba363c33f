/** The token of who is signed in at this window. Who that is, and what they may do, the till tells. */
import { createStore, type StoreApi } from 'zustand';

interface SessionState {
  readonly token: string | null;
  begin(token: string): void;
  end(): void;
}

export type SessionStore = StoreApi<SessionState>;

const key = 'evertill.session';

/** Keeps the token for this tab only, so that a reload does not sign out and another window does not sign in. */
export function createSessionStore(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): SessionStore {
  return createStore<SessionState>()((set) => ({
    token: storage.getItem(key),
    begin: (token) => {
      storage.setItem(key, token);
      set({ token });
    },
    end: () => {
      storage.removeItem(key);
      set({ token: null });
    },
  }));
}
