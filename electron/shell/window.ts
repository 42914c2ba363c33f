/** The till's one window: where it was, and back again when its page has crashed. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, type Rectangle, screen } from 'electron';
import type { Log } from '../../shared/log.ts';
import { pageUrl } from './origin.ts';
import type { KeptPreferences } from './preferences.ts';
import { wordsFor } from './words.ts';

/** As the screens' smallest reference. */
const smallest = { width: 1024, height: 700 };
const usual = { width: 1366, height: 768 };
/** The ground of the page, so that nothing flashes before it is drawn. */
const ground = { light: '#e9edee', dark: '#0a1114' };
/** A page that crashes more often than this is not brought back without a word. */
const crashes = { count: 3, within_ms: 60_000 };

/** Opens the window and shows it when the page has drawn itself. */
export function openTillWindow(preferences: KeptPreferences, log: Log): BrowserWindow {
  const bounds = preferences.bounds();
  const window = new BrowserWindow({
    ...usual,
    ...(bounds !== null && isOnScreen(bounds) ? bounds : {}),
    minWidth: smallest.width,
    minHeight: smallest.height,
    fullscreen: preferences.read().isFullScreen,
    title: 'Evertill',
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? ground.dark : ground.light,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => {
    if (bounds === null) window.maximize();
    window.show();
  });
  window.on('close', () => {
    if (!window.isFullScreen()) preferences.keepBounds(window.getNormalBounds());
  });
  bringBack(window, log);
  void window.loadURL(pageUrl).catch((error: unknown) => {
    const { unreadable, incident } = wordsFor(app.getLocale());
    const number = log.fault('window.not_loaded', error);
    dialog.showErrorBox('Evertill', `${unreadable}\n\n${incident} ${number}`);
  });
  return window;
}

/** Loads a page that has crashed once more. The basket is the till's, so that it is as it was. */
function bringBack(window: BrowserWindow, log: Log): void {
  let crashedAt: readonly number[] = [];
  const { webContents } = window;
  webContents.on('render-process-gone', (_event, { exitCode, reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const number = log.fault('window.gone', `${reason}, exit ${exitCode}`);
    const now = Date.now();
    crashedAt = [...crashedAt.filter((at) => now - at < crashes.within_ms), now];
    if (crashedAt.length < crashes.count) return webContents.reload();
    const { again, failing, incident, quit, saved } = wordsFor(app.getLocale());
    void dialog
      .showMessageBox({
        type: 'error',
        message: failing,
        detail: `${saved}\n\n${incident} ${number}`,
        buttons: [again, quit],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => {
        crashedAt = [];
        if (response === 0) webContents.reload();
        else app.quit();
      });
  });
  webContents.on('preload-error', (_event, _path, error) => void log.fault('window.preload', error));
  window.on('unresponsive', () => log.warn('window.unresponsive'));
  window.on('responsive', () => log.info('window.responsive'));
}

/** A second screen may have been taken away since. */
function isOnScreen(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds);
  const isWithin = (at: number, from: number, length: number): boolean => at >= from - 20 && at < from + length - 100;
  return isWithin(bounds.x, workArea.x, workArea.width) && isWithin(bounds.y, workArea.y, workArea.height);
}

/** Puts the window before all others, whether it was minimised or hidden. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
