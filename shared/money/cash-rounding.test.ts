import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CashRounding, roundCash } from './cash-rounding.ts';

const seed = process.env['EVERTILL_SEED'];
fc.configureGlobal(seed === undefined ? {} : { seed: Number(seed) });

describe('roundCash', () => {
  it('rounds to five cents as Canada and Australia do', () => {
    // Department of Finance Canada (2013): 1, 2, 6, 7 down; 3, 4, 8, 9 up. Australia: 20.42 is 20.40, 20.43 is 20.45.
    const rule: CashRounding = { step_minor: 5, rounding: 'half_up' };
    const cents = [100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 2042, 2043];
    expect(cents.map((amount) => roundCash(amount, rule))).toEqual([
      100, 100, 100, 105, 105, 105, 105, 105, 110, 110, 2040, 2045,
    ]);
  });

  it('rounds to half a krone in Denmark, a krona in Sweden, ten cents in New Zealand', () => {
    // Denmark since 2008: 25 to 74 øre are 50.
    const danish = [1024, 1025, 1074, 1075].map((amount) => roundCash(amount, { step_minor: 50, rounding: 'half_up' }));
    expect(danish).toEqual([1000, 1050, 1050, 1100]);
    // Sweden since 2010: 49 öre down, 50 öre up.
    const swedish = [1049, 1050].map((amount) => roundCash(amount, { step_minor: 100, rounding: 'half_up' }));
    expect(swedish).toEqual([1000, 1100]);
    expect(roundCash(1005, { step_minor: 10, rounding: 'half_up' })).toBe(1010);
    expect(roundCash(1005, { step_minor: 10, rounding: 'down' })).toBe(1000);
    expect(roundCash(1001, { step_minor: 10, rounding: 'up' })).toBe(1010);
  });

  it('lands on a step, less than a step away, and mirrors', () => {
    const rule = fc.record({
      step_minor: fc.constantFrom(1, 5, 10, 50, 100),
      rounding: fc.constantFrom('half_up' as const, 'up' as const, 'down' as const),
    });
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), rule, (amount, given) => {
        const rounded = roundCash(amount, given);
        expect(rounded % given.step_minor === 0).toBe(true);
        expect(Math.abs(rounded - amount)).toBeLessThan(given.step_minor);
        expect(roundCash(0 - amount, given)).toBe(0 - rounded);
      }),
    );
    expect(() => roundCash(1, { step_minor: 0, rounding: 'up' })).toThrow(TypeError);
  });
});
