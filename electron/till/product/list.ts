/** Products as lists and screens show them. */
import { sql } from 'kysely';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import { type CategoryId, type ProductId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { hasUndecided } from '../proposal/repository.ts';
import { stockLevel } from '../stock/level.ts';
import { catalogueProduct, type Unit } from './repository.ts';
import { revisionOf } from './revision.ts';
import { containsText, type Sought, soughtBy } from './sought.ts';

export type ProductAnswer = OutputOf<TillContract['product']['show']>;
export type ProductHit = OutputOf<TillContract['product']['search']>['products'][number];

const hitColumns = [
  'product_keys.product',
  'products.sku',
  'products.name',
  'products.unit',
  'products.price_minor',
  'products.category',
] as const;

// `+` before a parameter, and literals: see repository.ts.
const hit = reads<{ key: number }>()((q, p) =>
  q
    .selectFrom('products')
    .innerJoin('product_keys', 'product_keys.key', 'products.key')
    .select(hitColumns)
    .where('products.key', '=', sql<number>`+${p.key}`)
    .where('products.active', '=', sql.lit(1)),
);
const mostSold = reads<{ limit: number }>()((q, p) =>
  q
    .selectFrom('search_ranks')
    .innerJoin('products', 'products.key', 'search_ranks.product_key')
    .innerJoin('product_keys', 'product_keys.key', 'products.key')
    .select(hitColumns)
    .where('products.active', '=', sql.lit(1))
    .orderBy('search_ranks.rank')
    .limit(sql<number>`+${p.limit}`),
);
const ofCategory = reads<{ category: Uint8Array; limit: number }>()((q, p) =>
  q
    .selectFrom('products')
    .innerJoin('product_keys', 'product_keys.key', 'products.key')
    .leftJoin('search_ranks', 'search_ranks.product_key', 'products.key')
    .select(hitColumns)
    .where('products.category', '=', sql<Uint8Array>`+${p.category}`)
    .where('products.active', '=', sql.lit(1))
    .orderBy(sql`search_ranks.rank NULLS LAST`)
    .orderBy('products.key')
    .limit(sql<number>`+${p.limit}`),
);
const page = reads<{ any_active: 0 | 1; limit: number; offset: number }>()((q, p) =>
  q
    .selectFrom('products')
    .select('key')
    .where((eb) => eb.or([eb('active', '=', sql.lit(1)), eb(p.any_active, '=', sql<0 | 1>`1`)]))
    .orderBy(sql`name COLLATE NOCASE`)
    .orderBy('key')
    .limit(sql<number>`+${p.limit}`)
    .offset(p.offset),
);
const count = reads<{ any_active: 0 | 1 }>()((q, p) =>
  q
    .selectFrom('products')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where((eb) => eb.or([eb('active', '=', sql.lit(1)), eb(p.any_active, '=', sql<0 | 1>`1`)])),
);

const pageOf = reads<Sought & { limit: number; offset: number }>()((q, p) =>
  q
    .selectFrom('products')
    .select('key')
    .where(containsText(p))
    .orderBy(sql`name COLLATE NOCASE`)
    .orderBy('key')
    .limit(sql<number>`+${p.limit}`)
    .offset(p.offset),
);
const countOf = reads<Sought>()((q, p) =>
  q
    .selectFrom('products')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(containsText(p)),
);

type HitRow = Omit<ProductHit, 'product' | 'category' | 'unit'> & {
  readonly product: Uint8Array;
  readonly category: Uint8Array | null;
  readonly unit: string;
};

function toHit(row: HitRow): ProductHit {
  return {
    product: uuidFromBytes<ProductId>(row.product),
    sku: row.sku,
    name: row.name,
    // Written by putProduct from bodies and feed rows whose schemas name these units.
    unit: row.unit as Unit,
    price_minor: row.price_minor,
    category: row.category === null ? null : uuidFromBytes<CategoryId>(row.category),
  };
}

/** The active ones among these products, in the order of the keys. */
export function hitsOf(db: ReadDb, keys: readonly number[]): ProductHit[] {
  return keys.flatMap((key) => {
    const row = hit.get(db, { key });
    return row === undefined ? [] : [toHit(row)];
  });
}

/** The active products of a category, or of all with null, the most sold first. */
export function tilesOf(db: ReadDb, category: CategoryId | null, limit: number): ProductHit[] {
  const rows =
    category === null ? mostSold.all(db, { limit }) : ofCategory.all(db, { category: uuidToBytes(category), limit });
  return rows.map(toHit);
}

/** A product as a screen shows it, with its stock as far as this till knows. */
export function productAnswer(db: ReadDb, key: number): ProductAnswer | undefined {
  const found = catalogueProduct(db, key);
  if (found === undefined) return undefined;
  const { product, sku, name, unit, price_minor, category, taxes, barcodes, stocked, active } = found;
  const stock_milli = stocked ? stockLevel(db, product).store_milli : null;
  const is_undecided = hasUndecided(db, key);
  return {
    product,
    revision: revisionOf(found),
    sku,
    name,
    unit,
    price_minor,
    category,
    taxes,
    barcodes,
    stocked,
    active,
    stock_milli,
    is_undecided,
  };
}

/** One page of the catalogue by name, and how many there are in all. A text narrows it. */
export function listProducts(
  db: ReadDb,
  asked: { readonly text: string; readonly include_inactive: boolean; readonly offset: number; readonly limit: number },
): { readonly products: ProductAnswer[]; readonly total: number } {
  const { limit, offset } = asked;
  const anyActive = { any_active: asked.include_inactive ? (1 as const) : (0 as const) };
  const sought = soughtBy(db, asked.text, asked.include_inactive);
  const rows =
    sought === undefined ? page.all(db, { ...anyActive, limit, offset }) : pageOf.all(db, { ...sought, limit, offset });
  const { total } = sought === undefined ? count.one(db, anyActive) : countOf.one(db, sought);
  return { products: rows.flatMap(({ key }) => productAnswer(db, key) ?? []), total };
}
