import type { TillContract } from '../../../shared/contract/till.ts';
import type { MovementId } from '../../../shared/ids.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { findProduct } from '../product/repository.ts';
import { checkMovement } from '../quantity.ts';
import { stockLevel } from './level.ts';
import { listStock } from './list.ts';

export const stockHandlers: Handlers<TillContract['stock']> = {
  levels: ({ db }, input) => ({ levels: input.products.map((product) => ({ product, ...stockLevel(db, product) })) }),

  list: ({ db }, input) => listStock(db, input),

  adjust: (context, input) => {
    const lines = input.lines.map(({ product, quantity_milli }) => {
      const found = findProduct(context.db, product) ?? fail('record.not_found', { product });
      checkMovement(quantity_milli, found.unit);
      return { product, sku: found.sku, quantity_milli };
    });
    context.append('stock.adjusted', { adjustment: context.newId<MovementId>(), reason: input.reason, lines });
    context.changed('catalogue');
    return { lines: lines.length };
  },
};
