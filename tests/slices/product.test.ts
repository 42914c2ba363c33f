import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CategoryId, ProductId, TaxId } from '../../shared/ids.ts';
import { completeGtin } from '../../shared/product/gtin.ts';
import { editProduct, type ProductChanges } from './support/product.ts';
import { codeOf, failureOf, openShop, type Seat, seededRandom, type TestTill, uuidAt } from './support/till.ts';

type NewProduct = Parameters<Seat['client']['product']['create']>[0];

let shop: TestTill & { readonly manager: Seat };
const ids = seededRandom('catalogue');
const gtin = '5000112637922';

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
const edit = (product: ProductId, changes: ProductChanges) => editProduct(shop.manager.client, product, changes);
const found = async (text: string) =>
  (await shop.manager.client.product.search({ text })).products.map(({ name }) => name);

describe('adding a product', () => {
  it('shows it as it was typed, priced in minor units', async () => {
    const tea = await create({ barcodes: [gtin] });
    expect(tea).toMatchObject({
      sku: 'T-1',
      price_minor: 295,
      barcodes: [gtin],
      active: true,
      stock_milli: 0,
    });
    expect(await shop.manager.client.product.show({ product: tea.product })).toEqual(tea);
    expect(shop.events.at(-1)).toBe('catalogue');
  });

  it('tells an open price from a price of 0', async () => {
    expect(await create({ price: null })).toMatchObject({ price_minor: null });
    expect(await create({ sku: 'T-2', price: '0' })).toMatchObject({ price_minor: 0 });
  });

  it.each([
    ['2.955', 'money.too_fine'],
    ['-1', 'money.negative'],
    ['2,95', 'money.malformed'],
    ['£2.95', 'money.malformed'],
    ['1e3', 'money.malformed'],
    ['100000000000', 'money.too_large'],
  ])('refuses the price %s', async (price, code) => {
    expect(await codeOf(create({ price }))).toBe(code);
    expect(
      (await shop.manager.client.product.list({ text: '', include_inactive: true, offset: 0, limit: 10 })).total,
    ).toBe(0);
  });

  it('reads prices in the currency of the store', async () => {
    const settings = (await shop.anyone.setup.status({})).settings;
    if (settings === null) throw new Error('the shop is set up');
    await shop.manager.client.settings.record({ settings: { ...settings, currency: 'KWD' } });
    expect(await create({ price: '1.125' })).toMatchObject({ price_minor: 1125 });
    await shop.manager.client.settings.record({ settings: { ...settings, currency: 'JPY' } });
    expect(await codeOf(create({ sku: 'T-2', price: '1.5' }))).toBe('money.too_fine');
  });

  it('refuses a category or a tax that does not exist', async () => {
    const category = uuidAt<CategoryId>(shop.clock.now(), ids);
    const tax = uuidAt<TaxId>(shop.clock.now(), ids);
    expect(await failureOf(create({ category }))).toEqual({ code: 'record.not_found', data: { category } });
    expect(await failureOf(create({ taxes: [tax] }))).toEqual({ code: 'record.not_found', data: { tax } });
  });

  it('refuses names that no receipt can print', async () => {
    expect(await failureOf(create({ name: 'Tea\u0000' }))).toEqual({
      code: 'input.malformed',
      data: { where: 'name' },
    });
    expect(await codeOf(create({ sku: 'T\u20281' }))).toBe('input.malformed');
    expect(await codeOf(create({ name: 'Tea \ud83e' }))).toBe('input.malformed');
    expect(await codeOf(create({ name: 'Tea\ncup' }))).toBe('input.malformed');
  });
});

