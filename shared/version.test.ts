import { expect, it } from 'vitest';
import { compareVersions } from './version.ts';

it('compares by numbers, not by signs, and only what can be compared', () => {
  const cases = [
    ['0.9.0', '0.10.0', 'older'],
    ['1.0.0', '0.10.0', 'newer'],
    ['1.2.3', '1.2.3', 'same'],
    ['1.2.3-beta', '1.2.3', 'same'],
    ['1.2.4', '1.2.3+build', 'newer'],
    ['test', '1.2.3', null],
    ['1.2', '1.2.0', null],
    [null, '1.2.3', null],
  ] as const;
  for (const [one, other, expected] of cases) expect(compareVersions(one, other), `${one} ${other}`).toBe(expected);
});
