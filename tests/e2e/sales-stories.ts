/** What was sold, looked up afterwards. */
import { expect, it } from 'vitest';
import { basketLines, eventually, openAction, openDemo, scan, somethingToSell, type World } from './support/shop.ts';

const [product, other] = [somethingToSell(0), somethingToSell(1)];

export function salesStories(world: () => World): void {
  it('finds a sale by its number, shows its receipt, and gives back of it', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    const numbers: string[] = [];
    for (const { barcode, name } of [product, other]) {
      await scan(page, barcode);
      await basketLines(page).filter({ hasText: name }).waitFor();
      await page.keyboard.press('F10');
      await page.getByLabel('Cash received').press('Enter');
      const saved = await page.getByText(/is saved on this till/u).innerText();
      numbers.push(/HS\d-[A-Z]+-\d+/u.exec(saved)?.[0] ?? '');
      await page.keyboard.press('Enter');
    }
    await openAction(page, 'Last sales');
    const rows = page.getByRole('row');
    await eventually(() => rows.count()).toBe(3);
    expect(await rows.nth(1).innerText()).toContain(numbers[1]);
    await page.getByLabel('Receipt number').fill(numbers[0] ?? '');
    await eventually(() => rows.count()).toBe(2);
    await rows.nth(1).click();
    const receipt = page.getByRole('article', { name: 'Receipt' }).first();
    await receipt.getByText(product.name).waitFor();
    expect(await receipt.innerText()).not.toContain(other.name);
    await page.getByLabel('Receipt number').fill('HS1-Z-999');
    await page.getByText('No receipt with “HS1-Z-999”').waitFor();
    // The receipt that was chosen stays.
    await receipt.getByText(product.name).waitFor();
    await page.keyboard.press('F7');
    await page.getByRole('heading', { name: 'Refund' }).waitFor();
    await page.getByRole('row').filter({ hasText: product.name }).waitFor();
    await shop.close();
  });
}
