import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));
const REPORTER = join(project, 'commands', 'check', 'reporter.ts');

const CONFIG = `
import { CountingReporter } from ${JSON.stringify(REPORTER)};
export default { test: { include: ['*.test.ts'], reporters: [new CountingReporter()] } };
`;

const FILES = {
  'mixed.test.ts': `
    import { expect, test } from 'vitest';
    test('passes', () => expect(1).toBe(1));
    test('fails', () => expect(1).toBe(2));
    test('is skipped for a reason', ({ skip }) => skip(true, 'no printer here'));
    test.skip('is skipped without a word', () => undefined);
  `,
  'hook.test.ts': `
    import { beforeAll, test } from 'vitest';
    beforeAll(() => { throw new Error('no database'); });
    test('never runs', () => undefined);
  `,
  'broken.test.ts': "import './missing.ts';",
};

test('failures of every kind count, and a skip needs a reason', () => {
  const root = mkdtempSync(join(tmpdir(), 'evertill-reporter-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(root, { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
  writeFileSync(join(root, 'vitest.config.ts'), CONFIG);
  for (const [file, text] of Object.entries(FILES)) writeFileSync(join(root, file), text);
  const report = join(root, 'report.json');
  const vitest = join(project, 'node_modules', 'vitest', 'vitest.mjs');
  // Without the variables that this very run of vitest has set for its workers.
  const env = { PATH: process.env['PATH'], EVERTILL_TEST_REPORT: report };
  const { status } = spawnSync(process.execPath, [vitest, 'run'], { cwd: root, env, encoding: 'utf8' });
  expect(status).toBe(1);
  const { passed, failed, skipped } = JSON.parse(readFileSync(report, 'utf8'));
  expect(passed).toBe(1);
  // The test that fails, the skip without a reason, the hook and the file that does not load.
  expect(failed).toBe(4);
  expect(skipped).toEqual(
    expect.arrayContaining([
      { name: 'mixed.test.ts > is skipped for a reason', reason: 'no printer here' },
      { name: 'mixed.test.ts > is skipped without a word', reason: 'no reason given, which is a failure' },
      { name: 'hook.test.ts > never runs', reason: 'what it needs has failed' },
    ]),
  );
});
