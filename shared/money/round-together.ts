import { elementAt } from './element-at.ts';
import { handOutRest, pushFloor } from './largest-remainder.ts';
import { asMinor, type Minor } from './minor.ts';
import { mulDiv } from './mul-div.ts';

/**
 * Rounds the **sum** of `values[i] × multiplier ÷ divisors[i]` half-up, once, and rounds each term so that the terms add
 * up to that sum: each is its exact value rounded down or up, those with the largest fraction up (ties by key). This is a
 * document's tax per rate, shared out to the lines.
 *
 * Values may have different signs (goods bought beside goods brought back); all negated, the outcome is the mirror image.
 * `multiplier` is not negative, divisors are positive and at most 81 000 000 (millionths with eight taxes of 1 000 %).
 */
export function roundTogether(
  values: readonly number[],
  multiplier: number,
  divisors: readonly number[],
  keys: readonly string[],
): { readonly sum: Minor; readonly parts: Minor[] } {
  const sum = roundedSum(values, multiplier, divisors);
  const mirrored = sum < 0 || (sum === 0 && isMirrored(values, keys));
  const parts: number[] = [];
  const rests: number[] = [];
  let left = mirrored ? -sum : sum;
  for (let i = 0; i < values.length; i += 1) {
    const value = elementAt(values, i);
    pushFloor(parts, rests, mirrored ? -value : value, multiplier, elementAt(divisors, i));
    left -= elementAt(parts, i);
  }
  handOutRest(parts, rests, left, keys, divisors);
  return { sum, parts: parts.map((part) => asMinor(mirrored ? -part : part)) };
}

function roundedSum(values: readonly number[], multiplier: number, divisors: readonly number[]): Minor {
  const [first = 1] = divisors;
  if (divisors.every((divisor) => divisor === first)) {
    let sum = 0;
    for (const value of values) sum += value;
    return asMinor(mulDiv(sum, multiplier, first));
  }
  // Lines that carry one rate in different company (alone, or with a second tax) have different divisors when prices
  // include tax; their fractions are added exactly, over a common denominator.
  const byDivisor = new Map<number, number>();
  for (const [i, value] of values.entries()) {
    const divisor = elementAt(divisors, i);
    byDivisor.set(divisor, (byDivisor.get(divisor) ?? 0) + value);
  }
  let numerator = 0n;
  let denominator = 1n;
  for (const [divisor, value] of byDivisor) {
    numerator = numerator * BigInt(divisor) + BigInt(value) * BigInt(multiplier) * denominator;
    denominator *= BigInt(divisor);
  }
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = Number((2n * size + denominator) / (2n * denominator));
  return asMinor(numerator < 0n ? -rounded : rounded);
}

/**
 * When a sum rounds to nothing its own sign can't say which way round to look at the terms; the value with the smallest
 * key does, which is the same in any order and the opposite in the mirror image.
 */
function isMirrored(values: readonly number[], keys: readonly string[]): boolean {
  let smallest: string | undefined;
  let mirrored = false;
  for (let i = 0; i < values.length; i += 1) {
    const key = elementAt(keys, i);
    const value = elementAt(values, i);
    if (value === 0 || (smallest !== undefined && key >= smallest)) continue;
    smallest = key;
    mirrored = value < 0;
  }
  return mirrored;
}
