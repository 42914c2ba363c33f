import { fields, writes } from '../db/statement.ts';
import type { Projectors } from '../journal/projector.ts';
import { productKey } from '../product/key.ts';
import { moveStock } from './level.ts';

const insertLine = writes<{ seq: number; n: number; product_key: number; quantity_milli: number }>()((q, p) =>
  q.insertInto('stock_adjustments').values(fields(p, 'seq', 'n', 'product_key', 'quantity_milli')),
);

export const stockProjectors: Projectors<'stock.adjusted'> = {
  'stock.adjusted': (db, entry, body) => {
    for (const [n, line] of body.lines.entries()) {
      const key = productKey(db, line.product);
      insertLine.run(db, { seq: entry.seq, n, product_key: key, quantity_milli: line.quantity_milli });
      moveStock(db, key, line.quantity_milli, 0);
    }
  },
};
