/** A head office that is newer than its till: what the till can't read is kept, and read once the till was updated. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { feedRows } from '../../shared/feed/rows.ts';
import type { CategoryId } from '../../shared/ids.ts';
import { productRow, taxRow, tea, teaRow } from './support/feed-goods.ts';
import { companyRows, joinedShop, type JoinedTill, row } from './support/joined.ts';
import { opening, type Seat, seededRandom, testSecrets, uuidAt } from './support/till.ts';

let shop: JoinedTill & { readonly manager: Seat };
const reads: Record<string, unknown> = feedRows;
const all = { ...feedRows };

beforeEach(async () => {
  shop = await joinedShop();
});

afterEach(() => {
  Object.assign(reads, all);
  shop.end();
});

/** The till as it was before it knew a kind. */
const forget = (kind: keyof typeof feedRows) => Reflect.deleteProperty(reads, kind);
/** An update, and a start of the PC. */
const update = () => {
  Object.assign(reads, all);
  shop.restart();
};
const category = uuidAt<CategoryId>(opening, seededRandom('category'));
const drinks = (name: string) => ({
  ...row('category', { category, name, tint: 'drinks', position: 1, active: true }),
  key: category,
});
const names = async () => (await shop.manager.client.catalogue.categories({})).categories.map(({ name }) => name);
const kept = () => {
  const file = openTillFileToRead(shop.path);
  const rows = file.connection
    .prepare<[], { kind: string; wrapped: Uint8Array }>('SELECT kind, wrapped FROM unread_rows ORDER BY kind')
    .all();
  file.close();
  return rows;
};

describe('a kind that the till does not know', () => {
  it('moves the cursor, is kept in its newest form, and is there after the update, without the head office', async () => {
    forget('category');
    shop.send('company', [drinks('Drinks'), taxRow, drinks('Cold drinks')]);
    expect(shop.till.sync.cursors().company?.position).toBe(companyRows.length + 3);
    expect(kept().map(({ kind }) => kind)).toEqual(['category']);
    shop.restart();
    expect(await names()).toEqual([]);
    update();
    expect(await names()).toEqual(['Cold drinks']);
    expect(kept()).toEqual([]);
    expect((await shop.manager.client.catalogue.taxes({})).taxes).toHaveLength(1);
  });

  it('is kept in no form that anybody could read who has the file', () => {
    forget('category');
    shop.send('company', [drinks('A secret')]);
    for (const { wrapped } of kept()) expect(Buffer.from(wrapped).toString('latin1')).not.toContain('secret');
  });

  it('is kept anew by a snapshot: what that does not name is not kept either', async () => {
    forget('category');
    const other = { ...drinks('Old'), key: 'another' };
    shop.send('company', [other]);
    shop.send('company', [...companyRows, drinks('Drinks')], 'begin', 'tag-2');
    shop.send('company', [], 'end', 'tag-2');
    update();
    expect(await names()).toEqual(['Drinks']);
  });

  it('of a head office that names no keys is kept row by row, and read in their order', async () => {
    forget('category');
    for (const name of ['Drinks', 'Cold drinks']) {
      const { kind, row: fields } = drinks(name);
      shop.send('company', [{ kind, row: fields }]);
    }
    update();
    expect(await names()).toEqual(['Cold drinks']);
  });

  it('that another PC kept is dropped, and its stream is taken anew', async () => {
    forget('category');
    shop.send('company', [drinks('Drinks')]);
    Object.assign(shop.ports.secrets, testSecrets(0x11));
    update();
    expect(shop.till.sync.cursors()).toMatchObject({ company: null, store: { tag: 'tag-1' } });
    expect(kept()).toEqual([]);
  });
});

describe('a row of a known kind', () => {
  const deposit = z.looseObject({ ...feedRows.product.shape, deposit_minor: z.int() });

  it('with a field that the till does not know is applied, and kept whole for the version that does', async () => {
    shop.send('company', [taxRow, { kind: 'product', row: { ...(teaRow.row as object), deposit_minor: 25 } }]);
    expect(await shop.manager.client.product.show({ product: tea })).toMatchObject({ price_minor: 295 });
    expect(kept().map(({ kind }) => kind)).toEqual(['product']);
    shop.restart();
    expect(kept()).toHaveLength(1);
    reads['product'] = deposit;
    shop.restart();
    expect(kept()).toEqual([]);
  });

  it('with a value that the till does not know is left out, kept, and applied when it does', async () => {
    // Before there were grams.
    reads['product'] = z.looseObject({ ...feedRows.product.shape, unit: z.enum(['piece', 'kg']) });
    shop.send('company', [taxRow, teaRow, productRow(tea, { version: 2, unit: 'g' })]);
    expect(await shop.manager.client.product.show({ product: tea })).toMatchObject({ unit: 'piece' });
    update();
    expect(await shop.manager.client.product.show({ product: tea })).toMatchObject({ unit: 'g' });
  });

  it('that came again in a form that can be read takes the place of the one that was kept', async () => {
    shop.send('company', [taxRow, { kind: 'product', row: { ...(teaRow.row as object), deposit_minor: 25 } }]);
    shop.send('company', [productRow(tea, { version: 2, price_minor: 310 })]);
    expect(kept()).toEqual([]);
    reads['product'] = deposit;
    shop.restart();
    expect(await shop.manager.client.product.show({ product: tea })).toMatchObject({ price_minor: 310 });
  });
});
