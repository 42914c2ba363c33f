import { expect, it } from 'vitest';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import { completeGtin } from '../../shared/product/gtin.ts';
import { bareWords } from '../support/bare-words.ts';
import { areApart, outOfSight, rightEdges, runningOut, speak, tooSmall } from '../support/layout.ts';
import {
  basketLines,
  eventually,
  manage,
  openDemo,
  openShop,
  scan,
  signIn,
  slate,
  somethingToSell,
  stock,
  type World,
} from './support/shop.ts';

const tablet = { width: 1024, height: 768 };
const till = { width: 1366, height: 768 };
const languages = ['en', 'de', 'ar'] as const;
const unknown = completeGtin('501234567890');
const product = somethingToSell(0);
const weighed = harbourStreet.products.find(({ active, unit }) => active && unit === 'kg');
const everyScreen = [
  '#/',
  '#/pay/cash',
  '#/sales',
  '#/refund',
  '#/refund-free',
  '#/shift',
  '#/shift/cash/in',
  '#/shift/closed',
  '#/products',
  '#/categories',
  '#/staff',
  '#/sync',
  '#/settings',
];
const longName =
  'Maria-Magdalena Anastasia Papadopoulou-Featherstonehaugh von und zu Donaudampfschifffahrtsgesellschaft';

