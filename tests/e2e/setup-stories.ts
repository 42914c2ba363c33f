import { expect, it } from 'vitest';
import { completeGtin } from '../../shared/product/gtin.ts';
import { disguised } from './support/disguise.ts';
import {
  basketLines,
  eventually,
  openAction,
  openShop,
  scan,
  scanField,
  signIn,
  slate,
  type World,
} from './support/shop.ts';

export function setupStories(world: () => World): void {
  it('marks what of a new shop can’t be printed, wherever it stands, and goes to the first of it', async () => {
    const shop = await openShop(world());
    const { page } = shop;
    await page.getByRole('button', { name: 'Open a shop' }).click();
    await page.getByLabel('Name of the shop').fill('Quay Stores');
    await page.getByLabel('Your name').fill('Ada Quay');
    await page.getByLabel('Sign-in name').fill('ada');
    await page.getByLabel('Password').fill('long enough for a shop');
    const marked = page.locator('[aria-invalid=true]');
    // A tab at the end is trimmed off anybody's name, and is part of a tax number.
    for (const [label, text] of [
      ['Name of the shop', 'Quay\u202eStores'],
      ['Your name', 'Ada\tQuay'],
      ['Tax number', 'GB 123\t'],
    ] as const) {
      await page.getByLabel('Name of the shop').fill('Quay Stores');
      await page.getByLabel('Your name').fill('Ada Quay\t');
      await page.getByLabel(label).fill(text);
      await page.getByRole('button', { name: 'Open the shop' }).click();
      await page.getByText('Check the marked fields').waitFor();
      await eventually(() => marked.count()).toBe(1);
      await eventually(() => marked.evaluate((field) => field === document.activeElement)).toBe(true);
      expect(await marked.inputValue()).toBe(text);
      await page.getByText('a character that can’t be printed').waitFor();
    }
    await shop.close();
  });

  it('opens a shop, stocks it, sells for cash, gives change and a receipt, and goes on with the next scan', async () => {
    const shop = await openShop(world());
    const { page } = shop;
    await page.getByRole('button', { name: 'Open a shop' }).click();
    await page.getByRole('button', { name: 'Open the shop' }).click();
    expect(await page.getByText('required').count()).toBeGreaterThan(0);
    await page.getByLabel('Name of the shop').fill('Quay Stores');
    await page.getByLabel('Your name').fill('Ada Quay');
    await page.getByLabel('Sign-in name').fill('ada');
    await page.getByLabel('Password').fill('short');
    await page.getByLabel('PIN', { exact: true }).fill('1379');
    await page.getByRole('button', { name: 'Open the shop' }).click();
    await page.getByText('The password is too short').first().waitFor();
    // Whatever was typed is still there.
    expect(await page.getByLabel('Name of the shop').inputValue()).toBe('Quay Stores');
    await page.getByLabel('Password').fill('long enough for a shop');
    await page.getByRole('button', { name: 'Open the shop' }).click();

    await page.getByLabel('Ada’s PIN').fill('1379');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Open a shift' }).waitFor();

    await openAction(page, 'Categories and taxes');
    await page.getByRole('button', { name: 'New tax' }).click();
    await page.getByLabel('Name').fill('VAT 20 %');
    await page.getByLabel('Letter on the receipt').fill('A');
    await page.getByLabel('Rate in per cent').fill('20');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('row', { name: /VAT 20 %/u }).waitFor();

    const barcode = completeGtin('501234567890');
    await openAction(page, 'Products');
    await page.getByRole('button', { name: 'New product' }).click();
    await page.getByLabel('Name').fill('Ceramic mug');
    await page.getByLabel('SKU').fill('MUG-1');
    await page.getByLabel('Price').fill('12.995');
    expect(await page.getByText(/2 decimals/u).count()).toBeGreaterThan(0);
    await page.getByLabel('Price').fill('12.95');
    await scan(page, barcode);
    await page.getByRole('listitem').filter({ hasText: barcode }).waitFor();
    await page.getByRole('button', { name: 'Create product' }).click();
    await page.getByRole('heading', { name: 'Edit product' }).waitFor();

    await openAction(page, 'Sell');
    await page.getByLabel('Cash in the drawer').fill('50');
    await page.keyboard.press('Enter');
    await scanField(page).waitFor();
    await scan(page, barcode);
    await scan(page, barcode);
    await eventually(() => slate(page, 'Total').innerText()).toContain('£25.90');
    expect(await basketLines(page).count()).toBe(1);

    await page.keyboard.press('F10');
    await page.getByLabel('Cash received').fill('30');
    await slate(page, 'Change').getByText('£4.10').waitFor();
    await page.keyboard.press('Enter');
    await slate(page, 'Change to give').getByText('£4.10').waitFor();
    const receipt = page.getByRole('article', { name: 'Receipt' });
    await receipt.getByText('Quay Stores').waitFor();
    const text = await receipt.innerText();
    for (const words of ['Ceramic mug', 'TOTAL GBP', '25.90', 'Change', '4.10', 'T1-A-000001', '20%', '4.32'])
      expect(text).toContain(words);
    await page.getByText('T1-A-000001 is saved on this till').waitFor();
    // On paper: the receipt alone, 80 mm wide.
    await page.emulateMedia({ media: 'print' });
    const paper = page.locator('[data-printout]');
    expect(await paper.isVisible()).toBe(true);
    expect(await paper.evaluate((element) => Math.round(element.getBoundingClientRect().width))).toBe(302);
    expect(await page.locator('#root').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    expect(await paper.isVisible()).toBe(false);

    await scan(page, barcode);
    await eventually(() => slate(page, 'Total').innerText()).toContain('£12.95');

    await page.keyboard.press('Control+l');
    await page.getByRole('button', { name: 'Password' }).click();
    await page.getByLabel('Sign-in name').fill('ada');
    await page.getByLabel('Password').fill('long enough for a shop');
    await page.keyboard.press('Enter');
    await basketLines(page).filter({ hasText: 'Ceramic mug' }).waitFor();
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });

  it('shows the demo shop with its people, and the right PIN opens it', async () => {
    const shop = await openShop(world());
    const { page } = shop;
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('Jonas M.: PIN 2580').waitFor();
    await page.getByRole('button', { name: 'Jonas M.' }).click();
    await page.getByLabel('Jonas’s PIN').fill('1111');
    await page.keyboard.press('Enter');
    await page.getByText('The PIN or password is wrong').waitFor();
    await page.getByLabel('Jonas’s PIN').fill('2580');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Open a shift' }).waitFor();
    await page.keyboard.press('Control+l');
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
    await shop.close();
  });

  it('locks out whoever guesses a PIN, and says until when', async () => {
    const shop = await openShop(world(), {}, world().demo);
    const { page } = shop;
    await page.getByRole('button', { name: 'Jonas M.' }).click();
    const pin = page.getByLabel('Jonas’s PIN');
    const lockedOut = page.getByText(/Too many tries. Wait until \d\d:\d\d/u);
    for (let tries = 0; tries < 5; tries += 1) {
      await pin.fill('1111');
      await page.keyboard.press('Enter');
      await page.getByText('The PIN or password is wrong').or(lockedOut).waitFor();
    }
    await lockedOut.waitFor();
    // Neither does the right one open it now.
    await pin.fill('2580');
    await page.keyboard.press('Enter');
    await lockedOut.waitFor();
    expect(await page.getByRole('heading', { name: 'Who are you?' }).count()).toBe(1);
    await shop.close();
  });

  it('is refused by a till that knows nothing of the code', async () => {
    const shop = await openShop(world());
    const { page } = shop;
    await page.getByRole('button', { name: 'Enter a code' }).click();
    await page.getByLabel('One-time code').fill('not a code');
    await page.keyboard.press('Enter');
    await page.getByText('This is not an enrolment code').waitFor();
    expect(await page.getByLabel('One-time code').inputValue()).toBe('not a code');
    await shop.close();
  });

  it('waits for the shop that it has joined, says what does not load, and who has no PIN signs in by password', async () => {
    const disguise = disguised();
    disguise.become('joined just now');
    const shop = await openShop(world(), {}, world().demo, disguise.as);
    const { page } = shop;
    await page.getByText('Fetching the shop').waitFor();
    for (const [stand, words] of [
      ['silent', 'Looking for the till'],
      ['nobody', 'Nobody can sign in by PIN'],
      ['failing', 'Who are you?'],
    ] as const) {
      disguise.become(stand);
      await page.reload();
      await page.getByText(words).first().waitFor();
    }
    await signIn(page, 'Jonas M.');
    await page.getByText('The shift did not load').waitFor();
    await page.getByText('7F3K').waitFor();
    disguise.become('manager');
    await page.getByRole('button', { name: 'Try again' }).click();
    await scanField(page).waitFor();
    await shop.close();
  });
}
