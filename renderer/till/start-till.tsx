import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n/set-up.ts';
import { startAppearance, UiProvider } from '../ui/index.ts';
import { App } from './app.tsx';
import { createAccess } from './data/access.ts';
import { createSessionStore } from './data/session-store.ts';
import { TillProvider } from './data/till-context.tsx';
import { connectToServer, createHost, type Host, takeToken } from './host.ts';
import { createShellHost, findBridge } from './shell-host.ts';
import { SoundProvider } from './sound/sound-context.tsx';
import { ScreenFaults } from './support/screen-faults.tsx';
import './print.css';

/** Puts the till's screens on the page, joined to the till that it belongs to. */
export function startTill(): void {
  startAppearance();
  const i18n = startI18n();
  const access = createAccess(findHost(), createSessionStore(window.sessionStorage));
  const root = document.querySelector('#root');
  if (root === null) throw new Error('the page has no root');
  createRoot(root).render(
    <UiProvider i18n={i18n}>
      <TillProvider access={access}>
        <ScreenFaults>
          <SoundProvider>
            <App />
          </SoundProvider>
        </ScreenFaults>
      </TillProvider>
    </UiProvider>,
  );
}

/** Through the desktop shell where there is one; otherwise to the server that the page came from. */
function findHost(): Host {
  const bridge = findBridge(window);
  if (bridge !== undefined) return createShellHost(bridge);
  const token = takeToken(window.location, window.sessionStorage, window.history);
  return createHost({ connect: () => connectToServer(window.location, token) });
}
