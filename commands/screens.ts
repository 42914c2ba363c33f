/**
 * `npm run node -- commands/screens.ts [<folder>]`: photographs the till's screens with the demo shop in them, into
 * `docs/screens`: at 1366 × 768, some at 1920 × 1080 in the dark and at 1024 × 768 in Arabic. Builds the screens first
 * when they are older than their sources.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { createClient } from '../shared/contract/client.ts';
import { tillContract } from '../shared/contract/till.ts';
import { harbourStreet } from '../shared/demo/harbour-street.ts';
import { launchChromium } from './chromium.ts';
import { newCommand } from './demo/company.ts';
import { buildScreens } from './demo/screens.ts';
import { goTo, openScreenedTill, photograph, picturesFolder, signIn, typePin } from './screens/till.ts';

const home = mkdtempSync(join(tmpdir(), 'evertill-screens-'));

mkdirSync(picturesFolder, { recursive: true });
await buildScreens((line) => console.log(line));
const shop = await openScreenedTill(join(home, 'till'));
const browser = await launchChromium();
try {
  await photographTheDay();
  await photographJoining();
} finally {
  await browser.close();
  await shop.close();
  rmSync(home, { recursive: true, force: true });
}

async function openWindow(options: BrowserContextOptions, url = shop.url): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London', ...options });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(message.text());
  });
  await page.goto(url);
  return page;
}

function demoPerson(role: 'cashier' | 'manager') {
  const person = harbourStreet.staff.find((one) => one.role === role);
  if (person === undefined) throw new Error(`the demo shop has no ${role}`);
  return person;
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
  await signIn(page, demoPerson('cashier'));
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
  await page.getByRole('dialog').getByRole('button', { name: 'Refund without a receipt', exact: true }).click();
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
  await signIn(manager, demoPerson('manager'));
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
    await goTo(manager, path);
    await photograph(manager, `${name}-dark-1920`);
  }

  const tablet = await openWindow({ viewport: { width: 1024, height: 768 }, colorScheme: 'light' });
  await tablet.evaluate(() => localStorage.setItem('evertill.language', 'ar'));
  await tablet.reload();
  await signIn(tablet, demoPerson('cashier'));
  await photograph(tablet, 'sell-rtl-1024');

  await goTo(page, '#/shift/close');
  await page.getByRole('button', { name: 'Void basket' }).waitFor();
  await photograph(page, 'close-basket-1366');
  await page.getByRole('button', { name: 'Void basket' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Void' }).click();
  await page.getByLabel('How many £50').fill('2');
  await page.getByLabel('How many £20').fill('3');
  await page.getByLabel('How many £1', { exact: true }).fill('14');
  await photograph(page, 'close-1366');
}

/** A shop that is its own is about to join a head office. */
async function photographJoining(): Promise<void> {
  const own = await openScreenedTill(join(home, 'own'));
  try {
    const client = createClient(tillContract, own.till.invoke, { session: () => undefined, newCommand });
    const { login, name, password, pin } = demoPerson('manager');
    await client.setup.open_shop({
      settings: { ...harbourStreet.settings, name: 'Old Street' },
      till_code: 'OS1',
      till_name: 'Counter',
      manager: { login, name, password, pin },
    });
    const page = await openWindow({ viewport: { width: 1366, height: 768 }, colorScheme: 'light' }, own.url);
    await typePin(page, pin);
    await goTo(page, '#/settings');
    await page.getByRole('button', { name: 'Join a head office' }).click();
    await page.getByRole('dialog').getByText('What changes').waitFor();
    await photograph(page, 'join-history-1366');
  } finally {
    await own.close();
  }
}
