/** A till of an older version is brought up to date in a thread on its way to being open. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeOlder } from '../../tests/support/older-file.ts';
import { OpenError } from '../till/db/open.ts';
import { dataFolder } from './folder.ts';
import { openTill, openTillUpToDate } from './open-till.ts';

let folder: string;
const files = () => dataFolder(join(folder, 'till'));
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-open-'));
  const opened = openTill(files(), 'old');
  const made = await opened.till.invoke({ operation: 'setup.try_demo', input: {}, command: v7() });
  if (!made.ok) throw new Error(made.error.code);
  opened.close();
  makeOlder(files().till);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['in a thread', undefined],
  ['here, where no thread can be had', 'no-such-worker.ts'],
])('brings it up to date %s, tells how far it is, and keeps a copy', async (_, worker) => {
  expect(() => openTill(files(), 'new')).toThrow(OpenError);
  const steps = new Set<string>();
  const opened = await openTillUpToDate(files(), 'new', {
    told: ({ step }) => steps.add(step),
    ...(worker === undefined ? {} : { worker: join(import.meta.dirname, worker) }),
  });
  expect([...steps]).toEqual(['backing_up', 'checking', 'migrating', 'opening']);
  expect(await opened.till.invoke({ operation: 'setup.status', input: {} })).toMatchObject({ value: { done: true } });
  opened.close();
  expect(readdirSync(files().backups)).toEqual([expect.stringMatching(/before-new\.db$/u)]);
  openTill(files(), 'new').close();
});

it('hands on what failed in the thread', async () => {
  const other = openTillUpToDate(dataFolder(join(folder, 'none')), 'new');
  (await other).close();
  rmSync(files().till);
  await expect(openTillUpToDate(files(), 'new')).rejects.toMatchObject({ fault: 'missing' });
});
