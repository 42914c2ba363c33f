import { createContext, use, type ReactNode } from 'react';
import type { Permission } from '../../../shared/contract/permissions.ts';
import type { Session, SetupStatus, StoreSettings } from '../data/operations.ts';

/** Who is at the till, in which shop. Everything beneath `SignedIn` may ask. */
export interface AtTheTill {
  readonly session: Session;
  readonly settings: StoreSettings;
  readonly status: SetupStatus;
  /** Whether a shift is open. */
  readonly hasShift: boolean;
  /** What a button shows; whether it may be done the till decides. */
  readonly can: (permission: Permission) => boolean;
}

const SessionContext = createContext<AtTheTill | null>(null);

export function SessionProvider({
  children,
  value,
}: {
  readonly children: ReactNode;
  readonly value: AtTheTill;
}): ReactNode {
  return <SessionContext value={value}>{children}</SessionContext>;
}

export function useAtTheTill(): AtTheTill {
  const found = use(SessionContext);
  if (found === null) throw new Error('useAtTheTill needs somebody who is signed in');
  return found;
}
