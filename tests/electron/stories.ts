/** What a shop does at the desktop application, told once: for the stand-in, and for Electron where it is installed. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { dataFolder } from '../../electron/pc/folder.ts';
import {
  basketLines,
  eventually,
  openShift,
  scan,
  scanField,
  signIn,
  slate,
  somethingToSell,
} from '../e2e/support/shop.ts';
import { makeOlder } from '../support/older-file.ts';
import type { Launch, LaunchOptions, RunningShell } from './launch.ts';

const [product, other] = [somethingToSell(0), somethingToSell(1)];

export interface ShellWorld {
  readonly launch: Launch;
  /** The built application. */
  readonly dist: string;
  /** The folder of a demo shop with a shift open on a float of 100, as a till without Electron left it. */
  readonly demo: string;
}

/** A data folder of its own: empty, or a copy of the demo shop's. */
export function newData(demo?: string): string {
  const above = mkdtempSync(join(tmpdir(), 'evertill-shell-'));
  onTestFinished(() => rmSync(above, { recursive: true, force: true, maxRetries: 5 }));
  const files = dataFolder(join(above, 'till'));
  if (demo !== undefined) {
    const from = dataFolder(demo);
    cpSync(from.folder, files.folder, { recursive: true });
    cpSync(from.key, files.key);
    cpSync(from.mark, files.mark);
  }
  return files.folder;
}

/** Starts the application, and ends it with the test whatever comes. */
export async function start(world: ShellWorld, options: Omit<LaunchOptions, 'dist'>): Promise<RunningShell> {
  const shell = await world.launch({ dist: world.dist, ...options });
  onTestFinished(() => shell.kill());
  return shell;
}

/** The demo shop with Jonas at the till. */
export async function startDemo(world: ShellWorld, data = newData(world.demo)) {
  const shell = await start(world, { data });
  const page = await shell.page();
  await signIn(page, 'Jonas M.');
  await scanField(page).waitFor();
  return { shell, page, data };
}

/** As somebody closes the application. */
export async function quit(shell: RunningShell): Promise<number | null> {
  // The answer may be lost with the process.
  void shell.evaluate(({ app }) => app.quit()).catch(() => undefined);
  return await shell.ended;
}

/** What the window shows, asked of the application: after a crash the test's own page is gone. */
export function shown(shell: RunningShell): Promise<string> {
  return shell.evaluate(async ({ BrowserWindow }) => {
    const text: unknown = await BrowserWindow.getAllWindows()[0]
      ?.webContents.executeJavaScript('document.body.innerText')
      .catch(() => '');
    return String(text);
  });
}

/** How many sales a closed till holds. */
function salesIn(data: string): number {
  const file = new Database(dataFolder(data).till, { readonly: true });
  const counted = file.prepare("SELECT count(*) FROM journal WHERE kind = 'sale.completed'").pluck().get();
  file.close();
  return Number(counted);
}

async function sellForCash(page: Page): Promise<string> {
  await page.keyboard.press('F10');
  await page.getByLabel('Cash received').waitFor();
  await page.keyboard.press('Enter');
  return await page.getByText(/HS1-A-\d{6} is saved/u).innerText();
}

