import { fail } from './failure.ts';
import type { Unit } from './product/repository.ts';

/** The largest quantity of one line: a million units. */
const maxQuantity_milli = 1_000_000_000;

/**
 * A quantity that can be sold or given back. Fails with `quantity.malformed` (negative), `quantity.too_large`, and as
 * {@link checkMovement} does.
 */
export function checkQuantity(quantity_milli: number, unit: Unit): void {
  if (quantity_milli < 0) fail('quantity.malformed');
  if (quantity_milli > maxQuantity_milli) fail('quantity.too_large', { max_milli: maxQuantity_milli });
  checkMovement(quantity_milli, unit);
}

/** A quantity by which stock can move, up or down. Fails with `quantity.zero` and, for a part of a piece, `quantity.not_whole`. */
export function checkMovement(quantity_milli: number, unit: Unit): void {
  if (quantity_milli === 0) fail('quantity.zero');
  if (unit === 'piece' && quantity_milli % 1000 !== 0) fail('quantity.not_whole');
}

/** What can be found on a shelf: nothing, or so much. Fails as {@link checkQuantity} does, but not for nothing. */
export function checkCounted(quantity_milli: number, unit: Unit): void {
  if (quantity_milli !== 0) checkQuantity(quantity_milli, unit);
}
