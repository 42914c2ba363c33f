import type { TillContract } from '../../../shared/contract/till.ts';
import type { CountId, ProductId } from '../../../shared/ids.ts';
import { uuidFromBytes } from '../../../shared/ids.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { categoryName, hasCategory } from '../product/categories.ts';
import { findProductKey } from '../product/key.ts';
import { staffName } from '../staff/payload.ts';
import { stockLevel } from '../stock/level.ts';
import { countProduct, scanned, theTake } from './count.ts';
import { openDifferences, postedDifferences, postedTakes, sheetOf } from './lines.ts';
import { postTake } from './post.ts';
import {
  endTake,
  findTake,
  markNow,
  type OpenTake,
  progressOf,
  removeLine,
  startTake,
  uncountedProducts,
  writeLine,
} from './repository.ts';

function keyOf(context: CommandContext, product: ProductId): number {
  return findProductKey(context.db, product) ?? fail('record.not_found', { product });
}

export const stockTakeHandlers: Handlers<TillContract['stock_take']> = {
  current: ({ db }) => {
    const take = findTake(db);
    if (take === undefined) return { take: null };
    const { count, scope, category, opened_at, opened_by } = take;
    return {
      take: {
        count,
        scope,
        category: category === null ? null : (categoryName(db, category) ?? ''),
        opened_at,
        opened_by: opened_by === null ? '' : staffName(db, opened_by),
        ...progressOf(db),
      },
    };
  },

  open: (context, { scope }) => {
    if (findTake(context.db) !== undefined) return fail('stock_take.already_open');
    if (scope.kind === 'category' && !hasCategory(context.db, scope.category))
      return fail('record.not_found', { category: scope.category });
    const take: OpenTake = {
      count: context.newId<CountId>(),
      scope: scope.kind,
      category: scope.kind === 'category' ? scope.category : null,
      opened_at: new Date(context.now).toISOString(),
      opened_by: context.actor?.staff ?? null,
    };
    startTake(
      context.db,
      take,
      scope.kind === 'products' ? scope.products.map((product) => keyOf(context, product)) : [],
    );
    context.changed('stock');
    return { count: take.count };
  },

  lines: ({ db }, { count, ...asked }) => {
    theTake(db, count);
    return sheetOf(db, asked);
  },

  scan: (context, { count, barcode }) => {
    theTake(context.db, count);
    const { key, quantity_milli } = scanned(context.db, barcode);
    return countProduct(context, key, quantity_milli, 'add');
  },

  enter: (context, { count, product, quantity_milli, how }) => {
    theTake(context.db, count);
    return countProduct(context, keyOf(context, product), quantity_milli, how);
  },

  uncount: (context, { count, product }) => {
    theTake(context.db, count);
    const key = findProductKey(context.db, product);
    if (key !== undefined) removeLine(context.db, key);
    context.changed('stock');
    return {};
  },

  differences: ({ db }, { count, ...asked }) => {
    theTake(db, count);
    return { ...openDifferences(db, asked), uncounted: uncountedProducts.all(db, {}).length };
  },

  rest_is_none: (context, { count }) => {
    const { db } = context;
    theTake(db, count);
    const rest = uncountedProducts.all(db, {});
    const mark_key = markNow(db);
    const counted_at = new Date(context.now).toISOString();
    for (const { key, product } of rest) {
      const known_milli = stockLevel(db, uuidFromBytes<ProductId>(product)).store_milli;
      writeLine(db, { product_key: key, counted_milli: 0, known_milli, counted_at, mark_key });
    }
    context.changed('stock');
    return { lines: rest.length };
  },

  post: (context, { count }) => postTake(context, theTake(context.db, count)),

  discard: (context, { count }) => {
    theTake(context.db, count);
    endTake(context.db);
    context.changed('stock');
    return {};
  },

  list: ({ db }, { limit }) => ({ counts: postedTakes(db, limit) }),

  show: ({ db }, asked) => postedDifferences(db, asked) ?? fail('record.not_found', { count: asked.count }),
};
