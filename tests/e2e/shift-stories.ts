import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { dataFolder } from '../../electron/pc/folder.ts';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import { speak } from '../support/layout.ts';
import {
  basketLines,
  manage,
  openAction,
  openDemo,
  openShop,
  pounds,
  scan,
  scanField,
  signIn,
  slate,
  somethingToSell,
  type World,
} from './support/shop.ts';

const product = somethingToSell(0);
const manager = harbourStreet.staff.find(({ role }) => role === 'manager');

export function shiftStories(world: () => World): void {
  it('closes with a difference only when somebody says why, and what should be there stays hidden before', async () => {
    const shop = await openDemo(world(), 'Jonas M.');
    const { page } = shop;
    await scan(page, product.barcode);
    await basketLines(page).first().waitFor();
    await page.keyboard.press('F10');
    await page.getByLabel('Cash received').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(/is saved on this till/u).waitFor();

    await openAction(page, 'Close the shift');
    await page.getByRole('heading', { name: 'Count the drawer' }).waitFor();
    const expected = pounds(10_000 + product.price_minor);
    expect(await page.locator('main').innerText()).not.toContain(expected);
    // Two fifties, by keys alone; the product's price is missing from the drawer.
    await page.getByLabel('How many £50').fill('2');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await slate(page, 'Counted').getByText('£100.00').waitFor();
    expect(await page.getByRole('button', { name: 'Close with Z' }).getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('F10');
    await page.keyboard.press('F8');
    await page.getByText(`The count differs by £${pounds(product.price_minor)}`).waitFor();
    await page.getByText('It is short').waitFor();
    await page.getByRole('radio', { name: 'Wrong change given' }).click();
    await page.keyboard.press('F8');
    await page.getByRole('heading', { name: 'The shift is closed' }).waitFor();
    const z = await page.locator('main').innerText();
    for (const words of ['Z 1', expected, '100.00', 'Wrong change given', `−${pounds(product.price_minor)}`])
      expect(z).toContain(words);

    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Open a shift' }).waitFor();
    await shop.close();
  });

  it('moves cash with a reason, and reads the X', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Take cash out of the drawer');
    await page.getByLabel('Amount').fill('20');
    await page.getByRole('button', { name: 'Take out' }).click();
    await page.getByText('A reason is needed').waitFor();
    await page.getByRole('radio', { name: 'To the bank' }).click();
    await page.getByRole('button', { name: 'Take out' }).click();
    await page.getByText('£20.00 was taken out of the drawer').waitFor();
    await openAction(page, 'Report of this shift (X)');
    await page.getByRole('heading', { name: 'X 1' }).waitFor();
    const report = await page.locator('main').innerText();
    expect(report).toContain('−20.00');
    expect(report).toContain('80.00');
    await shop.close();
  });

  it('lets a cashier take cash out only with a manager beside them', async () => {
    const shop = await openDemo(world(), 'Jonas M.');
    const { page } = shop;
    await openAction(page, 'Take cash out of the drawer');
    await page.getByLabel('Amount').fill('20');
    await page.getByRole('radio', { name: 'Paid for goods' }).click();
    await page.getByRole('button', { name: 'Take out' }).click();
    const approval = page.getByRole('dialog', { name: 'A manager must approve this' });
    await approval.getByText('£20.00').waitFor();
    await approval.getByText('“Paid for goods”').waitFor();
    await approval.getByLabel(/PIN/u).fill(manager?.pin ?? '');
    await page.keyboard.press('Enter');
    await page.getByText('£20.00 was taken out of the drawer').waitFor();
    // Approved was that one movement.
    await openAction(page, 'Put cash into the drawer');
    await page.getByLabel('Amount').fill('5');
    await page.getByRole('radio', { name: 'Found' }).click();
    await page.getByRole('button', { name: 'Put in' }).click();
    await approval.getByText('£5.00').waitFor();
    await shop.close();
  });

  it('asks whether a day far from the last one is right before it opens a shift', async () => {
    const days = { date: '2031-01-07', last: '2026-11-21' };
    const shop = await openShop(world(), {}, world().demo, (invoke) => async (call) => {
      const isAsked = call.operation === 'shift.open' && !JSON.stringify(call.input).includes('confirm_date');
      return isAsked ? { ok: false, error: { code: 'shift.date_far', data: days } } : await invoke(call);
    });
    const { page } = shop;
    await manage(shop.till, async (tell) => {
      await tell('shift.close', { counted: '100', denominations: [], reason: null });
    });
    await signIn(page, 'Elena Lindqvist');
    const float = page.getByLabel('Cash in the drawer');
    await float.fill('80');
    await page.keyboard.press('Enter');
    const asked = page.getByRole('alertdialog', { name: 'Is this the right day?' });
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await asked.waitFor({ state: 'detached' });
    expect(await float.inputValue()).toBe('80');
    await page.keyboard.press('Enter');
    await asked.getByRole('button', { name: /^Yes, it is/u }).click();
    await scanField(page).waitFor();
    await shop.close();
  });

  it('names on X and Z what came late for shifts that were closed already, in every language', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evertill-late-'));
    const files = dataFolder(join(folder, 'till'));
    cpSync(world().demo.folder, files.folder, { recursive: true });
    cpSync(world().demo.key, files.key);
    cpSync(world().demo.mark, files.mark);
    const file = new Database(files.till);
    // As a fork leaves it that brought two sales of a day that was over.
    file.exec('insert into late_sales values (900001, null, 1234, 206), (900002, null, 300, 50)');
    file.close();
    const shop = await openShop(world(), {}, files);
    const { page } = shop;
    await signIn(page, 'Elena Lindqvist');
    await scanField(page).waitFor();
    for (const [language, words, hint] of [
      ['en', 'Came late, for closed shifts', 'In none of the figures here.'],
      ['de', 'Nachgekommen für geschlossene Schichten', 'In keiner der Zahlen hier.'],
      ['ar', 'ورد متأخرًا لورديات مغلقة', 'ليس في أي رقم هنا.'],
    ] as const) {
      await speak(page, language);
      await page.evaluate(() => void (window.location.hash = '#/shift'));
      const slip = page.getByRole('main').getByRole('article');
      await slip.getByText(words).waitFor();
      const sheet = page.getByRole('main').getByRole('region');
      for (const paper of [sheet, slip]) {
        const text = await paper.innerText();
        for (const part of [words, hint, '15.34', '2.56']) expect(text, language).toContain(part);
      }
    }
    await speak(page, 'en');
    await page.evaluate(() => void (window.location.hash = '#/shift/close'));
    await page.getByLabel('How many £50').fill('2');
    await page.keyboard.press('F10');
    await page.keyboard.press('F8');
    await page.getByRole('heading', { name: 'The shift is closed' }).waitFor();
    await page.getByRole('main').getByRole('article').getByText('Came late, for closed shifts 2').waitFor();
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('will not close over an open basket, and the basket outlives a change of cashier', async () => {
    const shop = await openDemo(world(), 'Jonas M.');
    const { page } = shop;
    await scan(page, product.barcode);
    await basketLines(page).first().waitFor();
    await openAction(page, 'Close the shift');
    // Before anything is counted.
    await page.getByText('A basket is still open').waitFor();
    await page.getByText(`1 line, £${pounds(product.price_minor)}`).waitFor();
    expect(await page.getByLabel('How many £50').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Close with Z' }).getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: 'Go to the basket' }).click();
    await basketLines(page).filter({ hasText: product.name }).waitFor();
    await page.keyboard.press('Control+l');
    await signIn(page, 'Elena Lindqvist');
    await openAction(page, 'Sell');
    await basketLines(page).filter({ hasText: product.name }).waitFor();
    await openAction(page, 'Close the shift');
    await page.getByRole('button', { name: 'Void basket' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Void' }).click();
    await page.getByLabel('How many £50').waitFor();
    await shop.close();
  });

  it('keeps a count over which somebody scans', async () => {
    const shop = await openDemo(world(), 'Jonas M.');
    const { page } = shop;
    await openAction(page, 'Close the shift');
    await page.getByLabel('How many £20').fill('5');
    await scan(page, product.barcode);
    await page.getByText('A basket is still open').waitFor();
    await page.getByRole('button', { name: 'Void basket' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Void' }).click();
    await slate(page, 'Counted').getByText('£100.00').waitFor();
    await shop.close();
  });

  it('counts blind, compares for whoever may read the report, and closes; step by step', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    const step = page.getByRole('list', { name: 'Steps of closing' }).locator('[aria-current="step"]');
    await openAction(page, 'Close the shift');
    await page.getByText('Blind', { exact: true }).waitFor();
    expect(await step.innerText()).toContain('Count');
    const twenties = page.getByLabel('How many £20');
    await twenties.fill('4');
    // What is no number of notes leaves the count as it was.
    for (const typed of ['1e3', '2.5', '-3', 'x']) {
      await twenties.fill(typed);
      expect(await twenties.inputValue(), typed).toBe('4');
    }
    await page.keyboard.press('F10');
    await page.getByText('The count differs by £20.00').waitFor();
    expect(await step.innerText()).toContain('Compare');
    expect(await page.getByText('Blind', { exact: true }).count()).toBe(0);
    const panel = page.getByRole('region', { name: 'Z 1, preview' });
    expect(await panel.innerText()).toContain('Should be there\n100.00\nCounted\n80.00\nOver or short\n−20.00');
    expect(await page.getByRole('button', { name: 'Close with Z' }).getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('F10');
    await page.getByText('Blind', { exact: true }).waitFor();
    expect(await panel.innerText()).not.toContain('100.00');
    await page.getByLabel('How many £20').fill('5');
    await page.keyboard.press('F10');
    await page.getByText('The count is right').waitFor();
    await page.keyboard.press('F8');
    await page.getByRole('heading', { name: 'The shift is closed' }).waitFor();
    expect(await step.innerText()).toContain('Close');
    await shop.close();
  });
}
