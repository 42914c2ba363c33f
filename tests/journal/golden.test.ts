/**
 * Golden vectors: the bytes and hashes of version 1. Every later version must read them, so this file may only grow: run
 * with EVERTILL_GOLDEN=add to append what `samples.ts` has gained.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toHex } from '../../shared/ids.ts';
import { ChainReader, type Entry } from '../../shared/journal/chain.ts';
import { encodeEntry } from '../../shared/journal/envelope.ts';
import { isKnownKind, kinds } from '../../shared/journal/kinds.ts';
import { samples } from './golden/samples.ts';
import { envelope, link, sha256 } from './make.ts';

interface Vector {
  readonly name: string;
  readonly bytes: string;
  readonly hash: string;
}

const path = join(import.meta.dirname, 'golden', 'v1.json');
const made: Entry[] = [];
for (const [i, [, kind, body, changes]] of samples.entries()) {
  const said = typeof body === 'function' ? body(made) : body;
  made.push(...link([envelope(i + 1, { kind, body: said as never, ...changes })], made.at(-1)?.hash));
}
const vectors = JSON.parse(readFileSync(path, 'utf8')) as Vector[];
if (process.env['EVERTILL_GOLDEN'] === 'add') {
  const added = made.slice(vectors.length).map(({ bytes, hash }, i) => ({
    name: samples[vectors.length + i]?.[0] ?? '',
    bytes: new TextDecoder().decode(bytes),
    hash: toHex(hash),
  }));
  writeFileSync(path, `${JSON.stringify([...vectors, ...added], null, 2)}\n`);
}

test('there is a vector for every sample, and a sample of every kind', () => {
  expect(vectors.map(({ name }) => name)).toEqual(samples.map(([name]) => name));
  expect(new Set(samples.map(([, kind]) => kind))).toEqual(new Set(Object.keys(kinds)));
});

test.each(vectors.map((vector, i) => ({ vector, i })))('$vector.name is written as it was', ({ vector, i }) => {
  const { bytes, hash } = made[i] ?? { bytes: new Uint8Array(), hash: new Uint8Array() };
  expect(new TextDecoder().decode(bytes)).toBe(vector.bytes);
  expect(toHex(hash)).toBe(vector.hash);
});

test('the vectors are read as one chain, body by body, and come out as they went in', () => {
  const chain = new ChainReader(sha256);
  for (const { bytes, hash } of vectors) {
    const entry: Entry = { bytes: new TextEncoder().encode(bytes), hash: Buffer.from(hash, 'hex') };
    const next = chain.next(entry);
    if ('broken' in next) throw new Error(JSON.stringify(next.broken));
    const { kind, version, body } = next.envelope;
    if (!isKnownKind(kind, version)) throw new Error(`${kind} ${version} is no longer known`);
    expect(kinds[kind].read(body)).toEqual(body);
    expect(new TextDecoder().decode(encodeEntry(next.envelope))).toBe(bytes);
  }
  expect(chain.head?.seq).toBe(vectors.length);
});
