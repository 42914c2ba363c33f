/** That every planted fault still fits the code; whether it is caught, `npm run mutants` finds out. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutants } from '../../commands/mutants/list.ts';

const project = join(import.meta.dirname, '..', '..');

test('there are at least twenty, each of its own', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(20);
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});

test.each(mutants)('$name: what is replaced stands once in its file', ({ caught_by, file, from, to }) => {
  const text = readFileSync(join(project, file), 'utf8');
  expect(text.split(from)).toHaveLength(2);
  expect(to).not.toBe(from);
  for (const path of caught_by) expect(existsSync(join(project, path))).toBe(true);
});
