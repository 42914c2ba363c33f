import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { findServer, stopLeftover } from '../../commands/postgres/leftover.ts';
import { placeCluster } from '../../commands/postgres/place.ts';

const project = join(import.meta.dirname, '..', '..');
const above = mkdtempSync(join(tmpdir(), 'evertill-demo-'));
const folder = join(above, 'demo');
const running = new Set<ChildProcess>();

/** Starts the demo as `npm run demo` does. */
function demo(...args: string[]) {
  const child = spawn(process.execPath, ['commands/demo/demo.ts', '--data', folder, '--no-open', ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const ended = once(child, 'close').then(([code, signal]) => {
    running.delete(child);
    return { code, signal };
  });
  return { child, ended, stderr: text(child.stderr) };
}

/** Runs a check; its last line is the result. */
async function check(...args: string[]) {
  const { child, ended, stderr } = demo('--check', ...args);
  const output = await text(child.stdout);
  const { code } = await ended;
  const last = output.trim().split('\n').at(-1) ?? '';
  return { code, stderr: await stderr, result: last === '' ? undefined : JSON.parse(last) };
}

/** Starts the demo and waits until it says how to stop it; answers what it printed. */
async function start() {
  const started = demo();
  const printed: string[] = [];
  for await (const line of createInterface(started.child.stdout)) {
    printed.push(line);
    if (line.startsWith('Ctrl-C')) return { ...started, printed: printed.join('\n') };
  }
  throw new Error(`the demo ended before it was there: ${await started.stderr}`);
}

const server = () => findServer(join(placeCluster(join(folder, 'postgres')), 'data'));
const entries = ({ till_head }: { readonly till_head: string }) => Number(till_head.split(' ')[0]);

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  await Promise.all([...running].map((child) => once(child, 'close')));
});
afterAll(async () => {
  const cluster = placeCluster(join(folder, 'postgres'));
  await stopLeftover(join(cluster, 'data'), undefined);
  for (const gone of [cluster, above]) rmSync(gone, { recursive: true, force: true });
});

describe('npm run demo', () => {
  test(
    'sells through the screens, is found again after kill -9 and Ctrl-C, and begins anew when asked',
    { timeout: 600_000 },
    async () => {
      // A folder that holds something else is never taken for a demo's, and never deleted.
      mkdirSync(folder);
      writeFileSync(join(folder, 'letter.txt'), 'Dear shop');
      const refused = await check('--fresh');
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain('no demo');
      expect(readFileSync(join(folder, 'letter.txt'), 'utf8')).toBe('Dear shop');
      rmSync(join(folder, 'letter.txt'));

      const first = await check();
      expect(first).toMatchObject({ code: 0 });
      expect(first.stderr).toContain('Stocking the shop');
      expect(first.stderr).toContain('Counting the opening stock');
      expect(Object.keys(first.result)).toEqual([
        'sold_total_minor',
        'headoffice_total_minor',
        'till_head',
        'central_head',
        'seconds',
      ]);
      expect(first.result.sold_total_minor).toBe(1_693);
      expect(first.result.headoffice_total_minor).toBe(1_693);
      expect(first.result.till_head).toMatch(/^\d+ [0-9a-f]{64}$/);
      expect(first.result.central_head).toBe(first.result.till_head);
      expect(server()).toBeUndefined();

      const killed = await start();
      expect(killed.printed).toMatch(/Till +http:\/\/127\.0\.0\.1:\d+\/till\/#token=/);
      expect(killed.printed).toContain('Jonas M.');
      expect(killed.printed).toContain('Elena Lindqvist');
      const console_ = /Head office +(http:\S+)/.exec(killed.printed)?.[1] ?? '';
      expect((await fetch(console_)).status).toBe(200);
      // Two demos on one folder would pull it from under each other.
      for (const args of [[], ['--fresh']]) {
        const second = await check(...args);
        expect(second.code).toBe(1);
        expect(second.stderr).toContain(`This demo is running already, as process ${killed.child.pid}`);
      }
      killed.child.kill('SIGKILL');
      await killed.ended;
      expect(server()).toBeDefined();

      const after = await check();
      expect(after).toMatchObject({ code: 0 });
      // What is there already is neither stocked nor counted again.
      expect(after.stderr).toContain('Finding the shop as it was left');
      expect(after.stderr).not.toMatch(/Stocking|Counting/);
      expect(entries(after.result)).toBeGreaterThan(entries(first.result));
      expect(after.result.headoffice_total_minor).toBe(1_693);

      const stopped = await start();
      // As a terminal and npm do it: the signal comes twice.
      stopped.child.kill('SIGINT');
      stopped.child.kill('SIGINT');
      expect(await stopped.ended).toEqual({ code: 0, signal: null });
      expect(server()).toBeUndefined();

      const anew = await check('--fresh');
      expect(anew).toMatchObject({ code: 0 });
      expect(entries(anew.result)).toBe(entries(first.result));
      expect(existsSync(join(folder, 'demo.json'))).toBe(true);
    },
  );
});
