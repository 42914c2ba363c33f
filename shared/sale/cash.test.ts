import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyCodes } from '../money/currency.ts';
import { changeInDenominations, denominations, mostChange, quickCash } from './cash.ts';

const seed = process.env['EVERTILL_SEED'];
fc.configureGlobal({ numRuns: 500, ...(seed === undefined ? {} : { seed: Number(seed) }) });

const known = currencyCodes.filter((code) => denominations(code).length > 0);

describe('the most change', () => {
  it('is ten of the largest notes in use, more than any amount that is suggested asks for', () => {
    expect(mostChange('GBP')).toBe(50_000);
    expect(mostChange('JPY')).toBe(100_000);
    expect(mostChange('KWD')).toBe(200_000);
    for (const code of known) {
      for (const due of [1, 995, 24_850, 1_234_567])
        for (const handed of quickCash(due, code)) expect(handed - due).toBeLessThanOrEqual(mostChange(code));
    }
  });

  it('is ten million where the notes are not known: no note has a larger number on it than a million', () => {
    expect(denominations('RUB')).toEqual([]);
    expect(mostChange('RUB')).toBe(1_000_000_000);
    expect(mostChange('IQD')).toBe(10_000_000_000);
  });
});

describe('denominations', () => {
  it('are known for the common currencies, notes first, each falling, none twice', () => {
    expect(known.length).toBeGreaterThan(40);
    for (const code of known) {
      const values = denominations(code).map(({ value_minor }) => value_minor);
      expect(values).toEqual([...new Set(values)].toSorted((a, b) => b - a));
      const kinds = denominations(code).map(({ kind }) => kind);
      expect(kinds).toEqual(kinds.toSorted().toReversed());
    }
    expect(denominations('GBP').map(({ value_minor }) => value_minor)).toEqual([
      5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1,
    ]);
    expect(denominations('KWD').at(-1)).toEqual({ kind: 'coin', value_minor: 5 });
    expect(denominations('XPF')).toEqual([]);
    expect(denominations('constructor')).toEqual([]);
  });

  it('of every currency are all read: none is finer than the currency, and no text is lost', () => {
    expect(denominations('EUR')).toHaveLength(15);
    expect(denominations('BHD')).toHaveLength(10);
    expect(denominations('VND')).toHaveLength(9);
    expect(denominations('JPY')).toHaveLength(9);
  });
});

describe('quickCash', () => {
  it.each([
    [2485, 'GBP', [2485, 2500, 3000, 4000, 5000]],
    [3985, 'GBP', [3985, 4000, 4500, 5000, 6000]],
    [120, 'GBP', [120, 200, 500, 1000, 2000]],
    [4000, 'GBP', [4000, 4500, 5000, 6000, 8000]],
    [50_010, 'GBP', [50_010, 50_500, 51_000, 52_000, 55_000]],
    [2485, 'USD', [2485, 2500, 3000, 4000, 5000]],
    [3985, 'USD', [3985, 4000, 4500, 5000, 10_000]],
    [4820, 'JPY', [4820, 5000, 6000, 10_000, 20_000]],
    [3750, 'KWD', [3750, 4000, 5000, 10_000, 20_000]],
    [1234, 'XPF', [1234]],
    [0, 'GBP', []],
    [-500, 'GBP', []],
  ] as const)('for %d %s', (due, currency, expected) => {
    expect(quickCash(due, currency)).toEqual(expected);
  });

  it('begins with the exact amount and rises, at most five in all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(...currencyCodes), (due, currency) => {
        const amounts = quickCash(due, currency);
        expect(amounts[0]).toBe(due);
        expect(amounts).toHaveLength(denominations(currency).length > 0 ? 5 : 1);
        expect(amounts).toEqual([...new Set(amounts)].toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('changeInDenominations', () => {
  it('gives 5.15 as a note and two coins', () => {
    expect(changeInDenominations(515, 'GBP')).toEqual({
      pieces: [
        { kind: 'note', value_minor: 500, count: 1 },
        { kind: 'coin', value_minor: 10, count: 1 },
        { kind: 'coin', value_minor: 5, count: 1 },
      ],
      rest_minor: 0,
    });
  });

  it('leaves what no coin makes', () => {
    expect(changeInDenominations(1003, 'CAD')).toMatchObject({ rest_minor: 3 });
    expect(changeInDenominations(40, 'XPF')).toEqual({ pieces: [], rest_minor: 40 });
    expect(changeInDenominations(0, 'GBP')).toEqual({ pieces: [], rest_minor: 0 });
    expect(() => changeInDenominations(-1, 'GBP')).toThrow(TypeError);
  });

  it('uses as few pieces as there can be, for every currency', () => {
    for (const code of known) {
      const values = denominations(code).map(({ value_minor }) => value_minor);
      const unit = values.at(-1) ?? 1;
      // Every amount up to twice the eighth smallest piece, in units of the smallest, by dynamic programming.
      const limit = Math.min(Math.ceil((2 * (values.at(-8) ?? values[0] ?? 1)) / unit), 5000);
      const fewest = [0];
      for (let amount = 1; amount <= limit; amount += 1) {
        let best = Number.POSITIVE_INFINITY;
        for (const value of values) {
          if (value % unit === 0 && value / unit <= amount)
            best = Math.min(best, (fewest[amount - value / unit] ?? 0) + 1);
        }
        fewest.push(best);
        const { pieces, rest_minor } = changeInDenominations(amount * unit, code);
        const used = pieces.reduce((sum, { count }) => sum + count, 0);
        expect({ code, amount, used, rest_minor }).toEqual({ code, amount, used: best, rest_minor: 0 });
      }
    }
  });

  it('adds up to the change', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), fc.constantFrom(...currencyCodes), (change, currency) => {
        const { pieces, rest_minor } = changeInDenominations(change, currency);
        expect(pieces.reduce<number>((sum, { count, value_minor }) => sum + count * value_minor, rest_minor)).toBe(
          change,
        );
      }),
    );
  });
});
