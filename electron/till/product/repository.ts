/** Products and their barcodes as rows. The same tables hold a shop's own catalogue and a replica. */
import { sql } from 'kysely';
import type { z } from 'zod';
import { type CategoryId, type ProductId, type TaxId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import type { productFields } from '../../../shared/journal/kinds/catalogue-kinds.ts';
import type { unit } from '../../../shared/journal/kinds/fields.ts';
import { normaliseGtin } from '../../../shared/product/gtin.ts';
import type { TaxToApply } from '../../../shared/sale/basket-to-price.ts';
import { type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { fail } from '../failure.ts';
import { findProductKey } from './key.ts';
import { findTax } from './taxes.ts';

export type Unit = z.infer<typeof unit>;
export type ProductFields = z.infer<z.ZodObject<typeof productFields>>;

/** A product as the catalogue holds it. */
export interface CatalogueProduct extends Readonly<ProductFields> {
  readonly key: number;
  readonly product: ProductId;
  readonly version: number;
}

/** What a line has to know of its product: enough for a snapshot, read by two prepared statements. */
export interface ProductToSell {
  readonly key: number;
  readonly product: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly unit: Unit;
  /** Null: open price. */
  readonly price_minor: number | null;
  readonly category: CategoryId | null;
  readonly taxes: readonly TaxToApply<TaxId>[];
  readonly stocked: boolean;
  readonly active: boolean;
}

const columns = [
  'products.key',
  'products.version',
  'products.sku',
  'products.name',
  'products.unit',
  'products.price_minor',
  'products.category',
  'products.taxes',
  'products.stocked',
  'products.active',
] as const;

// `+` before a parameter, and literals: SQLite would otherwise plan a join anew at each run, to look at what was bound; ten
// times the cost of running it, at every scan.
const byKey = reads<{ key: number }>()((q, p) =>
  q
    .selectFrom('products')
    .innerJoin('product_keys', 'product_keys.key', 'products.key')
    .select([...columns, 'product_keys.product'])
    .where('products.key', '=', sql<number>`+${p.key}`),
);
// A clash of two shops' barcodes must not stop a feed, so that there may be two: the active one, then the older one.
const byBarcode = reads<{ barcode: string }>()((q, p) =>
  q
    .selectFrom('product_barcodes')
    .innerJoin('products', 'products.key', 'product_barcodes.product_key')
    .select('products.key')
    .where('product_barcodes.barcode', '=', sql<string>`+${p.barcode}`)
    .orderBy('products.active', 'desc')
    .orderBy('products.key')
    .limit(sql.lit(1)),
);
const activeBySku = reads<{ sku: string }>()((q, p) =>
  q
    .selectFrom('products')
    .select('key')
    .where('sku', '=', sql<string>`+${p.sku}`)
    .where('active', '=', sql.lit(1))
    .orderBy('key')
    .limit(sql.lit(2)),
);
const activeByBarcode = reads<{ barcode: string; except: number }>()((q, p) =>
  q
    .selectFrom('product_barcodes')
    .innerJoin('products', 'products.key', 'product_barcodes.product_key')
    .select(['products.sku', 'products.name'])
    .where('product_barcodes.barcode', '=', sql<string>`+${p.barcode}`)
    .where('products.active', '=', sql.lit(1))
    .where('products.key', '!=', sql<number>`+${p.except}`)
    .limit(sql.lit(1)),
);
const barcodesOf = reads<{ key: number }>()((q, p) =>
  q.selectFrom('product_barcodes').select('barcode').where('product_key', '=', p.key).orderBy('position'),
);
const upsert = writes<{
  key: number;
  version: number;
  sku: string;
  name: string;
  unit: string;
  price_minor: number | null;
  category: Uint8Array | null;
  taxes: string;
  stocked: 0 | 1;
  active: 0 | 1;
}>()((q, p) =>
  q.replaceInto('products').values({
    key: p.key,
    version: p.version,
    sku: p.sku,
    name: p.name,
    unit: p.unit,
    price_minor: p.price_minor,
    category: p.category,
    taxes: p.taxes,
    stocked: p.stocked,
    active: p.active,
  }),
);
const deleteProduct = writes<{ key: number }>()((q, p) => q.deleteFrom('products').where('key', '=', p.key));
const deleteBarcodes = writes<{ key: number }>()((q, p) =>
  q.deleteFrom('product_barcodes').where('product_key', '=', p.key),
);
const insertBarcode = writes<{ barcode: string; product_key: number; position: number }>()((q, p) =>
  q
    .insertInto('product_barcodes')
    .values({ barcode: p.barcode, product_key: p.product_key, position: p.position })
    .onConflict((conflict) => conflict.doNothing()),
);
interface Row {
  readonly key: number;
  readonly product: Uint8Array;
  readonly version: number;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly price_minor: number | null;
  readonly category: Uint8Array | null;
  readonly taxes: string;
  readonly stocked: 0 | 1;
  readonly active: 0 | 1;
}

function common(row: Row) {
  return {
    key: row.key,
    product: uuidFromBytes<ProductId>(row.product),
    sku: row.sku,
    name: row.name,
    // Written by putProduct below, from bodies and feed rows whose schemas name these units.
    unit: row.unit as Unit,
    price_minor: row.price_minor,
    category: row.category === null ? null : uuidFromBytes<CategoryId>(row.category),
    stocked: row.stocked === 1,
    active: row.active === 1,
  };
}

// Written by putProduct below as an array of UUIDs.
const taxIds = (row: Pick<Row, 'taxes'>) => JSON.parse(row.taxes) as TaxId[];

/**
 * The taxes of a line, with code and rate as they stand now. A tax that was made inactive still applies to the products
 * that name it: nobody may give it to others, but nothing is sold untaxed by accident. One that this till does not know
 * (the feed is still on its way) fails with `record.not_found`, for the same reason.
 */
function taxesToApply(db: ReadDb, row: Row): TaxToApply<TaxId>[] {
  return taxIds(row).map((tax) => {
    return findTax(db, tax) ?? fail('record.not_found', { tax });
  });
}

function toSell(db: ReadDb, key: number | undefined): ProductToSell | undefined {
  const row = key === undefined ? undefined : byKey.get(db, { key });
  return row === undefined ? undefined : { ...common(row), taxes: taxesToApply(db, row) };
}

/** A product as a line needs it, the inactive too; undefined when the catalogue has none. */
export function findProduct(db: ReadDb, product: ProductId): ProductToSell | undefined {
  return toSell(db, findProductKey(db, product));
}

/**
 * The product that a barcode names: the exact text first, then the same GTIN in another length (a UPC-A read as EAN-13).
 * The inactive too, when no active product has it.
 */
export function findByBarcode(db: ReadDb, barcode: string): ProductToSell | undefined {
  return toSell(db, findKeyByBarcode(db, barcode));
}

/** As {@link findByBarcode}, but only the product's key. */
export function findKeyByBarcode(db: ReadDb, barcode: string): number | undefined {
  const exact = byBarcode.get(db, { barcode });
  if (exact !== undefined) return exact.key;
  for (const other of sameGtins(barcode)) {
    const found = byBarcode.get(db, { barcode: other });
    if (found !== undefined) return found.key;
  }
  return undefined;
}

/** The other lengths in which the same GTIN may be written; none for a text that is no GTIN. */
function sameGtins(barcode: string): string[] {
  const full = normaliseGtin(barcode);
  if (full === null) return [];
  return [14, 13, 12, 8]
    .filter((length) => /^0*$/.test(full.slice(0, 14 - length)))
    .map((length) => full.slice(14 - length))
    .filter((text) => text !== barcode);
}

/** The keys of the active products with exactly this SKU: at most one in a shop's own catalogue. */
export function findKeysBySku(db: ReadDb, sku: string): number[] {
  return activeBySku.all(db, { sku }).map(({ key }) => key);
}

/** Another active product that has this barcode, in whatever length its GTIN is written. */
export function barcodeHolder(
  db: ReadDb,
  barcode: string,
  exceptKey: number,
): { readonly sku: string; readonly name: string } | undefined {
  for (const text of [barcode, ...sameGtins(barcode)]) {
    const found = activeByBarcode.get(db, { barcode: text, except: exceptKey });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A product as the catalogue holds it, barcodes and all. */
export function catalogueProduct(db: ReadDb, key: number): CatalogueProduct | undefined {
  const row = byKey.get(db, { key });
  if (row === undefined) return undefined;
  return {
    ...common(row),
    version: row.version,
    taxes: taxIds(row),
    barcodes: barcodesOf.all(db, { key }).map(({ barcode }) => barcode),
  };
}

/** Writes a product whole, as it is from now on. Search is told apart, since bulk loads tell it once at their end. */
export function putProduct(db: WriteDb, row: Omit<CatalogueProduct, 'product'>): void {
  upsert.run(db, {
    key: row.key,
    version: row.version,
    sku: row.sku,
    name: row.name,
    unit: row.unit,
    price_minor: row.price_minor,
    category: row.category === null ? null : uuidToBytes(row.category),
    taxes: JSON.stringify(row.taxes),
    stocked: row.stocked ? 1 : 0,
    active: row.active ? 1 : 0,
  });
  deleteBarcodes.run(db, { key: row.key });
  for (const [position, barcode] of row.barcodes.entries()) {
    insertBarcode.run(db, { barcode, product_key: row.key, position });
  }
}

/** Takes a product out of the catalogue that turned out not to be in it. Its key stays: lines may name it. */
export function dropProduct(db: WriteDb, key: number): void {
  deleteProduct.run(db, { key });
  deleteBarcodes.run(db, { key });
}
