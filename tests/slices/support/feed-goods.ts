/** A small catalogue as the head office sends it. */
import type { ProductId, StaffId, TaxId } from '../../../shared/ids.ts';
import type { ProductFields } from '../../../electron/till/product/repository.ts';
import { row } from './joined.ts';
import { opening, seededRandom, uuidAt } from './till.ts';

const ids = seededRandom('feed');
export const vat = uuidAt<TaxId>(opening, ids);
export const tea = uuidAt<ProductId>(opening, ids);
export const rye = uuidAt<ProductId>(opening, ids);
export const sam = uuidAt<StaffId>(opening, ids);
export const gtin = '5000112637922';

export const taxRow = row('tax', { tax: vat, code: 'A', name: 'Standard', rate_millionths: 200_000, active: true });

type Fields = ProductFields & { readonly version: number };

const teaFields: Fields = {
  version: 1,
  sku: 'T-1',
  name: 'Breakfast Tea',
  unit: 'piece',
  price_minor: 295,
  category: null,
  taxes: [vat],
  barcodes: [gtin],
  stocked: true,
  active: true,
};
export const ryeFields: Fields = { ...teaFields, sku: 'B-1', name: 'Rye loaf', barcodes: [] };

/** A product that is tea but for what is said here. */
export const productRow = (product: ProductId, changes: Partial<Fields> = {}) =>
  row('product', { ...teaFields, ...changes, product });
export const teaRow = productRow(tea);
export const ryeRow = productRow(rye, ryeFields);
