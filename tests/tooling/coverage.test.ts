import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkCoverage } from '../../commands/check/coverage.ts';

function check(total: { readonly lines: number; readonly branches: number }) {
  const root = mkdtempSync(join(tmpdir(), 'evertill-coverage-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const counted = {
    lines: { total: 1_000, covered: total.lines },
    branches: { total: 1_000, covered: total.branches },
  };
  const file = join(root, 'coverage-summary.json');
  writeFileSync(file, JSON.stringify({ total: counted, [join(root, 'shared', 'dark.ts')]: counted }));
  return checkCoverage(file, root);
}

test('80 % of lines and branches is enough', () => {
  expect(check({ lines: 800, branches: 800 })).toMatchObject({ passed: 1, failed: 0 });
});

test('a little less of either is not, and what lacks most is named', () => {
  const tooFewLines = check({ lines: 799, branches: 1_000 });
  expect(tooFewLines).toMatchObject({ passed: 0, failed: 1 });
  expect(tooFewLines.note).toContain('lines 79.9 %');
  expect(tooFewLines.output).toContain('dark.ts: 201 lines');
  expect(check({ lines: 1_000, branches: 799 })).toMatchObject({ passed: 0, failed: 1 });
});

test('nothing measured is a failure', () => {
  expect(checkCoverage(join(tmpdir(), 'evertill-no-such-summary.json'), '/')).toMatchObject({ failed: 1 });
});
