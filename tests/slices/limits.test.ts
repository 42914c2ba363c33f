/** Stories of what a slip of the finger, a scanner or a hostile hand may send: refused in words, with nothing changed. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProductId } from '../../shared/ids.ts';
import { openSellingShop, sell, type SellingShop } from './support/selling.ts';
import { codeOf, failureOf, harbourSettings, uuidAt, opening, seededRandom } from './support/till.ts';

let shop: SellingShop;
beforeEach(async () => {
  shop = await openSellingShop();
});
afterEach(() => shop.end());

const malformed = (where: string) => ({ code: 'input.malformed', data: { where } });

describe('a sign that nobody types', () => {
  test.each(['\u0000', '\ud800', '\u202e', '\n'])(
    'in a reason (%j) never reaches a basket that money was taken for',
    async (sign) => {
      const { client } = shop.manager;
      const { basket, line } = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
      const reason = `Chip${sign}ped`;
      expect(await failureOf(client.basket.override_price({ basket, line, price: '3.00', reason }))).toEqual(
        malformed('reason'),
      );
      const discount = { kind: 'percent', rate_millionths: 100_000, reason } as const;
      expect(await failureOf(client.basket.discount_line({ basket, line, discount }))).toEqual(
        malformed('discount.reason'),
      );
      expect(await failureOf(client.basket.discount({ basket, discount }))).toEqual(malformed('discount.reason'));
      await client.basket.add_tender({ basket, kind: 'card', handed: '3.95' });
      expect(await client.basket.complete({ basket, total_minor: 395 })).toMatchObject({ total_minor: 395 });
    },
  );

  test('counts as a space in what is looked for', async () => {
    const { client } = shop.manager;
    const found = async (text: string) => (await client.product.search({ text })).products.map(({ sku }) => sku);
    expect(await found('\u2068Tea\u2069')).toEqual(['TEA']);
    expect(await found('te\ud800')).toEqual(['TEA']);
    expect(await found('\u0000')).toEqual([]);
    // Some scanners put STX and ETX around what they have read.
    await client.basket.scan({ barcode: '\u00025012345678900\u0003' });
    expect((await client.basket.current({})).lines[0]).toMatchObject({ sku: 'TEA' });
    expect(await codeOf(client.basket.scan({ barcode: '50123\u001d45' }))).toBe('barcode.unknown');
    expect(await failureOf(client.basket.scan({ barcode: '\u0000' }))).toEqual(malformed('barcode'));
  });

  test('is one of the settings that a shop keeps, but for the line breaks at the foot of its receipts', async () => {
    const { client } = shop.manager;
    await client.basket.current({});
    await client.shift.close({ counted: '100.00', denominations: [], reason: null });
    const record = (changes: Partial<typeof harbourSettings>) =>
      client.settings.record({ settings: { ...harbourSettings, ...changes } });
    expect(await failureOf(record({ address: ['1 Harbour Street', 'Whit\u0007stable'] }))).toEqual(
      malformed('settings.address.1'),
    );
    expect(await failureOf(record({ receipt_footer: 'Thank\u202e you' }))).toEqual(
      malformed('settings.receipt_footer'),
    );
    expect(await record({ receipt_footer: 'Thank you\nCome again' })).toMatchObject({
      receipt_footer: 'Thank you\nCome again',
    });
  });
});

describe('a quantity', () => {
  test('that comes back is more than nothing, and whole where pieces are counted', async () => {
    const { client } = shop.manager;
    const { sale } = await sell(shop, [shop.tea, 3000]);
    const [sold] = (await client.sale.show({ sale })).lines;
    if (sold === undefined) throw new Error('no line');
    const back = { tender: 'cash', reason: 'Broken' } as const;
    for (const [quantity_milli, code] of [
      [-1000, 'quantity.malformed'],
      [500, 'quantity.not_whole'],
      [0, 'quantity.zero'],
    ] as const) {
      const lines = [{ line: sold.line, quantity_milli, restock: true }];
      expect(await codeOf(client.refund.give_back({ ...back, of_sale: sale, lines }))).toBe(code);
      const unproven = [{ product: shop.tea, quantity_milli, price: '1.00', restock: true }];
      expect(await codeOf(client.refund.without_receipt({ ...back, lines: unproven }))).toBe(code);
      const { basket, line } = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
      expect(await codeOf(client.basket.set_quantity({ basket, line, quantity_milli }))).toBe(code);
      expect(await codeOf(client.basket.scan({ barcode: '5012345678900', quantity_milli }))).toBe(code);
    }
  });

  test('by which stock is corrected is whole where pieces are counted, in both directions', async () => {
    const { client } = shop.manager;
    const adjust = (product: ProductId, quantity_milli: number) =>
      client.stock.adjust({ reason: 'Damp', lines: [{ product, quantity_milli }] });
    for (const quantity_milli of [500, -500]) {
      expect(await codeOf(adjust(shop.tea, quantity_milli))).toBe('quantity.not_whole');
      await adjust(shop.cheese, quantity_milli);
    }
    expect(await codeOf(adjust(shop.tea, 0))).toBe('quantity.zero');
    await adjust(shop.tea, -2000);
    const { levels } = await client.stock.levels({ products: [shop.tea, shop.cheese] });
    expect(levels.map(({ own_milli }) => own_milli)).toEqual([-2000, 0]);
  });
});

describe('money', () => {
  test('is not taken out of a drawer in which it should not be', async () => {
    const { client } = shop.manager;
    const take = (amount: string) => client.shift.pay_out({ amount, reason: 'Bank' });
    // Without a figure: whoever counts must not know what should be there.
    expect(await failureOf(take('100.01'))).toEqual({ code: 'drawer.not_enough', data: {} });
    expect(await codeOf(take('9999999999.00'))).toBe('drawer.not_enough');
    await sell(shop, [shop.tea, 1000]);
    await take('103.95');
    expect(await codeOf(take('0.01'))).toBe('drawer.not_enough');
    await client.shift.pay_in({ amount: '0.01', reason: 'Found' });
    await take('0.01');
    expect(await client.shift.report({})).toMatchObject({ expected_minor: 0, paid_out_minor: 10_396 });
  });

  test('far beyond what is due is not taken for cash, and no change is owed', async () => {
    const { client } = shop.manager;
    const { basket } = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    const hand = (handed: string) => client.basket.add_tender({ basket, kind: 'cash', handed });
    for (const handed of ['503.96', '9999999999.99'])
      expect(await failureOf(hand(handed))).toEqual({ code: 'tender.change_too_large', data: { due_minor: 395 } });
    expect(await client.basket.current({})).toMatchObject({ tenders: [], change_minor: 0 });
    await hand('503.95');
    expect(await client.basket.current({})).toMatchObject({ change_minor: 50_000 });
  });

  test('for a whole basket stays within what can be shown, paid and voided', async () => {
    const { client } = shop.manager;
    const most = '99999999999.99';
    expect(await codeOf(client.basket.add_product({ product: shop.card, quantity_milli: 1000, price: most }))).toBe(
      'money.too_large',
    );
    const { basket, line } = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    expect(await codeOf(client.basket.override_price({ basket, line, price: most, reason: 'Slip' }))).toBe(
      'money.too_large',
    );
    await client.basket.override_price({ basket, line, price: '49999999999.99', reason: 'Slip' });
    expect(await codeOf(client.basket.set_quantity({ basket, line, quantity_milli: 2000 }))).toBe('money.too_large');
    expect(
      await codeOf(client.basket.add_product({ product: shop.card, quantity_milli: 1000, price: '20000000.00' })),
    ).toBe('money.too_large');
    await client.basket.add_product({ product: shop.card, quantity_milli: 1000, price: '10000000.00' });
    expect(await client.basket.current({})).toMatchObject({ total_minor: 5_000_999_999_999 });
    await client.basket.void({ basket });
  });

  test('for a basket is refused too when only its tax makes it more than an amount may be', async () => {
    const { client } = shop.manager;
    await client.shift.close({ counted: '100.00', denominations: [], reason: null });
    await client.settings.record({ settings: { ...harbourSettings, prices_include_tax: false } });
    await client.shift.open({ float: '100.00' });
    const price = '49000000000.00';
    expect(await codeOf(client.basket.add_product({ product: shop.card, quantity_milli: 1000, price }))).toBe(
      'money.too_large',
    );
    const lines = [{ product: shop.card, quantity_milli: 1000, price: '99999999999.99', restock: false }];
    expect(await codeOf(client.refund.without_receipt({ lines, tender: 'cash', reason: 'Slip' }))).toBe(
      'money.too_large',
    );
  });

  test('for a product that has a price is not asked for again', async () => {
    const { client } = shop.manager;
    expect(
      await failureOf(client.basket.add_product({ product: shop.tea, quantity_milli: 1000, price: '1.00' })),
    ).toEqual(malformed('price'));
  });
});

describe('an operation on the open basket', () => {
  test('says so when there is none', async () => {
    const { client } = shop.manager;
    const { basket, line } = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    await client.basket.void({ basket });
    for (const call of [
      client.basket.remove_line({ basket, line }),
      client.basket.set_quantity({ basket, line, quantity_milli: 1000 }),
      client.basket.override_price({ basket, line, price: '1.00', reason: 'Late' }),
      client.basket.discount_line({ basket, line, discount: null }),
      client.basket.discount({ basket, discount: null }),
      client.basket.remove_tender({ basket, tender: uuidAt(opening, seededRandom('tender')) }),
      client.basket.void({ basket }),
    ])
      expect(await codeOf(call)).toBe('basket.empty');
  });
});

describe('the letter of a tax', () => {
  test('belongs to one active tax, which is named', async () => {
    const { client } = shop.manager;
    const tax = uuidAt<never>(opening, seededRandom('second'));
    const reduced = { tax, code: 'A', name: 'Reduced', rate_millionths: 50_000, active: true };
    for (const code of ['A', 'a', ' A '])
      expect(await failureOf(client.catalogue.record_tax({ ...reduced, code }))).toEqual({
        code: 'tax.code_taken',
        data: { code: 'A', name: 'VAT' },
      });
    await client.catalogue.record_tax({ ...reduced, active: false });
    expect(await codeOf(client.catalogue.record_tax(reduced))).toBe('tax.code_taken');
    const [vat] = (await client.catalogue.taxes({})).taxes.filter(({ name }) => name === 'VAT');
    if (vat === undefined) throw new Error('no tax');
    // A tax is changed under its own letter, and gives it up when it is out of use.
    await client.catalogue.record_tax({ ...vat, rate_millionths: 190_000 });
    await client.catalogue.record_tax({ ...vat, active: false });
    expect(await client.catalogue.record_tax(reduced)).toEqual(reduced);
  });
});
