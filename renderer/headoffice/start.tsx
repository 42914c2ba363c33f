import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n/set-up.ts';
import { startAppearance, UiProvider } from '../ui/index.ts';
import { App } from './app.tsx';
import { createAccess } from './data/access.ts';
import { OfficeProvider } from './data/office-context.tsx';
import './print.css';

/** Puts the console into the page. */
export function start(): void {
  startAppearance();
  const i18n = startI18n();
  const root = document.querySelector('#root');
  if (root === null) throw new Error('the page has no root');
  createRoot(root).render(
    <UiProvider i18n={i18n}>
      <OfficeProvider access={createAccess()}>
        <App />
      </OfficeProvider>
    </UiProvider>,
  );
}
