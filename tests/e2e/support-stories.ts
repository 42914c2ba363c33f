import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import { expectNothingPersonal, linesOfLog } from '../support/nothing-personal.ts';
import { basketLines, openAction, openDemo, scan, somethingToSell, type World } from './support/shop.ts';

const product = somethingToSell(0);
const people = harbourStreet.staff.map(({ name }) => name);

export function supportStories(world: () => World): void {
  it('shows what is collected with a sale, and saves it as one file in which nobody is named', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await scan(page, product.barcode);
    await basketLines(page).first().waitFor();
    await page.keyboard.press('F9');
    await page.getByLabel('By card').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('is saved on this till').waitFor();
    const [receipt = ''] = /HS\d-[A-Z]+-\d+/u.exec(await page.locator('body').innerText()) ?? [];
    await page.keyboard.press('Enter');
    await openAction(page, 'For support');
    await page.getByRole('region', { name: 'README.txt' }).getByText('Left out, everywhere').waitFor();
    await page.getByLabel('Receipt number').fill('HS2-A-999999');
    await page.keyboard.press('Enter');
    await page.getByText('There is no sale with this receipt number').waitFor();
    await page.getByLabel('Receipt number').fill(receipt);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /sale\.json/u }).click();
    await page.getByRole('region', { name: 'sale.json' }).getByText(receipt).waitFor();

    const saved = page.waitForEvent('download');
    await page.keyboard.press('F10');
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^evertill-HS\d-\d{8}-\d{4}\.zip$/u);
    await page.getByText('The file is saved').waitFor();
    const files = unzipSync(new Uint8Array(readFileSync(await download.path())));
    expect(Object.keys(files)).toContain('logs/till.log');
    for (const [name, bytes] of Object.entries(files)) {
      const text = strFromU8(bytes);
      expect({ name, found: people.filter((person) => text.includes(person)) }).toEqual({ name, found: [] });
    }
    expect(strFromU8(files['sale.json'] ?? new Uint8Array())).toContain(receipt);
    expectNothingPersonal(linesOfLog(shop.files.log), people);
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });

  it('says the number of a fault that nobody expected, which the log has, and leads to what support needs', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await page.evaluate(() => void Promise.reject(new Error('a promise of the page')));
    const notice = page.getByRole('alert').filter({ hasText: /Incident \w{4}/u });
    await notice.waitFor();
    const [, incident = ''] = /Incident (\w{4})/u.exec(await notice.innerText()) ?? [];
    const line = linesOfLog(shop.files.log).find((found) => found.includes(`"incident":"${incident}"`));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      level: 'error',
      event: 'screen.fault',
      what: 'promise',
      error: expect.stringContaining('a promise of the page'),
    });
    await notice.getByRole('button', { name: 'Support' }).click();
    await page.getByRole('button', { name: /logs\/till\.log/u }).click();
    await page.getByRole('region', { name: 'logs/till.log' }).getByText(incident).waitFor();
    // What it was is told; the basket goes on.
    await page.keyboard.press('Escape');
    await scan(page, product.barcode);
    await basketLines(page).first().waitFor();
    await shop.close();
  });
}