describe('SKUs', () => {
  it('tell upper from lower case', async () => {
    await create({ sku: '22423A', name: 'Cake stand' });
    await create({ sku: '22423a', name: 'Cake stand, blue' });
    expect(await found('22423a')).toEqual(['Cake stand, blue', 'Cake stand']);
    expect(await found('22423A')).toEqual(['Cake stand', 'Cake stand, blue']);
  });

  it('belong to one active product', async () => {
    const tea = await create();
    expect(await failureOf(create({ name: 'Other' }))).toEqual({ code: 'product.sku_taken', data: { sku: 'T-1' } });
    await edit(tea.product, { active: false });
    await create({ name: 'Other' });
    expect(await codeOf(edit(tea.product, { active: true }))).toBe('product.sku_taken');
    expect(await edit(tea.product, { active: true, sku: 'T-9' })).toMatchObject({ active: true, sku: 'T-9' });
  });

  it('of an inactive product stand in nobody’s way, nor it in theirs', async () => {
    const tea = await create({ barcodes: [gtin] });
    await edit(tea.product, { active: false });
    await create({ name: 'Other', barcodes: [gtin] });
    expect(await edit(tea.product, { name: 'Old tea' })).toMatchObject({
      sku: 'T-1',
      name: 'Old tea',
      active: false,
    });
  });

  it('stay a product’s own when it is edited', async () => {
    const tea = await create({ barcodes: [gtin] });
    expect(await edit(tea.product, { sku: 'T-1', barcodes: [gtin] })).toEqual(tea);
  });
});

describe('barcodes', () => {
  it.each(['5000112637923', '12345678', '036000291453', '10614141000416'])(
    'refuse the wrong check digit of %s',
    async (barcode) => {
      expect(await failureOf(create({ barcodes: [barcode] }))).toEqual({
        code: 'product.barcode_malformed',
        data: { barcode },
      });
    },
  );

  it('may be the shop’s own text', async () => {
    const tea = await create({ barcodes: ['HS-0001', '1234', ' 123456789 '] });
    expect(tea.barcodes).toEqual(['HS-0001', '1234', '123456789']);
    expect(await found('HS-0001')).toEqual(['Breakfast Tea']);
    for (const barcode of ['   ', 'A\u001db'])
      expect(await failureOf(create({ sku: 'T-2', barcodes: [barcode] }))).toEqual({
        code: 'input.malformed',
        data: { where: 'barcodes.0' },
      });
  });

  it('belong to one active product, which is named, in whatever length they are written', async () => {
    await create({ barcodes: ['036000291452'] });
    const clash = create({ sku: 'T-2', barcodes: ['0036000291452'] });
    expect(await failureOf(clash)).toEqual({
      code: 'product.barcode_taken',
      data: { barcode: '0036000291452', sku: 'T-1', name: 'Breakfast Tea' },
    });
  });

  it('are found in another length too, the exact one first', async () => {
    await create({ barcodes: ['036000291452'] });
    expect(await found('0036000291452')).toEqual(['Breakfast Tea']);
    expect(await found('00036000291452')).toEqual(['Breakfast Tea']);
    const eight = completeGtin('1234567');
    await create({ sku: 'T-8', name: 'Mints', barcodes: [eight] });
    expect(await found(eight.padStart(13, '0'))).toEqual(['Mints']);
  });
});

describe('editing', () => {
  it('changes what was named and nothing else', async () => {
    const tea = await create({ barcodes: [gtin] });
    const dearer = await edit(tea.product, { price: '3.10' });
    expect(dearer).toEqual({ ...tea, revision: dearer.revision, price_minor: 310 });
    expect(dearer.revision).not.toBe(tea.revision);
    expect(await edit(tea.product, { price: null, barcodes: [] })).toMatchObject({
      price_minor: null,
      barcodes: [],
    });
  });

  it('against what is no longer shown is refused, and what is shown again is what it was', async () => {
    const { product, revision } = await create();
    await edit(product, { name: 'Tea' });
    const late = { product, against: revision, changes: { name: 'Coffee' } };
    expect(await codeOf(shop.manager.client.product.edit(late))).toBe('record.changed');
    await edit(product, { name: plain.name });
    expect(await shop.manager.client.product.edit(late)).toMatchObject({ name: 'Coffee' });
  });

  it.each([
    { sku: 'T-2' },
    { name: 'Tea' },
    { unit: 'kg' },
    { price: '3.10' },
    { price: null },
    { barcodes: [gtin] },
    { stocked: false },
    { active: false },
  ] satisfies ProductChanges[])('is against every field that is shown: %j', async (changes) => {
    const { product, revision } = await create();
    expect((await edit(product, changes)).revision).not.toBe(revision);
  });

  it('a product that does not exist is not found', async () => {
    const product = uuidAt<ProductId>(shop.clock.now(), ids);
    expect(await codeOf(edit(product, {}))).toBe('record.not_found');
    expect(await codeOf(shop.manager.client.product.show({ product }))).toBe('record.not_found');
  });

  it('an inactive product is not found while selling, but stands in the catalogue', async () => {
    const { product } = await create({ barcodes: [gtin] });
    await edit(product, { active: false });
    for (const text of ['tea', 'T-1', gtin]) expect(await found(text)).toEqual([]);
    expect((await shop.manager.client.product.tiles({ category: null })).products).toEqual([]);
    const list = (include_inactive: boolean, text = '') =>
      shop.manager.client.product.list({ text, include_inactive, offset: 0, limit: 10 });
    expect((await list(false)).total).toBe(0);
    expect(await list(true)).toMatchObject({ total: 1, products: [{ sku: 'T-1', active: false }] });
    expect((await list(true, 'fast te')).total).toBe(1);
    await create({ sku: 'T-2', name: 'Supper Tea' });
    const one = await shop.manager.client.product.search({ text: 'tea', limit: 1 });
    expect(one.products.map(({ name }) => name)).toEqual(['Supper Tea']);
    await edit(product, { active: true });
    expect(await found('tea')).toEqual(['Breakfast Tea', 'Supper Tea']);
  });
});

