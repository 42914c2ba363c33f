/**
 * The built desktop application: under the stand-in everywhere, and under Electron where its runtime is installed. One
 * file, so that it is built once.
 */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { findElectron } from '../../commands/build/electron.ts';
import { buildShell } from '../../commands/build/shell.ts';
import { askForShared } from '../support/shared-by-run.ts';
import { launchElectron } from './launch-electron.ts';
import { launchStandIn } from './launch.ts';
import { standInStories } from './stand-in-stories.ts';
import { shellStories, type ShellWorld } from './stories.ts';

const project = join(import.meta.dirname, '..', '..');
let folder: string;
let built: Omit<ShellWorld, 'launch'>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-built-'));
  const dist = join(folder, 'dist');
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'), 'junction');
  cpSync(join(project, 'package.json'), join(folder, 'package.json'));
  cpSync(await askForShared('screens'), join(dist, 'renderer'), { recursive: true });
  await buildShell(join(dist, 'shell'));
  built = { dist, demo: await askForShared('demoShop') };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('under the stand-in', () => {
  standInStories(() => ({ ...built, launch: launchStandIn }));
  shellStories(() => ({ ...built, launch: launchStandIn }));
});

const electron = findElectron(process.env);

describe('under Electron', () => {
  beforeEach(({ skip }) => skip(electron === undefined, "Electron's runtime is not installed here"));
  shellStories(() => ({ ...built, launch: launchElectron(electron ?? '') }));
});
