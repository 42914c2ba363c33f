/**
 * `npm run node -- commands/screens-headoffice.ts [<folder>]`: photographs the head office's console with an example
 * company in it, into `docs/screens`: every page at 1440 × 900, some narrower, dark and in Arabic. The screens have to be
 * built first.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startServer } from '../headoffice/server.ts';
import { launchChromium } from './chromium.ts';
import { exampleNow, fillExample } from './headoffice/example/company.ts';
import { exampleOwner, openExample } from './headoffice/example/open.ts';
import { ageExample } from './headoffice/example/troubles.ts';
import { startPostgres } from './postgres.ts';
import { logTo } from '../shared/log.ts';

const silent = logTo((level, event, facts) => {
  if (level === 'error') console.error(event, facts);
});
const folder = process.argv[2] ?? fileURLToPath(new URL('../docs/screens', import.meta.url));
const screens = process.env['SCREENS'] ?? fileURLToPath(new URL('../dist/renderer', import.meta.url));
const cluster = join(tmpdir(), `evertill-screens-${String(process.pid)}`);

const pages = [
  ['today', '#/'],
  ['sales', '#/sales'],
  ['tills', '#/tills'],
  ['inbox', '#/inbox'],
  ['catalogue', '#/catalogue'],
  ['transfers', '#/stock/transfers'],
  ['transfer', '#/stock/transfers/QU1-A-T2'],
  ['staff', '#/staff'],
  ['reports', '#/reports'],
  ['enrol', '#/tills/enrol'],
  ['settings', '#/settings'],
] as const;

mkdirSync(folder, { recursive: true });
const postgres = await startPostgres({ folder: cluster, password: 'example', settings: { fsync: 'off' } });
try {
  const { host, password, port, user } = postgres;
  const database = { host, port, user, password, database: 'postgres' };
  const example = await openExample({ database, company: 'Harbour Stores', now: () => exampleNow, log: silent });
  try {
    await fillExample(example.client);
    await ageExample(example.admin);
    const server = await startServer({ office: example.office, ports: example.ports, folder: screens });
    try {
      await photograph(server.url);
    } finally {
      await server.close();
    }
  } finally {
    await example.close();
  }
} finally {
  await postgres.stop();
  rmSync(postgres.folder, { recursive: true, force: true });
  rmSync(cluster, { recursive: true, force: true });
}

async function photograph(url: string): Promise<void> {
  const browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(message.text());
  });
  await page.goto(url);
  await page.getByLabel('Sign-in name').waitFor();
  await page.screenshot({ path: join(folder, 'headoffice-sign-in-1440.png') });
  await page.getByLabel('Sign-in name').fill(exampleOwner.login);
  await page.getByLabel('Password').fill(exampleOwner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').waitFor();
  for (const [name, address] of pages) await shoot(page, `headoffice-${name}-1440`, address);
  await page.goto(`${url}#/sales`);
  await page.getByRole('row').nth(3).click();
  const sale = new URL(page.url()).hash;
  await shoot(page, 'headoffice-sale-1440', sale);
  for (const width of [1200, 800]) {
    await page.setViewportSize({ width, height: 900 });
    await shoot(page, `headoffice-today-${String(width)}`, '#/');
    await shoot(page, `headoffice-sale-${String(width)}`, sale);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.evaluate(() => localStorage.setItem('evertill.appearance', '{"theme":"dark"}'));
  await page.reload();
  await shoot(page, 'headoffice-today-dark-1440', '#/');
  await shoot(page, 'headoffice-sale-dark-1440', sale);
  await shoot(page, 'headoffice-transfer-dark-1440', '#/stock/transfers/QU1-A-T3');
  await page.evaluate(() => {
    localStorage.removeItem('evertill.appearance');
    localStorage.setItem('evertill.language', 'ar');
  });
  await page.reload();
  await shoot(page, 'headoffice-today-ar-1440', '#/');
  await shoot(page, 'headoffice-sale-ar-1440', sale);
  await shoot(page, 'headoffice-transfer-ar-1440', '#/stock/transfers/QU1-A-T2');
  await page.setViewportSize({ width: 1024, height: 768 });
  await shoot(page, 'headoffice-sales-ar-1024', '#/sales');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.evaluate(() => localStorage.setItem('evertill.language', 'de'));
  await page.reload();
  await shoot(page, 'headoffice-today-de-1440', '#/');
  await browser.close();
}

/** Opens a page by its address, waits until all that it asks has come, and takes the whole of it; of the list, its top. */
async function shoot(page: Page, name: string, address: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], [data-pending]') === null);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: address !== '#/sales' });
}
