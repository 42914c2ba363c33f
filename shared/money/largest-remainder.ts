import { elementAt } from './element-at.ts';

/**
 * The heart of the largest remainder method (Hamilton's): every part has been rounded down, and `left` units remain.
 * Each goes to one part, those with the largest fraction first; between equal fractions the smaller key comes first, so
 * that the outcome does not depend on the order of the parts. Without keys the earlier part comes first.
 *
 * The fraction of part `i` is `rests[i] ÷ divisors[i]`, or `rests[i]` over a divisor that all share. Parts without a
 * fraction get nothing. `left` is never more than the number of parts that have one. Changes `parts`.
 */
export function handOutRest(
  parts: number[],
  rests: readonly number[],
  left: number,
  keys: readonly string[] | undefined,
  divisors?: readonly number[],
): void {
  if (left === 0) return;
  const comesFirst = (a: number, b: number): boolean => {
    // Both products stay below 2^53: a rest is below its divisor, and a divisor of its own is at most 81 000 000.
    const ofA = elementAt(rests, a) * (divisors === undefined ? 1 : elementAt(divisors, b));
    const ofB = elementAt(rests, b) * (divisors === undefined ? 1 : elementAt(divisors, a));
    if (ofA !== ofB) return ofA > ofB;
    if (keys === undefined) return a < b;
    const keyOfA = elementAt(keys, a);
    const keyOfB = elementAt(keys, b);
    return keyOfA === keyOfB ? a < b : keyOfA < keyOfB;
  };
  if (left === 1) {
    let first = 0;
    for (let i = 1; i < parts.length; i += 1) if (comesFirst(i, first)) first = i;
    parts[first] = elementAt(parts, first) + 1;
    return;
  }
  const ranked = parts.map((_, i) => i).toSorted((a, b) => (comesFirst(a, b) ? -1 : 1));
  for (const i of ranked.slice(0, left)) parts[i] = elementAt(parts, i) + 1;
}

/** `⌊a × b ÷ c⌋` and what it leaves, `0 ≤ rest < c`, written at the end of the two lists. `c` is positive. */
export function pushFloor(parts: number[], rests: number[], a: number, b: number, c: number): void {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER && product >= -Number.MAX_SAFE_INTEGER) {
    let rest = product % c;
    if (rest < 0) rest += c;
    parts.push((product - rest) / c);
    rests.push(rest);
    return;
  }
  const exact = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  let rest = exact % divisor;
  if (rest < 0n) rest += divisor;
  parts.push(Number((exact - rest) / divisor));
  rests.push(Number(rest));
}
