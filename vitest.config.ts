import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './commands/check/longest-first.ts';
import { CountingReporter } from './commands/check/reporter.ts';

const timeouts = { testTimeout: 180_000, hookTimeout: 240_000 };
const every = ['{tests,shared,electron,sync,headoffice,renderer,commands,migrations,bench}/**/*.test.{ts,tsx}'];
/**
 * Files that change nothing of the process they run in, or change it back: many of them share a worker. One of their own, and
 * reading the program anew in it, takes as long as the tests of many of them. Whoever patches a global stays apart.
 */
const together = ['{shared,renderer}/**/*.test.{ts,tsx}', 'tests/{slices,sync,attack}/**/*.test.ts'];

export default defineConfig({
  test: {
    root: '.',
    projects: [
      { test: { ...timeouts, name: 'apart', include: every, exclude: together } },
      { test: { ...timeouts, name: 'together', include: together, isolate: false } },
    ],
    globalSetup: ['tests/support/global-setup.ts'],
    sequence: { sequencer: LongestFirst },
    reporters: ['default', new CountingReporter()],
    // Half as many again as there are cores: the long files wait for browsers and databases 40 % of their time.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    coverage: {
      provider: 'v8',
      include: ['{shared,electron,sync,headoffice,migrations,commands}/**/*.ts'],
      exclude: [
        '**/*.test.ts',
        // Needs Electron's runtime, which is not to be had everywhere; kept so thin that little can hide in it.
        'electron/shell/**',
        // Where a process begins: tests run these as processes of their own, which coverage does not reach.
        'commands/check/{test,steps,program}.ts',
        'commands/{start,verify,rebuild,central,mutants,torture}.ts',
        'commands/{demo,mutants,replay,torture}/**',
        // Run inside vitest itself, which measures only what it tests.
        'commands/check/{reporter,longest-first}.ts',
      ],
      reporter: ['text-summary', 'json-summary'],
      reportOnFailure: true,
    },
  },
});
