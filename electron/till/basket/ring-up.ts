/** Putting things into the basket. */
import { readLabel } from '../../../shared/product/label.ts';
import type { LineId, ProductId, SaleId } from '../../../shared/ids.ts';
import { readAmount } from '../amount.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../failure.ts';
import { labelPatterns } from '../product/label-patterns.ts';
import { findByBarcode, findProduct, type ProductToSell } from '../product/repository.ts';
import { checkQuantity } from '../quantity.ts';
import { settingsOf } from '../settings/read.ts';
import { openShiftOf } from '../shift/find.ts';
import { refusePaid, refuseTooDear } from './change.ts';
import {
  addLine,
  countLines,
  findBasket,
  lastLineOf,
  type LineSnapshot,
  setQuantity,
  startBasket,
} from './repository.ts';

/** The most lines of one basket. The longest invoice in a wholesaler's year had 1,114. */
const maxLines = 1500;

interface RungUp {
  readonly product: ProductToSell;
  readonly quantity_milli: number;
  readonly unit_price_minor: number;
  readonly price_source: LineSnapshot['price_source'];
  readonly separate: boolean;
}

/** A product that somebody chose, at the catalogue's price or, where it has none, at the price that was typed. */
export function ringUpProduct(
  context: CommandContext,
  input: {
    readonly product: ProductId;
    readonly quantity_milli: number;
    readonly price?: string | undefined;
    readonly separate: boolean;
  },
): { basket: SaleId; line: LineId } {
  openShiftOf(context.db);
  const product = findProduct(context.db, input.product) ?? fail('record.not_found', { product: input.product });
  if (product.price_minor !== null && input.price !== undefined) return fail('input.malformed', { where: 'price' });
  if (product.price_minor === null && input.price === undefined)
    return fail('product.no_price', { product: product.product, name: product.name });
  const typed = input.price === undefined ? undefined : readAmount(input.price, settingsOf(context.db).currency);
  return ringUp(context, {
    product,
    quantity_milli: input.quantity_milli,
    unit_price_minor: product.price_minor ?? typed ?? 0,
    price_source: product.price_minor === null ? 'open' : 'list',
    separate: input.separate,
  });
}

/**
 * What a barcode names. The catalogue's exact barcode comes first: thousands of ordinary products begin with 2, as the
 * labels of scales do.
 */
export function ringUpBarcode(
  context: CommandContext,
  input: { readonly barcode: string; readonly quantity_milli?: number | undefined },
): { basket: SaleId; line: LineId } {
  openShiftOf(context.db);
  const exact = findByBarcode(context.db, input.barcode);
  if (exact !== undefined) {
    if (exact.price_minor === null) return fail('product.no_price', { product: exact.product, name: exact.name });
    return ringUp(context, {
      product: exact,
      quantity_milli: input.quantity_milli ?? 1000,
      unit_price_minor: exact.price_minor,
      price_source: 'list',
      separate: false,
    });
  }
  for (const label of readLabel(input.barcode, labelPatterns)) {
    const product = findByBarcode(context.db, label.base_gtin);
    if (product === undefined) continue;
    if (label.value === 'weight_grams') {
      if (product.price_minor === null)
        return fail('product.no_price', { product: product.product, name: product.name });
      return ringUp(context, {
        product,
        // A weight in grams is the thousandths of a kilogram.
        quantity_milli: product.unit === 'g' ? label.weight_grams * 1000 : label.weight_grams,
        unit_price_minor: product.price_minor,
        price_source: 'list',
        separate: true,
      });
    }
    return ringUp(context, {
      product,
      quantity_milli: 1000,
      unit_price_minor: label.price_minor,
      price_source: 'label',
      separate: true,
    });
  }
  return fail('barcode.unknown', { barcode: input.barcode });
}

function ringUp(
  context: CommandContext,
  { product, quantity_milli, unit_price_minor, price_source, separate }: RungUp,
) {
  const { db } = context;
  if (!product.active) fail('record.inactive', { name: product.name });
  // A priced label is one pack, whatever its product is weighed in.
  if (price_source !== 'label') checkQuantity(quantity_milli, product.unit);
  const basket = findBasket(db) ?? startBasket(db, context.newId(), new Date(context.now).toISOString());
  refusePaid(db, basket);
  context.changed('basket');
  const earlier = separate || product.unit !== 'piece' ? undefined : lastLineOf(db, basket, product.key);
  if (earlier !== undefined && isPlain(earlier.snapshot, unit_price_minor, price_source)) {
    const together = earlier.quantity_milli + quantity_milli;
    checkQuantity(together, product.unit);
    setQuantity(db, basket, earlier.n, together);
    refuseTooDear(db, basket, { quantity_milli: together, unit_price_minor });
    return { basket: basket.basket, line: earlier.line };
  }
  if (countLines(db, basket) >= maxLines) return fail('basket.too_long', { lines: maxLines });
  const line = context.newId<LineId>();
  addLine(db, basket, {
    line,
    product_key: product.key,
    quantity_milli,
    snapshot: {
      sku: product.sku,
      name: product.name,
      unit: product.unit,
      category: product.category,
      stocked: product.stocked,
      list_price_minor: product.price_minor,
      unit_price_minor,
      price_source,
      discounts: [],
      taxes: product.taxes,
    },
  });
  refuseTooDear(db, basket, { quantity_milli, unit_price_minor });
  return { basket: basket.basket, line };
}

/** Whether another piece may join the line: same price, nothing done to it by hand. */
function isPlain(snapshot: LineSnapshot, unit_price_minor: number, source: LineSnapshot['price_source']): boolean {
  return (
    snapshot.price_source === source &&
    snapshot.unit_price_minor === unit_price_minor &&
    snapshot.discounts.length === 0
  );
}
