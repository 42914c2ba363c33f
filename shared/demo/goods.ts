/** How the goods of the demo shop are written down: one line each, from which a product is made. */
import { type CategoryId, type ProductId, type TaxId, type Uuid, isUuid } from '../ids.ts';
import type { productFields, tints } from '../journal/kinds/catalogue-kinds.ts';
import type { z } from 'zod';
import { completeGtin } from '../product/gtin.ts';

type ProductFields = { readonly [Field in keyof typeof productFields]: z.infer<(typeof productFields)[Field]> };
export type DemoProduct = ProductFields & { readonly product: ProductId };

export interface DemoCategory {
  readonly category: CategoryId;
  readonly name: string;
  readonly tint: (typeof tints)[number];
  readonly position: number;
  readonly active: boolean;
}

/** `piece` where nothing is said; `kg` is weighed; `made` is made at the counter: not stocked and without a barcode. */
type Trait = 'kg' | 'made';

/**
 * A number for ever, the name, the price in pence with VAT (null: open price), the tax's code (null: outside the scope of
 * VAT) and what is special. The number makes the SKU, the UUID and the barcode, so lines can be moved, never renumbered.
 */
export type Good = readonly [
  number: number,
  name: string,
  price_minor: number | null,
  tax: 'A' | 'R' | 'Z' | null,
  trait?: Trait,
];

export interface Shelf {
  /** Leads the SKUs: `BAK-101`. */
  readonly letters: string;
  readonly category: DemoCategory;
  readonly goods: readonly Good[];
}

/** The UUID of the n-th of a noun: the same in every demo, so that a till's file from yesterday still fits today's data. */
export function demoId<Id extends Uuid>(noun: 'tax' | 'category' | 'product' | 'staff', n: number): Id {
  const nouns = { tax: '001', category: '002', product: '003', staff: '004' };
  const text = `0199d1a0-5e00-7${nouns[noun]}-8000-${String(n).padStart(12, '0')}`;
  if (!isUuid(text)) throw new RangeError('a number of twelve digits at most');
  // Which noun it names was said by the argument.
  return text as Uuid as Id;
}

/**
 * A GTIN-13 that can belong to nobody's product. GS1 keeps the prefixes 20 to 29 for restricted circulation: each shop
 * uses them as it likes and no company is ever given one. 20 and 21 are the labels of our scales; the demo takes 290.
 */
export function shelfGtin(n: number): string {
  return completeGtin(`290${String(n).padStart(9, '0')}`);
}

/** The barcode under which a weighed product is known: its scale label (`21`, five digits of item) at a weight of 0. */
export function labelGtin(n: number): string {
  return completeGtin(`21${String(n).padStart(5, '0')}00000`);
}

/** The products of a shelf. */
export function stockShelf(
  { letters, category, goods }: Shelf,
  taxes: Readonly<Record<'A' | 'R' | 'Z', TaxId>>,
): DemoProduct[] {
  return goods.map(([n, name, price_minor, tax, trait]) => ({
    product: demoId<ProductId>('product', n),
    sku: `${letters}-${String(n)}`,
    name,
    unit: trait === 'kg' ? 'kg' : 'piece',
    price_minor,
    category: category.category,
    taxes: tax === null ? [] : [taxes[tax]],
    barcodes: trait === 'made' ? [] : [trait === 'kg' ? labelGtin(n) : shelfGtin(n)],
    stocked: trait !== 'made',
    active: true,
  }));
}
