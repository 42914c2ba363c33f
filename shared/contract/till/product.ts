import { z } from 'zod';
import { type CategoryId, type ProductId, type TaxId, uuid } from '../../ids.ts';
import { tints } from '../../journal/kinds/catalogue-kinds.ts';
import { unit } from '../../journal/kinds/fields.ts';
import { proposedFields } from '../../journal/kinds/proposal-kinds.ts';
import { command, query } from '../define.ts';
import { amountCodes } from '../errors.ts';
import { amountText, barcode, name, searchText, sku, taxCode } from './inputs.ts';
import { category, decision, limit, product as productShape, productHit, revision, tax } from './shapes.ts';

const editable = {
  sku,
  name,
  unit,
  /** Null for an open price. */
  price: amountText.nullable(),
  category: uuid<CategoryId>().nullable(),
  taxes: z.array(uuid<TaxId>()).max(8),
  barcodes: z.array(barcode).max(100),
  stocked: z.boolean(),
};
const refusals = [
  'product.sku_taken',
  'product.barcode_taken',
  'product.barcode_malformed',
  ...amountCodes,
  'record.not_found',
] as const;

export const product = {
  search: query({
    summary: 'Find products by the start of any word of their name, by SKU or by barcode, the most sold first.',
    access: 'product.view',
    errors: [],
    input: z.strictObject({ text: searchText(200), limit: limit.default(20) }),
    output: z.strictObject({
      products: z.array(productHit),
      /**
       * While the search of a large catalogue is being made: how many products are in it, the most sold first. SKUs and
       * barcodes are found all the same.
       */
      making: z.strictObject({ done: z.int(), total: z.int() }).nullable(),
    }),
  }),
  tiles: query({
    summary: 'List the products of a category, or the most sold of all, for the tiles of the selling screen.',
    access: 'product.view',
    errors: [],
    input: z.strictObject({ category: uuid<CategoryId>().nullable(), limit: limit.default(60) }),
    output: z.strictObject({ products: z.array(productHit) }),
  }),
  list: query({
    summary: 'Page through the catalogue, the inactive too, in the order of names.',
    access: 'product.view',
    errors: [],
    input: z.strictObject({
      text: searchText(200),
      include_inactive: z.boolean(),
      offset: z.int().min(0).max(10_000_000),
      limit,
    }),
    output: z.strictObject({
      products: z.array(productShape),
      total: z.int(),
      /** Whether what is changed here is decided at the head office. */
      is_proposed: z.boolean(),
    }),
  }),
  show: query({
    summary: 'Show one product.',
    access: 'product.view',
    errors: ['record.not_found'],
    input: z.strictObject({ product: uuid<ProductId>() }),
    output: productShape,
  }),
  create: command({
    summary:
      'Add a product to the catalogue. Where the head office keeps it, the product is sold at once and decided there.',
    access: 'product.edit',
    errors: [...refusals],
    input: z.strictObject(editable),
    output: productShape,
  }),
  edit: command({
    summary:
      'Change a product, or make it inactive or active again. Where the head office keeps the catalogue, it is decided there.',
    access: 'product.edit',
    errors: [...refusals, 'record.changed'],
    input: z.strictObject({
      product: uuid<ProductId>(),
      /** What was shown when the changes were made. */
      against: revision,
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
  decisions: query({
    summary: 'List what was changed here and is not decided at the head office yet, and what it decided otherwise.',
    access: 'product.view',
    errors: [],
    input: z.strictObject({ product: uuid<ProductId>().nullable() }),
    output: z.strictObject({ decisions: z.array(decision) }),
  }),
  dismiss_decision: command({
    summary: 'Put away what the head office decided about a field, once it was read.',
    access: 'product.edit',
    errors: ['record.not_found'],
    input: z.strictObject({ product: uuid<ProductId>(), field: z.enum(proposedFields), seq: z.int().min(1) }),
    output: z.strictObject({}),
  }),
};

export const catalogue = {
  categories: query({
    summary: 'List the categories in their order.',
    access: 'product.view',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({ categories: z.array(category), read_only: z.boolean() }),
  }),
  record_category: command({
    summary: 'Create a category, or change it.',
    access: 'product.edit',
    errors: ['catalogue.read_only'],
    input: z.strictObject({
      category: uuid<CategoryId>(),
      name,
      tint: z.enum(tints),
      position: z.int().min(0).max(10_000),
      active: z.boolean(),
    }),
    output: category,
  }),
  taxes: query({
    summary: 'List the taxes.',
    access: 'product.view',
    errors: [],
    input: z.strictObject({}),
    output: z.strictObject({ taxes: z.array(tax), read_only: z.boolean() }),
  }),
  record_tax: command({
    summary: 'Create a tax, or change it; sales already made keep theirs. No two active ones have the same letter.',
    access: 'product.edit',
    errors: ['catalogue.read_only', 'tax.code_taken'],
    input: z.strictObject({
      tax: uuid<TaxId>(),
      code: taxCode,
      name,
      rate_millionths: z.int().min(0).max(10_000_000),
      active: z.boolean(),
    }),
    output: tax,
  }),
};
