/**
 * One rule for all operations of the basket: once money was taken for it, its lines, prices and discounts stay as they are
 * (docs/decisions/0008). Derived from the contract, so that a new operation has to take a side.
 */
import { v7 } from 'uuid';
import { afterEach, describe, expect, test } from 'vitest';
import { listOperations, type OperationName } from '../../shared/contract/define.ts';
import { type TillContract, tillContract } from '../../shared/contract/till.ts';
import { samples } from './samples.ts';
import { openTestShop, type TestShop } from './world.ts';

/** What is about the money itself. */
const aboutTenders = new Set(['basket.add_tender', 'basket.remove_tender', 'basket.complete']);
const changes = listOperations({ basket: tillContract.basket })
  .filter(({ name, operation }) => operation.type === 'command' && !aboutTenders.has(name))
  // The names come from the very contract that the samples are typed by.
  .map(({ name }) => name as OperationName<TillContract>);

let shop: TestShop | undefined;
afterEach(() => {
  shop?.close();
  shop = undefined;
});

test('there are as many as there are known to be', () => {
  expect(changes).toEqual([
    'basket.add_product',
    'basket.scan',
    'basket.set_quantity',
    'basket.remove_line',
    'basket.override_price',
    'basket.discount_line',
    'basket.discount',
    'basket.void',
  ]);
});

describe.each(['cash', 'card'] as const)('a basket for which %s was taken', (kind) => {
  test.each(changes)('is not changed by %s until the money is given back', async (name) => {
    const open = await openTestShop();
    shop = open;
    const ask = async (operation: string, input: unknown) =>
      await open.till.invoke({ operation, input, session: open.session, command: v7() });
    const taken = await ask('basket.add_tender', { basket: open.basket, kind, handed: '1.00' });
    const before = await ask('basket.current', {});
    const input = samples[name].input(open);
    expect(await ask(name, input)).toEqual({ ok: false, error: { code: 'basket.has_tenders', data: {} } });
    expect(await ask('basket.current', {})).toEqual(before);
    const { tender } = tillContract.basket.add_tender.output.parse(taken.ok ? taken.value : undefined);
    expect(await ask('basket.remove_tender', { basket: open.basket, tender })).toMatchObject({ ok: true });
    expect(await ask(name, input)).toMatchObject({ ok: true });
  });
});
