/** What the form of a product holds, and what it sends: only what was changed. */
import type { CategoryId, ProductId, TaxId } from '../../../shared/ids.ts';
import type { Formatter } from '../../ui/index.ts';
import type { Given, Product } from '../data/operations.ts';

export interface ProductForm {
  readonly sku: string;
  readonly name: string;
  readonly unit: Product['unit'];
  /** As it is typed; empty for an open price. */
  readonly price: string;
  readonly category: CategoryId | null;
  readonly taxes: readonly TaxId[];
  readonly barcodes: readonly string[];
  readonly stocked: boolean;
}

export const units: readonly Product['unit'][] = ['piece', 'kg', 'g', 'l', 'm', 'm2', 'h'];

export function emptyForm(taxes: readonly TaxId[]): ProductForm {
  return { sku: '', name: '', unit: 'piece', price: '', category: null, taxes, barcodes: [], stocked: true };
}

export function formOf(product: Product, format: Formatter): ProductForm {
  const { barcodes, category, name, price_minor, sku, stocked, taxes, unit } = product;
  const price = price_minor === null ? '' : format.amount(price_minor);
  return { sku, name, unit, price, category, taxes, barcodes, stocked };
}

/** The price as the server reads it: with a point, or null for an open one. Undefined for what is no amount. */
function plainPrice(form: ProductForm, format: Formatter): string | null | undefined {
  if (form.price.trim() === '') return null;
  const read = format.readMoney(form.price);
  return read.ok ? format.plainAmount(read.value) : undefined;
}

/** What a new product is made from; undefined while something is missing. */
export function creation(form: ProductForm, format: Formatter): Given<'product.create'> | undefined {
  const price = plainPrice(form, format);
  if (price === undefined || form.name.trim() === '' || form.sku.trim() === '') return undefined;
  const { barcodes, category, name, sku, stocked, taxes, unit } = form;
  return { sku, name, unit, price, category, taxes: [...taxes], barcodes: [...barcodes], stocked };
}

/** What changes an existing one; undefined while something is missing or nothing was changed. */
export function edit(form: ProductForm, held: Product, format: Formatter): Given<'product.edit'> | undefined {
  const made = creation(form, format);
  if (made === undefined) return undefined;
  const before = creation(formOf(held, format), format);
  const changes = Object.fromEntries(
    Object.entries(made).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(before?.[field as keyof typeof made]),
    ),
  );
  if (Object.keys(changes).length === 0) return undefined;
  return { product: held.product satisfies ProductId, against: held.version, changes };
}
