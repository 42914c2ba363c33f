import type { Projectors } from '../journal/projector.ts';
import { findProductKey, productKey } from './key.ts';
import { catalogueProduct, putProduct } from './repository.ts';
import { putCategory } from './categories.ts';
import { putTax } from './taxes.ts';
import { indexProduct } from './search.ts';

/** The catalogue of a standalone shop: the journal is its only author. */
export const catalogueProjectors: Projectors<
  'tax.recorded' | 'category.recorded' | 'product.created' | 'product.edited'
> = {
  'tax.recorded': (db, _entry, body) => {
    putTax(db, body);
  },
  'category.recorded': (db, _entry, body) => {
    putCategory(db, body);
  },
  'product.created': (db, _entry, { product, ...fields }) => {
    const row = { ...fields, key: productKey(db, product), version: 1 };
    putProduct(db, row);
    indexProduct(db, row);
  },
  'product.edited': (db, entry, body) => {
    const key = findProductKey(db, body.product);
    const before = key === undefined ? undefined : catalogueProduct(db, key);
    if (before === undefined) throw new Error(`entry ${entry.seq} edits a product that was never created`);
    const row = { ...before, ...definedOf(body.changes), version: body.against + 1 };
    putProduct(db, row);
    indexProduct(db, row);
  },
};

/** Without the fields that are there but undefined, which would overwrite. */
function definedOf<Fields extends object>(
  fields: Fields,
): { readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  // Only entries whose value is undefined are left out, as the type says.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