describe('categories, taxes and lists', () => {
  it('keep their order and their tiles', async () => {
    const { client } = shop.manager;
    const drinks = uuidAt<CategoryId>(shop.clock.now(), ids);
    const bakery = uuidAt<CategoryId>(shop.clock.now(), ids);
    await client.catalogue.record_category({
      category: drinks,
      name: 'Drinks',
      tint: 'drinks',
      position: 1,
      active: true,
    });
    await client.catalogue.record_category({
      category: bakery,
      name: 'Bakery',
      tint: 'bakery',
      position: 0,
      active: true,
    });
    expect((await client.catalogue.categories({})).categories.map(({ name }) => name)).toEqual(['Bakery', 'Drinks']);
    await create({ category: drinks });
    await create({ sku: 'B-1', name: 'Rye loaf', category: bakery });
    const tiles = async (category: CategoryId | null) =>
      (await client.product.tiles({ category })).products.map(({ name }) => name);
    expect(await tiles(bakery)).toEqual(['Rye loaf']);
    expect(await tiles(null)).toEqual(['Breakfast Tea', 'Rye loaf']);
    await client.catalogue.record_category({
      category: drinks,
      name: 'Tea & co',
      tint: 'drinks',
      position: 1,
      active: false,
    });
    expect((await client.catalogue.categories({})).categories[1]).toMatchObject({ name: 'Tea & co', active: false });
  });

  it('a tax can be changed and given to a product', async () => {
    const { client } = shop.manager;
    const tax = uuidAt<TaxId>(shop.clock.now(), ids);
    const standard = { tax, code: 'A', name: 'Standard', rate_millionths: 175_000, active: true };
    await client.catalogue.record_tax(standard);
    await client.catalogue.record_tax({ ...standard, rate_millionths: 200_000 });
    expect(await client.catalogue.taxes({})).toEqual({
      taxes: [{ ...standard, rate_millionths: 200_000 }],
      read_only: false,
    });
    expect(await create({ taxes: [tax, tax] })).toMatchObject({ taxes: [tax] });
  });

  it('pages by name, and narrows by a part of name, SKU or barcode', async () => {
    for (const [sku, name] of [
      ['C', 'cherry'],
      ['B', 'Banana'],
      ['A', 'apple'],
      ['Ü', 'Über 50% off_x'],
    ] as const)
      await create({ sku, name, barcodes: sku === 'B' ? [gtin] : [] });
    const list = async (text: string, offset = 0, limit = 10) => {
      const page = await shop.manager.client.product.list({ text, include_inactive: false, offset, limit });
      return { total: page.total, names: page.products.map(({ name }) => name) };
    };
    expect(await list('', 1, 2)).toEqual({ total: 4, names: ['Banana', 'cherry'] });
    expect(await list('ana')).toEqual({ total: 1, names: ['Banana'] });
    expect(await list(gtin)).toEqual({ total: 1, names: ['Banana'] });
    expect(await list('über')).toEqual({ total: 1, names: ['Über 50% off_x'] });
    expect(await list('50%')).toEqual({ total: 1, names: ['Über 50% off_x'] });
    expect(await list('n_n')).toEqual({ total: 0, names: [] });
    expect(await list('"')).toEqual({ total: 0, names: [] });
  });
});
