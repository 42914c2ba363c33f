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

type Asked = Sought & { everything: 0 | 1; negative: 0 | 1 };
const asked = (p: { readonly [Name in keyof Asked]: ReturnType<typeof sql<Asked[Name]>> }) =>
  sql<boolean>`products.active = 1 AND products.stocked = 1 AND (${p.everything} = 1 OR (${containsText(p)}))
    AND (${p.negative} = 0 OR ${level} < 0)`;
const page = reads<Asked & { limit: number; offset: number }>()((q, p) =>
  q
    .selectFrom('products')
    .innerJoin('product_keys', 'product_keys.key', 'products.key')
    .select(['product_keys.product', 'products.sku', 'products.name', 'products.unit', level.as('store_milli')])
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

/** One page of the stock by name, how many there are, and how many of all are below nothing. */
export function listStock(
  db: ReadDb,
  input: { readonly text: string; readonly only: 'all' | 'negative'; readonly offset: number; readonly limit: number },
): Listed {
  const negative = input.only === 'negative' ? 1 : 0;
  const sought = { ...soughtOrAll(db, input.text), negative } as const;
  const rows = page.all(db, { ...sought, limit: input.limit, offset: input.offset });
  return {
    products: rows.map(({ name, product, sku, store_milli, unit }) => ({
      product: uuidFromBytes<ProductId>(product),
      sku,
      name,
      // Written by putProduct, from bodies and feed rows whose schemas name these units.
      unit: unit as Unit,
      store_milli,
    })),
    total: count.one(db, sought).total,
    negative: count.one(db, { ...soughtOrAll(db, ''), negative: 1 }).total,
  };
}
