/** The token of who is signed in at this window. Who that is, and what they may do, the till tells. */
import type { StaffId } from '../../../shared/ids.ts';
import { createStore, type StoreApi } from 'zustand';

interface SessionState {
  readonly token: string | null;
  /** Who signed in here last: somebody else begins at the beginning. Null before the first. */
  readonly last: string | null;
  begin(token: string, staff: StaffId): void;
  end(): void;
}

export type SessionStore = StoreApi<SessionState>;

const key = 'evertill.session';
const lastKey = 'evertill.session.last';

/** Keeps the token for this tab only, so that a reload does not sign out and another window does not sign in. */
export function createSessionStore(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): SessionStore {
  return createStore<SessionState>()((set) => ({
    token: storage.getItem(key),
    last: storage.getItem(lastKey),
    begin: (token, staff) => {
      storage.setItem(key, token);
      storage.setItem(lastKey, staff);
      set({ token, last: staff });
    },
    end: () => {
      storage.removeItem(key);
      set({ token: null });
    },
  }));
}
