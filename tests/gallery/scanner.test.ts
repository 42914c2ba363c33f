import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { serveGallery, type ServedGallery } from './serve-gallery.ts';
import { typeAsScanner } from '../../renderer/till/scan/type-as-scanner.ts';

/** What the gallery's page of scans tells of itself. */
interface Seen {
  readonly scans: readonly string[];
  readonly search: string;
  readonly money: string;
  readonly moneyChanges: number;
  readonly name: string;
  readonly quantity_milli: number;
  readonly enters: number;
  readonly stars: number;
}

let gallery: ServedGallery;
let browser: Browser;
let tab: Page;

beforeAll(async () => {
  gallery = await serveGallery();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await gallery.close();
});

beforeEach(async () => {
  tab = await browser.newPage();
  await tab.goto(gallery.address('scan'));
  await tab.getByTestId('state').waitFor();
});

afterEach(async () => {
  await tab.close();
});

async function see(): Promise<Seen> {
  return JSON.parse((await tab.getByTestId('state').textContent()) ?? '{}') as Seen;
}

async function expectScans(...codes: readonly string[]): Promise<Seen> {
  await expect.poll(async () => (await see()).scans).toEqual(codes);
  return see();
}

describe('a scan in the browser', () => {
  it('is heard from anywhere, and its Enter presses nothing', async () => {
    await typeAsScanner(tab, '5012345678900');
    expect(await expectScans('5012345678900')).toMatchObject({ enters: 0 });
    await tab.getByRole('button', { name: 'Open dialog' }).focus();
    await typeAsScanner(tab, '4006381333931');
    await expectScans('5012345678900', '4006381333931');
    expect(await tab.getByRole('dialog').count()).toBe(0);
  });

  it('takes its first digit back out of a field that React controls, caret and all', async () => {
    const field = tab.getByLabel('Search');
    await field.fill('oat');
    await tab.keyboard.press('ArrowLeft');
    await typeAsScanner(tab, '4006381333931');
    expect(await expectScans('4006381333931')).toMatchObject({ search: 'oat' });
    expect(await field.evaluate((input) => (input instanceof HTMLInputElement ? input.selectionStart : -1))).toBe(2);
  });

  it('never types into a money field, not for a moment', async () => {
    await tab.getByLabel('Money').fill('12.5');
    const { moneyChanges } = await see();
    await typeAsScanner(tab, '4006381333931');
    expect(await expectScans('4006381333931')).toMatchObject({ money: '12.5', moneyChanges });
    await tab.getByLabel('Quantity', { exact: true }).focus();
    await typeAsScanner(tab, '11112222');
    expect(await expectScans('4006381333931', '11112222')).toMatchObject({ quantity_milli: 1000 });
  });

  it('reaches the basket over an open dialog, which stays', async () => {
    await tab.getByRole('button', { name: 'Open dialog' }).click();
    await tab.getByLabel('Inside').fill('Tea');
    await typeAsScanner(tab, '99998888');
    expect(await expectScans('99998888')).toMatchObject({ name: 'Tea' });
    expect(await tab.getByRole('dialog').count()).toBe(1);
  });

  it('comes in order, twenty in a row, while the page is busy', async () => {
    await tab.getByLabel('Money').focus();
    await tab.evaluate(() => {
      setInterval(() => {
        const until = performance.now() + 60;
        while (performance.now() < until);
      }, 70);
    });
    const codes = Array.from({ length: 20 }, (_, at) => String(10_000_000 + at));
    for (const code of codes) await typeAsScanner(tab, code);
    expect(await expectScans(...codes)).toMatchObject({ money: '' });
  });
});

describe('a hand in the browser', () => {
  it('types what it types, also where keys are held back until it is known', async () => {
    await tab.getByLabel('Money').focus();
    await tab.keyboard.type('12.50', { delay: 60 });
    await expect.poll(async () => (await see()).money, { timeout: 10_000 }).toBe('12.50');
    await tab.getByLabel('Name', { exact: true }).focus();
    await tab.keyboard.type('Tea', { delay: 1 });
    await expect.poll(async () => (await see()).name).toBe('Tea');
    await tab.keyboard.press('Enter');
    await expect.poll(async () => (await see()).enters).toBe(1);
    expect((await see()).scans).toEqual([]);
  });

  it('gets every key on a page that is always busy', async () => {
    await tab.getByLabel('Money').focus();
    await tab.evaluate(
      () =>
        new Promise<void>((resolve) => {
          setInterval(() => {
            const until = performance.now() + 60;
            while (performance.now() < until);
            resolve();
          }, 62);
        }),
    );
    await tab.keyboard.type('7', { delay: 1 });
    await expect.poll(async () => (await see()).money, { timeout: 10_000 }).toBe('7');
  });

  it('reaches its shortcuts by plain keys', async () => {
    await tab.keyboard.press('*');
    await expect.poll(async () => (await see()).stars).toBe(1);
  });
});
