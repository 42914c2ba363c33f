/** What lies on the demo shop's shelves on its first morning. */
import type { DemoProduct } from './goods.ts';

/** Every so many products one has nearly run out. */
const oneIsLow = 9;

/**
 * Thousandths of a product's unit, the same in every demo: 12 to 59 pieces, or 4.1 to 12 kg; one or two pieces, or less
 * than a kilogram, where it has nearly run out. 0 for what is made at the counter, of which no stock is kept.
 */
export function openingStock_milli({ sku, stocked, unit }: Pick<DemoProduct, 'sku' | 'stocked' | 'unit'>): number {
  if (!stocked) return 0;
  // The number in the SKU is the product's for ever.
  const number = Number(sku.replaceAll(/\D/g, ''));
  const isLow = number % oneIsLow === 0;
  if (unit === 'kg') return (isLow ? 3 + (number % 5) : 41 + ((number * 29) % 80)) * 100;
  return (isLow ? 1 + (number % 2) : 12 + ((number * 31) % 48)) * 1000;
}
