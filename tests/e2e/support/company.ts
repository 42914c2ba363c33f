/** A head office beside a till that stands before its set-up, and what people at both do. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { closeCompany, type Company, openCompany, pin } from '../../lifecycle/world.ts';
import { openAction, openShop, scanField, type Shop, type World } from './shop.ts';

export interface Joined extends Shop {
  readonly company: Company;
}

/** A till that has joined a head office through its screens, with its manager signed in and a shift open on 100. */
export async function openJoined(world: World, options: BrowserContextOptions = {}): Promise<Joined> {
  const company = await openCompany();
  const shop = await openShop(world, options);
  const { code } = await company.client.enrolment.create({
    store: company.shop.store,
    till_code: 'HS1',
    till_name: 'Counter',
  });
  await typeCode(shop.page, code);
  await signInAsMira(shop.page);
  await shop.page.getByLabel('Cash in the drawer').fill('100');
  await shop.page.keyboard.press('Enter');
  await scanField(shop.page).waitFor();
  return {
    ...shop,
    company,
    close: async () => {
      await shop.close();
      await closeCompany(company);
    },
  };
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByRole('button', { name: 'Enter a code' }).click();
  await page.getByLabel('One-time code').fill(code);
  await page.keyboard.press('Enter');
}

export async function signInAsMira(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mira Osei' }).click();
  await page.getByLabel(/PIN/u).fill(pin);
  await page.keyboard.press('Enter');
}

/** Sells one tea for cash, by keys. */
export async function sellTea(page: Page): Promise<void> {
  await scanField(page).fill('TEA');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await page.keyboard.press('F10');
  await page.getByLabel('Cash received').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText(/is saved on this till/u).waitFor();
  await page.keyboard.press('F4');
  await scanField(page).waitFor();
}

/** Counts the float and one tea, and closes the shift. */
export async function closeShiftOfOneTea(page: Page): Promise<void> {
  await openAction(page, 'Close the shift');
  await page.getByLabel('How many £50').fill('2');
  await page.getByLabel('How many £2', { exact: true }).fill('1');
  await page.getByLabel('How many 50p').fill('1');
  await page.keyboard.press('F10');
  await page.getByText('The count is right').waitFor();
  await page.keyboard.press('F8');
  await page.getByRole('heading', { name: 'The shift is closed' }).waitFor();
}
