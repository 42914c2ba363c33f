import { expect, it } from 'vitest';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import { completeGtin } from '../../shared/product/gtin.ts';
import {
  barcodeOf,
  basketLines,
  eventually,
  openDemo,
  pounds,
  scan,
  scanField,
  slate,
  somethingToSell,
  type World,
} from './support/shop.ts';

const [first, second, another] = [somethingToSell(0), somethingToSell(1), somethingToSell(9)];
const unknown = completeGtin('501234567890');
const manager = harbourStreet.staff.find(({ role }) => role === 'manager');

export function sellStories(world: () => World): void {
  it('says that a barcode is unknown, adds nothing, and goes on scanning', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await scan(page, unknown);
    await page.getByText(`Unknown barcode ${unknown}`).waitFor();
    await page.getByText('Nothing was added').waitFor();
    expect(await basketLines(page).count()).toBe(0);
    await scan(page, first.barcode);
    await basketLines(page).filter({ hasText: first.name }).waitFor();
    expect(await page.getByText('Unknown barcode').count()).toBe(0);
    await shop.close();
  });

  it('takes every scan in order, from wherever the hand is', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    // Faster than the till answers.
    for (let n = 0; n < 6; n += 1) await scan(page, n % 2 === 0 ? first.barcode : second.barcode);
    await eventually(() => slate(page, 'Total').innerText()).toContain('2 lines, 6 items');
    // Over a dialog.
    await page.keyboard.press('F6');
    await page.getByRole('dialog').waitFor();
    await scan(page, first.barcode);
    await eventually(() => slate(page, 'Total').innerText()).toContain('7 items');
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    expect(await page.getByLabel('Per cent off').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    // While a money field has the focus: nothing of the code may stand in it.
    await page.keyboard.press('F10');
    await page.getByLabel('Cash received').focus();
    await page.keyboard.type('5', { delay: 80 });
    await scan(page, second.barcode);
    await page.getByText('3 lines').or(page.getByText('8 items')).first().waitFor();
    expect(await page.getByLabel('Cash received').inputValue()).toBe('5');
    const total = pounds(4 * first.price_minor + 4 * second.price_minor);
    await slate(page, 'Still due').getByText(`£${total}`).waitFor();
    await shop.close();
  });

  it('finds by name, SKU or barcode while it is typed, with keys alone', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await page.keyboard.type('sour', { delay: 60 });
    await page
      .getByRole('option', { name: /Sourdough/u })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await basketLines(page).filter({ hasText: 'Sourdough' }).waitFor();
    expect(await scanField(page).inputValue()).toBe('');
    const { sku } = harbourStreet.products[0] ?? { sku: '' };
    await page.keyboard.type(sku, { delay: 60 });
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await eventually(() => basketLines(page).count()).toBe(2);
    // By hand, slower than a scanner.
    await page.keyboard.type(another.barcode, { delay: 60 });
    await page.keyboard.press('Enter');
    await eventually(() => basketLines(page).count()).toBe(3);
    await shop.close();
  });

  it('counts what comes next, undoes the last, changes and voids a line by key', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await page.keyboard.type('3', { delay: 60 });
    await page.keyboard.press('*');
    await page.getByText('3 ×', { exact: true }).waitFor();
    await scan(page, first.barcode);
    await basketLines(page)
      .getByText(`3 × ${pounds(first.price_minor)}`)
      .waitFor();
    await scan(page, first.barcode);
    await eventually(() => slate(page, 'Total').innerText()).toContain('4 items');
    await page.keyboard.press('Control+z');
    await eventually(() => slate(page, 'Total').innerText()).toContain('3 items');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('+');
    await eventually(() => slate(page, 'Total').innerText()).toContain('4 items');
    await page.keyboard.press('-');
    await eventually(() => slate(page, 'Total').innerText()).toContain('3 items');
    await page.keyboard.press('Delete');
    await page.getByText('Basket is empty').waitFor();
    await shop.close();
  });

  it('asks what an open-price product costs, and says what is no price', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    const open = harbourStreet.products.find(({ price_minor }) => price_minor === null);
    await page.keyboard.type(open?.sku ?? '', { delay: 60 });
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    const price = page.getByLabel('Price for one');
    await price.fill('7.505');
    await page.getByText(/2 decimals/u).waitFor();
    await page.keyboard.press('Enter');
    // The till itself has said no: the form is still there, and so is what was typed.
    await page
      .getByText(/more decimals|2 decimals/u)
      .first()
      .waitFor();
    await page.locator('[data-pending]').waitFor({ state: 'detached' });
    expect(await price.inputValue()).toBe('7.505');
    await price.fill('-5');
    await page.getByText('An amount below zero').first().waitFor();
    // A barcode that ran into the field is asked about before it is a price.
    await price.fill('5012345678');
    await page.keyboard.press('Enter');
    await page.getByText('Is £5,012,345,678.00 really the price?').waitFor();
    expect(await basketLines(page).count()).toBe(0);
    await price.fill('7.50');
    await page.keyboard.press('Enter');
    await basketLines(page)
      .filter({ hasText: open?.name ?? '' })
      .getByText('7.50')
      .first()
      .waitFor();
    const scanned = open?.barcodes[0];
    if (scanned !== undefined) {
      await scan(page, scanned);
      await page.getByText(`${open?.name ?? ''} has no price`).waitFor();
      await page.getByRole('button', { name: 'Enter a price' }).click();
      await price.waitFor();
    }
    await shop.close();
  });

  it('lets a cashier change a price only with a manager beside them', async () => {
    const shop = await openDemo(world(), 'Jonas M.');
    const { page } = shop;
    await scan(page, first.barcode);
    await basketLines(page).first().waitFor();
    await page.keyboard.press('F5');
    await page.getByLabel('Price for one').fill('7000000');
    await page.getByRole('radio', { name: 'Damaged' }).click();
    await page.getByRole('button', { name: 'Change price' }).click();
    await page.getByText('Is £7,000,000.00 really the price?').waitFor();
    await page.getByRole('button', { name: 'Yes, that is the price' }).click();
    await page.getByRole('dialog', { name: 'A manager must approve this' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Price for one').fill('0.50');
    await page.getByRole('radio', { name: 'Damaged' }).click();
    await page.getByRole('button', { name: 'Change price' }).click();
    const approval = page.getByRole('dialog', { name: 'A manager must approve this' });
    await approval.getByLabel(/PIN/u).fill('0000');
    await page.keyboard.press('Enter');
    await approval.getByText('is wrong').waitFor();
    await approval.getByLabel(/PIN/u).fill(manager?.pin ?? '');
    await page.keyboard.press('Enter');
    await basketLines(page).getByText('Price changed: Damaged').waitFor();
    await eventually(() => slate(page, 'Total').innerText()).toContain('£0.50');
    await shop.close();
  });

  it('splits a payment, takes a tender back, and completes by card', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await scan(page, first.barcode);
    await basketLines(page).first().waitFor();
    await page.keyboard.press('F9');
    await page.getByLabel('By card').fill('0.50');
    await page.keyboard.press('Enter');
    await page.getByText('Paid so far').waitFor();
    await page.getByLabel('By card').fill('999');
    await page.keyboard.press('Enter');
    await page.getByText('more than is due').waitFor();
    await page.getByRole('button', { name: 'Remove Card 0.50' }).click();
    await slate(page, 'Still due')
      .getByText(`£${pounds(first.price_minor)}`)
      .waitFor();
    await page.getByLabel('By card').fill('');
    await page.keyboard.press('Enter');
    await slate(page, 'Paid').waitFor();
    await page.getByRole('article', { name: 'Receipt' }).getByText('Card').waitFor();
    await shop.close();
  });

  it('voids a basket, and the journal knows', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await scan(page, barcodeOf(first.name));
    await basketLines(page).first().waitFor();
    await page.getByRole('button', { name: 'Void basket' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('button', { name: 'Void basket' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Void' }).click();
    await page.getByText('The basket was voided').waitFor();
    await page.getByText('Basket is empty').waitFor();
    await shop.close();
  });
}
