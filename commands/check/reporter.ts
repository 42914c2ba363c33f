import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Skipped } from './step.ts';

/** The environment variable that names the file to write. Without it the reporter does nothing. */
export const REPORT_VARIABLE = 'EVERTILL_TEST_REPORT';

export interface TestReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
}

/**
 * Counts what vitest ran into a JSON file for `npm test`. Vitest's own JSON leaves out why a test was skipped. A failed
 * hook, a file that does not load and an error that nobody caught count as failures, each, and so does a test that is
 * skipped without a word: `test('…', ({ skip }) => skip(isMissing, 'why'))`.
 */
export class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env[REPORT_VARIABLE];
    if (file !== undefined) writeFileSync(file, JSON.stringify(count(modules, unhandled.length)));
  }
}

function count(modules: readonly TestModule[], unhandled_count: number): TestReport {
  let passed = 0;
  let failed = unhandled_count;
  const skipped: Skipped[] = [];
  for (const module of modules) {
    const suites = [...module.children.allSuites()];
    const failedHooks = [module, ...suites].filter((suite) => suite.errors().length > 0).length;
    failed += failedHooks;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') passed += 1;
      else if (result.state === 'skipped' && result.note !== undefined)
        skipped.push({ name: describe(test), reason: result.note });
      else if (result.state === 'skipped' && failedHooks > 0)
        skipped.push({ name: describe(test), reason: 'what it needs has failed' });
      else if (result.state === 'skipped') {
        failed += 1;
        skipped.push({ name: describe(test), reason: 'no reason given, which is a failure' });
      } else failed += 1;
    }
  }
  return { passed, failed, skipped };
}

function describe(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName}`;
}
