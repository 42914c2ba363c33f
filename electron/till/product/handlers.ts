import type { TillContract } from '../../../shared/contract/till.ts';
import type { ProductId } from '../../../shared/ids.ts';
import type { ReadDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { listDecisions } from '../proposal/decisions.ts';
import { proposeEdit, proposeProduct } from '../proposal/propose.ts';
import { dismissDecision } from '../proposal/repository.ts';
import { isReadOnly, refuseReadOnly } from '../settings/authority.ts';
import { settingsOf } from '../settings/read.ts';
import { readFields, refuseTaken } from './fields.ts';
import { findProductKey } from './key.ts';
import { hitsOf, listProducts, productAnswer, type ProductAnswer, tilesOf } from './list.ts';
import { type CatalogueProduct, catalogueProduct, type ProductFields } from './repository.ts';
import { listCategories } from './categories.ts';
import { revisionOf } from './revision.ts';
import { listTaxes, refuseTakenCode } from './taxes.ts';
import { searchMaking, searchProducts } from './search.ts';

export const productHandlers: Handlers<TillContract['product']> = {
  search: ({ db }, { text, limit }) => ({
    products: hitsOf(db, searchProducts(db, text, limit)),
    making: searchMaking(db),
  }),

  tiles: ({ db }, { category, limit }) => ({ products: tilesOf(db, category, limit) }),

  list: ({ db }, asked) => ({ ...listProducts(db, asked), is_proposed: isReadOnly(db) }),

  show: ({ db }, { product }) => answerOf(db, product),

  create: (context, typed) => {
    const read = readFields(context.db, typed, settingsOf(context.db).currency);
    // Every field of a new product was typed, and active it is from the start.
    const fields = { ...read, active: true } as ProductFields;
    refuseTaken(context.db, fields, noKey);
    const product = context.newId<ProductId>();
    if (isReadOnly(context.db)) proposeProduct(context, product, fields);
    else context.append('product.created', { product, ...fields });
    context.changed('catalogue');
    return answerOf(context.db, product);
  },

  edit: (context, { product, against, changes: typed }) => {
    const before = catalogueOf(context.db, product);
    if (revisionOf(before) !== against) fail('record.changed');
    const changes = readFields(context.db, typed, settingsOf(context.db).currency);
    refuseTaken(context.db, { ...before, ...changes }, before.key);
    if (isReadOnly(context.db)) proposeEdit(context, before, changes);
    else context.append('product.edited', { product, against: before.version, changes });
    context.changed('catalogue');
    return answerOf(context.db, product);
  },

  decisions: ({ db }, { product }) => ({ decisions: listDecisions(db, product) }),

  dismiss_decision: (context, { field, product, seq }) => {
    dismissDecision(context.db, catalogueOf(context.db, product).key, field, seq);
    context.changed('catalogue');
    return {};
  },
};

export const catalogueHandlers: Handlers<TillContract['catalogue']> = {
  categories: ({ db }) => ({ categories: listCategories(db), read_only: isReadOnly(db) }),

  record_category: (context, category) => {
    refuseReadOnly(context.db);
    context.append('category.recorded', category);
    context.changed('catalogue');
    return category;
  },

  taxes: ({ db }) => ({ taxes: listTaxes(db), read_only: isReadOnly(db) }),

  record_tax: (context, tax) => {
    refuseReadOnly(context.db);
    refuseTakenCode(context.db, tax);
    context.append('tax.recorded', tax);
    context.changed('catalogue');
    return tax;
  },
};

/** Keys begin at 1: no row has this one. */
const noKey = 0;

function catalogueOf(db: ReadDb, product: ProductId): CatalogueProduct {
  const key = findProductKey(db, product);
  const found = key === undefined ? undefined : catalogueProduct(db, key);
  return found ?? fail('record.not_found', { product });
}

function answerOf(db: ReadDb, product: ProductId): ProductAnswer {
  const key = findProductKey(db, product);
  const found = key === undefined ? undefined : productAnswer(db, key);
  return found ?? fail('record.not_found', { product });
}
