/** What `npm run pack` would put into an installer, with a runtime that is none: its program holds only the fuses. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { notBundled } from '../../commands/build/not-bundled.ts';

const project = join(import.meta.dirname, '..', '..');
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron ships them, in their order: run as Node, cookies, NODE_OPTIONS, inspect, integrity, from ASAR, snapshot, file. */
const shipped = '10110001';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-pack-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly unpacked?: boolean;
}

/** The files of an archive, with whether they lie beside it. */
function listArchive(path: string): ReadonlyMap<string, boolean> {
  const bytes = readFileSync(path);
  const root: Entry = JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8'));
  const list = (entry: Entry, at: string): [string, boolean][] =>
    entry.files === undefined
      ? [[at, entry.unpacked === true]]
      : Object.entries(entry.files).flatMap(([name, one]) => list(one, at === '' ? name : `${at}/${name}`));
  return new Map(list(root, ''));
}

it('packs what was built and what carries binaries, nothing else, and blows the fuses', ({ skip }) => {
  skip(process.platform !== 'linux', 'a program of Windows or macOS can not be made up like this');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, 'project', path)), { recursive: true });
    writeFileSync(join(folder, 'project', path), text);
  };
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Record<string, unknown>;
  const versionOf = (name: string): string =>
    (JSON.parse(readFileSync(join(project, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
      .version;
  const packages = [...notBundled.filter((name) => name !== 'electron'), 'uuid'];
  const dependencies = Object.fromEntries(packages.map((name) => [name, versionOf(name)]));
  write('package.json', JSON.stringify({ ...manifest, dependencies, devDependencies: {}, scripts: {} }));
  for (const name of [...packages, 'node-gyp-build', 'node-addon-api'])
    cpSync(join(project, 'node_modules', name), join(folder, 'project', 'node_modules', name), { recursive: true });
  for (const path of ['electron-builder.yml', 'electron/shell/icons'])
    cpSync(join(project, path), join(folder, 'project', path), { recursive: true });
  for (const path of [
    'shell/main.cjs',
    'shell/preload.cjs',
    'shell/till-worker.cjs',
    'shell/main.cjs.map',
    'renderer/till/index.html',
  ])
    write(`dist/${path}`, path);
  for (const path of ['dist/renderer/headoffice/index.html', 'electron/shell/main.ts', 'till.db', '.env'])
    write(path, path);

  const runtime = join(folder, 'runtime');
  mkdirSync(runtime);
  writeFileSync(
    join(runtime, 'electron'),
    Buffer.concat([Buffer.from(sentinel), Buffer.of(1, shipped.length), Buffer.from(shipped)]),
  );
  const builder = join(project, 'node_modules', 'electron-builder', 'cli.js');
  const out = join(folder, 'out');
  const settings = [`electronDist=${runtime}`, `electronVersion=${versionOf('electron')}`, `directories.output=${out}`];
  execFileSync(
    process.execPath,
    [builder, '--linux', 'dir', '--x64', '--publish', 'never', ...settings.map((one) => `-c.${one}`)],
    { cwd: join(folder, 'project'), stdio: 'pipe' },
  );

  const packed = listArchive(join(out, 'linux-unpacked', 'resources', 'app.asar'));
  const ours = [...packed.keys()].filter((path) => !path.startsWith('node_modules/'));
  expect(ours.toSorted()).toEqual([
    'dist/renderer/till/index.html',
    'dist/shell/main.cjs',
    'dist/shell/preload.cjs',
    'dist/shell/till-worker.cjs',
    'package.json',
  ]);
  const modules = new Set([...packed.keys()].flatMap((path) => /^node_modules\/([^/]+)/u.exec(path)?.[1] ?? []));
  expect([...modules].toSorted()).toEqual(['bcrypt', 'better-sqlite3', 'node-gyp-build']);
  const binaries = [...packed].filter(([path]) => path.endsWith('.node'));
  expect(binaries.length).toBeGreaterThan(1);
  for (const [path, isBeside] of binaries) expect([path, isBeside]).toEqual([expect.stringMatching(/linux-/u), true]);

  const program = readFileSync(join(out, 'linux-unpacked', 'evertill'));
  // No Node, cookies sealed, no NODE_OPTIONS, no inspector, its integrity proved, from the archive alone, no file: rights.
  expect(program.subarray(sentinel.length + 2).toString()).toBe('01001100');
});
