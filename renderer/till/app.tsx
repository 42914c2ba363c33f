import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { setStoreLocale } from '../i18n/set-up.ts';
import { FormatProvider, LoadingState } from '../ui/index.ts';
import type { Answer } from './data/operations.ts';
import { useAsk } from './data/use-ask.ts';
import { useLineState, useSessionToken } from './data/till-context.tsx';
import { LineNotice } from './frame/line-notice.tsx';
import { PlainPage } from './frame/plain-page.tsx';
import { SignedIn } from './frame/signed-in.tsx';
import { ScannerProvider } from './scan/index.ts';
import { SetupScreen } from './setup/setup-screen.tsx';
import { type Left, LeftProvider } from './setup/left-context.ts';
import { type TakenOver, TakenOverPage } from './setup/taken-over.tsx';
import { SignInScreen } from './signin/sign-in-screen.tsx';
import { useSounds } from './sound/sound-context.tsx';

/** The people of a demo shop, as it told them when it was made. */
export type DemoSignIns = Answer<'setup.try_demo'>['sign_ins'];

/** Screens are named in the fragment: it never leaves this window, and any server of files can serve the page. */
function HashRouter({ children }: { readonly children: ReactNode }): ReactNode {
  // oxlint-disable-next-line react/hooks -- wouter takes its hook as a property.
  return <Router hook={useHashLocation}>{children}</Router>;
}

/** The scanner, and the sound of what came of each scan. */
function HeardScans({ children }: { readonly children: ReactNode }): ReactNode {
  const { play } = useSounds();
  return <ScannerProvider onHeard={play}>{children}</ScannerProvider>;
}

/** The till's screens: set up, sign in, then whatever the signed-in person does. */
export function App(): ReactNode {
  const status = useAsk('setup.status', {});
  const line = useLineState();
  const token = useSessionToken();
  const { t, i18n } = useTranslation('setup');
  const settings = status.data?.settings ?? null;
  const locale = settings?.locale;
  const [demo, setDemo] = useState<DemoSignIns>([]);
  const [left, setLeft] = useState<Left | null>(null);
  const [taken, setTaken] = useState<TakenOver | null>(null);
  useEffect(() => {
    if (locale !== undefined) setStoreLocale(i18n, locale);
  }, [i18n, locale]);

  if (status.data === undefined) {
    return (
      <PlainPage>
        <LineNotice line={line} />
      </PlainPage>
    );
  }
  if (!status.data.done) {
    const join = ({ taken_over, till_code }: Answer<'setup.join'>): void =>
      setTaken(taken_over === null ? null : { till_code, what: taken_over });
    return <SetupScreen left={left} line={line} onDemo={setDemo} onJoined={join} />;
  }
  if (settings === null) {
    // Joined a moment ago: the shop itself is on its way from the head office.
    return (
      <PlainPage>
        <LoadingState>{t('join.fetching')}</LoadingState>
      </PlainPage>
    );
  }
  return (
    <FormatProvider currency={settings.currency} locale={settings.locale} zone={settings.zone}>
      <HeardScans>
        <HashRouter>
          {taken !== null ? (
            <TakenOverPage onDone={() => setTaken(null)} taken={taken} />
          ) : token === null ? (
            <SignInScreen demo={demo} line={line} status={status.data} />
          ) : (
            <LeftProvider value={setLeft}>
              <SignedIn line={line} settings={settings} status={status.data} />
            </LeftProvider>
          )}
        </HashRouter>
      </HeardScans>
    </FormatProvider>
  );
}
