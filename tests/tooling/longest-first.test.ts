import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TestSpecification, Vitest } from 'vitest/node';
import { LongestFirst, longestFiles } from '../../commands/check/longest-first.ts';

const project = join(import.meta.dirname, '..', '..');

test('every file that is named as one of the longest is there, once', () => {
  expect(longestFiles.filter((name) => !existsSync(join(project, name)))).toEqual([]);
  expect(new Set(longestFiles).size).toBe(longestFiles.length);
});

test('the longest begin, in their order, and no file is left out', async () => {
  const [first = '', second = ''] = longestFiles;
  const names = ['a.test.ts', second, 'shared/text.test.ts', first];
  const files = names.map((name) => ({
    moduleId: join(project, name).replaceAll('\\', '/'),
    project: { name: '', config: { isolate: true, sequence: { groupOrder: 0 } } },
  }));
  // What sorting reads of vitest: how long each took the last time.
  const vitest = { cache: { getTestSpecificationResult: () => undefined } } as unknown as Vitest;
  // oxlint-disable-next-line unicorn/no-array-sort -- vitest's own, which gives a new list
  const sorted = await new LongestFirst(vitest).sort(files as unknown as TestSpecification[]);
  expect(sorted.slice(0, 2)).toEqual([files[3], files[1]]);
  expect(sorted.slice(2)).toHaveLength(2);
  expect(new Set(sorted)).toEqual(new Set(files));
});
