import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { basketLines, eventually, openAction, openDemo, scan, somethingToSell, type World } from './support/shop.ts';

const product = somethingToSell(0);
const points_per_mm = 72 / 25.4;

/** Counts what would have opened the system's dialog. */
async function countPrints(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-prints', String(Number(document.body.dataset['prints']) + 1));
    document.body.setAttribute('data-prints', '0');
  });
  return async () => Number(await page.locator('body').getAttribute('data-prints'));
}

/** The sides of each page that is printed now, in millimetres. */
async function pages_mm(page: Page): Promise<{ readonly width: number; readonly height: number }[]> {
  const file = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return [...file.matchAll(/\/MediaBox *\[0 0 ([\d.]+) ([\d.]+)\]/gu)].map(([, width, height]) => ({
    width: Math.round(Number(width) / points_per_mm),
    height: Math.round(Number(height) / points_per_mm),
  }));
}

/** What the paper shows. */
async function printed(page: Page): Promise<string> {
  await page.emulateMedia({ media: 'print' });
  const text = await page.locator('body').innerText();
  await page.emulateMedia({ media: null });
  return text;
}

export function printStories(world: () => World): void {
  it('prints the receipt and nothing else, on one piece of a roll', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    const prints = await countPrints(page);
    await scan(page, product.barcode);
    await basketLines(page).first().waitFor();
    await page.keyboard.press('F9');
    await page.getByLabel('By card').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('is saved on this till').waitFor();
    await page.keyboard.press('F2');
    await eventually(prints).toBe(1);
    const paper = await printed(page);
    expect(paper).toContain(product.name);
    expect(paper).toContain('TOTAL');
    for (const words of ['Next customer', 'is saved on this till', 'Jonas M.\nShift'])
      expect(paper).not.toContain(words);
    const [only, ...more] = await pages_mm(page);
    expect(more).toEqual([]);
    expect(only?.width).toBe(80);
    expect(only?.height).toBeGreaterThan(60);
    expect(only?.height).toBeLessThan(160);
    await shop.close();
  });

  it('prints the Z of a shift that has closed, on one piece of a roll even where its letters come late', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await page.evaluate(() => {
      // The letters of the paper are those of the screen, and are here: as if they were not.
      const late = Promise.withResolvers<FontFaceSet>();
      Object.defineProperty(document.fonts, 'ready', { value: late.promise });
      Object.assign(window, { lettersCome: () => late.resolve(document.fonts) });
    });
    const prints = await countPrints(page);
    await openAction(page, 'Close the shift');
    await page.getByLabel('How many £50').fill('1');
    await page.keyboard.press('F10');
    await page.getByText('The count differs by £50.00').waitFor();
    await page.getByRole('radio', { name: 'Other' }).click();
    await page.getByRole('region', { name: 'Z 1, preview' }).getByRole('textbox').fill('One note went to the bank');
    await page.keyboard.press('F8');
    await page.getByRole('heading', { name: 'The shift is closed' }).waitFor();
    await page.keyboard.press('F2');
    // The page has had its turn, and waits.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    expect(await prints()).toBe(0);
    await page.evaluate('lettersCome()');
    await eventually(prints).toBe(1);
    const paper = await printed(page);
    for (const words of ['Z 1', 'Jonas M.', '−50.00', 'One note went to the bank']) expect(paper).toContain(words);
    expect(paper).not.toContain('Open the next shift');
    expect(await pages_mm(page)).toHaveLength(1);
    await shop.close();
  });
}
