/** The stock of the whole catalogue, page by page. */
import { sql } from 'kysely';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import { type ProductId, uuidFromBytes } from '../../../shared/ids.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import type { Unit } from '../product/repository.ts';
import { containsText, type Sought, soughtOrAll } from '../product/sought.ts';

type Listed = OutputOf<TillContract['stock']['list']>;

/** The store's level of a product as far as this till knows: own, others', and what the head office corrected. */
const level = sql<number>`coalesce((SELECT own_milli FROM stock_levels s WHERE s.product_key = products.key), 0)
  + coalesce((SELECT sum(level_milli) FROM stock_elsewhere e WHERE e.product_key = products.key), 0)
  + coalesce((SELECT correction_milli FROM stock_corrections c WHERE c.product_key = products.key), 0)`;

type Asked = Sought & { everything: 0 | 1 };
const asked = (p: { readonly [Name in keyof Asked]: ReturnType<typeof sql<Asked[Name]>> }) =>
  sql<boolean>`products.active = 1 AND products.stocked = 1 AND (${p.everything} = 1 OR (${containsText(p)}))`;
const columns = ['product_keys.product', 'products.sku', 'products.name', 'products.unit'] as const;
const page = reads<Asked & { limit: number; offset: number }>()((q, p) =>
  q
    .selectFrom('products')
    .innerJoin('product_keys', 'product_keys.key', 'products.key')
    .select([...columns, level.as('store_milli')])
    .where(asked(p))
    .orderBy(sql`products.name COLLATE NOCASE`)
    .orderBy('products.key')
    .limit(p.limit)
    .offset(p.offset),
);
const count = reads<Asked>()((q, p) =>
  q
    .selectFrom('products')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(asked(p)),
);
const countNegative = reads()((q) =>
  q
    .selectFrom('products')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(sql<boolean>`products.active = 1 AND products.stocked = 1 AND ${level} < 0`),
);
// The limit keeps the inner query apart: by the order of names SQLite would look up row by row, at seven times the cost.
const negative = reads<Asked>()((q, p) =>
  q
    .selectFrom(
      sql<{ key: number; store_milli: number }>`(SELECT key, ${level} AS store_milli FROM products
        WHERE ${asked(p)} AND ${level} < 0 LIMIT -1)`.as('found'),
    )
    .innerJoin('products', 'products.key', 'found.key')
    .innerJoin('product_keys', 'product_keys.key', 'found.key')
    .select([...columns, 'found.store_milli'])
    .orderBy(sql`products.name COLLATE NOCASE`)
    .orderBy('products.key'),
);

/** One page of the stock by name, how many there are, and how many of all are below nothing. */
export function listStock(
  db: ReadDb,
  input: { readonly text: string; readonly only: 'all' | 'negative'; readonly offset: number; readonly limit: number },
): Listed {
  const { limit, offset } = input;
  const sought = soughtOrAll(db, input.text);
  if (input.only === 'all') {
    const products = page.all(db, { ...sought, limit, offset }).map(shown);
    return { products, total: count.one(db, sought).total, negative: countNegative.one(db, {}).total };
  }
  const found = negative.all(db, sought);
  return {
    products: found.slice(offset, offset + limit).map(shown),
    total: found.length,
    negative: sought.everything === 1 ? found.length : countNegative.one(db, {}).total,
  };
}

function shown(row: {
  readonly product: Uint8Array;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly store_milli: number;
}): Listed['products'][number] {
  // The unit was written by putProduct, from bodies and feed rows whose schemas name these.
  return { ...row, product: uuidFromBytes<ProductId>(row.product), unit: row.unit as Unit };
}
