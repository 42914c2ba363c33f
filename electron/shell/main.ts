/** The desktop application: one window, one till. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, Menu, powerMonitor } from 'electron';
import { shellChannels, type Told } from '../../shared/contract/shell.ts';
import { dataFolder, usualDataFolder } from '../pc/folder.ts';
import { createFileLog } from '../pc/log.ts';
import { logFaults } from '../pc/log-faults.ts';
import { openTillUpToDate } from '../pc/open-till.ts';
import { readArguments } from './arguments.ts';
import { guardContents, guardSession } from './guard.ts';
import { serveIpc } from './ipc-host.ts';
import { menuTemplate } from './menu.ts';
import { openPreferences } from './preferences.ts';
import { printersOf, printPage } from './printing.ts';
import { saveFile } from './saving.ts';
import { announceScheme, serveScreens } from './screens.ts';
import { openSealedKey } from './sealed-key.ts';
import { createTillKeeper } from '../pc/till-keeper.ts';
import { createSystemVault } from './vault.ts';
import { bringToFront, openTillWindow } from './window.ts';
import { wordsFor } from './words.ts';

const { data } = readArguments(process.argv);
const files = dataFolder(data ?? usualDataFolder(process.platform, process.env));

// Before Electron is ready, all of it: it may not be said later.
app.enableSandbox();
announceScheme();
// What Chromium keeps belongs to the till: two tills on one PC are two applications.
if (data !== undefined) app.setPath('userData', `${files.folder}.window`);
// A packed till can't be looked into or steered from outside.
if (app.isPackaged)
  for (const name of ['remote-debugging-port', 'remote-debugging-pipe']) app.commandLine.removeSwitch(name);

if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      const { incident, notStarted } = wordsFor(app.getLocale());
      const number = logStart(error);
      dialog.showErrorBox(
        'Evertill',
        [notStarted, why, ...(number === null ? [] : [`${incident} ${number}`])].join('\n\n'),
      );
      app.exit(1);
    });
} else {
  app.quit();
}

/** Writes down why it did not start. Answers the incident; null where it could not be written. */
function logStart(error: unknown): string | null {
  try {
    const log = createFileLog(files.shellLog);
    const incident = log.fault('shell.not_started', error);
    log.close();
    return incident;
  } catch {
    // The folder itself can't be written to: the words above say so.
    return null;
  }
}

/** Of an address, whose it is: the rest may be anything that somebody typed. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol + new URL(url).host : 'no address';
}

function start(): void {
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const log = createFileLog(files.shellLog);
  logFaults(log);
  const tell = (told: Told): void => {
    if (!window.isDestroyed()) window.webContents.send(shellChannels.told, told);
  };
  const keeper = createTillKeeper({
    open: async (told) => {
      const key = await openSealedKey(files.key, createSystemVault(process.platform));
      const worker = join(import.meta.dirname, 'till-worker.cjs');
      return await openTillUpToDate(files, app.getVersion(), { key, worker, told });
    },
    paths: files,
    log,
  });
  keeper.subscribe(tell);
  keeper.onStarting((starting) => tell({ starting }));
  const preferences = openPreferences();

  guardSession();
  guardContents((what, url) => log.warn('window.denied', { what, url: originOf(url) }));
  serveScreens(join(import.meta.dirname, '..', 'renderer'));
  serveIpc({
    window: () => (window.isDestroyed() ? undefined : window.webContents),
    opened: keeper.opened,
    invoke: keeper.invoke,
    preferences: preferences.read,
    prefer: (changes) => {
      const changed = preferences.change(changes);
      if (changed.isFullScreen !== window.isFullScreen()) window.setFullScreen(changed.isFullScreen);
      return changed;
    },
    printers: () => printersOf(window.webContents),
    print: async (paper) => {
      const { printer } = preferences.read();
      const printed = await printPage(window.webContents, printer, paper);
      if (printed === 'gone') log.warn('print.gone');
      const incident = printed === 'failed' ? log.fault('print.failed', 'the system did not print') : null;
      return { printed, incident };
    },
    save: (file) => saveFile(window, file, log),
    quit: () => app.quit(),
    refused: (channel, why, url) =>
      log.warn('ipc.refused', { channel, why, url: url === undefined ? null : originOf(url) }),
  });

  app.on('second-instance', () => bringToFront(window));
  app.on('child-process-gone', (_event, { exitCode, reason, type }) =>
    log.warn('process.gone', { type, reason, exit: exitCode }),
  );
  powerMonitor.on('suspend', () => log.info('power.suspend'));
  powerMonitor.on('resume', () => {
    log.info('power.resume');
    keeper.tryNow();
    // The day may be another one, and timers stood still.
    tell('reconnected');
  });
  powerMonitor.on('shutdown', () => app.quit());

  let isClosed = false;
  app.on('before-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void keeper.close().finally(() => {
      if (isClosed) return;
      isClosed = true;
      log.info('shell.closed');
      app.quit();
    });
  });
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

  Menu.setApplicationMenu(
    process.platform === 'darwin' ? Menu.buildFromTemplate(menuTemplate(wordsFor(app.getLocale()))) : null,
  );
  log.info('shell.started', {
    version: app.getVersion(),
    electron: process.versions['electron'],
    folder: files.folder,
  });
  // Whatever speaks of the window above is called later than this.
  const window = openTillWindow(preferences, log);
  // Windows signs somebody out: there is no time to wait for anything.
  window.on('session-end', () => keeper.closeNow());
}
