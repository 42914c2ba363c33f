/** What somebody at the head office sees of the shops' stock takes. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { exampleNow } from '../../../commands/headoffice/example/company.ts';
import type { CountId } from '../../../shared/ids.ts';
import { faults } from '../../support/faults.ts';
import { eventually, go, openAt, overflow_px, sellOneMore, type World } from './support.ts';

/** Counts Cinnamon buns at the first till, in the minute in which the second one sells three of them. */
export async function countNearASale(world: World): Promise<void> {
  const { company, example } = world;
  const [product] = (await example.client.product.list({ text: 'Cinnamon' })).products;
  const [member] = (await example.client.staff.list({})).staff;
  const till = company.tills[0];
  if (till === undefined || product === undefined || member === undefined) throw new Error('nothing to count');
  const at = new Date(exampleNow).toISOString();
  const { name, price_minor, sku } = product;
  const line = {
    product: product.product,
    sku,
    name,
    unit: 'piece' as const,
    counted_milli: 40_000,
    known_milli: 46_000,
  };
  till.append(
    'stock.counted',
    {
      count: v7() as CountId,
      scope: 'store',
      category: null,
      tills: [],
      lines: [{ ...line, price_minor, counted_at: at, own_seq: till.headSeq, seen: [] }],
    },
    { at: exampleNow, business_date: '2026-11-20', actor: member.staff },
  );
  await till.sync();
  await sellOneMore(world, 1);
}

export function stockStories(world: () => World): void {
  it('lists transfers by store and state, shows what came of one and who said so, and notes that somebody has looked', async () => {
    const page = await openAt(world(), '#/stock');
    await page.getByRole('tab', { name: 'Transfers' }).click();
    const row = (number: string) => page.getByRole('row', { name: new RegExp(number, 'u') });
    await eventually(() => row('QU1-A-T1').innerText()).toMatch(
      /Quay Warehouse[\s\S]*Harbour Street[\s\S]*3[\s\S]*received/u,
    );
    expect(await row('QU1-A-T3').innerText()).toMatch(/partly received/u);
    expect(await row('OM1-A-T1').innerText()).toMatch(/cancelled/u);

    const choose = async (label: string, choice: string): Promise<void> => {
      await page.getByRole('button', { name: new RegExp(label, 'u') }).click();
      await page.getByRole('option', { name: choice, exact: true }).click();
    };
    await choose('State', 'With a difference');
    await eventually(() => page.getByRole('row').count()).toBe(2);
    await choose('Store', 'Station Kiosk');
    await page.getByText('No such transfer').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show all' }).click();
    await row('QU1-A-T2').waitFor();
    // The inbox leads to the same page.
    await go(page, '#/inbox');
    await row('QU1-A-T2').click();

    await page.getByRole('heading', { name: 'Transfer QU1-A-T2' }).waitFor();
    await eventually(() => page.getByRole('row', { name: /Rioja/u }).innerText()).toMatch(/48[\s\S]*46[\s\S]*[-−]2/u);
    await page.getByRole('row', { name: /Receipt corrected[\s\S]*Mistyped/u }).waitFor();
    await page.getByRole('button', { name: 'I have looked' }).click();
    await page.getByText(/has looked at it/u).waitFor();
    await page.getByText('received', { exact: true }).waitFor();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('tab', { name: 'Transfers', selected: true }).waitFor();
    await go(page, '#/inbox');
    await eventually(() => row('QU1-A-T2').count()).toBe(0);
    expect(await faults(page)).toEqual([]);
    await go(page, '#/stock/transfers/NO1-A-T9');
    await page.getByText('The head office has not heard of this number.').waitFor();
  });

  it('lists a stock take, shows what differs in units and at price, and decides what the clocks could not', async () => {
    await countNearASale(world());
    const page = await openAt(world(), '#/stock');
    await page.getByRole('row').nth(1).click();
    await page.getByRole('heading', { name: /Stock take at/u }).waitFor();
    const line = page.getByRole('row', { name: /Cinnamon/u });
    await eventually(() => line.innerText()).toMatch(/46[\s\S]*40[\s\S]*[-−]6/u);
    expect(await faults(page)).toEqual([]);
    expect(await overflow_px(page)).toBe(0);

    await go(page, '#/inbox');
    const doubt = page.getByRole('row', { name: /Cinnamon/u }).filter({ hasText: 'Before the count' });
    await eventually(() => doubt.innerText()).toMatch(/Before the count: 40[\s\S]*After it: \d+/u);
    // Other stories have sold some of them in that minute too.
    const [, moved, after] = /−(\d+) in \d+ movements?[\s\S]*After it: (\d+)/u.exec(await doubt.innerText()) ?? [];
    expect(Number(moved)).toBeGreaterThanOrEqual(3);
    expect(Number(after)).toBe(40 - Number(moved));
    expect(await faults(page)).toEqual([]);
    await doubt.getByRole('button', { name: /Before the count/u }).click();
    await eventually(() => doubt.count()).toBe(0);
  });
}
