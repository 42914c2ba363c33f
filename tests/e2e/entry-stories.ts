import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import {
  basketLines,
  eventually,
  openAction,
  openDemo,
  openShop,
  scan,
  scanField,
  signIn,
  slate,
  somethingToSell,
  type World,
} from './support/shop.ts';

const product = somethingToSell(0);
const weighed = harbourStreet.products.find(({ active, unit }) => active && unit === 'kg');

/** Pastes as a hand does: through the field's own paste event. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    // What the browser does with a paste that nobody has taken for themselves.
    if (document.activeElement?.dispatchEvent(event) === true)
      document.execCommand('insertText', false, pasted.replaceAll(/[\r\n]/gu, ''));
  }, text);
}

export function entryStories(world: () => World): void {
  it('opens no shift on a float that nobody typed, or that is no amount', async () => {
    const shop = await openShop(world());
    const { page } = shop;
    await page.getByRole('button', { name: 'Try it' }).click();
    await signIn(page, 'Jonas M.');
    const float = page.getByLabel('Cash in the drawer');
    await float.press('Enter');
    await page.getByText('Type what you have counted').waitFor();
    for (const typed of ['abc', '1e3', '12,5', '.', '12.505', '-5']) {
      await float.fill(typed);
      await float.press('Enter');
      await page.locator('[data-pending]').waitFor({ state: 'detached' });
      await page.getByText(/Not saved/u).waitFor();
      expect(await float.inputValue(), typed).toBe(typed);
    }
    expect(await page.getByRole('heading', { name: 'Open a shift' }).count()).toBe(1);
    // An empty drawer is one that was counted.
    await float.fill('0');
    await float.press('Enter');
    await scanField(page).waitFor();
    await shop.close();
  });

  it('makes no other amount of what is pasted', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await scan(page, product.barcode);
    await basketLines(page).first().waitFor();
    await page.keyboard.press('F10');
    const received = page.getByLabel('Cash received');
    for (const pasted of ['1e3', 'about 20', '12\n50', `20${' '.repeat(40)}99`, '0x20']) {
      await received.fill('');
      await received.focus();
      await paste(page, pasted);
      await page.getByText('This is not an amount. Not saved.').first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('[data-pending]').waitFor({ state: 'detached' });
      await slate(page, 'Still due').waitFor();
      expect(await page.getByText('Paid so far').count(), pasted).toBe(0);
    }
    // An amount with the shop's own sign, as it is copied from elsewhere.
    await received.fill('');
    await received.focus();
    await paste(page, '£1,020.50');
    await page.getByRole('button', { name: 'Take £1,020.50 cash' }).waitFor();
    await shop.close();
  });

  it('takes no amount in another writing than the shop’s for one', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Settings');
    await page.getByLabel('Language and numbers').click();
    await page.getByRole('option', { name: 'German (Germany)' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The settings are saved').waitFor();
    await openAction(page, 'Put cash into the drawer');
    await page.getByRole('radio', { name: 'Found' }).click();
    const amount = page.getByLabel('Amount');
    await amount.fill('1.5');
    await amount.press('Enter');
    await page.getByText('This is not an amount. Not saved.').waitFor();
    await page.locator('[data-pending]').waitFor({ state: 'detached' });
    expect(await page.getByText('was put into the drawer').count()).toBe(0);
    await amount.fill('1.234,567');
    await amount.press('Enter');
    await page.getByText(/decimals/u).waitFor();
    await amount.fill('1.234,5');
    await amount.press('Enter');
    await page.getByText(/1\.234,50\s£ was put into the drawer/u).waitFor();
    await shop.close();
  });

  it('says why a weight can’t be taken', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await page.keyboard.type(weighed?.sku ?? '', { delay: 60 });
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    const weight = page.getByLabel('Quantity in kg');
    for (const [typed, why] of [
      ['', 'Type how much'],
      ['0', 'zero'],
      ['-1', 'below zero'],
      ['0.0001', 'three decimals'],
      ['99999999', 'too large'],
      ['2000000', 'too large'],
      ['1e3', 'not a quantity'],
    ] as const) {
      await weight.fill(typed);
      await weight.press('Enter');
      await page.getByRole('dialog').getByText(why).waitFor();
      expect(await basketLines(page).count()).toBe(0);
    }
    await weight.fill('0.250');
    await weight.press('Enter');
    await basketLines(page).getByText('0.250 kg').waitFor();
    // So does the quantity of what comes next.
    await page.getByRole('button', { name: 'Quantity', exact: true }).click();
    await page.getByLabel('Quantity', { exact: true }).fill('0');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('zero').waitFor();
    await shop.close();
  });

  it('asks for the reason where it is chosen, and Enter then means what is printed on the button', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await scan(page, product.barcode);
    await basketLines(page).first().waitFor();
    await page.keyboard.press('F5');
    await page.getByLabel('Price for one').fill('0.50');
    await page.keyboard.press('Enter');
    await page.getByText('A reason is needed').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await eventually(focused).toBe('Damaged');
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Price matched');
    // On a reason that is not chosen yet, Enter chooses it.
    await page.keyboard.press('Enter');
    expect(await page.getByRole('radio', { name: 'Price matched' }).isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    await basketLines(page).getByText('Price changed: Price matched').waitFor();
    await page.keyboard.press('F6');
    await page.getByLabel('Per cent off').press('Enter');
    await page.getByText('not a percentage').waitFor();
    await page.getByLabel('Per cent off').fill('5');
    await page.keyboard.press('Enter');
    await eventually(focused).toBe('Damaged');
    await page.getByRole('radio', { name: 'Staff' }).click();
    await page.keyboard.press('Enter');
    await basketLines(page).getByText('−5% Staff').waitFor();
    await shop.close();
  });
}
