import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { StepResult } from './step.ts';

/** In percent, of all the files that vitest.config.ts names together. */
const THRESHOLDS = { lines: 80, branches: 80 };

const WORST_SHOWN_MAX = 15;

interface Counted {
  readonly total: number;
  readonly covered: number;
}

/** Istanbul's `json-summary`: per file, absolute path, and in total. */
type CoverageSummary = Readonly<Record<string, { readonly lines: Counted; readonly branches: Counted }>>;

/** Whether enough of the code was run by the tests. On a failure the output names the files that lack most. */
export function checkCoverage(summaryFile: string, root: string): StepResult {
  if (!existsSync(summaryFile)) return fail('no coverage was measured', '');
  const summary: CoverageSummary = JSON.parse(readFileSync(summaryFile, 'utf8'));
  const { total, ...files } = summary;
  if (total === undefined || total.lines.total === 0) return fail('no coverage was measured', '');
  const note = (['lines', 'branches'] as const)
    .map((what) => `${what} ${percent(total[what])} % of at least ${THRESHOLDS[what]} %`)
    .join(', ');
  const isEnough =
    Number(percent(total.lines)) >= THRESHOLDS.lines && Number(percent(total.branches)) >= THRESHOLDS.branches;
  if (isEnough) return { name: 'coverage', passed: 1, failed: 0, skipped: [], note, output: '' };
  const worst = Object.entries(files)
    .map(([file, { lines, branches }]) => ({
      file: relative(root, file),
      lines: lines.total - lines.covered,
      branches: branches.total - branches.covered,
    }))
    .toSorted((a, b) => b.lines + b.branches - (a.lines + a.branches))
    .slice(0, WORST_SHOWN_MAX);
  return fail(
    note,
    worst.map((each) => `${each.file}: ${each.lines} lines and ${each.branches} branches not run\n`).join(''),
  );
}

function fail(note: string, output: string): StepResult {
  return { name: 'coverage', passed: 0, failed: 1, skipped: [], note, output };
}

/** One decimal, rounded down: what is not reached never looks as if it were. */
function percent({ total, covered }: Counted): string {
  return total === 0 ? '100.0' : (Math.floor((covered * 1_000) / total) / 10).toFixed(1);
}
