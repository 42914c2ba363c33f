/** Stories of giving back: part by part, and without a receipt. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSellingShop, sell, type SellingShop } from './support/selling.ts';
import { failureOf } from './support/till.ts';

let shop: SellingShop;
beforeEach(async () => {
  shop = await openSellingShop();
});
afterEach(() => shop.end());

describe('giving back', () => {
  test('part by part, never more than is left, and to the penny what was paid', async () => {
    const { client } = shop.manager;
    const { basket, line } = await client.basket.add_product({ product: shop.tea, quantity_milli: 3000 });
    await client.basket.override_price({ basket, line, price: '3.33', reason: 'Last one' });
    await client.basket.discount({ basket, discount: { kind: 'percent', rate_millionths: 333_333, reason: 'Sale' } });
    const { total_minor } = await client.basket.current({});
    await client.basket.add_tender({ basket, kind: 'cash', handed: '20.00' });
    const { sale } = await client.basket.complete({ basket, total_minor });
    const [sold] = (await client.sale.show({ sale })).lines;
    if (sold === undefined) throw new Error('no line');
    const give = (quantity_milli: number) =>
      client.refund.give_back({
        of_sale: sale,
        lines: [{ line: sold.line, quantity_milli, restock: true }],
        tender: 'cash',
        reason: 'Changed mind',
      });
    const parts = [(await give(1000)).total_minor, (await give(1000)).total_minor, (await give(1000)).total_minor];
    expect(parts.reduce((a, b) => a + b)).toBe(-total_minor);
    expect(await failureOf(give(1000))).toMatchObject({ code: 'refund.too_much' });
    expect((await client.sale.show({ sale })).lines[0]?.returned_milli).toBe(3000);
  });

  test('one line twice in one refund is refused', async () => {
    const { client } = shop.manager;
    const { sale } = await sell(shop, [shop.tea, 1000]);
    const [sold] = (await client.sale.show({ sale })).lines;
    if (sold === undefined) throw new Error('no line');
    const back = { line: sold.line, quantity_milli: 1000, restock: true };
    expect(
      await failureOf(client.refund.give_back({ of_sale: sale, lines: [back, back], tender: 'cash', reason: 'Twice' })),
    ).toMatchObject({ code: 'input.malformed' });
  });

  test('without a receipt, at a price that is said', async () => {
    const { client } = shop.manager;
    const back = await client.refund.without_receipt({
      lines: [{ product: shop.tea, quantity_milli: 2000, price: '3.50', restock: true }],
      tender: 'card',
      reason: 'No receipt',
    });
    expect(back.total_minor).toBe(-700);
    const shown = await client.sale.show({ sale: back.refund });
    expect(shown).toMatchObject({ kind: 'refund', of_sale: null, reason: 'No receipt', tax_minor: -117 });
    expect(shown.lines[0]).toMatchObject({
      quantity_milli: -2000,
      price_source: 'override',
      price_reason: 'No receipt',
    });
  });
});
