import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editProduct } from './support/product.ts';
import { openShop, type Seat, type TestTill } from './support/till.ts';

type NewProduct = Parameters<Seat['client']['product']['create']>[0];

let shop: TestTill & { readonly manager: Seat };

beforeEach(async () => {
  shop = await openShop();
});

afterEach(() => shop.end());

const plain: NewProduct = {
  sku: 'T-1',
  name: 'Breakfast Tea',
  unit: 'piece',
  price: '2.95',
  category: null,
  taxes: [],
  barcodes: [],
  stocked: true,
};

const create = (changes: Partial<NewProduct> = {}) => shop.manager.client.product.create({ ...plain, ...changes });

const found = async (text: string) =>
  (await shop.manager.client.product.search({ text })).products.map(({ name }) => name);

describe('searching', () => {
  const fill = async () => {
    for (const [sku, name] of [
      ['A-1', 'Bio Müsli Früchte'],
      ['A-2', 'Museli bar'],
      ['A-3', 'Green tea, loose'],
      ['A-4', 'Tea towel GREEN'],
      ['A-5', 'Œuf de Pâques'],
      ['A-6', 'Чай зелёный'],
      ['A-7', 'شاي أخضر'],
      ['A-8', '緑茶'],
    ] as const)
      await create({ sku, name });
  };

  it('finds the beginning of any word, without accents and in any case', async () => {
    await fill();
    expect(await found('mus')).toEqual(['Bio Müsli Früchte', 'Museli bar']);
    expect(await found('MÜS')).toEqual(['Bio Müsli Früchte', 'Museli bar']);
    expect(await found('mu\u0308sli')).toEqual(['Bio Müsli Früchte']);
    expect(await found('fruch')).toEqual(['Bio Müsli Früchte']);
    expect(await found('paq')).toEqual(['Œuf de Pâques']);
    expect(await found('ЗЕЛ')).toEqual(['Чай зелёный']);
    expect(await found('شاي')).toEqual(['شاي أخضر']);
    expect(await found('緑')).toEqual(['緑茶']);
    expect(await found('usli')).toEqual([]);
  });

  it('finds two words in any order', async () => {
    await fill();
    expect(await found('green tea')).toEqual(['Green tea, loose', 'Tea towel GREEN']);
    expect(await found('te gr')).toEqual(['Green tea, loose', 'Tea towel GREEN']);
    expect(await found('te gr loo')).toEqual(['Green tea, loose']);
    expect(await found('tea coffee')).toEqual([]);
  });

  it('finds a part of a SKU', async () => {
    await fill();
    expect(await found('A-3')).toEqual(['Green tea, loose']);
    expect(await found('a 4')).toEqual(['Tea towel GREEN']);
  });

  it.each([
    ['"'],
    ['""'],
    ['*'],
    ['tea"*'],
    ['tea AND'],
    ['NOT tea'],
    ['tea NEAR/2 green'],
    ['words:tea'],
    ['{words}: tea'],
    ['^tea'],
    ['-tea'],
    ['tea) OR (green'],
    ["'; DROP TABLE products; --"],
    ['\\'],
    ['%'],
    ['tea\u0000'],
    ['🫖'],
    ['tea🫖green'],
    ['\u0301'],
    ['\u19b0\u19c8tea'],
  ])('takes %j for text, never for a query', async (text) => {
    await fill();
    const names = await found(text);
    for (const name of names) expect(name.toLowerCase()).toContain('tea');
  });

  it('takes no letter of any script for the end of a word where FTS5 does not, which would be a fault', async () => {
    const letter = /[\p{L}\p{N}\p{Co}\u0300-\u036f]/u;
    let text = '';
    let asked = 0;
    for (let point = 1; point < 0x32000; point += 1) {
      const char = String.fromCodePoint(point);
      if (letter.test(char)) text += char;
      if (text.length < 190) continue;
      expect(await found(text)).toEqual([]);
      text = '';
      asked += 1;
    }
    expect(asked).toBeGreaterThan(500);
  });

  it('without a word finds nothing', async () => {
    await fill();
    for (const text of ['', '   ', '...', '"*"']) expect(await found(text)).toEqual([]);
  });

  it('stops at the limit', async () => {
    await fill();
    const { products } = await shop.manager.client.product.search({ text: 'a', limit: 3 });
    expect(products).toHaveLength(3);
  });

  it('follows a new name, and no longer the old one', async () => {
    const { product } = await create();
    await editProduct(shop.manager.client, product, { name: 'Supper Tea' });
    expect(await found('breakf')).toEqual([]);
    expect(await found('supp')).toEqual(['Supper Tea']);
  });

  it('shows what was sold most first, from the next start on', async () => {
    const names = ['Tea one', 'Tea two', 'Tea three'];
    for (const [i, name] of names.entries()) await create({ sku: `S-${i}`, name });
    expect(await found('tea')).toEqual(names);
    await shop.manager.client.shift.open({ float: '0' });
    for (const [sku, quantity] of [
      ['S-2', 5],
      ['S-1', 2],
    ] as const) {
      const { products } = await shop.manager.client.product.search({ text: sku, limit: 1 });
      const product = products[0]?.product;
      if (product === undefined) throw new Error(`${sku} was created`);
      const { basket } = await shop.manager.client.basket.add_product({ product, quantity_milli: quantity * 1000 });
      if (basket === null) throw new Error('a basket is open');
      const { total_minor } = await shop.manager.client.basket.current({});
      await shop.manager.client.basket.add_tender({ basket, kind: 'cash', handed: '100' });
      await shop.manager.client.basket.complete({ basket, total_minor });
    }
    shop.restart();
    expect(await found('tea')).toEqual(['Tea three', 'Tea two', 'Tea one']);
    const tiles = await shop.manager.client.product.tiles({ category: null, limit: 2 });
    expect(tiles.products.map(({ name }) => name)).toEqual(['Tea three', 'Tea two']);
  });
});
