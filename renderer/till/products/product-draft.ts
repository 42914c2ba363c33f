/** A product while somebody writes it, and what of it is new. */
import type { Given, Product, Tax } from '../data/operations.ts';

export const units = ['piece', 'kg', 'g', 'l', 'm', 'm2', 'h'] as const;

export interface Draft {
  readonly name: string;
  readonly sku: string;
  readonly unit: Product['unit'];
  /** As it was typed, in the store's writing; empty for an open price. */
  readonly price: string;
  readonly category: Product['category'];
  readonly taxes: Product['taxes'];
  readonly barcodes: Product['barcodes'];
  readonly stocked: boolean;
}

type Changes = Given<'product.edit'>['changes'];

/** The product as a draft; a new one is sold by the piece, with the first tax that there is. */
export function draftOf(product: Product | null, price: string, taxes: readonly Tax[]): Draft {
  if (product !== null) {
    const { barcodes, category, name, sku, stocked, taxes: its, unit } = product;
    return { name, sku, unit, price, category, taxes: its, barcodes, stocked };
  }
  const [first] = taxes.filter(({ active }) => active);
  return {
    name: '',
    sku: '',
    unit: 'piece',
    price: '',
    category: null,
    taxes: first === undefined ? [] : [first.tax],
    barcodes: [],
    stocked: true,
  };
}

/** Only what differs from the product as it was: fields that nobody touched are nobody's change. */
export function changesOf(
  product: Product,
  fields: Omit<Draft, 'price'> & { readonly price: string | null },
  plainAmount: (amount_minor: number) => string,
): Changes {
  const was = product.price_minor === null ? null : plainAmount(product.price_minor);
  const changes: Changes = {};
  if (fields.name !== product.name) changes.name = fields.name;
  if (fields.sku !== product.sku) changes.sku = fields.sku;
  if (fields.unit !== product.unit) changes.unit = fields.unit;
  if (fields.price !== was) changes.price = fields.price;
  if (fields.category !== product.category) changes.category = fields.category;
  if (!isSame(fields.taxes, product.taxes)) changes.taxes = [...fields.taxes];
  if (!isSame(fields.barcodes, product.barcodes)) changes.barcodes = [...fields.barcodes];
  if (fields.stocked !== product.stocked) changes.stocked = fields.stocked;
  return changes;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at]);
}
