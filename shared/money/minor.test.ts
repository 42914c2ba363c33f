import { describe, expect, it } from 'vitest';
import { AmountTooLarge, asMinor, maxAmountMinor } from './minor.ts';

describe('asMinor', () => {
  it('takes safe integers and makes -0 a plain 0', () => {
    expect(asMinor(-1250)).toBe(-1250);
    expect(Object.is(asMinor(-0), 0)).toBe(true);
    expect(asMinor(maxAmountMinor * 900)).toBe(8_999_999_999_999_100);
  });

  it('tells a fraction, which is a mistake, from an amount that is too large', () => {
    expect(() => asMinor(12.5)).toThrow(TypeError);
    expect(() => asMinor(Number.NaN)).toThrow(TypeError);
    expect(() => asMinor(Number.POSITIVE_INFINITY)).toThrow(TypeError);
    expect(() => asMinor(2 ** 53)).toThrow(AmountTooLarge);
    expect(new AmountTooLarge()).toMatchObject({ code: 'money.too_large', name: 'AmountTooLarge' });
  });
});
