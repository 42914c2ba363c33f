import { elementAt } from './element-at.ts';
import { handOutRest, pushFloor } from './largest-remainder.ts';
import { AmountTooLarge, asMinor, type Minor } from './minor.ts';

/**
 * `total` shared out in proportion to `weights` by largest remainder: whole units, and the parts always add up to the
 * total. No part is further than one unit from its exact share, and none is more than its weight while the total is not
 * more than all weights.
 *
 * Weights are integers, 0 or more; a weight of 0 gets nothing, unless all are 0: then all count the same. With `keys`
 * (one per weight, unique) a tie is settled by the smaller key and the order of the weights is of no importance; without,
 * by the earlier one. A negative total is shared like its mirror image. No weights: the total must be 0 (`TypeError`).
 *
 *     allocate(100, [1, 1, 1])      // 34, 33, 33
 *     allocate(-100, [1, 1, 1])     // -34, -33, -33
 */
export function allocate(total: number, weights: readonly number[], keys?: readonly string[]): Minor[] {
  const amount = asMinor(total);
  let sum = 0;
  for (const weight of weights) {
    if (!Number.isSafeInteger(weight) || weight < 0) throw new TypeError(`not a weight: ${weight}`);
    sum += weight;
  }
  if (sum > Number.MAX_SAFE_INTEGER) throw new AmountTooLarge();
  if (weights.length === 0) {
    if (amount !== 0) throw new TypeError('nothing to share an amount among');
    return [];
  }
  const even = sum === 0;
  const size = Math.abs(amount);
  const parts: number[] = [];
  const rests: number[] = [];
  let left = size;
  for (let i = 0; i < weights.length; i += 1) {
    pushFloor(parts, rests, size, even ? 1 : elementAt(weights, i), even ? weights.length : sum);
    left -= elementAt(parts, i);
  }
  handOutRest(parts, rests, left, keys);
  return parts.map((part) => asMinor(amount < 0 ? -part : part));
}
