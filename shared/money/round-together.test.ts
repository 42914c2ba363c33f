import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTogether } from './round-together.ts';

const seed = process.env['EVERTILL_SEED'];
fc.configureGlobal(seed === undefined ? {} : { seed: Number(seed) });

const divisor = fc.constantFrom(1_000_000, 1_050_000, 1_149_750, 1_200_000, 81_000_000);
const value = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -1e13, max: 1e13 }));
const terms = fc.array(fc.record({ value, divisor, key: fc.uuid({ version: 7 }) }), { maxLength: 30 });
const rate = fc.constantFrom(0, 50_000, 99_750, 200_000, 1_000_000, 10_000_000);

type Term = { readonly value: number; readonly divisor: number; readonly key: string };
const round = (list: readonly Term[], multiplier: number) =>
  roundTogether(
    list.map((term) => term.value),
    multiplier,
    list.map((term) => term.divisor),
    list.map((term) => term.key),
  );

/** The exact sum times 2 × the product of all divisors, and that product: no rounding anywhere. */
function exactSum(list: readonly Term[], multiplier: number): readonly [bigint, bigint] {
  let numerator = 0n;
  let denominator = 1n;
  for (const term of list) {
    const of = BigInt(term.divisor);
    numerator = numerator * of + BigInt(term.value) * BigInt(multiplier) * denominator;
    denominator *= of;
  }
  return [numerator, denominator];
}

describe('roundTogether', () => {
  it('rounds the sum once and lets the terms add up to it', () => {
    // Three lines of 0.33 at 20 %: 0.066 each, 0.198 together. Line by line it would be 0.21.
    const keys = ['a', 'b', 'c'];
    expect(roundTogether([33, 33, 33], 200_000, [1e6, 1e6, 1e6], keys)).toEqual({ sum: 20, parts: [7, 7, 6] });
    expect(roundTogether([-33, -33, -33], 200_000, [1e6, 1e6, 1e6], keys)).toEqual({ sum: -20, parts: [-7, -7, -6] });
  });

  it('looks at a sum of nothing the same way round in any order', () => {
    const keys = ['a', 'b'];
    expect(roundTogether([12, -12], 200_000, [1e6, 1e6], keys)).toEqual({ sum: 0, parts: [2, -2] });
    expect(roundTogether([-13, 13], 200_000, [1e6, 1e6], keys)).toEqual({ sum: 0, parts: [-3, 3] });
    // Halves are a tie. The smaller key decides which way round, not the place in the list and not the sign.
    expect(roundTogether([5, -5], 100_000, [1e6, 1e6], keys).parts).toEqual([1, -1]);
    expect(roundTogether([-5, 5], 100_000, [1e6, 1e6], keys).parts).toEqual([-1, 1]);
    expect(roundTogether([-5, 5], 100_000, [1e6, 1e6], ['b', 'a']).parts).toEqual([-1, 1]);
    expect(roundTogether([], 200_000, [], [])).toEqual({ sum: 0, parts: [] });
  });

  it('is exact: the sum is rounded half-up once, each term is a neighbour of its exact value', () => {
    fc.assert(
      fc.property(terms, rate, (list, multiplier) => {
        const { sum, parts } = round(list, multiplier);
        expect(parts.reduce((total, part) => total + part, 0)).toBe(sum);
        const [numerator, denominator] = exactSum(list, multiplier);
        const size = numerator < 0n ? -numerator : numerator;
        const rounded = (2n * size + denominator) / (2n * denominator);
        expect(BigInt(sum)).toBe(numerator < 0n ? -rounded : rounded);
        for (const [i, part] of parts.entries()) {
          const of = BigInt(list[i]?.divisor ?? 1);
          const off = BigInt(part) * of - BigInt(list[i]?.value ?? 0) * BigInt(multiplier);
          expect(off < of && off > -of).toBe(true);
        }
      }),
    );
  });

  it('does not depend on the order, and mirrors', () => {
    fc.assert(
      fc.property(terms, rate, (list, multiplier) => {
        const { sum, parts } = round(list, multiplier);
        const byKey = new Map(list.map((term, i) => [term.key, parts[i] ?? 0]));
        const turned = list.toReversed();
        const again = round(turned, multiplier);
        expect(again.sum).toBe(sum);
        expect(new Map(turned.map((term, i) => [term.key, again.parts[i] ?? 0]))).toEqual(byKey);
        const mirrored = round(
          list.map((term) => ({ ...term, value: 0 - term.value })),
          multiplier,
        );
        expect(mirrored.parts).toEqual(parts.map((part) => 0 - part));
      }),
    );
  });
});
