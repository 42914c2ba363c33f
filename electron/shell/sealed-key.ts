/** The key of the till's secrets, sealed by the operating system for this user of this PC. */
import { createKeyFile, KeyError, makeKey, readKeyFile, type SecretKey, sealedKeyText } from '../pc/key.ts';
import { writeWhole } from '../pc/whole-file.ts';

/** What the operating system does with a text that only this user of this PC shall read. */
export interface Vault {
  /** False where it would keep it in plain text, too. */
  isAvailable(): Promise<boolean>;
  seal(text: string): Promise<Uint8Array>;
  /** `isStale`: to be sealed anew, the system has a better key now. Rejects when it was sealed for somebody else. */
  open(sealed: Uint8Array): Promise<{ readonly text: string; readonly isStale: boolean }>;
}

/**
 * The vault answers later and a till's secrets are needed at once: so the key is opened, or one is made and sealed, before
 * the till is opened. A new one is written with the first secret, as everywhere. A bare one that a till without this
 * application made is sealed in its place, once the system has shown that it can open what it sealed.
 *
 * @throws KeyError `unavailable`, `foreign`, `damaged`: the file is left as it was
 */
export async function openSealedKey(path: string, vault: Vault): Promise<SecretKey> {
  const kept = readKeyFile(path);
  if (!(await vault.isAvailable())) throw new KeyError('unavailable', path);
  if (kept === undefined) return newKey(path, await sealedAndProved(makeKey(), vault, path));
  if (kept.kind === 'bare') {
    const { text } = await sealedAndProved(kept.key, vault, path);
    writeWhole(path, text);
    return opened(kept.key);
  }
  const found = await vault.open(kept.sealed).catch((error: unknown) => {
    throw new KeyError('foreign', `${path}: ${error instanceof Error ? error.message : String(error)}`);
  });
  const key = Buffer.from(found.text, 'base64');
  if (key.length !== makeKey().length) throw new KeyError('damaged', path);
  if (found.isStale) writeWhole(path, (await sealedAndProved(key, vault, path)).text);
  return opened(key);
}

interface Sealed {
  readonly key: Buffer;
  /** What the key file holds. */
  readonly text: string;
}

/** Seals a key and opens it again: a key that can't be opened is a till that lets nobody in. */
async function sealedAndProved(key: Buffer, vault: Vault, path: string): Promise<Sealed> {
  try {
    const sealed = await vault.seal(key.toString('base64'));
    const { text } = await vault.open(sealed);
    if (text === key.toString('base64')) return { key, text: sealedKeyText(sealed) };
  } catch (error) {
    throw new KeyError('unavailable', `${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new KeyError('unavailable', `${path}: what was sealed did not come back`);
}

function opened(key: Buffer): SecretKey {
  return {
    read: () => key,
    create: () => {
      throw new Error('there is a key already');
    },
  };
}

function newKey(path: string, { key, text }: Sealed): SecretKey {
  let isWritten = false;
  return {
    read: () => (isWritten ? key : undefined),
    create: () => {
      createKeyFile(path, Buffer.from(text));
      isWritten = true;
      return key;
    },
  };
}
