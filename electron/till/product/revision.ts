/** Which form of a product's fields somebody saw, so that nobody saves over what they have not seen. */
import { createHash } from 'node:crypto';
import type { ProductFields } from './repository.ts';

/** 22 letters that are the same for the same fields: the first 128 bits of their SHA-256. */
export function revisionOf(fields: ProductFields): string {
  const { active, barcodes, category, name, price_minor, sku, stocked, taxes, unit } = fields;
  const text = JSON.stringify([sku, name, unit, price_minor, category, taxes, barcodes, stocked, active]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
