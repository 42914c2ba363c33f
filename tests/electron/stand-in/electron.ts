/**
 * A stand-in for the module `electron`: as much of it as the shell uses, with a page of Chromium for a window, the built
 * preload in it. What it can't stand in for is Electron's own part: isolated worlds, the sandbox, native dialogs,
 * printers, fuses.
 *
 * Listens to the process that started it, which may run a function with this module as its argument, as Playwright's
 * `_electron` lets it do with the real one.
 */
import { App } from './app.ts';
import { BrowserWindow, onContents } from './browser-window.ts';
import { protocol, session } from './session.ts';
import { dialog, ipcMain, Menu, nativeTheme, powerMonitor, safeStorage, screen, standIn } from './parts.ts';

const app = new App();
onContents((contents) => app.emit('web-contents-created', {}, contents));

const electron = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  standIn,
};

process.on('message', (asked: { id: number; work: string; given: unknown }) => {
  const run = async (): Promise<unknown> => {
    // oxlint-disable-next-line no-eval -- the test's own function, as text: it is run here and not where it was written.
    const work: (module: typeof electron, given: unknown) => unknown = (0, eval)(`(${asked.work})`);
    return await work(electron, asked.given);
  };
  run().then(
    (value) => process.send?.({ id: asked.id, value }),
    (error: unknown) => process.send?.({ id: asked.id, error: String(error) }),
  );
});
// Whoever started this is gone: so is the application.
process.on('disconnect', () => app.exit(1));

export { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, powerMonitor, protocol, safeStorage, screen, session };
// oxlint-disable-next-line import/no-default-export -- as Electron's own module has one.
export default electron;
