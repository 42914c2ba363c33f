import { type ProductId, uuidToBytes } from '../../../shared/ids.ts';
import { fields, type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { sql } from 'kysely';

const move = writes<{ product_key: number; own_milli: number; sold_milli: number }>()((q, p) =>
  q
    .insertInto('stock_levels')
    .values(fields(p, 'product_key', 'own_milli', 'sold_milli'))
    .onConflict((conflict) =>
      conflict.column('product_key').doUpdateSet((eb) => ({
        own_milli: eb('stock_levels.own_milli', '+', eb.ref('excluded.own_milli')),
        sold_milli: eb('stock_levels.sold_milli', '+', eb.ref('excluded.sold_milli')),
      })),
    ),
);
const levels = reads<{ product: Uint8Array }>()((q, p) =>
  q
    .selectFrom('product_keys')
    .leftJoin('stock_levels', 'stock_levels.product_key', 'product_keys.key')
    .select((eb) => [
      sql<number>`coalesce(stock_levels.own_milli, 0)`.as('own_milli'),
      eb
        .selectFrom('stock_elsewhere')
        .select(sql<number>`coalesce(sum(level_milli), 0)`.as('level'))
        .whereRef('stock_elsewhere.product_key', '=', 'product_keys.key')
        .as('elsewhere_milli'),
      eb
        .selectFrom('stock_corrections')
        .select('correction_milli')
        .whereRef('stock_corrections.product_key', '=', 'product_keys.key')
        .as('correction_milli'),
    ])
    .where('product_keys.product', '=', p.product),
);

/** Adds a movement to a product's level; `sold_milli` is what of it was sold, by which search ranks. */
export function moveStock(db: WriteDb, productKey: number, own_milli: number, sold_milli: number): void {
  move.run(db, { product_key: productKey, own_milli, sold_milli });
}

/** This till's own level of a product, and the store's as far as this till knows: own, others', correction. Both 0 for a product never moved. */
export function stockLevel(
  db: ReadDb,
  product: ProductId,
): { readonly own_milli: number; readonly store_milli: number } {
  const row = levels.get(db, { product: uuidToBytes(product) });
  const own = row?.own_milli ?? 0;
  return { own_milli: own, store_milli: own + (row?.elsewhere_milli ?? 0) + (row?.correction_milli ?? 0) };
}
