import { AmountTooLarge } from './minor.ts';

/**
 * How a result between two integers is settled. All four treat `-x` as the mirror image of `x`: `up` is away from zero,
 * `down` is towards it, and the half of `half_up` goes away from zero.
 */
export type Rounding = 'half_up' | 'half_even' | 'up' | 'down';

/**
 * `a × b ÷ c`, rounded once, exactly: the product never passes through a float that could not hold it.
 * Arguments are safe integers and `c` is positive (`TypeError`); a result that is no safe integer is `AmountTooLarge`.
 *
 *     mulDiv(1999, 1500, 1000)      // 2999: 1.5 pieces at 19.99 are 29.985, so 29.99
 *     mulDiv(1000, 88_750, 1_000_000) // 89: 8.875 % of 10.00
 */
export function mulDiv(a: number, b: number, c: number, rounding: Rounding = 'half_up'): number {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b) || !Number.isSafeInteger(c) || c <= 0) {
    throw new TypeError(`mulDiv takes integers and a positive divisor: ${a}, ${b}, ${c}`);
  }
  const product = a * b;
  if (product > Number.MAX_SAFE_INTEGER || product < -Number.MAX_SAFE_INTEGER) return mulDivBig(a, b, c, rounding);
  const rest = product % c;
  const whole = (product - rest) / c;
  if (rest === 0) return whole;
  const away = roundsAway(rounding, 2 * Math.abs(rest), c, whole % 2 !== 0);
  if (!away) return whole;
  return rest > 0 ? whole + 1 : whole - 1;
}

/** Whether a truncated quotient moves one further from zero; `twice` is twice its remainder without sign. */
function roundsAway(rounding: Rounding, twice: number, divisor: number, odd: boolean): boolean {
  switch (rounding) {
    case 'half_up':
      return twice >= divisor;
    case 'half_even':
      return twice > divisor || (twice === divisor && odd);
    case 'up':
      return true;
    case 'down':
      return false;
    default:
      return assertNever(rounding);
  }
}

function mulDivBig(a: number, b: number, c: number, rounding: Rounding): number {
  const product = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  const whole = product / divisor;
  const rest = Number(product % divisor);
  // A remainder is smaller than c, so it is a safe integer again, and twice it is exact.
  const away = rest !== 0 && roundsAway(rounding, 2 * Math.abs(rest), c, whole % 2n !== 0n);
  const result = Number(away ? (rest > 0 ? whole + 1n : whole - 1n) : whole);
  if (!Number.isSafeInteger(result)) throw new AmountTooLarge();
  return result;
}

function assertNever(value: never): never {
  throw new TypeError(`unknown rounding: ${String(value)}`);
}
