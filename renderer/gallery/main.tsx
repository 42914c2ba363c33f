import { StrictMode, useEffect, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { isLanguage } from '../i18n/languages.ts';
import { applyLanguage, createI18n, setStoreLocale } from '../i18n/set-up.ts';
import { ScannerProvider } from '../till/scan/index.ts';
import { FormatProvider, UiProvider } from '../ui/index.ts';
import { ApprovalScreen } from './approval-screen.tsx';
import { HeadofficeScreen } from './headoffice-screen.tsx';
import { PartsPage } from './parts-page.tsx';
import { PayScreen } from './pay-screen.tsx';
import { DoneScreen } from './done-screen.tsx';
import { ScanPage } from './scan-page.tsx';
import { SellScreen } from './sell-screen.tsx';

/**
 * Every part in every state, for our own eyes: `#parts`, `#sell`, `#pay`, `#done`, `#approval`, `#headoffice`, `#scan`,
 * each with `?lang=ar&theme=dark`. Its words are examples and are not translated.
 */
const pages: Readonly<Record<string, () => ReactNode>> = {
  parts: PartsPage,
  sell: SellScreen,
  pay: PayScreen,
  done: DoneScreen,
  approval: ApprovalScreen,
  headoffice: HeadofficeScreen,
  scan: ScanPage,
};

function Gallery(): ReactNode {
  const [name, setName] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const onChange = (): void => setName(location.hash.slice(1));
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  useEffect(() => {
    document.documentElement.dataset['app'] = name === 'headoffice' ? 'headoffice' : 'till';
  }, [name]);
  const Page = pages[name] ?? PartsPage;
  return <Page />;
}

const query = new URLSearchParams(location.search);
const asked = query.get('lang');
const language = isLanguage(asked) ? asked : 'en';
const theme = query.get('theme');
if (theme !== null) document.documentElement.dataset['theme'] = theme;
if (query.get('contrast') === 'more') document.documentElement.dataset['contrast'] = 'more';
applyLanguage(language, document.documentElement);
const i18n = createI18n(language);
const store =
  language === 'ar'
    ? { currency: 'KWD', locale: 'ar-KW-u-nu-latn', zone: 'Asia/Kuwait' }
    : { currency: 'GBP', locale: 'en-GB', zone: 'Europe/London' };
setStoreLocale(i18n, store.locale);

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root');
createRoot(root).render(
  <StrictMode>
    <UiProvider i18n={i18n}>
      <FormatProvider {...store}>
        <ScannerProvider>
          <Gallery />
        </ScannerProvider>
      </FormatProvider>
    </UiProvider>
  </StrictMode>,
);
