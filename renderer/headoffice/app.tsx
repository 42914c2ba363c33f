import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { ErrorState, FormatProvider, HiddenTitle, LoadingState } from '../ui/index.ts';
import { endsSession, failureOf } from '../line/line.ts';
import { SessionProvider } from './data/office-context.tsx';
import { useAsk } from './data/use-ask.ts';
import { useErrorText } from './frame/failure-text.ts';
import { OfficeFrame } from './frame/office-frame.tsx';
import { useOfficeLocale, useOfficeNumbers } from './frame/office-locale.ts';
import { OfficeRoutes } from './frame/office-routes.tsx';
import { PlainPage } from './frame/plain-page.tsx';
import { SignInScreen } from './signin/sign-in-screen.tsx';

/** The head office's console: sign in, then whatever the signed-in person may see. */
export function App(): ReactNode {
  const session = useAsk('session.current', {});
  const { t } = useTranslation('headoffice');
  const errorText = useErrorText();
  const failure = failureOf(session.error);
  const locale = useOfficeLocale(session.data?.locale ?? null);
  const hasNumbers = useOfficeNumbers(session.data?.locale);

  if (failure !== undefined && endsSession(failure)) return <SignInScreen hasEnded={session.data !== undefined} />;
  if (session.data === undefined || !hasNumbers) {
    return (
      <PlainPage>
        <HiddenTitle>{t('title')}</HiddenTitle>
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
  return (
    <FormatProvider
      currency={session.data.currency ?? 'EUR'}
      locale={locale}
      zone={session.data.stores[0]?.zone ?? 'UTC'}
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
