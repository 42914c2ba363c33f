import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));
const RUNNER = join(project, 'commands', 'check', 'test.ts');

/** Runs `npm test` with these steps in a tree that has this project's settings and the files that are planted. */
function runSteps(only: string, planted: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'evertill-lint-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const file of ['package.json', 'tsconfig.json', '.oxlintrc.json', '.oxfmtrc.json', '.gitignore'])
    copyFileSync(join(project, file), join(root, file));
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
  for (const [file, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const { stdout, status } = spawnSync(process.execPath, [RUNNER, '--only', only], {
    cwd: root,
    encoding: 'utf8',
    timeout: 100_000,
  });
  return { output: stdout, last: stdout.trimEnd().split('\n').at(-1), status };
}

const SOUND = 'export const one = 1;\n';

test('a sound file passes, and the last line says so', () => {
  const { last, status } = runSteps('format,lint,types', { 'shared/sound.ts': SOUND });
  expect(last).toMatch(/^3 passed, 0 failed, \d+ skipped$/);
  expect(status).toBe(0);
});

test('a planted mistake of each kind turns the checks red, and is printed', () => {
  const planted = {
    'shared/any.ts': 'export const read = (text: string): any => JSON.parse(text);\n',
    'shared/certain.ts': 'export const first = (texts: readonly string[]): string => texts[0]!;\n',
    'shared/loud.ts': "console.log('loud');\nexport const loud = 1;\n",
    'shared/floating.ts': 'export const start = () => {\n  Promise.resolve(1);\n};\n',
    'shared/float.ts': 'export const show = (total_minor: number) => (total_minor / 100).toFixed(2);\n',
    'shared/clock.ts': 'export const now = () => Date.now();\n',
    'shared/later.ts': '// TODO: later\nexport const later = 1;\n',
    'shared/silenced.ts': '// @ts-ignore\nexport const silenced = 1;\n',
    'shared/one.ts': "import { two } from './two.ts';\nexport const one = () => two;\n",
    'shared/two.ts': "import { one } from './one.ts';\nexport const two = () => one;\n",
    'shared/not_kebab.ts': SOUND,
    'commands/loud.ts': "console.log('commands may');\n",
  };
  const { output, last, status } = runSteps('lint', planted);
  const named: readonly (readonly [rule: string, file: string])[] = [
    ['no-explicit-any', 'shared/any.ts'],
    ['no-non-null-assertion', 'shared/certain.ts'],
    ['no-console', 'shared/loud.ts'],
    ['no-floating-promises', 'shared/floating.ts'],
    ['no-restricted-properties', 'shared/float.ts'],
    ['no-restricted-properties', 'shared/clock.ts'],
    ['no-warning-comments', 'shared/later.ts'],
    ['ban-ts-comment', 'shared/silenced.ts'],
    ['no-cycle', 'shared/one.ts'],
    ['filename-case', 'shared/not_kebab.ts'],
  ];
  const isNamed = ([rule, file]: (typeof named)[number]) =>
    output.split('\n\n').some((each) => each.includes(rule) && each.includes(file));
  expect(named.filter((each) => !isNamed(each))).toEqual([]);
  expect(output).not.toContain('commands/loud.ts');
  expect(last).toMatch(/^0 passed, 1 failed, \d+ skipped$/);
  expect(status).toBe(1);
});

test('a wrong type and a wrong format turn the checks red', () => {
  const { output, last, status } = runSteps('format,types', {
    'shared/wrong.ts': 'export const one: string = 1;\n',
    'shared/ugly.ts': 'export const one   = "1"\n',
  });
  expect(output).toContain('shared/wrong.ts(1,14): error TS2322');
  expect(output).toContain('shared/ugly.ts');
  expect(last).toMatch(/^0 passed, 2 failed, \d+ skipped$/);
  expect(status).toBe(1);
});

test('a step that does not exist is an error, not a silent success', () => {
  expect(runSteps('lnt', {}).status).toBe(2);
});
