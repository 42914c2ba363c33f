/** A manager's edit at a till that has joined: shown at once, kept through all that happens, settled by the head office. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTillFile } from '../../electron/till/db/open.ts';
import { rebuildTill } from '../../electron/till/journal/rebuild.ts';
import { compareProjections } from '../../electron/till/journal/compare.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import type { FeedRow } from '../../shared/feed/rows.ts';
import type { ProductId } from '../../shared/ids.ts';
import { decodeEntry } from '../../shared/journal/envelope.ts';
import { gtin, productRow, rye, ryeFields, ryeRow, taxRow, tea, teaRow, vat } from './support/feed-goods.ts';
import { companyRows, type JoinedTill, joinedShop, otherTillId, row, tillId } from './support/joined.ts';
import { editProduct, type ProductChanges } from './support/product.ts';
import { codeOf, opening, type Seat } from './support/till.ts';

let shop: JoinedTill & { readonly manager: Seat };

beforeEach(async () => {
  shop = await joinedShop();
  shop.send('company', [taxRow, teaRow, ryeRow]);
});

afterEach(() => shop.end());

const at = new Date(opening).toISOString();
const edit = async (changes: ProductChanges, product = tea) => await editProduct(shop.manager.client, product, changes);
const show = async (product = tea) => await shop.manager.client.product.show({ product });
const headSeq = () => shop.till.sync.head().seq;
const lastEntry = () => {
  const [entry] = shop.till.sync.entriesAfter(headSeq() - 1, { count: 1, bytes: 1_000_000 });
  if (entry === undefined) throw new Error('no entry');
  return decodeEntry(entry.bytes);
};
const decided = (
  decided_seq: number,
  fields: Partial<FeedRow<'proposal'>['fields'][number]>[] = [],
  product: ProductId = tea,
  till = tillId,
) =>
  row('proposal', {
    till,
    product,
    decided_seq,
    fields: fields.map((field) => ({
      field: 'price_minor',
      seq: decided_seq,
      state: 'waiting',
      reason: null,
      wanted: null,
      kept: null,
      by: null,
      at,
      ...field,
    })),
  });
const decisions = async (product: ProductId | null = null) =>
  (await shop.manager.client.product.decisions({ product })).decisions;
const newTea = {
  sku: 'T-9',
  name: 'Green Tea',
  unit: 'piece' as const,
  price: '4.10',
  category: null,
  taxes: [vat],
  barcodes: ['4006381333931'],
  stocked: true,
};

describe('a price that a manager changes at a joined till', () => {
  it('is journalled with the version and the value that it was changed from, and is sold at once', async () => {
    const edited = await edit({ price: '3.10' });
    expect(edited).toMatchObject({ price_minor: 310, is_undecided: true });
    expect(lastEntry()).toMatchObject({
      kind: 'product.edit_proposed',
      body: { product: tea, against: 1, changes: { price_minor: 310 }, was: { price_minor: 295 } },
    });
    await shop.manager.client.shift.open({ float: '50.00' });
    await shop.manager.client.basket.scan({ barcode: gtin });
    expect((await shop.manager.client.basket.current({})).total_minor).toBe(310);
    expect(await decisions()).toMatchObject([
      { product: tea, field: 'price_minor', state: 'undecided', wanted: 310, kept: 295 },
    ]);
  });

  it('stays over whatever page of the feed comes, and over a restart, until it is decided', async () => {
    await edit({ price: '3.10' });
    const seq = headSeq();
    shop.send('company', [productRow(tea, { version: 2, name: 'Morning Tea', price_minor: 300 })]);
    expect(await show()).toMatchObject({ name: 'Morning Tea', price_minor: 310, is_undecided: true });
    shop.restart();
    expect(await show()).toMatchObject({ name: 'Morning Tea', price_minor: 310, is_undecided: true });
    expect((await shop.manager.client.product.search({ text: 'morning' })).products).toHaveLength(1);
    // Taken: the head office's own row first, then that it was decided.
    shop.send('company', [productRow(tea, { version: 3, name: 'Morning Tea', price_minor: 310 }), decided(seq)]);
    expect(await show()).toMatchObject({ price_minor: 310, is_undecided: false });
    expect(await decisions()).toEqual([]);
    shop.send('company', [productRow(tea, { version: 4, price_minor: 320 })]);
    expect(await show()).toMatchObject({ price_minor: 320 });
  });

  it('that lost gives way to the head office’s price, and the manager is told until it is put away', async () => {
    await edit({ price: '2.70' });
    const seq = headSeq();
    shop.send('company', [
      productRow(tea, { version: 2, price_minor: 250 }),
      decided(seq, [{ reason: 'stale', wanted: 270, kept: 250, before: 'Till 2' }]),
    ]);
    expect(await show()).toMatchObject({ price_minor: 250, is_undecided: false });
    expect(await decisions(tea)).toMatchObject([
      { state: 'waiting', reason: 'stale', wanted: 270, kept: 250, before: 'Till 2' },
    ]);
    shop.send('company', [decided(seq, [{ state: 'kept', reason: 'stale', wanted: 270, kept: 250, by: 'Elena' }])]);
    expect(await decisions(tea)).toMatchObject([
      { state: 'kept', wanted: 270, kept: 250, by: 'Elena', before: null, at },
    ]);
    expect(await decisions(rye)).toEqual([]);
    await shop.manager.client.product.dismiss_decision({ product: tea, field: 'price_minor', seq });
    expect(await decisions()).toEqual([]);
    // The next one is news again.
    await edit({ price: '2.80' });
    shop.send('company', [decided(headSeq(), [{ state: 'kept', wanted: 280, kept: 250 }])]);
    expect(await decisions()).toMatchObject([{ state: 'kept', wanted: 280 }]);
  });

  it('twice before anybody heard is one after the other, and each is decided by its own number', async () => {
    await edit({ price: '3.10' });
    const first = headSeq();
    await edit({ price: '3.20', name: 'Better Tea' });
    expect(lastEntry()).toMatchObject({
      body: { against: 1, changes: { name: 'Better Tea', price_minor: 320 }, was: { price_minor: 310 } },
    });
    expect(await show()).toMatchObject({ price_minor: 320 });
    shop.send('company', [productRow(tea, { version: 2, price_minor: 310 }), decided(first)]);
    expect(await show()).toMatchObject({ price_minor: 320, name: 'Better Tea', is_undecided: true });
  });

  it('to what it is already writes nothing; against what is no longer shown it is refused', async () => {
    const before = headSeq();
    const shown = await show();
    expect(await edit({ price: '2.95', name: 'Breakfast Tea' })).toEqual(shown);
    expect(headSeq()).toBe(before);
    await edit({ price: '3.10' });
    const stale = shop.manager.client.product.edit({ product: tea, against: shown.revision, changes: { price: '1' } });
    expect(await codeOf(stale)).toBe('record.changed');
  });

  it('is not saved over what was decided while its form was open', async () => {
    await edit({ price: '3.10' });
    const seq = headSeq();
    const { revision } = await show();
    shop.send('company', [
      productRow(tea, { version: 2, price_minor: 250 }),
      decided(seq, [{ reason: 'stale', wanted: 310, kept: 250 }]),
    ]);
    const late = shop.manager.client.product.edit({ product: tea, against: revision, changes: { price: '3.20' } });
    expect(await codeOf(late)).toBe('record.changed');
    expect(await show()).toMatchObject({ price_minor: 250, is_undecided: false });
  });

  it('is what the head office decided of this till, and of no other', async () => {
    await edit({ price: '3.10' });
    shop.send('company', [decided(headSeq(), [], tea, otherTillId)]);
    expect(await show()).toMatchObject({ price_minor: 310, is_undecided: true });
  });
});

describe('a product that is made at a joined till', () => {
  it('is sold at once, by its barcode, and stays through snapshots that do not name it', async () => {
    const made = await shop.manager.client.product.create(newTea);
    expect(made).toMatchObject({ price_minor: 410, active: true, is_undecided: true });
    expect(lastEntry()).toMatchObject({ kind: 'product.proposed', body: { product: made.product, sku: 'T-9' } });
    await shop.manager.client.shift.open({ float: '50.00' });
    await shop.manager.client.basket.scan({ barcode: '4006381333931' });
    expect((await shop.manager.client.basket.current({})).total_minor).toBe(410);
    expect(await decisions()).toMatchObject([{ field: null, state: 'undecided', name: 'Green Tea' }]);
    shop.send('company', [...companyRows, taxRow, teaRow], 'begin', 'tag-2');
    shop.send('company', [], 'end', 'tag-2');
    expect(await show(made.product)).toMatchObject({
      price_minor: 410,
      is_undecided: true,
      barcodes: ['4006381333931'],
    });
    expect((await shop.manager.client.product.search({ text: 'green' })).products).toHaveLength(1);
    expect(await codeOf(show(rye))).toBe('record.not_found');
    // Taken, without the barcode that is another's.
    const row_ = productRow(made.product, { sku: 'T-9', name: 'Green Tea', price_minor: 410, barcodes: [] });
    shop.send('company', [
      row_,
      decided(headSeq(), [{ field: 'barcodes', reason: 'clash', wanted: ['4006381333931'], kept: [] }], made.product),
    ]);
    expect(await show(made.product)).toMatchObject({ barcodes: [], is_undecided: false });
    expect(await decisions()).toMatchObject([{ field: 'barcodes', state: 'waiting', reason: 'clash' }]);
  });

  it('can be changed, retired and made active again before anybody heard of it', async () => {
    const { product } = await shop.manager.client.product.create(newTea);
    expect(await edit({ price: '4.20' }, product)).toMatchObject({ price_minor: 420 });
    expect(lastEntry()).toMatchObject({ body: { against: 1, was: { price_minor: 410 } } });
    await edit({ active: false }, product);
    expect((await shop.manager.client.product.search({ text: 'green' })).products).toEqual([]);
    await edit({ active: true }, product);
    expect((await shop.manager.client.product.search({ text: 'green' })).products).toHaveLength(1);
  });

  it('is refused with a barcode or SKU that this till knows already', async () => {
    const { client } = shop.manager;
    expect(await codeOf(client.product.create({ ...newTea, sku: ryeFields.sku }))).toBe('product.sku_taken');
    expect(await codeOf(client.product.create({ ...newTea, barcodes: [gtin] }))).toBe('product.barcode_taken');
    expect(await codeOf(edit({ barcodes: [gtin] }, rye))).toBe('product.barcode_taken');
  });
});

describe('a snapshot', () => {
  it('takes a product away that the head office no longer has, edited or not', async () => {
    await edit({ price: '3.10' });
    shop.send('company', [...companyRows, taxRow, ryeRow], 'begin', 'tag-2');
    shop.send('company', [], 'end', 'tag-2');
    expect(await codeOf(show())).toBe('record.not_found');
    // A head office that was set back and hears of it again: the edit was never lost.
    shop.send('company', [productRow(tea, { version: 3 })]);
    expect(await show()).toMatchObject({ price_minor: 310, is_undecided: true });
  });

  it('of a head office that was set back makes undecided again what it has forgotten that it decided', async () => {
    await edit({ price: '3.10' });
    shop.send('company', [productRow(tea, { version: 2, price_minor: 310 }), decided(headSeq())]);
    shop.send('company', [...companyRows, taxRow, teaRow, ryeRow], 'begin', 'tag-2');
    shop.send('company', [], 'end', 'tag-2');
    expect(await show()).toMatchObject({ price_minor: 310, is_undecided: true });
  });
});

it('comes out of rebuild as it was, and is laid over the first snapshot', async () => {
  await edit({ price: '3.10' });
  const { product } = await shop.manager.client.product.create(newTea);
  const path = `${shop.path}.new`;
  shop.till.close();
  const from = openTillFile(shop.path, { create: false, migrations: tillMigrations });
  const into = openTillFile(path, { create: true, migrations: tillMigrations });
  try {
    expect(rebuildTill(from.reader, into.writer)).toMatchObject({ bad: null, unknown_kinds: 0 });
    expect(compareProjections(from.reader, into.reader)).toEqual([]);
    const { count } = into.reader.connection
      .prepare<[], { count: number }>('SELECT count(*) AS count FROM product_proposals')
      .get() ?? { count: 0 };
    expect(count).toBe(2);
  } finally {
    from.close();
    into.close();
  }
  expect(product).toBeDefined();
});
