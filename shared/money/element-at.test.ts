import { describe, expect, it } from 'vitest';
import { elementAt } from './element-at.ts';

describe('elementAt', () => {
  it('gives what is there, and says so when nothing is', () => {
    expect(elementAt([7, 0], 1)).toBe(0);
    expect(() => elementAt([7, 0], 2)).toThrow(RangeError);
    expect(() => elementAt([], 0)).toThrow(RangeError);
  });
});
