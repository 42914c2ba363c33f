/** A window of the stand-in: a page of Chromium, with the built preload before every script of the page. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Frame,
  type Page,
  type Request,
  type Route,
} from 'playwright-core';
import { type ChromiumProcess, startChromium } from './chromium-process.ts';
import { ipcMain, standIn } from './parts.ts';
import { preloadScript } from './preload-script.ts';
import { answerOf, session, toChromium, toElectron } from './session.ts';

interface WebPreferences {
  readonly preload?: string;
  readonly sandbox?: boolean;
  readonly contextIsolation?: boolean;
  readonly nodeIntegration?: boolean;
}

interface Options {
  readonly show?: boolean;
  readonly fullscreen?: boolean;
  readonly webPreferences?: WebPreferences;
}

/** Electron's own defaults: asking for less is refused here, so that no test passes with it. */
const secure = { sandbox: true, contextIsolation: true, nodeIntegration: false } as const;

const windows = new Set<BrowserWindow>();
let running: { readonly chromium: ChromiumProcess; readonly browser: Browser } | undefined;
let isFirstPage = true;
let hearContents: (contents: WebContents) => void = () => undefined;
let hearAllClosed: () => void = () => undefined;

export function onContents(listener: typeof hearContents): void {
  hearContents = listener;
}

export function onAllClosed(listener: typeof hearAllClosed): void {
  hearAllClosed = listener;
}

export function endChromium(): void {
  running?.chromium.process.kill('SIGKILL');
}

async function theContext(): Promise<BrowserContext> {
  if (running === undefined) {
    const started = await startChromium(process.env['STAND_IN_USER_DATA'] ?? '');
    running = { chromium: started, browser: await chromium.connectOverCDP(started.endpoint) };
    process.send?.({ endpoint: started.endpoint, pid: started.process.pid });
  }
  const [context] = running.browser.contexts();
  if (context === undefined) throw new Error('Chromium has no context');
  return context;
}

class WebContents extends EventEmitter {
  readonly #window: BrowserWindow;
  #page: Page | undefined;
  #url = '';
  #isLoading = false;
  #opens: (details: { url: string }) => { action: 'allow' | 'deny' } = () => ({ action: 'allow' });

