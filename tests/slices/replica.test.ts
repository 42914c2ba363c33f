import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { gtin, productRow, rye, ryeRow, sam, taxRow, tea, teaRow } from './support/feed-goods.ts';
import {
  cashierRole,
  companyRows,
  ines,
  joinedShop,
  type JoinedTill,
  otherTillId,
  row,
  staffRow,
  storeRows,
  tillId,
  verifierRow,
} from './support/joined.ts';
import { codeOf, harbourSettings, type Seat } from './support/till.ts';

let shop: JoinedTill & { readonly manager: Seat };

beforeEach(async () => {
  shop = await joinedShop();
});

afterEach(() => shop.end());

const found = async (text: string) =>
  (await shop.manager.client.product.search({ text })).products.map(({ name }) => name);

function rowsOf(sql: string): unknown[] {
  const file = openTillFileToRead(shop.path);
  try {
    return file.connection.prepare(sql).all();
  } finally {
    file.close();
  }
}

/** Sends a whole snapshot of a stream in two pages. */
function snapshot(stream: 'company' | 'store', rows: Parameters<typeof shop.send>[1], tag = 'tag-2'): void {
  shop.send(stream, rows, 'begin', tag);
  shop.send(stream, [], 'end', tag);
}

describe('the feed', () => {
  it('brings the catalogue: to scan, to search, to sell', async () => {
    shop.send('company', [taxRow, teaRow]);
    expect(await found('tea')).toEqual(['Breakfast Tea']);
    expect(await found(gtin)).toEqual(['Breakfast Tea']);
    await shop.manager.client.shift.open({ float: '50' });
    await shop.manager.client.basket.scan({ barcode: gtin });
    expect(await shop.manager.client.basket.current({})).toMatchObject({ total_minor: 295, tax_minor: 49 });
    expect(shop.events).toContain('catalogue');
  });

  it('changes what is there: a new price, another name, inactive', async () => {
    shop.send('company', [taxRow, teaRow]);
    shop.send('company', [productRow(tea, { version: 2, name: 'Supper Tea', price_minor: 310 })]);
    expect(await found('breakfast')).toEqual([]);
    const { products } = await shop.manager.client.product.search({ text: 'supper' });
    expect(products).toMatchObject([{ price_minor: 310 }]);
    shop.send('company', [productRow(tea, { version: 3, active: false })]);
    expect(await found('tea')).toEqual([]);
    expect(await shop.manager.client.product.show({ product: tea })).toMatchObject({ active: false });
  });

  it('a product whose tax has not come yet is not sold untaxed', async () => {
    shop.send('company', [teaRow]);
    await shop.manager.client.shift.open({ float: '50' });
    expect(await codeOf(shop.manager.client.basket.scan({ barcode: gtin }))).toBe('record.not_found');
    shop.send('company', [taxRow]);
    await shop.manager.client.basket.scan({ barcode: gtin });
  });

  it('two products with one barcode stop nothing', async () => {
    shop.send('company', [taxRow, teaRow, productRow(rye, { sku: 'T-1', name: 'Rye loaf' })]);
    expect(await found(gtin)).toEqual(['Breakfast Tea']);
    shop.send('company', [productRow(tea, { version: 2, active: false })]);
    expect(await found(gtin)).toEqual(['Rye loaf']);
  });

  it('a malformed row is left out and logged by its place; its neighbours are taken', async () => {
    const bad = { kind: 'product', row: { product: 'no uuid', name: 'Secret name' } };
    const worse = { kind: 'product', row: null };
    shop.send('company', [taxRow, bad, worse, teaRow]);
    expect(await found('tea')).toEqual(['Breakfast Tea']);
    const refused = shop.log.filter(({ event }) => event === 'feed.row_refused');
    expect(refused.map(({ facts }) => facts['kind'])).toEqual(['product', 'product']);
    expect(JSON.stringify(refused)).not.toContain('Secret');
  });

  it('a kind of row that this version does not know is left out', async () => {
    shop.send('company', [{ kind: 'promotion', row: { anything: 1 } }, { kind: 'toString', row: {} }, taxRow]);
    expect((await shop.manager.client.catalogue.taxes({})).taxes).toHaveLength(1);
    expect(shop.log.find(({ event }) => event === 'feed.kind_unknown')?.facts).toEqual({
      stream: 'company',
      kinds: ['promotion', 'toString'],
    });
  });

  it('a zone that this PC does not know does not stop the till', async () => {
    shop.send('store', [row('settings', { ...harbourSettings, zone: 'Mars/Olympus' })]);
    await shop.manager.client.shift.open({ float: '50' });
    expect((await shop.anyone.setup.status({})).settings?.zone).toBe('Europe/London');
  });

  it('keeps its place through a start of the PC', () => {
    shop.send('company', [taxRow, teaRow]);
    const before = shop.till.sync.cursors();
    expect(before.company).toEqual({ position: 4, tag: 'tag-1' });
    shop.restart();
    expect(shop.till.sync.cursors()).toEqual(before);
  });

  it('what a page wrote and its cursor stay together when writing fails', () => {
    const before = shop.till.sync.cursors();
    const broken = { position: 99, kind: 'tax', row: taxRow.row };
    Object.assign(shop.ports.secrets, {
      wrap: () => {
        throw new Error('the key is gone');
      },
    });
    const changes = [broken, { position: 100, ...verifierRow(ines, 'password', 'a new password') }];
    expect(() =>
      shop.till.sync.applyPage({ stream: 'store', tag: 'tag-1', snapshot: null, changes, position: 100 }),
    ).toThrow('the key is gone');
    expect(shop.till.sync.cursors()).toEqual(before);
    expect(rowsOf('SELECT code FROM taxes')).toEqual([]);
  });
});

