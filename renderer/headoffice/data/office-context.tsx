import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, use, type ReactNode } from 'react';
import type { Permission } from '../../../shared/contract/permissions.ts';
import type { Access } from './access.ts';
import type { Session } from './operations.ts';

const AccessContext = createContext<Access | null>(null);
const SessionContext = createContext<Session | null>(null);

/** Gives the screens beneath it their way to the server. */
export function OfficeProvider({
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

/** Tells the screens beneath it who is signed in. */
export function SessionProvider({
  children,
  session,
}: {
  readonly children: ReactNode;
  readonly session: Session;
}): ReactNode {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useAccess(): Access {
  const access = use(AccessContext);
  if (access === null) throw new Error('useAccess needs an OfficeProvider above it');
  return access;
}

/** Who is signed in, and the stores there are. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionProvider above it');
  return session;
}

/** Whether a button makes sense. The server decides; this only spares a refusal. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
