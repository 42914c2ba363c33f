import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the reference is what the contracts say, and the list of planted faults what is planted', () => {
  const command = join(import.meta.dirname, '..', '..', 'commands', 'reference.ts');
  const { status, stderr } = spawnSync(process.execPath, [command, '--check'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
