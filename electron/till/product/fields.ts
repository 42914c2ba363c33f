/** Reads what somebody typed about a product, and refuses what a catalogue can't hold. */
import type { InputOf } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import type { CategoryId, TaxId } from '../../../shared/ids.ts';
import { isGtin } from '../../../shared/product/gtin.ts';
import { readAmount } from '../amount.ts';
import type { ReadDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import { hasCategory } from './categories.ts';
import { findTax } from './taxes.ts';
import { barcodeHolder, findKeysBySku, type ProductFields } from './repository.ts';

/** What an operation is given of a product; in an edit, only what changes. */
type Typed = InputOf<TillContract['product']['edit']>['changes'];
type Writable = { -readonly [Name in keyof ProductFields]?: ProductFields[Name] };

/** Lengths of the barcodes that are GTINs; a text of another length, or with other signs, is the shop's own. */
const gtinShape = /^(?:\d{8}|\d{12,14})$/;

/**
 * The fields of a product as they are stored, for those that were typed. Prices are read in the store's currency.
 * Fails with `money.*`, `product.barcode_malformed`, and `record.not_found` for an unknown category or tax.
 */
export function readFields(db: ReadDb, typed: Typed, currency: string): Partial<ProductFields> {
  const fields: Writable = {};
  if (typed.sku !== undefined) fields.sku = typed.sku;
  if (typed.name !== undefined) fields.name = typed.name;
  if (typed.unit !== undefined) fields.unit = typed.unit;
  if (typed.price !== undefined) fields.price_minor = typed.price === null ? null : readAmount(typed.price, currency);
  if (typed.category !== undefined) fields.category = readCategory(db, typed.category);
  if (typed.taxes !== undefined) fields.taxes = readTaxes(db, typed.taxes);
  if (typed.barcodes !== undefined) fields.barcodes = readBarcodes(typed.barcodes);
  if (typed.stocked !== undefined) fields.stocked = typed.stocked;
  if (typed.active !== undefined) fields.active = typed.active;
  return fields;
}

/**
 * Refuses a SKU or barcode that another active product has: `product.sku_taken`, `product.barcode_taken`. An inactive
 * product holds neither; it is asked again when it becomes active.
 */
export function refuseTaken(
  db: ReadDb,
  product: Pick<ProductFields, 'sku' | 'barcodes' | 'active'>,
  ownKey: number,
): void {
  if (!product.active) return;
  if (findKeysBySku(db, product.sku).some((key) => key !== ownKey)) fail('product.sku_taken', { sku: product.sku });
  for (const barcode of product.barcodes) {
    const holder = barcodeHolder(db, barcode, ownKey);
    if (holder !== undefined) fail('product.barcode_taken', { barcode, ...holder });
  }
}

function readCategory(db: ReadDb, category: CategoryId | null): CategoryId | null {
  if (category !== null && !hasCategory(db, category)) fail('record.not_found', { category });
  return category;
}

function readTaxes(db: ReadDb, taxes: readonly TaxId[]): TaxId[] {
  for (const tax of taxes) if (findTax(db, tax) === undefined) fail('record.not_found', { tax });
  return [...new Set(taxes)];
}

function readBarcodes(barcodes: readonly string[]): string[] {
  for (const barcode of barcodes)
    if (gtinShape.test(barcode) && !isGtin(barcode)) fail('product.barcode_malformed', { barcode });
  return [...new Set(barcodes)];
}
