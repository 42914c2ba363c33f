import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LineState } from '../host.ts';
import type { Access } from './access.ts';

const AccessContext = createContext<Access | null>(null);

/** Gives the screens beneath it their way to the till. */
export function TillProvider({
  access,
  children,
}: {
  readonly access: Access;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <AccessContext value={access}>
      <QueryClientProvider client={access.queries}>{children}</QueryClientProvider>
    </AccessContext>
  );
}

export function useAccess(): Access {
  const access = use(AccessContext);
  if (access === null) throw new Error('useAccess needs a TillProvider above it');
  return access;
}

/** Whether the line to the till stands. */
export function useLineState(): LineState {
  const { host } = useAccess();
  return useSyncExternalStore(host.onState, host.state);
}

/** The token of whoever is signed in at this window. */
export function useSessionToken(): string | null {
  return useStore(useAccess().session, (state) => state.token);
}
