/**
 * `npm run node -- commands/screens-joined.ts [<folder>]`: photographs what a till shows that has joined a head office, into
 * `docs/screens`: with the demo's own head office and another store beside it, first in step, then cut off, and at last on a
 * new PC.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { createClient } from '../shared/contract/client.ts';
import { tillContract } from '../shared/contract/till.ts';
import { harbourStreet } from '../shared/demo/harbour-street.ts';
import type { TillId } from '../shared/ids.ts';
import { launchChromium } from './chromium.ts';
import { newCommand } from './demo/company.ts';
import { findPlace } from './demo/place.ts';
import { startDemo } from './demo/start-demo.ts';
import { goTo, openScreenedTill, photograph, picturesFolder, signIn } from './screens/till.ts';

/** How often and after which pauses a new till is asked again; generous, for a busy PC. */
const mostTries = 300;
const lookAgain_ms = 100;
const home = mkdtempSync(join(tmpdir(), 'evertill-screens-'));

mkdirSync(picturesFolder, { recursive: true });
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

/** A short day: two shifts, the second of which the head office has not heard of. */
async function photographTheTill(page: Page): Promise<void> {
  const manager = harbourStreet.staff.find(({ role }) => role === 'manager');
  if (manager === undefined) throw new Error('the demo shop has no manager');
  await page.goto(demo.host.url);
  await signIn(page, manager);
  await openShift(page);
  await sell(page, 'Ceramic mug');
  await closeShift(page);
  await page.getByText('The head office computed it again and agrees').waitFor();
  await photograph(page, 'closed-joined-1366');
  await goTo(page, '#/sync');
  await page.getByText('Everything is confirmed').waitFor();
  await photograph(page, 'sync-1366');

  await photographTheStock(page);
  await photographTransfers(page);

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
  await photographProposal(page);

  await demo.office.till.set_active({ till: till.till, active: true });
  await goTo(page, '#/sync');
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.getByText('Everything is confirmed').waitFor();
  await goTo(page, '#/settings');
  await page.getByRole('button', { name: 'Leave this till' }).click();
  await page.getByRole('alertdialog').waitFor();
  await photograph(page, 'leave-1366');
  await page.keyboard.press('Escape');
  await goTo(page, '#/');
  await openShift(page);
  await photographNewPc(page, till.till);
}

