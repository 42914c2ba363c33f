import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { serveGallery, type ServedGallery } from './serve-gallery.ts';

/** WCAG 2.2 at level AA, and what axe calls best practice. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let gallery: ServedGallery;
let browser: Browser;

beforeAll(async () => {
  gallery = await serveGallery();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await gallery.close();
});

/** The page of parts shows both themes by itself; the screens are seen once in each, and once in each direction. */
const looks = [
  { query: 'theme=light', width: 1366, height: 768 },
  { query: 'theme=dark&contrast=more&lang=ar', width: 1024, height: 768 },
];

describe('the parts of the screens', () => {
  for (const page of ['parts', 'sell', 'pay', 'done', 'approval', 'headoffice', 'scan']) {
    it(`are reachable, readable and within the policy: ${page}`, async () => {
      for (const { height, query, width } of looks.slice(0, page === 'parts' ? 1 : 2)) {
        const context = await browser.newContext({ viewport: { width, height } });
        const tab = await context.newPage();
        const told: string[] = [];
        tab.on('console', (message) => {
          if (['error', 'warning'].includes(message.type())) told.push(message.text());
        });
        tab.on('pageerror', (fault) => told.push(fault.message));
        await tab.goto(gallery.address(page, query));
        await tab.locator('main').waitFor();
        const { violations } = await new AxeBuilder({ page: tab }).withTags(rules).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        expect(found, `${page} ${query}`).toEqual([]);
        expect(told, `${page} ${query}`).toEqual([]);
        const room = await tab.evaluate(() => {
          const { clientWidth, scrollWidth } = document.documentElement;
          return clientWidth - scrollWidth;
        });
        expect(room, `${page} ${query} is wider than its window`).toBe(0);
        await context.close();
      }
    }, 240_000);
  }

  it('keep the focus in a dialog and give it back', async () => {
    const tab = await browser.newPage();
    await tab.goto(gallery.address('scan'));
    const opener = tab.getByRole('button', { name: 'Open dialog' });
    await opener.focus();
    await tab.keyboard.press('Enter');
    await tab.getByRole('dialog').waitFor();
    for (let press = 0; press < 6; press += 1) {
      await tab.keyboard.press('Tab');
      expect(await tab.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
    }
    await tab.keyboard.press('Escape');
    await tab.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
    await tab.close();
  });

  it('are one stop of the Tab key where they are many, with arrows inside', async () => {
    const tab = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await tab.goto(gallery.address('sell'));
    await tab.getByRole('button', { name: /^1\.65 Butter croissant|Butter croissant/u }).focus();
    const focused = (): Promise<string> => tab.evaluate(() => document.activeElement?.textContent ?? '');
    await tab.keyboard.press('ArrowRight');
    expect(await focused()).toContain('Sourdough');
    await tab.keyboard.press('ArrowDown');
    expect(await focused()).toContain('Oat drink');
    await tab.keyboard.press('Home');
    expect(await focused()).toContain('Butter croissant');
    await tab.keyboard.press('Tab');
    expect(await focused()).toContain('Quantity');
    await tab.close();
  });
});
