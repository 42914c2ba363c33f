import { expect, it } from 'vitest';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import {
  basketLines,
  eventually,
  openAction,
  openDemo,
  scan,
  scanField,
  somethingToSell,
  type World,
} from './support/shop.ts';

const [product, other] = [somethingToSell(0), somethingToSell(1)];

export function catalogueStories(world: () => World): void {
  it('changes a price, takes a product out of use, and the next basket knows', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Products');
    await scan(page, product.barcode);
    const row = page.getByRole('row').filter({ hasText: product.name });
    await eventually(() => page.getByRole('row').count()).toBe(2);
    await row.click();
    await page.getByLabel('Price').fill('9.99');
    await page.keyboard.press('F10');
    await page.getByText(`${product.name} is saved`).waitFor();
    await openAction(page, 'Sell');
    await scan(page, product.barcode);
    await basketLines(page).getByText('9.99').waitFor();

    await openAction(page, 'Products');
    await page.getByLabel('Name, SKU or barcode').fill(other.name);
    await page.getByRole('row').filter({ hasText: other.name }).first().click();
    await page.getByRole('button', { name: 'Take out of use' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Take out of use' }).click();
    await page.getByRole('button', { name: 'Take into use again' }).waitFor();
    await openAction(page, 'Sell');
    await scan(page, other.barcode);
    await page.getByText(/was not added/u).waitFor();
    expect(await basketLines(page).count()).toBe(1);
    await shop.close();
  });

  it('keeps what was typed when a barcode belongs to another product', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Products');
    await page.getByRole('button', { name: 'New product' }).click();
    await page.getByLabel('Name').fill('Another mug');
    await page.getByLabel('SKU').fill('MUG-2');
    await scan(page, product.barcode);
    await page.getByRole('button', { name: 'Create product' }).click();
    await page.getByText('Another product has this barcode').first().waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Another mug');
    await page.getByRole('button', { name: `Remove ${product.barcode}` }).click();
    await page.getByRole('button', { name: 'Create product' }).click();
    await page.getByRole('heading', { name: 'Edit product' }).waitFor();
    await shop.close();
  });

  it('marks the field whose text has a sign that nobody sees, says so beside it, and goes there', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    const marked = page.locator('[aria-invalid=true]');
    await openAction(page, 'Products');
    await page.getByRole('button', { name: 'New product' }).click();
    await page.getByLabel('SKU').fill('MUG-3');
    for (const sign of ['\u202e', '\t']) {
      await page.getByLabel('Name').fill(`Mug${sign}gum`);
      await page.getByLabel('SKU').focus();
      await page.getByRole('button', { name: 'Create product' }).click();
      await page.getByText('Check the marked fields').waitFor();
      await eventually(() => marked.count()).toBe(1);
      await page.getByText('a character that can’t be printed').waitFor();
      await eventually(() => marked.evaluate((field) => field === document.activeElement)).toBe(true);
      expect(await marked.inputValue()).toBe(`Mug${sign}gum`);
    }
    await page.getByLabel('Name').fill('Mug gum');
    await eventually(() => marked.count()).toBe(0);
    await page.getByRole('button', { name: 'Create product' }).click();
    await page.getByRole('heading', { name: 'Edit product' }).waitFor();
    await page.getByLabel('SKU').fill('MUG\u202e-3');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Check the marked fields').waitFor();
    await eventually(() => marked.inputValue()).toBe('MUG\u202e-3');
    await shop.close();
  });

  it('asks once about a price that is far above the one before, beside the field, and takes it when it is meant', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Products');
    await scan(page, product.barcode);
    await eventually(() => page.getByRole('row').count()).toBe(2);
    await page.getByRole('row').filter({ hasText: product.name }).click();
    const price = page.getByLabel('Price');
    const question = page.getByRole('alert').filter({ hasText: 'really the price' });
    await price.fill('99999999999');
    await page.keyboard.press('F10');
    await question.getByText('Is £99,999,999,999.00 really the price?').waitFor();
    // Pressed again, it is still a question; another amount is another question.
    await page.keyboard.press('F10');
    await price.fill('99999999998');
    await eventually(() => question.count()).toBe(0);
    await page.keyboard.press('F10');
    await question.waitFor();
    expect(await page.getByText(`${product.name} is saved`).count()).toBe(0);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await question.getByRole('button', { name: 'Yes, that is the price' }).click();
    await page.getByText(`${product.name} is saved`).waitFor();
    await eventually(() => question.count()).toBe(0);
    // Down again is no question, and what costs so much already is none either.
    await price.fill('9.99');
    await page.keyboard.press('F10');
    await page.getByText(`${product.name} is saved`).waitFor();
    expect(await question.count()).toBe(0);
    await shop.close();
  });

  it('adds somebody to the staff, who signs in at once; a cashier may only look at neither', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Staff');
    await page.getByRole('button', { name: 'New member of staff' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Tom Brandt');
    await page.getByLabel('Sign-in name').fill('tom');
    await page.getByText('Cashier').click();
    await page.getByLabel('PIN').fill('4711');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Edit Tom Brandt' }).waitFor();
    await page.keyboard.press('Control+l');
    await page.getByRole('button', { name: 'Tom Brandt' }).click();
    await page.getByLabel('Tom’s PIN').fill('4711');
    await page.keyboard.press('Enter');
    await openAction(page, 'Sell');
    await scanField(page).waitFor();
    await page.keyboard.press('F1');
    const staff = page.getByRole('dialog').getByRole('button', { name: 'Staff', exact: true });
    expect(await staff.getAttribute('aria-disabled')).toBe('true');
    await shop.close();
  });

  it('renames a category, which the row of categories then shows', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    const [category] = harbourStreet.categories;
    await openAction(page, 'Categories and taxes');
    await page.getByRole('row', { name: new RegExp(category?.name ?? '', 'u') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Baked this morning');
    await dialog.getByText('Violet').click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /Baked this morning/u }).waitFor();
    await openAction(page, 'Sell');
    await page.getByRole('button', { name: 'Baked this morning' }).waitFor();
    await shop.close();
  });

  it('lets nobody in who no longer works here', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Staff');
    await page.getByRole('row', { name: /Jonas M\./u }).click();
    await page.getByRole('button', { name: 'No longer works here' }).click();
    const asked = page.getByRole('alertdialog', { name: 'Jonas M. no longer works here?' });
    await asked.getByRole('button', { name: 'No longer works here' }).click();
    await page.getByRole('button', { name: 'Works here again' }).waitFor();
    await page.keyboard.press('Control+l');
    // Whoever is left alone is asked for the PIN at once.
    await page.getByLabel('Elena’s PIN').waitFor();
    expect(await page.getByRole('button', { name: 'Jonas M.' }).count()).toBe(0);
    await shop.close();
  });
}
