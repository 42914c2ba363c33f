/**
 * `npm run screens`: photographs till and head office into `docs/screens`. `npm run screens -- --check` looks at every screen
 * of the lists in every language, size and theme instead, for minutes, where `npm test` sees each in one look. Of that, a part:
 * `till` or `headoffice` after it, `--only <words>` of a screen's name; `--pictures <folder>` keeps what was seen.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const parts = { till: 'tests/e2e/every-screen.test.ts', headoffice: 'tests/headoffice/screens.test.ts' } as const;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' }, only: { type: 'string' }, pictures: { type: 'string' } },
});
const { only, pictures } = values;
if (values.check === true) {
  const env = {
    ...process.env,
    EVERTILL_LOOKS: 'all',
    ...(only === undefined ? {} : { EVERTILL_SCREENS: only }),
    ...(pictures === undefined ? {} : { EVERTILL_PICTURES: resolve(pictures) }),
  };
  const files = Object.entries(parts).filter(([part]) => positionals.length === 0 || positionals.includes(part));
  // Each to its end, so that one run tells all that is wrong.
  const results = files.map(([, file]) =>
    run('npm', ['run', '-s', 'vitest', '--', 'run', file, '-t', 'every.screen.+can.be.used'], env),
  );
  process.exit(results.find((status) => status !== 0) ?? 0);
}
for (const name of ['screens', 'screens-joined', 'screens-headoffice']) {
  const status = run(process.execPath, [`commands/${name}.ts`, ...positionals], process.env);
  if (status !== 0) process.exit(status);
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): number {
  return spawnSync(program, args, { stdio: 'inherit', env, shell: process.platform === 'win32' }).status ?? 1;
}
