import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMoney } from '../../shared/money/parse.ts';
import { typeKey, type EntryRules, type NumPadKey } from './num-pad-keys.ts';

const pounds: EntryRules = { decimals: 2, decimalSign: '.', digits: 9 };

function type(keys: readonly NumPadKey[], rules: EntryRules = pounds): string {
  let entry = '';
  for (const key of keys) entry = typeKey(entry, key, rules);
  return entry;
}

describe('the number pad', () => {
  it('types an amount as one says it', () => {
    expect(type(['3', '0'])).toBe('30');
    expect(type(['1', '2', '.', '5'])).toBe('12.5');
    expect(type(['.', '5'])).toBe('0.5');
    expect(type(['5', '00'])).toBe('500');
    expect(type(['0', '7'])).toBe('7');
    expect(type(['1', '2', '.', '5'], { ...pounds, decimalSign: ',' })).toBe('12,5');
  });

  it('takes back one key or all', () => {
    expect(type(['1', '2', 'backspace'])).toBe('1');
    expect(type(['backspace'])).toBe('');
    expect(type(['1', '2', 'clear', '3'])).toBe('3');
  });

  it('takes no second point, no decimal too many, no digit too many', () => {
    expect(type(['1', '.', '.', '2', '3', '4', '00'])).toBe('1.23');
    expect(type(['5', '.', '0'], { ...pounds, decimals: 0 })).toBe('50');
    expect(type(['1', '2', '3', '4'], { ...pounds, digits: 3 })).toBe('123');
  });

  it('only ever holds what can be read as money, or the beginning of it', () => {
    const keys = fc.constantFrom<NumPadKey>('0', '1', '5', '9', '00', '.', 'backspace', 'clear');
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 30 }), (pressed) => {
        const entry = type(pressed);
        expect(entry === '' || parseMoney(entry, 'GBP').ok).toBe(true);
      }),
    );
  });
});
