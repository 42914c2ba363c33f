import { z } from 'zod';
import { type CategoryId, type ProductId, type TaxId, uuid } from '../../ids.ts';
import { tints } from '../../journal/kinds/catalogue-kinds.ts';
import { unit } from '../../journal/kinds/fields.ts';
import { command, query } from '../define.ts';
import { amountCodes } from '../errors.ts';
import { amountText, barcode, name, searchText, sku, taxCode } from '../till/inputs.ts';
import { category as categoryShape, limit, tax as taxShape } from '../till/shapes.ts';
import { product as productShape } from './shapes.ts';

const editable = {
  sku,
  name,
  unit,
  /** In the company's currency; null for an open price. */
  price: amountText.nullable(),
  category: uuid<CategoryId>().nullable(),
  taxes: z.array(uuid<TaxId>()).max(8),
  barcodes: z.array(barcode).max(100),
  stocked: z.boolean(),
};
const refusals = [
  'product.sku_taken',
  'product.barcode_taken',
  'product.barcode_twice',
  'product.barcode_malformed',
  ...amountCodes,
  'record.not_found',
] as const;

export const product = {
  list: query({
    summary: 'Page through the catalogue in the order of names, or find products by name, SKU or barcode.',
    access: 'product.view',
    errors: ['input.malformed'],
    input: z.strictObject({
      /** The start of a name or SKU, a word of a name, or a whole barcode. */
      text: searchText(200).trim().default(''),
      category: uuid<CategoryId>().nullable().default(null),
      include_inactive: z.boolean().default(false),
      after: z.string().max(1000).nullable().default(null),
      limit: limit.default(100),
    }),
    output: z.strictObject({ products: z.array(productShape), next: z.string().nullable() }),
  }),
  show: query({
    summary: 'Show one product.',
    access: 'product.view',
    errors: ['record.not_found'],
    input: z.strictObject({ product: uuid<ProductId>() }),
    output: productShape,
  }),
  create: command({
    summary: 'Add a product; every till learns of it by the feed.',
    access: 'product.edit',
    errors: [...refusals],
    input: z.strictObject(editable),
    output: productShape,
  }),
  edit: command({
    summary: 'Change a product, or make it inactive or active again; every till learns of it by the feed.',
    access: 'product.edit',
    errors: [...refusals, 'record.changed'],
    input: z.strictObject({
      product: uuid<ProductId>(),
      /** The version that the changes were made against. */
      against: z.int().min(1),
      changes: z.strictObject({
        sku: editable.sku.optional(),
        name: editable.name.optional(),
        unit: editable.unit.optional(),
        price: editable.price.optional(),
        category: editable.category.optional(),
        taxes: editable.taxes.optional(),
        barcodes: editable.barcodes.optional(),
        stocked: editable.stocked.optional(),
        active: z.boolean().optional(),
      }),
    }),
    output: productShape,
  }),
};

export const catalogue = {
  categories: query({
    summary: 'List the categories in their order, the inactive too.',
    access: 'product.view',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({ categories: z.array(categoryShape) }),
  }),
  record_category: command({
    summary: 'Create a category, or change it.',
    access: 'product.edit',
    errors: [],
    input: z.strictObject({
      category: uuid<CategoryId>(),
      name,
      tint: z.enum(tints),
      position: z.int().min(0).max(10_000),
      active: z.boolean(),
    }),
    output: categoryShape,
  }),
  taxes: query({
    summary: 'List the taxes, the inactive too.',
    access: 'product.view',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({ taxes: z.array(taxShape) }),
  }),
  record_tax: command({
    summary: 'Create a tax, or change it; sales already made keep theirs. No two active ones have the same letter.',
    access: 'product.edit',
    errors: ['tax.code_taken'],
    input: z.strictObject({
      tax: uuid<TaxId>(),
      code: taxCode,
      name,
      rate_millionths: z.int().min(0).max(10_000_000),
      active: z.boolean(),
    }),
    output: taxShape,
  }),
};
