import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileKey, createKeyFile, KeyError, sealedKeyText } from './key.ts';
import { createFileSecrets } from './secrets.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'evertill-secrets-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plain = new TextEncoder().encode('1379');

describe('secrets under a key file', () => {
  it('come back with the same key, also in the next process', () => {
    const path = join(folder, 'beside', 'till.key');
    expect(existsSync(path)).toBe(false);
    const wrapped = createFileSecrets(path).wrap(plain);
    expect(Buffer.from(wrapped).includes(Buffer.from(plain))).toBe(false);
    expect(createFileSecrets(path).unwrap(wrapped)).toEqual(plain);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('are never wrapped the same way twice', () => {
    const secrets = createFileSecrets(join(folder, 'till.key'));
    expect(secrets.wrap(plain)).not.toEqual(secrets.wrap(plain));
  });

  it('do not come back with another key, nor when one bit was changed', () => {
    const secrets = createFileSecrets(join(folder, 'till.key'));
    const wrapped = secrets.wrap(plain);
    const other = createFileSecrets(join(folder, 'other.key'));
    other.wrap(plain);
    expect(() => other.unwrap(wrapped)).toThrow('authenticate');
    for (let at = 0; at < wrapped.length; at += 1) {
      const changed = Uint8Array.from(wrapped);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => secrets.unwrap(changed), `byte ${at}`).toThrow(/authenticate|not a wrapped secret/u);
    }
    expect(() => secrets.unwrap(wrapped.subarray(0, 10))).toThrow('not a wrapped secret');
    expect(() => secrets.unwrap(new Uint8Array())).toThrow('not a wrapped secret');
  });

  it('close a key file that others may read', () => {
    if (process.platform === 'win32') return;
    const path = join(folder, 'till.key');
    const wrapped = createFileSecrets(path).wrap(plain);
    chmodSync(path, 0o644);
    createFileSecrets(path).unwrap(wrapped);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path)).toHaveLength(32);
  });

  it('say so when the desktop application sealed the key, and leave the file alone', () => {
    const path = join(folder, 'till.key');
    const text = sealedKeyText(Buffer.from('what the system made of it'));
    createKeyFile(path, Buffer.from(text));
    expect(() => createFileKey(path).read()).toThrow(new KeyError('sealed', path));
    expect(() => createFileSecrets(path).wrap(plain)).toThrow(KeyError);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('say so when the key file is damaged, and write no other over it', () => {
    const path = join(folder, 'till.key');
    createKeyFile(path, Buffer.from('half a k'));
    expect(() => createFileSecrets(path).wrap(plain)).toThrow(/damaged/u);
    expect(() => createKeyFile(path, Buffer.alloc(32))).toThrow('EEXIST');
    expect(readFileSync(path, 'utf8')).toBe('half a k');
  });
});
