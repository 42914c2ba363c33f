import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCoverage } from './coverage.ts';
import { runProgram } from './program.ts';
import { REPORT_VARIABLE, type TestReport } from './reporter.ts';
import type { Step, StepContext, StepResult } from './step.ts';

/** What `npm test` runs, in this order of printing; the slow ones last and each alone. */
export const steps: readonly Step[] = [
  single('lockfile', 'installs are repeatable, and build nothing', 'commands/check/lockfile.ts'),
  single('format', 'one format, by oxfmt', 'node_modules/oxfmt/bin/oxfmt', '--check'),
  single('lint', 'no known mistakes, by oxlint', 'node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'),
  single('types', 'the types agree, by tsc', 'node_modules/typescript/bin/tsc'),
  single('layers', 'each part imports only what it may', 'commands/check/layers.ts'),
  single('unused', 'nothing is left over, by knip', 'node_modules/knip/bin/knip.js'),
  { name: 'tests', proves: 'it does what it should', isSlow: true, run: runTests },
];

/** A step that is one check: one program, content or not. */
function single(name: string, proves: string, program: string, ...parameters: readonly string[]): Step {
  const run = async ({ root }: StepContext): Promise<readonly StepResult[]> => {
    const { isOk, output } = await runProgram(program, parameters, { root });
    const note = isOk ? (output.trim().split('\n').at(-1) ?? '') : '';
    return [{ name, passed: isOk ? 1 : 0, failed: isOk ? 0 : 1, skipped: [], note: note.slice(0, 100), output }];
  };
  return { name, proves, run };
}

/** All tests, and their coverage as a check of its own; coverage says nothing when only some files ran. */
async function runTests({ root, files }: StepContext): Promise<readonly StepResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'evertill-check-'));
  try {
    const reportFile = join(folder, 'report.json');
    const coverage = ['--coverage', `--coverage.reportsDirectory=${join(folder, 'coverage')}`];
    const parameters = ['run', ...files, ...(files.length === 0 ? coverage : [])];
    const { isOk } = await runProgram('node_modules/vitest/vitest.mjs', parameters, {
      root,
      env: { [REPORT_VARIABLE]: reportFile },
      isShown: true,
    });
    const report: TestReport = existsSync(reportFile)
      ? JSON.parse(readFileSync(reportFile, 'utf8'))
      : { passed: 0, failed: 1, skipped: [] };
    // Whatever vitest was not content with, it is not ours to overlook.
    const failed = isOk ? report.failed : Math.max(report.failed, 1);
    const note = `${report.passed} passed, ${failed} failed, ${report.skipped.length} skipped`;
    const tests: StepResult = { ...report, name: 'tests', failed, note, output: '' };
    if (files.length > 0) return [tests, skip('coverage', 'only some test files ran')];
    return [tests, checkCoverage(join(folder, 'coverage', 'coverage-summary.json'), root)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function skip(name: string, reason: string): StepResult {
  return { name, passed: 0, failed: 0, skipped: [{ name, reason }], note: '', output: '' };
}
