/** Writing down what is on the shelf. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import type { CountId } from '../../../shared/ids.ts';
import { readLabel } from '../../../shared/product/label.ts';
import type { CommandContext } from '../context.ts';
import type { ReadDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import { labelPatterns } from '../product/label-patterns.ts';
import { catalogueProduct, type CatalogueProduct, findKeyByBarcode } from '../product/repository.ts';
import { checkCounted } from '../quantity.ts';
import { stockLevel } from '../stock/level.ts';
import { findLine, findTake, isInTake, markNow, type OpenTake, writeLine } from './repository.ts';

type Counted = OutputOf<TillContract['stock_take']['scan']>;

/** The take that the caller means; fails with `stock_take.not_open`, also where another is open by now. */
export function theTake(db: ReadDb, count: CountId): OpenTake {
  const take = findTake(db);
  return take === undefined || take.count !== count ? fail('stock_take.not_open') : take;
}

/** What a barcode stands for on a shelf: a product, and how much of it one scan says is there. */
export function scanned(db: ReadDb, barcode: string): { readonly key: number; readonly quantity_milli: number } {
  const exact = findKeyByBarcode(db, barcode);
  if (exact !== undefined) return { key: exact, quantity_milli: 1000 };
  for (const label of readLabel(barcode, labelPatterns)) {
    const key = findKeyByBarcode(db, label.base_gtin);
    // A priced label doesn't say how much is in the pack.
    if (key === undefined || label.value !== 'weight_grams') continue;
    const isInGrams = catalogueProduct(db, key)?.unit === 'g';
    return { key, quantity_milli: isInGrams ? label.weight_grams * 1000 : label.weight_grams };
  }
  return fail('barcode.unknown', { barcode });
}

/**
 * Counts so much of a product. What is added belongs to the moment of the line's first pass: what was sold between two
 * passes was on the shelf that was counted first. A quantity instead of the one before begins the line anew.
 */
export function countProduct(
  context: CommandContext,
  key: number,
  quantity_milli: number,
  how: 'add' | 'replace',
): Counted {
  const { db } = context;
  const product = catalogueProduct(db, key) ?? fail('record.not_found');
  if (!product.stocked) fail('product.not_stocked', { name: product.name });
  if (!product.active) fail('record.inactive', { name: product.name });
  if (!isInTake(db, key)) fail('stock_take.not_in_scope', { name: product.name });
  const before = how === 'add' ? findLine(db, key) : undefined;
  const counted_milli = (before?.counted_milli ?? 0) + quantity_milli;
  checkCounted(quantity_milli, product.unit);
  checkCounted(counted_milli, product.unit);
  const line = {
    ...(before ?? {
      known_milli: stockLevel(db, product.product).store_milli,
      counted_at: new Date(context.now).toISOString(),
      mark_key: markNow(db),
    }),
    product_key: key,
    counted_milli,
  };
  writeLine(db, line);
  context.changed('stock');
  return shown(product, line);
}

function shown(
  { name, product, sku, unit }: CatalogueProduct,
  { counted_at, counted_milli }: { readonly counted_at: string; readonly counted_milli: number },
): Counted {
  return { product, sku, name, unit, counted_milli, counted_at };
}
