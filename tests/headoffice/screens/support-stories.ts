/** What whoever helps is given: shown first, then saved. */
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { faults } from '../../support/faults.ts';
import { openAt, overflow_px, type World } from './support.ts';

export function supportStories(world: () => World): void {
  it('shows what is collected with a sale, and saves it as one file', async () => {
    const { example } = world();
    const { sales } = await example.client.sale.list({ text: 'HS1', limit: 1 });
    const receipt = sales[0]?.receipt_number ?? '';
    const page = await openAt(world(), '#/settings');
    await page.getByRole('tab', { name: 'For support' }).click();
    await page.getByRole('region', { name: 'README.txt' }).getByText('Left out, everywhere').waitFor();
    await page.getByLabel('Receipt number').fill('HS1-A-999999');
    await page.keyboard.press('Enter');
    await page.getByText('No store has sent a sale with this receipt number').waitFor();
    await page.getByLabel('Receipt number').fill(receipt);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /sales\.json/u }).click();
    await page.getByRole('region', { name: 'sales.json' }).getByText('sale.completed').waitFor();
    expect(await faults(page)).toEqual([]);
    expect(await overflow_px(page)).toBe(0);

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^evertill-headoffice-\d{8}-\d{4}\.zip$/u);
    const files = unzipSync(new Uint8Array(readFileSync(await download.path())));
    expect(strFromU8(files['sales.json'] ?? new Uint8Array())).toContain('sale.completed');
    const { staff } = await example.client.staff.list({});
    const names = staff.map(({ name }) => name);
    for (const [name, bytes] of Object.entries(files)) {
      const text = strFromU8(bytes);
      expect({ name, found: names.filter((person) => text.includes(person)) }).toEqual({ name, found: [] });
    }
  });
}
