/**
 * `npm run node -- commands/screens.ts [<folder>]`: photographs the till's screens with the demo shop in them, into
 * `docs/screens`: at 1366 × 768, some at 1920 × 1080 in the dark and at 1024 × 768 in Arabic. Builds the screens first
 * when they are older than their sources.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { dataFolder } from '../electron/browser/folder.ts';
import { startBrowserHost } from '../electron/browser/host.ts';
import { openTill } from '../electron/browser/open-till.ts';
import { harbourStreet } from '../shared/demo/harbour-street.ts';
import { launchChromium } from './chromium.ts';
import { buildScreens, screensFolder } from './demo/screens.ts';

const folder = process.argv[2] ?? fileURLToPath(new URL('../docs/screens', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'evertill-screens-'));
/** Long enough for the tint of a new line to fade. */
const settle_ms = 500;

mkdirSync(folder, { recursive: true });
await buildScreens((line) => console.log(line));
const opened = openTill(dataFolder(join(home, 'till')), 'screens');
const host = await startBrowserHost({
  till: opened.till,
  folder: screensFolder,
  log: opened.log,
  random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
  port: 0,
});
const browser = await launchChromium();
try {
  await photographTheDay();
} finally {
  await browser.close();
  await host.close();
  opened.close();
  rmSync(home, { recursive: true, force: true });
}

async function openWindow(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London', ...options });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(message.text());
  });
  await page.goto(host.url);
  return page;
}

async function photograph(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(settle_ms);
  await page.screenshot({ path: join(folder, `till-${name}.png`) });
}

async function signIn(page: Page, role: 'cashier' | 'manager'): Promise<void> {
  const person = harbourStreet.staff.find((one) => one.role === role);
  if (person === undefined) throw new Error(`the demo shop has no ${role}`);
  await page.getByRole('button', { name: person.name }).click();
  await page.locator('input[type="password"]').fill(person.pin);
  await page.keyboard.press('Enter');
  await page.locator('input[type="password"]').waitFor({ state: 'detached' });
}

/** Finds a product by its name and puts it into the basket, as a hand does. */
async function ringUp(page: Page, name: string, quantity?: string): Promise<void> {
  await page.locator('input').first().fill(name);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  if (quantity !== undefined) {
    await page.getByRole('dialog').locator('input').fill(quantity);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.getByRole('listbox').waitFor({ state: 'detached' });
}

async function fillBasket(page: Page): Promise<void> {
  await ringUp(page, 'Sourdough loaf');
  await ringUp(page, 'Vine tomatoes', '0.624');
  for (let n = 0; n < 3; n += 1) await ringUp(page, 'Oat drink');
  await ringUp(page, 'Ceramic mug');
  await ringUp(page, 'Butter croissant');
  await ringUp(page, 'Butter croissant');
}

/** One day in the shop, photographed as it passes. */
async function photographTheDay(): Promise<void> {
  const page = await openWindow({ viewport: { width: 1366, height: 768 }, colorScheme: 'light' });
  await page.getByRole('button', { name: 'Try it' }).waitFor();
  await photograph(page, 'setup-1366');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('button', { name: 'Jonas M.' }).click();
  await photograph(page, 'signin-1366');
  await signIn(page, 'cashier');
  await page.getByLabel('Cash in the drawer').fill('150');
  await photograph(page, 'shift-1366');
  await page.keyboard.press('Enter');
  await page.getByText('Basket is empty').waitFor();

  await fillBasket(page);
  await photograph(page, 'sell-light-1366');
  await page.keyboard.press('F10');
  await page.getByLabel('Cash received').fill('10');
  await page.keyboard.press('Enter');
  await page.getByText('Paid so far').waitFor();
  await page.keyboard.press('F4');
  await photograph(page, 'pay-1366');
  await page.keyboard.press('Enter');
  await page.getByText('is saved on this till').waitFor();
  await photograph(page, 'done-1366');

  await page.keyboard.press('F4');
  await page.keyboard.press('F1');
  await photograph(page, 'more-1366');
  await page.getByRole('dialog').getByRole('button', { name: 'Refund without a receipt' }).click();
  await page.getByLabel('Name, SKU or barcode').fill('Ceramic mug');
  await page.getByRole('list').getByRole('button').first().click();
  await page.getByRole('radio', { name: 'Faulty' }).click();
  await page.keyboard.press('F10');
  await page.getByText('A manager must approve this').waitFor();
  await photograph(page, 'approval-1366');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await page.keyboard.press('F7');
  await page.getByRole('row').nth(1).click();
  await page.getByRole('button', { name: 'All that is left' }).click();
  await photograph(page, 'refund-1366');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sales' }).click();
  await page.getByRole('row').nth(1).click();
  await photograph(page, 'sales-1366');

  const manager = await openWindow({ viewport: { width: 1920, height: 1080 }, colorScheme: 'dark' });
  await signIn(manager, 'manager');
  await fillBasket(manager);
  await manager.keyboard.press('ArrowUp');
  await manager.keyboard.press('ArrowUp');
  await photograph(manager, 'sell-dark-1920');
  for (const [name, path] of [
    ['products', '#/products'],
    ['staff', '#/staff'],
    ['report', '#/shift'],
    ['settings', '#/settings'],
  ] as const) {
    await manager.evaluate((hash) => void (window.location.hash = hash), path);
    await photograph(manager, `${name}-dark-1920`);
  }

  const tablet = await openWindow({ viewport: { width: 1024, height: 768 }, colorScheme: 'light' });
  await tablet.evaluate(() => localStorage.setItem('evertill.language', 'ar'));
  await tablet.reload();
  await signIn(tablet, 'cashier');
  await photograph(tablet, 'sell-rtl-1024');

  await page.evaluate(() => void (window.location.hash = '#/shift/close'));
  await page.getByRole('button', { name: 'Void basket' }).waitFor();
  await photograph(page, 'close-basket-1366');
  await page.getByRole('button', { name: 'Void basket' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Void' }).click();
  await page.getByLabel('How many £50').fill('2');
  await page.getByLabel('How many £20').fill('3');
  await page.getByLabel('How many £1', { exact: true }).fill('14');
  await photograph(page, 'close-1366');
}
