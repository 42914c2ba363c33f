import { expect, test } from 'vitest';
import { checkLockfile, mendLockfile } from '../../commands/check/lockfile.ts';

const sound = {
  lockfileVersion: 3,
  packages: {
    '': { name: 'evertill' },
    'node_modules/better-sqlite3': { version: '13.2.0', gypfile: false },
    'node_modules/node': { version: '24.1.2' },
  },
};

test('a sound lockfile is left alone', () => {
  const text = `${JSON.stringify(sound, null, 2)}\n`;
  expect(checkLockfile(text, '24.1.2')).toEqual([]);
  expect(mendLockfile(text)).toBe(text);
});

test('an address of a registry is named', () => {
  const resolved = 'https://registry.example.test/zod/-/zod-4.0.0.tgz';
  const packages = { ...sound.packages, 'node_modules/zod': { version: '4.0.0', resolved } };
  expect(checkLockfile(JSON.stringify({ ...sound, packages }), '24.1.2')).toEqual([
    `node_modules/zod names where it was fetched from: ${resolved}`,
  ]);
});

test('a better-sqlite3 that npm would build is named, and mended', () => {
  const packages = { ...sound.packages, 'node_modules/better-sqlite3': { version: '13.2.0' } };
  const text = JSON.stringify({ ...sound, packages });
  expect(checkLockfile(text, '24.1.2')).toEqual([expect.stringContaining('npm run lockfile mends it')]);
  expect(checkLockfile(mendLockfile(text), '24.1.2')).toEqual([]);
});

test('another Node than the locked one is named', () => {
  expect(checkLockfile(JSON.stringify(sound), '20.9.0')).toEqual([expect.stringContaining('under Node 20.9.0')]);
});
