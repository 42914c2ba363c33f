/** Stories of the drawer: shifts, counts, and cash where the smallest coins are gone. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSellingShop, sell, type SellingShop } from './support/selling.ts';
import { failureOf, harbourSettings } from './support/till.ts';

let shop: SellingShop;
beforeEach(async () => {
  shop = await openSellingShop();
});
afterEach(() => shop.end());

describe('a shift', () => {
  test('ends with a Z that adds up, and a difference wants a reason', async () => {
    const { client } = shop.manager;
    await sell(shop, [shop.tea, 2000]);
    const { basket } = await client.basket.add_product({ product: shop.cheese, quantity_milli: 500 });
    await client.basket.add_tender({ basket, kind: 'card', handed: '6.20' });
    await client.basket.complete({ basket, total_minor: 620 });
    await client.refund.without_receipt({
      lines: [{ product: shop.tea, quantity_milli: 1000, price: '3.95', restock: true }],
      tender: 'cash',
      reason: 'Back',
    });
    await client.shift.pay_in({ amount: '20.00', reason: 'Coins' });
    await client.shift.pay_out({ amount: '5.50', reason: 'Milk' });
    const expected_minor = 10_000 + 790 - 395 + 2000 - 550;
    expect(await client.shift.report({})).toMatchObject({
      expected_minor,
      sales: { count: 2, total_minor: 1410 },
      refunds: { count: 1, total_minor: -395 },
    });
    expect(await failureOf(client.shift.close({ counted: '118.00', denominations: [], reason: null }))).toEqual({
      code: 'shift.difference',
      data: { difference_minor: 11_800 - expected_minor },
    });
    const z = await client.shift.close({ counted: '118.00', denominations: [], reason: 'Miscounted' });
    expect(z).toMatchObject({
      counted_minor: 11_800,
      difference_minor: 11_800 - expected_minor,
      reason: 'Miscounted',
      tenders: [
        { kind: 'card', count: 1, amount_minor: 620 },
        { kind: 'cash', count: 2, amount_minor: 395 },
      ],
    });
    expect(await client.shift.current({})).toMatchObject({ shift: null });
  });

  test('is not closed over an open basket, nor by pieces that do not add up to the count', async () => {
    const { client } = shop.manager;
    await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    expect(await failureOf(client.shift.close({ counted: '100.00', denominations: [], reason: null }))).toMatchObject({
      code: 'shift.basket_open',
    });
    const { basket } = await client.basket.current({});
    if (basket !== null) await client.basket.void({ basket });
    const denominations = [{ value_minor: 2000, count: 4 }];
    expect(await failureOf(client.shift.close({ counted: '100.00', denominations, reason: null }))).toMatchObject({
      code: 'input.malformed',
    });
  });

  test('keeps its business date past midnight, and a date far from the last one is asked about', async () => {
    const { client } = shop.manager;
    const day = 24 * 60 * 60 * 1000;
    shop.clock.pass(16 * 60 * 60 * 1000);
    const { sale } = await sell(shop, [shop.tea, 1000]);
    expect(await client.sale.show({ sale })).toMatchObject({
      business_date: '2026-11-21',
      at: expect.stringMatching(/^2026-11-22/),
    });
    await client.shift.close({ counted: '103.95', denominations: [], reason: null });
    shop.clock.pass(3 * day);
    const far = await failureOf(client.shift.open({ float: '100.00' }));
    expect(far).toEqual({ code: 'shift.date_far', data: { date: '2026-11-25', last: '2026-11-21' } });
    expect(await failureOf(client.shift.open({ float: '100.00', confirm_date: '2026-11-24' }))).toMatchObject({
      code: 'shift.date_far',
    });
    expect(await client.shift.open({ float: '100.00', confirm_date: '2026-11-25' })).toMatchObject({
      business_date: '2026-11-25',
      number: 2,
    });
  });
});

describe('where the smallest coins are gone', () => {
  test('cash is rounded, a shop.card is not, and the sale keeps its total', async () => {
    const { client } = shop.manager;
    await client.shift.close({ counted: '100.00', denominations: [], reason: null });
    await client.settings.record({
      settings: { ...harbourSettings, cash_rounding: { step_minor: 10, mode: 'half_up' } },
    });
    await client.shift.open({ float: '100.00' });
    const { basket } = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    expect(await failureOf(client.basket.add_tender({ basket, kind: 'cash', handed: '3.95' }))).toMatchObject({
      code: 'tender.not_in_cash_steps',
    });
    await client.basket.add_tender({ basket, kind: 'cash', handed: '5.00' });
    const done = await client.basket.complete({ basket, total_minor: 395 });
    expect(done).toMatchObject({ total_minor: 395, rounding_minor: 5, change_minor: 100 });
    expect((await client.shift.report({})).expected_minor).toBe(10_400);
    const back = await client.refund.without_receipt({
      lines: [{ product: shop.tea, quantity_milli: 1000, price: '3.95', restock: true }],
      tender: 'cash',
      reason: 'Back',
    });
    expect(back.total_minor).toBe(-395);
    expect((await client.shift.report({})).expected_minor).toBe(10_000);
  });
});
