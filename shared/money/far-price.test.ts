import { describe, expect, it } from 'vitest';
import { isFarPrice } from './far-price.ts';

describe('a price far above what was asked before', () => {
  it('is a hundred times as much', () => {
    expect(isFarPrice(28_000, 280)).toBe(true);
    expect(isFarPrice(27_999, 280)).toBe(false);
    expect(isFarPrice(1, 280)).toBe(false);
  });

  it('has seven digits before its decimals, where nothing like it was asked', () => {
    expect(isFarPrice(100_000_000, null)).toBe(true);
    expect(isFarPrice(99_999_999, null)).toBe(false);
    expect(isFarPrice(100_000_000, 99_000_000)).toBe(true);
    expect(isFarPrice(200_000_000, 150_000_000)).toBe(false);
    expect(isFarPrice(99_999_999, 0)).toBe(false);
  });
});
