/** A shop that is its own joins a head office, on a real PostgreSQL: what its manager sees and does, and how it goes on. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { createClient } from '../../shared/contract/client.ts';
import { tillContract } from '../../shared/contract/till.ts';
import type { CommandId, TaxId } from '../../shared/ids.ts';
import { closeCompany, openCompany } from '../lifecycle/world.ts';
import { harbourSettings } from '../slices/support/till.ts';
import { outOfSight } from '../support/layout.ts';
import { eventually, openAction, openShop, type Shop, type World } from './support/shop.ts';

const pin = '471100';

/** A shop of its own that sells tea, has sold one, and whose manager is at the screen. */
async function openOwnShop(world: World): Promise<Shop> {
  const shop = await openShop(world);
  const session: { token?: string } = {};
  const client = createClient(tillContract, shop.till.invoke, {
    session: () => session.token,
    newCommand: () => v7() as CommandId,
  });
  const { staff } = await client.setup.open_shop({
    settings: { ...harbourSettings, name: 'Old Street' },
    till_code: 'OS1',
    till_name: 'Counter',
    manager: { name: 'Maya Okafor', login: 'maya', password: 'correct horse', pin },
  });
  session.token = (await client.session.sign_in({ who: { staff }, credential: { kind: 'pin', secret: pin } })).token;
  const tax = v7() as TaxId;
  await client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  const { product } = await client.product.create({
    sku: 'TEA',
    name: 'Tea of the shop',
    unit: 'piece',
    price: '3.95',
    category: null,
    taxes: [tax],
    barcodes: [],
    stocked: true,
  });
  await client.shift.open({ float: '100' });
  const { basket } = await client.basket.add_product({ product, quantity_milli: 1000 });
  await client.basket.add_tender({ basket, kind: 'cash', handed: '5.00' });
  await client.basket.complete({ basket, total_minor: 395 });
  await client.session.lock({});
  const { page } = shop;
  await page.reload();
  await page.getByLabel('Maya’s PIN').fill(pin);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Lock the till' }).waitFor();
  return shop;
}

export function historyStories(world: () => World): void {
  it('is told first what changes and what stays, joins with a code, and sells on while its past is sent', async () => {
    const company = await openCompany();
    const shop = await openOwnShop(world());
    const { page } = shop;
    await openAction(page, 'Settings');
    await page.getByRole('button', { name: 'Join a head office' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('What changes').waitFor();
    await dialog.getByText('You sell on while the sales of the past are sent').waitFor();
    for (const [width, height] of [
      [1024, 768],
      [1920, 1080],
      [1366, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await outOfSight(page)).toEqual([]);
    }
    await dialog.getByLabel('One-time code').fill('no code');
    await page.keyboard.press('F10');
    await dialog.getByText('This is not an enrolment code').waitFor();

    const open = await company.client.enrolment.create({
      store: company.shop.store,
      till_code: 'OS1',
      till_name: 'Counter',
    });
    const { code } = await company.client.enrolment.create_history({});
    await dialog.getByLabel('One-time code').fill(code);
    await page.keyboard.press('F10');
    await dialog.getByText('Another till at the head office has the code OS1').waitFor();
    expect(await outOfSight(page)).toEqual([]);
    await dialog.getByLabel('Code of the till').fill('os 7');
    await page.keyboard.press('F10');
    await page.getByText('Everything is confirmed').waitFor();
    await company.client.enrolment.cancel({ login: open.login });
    await eventually(() => company.shop.value('select count(*)::int from sales')).toBe(1);

    await openAction(page, 'Settings');
    await page.getByText('The head office keeps these').waitFor();
    expect(await page.getByRole('button', { name: 'Join a head office' }).count()).toBe(0);
    await page.getByText('Till OS7', { exact: true }).waitFor();
    const { clashes } = await company.client.inbox.list({});
    expect(clashes.map(({ kind }) => kind).toSorted()).toEqual(['sku', 'tax_code']);
    expect(shop.complaints).toEqual([]);
    await shop.close();
    await closeCompany(company);
  });
}
