import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyFile, KeyError, readKeyFile } from '../pc/key.ts';
import { createFileSecrets, createSecrets } from '../pc/secrets.ts';
import { openSealedKey, type Vault } from './sealed-key.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-sealed-'));
  path = join(folder, 'till.key');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Not to be read by chance. */
function mixed(text: string | Buffer): Buffer {
  return Buffer.from(Buffer.from(text).toReversed());
}

/** What the system would do for one user: nobody else opens it. */
function vaultOf(user: string, options: { isAvailable?: boolean; isStale?: boolean } = {}): Vault {
  return {
    isAvailable: () => Promise.resolve(options.isAvailable ?? true),
    seal: (text) => Promise.resolve(mixed(`${user}|${text}`)),
    open: (sealed) => {
      const [owner, text = ''] = mixed(Buffer.from(sealed)).toString().split('|');
      if (owner !== user) return Promise.reject(new Error('decryption failed'));
      return Promise.resolve({ text, isStale: options.isStale ?? false });
    },
  };
}

const plain = new TextEncoder().encode('1379');
const faultOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (fault: unknown) => fault,
  );
  return error instanceof KeyError ? error.fault : error;
};

describe('the sealed key', () => {
  it('is written with the first secret, sealed, and opens the secret at the next start', async () => {
    const secrets = createSecrets(await openSealedKey(path, vaultOf('ada')));
    expect(existsSync(path)).toBe(false);
    const wrapped = secrets.wrap(plain);
    expect(readKeyFile(path)?.kind).toBe('sealed');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(secrets.unwrap(wrapped)).toEqual(plain);
    expect(createSecrets(await openSealedKey(path, vaultOf('ada'))).unwrap(wrapped)).toEqual(plain);
  });

  it('of a till that ran without the desktop application is sealed in its place, and its secrets stay', async () => {
    const wrapped = createFileSecrets(path).wrap(plain);
    const bare = readFileSync(path);
    expect(createSecrets(await openSealedKey(path, vaultOf('ada'))).unwrap(wrapped)).toEqual(plain);
    expect(readKeyFile(path)?.kind).toBe('sealed');
    expect(readFileSync(path).includes(bare)).toBe(false);
    expect(createSecrets(await openSealedKey(path, vaultOf('ada'))).unwrap(wrapped)).toEqual(plain);
  });

  it('says that it is for somebody else, and stays as it was for whom it is', async () => {
    const wrapped = createSecrets(await openSealedKey(path, vaultOf('ada'))).wrap(plain);
    const before = readFileSync(path);
    expect(await faultOf(openSealedKey(path, vaultOf('eve')))).toBe('foreign');
    expect(readFileSync(path)).toEqual(before);
    expect(createSecrets(await openSealedKey(path, vaultOf('ada'))).unwrap(wrapped)).toEqual(plain);
  });

  it('is never bare: where the system keeps no secrets nothing is made, and a bare key stays as it is', async () => {
    const nothing = vaultOf('ada', { isAvailable: false });
    expect(await faultOf(openSealedKey(path, nothing))).toBe('unavailable');
    expect(existsSync(path)).toBe(false);
    createFileSecrets(path).wrap(plain);
    const bare = readFileSync(path);
    expect(await faultOf(openSealedKey(path, nothing))).toBe('unavailable');
    expect(readFileSync(path)).toEqual(bare);
  });

  it('is not given away to a vault that does not give it back', async () => {
    createFileSecrets(path).wrap(plain);
    const bare = readFileSync(path);
    const forgetful: Vault = { ...vaultOf('ada'), open: () => Promise.resolve({ text: '', isStale: false }) };
    expect(await faultOf(openSealedKey(path, forgetful))).toBe('unavailable');
    expect(readFileSync(path)).toEqual(bare);
  });

  it('is sealed anew when the system has a better key', async () => {
    const wrapped = createSecrets(await openSealedKey(path, vaultOf('ada'))).wrap(plain);
    const renamed: Vault = {
      ...vaultOf('ada', { isStale: true }),
      seal: (text) => Promise.resolve(mixed(`ada|${text}|new`)),
    };
    const before = readFileSync(path);
    await openSealedKey(path, renamed);
    expect(readFileSync(path)).not.toEqual(before);
    expect(createSecrets(await openSealedKey(path, vaultOf('ada'))).unwrap(wrapped)).toEqual(plain);
  });

  it('says when the file is damaged', async () => {
    createKeyFile(path, Buffer.from('{"version":1}'));
    expect(await faultOf(openSealedKey(path, vaultOf('ada')))).toBe('damaged');
  });
});
