import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InstallationId } from '../../shared/ids.ts';
import { decodeCanonical, encodeCanonical, FormatError } from '../../shared/journal/canonical.ts';
import { ChainReader, type Entry } from '../../shared/journal/chain.ts';
import { decodeEntry, encodeEntry } from '../../shared/journal/envelope.ts';
import { maxDepth, maxEntryBytes } from '../../shared/journal/limits.ts';
import { openPayload, sealPayload } from '../../shared/journal/payload.ts';
import { fixedId, envelope, link, sha256 } from './make.ts';

const text = (value: string) => new TextEncoder().encode(value);
const faultOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof FormatError) return error.fault;
    throw error;
  }
  return 'none';
};
/** The first fault of a chain, or the number of good entries. */
function follow(entries: readonly Entry[]): number | string {
  const chain = new ChainReader(sha256);
  for (const entry of entries) {
    const next = chain.next(entry);
    if ('broken' in next) return `${next.broken.seq} ${next.broken.fault}`;
  }
  return chain.head?.seq ?? 0;
}

describe('the JSON of the journal', () => {
  test.each([
    ['U+0000 in a text', { a: 'x\u0000y' }, 'text_refused'],
    ['U+0000 in a key', { 'x\u0000y': 1 }, 'text_refused'],
    ['a lone surrogate', { a: '\ud800' }, 'text_refused'],
    ['a fraction', { a: 1.5 }, 'number_refused'],
    ['2^53', { a: 2 ** 53 }, 'number_refused'],
    ['NaN', { a: Number.NaN }, 'number_refused'],
    ['a bigint', { a: 1n }, 'value_refused'],
    ['a Date', { a: new Date(0) }, 'value_refused'],
    ['undefined in an array', [undefined], 'value_refused'],
  ])('refuses to write %s', (_, value, fault) => {
    expect(faultOf(() => encodeCanonical(value))).toBe(fault);
  });

  test.each([
    ['a duplicate key', '{"a":1,"a":2}', 'not_canonical'],
    ['white space', '{"a": 1}', 'not_canonical'],
    ['another escape', '{"a":"\\u0041"}', 'not_canonical'],
    ['an exponent', '{"a":1e2}', 'not_canonical'],
    ['minus zero', '{"a":-0}', 'not_canonical'],
    ['an escaped U+0000', '{"a":"\\u0000"}', 'text_refused'],
    ['an escaped lone surrogate', '{"a":"\\udc00"}', 'text_refused'],
    ['2^53 + 1', '{"a":9007199254740993}', 'number_refused'],
    ['a byte order mark', '\ufeff{}', 'not_json'],
    ['two values', '{}{}', 'not_json'],
  ])('refuses to read %s', (_, json, fault) => {
    expect(faultOf(() => decodeCanonical(text(json)))).toBe(fault);
  });

  test('refuses bytes that are not UTF-8', () => {
    expect(faultOf(() => decodeCanonical(Uint8Array.of(0x22, 0xff, 0x22)))).toBe('not_utf8');
    // U+D800 as three bytes (CESU-8) is not UTF-8 either.
    expect(faultOf(() => decodeCanonical(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)))).toBe('not_utf8');
  });

  test('holds the deepest nesting that is allowed, and nothing deeper', () => {
    const nested = (depth: number): unknown => (depth === 1 ? [] : [nested(depth - 1)]);
    expect(faultOf(() => encodeCanonical(nested(maxDepth)))).toBe('none');
    expect(faultOf(() => encodeCanonical(nested(maxDepth + 1)))).toBe('too_deep');
    expect(faultOf(() => decodeCanonical(text('['.repeat(40) + ']'.repeat(40))))).toBe('too_deep');
    // Deep enough to end a recursive reader before it can answer.
    expect(faultOf(() => decodeCanonical(text('['.repeat(200_000) + ']'.repeat(200_000))))).toMatch(
      /too_deep|not_json/,
    );
  });

  test('holds the largest entry that is allowed, and nothing larger', () => {
    const fill = (bytes: number) => encodeCanonical('x'.repeat(bytes - 2));
    expect(fill(maxEntryBytes).length).toBe(maxEntryBytes);
    expect(faultOf(() => fill(maxEntryBytes + 1))).toBe('too_large');
  });

  test('reads back whatever it wrote', () => {
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.maxSafeInteger().map((number) => number + 0),
        fc.string({ unit: 'binary' }).filter((string) => string.isWellFormed() && !string.includes('\u0000')),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/), tie('value'), {
          maxKeys: 4,
          noNullPrototype: true,
        }),
      ),
    })).value;
    fc.assert(
      fc.property(value, (written) => {
        expect(decodeCanonical(encodeCanonical(written))).toEqual(written);
      }),
    );
  });
});

