/**
 * Every screen of the list, in a shop with a day behind it: nobody is kept out by its colours or names, and nothing of it is
 * cut off. Each is seen in one look here, the looks taking turns; `EVERTILL_LOOKS=all` shows each in all of them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { addressOf, tillScreens } from '../../commands/screens/list.ts';
import { faults } from '../support/faults.ts';
import { cutWords, outOfSight, speak } from '../support/layout.ts';
import { manage, openDemo, type Shop, somethingToSell, type World } from './support/shop.ts';

const languages = ['en', 'de', 'ar'] as const;
const sizes = [
  { width: 1366, height: 768 },
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
] as const;
const themes = [
  { theme: 'light', contrast: null },
  { theme: 'dark', contrast: null },
  { theme: 'light', contrast: 'more' },
  { theme: 'dark', contrast: 'more' },
] as const;
const hasAllLooks = process.env['EVERTILL_LOOKS'] === 'all';
const quay = '019a0000-0001-7000-8000-000000000002';

export function everyScreenStories(world: () => World): void {
  it('is in the list of screens', () => {
    const routes = readFileSync(join(import.meta.dirname, '../../renderer/till/frame/till-routes.tsx'), 'utf8');
    const written = [...routes.matchAll(/path="([^"]+)"/gu)].map(([, path]) => path ?? '');
    expect(written.length).toBeGreaterThan(20);
    expect([...new Set(tillScreens.map(({ route }) => route))].toSorted()).toEqual(written.toSorted());
  });

  it('can be used by everybody and shows all of itself', { timeout: 900_000 }, async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    const parts = await liveThroughADay(shop);
    const wrong: object[] = [];
    for (const [n, language] of languages.entries()) {
      await speak(page, language);
      for (const [at, screen] of tillScreens.entries()) {
        // Three languages by three sizes by four themes: over the list every pair of them comes.
        const isTurn = hasAllLooks || at % languages.length === n;
        if (!isTurn) continue;
        const address = addressOf(screen, parts);
        await page.evaluate((to) => void (window.location.hash = `#${to}`), address);
        await page.locator('main :is(h1, h2, [aria-live])').first().waitFor();
        await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
        expect(await page.evaluate(() => window.location.hash)).toBe(`#${address}`);
        const turn = Math.trunc(at / languages.length) + n;
        for (const size of hasAllLooks ? sizes : [sizes[turn % sizes.length] ?? sizes[0]]) {
          await page.setViewportSize(size);
          const look = { name: screen.name, language, width: size.width };
          for (const words of [...(await cutWords(page)), ...(await outOfSight(page))]) wrong.push({ ...look, words });
        }
        for (const theme of hasAllLooks ? themes : [themes[at % themes.length] ?? themes[0]]) {
          await wear(page, theme);
          const look = { name: screen.name, language, ...theme };
          for (const fault of await faults(page)) wrong.push({ ...look, fault });
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });
}

async function wear(page: Page, look: (typeof themes)[number]): Promise<void> {
  await page.evaluate(({ contrast, theme }) => {
    document.documentElement.setAttribute('data-theme', theme);
    if (contrast === null) document.documentElement.removeAttribute('data-contrast');
    else document.documentElement.setAttribute('data-contrast', contrast);
  }, look);
}

const productOf = z.object({ products: z.array(z.object({ product: z.string(), sku: z.string() })).min(1) });
const basketOf = z.object({ basket: z.string() });
const totalOf = z.object({ total_minor: z.int() });
const countOf = z.object({ count: z.string() });
const numberOf = z.object({ number: z.string() });
const statusOf = z.object({ store: z.string() });
const staffOf = z.object({ staff: z.array(z.object({ staff: z.string() })).min(1) });

/** A shift that was closed, a sale in the next, a basket, a stock take posted and one begun, goods sent and goods coming. */
async function liveThroughADay(shop: Shop): Promise<Record<string, string>> {
  const parts: Record<string, string> = { coming: 'QU1-A-T9' };
  await manage(shop.till, async (tell) => {
    const name = somethingToSell(0).name;
    const { products } = productOf.parse(await tell('product.search', { text: name, limit: 1 }));
    const { product, sku } = products[0] ?? { product: '', sku: '' };
    parts['product'] = product;
    await tell('shift.close', { counted: '100', denominations: [], reason: null });
    await tell('shift.open', { float: '100' });
    const { basket } = basketOf.parse(await tell('basket.add_product', { product, quantity_milli: 2000 }));
    const { total_minor } = totalOf.parse(await tell('basket.current', {}));
    await tell('basket.add_tender', { basket, kind: 'cash', handed: '500' });
    await tell('basket.complete', { basket, total_minor });
    parts['sale'] = basket;
    await tell('basket.add_product', { product, quantity_milli: 1000 });
    const { staff } = staffOf.parse(await tell('staff.list', {}));
    parts['member'] = staff[0]?.staff ?? '';
    const { count } = countOf.parse(await tell('stock_take.open', { scope: { kind: 'store' } }));
    await tell('stock_take.scan', { count, barcode: somethingToSell(0).barcode });
    await tell('stock_take.post', { count });
    parts['count'] = count;
    const open = countOf.parse(await tell('stock_take.open', { scope: { kind: 'store' } }));
    await tell('stock_take.scan', { count: open.count, barcode: somethingToSell(0).barcode });
    const { store } = statusOf.parse(await tell('setup.status', {}));
    const line = { product, sku, name, unit: 'piece', sent_milli: 5000, received_milli: null };
    const sent = { from_store: quay, to_store: store, sent_at: '2026-11-21T08:00:00.000Z', lines: [line] };
    const rows = [
      { kind: 'store' as const, row: { store: quay, name: 'Quay Street', active: true } },
      { kind: 'transfer' as const, row: { number: 'QU1-A-T9', state: 'on_the_way', ...sent } },
    ];
    const changes = rows.map((row, i) => ({ position: i + 1, ...row }));
    shop.till.sync.applyPage({ stream: 'company', tag: 'tag', snapshot: null, changes, position: changes.length });
    const given = await tell('transfer.send', { to_store: quay, lines: [{ product, quantity_milli: 1000 }] });
    parts['sent'] = numberOf.parse(given).number;
  });
  return parts;
}
