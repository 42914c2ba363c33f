import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmountTooLarge } from './minor.ts';
import { mulDiv, type Rounding } from './mul-div.ts';

const seed = process.env['EVERTILL_SEED'];
fc.configureGlobal(seed === undefined ? {} : { seed: Number(seed) });

const roundings: readonly Rounding[] = ['half_up', 'half_even', 'up', 'down'];

/** The definition, in integers without a limit: twice the exact value is compared with odd numbers. */
function reference(a: number, b: number, c: number, rounding: Rounding): bigint {
  const product = BigInt(a) * BigInt(b);
  const sign = product < 0n ? -1n : 1n;
  const size = product * sign;
  const divisor = BigInt(c);
  const floor = size / divisor;
  const twice = 2n * (size - floor * divisor);
  const up = {
    half_up: twice >= divisor,
    half_even: twice > divisor || (twice === divisor && floor % 2n === 1n),
    up: twice > 0n,
    down: false,
  }[rounding];
  return sign * (up ? floor + 1n : floor);
}

function attempt(a: number, b: number, c: number, rounding: Rounding): number | string {
  try {
    return mulDiv(a, b, c, rounding);
  } catch (error) {
    if (error instanceof AmountTooLarge) return error.code;
    throw error;
  }
}

describe('mulDiv', () => {
  it.each([
    // Quantity times price: 1.5 at 19.99; 0.624 kg at 3.49 a kilogram.
    [1999, 1500, 1000, 2999],
    [349, 624, 1000, 218],
    // New York City's sales tax, 8.875 % (NYC Department of Finance): of 10.00 it is 0.8875.
    [1000, 88_750, 1_000_000, 89],
    // Revenu Québec, "Calculating the Taxes": QST of 9.975 % on 100.00 is 9.98.
    [10_000, 99_750, 1_000_000, 998],
    // HMRC VATREC12030: less than half a penny is rounded down, half a penny or more is rounded up.
    [24, 200_000, 1_000_000, 5],
    [22, 200_000, 1_000_000, 4],
    [5, 1, 10, 1],
    [4, 1, 10, 0],
  ])('%d × %d ÷ %d is %d', (a, b, c, expected) => {
    expect(mulDiv(a, b, c)).toBe(expected);
    expect(mulDiv(-a, b, c)).toBe(expected === 0 ? 0 : -expected);
  });

  it('settles a half by its rounding', () => {
    const halves = [-25, -15, -5, 5, 15, 25];
    const rounded = (rounding: Rounding) => halves.map((half) => mulDiv(half, 1, 10, rounding));
    expect(rounded('half_up')).toEqual([-3, -2, -1, 1, 2, 3]);
    expect(rounded('half_even')).toEqual([-2, -2, 0, 0, 2, 2]);
    expect(rounded('up')).toEqual([-3, -2, -1, 1, 2, 3]);
    expect(rounded('down')).toEqual([-2, -1, 0, 0, 1, 2]);
  });

  it('stays exact where a float would not', () => {
    // 9007199254740993 is the first odd number that a float can't hold.
    expect(mulDiv(3_002_399_751_580_331, 3, 1_000_000)).toBe(9_007_199_255);
    expect(mulDiv(Number.MAX_SAFE_INTEGER, 1_000_000, 1_000_000)).toBe(Number.MAX_SAFE_INTEGER);
    expect(mulDiv(Number.MAX_SAFE_INTEGER, 3, 6, 'half_even')).toBe(4_503_599_627_370_496);
    expect(mulDiv(Number.MAX_SAFE_INTEGER, 3, 6, 'down')).toBe(4_503_599_627_370_495);
  });

  it('is the exact quotient, rounded, for any integers, with both signs, never -0', () => {
    const integer = fc.oneof(fc.integer({ min: -3000, max: 3000 }), fc.maxSafeInteger());
    const divisor = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1 }), fc.constant(1_000_000));
    fc.assert(
      fc.property(integer, integer, divisor, fc.constantFrom(...roundings), (a, b, c, rounding) => {
        const expected = reference(a, b, c, rounding);
        const isExact = expected <= BigInt(Number.MAX_SAFE_INTEGER) && expected >= -BigInt(Number.MAX_SAFE_INTEGER);
        expect(attempt(a, b, c, rounding)).toBe(isExact ? Number(expected) : 'money.too_large');
        expect(attempt(-a, b, c, rounding)).toBe(isExact ? Number(-expected) : 'money.too_large');
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses what is no integer, and a divisor that is not positive', () => {
    for (const [a, b, c] of [
      [0.1, 1, 1],
      [1, Number.NaN, 1],
      [1, 1, 0],
      [1, 1, -1],
      [2 ** 53, 1, 1],
    ] as const) {
      expect(() => mulDiv(a, b, c)).toThrow(TypeError);
    }
    // A rounding that only untyped input could hold.
    expect(() => mulDiv(1, 1, 2, 'bankers' as Rounding)).toThrow(TypeError);
  });
});
