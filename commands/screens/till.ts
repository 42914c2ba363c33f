/** What the commands share that photograph a till: a till behind its screens, and a window on it. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { dataFolder } from '../../electron/pc/folder.ts';
import { startBrowserHost } from '../../electron/browser/host.ts';
import { openTill } from '../../electron/pc/open-till.ts';
import type { Till } from '../../electron/till/app.ts';
import { screensFolder } from '../demo/screens.ts';

/** Where the pictures go: where the call says, else `docs/screens`. */
export const picturesFolder = process.argv[2] ?? fileURLToPath(new URL('../../docs/screens', import.meta.url));

/** Long enough for a notice to come in and the tint of a new line to fade. */
const settle_ms = 500;

export interface ScreenedTill {
  readonly till: Till;
  readonly url: string;
  close(): Promise<void>;
}

/** Opens a till on a folder, which is made when it is not there, and serves its screens. */
export async function openScreenedTill(folder: string): Promise<ScreenedTill> {
  const opened = openTill(dataFolder(folder), 'screens');
  const host = await startBrowserHost({
    till: opened.till,
    folder: screensFolder,
    log: opened.log,
    random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
    port: 0,
  });
  return {
    till: opened.till,
    url: host.url,
    close: async () => {
      await host.close();
      opened.close();
    },
  };
}

export async function photograph(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(settle_ms);
  await page.screenshot({ path: join(picturesFolder, `till-${name}.png`) });
}

export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => void (window.location.hash = to), hash);
}

/** Signs somebody in who is among those that the screen offers. */
export async function signIn(page: Page, person: { readonly name: string; readonly pin: string }): Promise<void> {
  await page.getByRole('button', { name: person.name }).click();
  await typePin(page, person.pin);
}

export async function typePin(page: Page, pin: string): Promise<void> {
  await page.locator('input[type="password"]').fill(pin);
  await page.keyboard.press('Enter');
  await page.locator('input[type="password"]').waitFor({ state: 'detached' });
}
