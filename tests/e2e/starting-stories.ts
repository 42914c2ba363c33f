/** The window is there before the till is: it shows what happens, and what to do where the till can't be opened. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, it, onTestFinished } from 'vitest';
import { startBrowserHost } from '../../electron/browser/host.ts';
import { dataFolder } from '../../electron/pc/folder.ts';
import { type OpenedTill, openTillUpToDate } from '../../electron/pc/open-till.ts';
import { createTillKeeper } from '../../electron/pc/till-keeper.ts';
import { OpenError } from '../../electron/till/db/open.ts';
import type { Starting } from '../../shared/contract/shell.ts';
import { logTo } from '../../shared/log.ts';
import { atRest } from '../support/at-rest.ts';
import { cutOff, speak } from '../support/layout.ts';
import { makeOlder } from '../support/older-file.ts';
import { scanField, signIn, type World } from './support/shop.ts';

const silent = logTo(() => undefined);
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The demo shop's till behind a window, opened as the test says. */
async function openWindow(
  world: World,
  open: (files: ReturnType<typeof dataFolder>, told: (starting: Starting) => void) => Promise<OpenedTill>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'evertill-starting-'));
  const files = dataFolder(join(folder, 'till'));
  cpSync(world.demo.folder, files.folder, { recursive: true });
  cpSync(world.demo.key, files.key);
  cpSync(world.demo.mark, files.mark);
  makeOlder(files.till);
  const keeper = createTillKeeper({ open: (told) => open(files, told), paths: files, log: silent });
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
  const host = await startBrowserHost({ till: keeper, folder: world.screens, log: silent, random, port: 0 });
  const context = await world.browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'en-GB' });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  onTestFinished(async () => {
    await context.close();
    await host.close();
    await keeper.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await page.goto(host.url);
  return { files, page };
}

export function startingStories(world: () => World): void {
  it('shows each step of bringing the till up to date, and then the till', async () => {
    const { promise: held, resolve: goOn } = Promise.withResolvers<void>();
    let tell: (starting: Starting) => void = () => undefined;
    const { page } = await openWindow(world(), async (files, told) => {
      tell = told;
      told({ step: 'backing_up', share: 0.4 });
      await held;
      return await openTillUpToDate(files, 'new', { told });
    });
    const current = page.locator('[aria-current="step"]');
    await current.filter({ hasText: 'Keeping a copy' }).waitFor();
    await expect.poll(() => page.getByRole('progressbar').getAttribute('value')).toBe('0.4');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const language of ['Deutsch', 'العربية', 'English']) {
        await speak(page, language);
        await atRest(page);
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(rules).analyze();
        const found = violations.map(({ id }) => id);
        expect([colorScheme, language, found, await cutOff(page, 'body')]).toEqual([colorScheme, language, [], []]);
      }
    }
    tell({ step: 'migrating', share: null });
    await current.filter({ hasText: 'Bringing the file up to date' }).waitFor();
    goOn();
    await signIn(page, 'Jonas M.');
    await scanField(page).waitFor();
  });

  it('says why a till can not be brought up to date, and opens it when it is tried again', async () => {
    let tries = 0;
    const { page } = await openWindow(world(), (files, told) => {
      tries += 1;
      if (tries === 1) return Promise.reject(new OpenError('storage_full', 'no space'));
      return openTillUpToDate(files, 'new', { told });
    });
    await page.getByText('There is no space to bring this till up to date').waitFor();
    await page.getByText('Nothing was changed, and nothing is lost.').waitFor();
    // A browser's window can't close the till.
    expect(await page.getByRole('button', { name: 'Close' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Try again' }).click();
    await signIn(page, 'Jonas M.');
    await scanField(page).waitFor();
  });
}
