/**
 * `npm run screens`: photographs till and head office into `docs/screens`. `npm run screens -- --check` looks at every screen
 * of the list in every language, size and theme instead, for minutes, where `npm test` sees each in one look.
 */
import { spawnSync } from 'node:child_process';

const isCheck = process.argv.includes('--check');
const steps: readonly (readonly string[])[] = isCheck
  ? [['npm', 'run', '-s', 'vitest', '--', 'run', 'tests/e2e/till.test.ts', '-t', 'every.screen']]
  : ['screens', 'screens-joined', 'screens-headoffice'].map((name) => [
      process.execPath,
      `commands/${name}.ts`,
      ...process.argv.slice(2),
    ]);
for (const [program = '', ...args] of steps) {
  const env = { ...process.env, ...(isCheck ? { EVERTILL_LOOKS: 'all' } : {}) };
  const { status } = spawnSync(program, args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
