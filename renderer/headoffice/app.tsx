import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { setStoreLocale } from '../i18n/set-up.ts';
import { ErrorState, FormatProvider, LoadingState } from '../ui/index.ts';
import { endsSession } from './data/access.ts';
import { SessionProvider } from './data/office-context.tsx';
import { failureOf, useAsk } from './data/use-ask.ts';
import { useErrorText } from './frame/failure-text.ts';
import { OfficeFrame } from './frame/office-frame.tsx';
import { OfficeRoutes } from './frame/office-routes.tsx';
import { PlainPage } from './frame/plain-page.tsx';
import { SignInScreen } from './signin/sign-in-screen.tsx';

/** The head office's console: sign in, then whatever the signed-in person may see. */
export function App(): ReactNode {
  const session = useAsk('session.current', {});
  const { i18n, t } = useTranslation('headoffice');
  const errorText = useErrorText();
  const failure = failureOf(session.error);
  const locale = session.data?.locale ?? null;
  useEffect(() => {
    if (locale !== null) setStoreLocale(i18n, locale);
  }, [i18n, locale]);

  if (failure !== undefined && endsSession(failure)) return <SignInScreen hasEnded={session.data !== undefined} />;
  if (session.data === undefined) {
    return (
      <PlainPage>
        {failure === undefined ? (
          <LoadingState />
        ) : (
          <ErrorState onRetry={() => void session.refetch()} title={t('state.unreachable')}>
            {errorText(session.error)}
          </ErrorState>
        )}
      </PlainPage>
    );
  }
  const [store] = session.data.stores;
  return (
    <FormatProvider
      currency={session.data.currency ?? 'EUR'}
      locale={store?.locale ?? i18n.language}
      zone={store?.zone ?? 'UTC'}
    >
      <SessionProvider session={session.data}>
        {/* oxlint-disable-next-line react/hooks -- wouter is handed the hook with which it reads the address */}
        <Router hook={useHashLocation}>
          <OfficeFrame>
            <OfficeRoutes />
          </OfficeFrame>
        </Router>
      </SessionProvider>
    </FormatProvider>
  );
}
