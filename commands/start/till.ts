/** The till alone, for as long as anybody likes. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { KeyError } from '../../electron/pc/key.ts';
import { type DataFolder, dataFolder, usualDataFolder } from '../../electron/pc/folder.ts';
import { createFileLog } from '../../electron/pc/log.ts';
import { type BrowserHost, startBrowserHost } from '../../electron/browser/host.ts';
import { logFaults } from '../../electron/pc/log-faults.ts';
import { openTillUpToDate } from '../../electron/pc/open-till.ts';
import { createTillKeeper } from '../../electron/pc/till-keeper.ts';
import type { Starting, Trouble } from '../../shared/contract/shell.ts';
import { OpenError, type OpenFault } from '../../electron/till/db/open.ts';
import { findElectron } from '../build/electron.ts';
import { buildShellWhenOld } from '../build/shell.ts';
import { buildScreens, screensFolder } from '../demo/screens.ts';
import { openWindow } from '../demo/window.ts';

const usage = `npm start -- [--data <folder>] [--browser] [--port <number>] [--screens <folder>] [--no-open]

  --data     where the till keeps its file (otherwise in your own data folder)
  --browser  in a browser window, also where Electron's runtime is installed; so do the next three
  --port     the port on 127.0.0.1 (otherwise 47810, or another when it is taken)
  --screens  built screens to show, instead of building them
  --no-open  only print the address, open no browser window`;

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));
const project = join(import.meta.dirname, '..', '..');

const faults: Readonly<Record<OpenFault, (path: string) => string>> = {
  in_use: (path) => `This till is open already in another window or process: ${path}`,
  missing: (path) => `A till was set up here and its file is gone: ${path}. Restore it, or give another --data folder.`,
  empty: (path) => `The till's file is empty: ${path}. Restore it, or give another --data folder.`,
  not_ours: (path) => `This is not the file of a till: ${path}`,
  newer: (path) => `This till's file was written by a newer Evertill: ${path}. Update Evertill.`,
  setting_refused: (path) => `SQLite refused a setting that keeps sales safe: ${path}`,
  older: (path) => `This till's file was written by an older Evertill: ${path}.`,
  storage_full: (path) => `No space to bring the till's file up to date: ${path}. Free some; nothing was changed.`,
  damaged: (path) => `The till's file is damaged: ${path}. Put it back from a backup; nothing was changed.`,
  migration_failed: (path) =>
    `The till's file could not be brought up to date: ${path}. It is as it was; the older Evertill still opens it.`,
};

/** What to do about a key that can't be used: damaged, or sealed by the desktop application. */
function whyLocked({ fault }: KeyError, path: string): string {
  return fault === 'damaged'
    ? `The key of this till is damaged: ${path}. Put it back from the backup; nothing was changed.`
    : `The desktop application keeps the secrets of this till (${path}), and only that opens it.`;
}

/** Why the till could not be opened. */
function whyShut(error: unknown, { incident }: Trouble, files: DataFolder): string {
  const logged = incident === null ? '' : ` Incident ${incident}, in ${files.shellLog}`;
  if (error instanceof OpenError) return `${faults[error.fault](files.till)}${logged}`;
  if (error instanceof KeyError) return whyLocked(error, files.key);
  return `The till could not be opened; nothing of it was changed.${logged}`;
}

const steps: Readonly<Record<Starting['step'], string>> = {
  backing_up: 'This Evertill is newer than the till’s file. Making a copy of it first …',
  checking: 'Checking the copy …',
  migrating: 'Bringing the file up to date …',
  opening: 'Opening the till …',
};

/** Hears each step once, however often it is told how far it is. */
function sayOnce(say: (step: Starting['step']) => void): (starting: Starting) => void {
  let last: Starting['step'] | undefined;
  return ({ step }) => {
    if (step !== last) say(step);
    last = step;
  };
}

