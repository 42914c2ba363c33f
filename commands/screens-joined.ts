/**
 * `npm run node -- commands/screens-joined.ts [<folder>]`: photographs what a till shows that has joined a head office, into
 * `docs/screens`: with the demo's own head office beside it, first in step, then cut off.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { harbourStreet } from '../shared/demo/harbour-street.ts';
import { launchChromium } from './chromium.ts';
import { findPlace } from './demo/place.ts';
import { startDemo } from './demo/start-demo.ts';

const folder = process.argv[2] ?? fileURLToPath(new URL('../docs/screens', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'evertill-screens-'));
/** Long enough for a notice to come in and the tint of a new line to fade. */
const settle_ms = 500;

mkdirSync(folder, { recursive: true });
const place = await findPlace(join(home, 'demo'), true);
const demo = await startDemo({ place, report: (line) => console.log(line), stoppable: () => undefined });
const browser = await launchChromium();
try {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1366, height: 768 },
  });
  await photographTheTill(await context.newPage());
} finally {
  await browser.close();
  await demo.stop();
  // Where PostgreSQL keeps its data may be elsewhere.
  await findPlace(place.folder, true);
  rmSync(home, { recursive: true, force: true });
}

async function photograph(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(settle_ms);
  await page.screenshot({ path: join(folder, `till-${name}.png`) });
}

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => void (window.location.hash = to), hash);
}

/** A short day: two shifts, the second of which the head office has not heard of. */
async function photographTheTill(page: Page): Promise<void> {
  const manager = harbourStreet.staff.find(({ role }) => role === 'manager');
  if (manager === undefined) throw new Error('the demo shop has no manager');
  await page.goto(demo.host.url);
  await page.getByRole('button', { name: manager.name }).click();
  await page.locator('input[type="password"]').fill(manager.pin);
  await page.keyboard.press('Enter');
  await openShift(page);
  await sell(page, 'Ceramic mug');
  await closeShift(page);
  await page.getByText('The head office computed it again and agrees').waitFor();
  await photograph(page, 'closed-joined-1366');
  await goTo(page, '#/sync');
  await page.getByText('Everything is confirmed').waitFor();
  await photograph(page, 'sync-1366');

  const [till] = (await demo.office.till.list({})).tills;
  if (till === undefined) throw new Error('the demo has a till');
  await demo.office.till.set_active({ till: till.till, active: false });
  await goTo(page, '#/');
  await openShift(page);
  await sell(page, 'Sourdough loaf');
  await sell(page, 'Oat drink');
  await closeShift(page);
  await goTo(page, '#/sync');
  await page.getByText('The head office took this till out of use').waitFor();
  await photograph(page, 'sync-stopped-1366');
  await goTo(page, '#/shift/closed');
  await page.getByRole('row').nth(2).click();
  await page.getByRole('article').first().waitFor();
  await photograph(page, 'closings-1366');

  await demo.office.till.set_active({ till: till.till, active: true });
  await goTo(page, '#/sync');
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.getByText('Everything is confirmed').waitFor();
  await goTo(page, '#/settings');
  await page.getByRole('button', { name: 'Leave this till' }).click();
  await page.getByRole('alertdialog').waitFor();
  await photograph(page, 'leave-1366');
}

async function openShift(page: Page): Promise<void> {
  await page.getByLabel('Cash in the drawer').fill('100');
  await page.keyboard.press('Enter');
  await page.getByText('Basket is empty').waitFor();
}

async function sell(page: Page, name: string): Promise<void> {
  await page.locator('input').first().fill(name);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await page.keyboard.press('F9');
  await page.getByLabel('By card').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('is saved on this till').waitFor();
  await page.keyboard.press('F4');
  await page.getByText('Basket is empty').waitFor();
}

/** Cards are not in the drawer: the float is all there is. */
async function closeShift(page: Page): Promise<void> {
  await goTo(page, '#/shift/close');
  await page.getByLabel('How many £50').fill('2');
  await page.keyboard.press('F10');
  await page.getByText('The count is right').waitFor();
  await page.keyboard.press('F8');
  await page.getByRole('heading', { name: 'The shift is closed' }).waitFor();
}
