/** Lists and baskets that are long: only what is in sight is in the page, and all of it can be reached. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { faults } from '../support/faults.ts';
import { eventually, manage, openAction, openDemo, scanField, stock, type World } from './support/shop.ts';

const many = 340;
const goods = Array.from({ length: many }, (_, at) => ({
  name: `Long list ${String(at).padStart(3, '0')}`,
  price: '1.00',
}));

export function longStories(world: () => World): void {
  it('shows any row of a list of hundreds by wheel and by keys, with few of them in the page, and finds the place again', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await stock(shop.till, goods);
    await openAction(page, 'Products');
    await page.getByLabel('Name, SKU or barcode').fill('Long list');
    const table = page.getByRole('table');
    await eventually(() => table.getAttribute('aria-rowcount')).toBe(String(many + 1));
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    expect(await faults(page)).toEqual([]);

    const row = (at: number) => page.getByRole('row').filter({ hasText: goods[at]?.name ?? '' });
    await row(0).focus();
    await page.keyboard.press('ArrowDown');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('Long list 001');
    await page.keyboard.press('End');
    await row(many - 1).waitFor();
    expect(await row(many - 1).getAttribute('aria-rowindex')).toBe(String(many + 1));
    expect(await row(many - 1).evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await row(0).count()).toBe(0);
    await page.keyboard.press('PageUp');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('Long list 329');
    await page.keyboard.press('Home');
    await eventually(() => row(0).evaluate((one) => one === document.activeElement)).toBe(true);

    // A hand that scrolls: rows that were never seen come, and the row with the focus stays where the keys are.
    const scroller = page.locator('main [role="group"]').filter({ has: table });
    await scroller.evaluate((one) => one.scrollTo({ top: one.scrollHeight / 2 }));
    await row(170).waitFor();
    expect(await row(0).count()).toBe(1);
    const left_px = await scroller.evaluate((one) => one.scrollTop);
    await row(171).click();
    await page.getByLabel('Name', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await row(171).waitFor();
    expect(await page.getByLabel('Name, SKU or barcode').inputValue()).toBe('Long list');
    expect(Math.abs((await scroller.evaluate((one) => one.scrollTop)) - left_px)).toBeLessThan(2);
    // Another list begins at its top, and whoever went elsewhere begins anew.
    await page.getByLabel('Name, SKU or barcode').fill('Long');
    await row(0).waitFor();
    expect(await scroller.evaluate((one) => one.scrollTop)).toBe(0);
    await openAction(page, 'Sell');
    await scanField(page).waitFor();
    await openAction(page, 'Products');
    await page.getByRole('row').nth(2).waitFor();
    expect(await page.getByLabel('Name, SKU or barcode').inputValue()).toBe('');
    await shop.close();
  });

  it('shows the newest line of a long basket, and any other by keys', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    const lines = 120;
    await stock(shop.till, goods.slice(0, lines));
    await manage(shop.till, async (tell) => {
      const { products } = z
        .object({ products: z.array(z.object({ product: z.string() })) })
        .parse(await tell('product.list', { text: 'Long list', include_inactive: false, offset: 0, limit: lines }));
      for (const { product } of products) await tell('basket.add_product', { product, quantity_milli: 1000 });
    });
    const basket = page.getByRole('list', { name: 'Lines of the basket' });
    const line = (at: number) => basket.getByRole('listitem').filter({ hasText: goods[at]?.name ?? '' });
    await line(lines - 1).waitFor();
    expect(await basket.getByRole('listitem').count()).toBeLessThan(60);
    expect(await line(lines - 1).getAttribute('aria-setsize')).toBe(String(lines));
    await eventually(() => line(lines - 1).isVisible()).toBe(true);
    expect(await faults(page)).toEqual([]);
    await scanField(page).focus();
    for (let press = 0; press < 60; press += 1) await page.keyboard.press('ArrowUp');
    await eventually(() =>
      line(lines - 60)
        .locator('[aria-current="true"]')
        .count(),
    ).toBe(1);
    const [seen, list] = [await line(lines - 60).boundingBox(), await basket.locator('..').boundingBox()];
    expect((seen?.y ?? 0) >= (list?.y ?? 0) - 1).toBe(true);
    await shop.close();
  });
}
