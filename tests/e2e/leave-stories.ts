/** Leaving a till through its screens: alone, and beside a head office. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pin } from '../lifecycle/world.ts';
import { closeShiftOfOneTea, openJoined, sellTea } from './support/company.ts';
import { eventually, manage, openAction, openDemo, type World } from './support/shop.ts';

export function leaveStories(world: () => World): void {
  it('alone, asks for the name of the shop, keeps the file, and stands before set-up in every window', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Settings');
    const begin = page.getByRole('button', { name: 'Leave this till' });
    expect(await begin.getAttribute('aria-disabled')).toBe('true');
    await manage(shop.till, async (tell) => {
      await tell('shift.close', { counted: '100', denominations: [], reason: null });
    });
    await eventually(() => begin.getAttribute('aria-disabled')).not.toBe('true');
    const other = await shop.window();

    await begin.click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('Harbour Street').waitFor();
    const name = dialog.getByLabel('Name of the shop');
    await name.fill('Harbour');
    await dialog.getByLabel('Your PIN').fill('0000');
    await page.keyboard.press('Enter');
    await dialog.getByText('This is not the name of the shop').waitFor();
    await name.fill('Harbour Street');
    await dialog.getByLabel('Your PIN').fill('0000');
    await page.keyboard.press('Enter');
    await dialog.getByText('The name or the PIN or password is wrong').waitFor();
    await dialog.getByLabel('Your PIN').fill('7913');
    await page.keyboard.press('Enter');
    await page.getByText('Till HS1 was left').waitFor();
    expect(await page.getByText(/head office (?:knows|could not)/u).count()).toBe(0);
    const kept = /till\.db\.left-\S+/u.exec(await page.locator('main').innerText())?.[0];
    expect(readdirSync(shop.files.folder)).toContain(kept);
    await other.getByRole('button', { name: 'Open a shop' }).waitFor();

    // Whoever comes next begins at the beginning.
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('Jonas M.: PIN 2580').waitFor();
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });

  it('a cashier is not offered it', async () => {
    const shop = await openDemo(world(), 'Jonas M.');
    await openAction(shop.page, 'Settings');
    await shop.page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await shop.page.getByRole('button', { name: 'Leave this till' }).count()).toBe(0);
    await shop.close();
  });

  it('joined, only when the head office has all of it, and the head office knows', async () => {
    const { close, company, complaints, page } = await openJoined(world());
    await sellTea(page);
    await eventually(() => company.shop.value('select count(*)::int from sales')).toBe(1);
    await company.shop.admin.query('update tills set active = false');
    await closeShiftOfOneTea(page);
    await openAction(page, 'Settings');
    const begin = page.getByRole('button', { name: 'Leave this till' });
    await eventually(() => begin.getAttribute('aria-disabled')).toBe('true');

    await company.shop.admin.query('update tills set active = true');
    await page.evaluate(() => void (window.location.hash = '#/sync'));
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('Everything is confirmed').waitFor();
    await page.evaluate(() => void (window.location.hash = '#/settings'));
    await begin.click();
    await page.getByRole('alertdialog').getByLabel('Your PIN').fill(pin);
    await page.keyboard.press('Enter');
    await page.getByText('Till HS1 was left').waitFor();
    await page.getByText('The head office knows.').waitFor();
    expect((await company.client.till.list({})).tills.map(({ state }) => state)).toEqual(['left']);
    expect(complaints).toEqual([]);
    await close();
  });
}
