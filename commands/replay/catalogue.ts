/** The catalogue that a file of invoices implies. */
import type { Invoice } from './invoices.ts';
import { readThousandths, writeThousandths } from './thousandths.ts';

export interface FoundProduct {
  /** Case matters: `15056BL` and `15056bl` are two products. */
  readonly sku: string;
  readonly name: string;
  /** Decimal text; null where the file has no positive price: open price. */
  readonly price: string | null;
}

/**
 * The products of a file in the order in which they first appear. A price is the most frequent positive one, the lowest on
 * a tie; a name is the most frequent description that is not blank, the first on a tie, else the SKU.
 */
export function findCatalogue(invoices: readonly Invoice[]): FoundProduct[] {
  const found = new Map<string, { readonly prices: Map<bigint, number>; readonly names: Map<string, number> }>();
  for (const { rows } of invoices) {
    for (const { sku, price, description } of rows) {
      const product = found.get(sku) ?? { prices: new Map<bigint, number>(), names: new Map<string, number>() };
      found.set(sku, product);
      const thousandths = readThousandths(price);
      if (thousandths > 0n) product.prices.set(thousandths, (product.prices.get(thousandths) ?? 0) + 1);
      if (description !== '') product.names.set(description, (product.names.get(description) ?? 0) + 1);
    }
  }
  return [...found].map(([sku, { prices, names }]) => {
    const [price] = [...prices].toSorted(([a, as], [b, bs]) => bs - as || (a < b ? -1 : 1))[0] ?? [];
    const [name] = [...names].toSorted(([, as], [, bs]) => bs - as)[0] ?? [];
    return { sku, name: name ?? sku, price: price === undefined ? null : writeThousandths(price) };
  });
}
