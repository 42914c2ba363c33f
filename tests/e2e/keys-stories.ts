/** The keys of the till: shown, found, changed, swapped, refused, and back to the usual ones. */
import { expect, it } from 'vitest';
import { faults } from '../support/faults.ts';
import { cutOff, speak } from '../support/layout.ts';
import { eventually, openDemo, scan, scanField, slate, somethingToSell, type World } from './support/shop.ts';

export function keysStories(world: () => World): void {
  it('are listed under F1 and found by name, by place and by key', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await page.keyboard.press('F1');
    const search = page.getByLabel('Search actions');
    await search.fill('F10');
    await eventually(() =>
      page
        .getByRole('dialog')
        .getByRole('button', { name: /, key F10$/u })
        .count(),
    ).toBe(4);
    await search.fill('undo');
    await page.getByRole('button', { name: 'Undo the last scan Selling, key Ctrl Z' }).waitFor();
    await search.fill('paying');
    await page.getByRole('button', { name: 'Exact amount Paying, key F2' }).waitFor();
    await search.fill('');
    expect(await faults(page)).toEqual([]);
    await shop.close();
  });

  it('change at once on the buttons, and after the next start', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await page.keyboard.press('F1');
    await page.getByLabel('Search actions').fill('refund a sale');
    await page.getByRole('button', { name: 'Refund a sale Selling and Lists, key F7' }).click();
    await page.getByText('Press the new key').waitFor();
    // Ctrl alone is only the beginning, and what the scanner types is no key.
    await page.keyboard.press('Control');
    await page.keyboard.press('7');
    await page.getByText('The scanner types with this key. Choose another.').waitFor();
    await page.keyboard.press('Control+w');
    await page.getByText('The browser takes this key for itself. Choose another.').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('Shift+F7');
    await page.getByText('1 key was changed on this device.').waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: 'Refund ⇧ F7' })
      .or(page.locator('kbd', { hasText: '⇧ F7' }))
      .first()
      .waitFor();
    await page.keyboard.press('F7');
    await page.reload();
    await scanField(page).waitFor();
    await page.keyboard.press('Shift+F7');
    await page.getByRole('heading', { name: 'Refund' }).first().waitFor();
    await shop.close();
  });

  it('are swapped where another has the key, and both buttons say so', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await page.keyboard.press('F1');
    await page.getByLabel('Search actions').fill('card');
    await page.getByRole('button', { name: /^Card .*key F9$/u }).click();
    await page.keyboard.press('F10');
    await page.getByText('F10 is already “Cash”').waitFor();
    await page.getByText('Swap them: Cash then has F9.').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Card .*key F10$/u }).waitFor();
    await page.keyboard.press('Escape');
    await scan(page, somethingToSell(0).barcode);
    await slate(page, 'Total').getByText('1 item').waitFor();
    await page.keyboard.press('F9');
    await page.getByLabel('Cash received').waitFor();
    // A key that would only move the clash is not given; Card stays what it is.
    await page.keyboard.press('F1');
    await page.getByLabel('Search actions').fill('card');
    await page.getByRole('button', { name: /^Card .*key F10$/u }).click();
    await page.keyboard.press('F2');
    await page.getByText(/can’t be swapped/u).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Back to the usual keys' }).click();
    await page.getByRole('button', { name: /^Card .*key F9$/u }).waitFor();
    expect(await page.evaluate(() => localStorage.getItem('evertill.keys'))).toBeNull();
    await shop.close();
  });

  it('open a screen that had none, from wherever one is, by the settings and by keyboard alone', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await page.keyboard.press('F1');
    await page.getByLabel('Search actions').fill('settings');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Change keys' }).press('Enter');
    await page.getByLabel('Search keys').fill('stock take');
    await page.getByRole('button', { name: 'Stock take Everywhere, no key' }).press('Enter');
    await page.keyboard.press('Control+k');
    await page.getByRole('button', { name: 'Stock take Everywhere, key Ctrl K' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('button', { name: 'Start counting' }).waitFor();
    await shop.close();
  });

  it.each([
    { width: 1024, height: 768 },
    { width: 1366, height: 768 },
  ])('are legible in every language at $width px, also where buttons print none', async (viewport) => {
    const shop = await openDemo(world(), 'Elena Lindqvist', { viewport });
    const { page } = shop;
    for (const language of ['en', 'de', 'ar']) {
      await speak(page, language);
      await page.locator('main input').first().waitFor();
      await page.keyboard.press('F1');
      await page.getByRole('dialog').locator('kbd', { hasText: 'F10' }).first().waitFor();
      expect(await cutOff(page, '[role="dialog"]'), language).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await shop.close();
  });
}
