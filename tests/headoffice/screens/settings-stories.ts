/** What somebody at the head office sets up, and reads of whole days. */
import { expect, it } from 'vitest';
import { eventually, open, openAt, pounds, signIn, typeDay, type World } from './support.ts';

const ole = { login: 'ole', password: 'a password of Ole' };

export function settingsStories(world: () => World): void {
  it('adds up the days that are chosen, by store, till, tender and tax, and says when nothing is in them', async () => {
    const page = await openAt(world(), '#/reports');
    const total = async () => (await page.getByRole('table', { name: 'In all' }).innerText()).replaceAll(/\s+/gu, ' ');
    const of = async (day: string | null) => {
      const { totals } = await world().example.client.report.totals({ from: day, to: day, store: null });
      return pounds(totals[0]?.sales.total_minor ?? 0);
    };
    await eventually(total).toContain(await of(null));
    for (const label of ['From', 'To']) await typeDay(page, label, '13112026');
    await eventually(total).toContain(await of('2026-11-13'));
    expect(await of('2026-11-13')).not.toBe(await of(null));
    for (const name of ['By store', 'By till', 'By tender', 'By tax', 'By day'])
      expect(await page.getByRole('table', { name, exact: true }).getByRole('row').count()).toBeGreaterThan(1);
    for (const label of ['To', 'From']) await typeDay(page, label, '14112026');
    await page.getByText('Nothing in these days').waitFor();
    await page.getByRole('button', { name: 'All days' }).click();
    await eventually(total).toContain(await of(null));
  });

  it('lets somebody change a password of their own, and takes away that they may sign in', async () => {
    const page = await openAt(world(), '#/settings');
    const dialog = page.getByRole('dialog');
    const people = page.getByRole('tab', { name: 'Head office' });
    await people.click();
    await page.getByRole('button', { name: 'New person' }).click();
    await dialog.getByLabel('Name', { exact: true }).fill('Ole Brandt');
    await dialog.getByLabel('Sign-in name').fill(ole.login);
    await dialog.getByLabel('Password').fill(ole.password);
    await dialog.getByText('Viewer').click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('row', { name: /Ole Brandt/u });
    await row.waitFor();

    const own = await open(world());
    await signIn(own.page, ole);
    await own.page.evaluate(() => void (window.location.hash = '#/settings'));
    await own.page.getByRole('tab', { name: 'My account' }).click();
    const change = own.page.getByRole('button', { name: 'Change password' });
    await own.page.getByLabel('Current password').fill('not the one');
    await own.page.getByLabel('New password').fill('another one of Ole');
    await change.click();
    await own.page.getByText('The sign-in name or the password is wrong').waitFor();
    await own.page.getByLabel('Current password').fill(ole.password);
    await own.page.getByLabel('New password').fill('another one of Ole');
    await change.click();
    await own.page.getByText('The new password holds.').waitFor();

    await row.click();
    await dialog.getByText('May sign in here').click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await eventually(() => row.innerText()).toContain('May no longer sign in');
    await own.page.getByText('Your session has ended. Sign in again.').waitFor();
  });

  it('opens a store, which can be chosen for a till at once', async () => {
    const page = await openAt(world(), '#/settings');
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'New store' }).click();
    await dialog.getByLabel('Name of the store').fill('Harbour Annex');
    await dialog.getByLabel('Address').fill('2 Slipway\nWhitcombe');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /Harbour Annex/u }).waitFor();
    await page.reload();
    await page.evaluate(() => void (window.location.hash = '#/tills/enrol'));
    await page.getByRole('button', { name: /Store/u }).click();
    await page.getByRole('option', { name: 'Harbour Annex' }).waitFor();
  });
}