/** Electron's own window, until it is closed. */
async function openShell(electron: string, data: string | undefined): Promise<number> {
  const folder = data === undefined ? [] : ['--data', resolve(data)];
  const child = spawn(electron, [project, ...folder], { stdio: 'inherit' });
  console.log('Evertill opens in a window of its own. Closing it closes the till; what was sold is saved.');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return await new Promise((end) => {
    child.once('error', (error) => {
      console.error(`Electron's runtime can't be started: ${error.message}`);
      end(exitCodes.failed);
    });
    child.once('exit', (code) => end(code ?? exitCodes.failed));
  });
}

const exitCodes = { stopped: 0, failed: 1, usage: 2 };

function readArguments() {
  return parseArgs({
    options: {
      data: { type: 'string' },
      browser: { type: 'boolean', default: false },
      port: { type: 'string' },
      screens: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

/** Why the till can't be reached by a window. */
function whyDeaf(error: unknown, port: number | undefined): string {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (isTaken && port !== undefined)
    return `Another program uses port ${String(port)} on 127.0.0.1. Give another with --port, or leave --port out.`;
  return `The till can't listen on 127.0.0.1: ${error instanceof Error ? error.message : String(error)}`;
}

/** Runs until the till is closed; answers the exit code. */
export async function main(): Promise<number> {
  let values: ReturnType<typeof readArguments>;
  try {
    values = readArguments();
  } catch (error) {
    // Whatever is wrong with the arguments, how they are written is the answer.
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return exitCodes.usage;
  }
  if (values.help) {
    console.log(usage);
    return exitCodes.stopped;
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    console.error(`--port is a number from 0 to 65535, not ${String(values.port)}\n\n${usage}`);
    return exitCodes.usage;
  }
  const isBrowser = values.browser || values['no-open'] || port !== undefined || values.screens !== undefined;
  const electron = isBrowser ? undefined : findElectron(process.env);
  if (electron !== undefined) {
    await buildScreens((line) => console.log(line));
    await buildShellWhenOld((line) => console.log(line));
    return await openShell(electron, values.data);
  }
  const files = dataFolder(values.data ?? usualDataFolder(process.platform, process.env));
  if (values.screens === undefined) await buildScreens((line) => console.log(line));
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const log = createFileLog(files.shellLog);
  logFaults(log);
  let fault: unknown;
  const keeper = createTillKeeper({
    open: async (told) => {
      try {
        return await openTillUpToDate(files, version, { told });
      } catch (error) {
        fault = error;
        throw error;
      }
    },
    paths: files,
    log,
  });
  let host: BrowserHost;
  try {
    host = await startBrowserHost({
      till: keeper,
      folder: values.screens ?? screensFolder,
      log,
      random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
      ...(port === undefined ? {} : { port }),
    });
  } catch (error) {
    log.close();
    console.error(whyDeaf(error, port));
    return exitCodes.failed;
  }
  log.info('till.started', { origin: host.origin, folder: files.folder });
  console.log(
    isBrowser
      ? 'Evertill opens in a browser window.'
      : "Evertill opens in a browser window: Electron's runtime is not installed here.",
  );
  console.log(`Data: ${files.folder}`);
  console.log(`Till: ${host.url}`);
  console.log('Ctrl-C closes the till; what was sold is saved.');
  const close = async (): Promise<void> => {
    await host.close();
    await keeper.close();
    log.close();
  };
  // The window says how far the till is, and what to do where it can't be opened.
  if (!values['no-open']) openWindow(host.url);
  keeper.onStarting(sayOnce((step) => console.log(steps[step])));
  const opened = await keeper.opened(false);
  if (!opened.ok) {
    console.error(whyShut(fault, opened.trouble, files));
    if (values['no-open']) {
      await close();
      return exitCodes.failed;
    }
  }

  return new Promise((end) => {
    let isClosing = false;
    const shutDown = async (): Promise<void> => {
      // A process group gets the signal twice: once for npm, once for this process.
      if (isClosing) return;
      isClosing = true;
      await close();
      end(exitCodes.stopped);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shutDown());
  });
}
