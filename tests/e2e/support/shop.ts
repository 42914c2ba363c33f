/** A till in a folder of its own, behind the real browser host, with a real Chromium before it. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { type DataFolder, dataFolder } from '../../../electron/pc/folder.ts';
import { type BrowserHost, startBrowserHost } from '../../../electron/browser/host.ts';
import { type OpenedTill, openTill } from '../../../electron/pc/open-till.ts';
import { harbourStreet } from '../../../shared/demo/harbour-street.ts';
import { typeAsScanner } from '../../../renderer/till/scan/type-as-scanner.ts';
import { type DemoPerson, manage } from './demo-shop.ts';

export { manage };

export interface World {
  readonly browser: Browser;
  /** The built screens. */
  readonly screens: string;
  /** A demo shop with a shift open on a float of 100, closed and ready to be copied: making one takes seconds. */
  readonly demo: DataFolder;
}

/** Products by the piece that cost what is said, in the first category, sold by their SKU `DEAR-0`, `DEAR-1`, … */
export async function stock(
  till: OpenedTill['till'],
  goods: readonly { name: string; price: string | null }[],
): Promise<void> {
  await manage(till, async (tell) => {
    const { categories } = z
      .object({ categories: z.array(z.object({ category: z.string() })) })
      .parse(await tell('catalogue.categories', {}));
    for (const [at, { name, price }] of goods.entries())
      await tell('product.create', {
        name,
        price,
        sku: `DEAR-${at}`,
        unit: 'piece',
        category: categories[0]?.category ?? null,
        taxes: [],
        barcodes: [],
        stocked: false,
      });
  });
}

export interface Shop {
  readonly page: Page;
  readonly files: DataFolder;
  readonly host: BrowserHost;
  readonly till: OpenedTill['till'];
  /** Another window of the same till. */
  window(): Promise<Page>;
  /** What a page wrote into its console that it should not have. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** How long a screen may take, on a PC that is busy with other tests. */
const patience_ms = 30_000;

/** Waits until what a page tells is so. */
export function eventually<Told>(tell: () => Promise<Told>) {
  return expect.poll(tell, { timeout: patience_ms, interval: 100 });
}

/** What a till answers to its windows, when a story wants something else than the till says. */
export type Disguise = (invoke: OpenedTill['till']['invoke']) => OpenedTill['till']['invoke'];

/** Opens a till that nobody has set up yet, or a copy of one. */
export async function openShop(
  world: World,
  options: BrowserContextOptions = {},
  copied?: DataFolder,
  disguise: Disguise = (invoke) => invoke,
): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'evertill-e2e-'));
  const files = dataFolder(join(folder, 'till'));
  if (copied !== undefined) {
    cpSync(copied.folder, files.folder, { recursive: true });
    cpSync(copied.key, files.key);
    // Without its mark the till would take itself for a copy, and begin a receipt series of its own.
    cpSync(copied.mark, files.mark);
  }
  const opened = openTill(files, 'test');
  const { till } = opened;
  const host = await startBrowserHost({
    till: { invoke: disguise(till.invoke), subscribe: (listener) => till.subscribe(listener) },
    folder: world.screens,
    log: opened.log,
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    port: 0,
  });
  const context = await world.browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    ...options,
  });
  context.setDefaultTimeout(patience_ms);
  const complaints: string[] = [];
  const window = async (): Promise<Page> => {
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(host.url);
    return page;
  };
  return {
    page: await window(),
    files,
    host,
    till: opened.till,
    window,
    complaints,
    close: async () => {
      await context.close();
      await host.close();
      opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A demo shop with somebody signed in and a shift open on a float of 100. */
export async function openDemo(
  world: World,
  person: DemoPerson = 'Jonas M.',
  options: BrowserContextOptions = {},
): Promise<Shop> {
  const shop = await openShop(world, options, world.demo);
  await signIn(shop.page, person);
  await scanField(shop.page).waitFor();
  return shop;
}

export async function signIn(page: Page, person: DemoPerson): Promise<void> {
  const pin = harbourStreet.staff.find(({ name }) => name === person)?.pin ?? '';
  await page.getByRole('button', { name: person }).click();
  // By what it is: PINs are called otherwise in Arabic.
  await page.locator('input[type="password"]').fill(pin);
  await page.keyboard.press('Enter');
}

export async function openShift(page: Page, float: string): Promise<void> {
  await page.getByLabel('Cash in the drawer').fill(float);
  await page.keyboard.press('Enter');
  await scanField(page).waitFor();
}

export function scanField(page: Page) {
  return page
    .getByRole('combobox', { name: 'Scan, or type name or SKU' })
    .or(page.getByRole('searchbox', { name: 'Scan, or type name or SKU' }));
}

/** The rows of the basket, as a cashier reads them. */
export function basketLines(page: Page) {
  return page.getByRole('list', { name: 'Lines of the basket' }).getByRole('listitem');
}

/** The amount of the screen. */
export function slate(page: Page, label: string) {
  return page.locator('section[aria-live]').filter({ hasText: label });
}

/** A barcode of the demo shop's catalogue, by its product's name. */
export function barcodeOf(name: string): string {
  const [barcode] = harbourStreet.products.find((product) => product.name === name)?.barcodes ?? [];
  if (barcode === undefined) throw new Error(`${name} has no barcode`);
  return barcode;
}

/** A product of the demo shop that is sold by the piece, has a price and a barcode. */
export function somethingToSell(at: number): {
  readonly name: string;
  readonly price_minor: number;
  readonly barcode: string;
} {
  const found = harbourStreet.products.flatMap(({ active, barcodes, name, price_minor, unit }) =>
    active && unit === 'piece' && price_minor !== null && barcodes[0] !== undefined
      ? [{ name, price_minor, barcode: barcodes[0] }]
      : [],
  );
  const product = found[at];
  if (product === undefined) throw new Error(`the demo shop has fewer than ${at} such products`);
  return product;
}

export async function scan(page: Page, code: string): Promise<void> {
  await typeAsScanner(page, code);
}

/** Opens a screen from the list of all actions. */
export async function openAction(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Lock the till' }).waitFor();
  await page.keyboard.press('F1');
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

/** Minor units as the demo shop writes them. */
export function pounds(minor: number): string {
  return `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}
