/** The demo without a window: sells a basket through the till's own screens and waits until the head office's page shows it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import { toHex } from '../../shared/ids.ts';
import { completeGtin } from '../../shared/product/gtin.ts';
import { parseMoney } from '../../shared/money/parse.ts';
import { launchChromium } from '../chromium.ts';
import { scan } from './scanner.ts';
import { type Demo, officeUser } from './start-demo.ts';

/** What both sides say of the same sale; heads are `<number of the entry> <hash>`. */
export interface CheckResult {
  readonly sold_total_minor: number;
  readonly headoffice_total_minor: number;
  readonly till_head: string;
  readonly central_head: string;
  readonly seconds: number;
}

/** How long a screen may take to show what it has to; generous, since a check may run on a busy PC. */
const patience_ms = 60_000;
const lookAgain_ms = 200;

/** Whether a check proves what it is for. */
export function isProven(result: CheckResult): boolean {
  return result.sold_total_minor === result.headoffice_total_minor && result.till_head === result.central_head;
}

/** Sells one basket at a running demo. Throws when a screen does not show what it has to. */
export async function checkDemo(demo: Demo, report: (line: string) => void): Promise<CheckResult> {
  const began = performance.now();
  const browser = await launchChromium();
  try {
    const office = await openOffice(browser, demo.console.url);
    report('Selling at the till …');
    const sold = await sell(await openPage(browser, demo.host.url));
    report(`Waiting until the head office's page shows ${sold.receipt_number} …`);
    const headoffice_total_minor = await readOffice(office, sold.receipt_number);
    const heads = await waitForHeads(demo);
    return {
      sold_total_minor: sold.total_minor,
      headoffice_total_minor,
      ...heads,
      seconds: Math.round((performance.now() - began) / 100) / 10,
    };
  } finally {
    await browser.close();
  }
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1366, height: 768 } });
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Signs in at the console and opens the list of sales, before anything is sold: the sale has to come by itself. */
async function openOffice(browser: Browser, url: string): Promise<Page> {
  const page = await openPage(browser, url);
  await page.getByLabel('Sign-in name').fill(officeUser.login);
  await page.getByLabel('Password').fill(officeUser.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Sales' }).click();
  await page.getByRole('heading', { name: 'Sales' }).waitFor();
  return page;
}

/** What the list of sales shows for a receipt, in minor units. */
async function readOffice(page: Page, receipt_number: string): Promise<number> {
  const row = page.getByRole('row').filter({ hasText: receipt_number });
  await row.waitFor();
  return readAmount(await row.getByRole('cell').last().innerText());
}

/** Rings up a basket by scanning and takes cash for it, as the cashier would by keys. */
async function sell(page: Page): Promise<{ readonly total_minor: number; readonly receipt_number: string }> {
  await signIn(page);
  const basket = page.getByRole('region', { name: 'Basket' });
  await openShiftIfNone(page, basket);
  for (const { barcode, name } of shoppingList()) {
    await scan(page, barcode);
    await basket.getByText(name, { exact: true }).first().waitFor();
  }
  await page.keyboard.press('F10');
  await page.getByText('Still due').first().waitFor();
  // The second of the quick amounts: a note that is more than enough, so that there is change.
  await page.keyboard.press('F3');
  await page.keyboard.press('Enter');
  const saved = await page.getByRole('status').filter({ hasText: 'is saved on this till' }).innerText();
  const receipt_number = /[A-Z0-9]+-[A-Z0-9]+-\d+/.exec(saved)?.[0];
  if (receipt_number === undefined) throw new Error(`no receipt number in ${JSON.stringify(saved)}`);
  const total = page
    .getByRole('complementary', { name: 'Done' })
    .getByRole('paragraph')
    .filter({ hasText: 'TOTAL GBP' });
  return { total_minor: readAmount(await total.innerText()), receipt_number };
}

async function signIn(page: Page): Promise<void> {
  const [person] = harbourStreet.staff;
  if (person === undefined) throw new Error('nobody works in the demo shop');
  await page.getByRole('button', { name: person.name }).click();
  await page.getByLabel(/’s PIN$/).fill(person.pin);
  await page.keyboard.press('Enter');
}

/** Opens a shift where an earlier run has left none open. */
async function openShiftIfNone(page: Page, basket: Locator): Promise<void> {
  const float = page.getByLabel('Cash in the drawer');
  await float.or(basket).first().waitFor();
  if (!(await float.isVisible())) return;
  await float.fill('100');
  await float.press('Enter');
  const confirm = page.getByRole('button', { name: 'Yes, it is' });
  await confirm.or(basket).first().waitFor();
  // The last shift was more than a day ago: the till asks whether the date is right.
  if (await confirm.isVisible()) await confirm.click();
  await basket.waitFor();
}

/** Goods with a barcode of their own, and some that the counter's scale has labelled. */
function shoppingList(): readonly { readonly barcode: string; readonly name: string }[] {
  const label_grams = '00624';
  return ['BAK-101', 'HOM-704', 'HOM-725', 'VEG-202'].map((sku) => {
    const product = harbourStreet.products.find((one) => one.sku === sku);
    const barcode = product?.barcodes[0];
    if (product === undefined || barcode === undefined) throw new Error(`${sku} has no barcode`);
    const isWeighed = product.unit === 'kg';
    // In place of the weight of 0 that the product is known under.
    return {
      name: product.name,
      barcode: isWeighed ? completeGtin(`${barcode.slice(0, -1 - label_grams.length)}${label_grams}`) : barcode,
    };
  });
}

function readAmount(text: string): number {
  const read = parseMoney(text.replaceAll(/[^\d.-]/g, ''), harbourStreet.settings.currency);
  if (!read.ok) throw new Error(`${JSON.stringify(text)} is no amount: ${read.code}`);
  return read.value;
}

async function waitForHeads(demo: Demo): Promise<Pick<CheckResult, 'till_head' | 'central_head'>> {
  const end = performance.now() + patience_ms;
  for (;;) {
    const { till } = demo.till.sync.identity();
    const head = demo.till.sync.head();
    const { tills } = await demo.office.till.list({});
    const held = tills.find((one) => one.till === till)?.held;
    const heads = {
      till_head: `${head.seq} ${toHex(head.hash)}`,
      central_head: held === undefined ? '' : `${held.seq} ${held.hash}`,
    };
    if (heads.till_head === heads.central_head || performance.now() > end) return heads;
    await wait(lookAgain_ms);
  }
}