export function shellStories(world: () => ShellWorld): void {
  it('brings the till of an older version up to date, keeps a copy of it, and sells', async () => {
    const data = newData(world().demo);
    makeOlder(dataFolder(data).till);
    const { page, shell } = await startDemo(world(), data);
    await scan(page, product.barcode);
    await eventually(() => basketLines(page).count()).toBe(1);
    expect(await quit(shell)).toBe(0);
    expect(readdirSync(dataFolder(data).backups)).toHaveLength(1);
  });

  it('sets up a demo shop, sells, and has it all at the next start', async () => {
    const data = newData();
    const first = await start(world(), { data });
    const page = await first.page();
    await page.getByRole('button', { name: 'Try it' }).click();
    await signIn(page, 'Jonas M.');
    await openShift(page, '100');
    await scan(page, product.barcode);
    await eventually(() => basketLines(page).count()).toBe(1);
    expect(await sellForCash(page)).toContain('HS1-A-000001');
    await page.keyboard.press('F4');
    await scan(page, other.barcode);
    await eventually(() => basketLines(page).count()).toBe(1);
    expect(await quit(first)).toBe(0);

    const again = await startDemo(world(), data);
    await eventually(() => basketLines(again.page).filter({ hasText: other.name }).count()).toBe(1);
    expect(await sellForCash(again.page)).toContain('HS1-A-000002');
    expect(await quit(again.shell)).toBe(0);
  });

  it('brings a window back that has crashed, with the basket as it was', async () => {
    const { data, page, shell } = await startDemo(world());
    await scan(page, product.barcode);
    await scan(page, other.barcode);
    await eventually(() => basketLines(page).count()).toBe(2);
    await shell.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    // Whoever was signed in may have to sign in again; the till behind the window went on.
    await eventually(() => shown(shell)).toMatch(/Jonas M\./u);
    expect(await quit(shell)).toBe(0);
    const again = await startDemo(world(), data);
    await eventually(() => basketLines(again.page).count()).toBe(2);
  });

  it('is killed in the middle of a basket, starts again, and the basket is there', async () => {
    const { data, page, shell } = await startDemo(world());
    await scan(page, product.barcode);
    await scan(page, other.barcode);
    await eventually(() => basketLines(page).count()).toBe(2);
    const total = await slate(page, 'Total').innerText();
    await shell.kill();
    const again = await startDemo(world(), data);
    await eventually(() => basketLines(again.page).count()).toBe(2);
    expect(await slate(again.page, 'Total').innerText()).toBe(total);
    await sellForCash(again.page);
  });

  it('is started twice: the second puts the first before all others, and leaves', async () => {
    const { data, shell } = await startDemo(world());
    await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    const second = await start(world(), { data });
    expect(await second.ended).toBe(0);
    const isThere = () =>
      shell.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        return window?.isVisible() === true && !window.isMinimized();
      });
    await eventually(isThere).toBe(true);
  });

  it('closes with its window, and finishes the command that runs', async () => {
    const { data, page, shell } = await startDemo(world());
    await scan(page, product.barcode);
    await eventually(() => basketLines(page).count()).toBe(1);
    await page.keyboard.press('F10');
    await page.getByLabel('Cash received').waitFor();
    // The command is on its way when the window is closed: the key and the closing go out together.
    await Promise.all([
      page.keyboard.press('Enter').catch(() => undefined),
      page
        .waitForTimeout(30)
        .then(() => shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())),
    ]);
    expect(await shell.ended).toBe(0);
    const sales = salesIn(data);
    const again = await startDemo(world(), data);
    const empty = again.page.getByText('Basket is empty');
    await basketLines(again.page).first().or(empty).waitFor();
    // Either it was never asked for and the basket is there, or it is a sale and the basket is empty: never half of it.
    expect(sales).toBe((await empty.isVisible()) ? 1 : 0);
  });

  it('gives its page nothing but the till, and lets it go nowhere', async () => {
    const { page, shell } = await startDemo(world());
    const found = await page.evaluate(() => {
      const { evertill } = globalThis as never as { evertill: object };
      return {
        node: [
          typeof (globalThis as never as { require: unknown }).require,
          typeof (globalThis as never as { process: unknown }).process,
        ],
        frozen: Object.isFrozen(evertill),
        names: Object.keys(evertill).toSorted(),
      };
    });
    expect(found).toEqual({
      node: ['undefined', 'undefined'],
      frozen: true,
      names: ['invoke', 'listen', 'opened', 'prefer', 'preferences', 'print', 'printers', 'quit', 'save'],
    });
    const address = page.url();
    await page.evaluate(() => {
      window.location.href = 'https://elsewhere.invalid/';
    });
    const popup = await page.evaluate(() => window.open('https://elsewhere.invalid/') === null);
    expect(popup || (await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)) === 1).toBe(
      true,
    );
    expect(
      await page.evaluate(() =>
        fetch('https://elsewhere.invalid/').then(
          () => 'came',
          () => 'refused',
        ),
      ),
    ).toBe('refused');
    expect(await page.evaluate(() => Notification.requestPermission())).not.toBe('granted');
    expect(page.url()).toBe(address);
    await scan(page, product.barcode);
    await eventually(() => basketLines(page).count()).toBe(1);
  });

  it('fills the screen when it is told to, and remembers it', async () => {
    const { data, page, shell } = await startDemo(world());
    const isFull = (running: RunningShell) =>
      running.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen());
    expect(await isFull(shell)).toBe(false);
    await page.evaluate(() => void (window.location.hash = '#/settings'));
    await page.getByText('Fill the screen').click();
    await eventually(() => isFull(shell)).toBe(true);
    await page.getByRole('button', { name: 'Close the till' }).click();
    expect(await shell.ended).toBe(0);
    const again = await startDemo(world(), data);
    await eventually(() => isFull(again.shell)).toBe(true);
  });
}
