import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './commands/check/longest-first.ts';
import { CountingReporter } from './commands/check/reporter.ts';

export default defineConfig({
  test: {
    root: '.',
    include: ['{tests,shared,electron,sync,headoffice,renderer,commands,migrations,bench}/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/support/global-setup.ts'],
    sequence: { sequencer: LongestFirst },
    reporters: ['default', new CountingReporter()],
    // Half as many again as there are cores: the long files wait for browsers and databases 40 % of their time.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    testTimeout: 180_000,
    hookTimeout: 240_000,
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
