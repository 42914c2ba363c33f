import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkLayers } from '../../commands/check/layers.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** A tree in which every layer holds a file and no rule is broken; `planted` goes over it. */
const sound: Readonly<Record<string, string>> = {
  'shared/money.ts': 'export type Minor = number;',
  'electron/till/app.ts': "export { pay } from './sale/handlers.ts'; export { open } from './db/open.ts';",
  'electron/till/db/open.ts':
    "import Database from 'better-sqlite3'; export const open = () => new Database(':memory:');",
  'electron/till/sale/handlers.ts':
    "import type { Minor } from '../../../shared/money.ts'; export const pay = (): Minor => 1;",
  'electron/till/refund/handlers.ts': 'export const refund = 1;',
  'electron/devices/drawer.ts': 'export const drawer = 1;',
  'electron/shell/main.ts':
    "import { app } from 'electron'; export { pay } from '../till/app.ts'; export const quit = () => app.quit();",
  'electron/pc/open-till.ts': 'export const openTill = 1;',
  'electron/shell/preload.ts': "export type { Minor } from '../../shared/money.ts';",
  'sync/central.ts': "import type pg from 'pg'; export type Client = pg.Client;",
  'headoffice/app.ts': "export type { Pool } from 'pg';",
  'renderer/till/main.tsx':
    "import type { Minor } from '../../shared/money.ts'; export const total = (minor: Minor) => <b>{minor}</b>;",
  'migrations/till/list.ts': 'export const list = [];',
  'commands/start.ts': "export { pay } from '../electron/till/app.ts';",
  'bench/run.ts': "export { pay } from '../electron/till/app.ts';",
  'tests/till.test.ts': "export { pay } from '../electron/till/app.ts';",
};

function check(planted: Readonly<Record<string, string>>, floor = 0): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'evertill-layers-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const file of ['package.json', 'tsconfig.json']) copyFileSync(join(project, file), join(root, file));
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
  for (const [file, text] of Object.entries({ ...sound, ...planted })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return checkLayers(root, floor).violations;
}

/** Files that are planted, each alone breaking one rule: the folder, the text, the beginning of the violation. */
const planted: readonly (readonly [folder: string, text: string, rule: string])[] = [
  ['shared', "import '../electron/till/app.ts';", 'shared may'],
  ['shared', "import type { Pool } from '../headoffice/app.ts'; export type P = Pool;", 'shared may'],
  ['shared', "import 'node:fs';", 'shared and renderer run without Node'],
  ['shared', "import './missing.ts';", 'every import is found'],
  ['electron/till', "import 'electron';", 'only some may import electron'],
  ['electron/till', "import type { App } from 'electron'; export type A = App;", 'only some may import electron'],
  ['electron/till', "export const load = () => import('electron');", 'only some may import electron'],
  ['electron/till', "import type pg from 'pg'; export type C = pg.Client;", 'only some may import pg'],
  ['electron/till', "import '../devices/drawer.ts';", 'till may'],
  ['electron/till', "import '../../sync/central.ts';", 'till may'],
  ['electron/till', "import '../../commands/start.ts';", 'till may'],
  ['electron/till', "import '../../bench/run.ts';", 'till may'],
  ['electron/till', "import '../../tests/till.test.ts';", 'nobody but tests imports a test'],
  ['electron/till', "import 'fast-check';", 'the product needs no development dependency'],
  ['electron/till/sale', "import 'better-sqlite3';", 'only some may import better-sqlite3'],
  ['electron/till/sale', "import '../refund/handlers.ts';", 'a noun never imports the handlers'],
  ['electron/devices', "import '../till/app.ts';", 'devices may'],
  ['electron/documents', "import '../till/app.ts';", 'documents may'],
  ['electron/browser', "import '../shell/main.ts';", 'browser may'],
  ['electron/pc', "import '../shell/main.ts';", 'pc may'],
  ['electron/till', "import '../pc/open-till.ts';", 'till may'],
  ['sync', "import 'pg';", 'only some may import pg'],
  ['sync', "import '../electron/till/app.ts';", 'sync may'],
  ['headoffice', "import '../sync/central.ts';", 'head office may'],
  ['renderer/till', "import 'better-sqlite3';", 'only some may import better-sqlite3'],
  ['renderer/till', "import 'fastify';", 'the renderer imports no library that needs Node'],
  ['renderer/till', "import 'node:path';", 'shared and renderer run without Node'],
  ['renderer/till', "import '../../electron/till/app.ts';", 'renderer may'],
  ['migrations/till', "import '../../electron/till/app.ts';", 'migrations of till may'],
  ['migrations/central', "import '../../headoffice/app.ts';", 'migrations of central may'],
  ['commands', "import '../tests/till.test.ts';", 'nobody but tests imports a test'],
  ['electron/printing', "import 'zod';", 'every file belongs to a layer'],
  ['electron', 'export const alone = 1;', 'every file belongs to a layer'],
  ['scripts', 'export const alone = 1;', 'every file belongs to a layer'],
];

describe('the check of the layers', () => {
  test('is content with a sound tree', () => {
    expect(check({})).toEqual([]);
  });

  test('is red for every planted violation', () => {
    // All at once, because one look takes a while: each file has a name of its own, and a violation must begin with it.
    const named = planted.map(([folder, text, rule], index) => ({ file: `${folder}/planted-${index}.ts`, text, rule }));
    const violations = check(Object.fromEntries(named.map(({ file, text }) => [file, text])));
    const isReported = ({ file, rule }: { readonly file: string; readonly rule: string }) =>
      violations.some((violation) => violation.startsWith(rule) && violation.split(': ')[1]?.split(' ')[0] === file);
    expect(named.filter((each) => !isReported(each))).toEqual([]);
  });

  test('is red for a preload that loads more than shared', () => {
    const violations = check({ 'electron/shell/preload.ts': "import './main.ts';" });
    expect(violations).toEqual([expect.stringMatching(/^preload may .*: electron\/shell\/preload[.]ts -> /)]);
  });

  test('is red for a circle, even of types', () => {
    const violations = check({
      'shared/one.ts': "import type { Two } from './two.ts'; export type One = Two;",
      'shared/two.ts': "import type { One } from './one.ts'; export type Two = One | 2;",
    });
    expect(violations).toContainEqual(expect.stringMatching(/^no circle: shared\/(one|two)[.]ts -> shared/));
  });

  test('is red when it looked at too few files', () => {
    expect(check({}, Object.keys(sound).length)).toEqual([]);
    expect(check({}, Object.keys(sound).length + 1)).toEqual([expect.stringContaining('fewer than the floor of')]);
  });
});