export function fitStories(world: () => World): void {
  it.each([tablet, till])('keeps the last digits of amounts on one edge at $width px', async (viewport) => {
    const shop = await openDemo(world(), 'Elena Lindqvist', { viewport });
    const { page } = shop;
    await stock(shop.till, [
      { name: 'Grand piano', price: '123456.99' },
      { name: 'Piano stool', price: '1234.50' },
    ]);
    const field = page.locator('main input').first();
    for (const text of ['DEAR-0', 'DEAR-1', weighed?.sku ?? '']) {
      await field.fill(text);
      await page.getByRole('option').first().waitFor();
      await field.press('Enter');
      if (text === weighed?.sku) {
        await page.getByRole('dialog').locator('input').fill('0.624');
        await page.keyboard.press('Enter');
      }
      await basketLines(page).nth(['DEAR-0', 'DEAR-1', weighed?.sku].indexOf(text)).waitFor();
    }
    await scan(page, product.barcode);
    for (const language of languages) {
      await speak(page, language);
      const lines = page.locator('main section li');
      await eventually(() => lines.count()).toBe(4);
      // An amount has the decimals of its currency; quantities have other ones.
      const amounts = lines.locator('bdi', { hasText: /^[\d,]+\.\d\d$/u });
      expect(await amounts.count()).toBe(4);
      expect(await rightEdges(amounts), `${language}: basket`).toHaveLength(1);
      await field.fill('DEAR');
      await page.getByRole('option').nth(1).waitFor();
      expect(await rightEdges(page.getByRole('option').locator('bdi', { hasText: /\.\d\d$/u }))).toHaveLength(1);
      await field.fill('');
      await page.keyboard.press('F10');
      await page.locator('main input').waitFor();
      await eventually(() => lines.count()).toBe(4);
      expect(await rightEdges(amounts), `${language}: pay`).toHaveLength(1);
      expect(await rightEdges(page.locator('main dd bdi')), `${language}: sums`).toHaveLength(1);
      expect(await lines.locator('bdi', { hasText: /^0\.624\s(?:kg|كغ)$/u }).count(), `${language}: unit`).toBe(1);
      // Names at the row's beginning, amounts at its end, in either direction.
      const [name, amount] = [await lines.first().boundingBox(), await amounts.first().boundingBox()];
      const isAtRight = (amount?.x ?? 0) > (name?.x ?? 0) + (name?.width ?? 0) / 2;
      expect(isAtRight, language).toBe(language !== 'ar');
      await page.evaluate(() => void (window.location.hash = '#/products'));
      await page.getByRole('row').nth(3).waitFor();
      const prices = page.getByRole('row').locator('td:last-child bdi', { hasText: /\.\d\d$/u });
      expect(await rightEdges(prices), `${language}: products`).toHaveLength(1);
      await page.evaluate(() => void (window.location.hash = '#/'));
      await field.waitFor();
    }
    await shop.close();
  });

  it('keeps names, numbers and units apart from the Arabic around them, and nothing too small to read', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    for (let n = 0; n < 2; n += 1) {
      await scan(page, product.barcode);
      await eventually(() => basketLines(page).count()).toBe(1);
      await page.keyboard.press('F10');
      await page.getByLabel('Cash received').press('Enter');
      await page.getByText(/is saved on this till/u).waitFor();
      await page.keyboard.press('Enter');
    }
    await scan(page, product.barcode);
    await eventually(() => basketLines(page).count()).toBe(1);
    await speak(page, 'ar');
    for (const hash of everyScreen) {
      await page.evaluate((to) => void (window.location.hash = to), hash);
      await page.locator('main :is(h1, h2, [aria-live])').first().waitFor();
      await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
      expect({ hash, bare: await bareWords(page), small: await tooSmall(page) }).toEqual({ hash, bare: [], small: [] });
    }
    await shop.close();
  });

  it('lets the shop’s name give way to the sync sign, and keeps a long name of a person in its place', async () => {
    const shop = await openShop(world(), { viewport: tablet }, world().demo);
    const { page } = shop;
    await manage(shop.till, async (tell) => {
      const { settings } = (await tell('setup.status', {})) as { settings: Record<string, unknown> };
      await tell('shift.close', { counted: '100', denominations: [], reason: null });
      await tell('settings.record', { settings: { ...settings, name: `The Harbour Street Stores of ${longName}` } });
      await tell('staff.create', { name: longName, login: 'long', roles: [], pin: '975310', password: null });
    });
    await page.reload();
    await page.getByRole('button', { name: longName }).waitFor();
    expect(await runningOut(page.getByRole('group').getByRole('button'))).toEqual([]);
    // A tile among tiles, however long the name in it.
    expect((await page.getByRole('button', { name: longName }).boundingBox())?.height).toBeLessThan(100);
    await signIn(page, 'Elena Lindqvist');
    await page.getByRole('heading', { name: 'Open a shift' }).waitFor();
    for (const language of languages) {
      await speak(page, language);
      await page.locator('main input').waitFor();
      const sign = page.locator('header button').first();
      const isWhole = await sign.evaluate((button) =>
        [...button.querySelectorAll('*'), button].every((part) => part.scrollWidth <= part.clientWidth + 1),
      );
      expect(isWhole, language).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), language).toBe(tablet.width);
    }
    await shop.close();
  });

  it.each([tablet, till])('shows every column of every list at $width px, also of long names', async (viewport) => {
    const shop = await openDemo(world(), 'Elena Lindqvist', { viewport });
    const { page } = shop;
    await stock(shop.till, [{ name: `${longName}, handglasiert, ozeanblau 350 ml`, price: '12345.67' }]);
    for (const isPaid of [true, false]) {
      await page.locator('main input').first().fill('DEAR-0');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await basketLines(page).first().waitFor();
      if (!isPaid) continue;
      await page.keyboard.press('F9');
      await page.getByLabel('By card').press('Enter');
      await page.getByText(/is saved on this till/u).waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('Basket is empty').waitFor();
    }
    for (const language of languages) {
      await speak(page, language);
      for (const hash of everyScreen) {
        await page.evaluate((to) => void (window.location.hash = to), hash);
        await page.locator('main :is(h1, h2, [aria-live])').first().waitFor();
        await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
        if (hash === '#/sales' || hash === '#/refund') {
          await page.getByRole('row').nth(1).click();
          await page.locator('main :is(article, table button)').first().waitFor();
        }
        expect({ language, hash, out: await outOfSight(page) }).toEqual({ language, hash, out: [] });
      }
    }
    await shop.close();
  });

  it.each([tablet, till])('says what was scanned beside every screen’s title at $width px', async (viewport) => {
    const shop = await openDemo(world(), 'Elena Lindqvist', { viewport });
    const { page } = shop;
    await scan(page, product.barcode);
    await basketLines(page).first().waitFor();
    for (const language of languages) {
      await speak(page, language);
      for (const hash of ['#/pay/cash', '#/sales', '#/refund', '#/shift', '#/shift/cash/in', '#/staff', '#/settings']) {
        await page.evaluate((to) => void (window.location.hash = to), hash);
        await page.locator('main :is(h1, [aria-live])').first().waitFor();
        await scan(page, unknown);
        const notice = page.getByRole('alert').filter({ hasText: unknown });
        await notice.waitFor();
        const told = await notice.boundingBox();
        for (const title of await page.locator('main :is(h1, [aria-live])').all())
          expect(areApart(told, await title.boundingBox()), `${language} ${hash}`).toBe(true);
        expect(areApart(told, await page.locator('header button').nth(1).boundingBox()), language).toBe(true);
      }
    }
    await shop.close();
  });

  it('keeps a price of many digits in its tile', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist', { viewport: tablet });
    const { page } = shop;
    await stock(shop.till, [
      { name: 'A very dear thing', price: '9999999.99' },
      { name: 'A dearer thing', price: '99999999.99' },
    ]);
    await page.getByRole('button', { name: harbourStreet.categories[0]?.name ?? '' }).click();
    const dear = page.getByRole('button', { name: /dear/u });
    await eventually(() => dear.count()).toBe(2);
    expect(await runningOut(dear)).toEqual([]);
    expect(await tooSmall(page)).toEqual([]);
    for (const tile of await dear.all()) {
      const [picture, price] = [tile.locator('svg').first(), tile.locator('bdi').first()];
      expect(areApart(await picture.boundingBox(), await price.boundingBox())).toBe(true);
    }
    await shop.close();
  });

  it.each([tablet, till, { width: 1920, height: 1080 }])(
    'shows whole categories only, the chosen one among them, at $width px',
    async (viewport) => {
      const shop = await openDemo(world(), 'Jonas M.', { viewport });
      const { page } = shop;
      const row = page.getByRole('group', { name: 'Categories' });
      const names = harbourStreet.categories.map(({ name }) => name);
      for (const name of [names[0], names.at(-1), names[1]]) {
        await page.getByRole('button', { name: 'All', exact: true }).click();
        await page.getByRole('menuitem', { name: name ?? '' }).click();
        const chosen = row.getByRole('button', { name: name ?? '', pressed: true });
        await chosen.waitFor();
        const seen = async () =>
          await row.evaluate((element) => {
            const { bottom, right, top } = element.getBoundingClientRect();
            return [...element.children].flatMap((chip) => {
              const is = chip.getBoundingClientRect();
              if (is.bottom <= top + 5 || is.top >= bottom - 5) return [];
              return [{ name: chip.textContent, isWhole: is.right <= right && is.top >= top && is.bottom <= bottom }];
            });
          });
        await eventually(async () => (await seen()).filter(({ isWhole }) => !isWhole)).toEqual([]);
        expect((await seen()).map(({ name: one }) => one)).toContain(name);
      }
      await shop.close();
    },
  );

  it('sets quantity and price of a line on one base line, and the approval apart from its edge', async () => {
    const shop = await openDemo(world(), 'Jonas M.');
    const { page } = shop;
    await scan(page, product.barcode);
    await slate(page, 'Total').getByText('1 item').waitFor();
    await page.keyboard.press('F5');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Price for one').fill('0.50');
    const middle = async (label: string): Promise<number> => {
      const box = await dialog.getByLabel(label, { exact: true }).boundingBox();
      return Math.round((box?.y ?? 0) + (box?.height ?? 0) / 2);
    };
    expect(Math.abs((await middle('Quantity')) - (await middle('Price for one')))).toBeLessThanOrEqual(1);
    await dialog.getByRole('radio', { name: 'Damaged' }).click();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'A manager must approve this' });
    await panel.waitFor();
    const [inner, outer] = [await panel.boundingBox(), await dialog.first().boundingBox()];
    expect((outer?.y ?? 0) + (outer?.height ?? 0) - (inner?.y ?? 0) - (inner?.height ?? 0)).toBeGreaterThanOrEqual(16);
    await shop.close();
  });

  it('labels every choice of a new shop where it can be seen', async () => {
    const shop = await openShop(world());
    const { page } = shop;
    await page.getByRole('button', { name: 'Open a shop' }).click();
    expect(await page.getByText('Tax is rounded').isVisible()).toBe(true);
    await shop.close();
  });
}