describe('the envelope', () => {
  test('is written in one order, whatever order it was given in', () => {
    const plain = envelope(2);
    const turned = Object.fromEntries(Object.entries(plain).toReversed()) as typeof plain;
    expect(encodeEntry(turned)).toEqual(encodeEntry(plain));
  });

  test.each([
    ['a date that no calendar has', { business_date: '2026-02-30' }],
    ['a time that no clock shows', { at: '2026-11-21T24:00:00.000Z' }],
    ['a time without milliseconds', { at: '2026-11-21T09:30:00Z' }],
    ['a time with another zone', { at: '2026-11-21T09:30:00.000+01:00' }],
    ['a year of five digits', { at: '+12026-11-21T09:30:00.000Z' }],
    ['a UUID in capitals', { actor: '0190FFFF-0000-7000-8000-000000000001' as never }],
    ['a currency that is none', { currency: 'gbp' }],
    ['seq 0', { seq: 0 }],
    ['an offset beyond eighteen hours', { offset: 1081 }],
    ['a kind with a path in it', { kind: '../sale' }],
    ['payloads out of order', { private: ['b'.repeat(64), 'a'.repeat(64)] }],
    ['a payload twice', { private: ['a'.repeat(64), 'a'.repeat(64)] }],
    ['a body that is a list', { body: [] as never }],
  ])('refuses %s', (_, changes) => {
    expect(faultOf(() => encodeEntry(envelope(2, changes)))).toBe('envelope_refused');
  });

  test('refuses a field that it does not know when writing, and keeps it when reading', () => {
    const later = { ...envelope(2), witness: 'x' };
    expect(faultOf(() => encodeEntry(later))).toBe('envelope_refused');
    const bytes = encodeCanonical(later);
    expect(decodeEntry(bytes)).toMatchObject({ witness: 'x' });
  });
});

describe('the chain', () => {
  const entries = link([envelope(1), envelope(2), envelope(3), envelope(4)]);

  test('is followed to its head', () => {
    expect(follow(entries)).toBe(4);
    expect(follow([])).toBe(0);
  });

  test('breaks at any byte that was changed', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.nat(10_000), fc.integer({ min: 1, max: 255 }), (which, at, flip) => {
        const forged = entries.map((entry, i) => {
          if (i !== which) return entry;
          const bytes = Uint8Array.from(entry.bytes);
          const place = at % bytes.length;
          bytes[place] = (bytes[place] ?? 0) ^ flip;
          return { ...entry, bytes };
        });
        expect(String(follow(forged))).toMatch(new RegExp(`^${which + 1} (hash|format)$`));
      }),
    );
  });

  test('breaks when entries change places, are left out, or one is put in', () => {
    const [a, b, c, d] = entries as [Entry, Entry, Entry, Entry];
    expect(follow([a, c, b, d])).toBe('2 hash');
    expect(follow([a, c, d])).toBe('2 hash');
    expect(follow([a, b, b, c])).toBe('3 hash');
    expect(follow([b, c])).toBe('1 hash');
  });

  test('breaks when a forger links it anew: gaps, another till, another store, another epoch or installation', () => {
    expect(follow(link([envelope(1), envelope(3)]))).toBe('2 gap');
    expect(follow(link([envelope(1), envelope(1)]))).toBe('2 gap');
    expect(follow(link([envelope(2)]))).toBe('1 gap');
    expect(follow(link([envelope(1, { kind: 'till.opened', body: envelope(2).body })]))).toBe('1 genesis');
    expect(follow(link([envelope(1), envelope(2, { till: fixedId(3, 9) })]))).toBe('2 till');
    expect(follow(link([envelope(1), envelope(2, { store: fixedId(2, 9) })]))).toBe('2 till');
    expect(follow(link([envelope(1), envelope(2, { epoch: 2 })]))).toBe('2 epoch');
    expect(follow(link([envelope(1), envelope(2, { installation: fixedId(1, 9) })]))).toBe('2 installation');
    const opened = { ...envelope(1).body, reason: 'restored' };
    expect(follow(link([envelope(1), envelope(2, { kind: 'epoch.opened', epoch: 2, body: opened })]))).toBe('2 epoch');
  });

  test('may change its installation where an epoch is opened that names the head before it', () => {
    const first = link([envelope(1)]);
    const body = {
      reason: 'replaced',
      previous_head: { epoch: 1, seq: 1, hash: Buffer.from(first[0]?.hash ?? []).toString('hex') },
      series: 'B',
    };
    const next = { kind: 'epoch.opened', epoch: 2, body, installation: fixedId<InstallationId>(1, 9) };
    expect(follow(link([envelope(1), envelope(2, next)]))).toBe(2);
    expect(follow(link([envelope(1), envelope(2, { ...next, epoch: 1 })]))).toBe('2 epoch');
  });
});

describe('private payloads', () => {
  const subject = fixedId<never>(7, 1);
  test('are found by their hash, and differ by their salt alone', () => {
    const one = sealPayload(sha256, new Uint8Array(16).fill(1), { subject, name: 'Ada' });
    const two = sealPayload(sha256, new Uint8Array(16).fill(2), { subject, name: 'Ada' });
    expect(one.hash).not.toBe(two.hash);
    expect(openPayload(one.bytes)).toMatchObject({ subject, name: 'Ada' });
    expect(Buffer.from(sha256(one.bytes)).toString('hex')).toBe(one.hash);
  });
  test('are refused without enough salt', () => {
    expect(faultOf(() => sealPayload(sha256, new Uint8Array(15), { subject, name: 'Ada' }))).toBe('value_refused');
  });
});
