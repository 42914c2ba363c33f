import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from './allocate.ts';
import { AmountTooLarge } from './minor.ts';

const seed = process.env['EVERTILL_SEED'];
fc.configureGlobal(seed === undefined ? {} : { seed: Number(seed) });

const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);
const amount = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1e13, max: 1e13 }));
const weights = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 1e13 })),
  { minLength: 1, maxLength: 40 },
);

describe('allocate', () => {
  it('gives the last units to the largest remainders', () => {
    // Hamilton's method, the worked example of Wikipedia, "Quota method" (100 seats, Hare quota): the remainders decide.
    expect(allocate(10, [47_000, 16_000, 15_800, 12_000, 6100, 3100])).toEqual([5, 2, 1, 1, 1, 0]);
    // Fowler, "Patterns of Enterprise Application Architecture", Money: 5 cents, 70 % and 30 %, lose nothing.
    expect(allocate(5, [70, 30])).toEqual([4, 1]);
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocate(101, [1, 1, 1])).toEqual([34, 34, 33]);
  });

  it('gives nothing to a weight of zero, and shares evenly when nobody has weight', () => {
    expect(allocate(7, [0, 3, 0, 4])).toEqual([0, 3, 0, 4]);
    expect(allocate(5, [0, 0])).toEqual([3, 2]);
    expect(allocate(0, [])).toEqual([]);
    expect(allocate(0, [3, 4])).toEqual([0, 0]);
  });

  it('settles ties by key, whatever the order', () => {
    expect(allocate(1, [1, 1, 1], ['c', 'a', 'b'])).toEqual([0, 1, 0]);
    expect(allocate(2, [1, 1, 1], ['c', 'a', 'b'])).toEqual([0, 1, 1]);
    expect(allocate(2, [1, 1, 1], ['a', 'a', 'a'])).toEqual([1, 1, 0]);
  });

  it('adds up, is the mirror image for a negative total, and stays within one unit of the exact share', () => {
    fc.assert(
      fc.property(amount, weights, (total, of) => {
        fc.pre(sum(of) <= Number.MAX_SAFE_INTEGER);
        const parts = allocate(total, of);
        expect(sum(parts)).toBe(total);
        expect(allocate(total === 0 ? 0 : -total, of)).toEqual(parts.map((part) => (part === 0 ? 0 : -part)));
        const whole = BigInt(sum(of));
        for (const [i, part] of parts.entries()) {
          if (whole === 0n) continue;
          const off = BigInt(part) * whole - BigInt(total) * BigInt(of[i] ?? 0);
          expect(off < whole && off > -whole).toBe(true);
          const weight = of[i] ?? 0;
          const most = weight === 0 || Math.abs(total) <= Number(whole) ? weight : Math.abs(total);
          expect(Math.abs(part)).toBeLessThanOrEqual(most);
        }
      }),
    );
  });

  it('gives each key the same part in any order', () => {
    fc.assert(
      fc.property(amount, weights, fc.infiniteStream(fc.nat()), (total, of, shuffle) => {
        fc.pre(sum(of) <= Number.MAX_SAFE_INTEGER);
        const keyed = of.map((weight, i) => ({ weight, key: `k${i}`, at: shuffle.next().value ?? 0 }));
        const shares = (list: typeof keyed) => {
          const parts = allocate(
            total,
            list.map(({ weight }) => weight),
            list.map(({ key }) => key),
          );
          return new Map(list.map(({ key }, i) => [key, parts[i]]));
        };
        expect(shares(keyed.toSorted((a, b) => a.at - b.at))).toEqual(shares(keyed));
      }),
    );
  });

  it('refuses weights that are none, and an amount for nobody', () => {
    expect(() => allocate(1, [1, -1])).toThrow(TypeError);
    expect(() => allocate(1, [0.5])).toThrow(TypeError);
    expect(() => allocate(1, [])).toThrow(TypeError);
    expect(() => allocate(1, [Number.MAX_SAFE_INTEGER, 1])).toThrow(AmountTooLarge);
  });
});
