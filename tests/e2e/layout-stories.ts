import { expect, it } from 'vitest';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import { completeGtin } from '../../shared/product/gtin.ts';
import { cutOff, outOfSight, speak } from '../support/layout.ts';
import { manage, openAction, openDemo, scan, scanField, type World } from './support/shop.ts';

const sizes = [
  { width: 1024, height: 768 },
  { width: 1366, height: 768 },
];
const languages = ['en', 'de', 'ar'] as const;
const lists = ['#/stock', '#/stock/take', '#/products', '#/sales'];
const unknown = completeGtin('501234567890');

export function layoutStories(world: () => World): void {
  it.each(sizes)('counts the drawer with every action in sight at $width × $height', async (viewport) => {
    const shop = await openDemo(world(), 'Elena Lindqvist', { viewport });
    const { page } = shop;
    await openAction(page, 'Close the shift');
    for (const language of languages) {
      await speak(page, language);
      const counts = page.locator('main li input');
      await counts.first().waitFor();
      // As much as anybody has, and the comparison with it.
      await counts.nth(0).fill('250');
      await counts.nth(4).fill('99999');
      expect(await cutOff(page, 'main'), language).toEqual([]);
      const tops = await page
        .locator('main ol > li')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().y));
      expect(new Set(tops).size, `${language}: the steps stand in one row`).toBe(1);
      await page.keyboard.press('F10');
      await page.getByRole('alert').waitFor();
      expect(await cutOff(page, 'main'), language).toEqual([]);
    }
    await shop.close();
  });

  it.each(sizes)(
    'says all of a notice beside the scan field, and moves nothing, at $width × $height',
    async (viewport) => {
      const shop = await openDemo(world(), 'Jonas M.', { viewport });
      const { page } = shop;
      for (const language of languages) {
        await speak(page, language);
        const tile = page.locator('main button', { hasText: 'Butter croissant' });
        await tile.waitFor();
        const before = await tile.boundingBox();
        await scan(page, unknown);
        await page.getByRole('alert').waitFor();
        expect(await cutOff(page, '[role="alert"]'), language).toEqual([]);
        expect(await tile.boundingBox(), language).toEqual(before);
        expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(viewport.height);
      }
      await shop.close();
    },
  );

  it.each([...sizes, { width: 1920, height: 1080 }])(
    'keeps search and buttons of every list in one row, and all of the hint in the field, at $width × $height',
    async (viewport) => {
      const shop = await openDemo(world(), 'Elena Lindqvist', { viewport });
      const { page } = shop;
      const longName = `The other store ${'of the old harbour and its quays '.repeat(4)}`.slice(0, 125);
      const row = { store: '019a0000-0001-7000-8000-000000000001', name: longName, active: true };
      const changes = [{ position: 1, kind: 'store', row }];
      shop.till.sync.applyPage({ stream: 'company', tag: 'tag', snapshot: null, changes, position: 1 });
      await manage(shop.till, async (tell) => {
        await tell('stock_take.open', { scope: { kind: 'store' } });
        const { product } = harbourStreet.products.find(({ active, stocked }) => active && stocked) ?? {};
        await tell('transfer.send', { to_store: row.store, lines: [{ product, quantity_milli: 1000 }] });
      });
      const header = page.locator('main header').first();
      const middles = async (): Promise<number[]> => {
        const controls = await header.locator('button, input').all();
        const boxes = await Promise.all(controls.map(async (control) => await control.boundingBox()));
        return [...new Set(boxes.map((box) => Math.round((box?.y ?? 0) + (box?.height ?? 0) / 2)))];
      };
      for (const language of languages) {
        await speak(page, language);
        for (const hash of lists) {
          await page.evaluate((to) => void (window.location.hash = to), hash);
          await page
            .getByRole('row')
            .nth(hash === '#/sales' ? 0 : 1)
            .waitFor();
          await header.locator('p').or(page.locator('table')).first().waitFor();
          const missing = await header.locator('input').evaluate(async (input: HTMLInputElement) => {
            await document.fonts.ready;
            const { fontFamily, fontSize, fontWeight, paddingLeft, paddingRight } = getComputedStyle(input);
            const hint = document.createElement('span');
            Object.assign(hint.style, { position: 'absolute', whiteSpace: 'pre', fontFamily, fontSize, fontWeight });
            hint.textContent = input.placeholder;
            document.body.append(hint);
            const { width } = hint.getBoundingClientRect();
            hint.remove();
            const room = input.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
            return Math.max(0, Math.ceil(width - room));
          });
          const told = { language, hash, missing, rows: (await middles()).length, out: await outOfSight(page) };
          expect(told).toEqual({ language, hash, missing: 0, rows: 1, out: [] });
        }
        await page.evaluate(() => void (window.location.hash = '#/stock/transfers/send'));
        await header.getByRole('button').nth(2).waitFor();
        expect({ language, rows: (await middles()).length }).toEqual({ language, rows: 1 });
        await page.evaluate(() => void (window.location.hash = '#/stock/transfers'));
        await page.getByRole('row').filter({ hasText: longName }).click();
        await header.getByText(longName).waitFor();
        expect({ language, out: await outOfSight(page) }).toEqual({ language, out: [] });
        await header.getByRole('button').first().click();
        await page.getByRole('row').filter({ hasText: longName }).waitFor();
        expect({ language, out: await outOfSight(page) }).toEqual({ language, out: [] });
      }
      await shop.close();
    },
  );

  it('never makes the page longer than its window', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist', { viewport: { width: 1024, height: 768 } });
    const { page } = shop;
    await openAction(page, 'Settings');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(768);
    await shop.close();
  });

  it('shows somebody who is signed in no sign-in screen when the window is opened again', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await page.addInitScript(() => {
      new MutationObserver(() => {
        if (document.body?.innerText.includes('Who are you?')) sessionStorage.setItem('asked who', 'yes');
      }).observe(document, { childList: true, subtree: true });
    });
    for (let n = 0; n < 3; n += 1) {
      await page.reload();
      await scanField(page).waitFor();
    }
    expect(await page.evaluate(() => sessionStorage.getItem('asked who'))).toBeNull();
    await page.keyboard.press('Control+l');
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
    // The watch itself works.
    expect(await page.evaluate(() => sessionStorage.getItem('asked who'))).toBe('yes');
    await shop.close();
  });
}
