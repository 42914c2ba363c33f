/** What a difference found by a count is worth. */

/** What a counted line says of a product. */
export interface CountedLine {
  readonly counted_milli: number;
  readonly known_milli: number;
  /** Of one unit; null for an open price. */
  readonly price_minor: number | null;
}

/** Sums over counted lines: what was found beyond what was known, and what was missing, as positive amounts. */
export interface DifferenceSums {
  readonly counted: number;
  readonly different: number;
  readonly surplus_minor: number;
  readonly missing_minor: number;
}

const most = BigInt(Number.MAX_SAFE_INTEGER);

/** Counted less known at the price, in minor units, to the nearest; 0 for an open price. Bounded by the safe integers. */
function worthOf({ counted_milli, known_milli, price_minor }: CountedLine): bigint {
  const product = (BigInt(counted_milli) - BigInt(known_milli)) * BigInt(price_minor ?? 0);
  return product < 0n ? -((-product + 500n) / 1000n) : (product + 500n) / 1000n;
}

function bounded(amount: bigint): number {
  if (amount > most) return Number(most);
  return Number(amount < -most ? -most : amount);
}

/** What a line's difference is worth, negative where something is missing. */
export function differenceMinor(line: CountedLine): number {
  return bounded(worthOf(line));
}

/** Adds lines up. A sum that no integer holds exactly is the largest that one does. */
export function sumDifferences(lines: Iterable<CountedLine>): DifferenceSums {
  let count = 0;
  let different = 0;
  let surplus = 0n;
  let missing = 0n;
  for (const line of lines) {
    count += 1;
    if (line.counted_milli === line.known_milli) continue;
    different += 1;
    const worth = worthOf(line);
    if (worth > 0n) surplus += worth;
    else missing -= worth;
  }
  return { counted: count, different, surplus_minor: bounded(surplus), missing_minor: bounded(missing) };
}
