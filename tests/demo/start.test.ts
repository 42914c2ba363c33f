/** What `npm start` says to somebody who asks for what can't be. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const project = join(import.meta.dirname, '..', '..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-start-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts the till as `npm start` does, and waits until it ends by itself. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, ['commands/start.ts', ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, stdout, stderr };
}

describe('npm start', () => {
  test('opens a window of its own where Electron is, and ends as it ends', async ({ skip }) => {
    skip(process.platform === 'win32', 'a program of Windows can not be made up like this');
    const runtime = join(folder, 'runtime');
    mkdirSync(runtime);
    const program = process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
    mkdirSync(dirname(join(runtime, program)), { recursive: true });
    writeFileSync(join(runtime, program), '#!/bin/sh\nfor one in "$@"; do echo "given: $one"; done\nexit 3\n', {
      mode: 0o755,
    });
    const child = spawn(process.execPath, ['commands/start.ts', '--data', join(folder, 'till')], {
      cwd: project,
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: runtime },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    expect(code).toBe(3);
    expect(stdout).toContain('Evertill opens in a window of its own');
    // What both write comes in any order.
    const given = stdout.split('\n').filter((line) => line.startsWith('given: '));
    expect(given).toEqual([expect.any(String), 'given: --data', expect.stringMatching(/till$/u)]);
  });

  test.each([['--foo'], ['shop'], ['--data']])('given %s says how it is started', async (wrong) => {
    const { code, stderr } = await start(wrong);
    expect(code).toBe(2);
    expect(stderr).toContain('npm start -- [--data <folder>]');
    expect(stderr).not.toContain('    at ');
  });

  test('asked how, says it and ends well', async () => {
    expect(await start('--help')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('--no-open') });
  });

  test('given a port that is none says so', async () => {
    expect(await start('--port', '70000')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/from 0 to 65535, not 70000[^]*npm start --/u),
    });
  });

  test('given a till that can not be opened says why and what to do, and ends', async () => {
    const data = join(folder, 'till');
    writeFileSync(`${data}.key`, randomBytes(32), { mode: 0o600 });
    const { code, stderr, stdout } = await start('--data', data, '--screens', folder, '--no-open', '--port', '0');
    expect([code, stderr.trim()]).toEqual([
      1,
      `A till was set up here and its file is gone: ${join(data, 'till.db')}. Restore it, or give another --data folder.`,
    ]);
    expect(stdout).toContain('Till: http://127.0.0.1:');
  });

  test('given a port that is taken says who has it and what to do, without a stack', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { code, stderr } = await start('--data', folder, '--screens', folder, '--no-open', '--port', port);
    other.close();
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      `Another program uses port ${port} on 127.0.0.1. Give another with --port, or leave --port out.`,
    );
  });
});
