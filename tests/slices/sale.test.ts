/** Stories of selling: from the first scan to the receipt, on a real till. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { completeGtin } from '../../shared/product/gtin.ts';
import { editProduct } from './support/product.ts';
import { openSellingShop, sell, type SellingShop } from './support/selling.ts';
import { failureOf } from './support/till.ts';

let shop: SellingShop;
beforeEach(async () => {
  shop = await openSellingShop();
});
afterEach(() => shop.end());

describe('at the till', () => {
  test('a sale is paid in cash, and the change comes back', async () => {
    const { client } = shop.manager;
    const { basket } = await client.basket.scan({ barcode: '5012345678900' });
    await client.basket.scan({ barcode: '5012345678900' });
    const open = await client.basket.current({});
    expect(open.lines).toHaveLength(1);
    expect(open).toMatchObject({ total_minor: 790, tax_minor: 132, due_minor: 790, basket });
    await client.basket.add_tender({ basket, kind: 'card', handed: '5.00' });
    await client.basket.add_tender({ basket, kind: 'cash', handed: '10.00' });
    expect(await client.basket.current({})).toMatchObject({ due_minor: 0, change_minor: 710, paid_minor: 790 });
    const done = await client.basket.complete({ basket, total_minor: 790 });
    expect(done).toMatchObject({
      sale: basket,
      total_minor: 790,
      change_minor: 710,
      receipt_number: expect.stringMatching(/-A-000001$/),
    });
    expect(await client.basket.current({})).toMatchObject({ basket: null, lines: [] });
    const shown = await client.sale.show({ sale: done.sale });
    expect(shown.tenders.map(({ kind, amount_minor, handed_minor }) => [kind, amount_minor, handed_minor])).toEqual([
      ['card', 500, 500],
      ['cash', 290, 1000],
    ]);
    expect(shown.lines[0]).toMatchObject({ sku: 'TEA', quantity_milli: 2000, total_minor: 790, returned_milli: 0 });
  });

  test('numbers of receipts have no gaps, whatever was voided or refused between', async () => {
    const { client } = shop.manager;
    const first = await sell(shop, [shop.tea, 1000]);
    const { basket } = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    expect(await failureOf(client.basket.complete({ basket, total_minor: 395 }))).toMatchObject({
      code: 'basket.underpaid',
      data: { due_minor: 395 },
    });
    await client.basket.void({ basket });
    const second = await sell(shop, [shop.tea, 1000]);
    expect([first, second].map(({ receipt_number }) => receipt_number.slice(-6))).toEqual(['000001', '000002']);
  });

  test('a price that moved under the screen stops the sale, and nothing of the basket is lost', async () => {
    const { client } = shop.manager;
    const { basket } = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    await client.basket.add_tender({ basket, kind: 'cash', handed: '10.00' });
    expect(await failureOf(client.basket.complete({ basket, total_minor: 394 }))).toEqual({
      code: 'basket.total_changed',
      data: { total_minor: 395 },
    });
    expect(await client.basket.current({})).toMatchObject({ total_minor: 395, change_minor: 605 });
  });

  test('a basket that became a sale does not become another one', async () => {
    const { client } = shop.manager;
    const done = await sell(shop, [shop.tea, 1000]);
    expect(await failureOf(client.basket.complete({ basket: done.sale, total_minor: 395 }))).toEqual({
      code: 'basket.already_completed',
      data: { receipt_number: done.receipt_number },
    });
  });

  test('the basket is there after the PC went down', async () => {
    const { basket } = await shop.manager.client.basket.add_product({ product: shop.tea, quantity_milli: 3000 });
    await shop.manager.client.basket.add_tender({ basket, kind: 'card', handed: '1.00' });
    shop.restart();
    expect(await shop.manager.client.basket.current({})).toMatchObject({
      basket,
      total_minor: 1185,
      paid_minor: 100,
      due_minor: 1085,
    });
  });

  test('what is weighed comes in by its label, and a label never hides a barcode of the catalogue', async () => {
    const { client } = shop.manager;
    const { line } = await client.basket.scan({ barcode: completeGtin('210001700624') });
    expect((await client.basket.current({})).lines[0]).toMatchObject({
      line,
      product: shop.cheese,
      quantity_milli: 624,
      total_minor: 774,
    });
    const own = completeGtin('210001700625');
    await editProduct(client, shop.mug, { barcodes: [own] });
    const scanned = await client.basket.scan({ barcode: own });
    const { lines } = await client.basket.current({});
    expect(lines.find(({ line: one }) => one === scanned.line)).toMatchObject({ product: shop.mug, total_minor: 0 });
  });

  test('a priced label says what the pack costs', async () => {
    const { client } = shop.manager;
    await client.basket.scan({ barcode: completeGtin('200005502599') });
    expect((await client.basket.current({})).lines[0]).toMatchObject({
      product: shop.card,
      price_source: 'label',
      total_minor: 2599,
    });
  });

  test('an unknown barcode adds nothing, and says which it was', async () => {
    const { client } = shop.manager;
    expect(await failureOf(client.basket.scan({ barcode: '4006381333931' }))).toEqual({
      code: 'barcode.unknown',
      data: { barcode: '4006381333931' },
    });
    expect(await client.basket.current({})).toMatchObject({ basket: null });
  });

  test('no price is not a price of nothing', async () => {
    const { client } = shop.manager;
    expect(await failureOf(client.basket.add_product({ product: shop.card, quantity_milli: 1000 }))).toMatchObject({
      code: 'product.no_price',
    });
    await client.basket.add_product({ product: shop.card, quantity_milli: 1000, price: '25.00' });
    await client.basket.add_product({ product: shop.mug, quantity_milli: 1000 });
    expect(
      (await client.basket.current({})).lines.map(({ price_source, total_minor }) => [price_source, total_minor]),
    ).toEqual([
      ['open', 2500],
      ['list', 0],
    ]);
  });

  test('a sale that costs nothing needs no tender', async () => {
    expect(await sell(shop, [shop.mug, 1000])).toMatchObject({ total_minor: 0, change_minor: 0 });
  });

  test.each([
    ['12.345', 'money.too_fine'],
    ['-1.00', 'money.negative'],
    ['1e3', 'money.malformed'],
    ['99999999999999999999', 'money.too_large'],
  ])('a price of %s is refused as %s, and the basket stays as it was', async (price, code) => {
    const { client } = shop.manager;
    const { basket, line } = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    const before = await client.basket.current({});
    expect(await failureOf(client.basket.override_price({ basket, line, price, reason: 'Chipped' }))).toMatchObject({
      code,
    });
    expect(
      await failureOf(client.basket.add_product({ product: shop.card, quantity_milli: 1000, price })),
    ).toMatchObject({
      code,
    });
    expect(await failureOf(client.basket.add_tender({ basket, kind: 'cash', handed: price }))).toMatchObject({ code });
    expect(await client.basket.current({})).toEqual(before);
  });

  test.each([
    [0, 'quantity.zero'],
    [-1000, 'quantity.malformed'],
    [1500, 'quantity.not_whole'],
    [1_000_000_000 - 1000 + 2000, 'input.malformed'],
  ])('a quantity of %i thousandths of a piece is refused', async (quantity_milli, code) => {
    const { client } = shop.manager;
    expect(await failureOf(client.basket.add_product({ product: shop.tea, quantity_milli }))).toMatchObject({ code });
  });

  test('discounts on a line and on the basket are shared to the last penny', async () => {
    const { client } = shop.manager;
    const { basket, line } = await client.basket.add_product({ product: shop.tea, quantity_milli: 3000 });
    await client.basket.add_product({ product: shop.cheese, quantity_milli: 333 });
    await client.basket.discount_line({
      basket,
      line,
      discount: { kind: 'percent', rate_millionths: 100_000, reason: 'Staff' },
    });
    await client.basket.discount({ basket, discount: { kind: 'amount', amount_minor: 100, reason: 'Regular' } });
    const open = await client.basket.current({});
    expect(open.lines.map(({ total_minor }) => total_minor).reduce((a, b) => a + b)).toBe(open.total_minor);
    expect(open.total_minor).toBe(1185 - 119 + 413 - 100);
    expect(
      await failureOf(
        client.basket.discount_line({
          basket,
          line,
          discount: { kind: 'amount', amount_minor: 99_999, reason: 'Slip' },
        }),
      ),
    ).toMatchObject({ code: 'discount.too_large' });
    expect(await client.basket.current({})).toEqual(open);
    await client.basket.add_tender({ basket, kind: 'cash', handed: '20.00' });
    const { sale } = await client.basket.complete({ basket, total_minor: open.total_minor });
    const back = await client.refund.give_back({
      of_sale: sale,
      lines: (await client.sale.show({ sale })).lines.map((sold) => ({
        line: sold.line,
        quantity_milli: sold.quantity_milli,
        restock: true,
      })),
      tender: 'cash',
      reason: 'All of it',
    });
    expect(back.total_minor).toBe(-open.total_minor);
  });

  test('a shop.card never pays more than is due, and nothing is taken for what is paid', async () => {
    const { client } = shop.manager;
    const { basket } = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    expect(await failureOf(client.basket.add_tender({ basket, kind: 'card', handed: '4.00' }))).toMatchObject({
      code: 'tender.exceeds_due',
      data: { due_minor: 395 },
    });
    const { tender } = await client.basket.add_tender({ basket, kind: 'card', handed: '3.95' });
    expect(await failureOf(client.basket.add_tender({ basket, kind: 'cash', handed: '1.00' }))).toMatchObject({
      code: 'tender.not_needed',
    });
    expect(await failureOf(client.basket.void({ basket }))).toMatchObject({ code: 'basket.has_tenders' });
    await client.basket.remove_tender({ basket, tender });
    await client.basket.void({ basket });
    expect(await client.basket.current({})).toMatchObject({ basket: null });
  });

  test('a line is not taken out from under a shop.card that paid for it', async () => {
    const { client } = shop.manager;
    const { basket, line } = await client.basket.add_product({ product: shop.tea, quantity_milli: 2000 });
    await client.basket.add_tender({ basket, kind: 'card', handed: '5.00' });
    expect(await failureOf(client.basket.set_quantity({ basket, line, quantity_milli: 1000 }))).toMatchObject({
      code: 'basket.has_tenders',
    });
    expect(await client.basket.current({})).toMatchObject({ total_minor: 790, paid_minor: 500 });
  });

  test('a till without an open shift sells nothing', async () => {
    const { client } = shop.manager;
    await client.shift.close({ counted: '100.00', denominations: [], reason: null });
    expect(await failureOf(client.basket.add_product({ product: shop.tea, quantity_milli: 1000 }))).toMatchObject({
      code: 'shift.not_open',
    });
    expect(await failureOf(client.basket.scan({ barcode: '5012345678900' }))).toMatchObject({ code: 'shift.not_open' });
  });

  test('stock goes down with a sale, up with what is put back, and is not moved by what is written off', async () => {
    const { client } = shop.manager;
    const level = async () => (await client.stock.levels({ products: [shop.tea] })).levels[0]?.own_milli;
    await client.stock.adjust({ reason: 'Delivery', lines: [{ product: shop.tea, quantity_milli: 10_000 }] });
    const { sale } = await sell(shop, [shop.tea, 3000]);
    expect(await level()).toBe(7000);
    const [sold] = (await client.sale.show({ sale })).lines;
    if (sold === undefined) throw new Error('no line');
    await client.refund.give_back({
      of_sale: sale,
      lines: [{ line: sold.line, quantity_milli: 1000, restock: true }],
      tender: 'cash',
      reason: 'Too many',
    });
    await client.refund.give_back({
      of_sale: sale,
      lines: [{ line: sold.line, quantity_milli: 1000, restock: false }],
      tender: 'cash',
      reason: 'Torn',
    });
    expect(await level()).toBe(8000);
  });
});
