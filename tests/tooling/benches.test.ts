/** A bench writes tables by hand to have something to compare with: it has to keep up with them. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bench = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['bench/run.ts', ...args], { cwd: root, encoding: 'utf8', timeout: 300_000 });

test('the bench of a checkout runs against the tables as they are', () => {
  const { status, stderr, stdout } = bench('checkout', '--sales', '1', '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ sales: 1 });
});

test('a bench that does not exist is answered with those that do', () => {
  const { status, stderr } = bench('nothing');
  expect(stderr).toContain('<checkout|drain|idle|lag|peer|pull|push|scale|scan|search|startup>');
  expect(status).toBe(2);
});
