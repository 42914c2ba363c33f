import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../ui/index.ts';
import type { SetupStatus, StoreSettings } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import type { LineState } from '../host.ts';
import { createSellStore, SellStoreProvider } from '../sell/sell-store.tsx';
import { useErrorText } from './failure-text.ts';
import { LineNotice } from './line-notice.tsx';
import { ListMemoryProvider } from './list-memory.tsx';
import { PlainPage } from './plain-page.tsx';
import { SessionProvider, type AtTheTill } from './session-context.tsx';
import { TillFrame } from './till-frame.tsx';
import { TillRoutes } from './till-routes.tsx';

/** The screens of whoever is signed in. */
export function SignedIn(props: {
  readonly line: LineState;
  readonly settings: StoreSettings;
  readonly status: SetupStatus;
}): ReactNode {
  const { line, settings, status } = props;
  const { t } = useTranslation('shift');
  const errorText = useErrorText();
  const session = useAsk('session.current', {});
  const shift = useAsk('shift.current', {});
  const [sell] = useState(createSellStore);
  const at = useMemo<AtTheTill | null>(() => {
    if (session.data === undefined || shift.data === undefined) return null;
    const held = new Set<string>(session.data.permissions);
    return {
      session: session.data,
      settings,
      status,
      hasShift: shift.data.shift !== null,
      can: (permission) => held.has(permission),
    };
  }, [session.data, shift.data, settings, status]);

  const error = session.error ?? shift.error;
  if (at === null) {
    return (
      <PlainPage>
        {error === null || line !== 'open' ? (
          <LineNotice line={line} />
        ) : (
          <ErrorState
            onRetry={() => {
              void session.refetch();
              void shift.refetch();
            }}
            title={t('failed')}
          >
            {errorText(error)}
          </ErrorState>
        )}
      </PlainPage>
    );
  }
  return (
    <SessionProvider value={at}>
      <SellStoreProvider value={sell}>
        <TillFrame line={line}>
          <ListMemoryProvider>
            <TillRoutes />
          </ListMemoryProvider>
        </TillFrame>
      </SellStoreProvider>
    </SessionProvider>
  );
}
