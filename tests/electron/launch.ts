/** What a story needs of a running application, whether it is Electron's or the stand-in's. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type * as Electron from 'electron';
import { type Browser, chromium, type Page } from 'playwright-core';

export type ElectronModule = typeof Electron;

export interface RunningShell {
  /** The window's page. After a crash another one than before. */
  page(): Promise<Page>;
  /** Runs a function inside the main process; it is sent as text and sees nothing of where it was written. */
  evaluate<Given, Answer>(
    work: (electron: ElectronModule, given: Given) => Answer | Promise<Answer>,
    given?: Given,
  ): Promise<Answer>;
  /** Ends with the exit code. */
  readonly ended: Promise<number | null>;
  /** Without a word to anybody, as when the power goes. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  /** The built application: `shell` and `renderer` are in it. */
  readonly dist: string;
  /** The till's data folder. */
  readonly data: string;
  readonly env?: Readonly<Record<string, string>>;
}

export type Launch = (options: LaunchOptions) => Promise<RunningShell>;

/** How long a screen may take, on a PC that is busy with other tests. */
const patience_ms = 30_000;

/** Runs the built main under the stand-in, in a process of its own. */
export const launchStandIn: Launch = async ({ data, dist, env = {} }) => {
  const register = pathToFileURL(join(import.meta.dirname, 'stand-in', 'register.ts')).href;
  const child = spawn(process.execPath, ['--import', register, join(dist, 'shell', 'main.cjs'), '--data', data], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const stderr = child.stderr === null ? Promise.resolve('') : text(child.stderr);
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  type Message = { endpoint: string; pid: number } | { id: number; value?: unknown; error?: string };
  const answers = new Map<number, (message: { value?: unknown; error?: string }) => void>();
  let found: (message: { endpoint: string; pid: number }) => void = () => undefined;
  const chromiumStarted = new Promise<{ endpoint: string; pid: number }>((resolve) => (found = resolve));
  let chromium_pid: number | undefined;
  child.on('message', (message: Message) => {
    if ('endpoint' in message) {
      chromium_pid = message.pid;
      return found(message);
    }
    answers.get(message.id)?.(message);
    answers.delete(message.id);
  });
  let nextId = 1;
  let browser: Promise<Browser> | undefined;
  const connect = async (): Promise<Browser> => {
    const started = await Promise.race([chromiumStarted, ended]);
    if (typeof started !== 'object' || started === null) throw new Error(`it ended with ${started}: ${await stderr}`);
    return await chromium.connectOverCDP(started.endpoint);
  };
  void ended.then(async () => {
    if (browser !== undefined) await (await browser.catch(() => undefined))?.close().catch(() => undefined);
  });
  return {
    ended,
    page: async () => {
      browser ??= connect();
      const [context] = (await browser).contexts();
      if (context === undefined) throw new Error('no context');
      context.setDefaultTimeout(patience_ms);
      const alive = context.pages().filter((page) => !page.url().startsWith('chrome:'));
      return alive.at(-1) ?? (await context.waitForEvent('page'));
    },
    evaluate: (work, given) =>
      new Promise((resolve, reject) => {
        const id = nextId;
        nextId += 1;
        // The answer is what the given function answers, copied.
        answers.set(id, ({ error, value }) =>
          error === undefined ? resolve(value as never) : reject(new Error(error)),
        );
        child.send({ id, work: work.toString(), given }, (fault) => {
          if (fault === null) return;
          answers.delete(id);
          void stderr.then((said) => reject(new Error(`it is gone: ${said}`)));
        });
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      try {
        if (chromium_pid !== undefined) process.kill(chromium_pid, 'SIGKILL');
      } catch {
        // It has gone with the application.
      }
    },
  };
};
