/** The console in a real Chromium, over the real server and a real PostgreSQL with an example company in it. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { type ExampleCompany, exampleNow, fillExample } from '../../../commands/headoffice/example/company.ts';
import { type ExampleOffice, exampleOwner, openExample } from '../../../commands/headoffice/example/open.ts';
import { ageExample } from '../../../commands/headoffice/example/troubles.ts';
import { type RunningServer, startServer } from '../../../headoffice/server.ts';
import { formatMoney } from '../../../shared/money/format.ts';
import { launchChromium } from '../../support/chromium.ts';
import { createDatabase } from '../../support/postgres.ts';
import { askForShared } from '../../support/shared-by-run.ts';
import { logTo } from '../../../shared/log.ts';

/** On a PC that is busy with other tests. */
const patience_ms = 60_000;

export interface World {
  readonly browser: Browser;
  /** The built screens. */
  readonly screens: string;
  readonly example: ExampleOffice;
  readonly company: ExampleCompany;
  readonly server: RunningServer;
  /** The same with screens that write into the console what React objects to. */
  readonly complaining: RunningServer;
  close(): Promise<void>;
}

/** Fills a company with a fifth of the example's sales. */
export async function openWorld(): Promise<World> {
  const screens = await askForShared('screens');
  const browser = await launchChromium();
  const example = await openEmpty();
  const company = await fillExample(example.client, 0.2);
  await ageExample(example.admin);
  // All windows of all stories come from one address, many within a minute: what an address may ask is tested elsewhere.
  const limits = { signInsPerMinute: 10_000, requestsPerMinute: 1_000_000 };
  const serve = (folder: string) => startServer({ office: example.office, ports: example.ports, folder, limits });
  const server = await serve(screens);
  const complaining = await serve(await askForShared('developmentScreens'));
  return {
    browser,
    screens,
    example,
    company,
    server,
    complaining,
    close: async () => {
      await browser.close();
      await server.close();
      await complaining.close();
      await example.close();
    },
  };
}

/** A head office in which nothing is yet but its first user. */
export async function openEmpty(): Promise<ExampleOffice> {
  const log = logTo((level, event, facts) => {
    if (level === 'error') console.error(event, facts);
  });
  return await openExample({ database: await createDatabase(), company: 'Harbour Stores', now: () => exampleNow, log });
}

export interface Window {
  readonly page: Page;
  /** What the page wrote into its console that it should not have. */
  readonly complaints: readonly string[];
}

export interface WindowOptions extends BrowserContextOptions {
  readonly language?: string;
  readonly theme?: string;
  /** Another server than the world's. */
  readonly url?: string;
}

/** A window at the sign-in. It is closed with its test: one that is left open asks for news every second. */
export async function open(world: World, options: WindowOptions = {}): Promise<Window> {
  const { language = 'en', theme, url = world.server.url, ...more } = options;
  const context = await world.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...more });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(patience_ms);
  await context.addInitScript(
    ([chosen, look]) => {
      localStorage.setItem('evertill.language', chosen ?? 'en');
      if (look !== undefined) localStorage.setItem('evertill.appearance', JSON.stringify({ theme: look }));
    },
    [language, theme],
  );
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints };
}

export async function signIn(
  page: Page,
  who: { readonly login: string; readonly password: string } = exampleOwner,
): Promise<void> {
  await page.locator('input[name="username"]').fill(who.login);
  await page.locator('input[name="password"]').fill(who.password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
}

/** A window of the owner's, at a page given by its address. */
export async function openAt(world: World, hash = '#/', options: WindowOptions = {}): Promise<Page> {
  const { page } = await open(world, options);
  await signIn(page);
  await go(page, hash);
  return page;
}

/** Goes to a page by its address and waits until all that it asks has come. */
export async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, hash);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}

/** Types a day into its field, part by part as the console's language orders them: `13112026`. */
export async function typeDay(page: Page, label: string, digits: string): Promise<void> {
  await page.getByRole('group', { name: label, exact: true }).getByRole('spinbutton').first().focus();
  await page.keyboard.type(digits);
}

/** How far anything sticks out of the page sideways. */
export async function overflow_px(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Waits until what a page tells is so. */
export function eventually<Told>(tell: () => Promise<Told>) {
  return expect.poll(tell, { timeout: patience_ms, interval: 100 });
}

/** One of the example's sales and the address of its page. */
export async function someSale({ example }: World) {
  const { sales } = await example.client.sale.list({ text: 'HS1', limit: 5 });
  const found = sales[2];
  if (found === undefined) throw new Error('nothing was sold');
  return { hash: `#/sales/${found.store}/${found.sale}`, store: found.store, sale: found.sale };
}

/** One more sale of 7.80 at a till of the example, sent at once. */
export async function sellOneMore({ company, example }: World, place: number): Promise<void> {
  const till = company.tills[place];
  const { products } = await example.client.product.list({ text: 'Cinnamon' });
  const { taxes } = await example.client.catalogue.taxes({});
  const [product] = products;
  const tax = taxes.find(({ code }) => code === 'Z');
  const { staff } = await example.client.staff.list({});
  const actor = staff[0]?.staff;
  if (till === undefined || product === undefined || tax === undefined || actor === undefined)
    throw new Error('nothing to sell');
  const moment = { at: exampleNow, business_date: '2026-11-20', actor };
  const sellable = { ...product, unit: 'piece' as const, price_minor: product.price_minor ?? 0, tax };
  till.sell(till.openShift(700, moment), [{ product: sellable, quantity_milli: 3000 }], 'cash', moment);
  await till.sync();
}

/** Minor units as the example's stores write them. */
export function pounds(amount_minor: number): string {
  return formatMoney(amount_minor, 'GBP', 'en-GB');
}
