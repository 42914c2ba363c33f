import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  basketLines,
  openAction,
  openDemo,
  scan,
  scanField,
  type Shop,
  signIn,
  somethingToSell,
  type World,
} from './support/shop.ts';
import { faults } from '../support/faults.ts';

const product = somethingToSell(0);

/** What makes the page larger than its window: a till's page never scrolls. */
function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollHeight, scrollWidth } = document.documentElement;
    if (scrollHeight <= window.innerHeight && scrollWidth <= window.innerWidth) return [];
    return Array.from(document.querySelectorAll('body *')).flatMap((element) => {
      const { bottom, right, left } = element.getBoundingClientRect();
      const isOut = bottom > window.innerHeight || right > window.innerWidth || left < 0;
      return isOut ? [`${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`] : [];
    });
  });
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();

async function fillBasket({ page }: Shop): Promise<void> {
  await scan(page, product.barcode);
  await basketLines(page).first().waitFor();
}

export function accessStories(world: () => World): void {
  it('begins with selling after somebody else, and goes on where they were after a lock of their own', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Settings');
    await heading(page, 'Settings');
    await page.keyboard.press('Control+l');
    await signIn(page, 'Elena Lindqvist');
    await heading(page, 'Settings');
    await page.keyboard.press('Control+l');
    await signIn(page, 'Jonas M.');
    await scanField(page).waitFor();
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });

  it('sells in Arabic, right to left, on a tablet, and in German: nothing is cut off, nothing scrolls', async () => {
    const shop = await openDemo(world(), 'Jonas M.', { viewport: { width: 1024, height: 768 } });
    const { page } = shop;
    await fillBasket(shop);
    for (const language of ['ar', 'de'] as const) {
      await page.evaluate((chosen) => localStorage.setItem('evertill.language', chosen), language);
      await page.reload();
      await page.locator('section[aria-live]').first().waitFor();
      expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
      expect(await overflow(page), language).toEqual([]);
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press('F10');
      await page.locator('section[aria-live]').nth(1).waitFor();
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('section[aria-live]').first().waitFor();
    }
    await shop.close();
  });
}