describe('a snapshot', () => {
  beforeEach(() => shop.send('company', [taxRow, teaRow, ryeRow]));

  it('takes away what it does not name, at its end and not before', async () => {
    shop.send('company', [...companyRows, taxRow], 'begin', 'tag-2');
    shop.send('company', [ryeRow], 'more', 'tag-2');
    expect(await found('tea')).toEqual(['Breakfast Tea']);
    shop.send('company', [], 'end', 'tag-2');
    expect(await found('tea')).toEqual([]);
    expect(await found(gtin)).toEqual([]);
    expect(await found('rye')).toEqual(['Rye loaf']);
    expect(await codeOf(shop.manager.client.product.show({ product: tea }))).toBe('record.not_found');
    expect(rowsOf('SELECT barcode FROM product_barcodes')).toEqual([]);
    expect(shop.till.sync.cursors().company).toMatchObject({ tag: 'tag-2' });
  });

  it('of one stream leaves the other alone', async () => {
    snapshot('store', storeRows);
    expect(await found('tea')).toEqual(['Breakfast Tea']);
    expect((await shop.manager.client.session.current({})).permissions).toContain('product.view');
  });

  it('with a row that can’t be read takes away nothing of that kind', async () => {
    snapshot('company', [...companyRows, { kind: 'product', row: { product: tea } }]);
    expect(await found('tea')).toEqual(['Breakfast Tea']);
    expect((await shop.manager.client.catalogue.taxes({})).taxes).toEqual([]);
  });

  it('that a stop cut in two is begun anew, and forgets nothing that the second names', async () => {
    const before = shop.till.sync.cursors();
    shop.send('company', [...companyRows, taxRow, ryeRow], 'begin', 'tag-2');
    expect(shop.till.sync.cursors().company?.tag).toBe('tag-2');
    shop.restart();
    expect(shop.till.sync.cursors()).toEqual(before);
    expect(() => shop.send('company', [], 'end', 'tag-2')).toThrow('never began');
    snapshot('company', [...companyRows, taxRow, teaRow]);
    expect(await found('tea')).toEqual(['Breakfast Tea']);
    expect(await found('rye')).toEqual([]);
  });

  it('begun twice in a row counts only what the second names', async () => {
    shop.send('company', [...companyRows, taxRow, teaRow, ryeRow], 'begin', 'tag-2');
    snapshot('company', [...companyRows, taxRow, ryeRow], 'tag-3');
    expect(await found('tea')).toEqual([]);
  });

  it('finds at once by what was sold most', async () => {
    await shop.manager.client.shift.open({ float: '50' });
    const { basket } = await shop.manager.client.basket.add_product({ product: rye, quantity_milli: 5000 });
    if (basket === null) throw new Error('a basket is open');
    const { total_minor } = await shop.manager.client.basket.current({});
    await shop.manager.client.basket.add_tender({ basket, kind: 'cash', handed: '100' });
    await shop.manager.client.basket.complete({ basket, total_minor });
    snapshot('company', [...companyRows, taxRow, teaRow, ryeRow]);
    const { products } = await shop.manager.client.product.tiles({ category: null });
    expect(products.map(({ name }) => name)).toEqual(['Rye loaf', 'Breakfast Tea']);
  });

  it('ends the session of whoever no longer works here, and keeps the name on old receipts', async () => {
    shop.send('store', [
      staffRow(sam, { name: 'Sam Whitlock', login: 'sam', roles: [cashierRole] }),
      verifierRow(sam, 'pin', '2580'),
    ]);
    const seat = await shop.signInByPin(sam, '2580');
    snapshot('store', storeRows);
    expect(await codeOf(seat.client.session.current({}))).toBe('session.ended');
    expect(await codeOf(shop.signInByPin(sam, '2580'))).toBe('session.credential_wrong');
    const { staff } = await shop.manager.client.staff.list({});
    expect(staff.find((person) => person.staff === sam)).toMatchObject({
      name: 'Sam Whitlock',
      active: false,
      has_pin: false,
    });
  });
});

describe('stock', () => {
  const stockOf = async () => (await shop.manager.client.product.show({ product: tea })).stock_milli;
  const level = (till: typeof tillId, level_milli: number, covers_seq = 1) =>
    row('stock', { product: tea, till, level_milli, covers_seq });

  it('of other tills is added to the own; the own that comes back is not counted twice', async () => {
    shop.send('company', [taxRow, teaRow]);
    await shop.manager.client.stock.adjust({ reason: 'delivery', lines: [{ product: tea, quantity_milli: 10_000 }] });
    shop.send('store', [level(otherTillId, -3000), level(tillId, 10_000)]);
    expect(await stockOf()).toBe(7000);
    shop.send('store', [level(otherTillId, -4000, 2)]);
    expect(await stockOf()).toBe(6000);
  });

  it('may come before its product', async () => {
    shop.send('store', [level(otherTillId, 5000)]);
    shop.send('company', [taxRow, teaRow]);
    expect(await stockOf()).toBe(5000);
  });

  it('that a snapshot does not name is gone', async () => {
    shop.send('company', [taxRow, teaRow]);
    shop.send('store', [level(otherTillId, 5000)]);
    snapshot('store', storeRows);
    expect(await stockOf()).toBe(0);
    snapshot('store', [...storeRows, level(otherTillId, 5000)]);
    expect(await stockOf()).toBe(5000);
  });
});
