/** The catalogue of a standalone shop, whose till is its author. */
import { z } from 'zod';
import { type CategoryId, type ProductId, type TaxId, uuid } from '../../ids.ts';
import { defineKind } from '../kind.ts';
import { millionths, positiveMinor, recordVersion, shortName, sku, unit } from './fields.ts';

export const taxRecorded = defineKind('tax.recorded', 1, (object) =>
  object({
    tax: uuid<TaxId>(),
    /** Printed beside each line it applies to: `A`. */
    code: z.string().min(1).max(8),
    name: shortName,
    rate_millionths: millionths,
    active: z.boolean(),
  }),
);

export const tints = ['bakery', 'produce', 'dairy', 'drinks', 'deli', 'home', 'gifts', 'pantry'] as const;

export const categoryRecorded = defineKind('category.recorded', 1, (object) =>
  object({
    category: uuid<CategoryId>(),
    name: shortName,
    tint: z.enum(tints),
    /** The place in the row of categories, from 0. */
    position: z.int().min(0).max(10_000),
    active: z.boolean(),
  }),
);

/** Text of a barcode as it is scanned. A GTIN is checked by its digit where it is entered; here it is text. */
export const barcode = z.string().min(1).max(80);

export const productFields = {
  sku,
  name: shortName,
  unit,
  /** Null: open price, asked for at the till. Not the same as 0, which is free. */
  price_minor: positiveMinor.nullable(),
  category: uuid<CategoryId>().nullable(),
  taxes: z.array(uuid<TaxId>()).max(8),
  barcodes: z.array(barcode).max(100),
  /** Whether its stock is counted. */
  stocked: z.boolean(),
  active: z.boolean(),
};

export const productCreated = defineKind('product.created', 1, (object) =>
  object({ product: uuid<ProductId>(), ...productFields }),
);

/** Some of a product's fields: what an edit changes. */
export const productChanges = {
  sku: productFields.sku.optional(),
  name: productFields.name.optional(),
  unit: productFields.unit.optional(),
  price_minor: productFields.price_minor.optional(),
  category: productFields.category.optional(),
  taxes: productFields.taxes.optional(),
  barcodes: productFields.barcodes.optional(),
  stocked: productFields.stocked.optional(),
  active: productFields.active.optional(),
};

export const productEdited = defineKind('product.edited', 1, (object) =>
  object({
    product: uuid<ProductId>(),
    against: recordVersion,
    changes: object(productChanges),
  }),
);
