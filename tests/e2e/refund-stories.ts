import { expect, it } from 'vitest';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import {
  basketLines,
  eventually,
  openAction,
  openDemo,
  pounds,
  scan,
  type Shop,
  slate,
  somethingToSell,
  type World,
} from './support/shop.ts';

const product = somethingToSell(0);
const manager = harbourStreet.staff.find(({ role }) => role === 'manager');

/** Sells three of one product for cash and answers the receipt's number. */
async function sellThree({ page }: Shop): Promise<string> {
  for (let n = 0; n < 3; n += 1) await scan(page, product.barcode);
  await basketLines(page)
    .getByText(`3 × ${pounds(product.price_minor)}`)
    .waitFor();
  await page.keyboard.press('F10');
  await page.getByLabel('Cash received').waitFor();
  await page.keyboard.press('Enter');
  const saved = page.getByText(/is saved on this till/u);
  await saved.waitFor();
  return /HS1-A-\d+/u.exec(await saved.innerText())?.[0] ?? '';
}

export function refundStories(world: () => World): void {
  it('gives back a part by the receipt, then never more than is left', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    const number = await sellThree(shop);
    await page.keyboard.press('Enter');
    await page.keyboard.press('F7');
    await page.getByLabel('Receipt number').fill(number);
    await page.keyboard.press('Enter');
    const row = page.getByRole('row').filter({ hasText: product.name });
    await row.getByRole('button', { name: /One more/u }).click();
    await slate(page, 'To give back')
      .getByText(`£${pounds(product.price_minor)}`)
      .waitFor();
    await page.getByRole('radio', { name: 'Faulty' }).click();
    await page.keyboard.press('F10');
    await page.getByText(/Refund HS1-A-\d+ is saved/u).waitFor();
    await page.getByRole('article', { name: 'Receipt' }).getByText('REFUND GBP').waitFor();
    await page.getByRole('article', { name: 'Receipt' }).getByText(`Refund of ${number}`).waitFor();

    await page.keyboard.press('Enter');
    await page.keyboard.press('F7');
    await page.getByRole('row').filter({ hasText: number }).click();
    await row.waitFor();
    expect((await row.getByRole('cell').allInnerTexts()).slice(0, 3)).toEqual(['3', '1', '2']);
    await page.getByRole('button', { name: 'All that is left' }).click();
    await slate(page, 'To give back')
      .getByText(`£${pounds(2 * product.price_minor)}`)
      .waitFor();
    await page.getByRole('radio', { name: 'Changed mind' }).click();
    await page.keyboard.press('F10');
    await page.getByText(/Refund HS1-A-\d+ is saved/u).waitFor();

    await page.keyboard.press('Enter');
    await page.keyboard.press('F7');
    await page.getByRole('row').filter({ hasText: number }).click();
    await row.getByText('all given back').waitFor();
    await shop.close();
  });

  it('opens the sale of a receipt that is scanned', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    const number = await sellThree(shop);
    const sale = /done\/([0-9a-f-]+)/u.exec(page.url())?.[1] ?? '';
    await page.keyboard.press('Enter');
    await scan(page, sale);
    await page.getByRole('heading', { name: 'Refund' }).waitFor();
    expect(await page.getByLabel('Receipt number').inputValue()).toBe(number);
    await shop.close();
  });

  it('gives back without a receipt only with a manager, who approves this one alone', async () => {
    const shop = await openDemo(world(), 'Jonas M.');
    const { page } = shop;
    await openAction(page, 'Refund without a receipt');
    await page.getByRole('heading', { name: 'Refund without a receipt' }).waitFor();
    await scan(page, product.barcode);
    await page.getByText(product.name).first().waitFor();
    await page.getByRole('radio', { name: 'Wrong item' }).click();
    // A barcode that ran into the price is asked about, and nothing is given back.
    await page.getByLabel('Price for one').fill('5012345');
    await page.keyboard.press('F10');
    await page.getByText('Is £5,012,345.00 really the price?').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByLabel('Price for one').fill('1.00');
    await eventually(() => page.getByText('really the price?').count()).toBe(0);
    await page.keyboard.press('F10');
    const approval = page.getByRole('dialog', { name: 'A manager must approve this' });
    await approval.getByText('£1.00').waitFor();
    await approval.getByText('“Wrong item”').waitFor();
    await approval.getByLabel(/PIN/u).fill('0000');
    await page.keyboard.press('Enter');
    await approval.getByText('is wrong').waitFor();
    await approval.getByRole('button', { name: 'Refuse' }).click();
    await page.keyboard.press('F10');
    await approval.getByLabel(/PIN/u).fill(manager?.pin ?? '');
    await page.keyboard.press('Enter');
    await page.getByText(/Refund HS1-A-\d+ is saved/u).waitFor();
    await slate(page, 'Given back').getByText('£1.00').waitFor();
    await page.getByRole('article', { name: 'Receipt' }).getByText('Refund without a receipt').waitFor();
    // The basket was never touched by the scan here.
    await page.keyboard.press('Enter');
    await page.getByText('Basket is empty').waitFor();
    await shop.close();
  });
}
