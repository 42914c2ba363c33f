import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
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

const [first, second, third, another] = [
  somethingToSell(0),
  somethingToSell(1),
  somethingToSell(2),
  somethingToSell(9),
] as const;
const weighed = harbourStreet.products.find(({ barcodes, unit }) => unit === 'kg' && barcodes[0] !== undefined);
const open = harbourStreet.products.find(({ active, price_minor }) => active && price_minor === null);
const manager = harbourStreet.staff.find(({ role }) => role === 'manager');

/** The line that is tinted. */
function tinted(page: Page) {
  return basketLines(page).filter({ has: page.locator('[aria-current="true"]') });
}

async function fill(page: Page, ...products: readonly { readonly barcode: string; readonly name: string }[]) {
  for (const { barcode, name } of products) {
    await scan(page, barcode);
    await tinted(page).filter({ hasText: name }).waitFor();
  }
}

export function lineStories(world: () => World): void {
  it('keeps the price dialog, what is typed in it and its approval on its line, whatever is scanned', async () => {
    const shop = await openDemo(world(), 'Jonas M.');
    const { page } = shop;
    await fill(page, first, second, third);
    await basketLines(page).filter({ hasText: second.name }).getByRole('button').first().click();
    await page.keyboard.press('F5');
    const dialog = page.getByRole('dialog', { name: second.name });
    await dialog.getByLabel('Price for one').fill('0.50');
    await dialog.getByRole('radio', { name: 'Damaged' }).click();
    await scan(page, another.barcode);
    await basketLines(page).filter({ hasText: another.name }).waitFor();
    expect(await dialog.getByLabel('Price for one').inputValue()).toBe('0.50');
    expect(await dialog.getByRole('radio', { name: 'Damaged' }).isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    const approval = page.getByRole('dialog', { name: 'A manager must approve this' });
    await approval.getByText(`instead of ${pounds(second.price_minor)}`).waitFor();
    await approval.getByLabel(/PIN/u).fill('12');
    await scan(page, barcodeOf(weighed?.name ?? ''));
    await eventually(() => basketLines(page).count()).toBe(5);
    expect(await approval.getByLabel(/PIN/u).inputValue()).toBe('12');
    await approval.getByLabel(/PIN/u).fill(manager?.pin ?? '');
    await page.keyboard.press('Enter');
    await basketLines(page)
      .filter({ hasText: second.name })
      .filter({ hasText: 'Price changed: Damaged' })
      .getByText('0.50')
      .waitFor();
    expect(await page.getByText('Price changed').count()).toBe(1);
    await shop.close();
  });

  it('keeps the discount dialog on its line, whatever is scanned', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await fill(page, first, second);
    await page.keyboard.press('F6');
    const dialog = page.getByRole('dialog', { name: 'Discount' });
    await dialog.getByLabel('Per cent off').fill('10');
    await dialog.getByRole('radio', { name: 'Goodwill' }).click();
    await scan(page, third.barcode);
    await basketLines(page).filter({ hasText: third.name }).waitFor();
    await dialog.getByText(`${second.name}, ${pounds(second.price_minor)}`).waitFor();
    await page.keyboard.press('Enter');
    await basketLines(page).filter({ hasText: second.name }).getByText('−10% Goodwill').waitFor();
    expect(await page.getByText('Goodwill').count()).toBe(1);
    await shop.close();
  });

  it('gives a cashier’s discount, on the line and on the basket, only with a manager beside them', async () => {
    const shop = await openDemo(world(), 'Jonas M.');
    const { page } = shop;
    await fill(page, first, second);
    for (const of of ['This line', 'Whole basket']) {
      await page.keyboard.press('F6');
      const dialog = page.getByRole('dialog', { name: 'Discount' });
      await dialog.getByRole('radio', { name: of }).click();
      await dialog.getByLabel('Per cent off').fill('10');
      await dialog.getByRole('radio', { name: 'Goodwill' }).click();
      await dialog.getByRole('button', { name: 'Give discount' }).click();
      const approval = page.getByRole('dialog', { name: 'A manager must approve this' });
      await approval.getByText(of === 'This line' ? second.name : 'Whole basket').waitFor();
      await approval.getByLabel(/PIN/u).fill(manager?.pin ?? '');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
    }
    await basketLines(page).filter({ hasText: second.name }).getByText('−10% Goodwill').waitFor();
    await page
      .getByText(/of the basket’s discount/u)
      .first()
      .waitFor();
    await shop.close();
  });

  it('keeps the quantity for the product whose price is asked, not for what is scanned meanwhile', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await page.keyboard.type('3', { delay: 60 });
    await page.keyboard.press('*');
    await page.keyboard.type(open?.sku ?? '', { delay: 60 });
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('Price for one').fill('2');
    await scan(page, first.barcode);
    await eventually(() => slate(page, 'Total').innerText()).toContain('1 item');
    await page.keyboard.press('Enter');
    await basketLines(page)
      .filter({ hasText: open?.name ?? '' })
      .getByText('3 × 2.00')
      .waitFor();
    await eventually(() => slate(page, 'Total').innerText()).toContain('4 items');
    await shop.close();
  });

  it('acts with every key on the line that is tinted', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    // Scanned again, the first line is the one that is spoken of, not the newest.
    await fill(page, first, second, third, first);
    await page.keyboard.press('F5');
    await page.getByRole('dialog', { name: first.name }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('F6');
    await page
      .getByRole('dialog')
      .getByText(`${first.name}, ${pounds(2 * first.price_minor)}`)
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('+');
    await tinted(page)
      .filter({ hasText: first.name })
      .getByText(`3 × ${pounds(first.price_minor)}`)
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await tinted(page).filter({ hasText: second.name }).waitFor();
    // Of one piece nothing can be taken away, and a minus is no text to look for.
    await page.keyboard.press('-');
    await page.keyboard.press('+');
    await tinted(page).filter({ hasText: second.name }).getByText('2 ×').waitFor();
    expect(await scanField(page).inputValue()).toBe('');
    await fill(page, first);
    await page.keyboard.press('Delete');
    await eventually(() => basketLines(page).count()).toBe(2);
    expect(await basketLines(page).filter({ hasText: first.name }).count()).toBe(0);
    await tinted(page).filter({ hasText: third.name }).waitFor();
    await page.keyboard.press('F5');
    await page.getByRole('dialog', { name: third.name }).waitFor();
    await shop.close();
  });

  it('shows the line that is scanned again in a long basket', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    for (let at = 0; at < 14; at += 1) await scan(page, somethingToSell(at).barcode);
    await eventually(() => basketLines(page).count()).toBe(14);
    await fill(page, first);
    const top = (await page.getByRole('list', { name: 'Lines of the basket' }).locator('..').boundingBox())?.y ?? 0;
    await eventually(async () => ((await tinted(page).boundingBox())?.y ?? 0) >= top - 1).toBe(true);
    await shop.close();
  });
}