  constructor(window: BrowserWindow) {
    super();
    this.#window = window;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'allow' | 'deny' }): void {
    this.#opens = handler;
  }
  async load(url: string): Promise<void> {
    this.#url = url;
    this.#page ??= await this.#openPage();
    this.#isLoading = true;
    try {
      await this.#page.goto(toChromium(url), { waitUntil: 'domcontentloaded' });
    } finally {
      this.#isLoading = false;
    }
    this.#window.emit('ready-to-show');
  }
  /** A page that has crashed can't be driven any more: another one takes its place. */
  reload(): void {
    void this.load(this.#url);
  }
  forcefullyCrashRenderer(): void {
    void this.#page?.goto('chrome://crash').catch(() => undefined);
  }
  send(channel: string, ...given: unknown[]): void {
    const copy = structuredClone(given);
    void this.#page
      ?.evaluate(
        ([name, what]) =>
          (globalThis as unknown as { __stand_in_emit(name: string, what: unknown[]): void }).__stand_in_emit(
            name,
            what,
          ),
        [channel, copy] as const,
      )
      // A page that is being loaded anew hears nothing, as the real one.
      .catch(() => undefined);
  }
  async executeJavaScript(code: string): Promise<unknown> {
    return await this.#page?.evaluate(code);
  }
  getPrintersAsync(): Promise<typeof standIn.printers> {
    return Promise.resolve(standIn.printers);
  }
  print(options: unknown, callback: (isPrinted: boolean, reason: string) => void): void {
    standIn.prints.push(options);
    setImmediate(() => callback(standIn.isPrinting, standIn.isPrinting ? '' : 'Print job failed'));
  }

  async #openPage(): Promise<Page> {
    const context = await theContext();
    // Chromium begins with one, and every other is another.
    const page = (isFirstPage ? context.pages()[0] : undefined) ?? (await context.newPage());
    isFirstPage = false;
    await page.exposeBinding('__stand_in_ipc', async ({ frame }, channel: string, given: unknown[]) => {
      return await this.#answer(frame, channel, given);
    });
    const { preload } = this.#window.options.webPreferences ?? {};
    if (preload !== undefined) await page.addInitScript({ content: preloadScript(readFileSync(preload, 'utf8')) });
    await page.route('**/*', (route) => this.#route(route));
    page.on('popup', (popup) => {
      if (this.#opens({ url: toElectron(popup.url()) }).action === 'deny') void popup.close();
    });
    page.on('crash', () => {
      this.#page = undefined;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    });
    return page;
  }
  async #answer(frame: Frame, channel: string, given: unknown[]): Promise<object> {
    const event = { sender: this, senderFrame: { url: toElectron(frame.url()), parent: frame.parentFrame() } };
    try {
      const handler = ipcMain.handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      return { ok: structuredClone(await handler(event, ...given)) };
    } catch (error) {
      return { error: `Error invoking remote method '${channel}': ${String(error)}` };
    }
  }
  async #route(route: Route): Promise<void> {
    const request = route.request();
    const url = toElectron(request.url());
    if (request.isNavigationRequest() && !this.#isLoading && !isReload(request)) {
      let isPrevented = false;
      const event = { url, preventDefault: () => (isPrevented = true) };
      if (request.frame().parentFrame() === null) this.emit('will-navigate', event);
      this.emit('will-frame-navigate', event);
      if (isPrevented) return await route.fulfill({ status: 204 });
    }
    if (session.defaultSession.isBlocked(url)) return await route.abort('blockedbyclient');
    const answer = await answerOf(request.url());
    if (answer === undefined) return await route.abort('namenotresolved');
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  }
}

/** The same page once more, which is no way to another one. The fragment is never asked for. */
function isReload(request: Request): boolean {
  return request.frame().url().split('#', 1)[0] === request.url();
}

export class BrowserWindow extends EventEmitter {
  readonly options: Options;
  readonly webContents: WebContents;
  #isVisible: boolean;
  #isFocused = false;
  #isMinimized = false;
  #isFullScreen: boolean;

  constructor(options: Options = {}) {
    super();
    for (const [name, safe] of Object.entries(secure) as [keyof typeof secure, boolean][]) {
      if ((options.webPreferences?.[name] ?? safe) !== safe) throw new Error(`insecure webPreferences.${name}`);
    }
    this.options = options;
    this.#isVisible = options.show ?? true;
    this.#isFullScreen = options.fullscreen ?? false;
    this.webContents = new WebContents(this);
    windows.add(this);
    hearContents(this.webContents);
  }
  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }
  loadURL(url: string): Promise<void> {
    return this.webContents.load(url);
  }
  show(): void {
    this.#isVisible = true;
  }
  focus(): void {
    this.#isFocused = true;
  }
  blur(): void {
    this.#isFocused = false;
  }
  maximize(): void {
    this.#isVisible = true;
  }
  minimize(): void {
    this.#isMinimized = true;
    this.#isFocused = false;
  }
  restore(): void {
    this.#isMinimized = false;
  }
  isMinimized(): boolean {
    return this.#isMinimized;
  }
  isVisible(): boolean {
    return this.#isVisible;
  }
  isFocused(): boolean {
    return this.#isFocused;
  }
  isFullScreen(): boolean {
    return this.#isFullScreen;
  }
  setFullScreen(isFullScreen: boolean): void {
    this.#isFullScreen = isFullScreen;
  }
  getNormalBounds() {
    return { x: 40, y: 30, width: 1366, height: 768 };
  }
  isDestroyed(): boolean {
    return !windows.has(this);
  }
  close(): void {
    this.emit('close', {});
    windows.delete(this);
    this.emit('closed');
    if (windows.size === 0) hearAllClosed();
  }
}