/** The shelves: what there is, a count of some of them, and what it comes to. */
async function photographTheStock(page: Page): Promise<void> {
  await goTo(page, '#/stock');
  await page.getByRole('row').nth(3).waitFor();
  await photograph(page, 'stock-1366');
  await goTo(page, '#/stock/take');
  await page.getByRole('button', { name: 'Start counting' }).click();
  const counts = { 'Ceramic mug': '11', 'Sourdough loaf': '56', 'Oat drink': '30', 'Butter croissant': '19' };
  for (const [name, counted] of Object.entries(counts)) {
    await page.getByLabel('Name, SKU or barcode').fill(name);
    await page.getByRole('row').filter({ hasText: name }).first().click();
    await page.getByRole('dialog').getByLabel('Counted').fill(counted);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await photograph(page, 'stock-take-1366');
  await page.getByRole('button', { name: 'Differences' }).click();
  await page.getByRole('columnheader', { name: 'Expected' }).waitFor();
  await photograph(page, 'stock-differences-1366');
}

/** Goods that come from another store, and goods that go there. */
async function photographTransfers(page: Page): Promise<void> {
  const sent = await sendFromQuay();
  await goTo(page, '#/stock/transfers');
  const row = page.getByRole('row').filter({ hasText: sent });
  await row.waitFor();
  await photograph(page, 'transfers-1366');
  await row.click();
  await page.getByRole('button', { name: 'Receive' }).click();
  await page.getByRole('button', { name: 'All as sent' }).click();
  await page.getByRole('row').nth(1).click();
  await page.getByRole('dialog').getByLabel('Quantity').fill('10');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await photograph(page, 'transfer-receive-1366');
  await goTo(page, '#/stock/transfers/send');
  for (const name of ['Ceramic mug', 'Oat drink', 'Sourdough loaf']) await writeDown(page, name);
  await photograph(page, 'transfer-send-1366');
}

async function writeDown(page: Page, name: string): Promise<void> {
  await page.locator('main input').first().fill(name);
  await page.getByRole('list').getByRole('button').first().click();
  await page.getByRole('row').filter({ hasText: name }).waitFor();
}

/** Opens another store with a till and sends some of the shop's goods from there; the number on the paper. */
async function sendFromQuay(): Promise<string> {
  const { office } = demo;
  const manager = { name: 'Ruth Quayle', login: 'ruth', password: 'lantern and tide' };
  const harbour = (await office.store.list({})).stores[0];
  const role = (await office.staff.roles({})).roles.find(({ name }) => name === 'manager');
  if (harbour === undefined || role === undefined) throw new Error('the demo has a store with a manager');
  const { store } = await office.store.create({ settings: { ...harbourStreet.settings, name: 'Quay Street' } });
  await office.staff.create({ ...manager, roles: [role.role], stores: [store], pin: null });
  const { code } = await office.enrolment.create({ store, till_code: 'QS1', till_name: 'Counter' });
  const quay = await openScreenedTill(join(home, 'quay'));
  try {
    const visitor = createClient(tillContract, quay.till.invoke, { session: () => undefined, newCommand });
    await visitor.setup.join({ code });
    const { token } = await untilAnswered(
      async () =>
        await visitor.session.sign_in({
          who: { login: manager.login },
          credential: { kind: 'password', secret: manager.password },
        }),
    );
    const client = createClient(tillContract, quay.till.invoke, { session: () => token, newCommand });
    const lines = await untilAnswered(
      async () => await Promise.all(['Ceramic mug', 'Butter croissant', 'Oat drink'].map((name) => findGoods(name))),
    );
    const { number } = await untilAnswered(async () => await client.transfer.send({ to_store: harbour.store, lines }));
    await untilAnswered(async () => {
      if ((await client.sync.status({})).waiting > 0) throw new Error('the other store has not sent all that it has');
    });
    return number;

    async function findGoods(text: string) {
      const [found] = (await client.product.search({ text, limit: 1 })).products;
      if (found === undefined) throw new Error(`the other store knows no ${text}`);
      return { product: found.product, quantity_milli: 12_000 };
    }
  } finally {
    await quay.close();
  }
}

/** A new till learns of its shop bit by bit: what it can't answer yet it is asked again. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === mostTries) throw error;
      await wait(lookAgain_ms);
    }
  }
}

/** A price that the head office has not decided yet. */
async function photographProposal(page: Page): Promise<void> {
  await goTo(page, '#/products');
  await page.getByLabel('Name, SKU or barcode').fill('Ceramic mug');
  await page.getByRole('row').filter({ hasText: 'Ceramic mug' }).first().click();
  await page.getByLabel('Price').fill('9.80');
  await page.keyboard.press('F10');
  await page.getByText(/Ceramic mug.* is saved/u).waitFor();
  await photograph(page, 'product-waiting-1366');
}

/** The till on a new PC, while a shift is open. */
async function photographNewPc(old: Page, till: TillId): Promise<void> {
  await goTo(old, '#/sync');
  await old.getByText('Everything is confirmed').waitFor();
  const { code } = await demo.office.enrolment.create_takeover({ till });
  const pc = await openScreenedTill(join(home, 'pc'));
  try {
    const page = await old.context().newPage();
    await page.goto(pc.url);
    await page.getByRole('button', { name: 'Enter a code' }).click();
    await page.getByLabel('One-time code').fill(code);
    await page.keyboard.press('Enter');
    await page.getByText('Baskets that were open on the old PC are gone').waitFor();
    await photograph(page, 'taken-over-1366');
  } finally {
    await pc.close();
  }
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
