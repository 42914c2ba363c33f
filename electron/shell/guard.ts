/** What no page of this application may do, whatever got into it. */
import { app, session, type WebContents } from 'electron';
import { isOurPage } from './origin.ts';

/** Denies permissions, devices, downloads and the network to the window's session. Once Electron is ready. */
export function guardSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event) => event.preventDefault());
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowed(url) }));
}

/** Keeps every page where it is: no navigation, no second window, no page within a page. */
export function guardContents(denied: (what: string, url: string) => void): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      event.preventDefault();
      denied('navigation', event.url);
    });
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      denied('window', url);
      return { action: 'deny' };
    });
  });
}

/** The developer tools are a page too, which is there only where the application is not packed. */
function isAllowed(url: string): boolean {
  return isOurPage(url) || (!app.isPackaged && url.startsWith('devtools://'));
}
