/** What somebody at the head office sees of the shops' stock takes. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { exampleNow } from '../../../commands/headoffice/example/company.ts';
import type { CountId } from '../../../shared/ids.ts';
import { eventually, faults, go, openAt, overflow_px, sellOneMore, type World } from './support.ts';

/** Counts Cinnamon buns at the first till, in the minute in which the second one sells three of them. */
async function countNearASale(world: World): Promise<void> {
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
      lines: [{ ...line, price_minor, counted_at: at, own_seq: 1_000_000, seen: [] }],
    },
    { at: exampleNow, business_date: '2026-11-20', actor: member.staff },
  );
  await till.sync();
  await sellOneMore(world, 1);
}

export function stockStories(world: () => World): void {
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
