/**
 * What a manager changes at a till whose catalogue the head office keeps. The till shows it at once; the head office
 * decides, field by field, and says so by the feed.
 */
import { type ProductId, uuid } from '../../ids.ts';
import { defineKind } from '../kind.ts';
import { productChanges, productFields } from './catalogue-kinds.ts';
import { recordVersion } from './fields.ts';

/** The fields of a product, in the order in which they are decided. */
export const proposedFields = [
  'sku',
  'name',
  'unit',
  'price_minor',
  'category',
  'taxes',
  'barcodes',
  'stocked',
  'active',
] as const;
export type ProposedField = (typeof proposedFields)[number];

/** An article that was made at the counter. It is sold at once; its UUID is the product's for ever. */
export const productProposed = defineKind('product.proposed', 1, (object) =>
  object({ product: uuid<ProductId>(), ...productFields }),
);

/**
 * Fields of a product that a manager changed. A field is stale where the head office has given it another version than
 * the till knew, or another value than the manager saw.
 */
export const productEditProposed = defineKind('product.edit_proposed', 1, (object) =>
  object({
    product: uuid<ProductId>(),
    /** The head office's version of the product that the till knew; 1 where it knew none yet. */
    against: recordVersion,
    changes: object(productChanges),
    /** The same fields as they were on the screen before. */
    was: object(productChanges),
  }),
);
