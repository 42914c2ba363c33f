/** Attacks on the format by somebody who can compute SHA-256 as well as we can. What a file can suffer: attack-file.test.ts. */
import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { fromHex, type InstallationId, type StaffId, toHex } from '../../shared/ids.ts';
import { decodeCanonical, encodeCanonical, FormatError } from '../../shared/journal/canonical.ts';
import { ChainReader, type Entry, genesisHash } from '../../shared/journal/chain.ts';
import { decodeEntry, encodeEntry, type Envelope } from '../../shared/journal/envelope.ts';
import { maxEntryBytes, maxOwnEntryBytes } from '../../shared/journal/limits.ts';
import { openPayload, sealPayload } from '../../shared/journal/payload.ts';
import { createDatabase } from '../support/postgres.ts';
import { adoptedBody, envelope, firstBody, fixedId, link, openedAfter, sha256 } from './make.ts';

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
function follow(entries: readonly Entry[]): number | string {
  const chain = new ChainReader(sha256);
  for (const entry of entries) {
    const next = chain.next(entry);
    if ('broken' in next) return `${next.broken.seq} ${next.broken.fault}`;
  }
  return chain.isComplete ? (chain.head?.seq ?? 0) : `${chain.head?.seq} incomplete`;
}

describe('names of fields', () => {
  test.each(['__proto__', '7', '-1', '', 'Name', 'größe', 'a-b', 'a.b', 'a b', '_a', 'x'.repeat(65)])(
    '%j is none',
    (key) => {
      const json = `{"a":{${JSON.stringify(key)}:1}}`;
      expect(faultOf(() => decodeCanonical(text(json)))).toBe('key_refused');
      expect(faultOf(() => encodeCanonical(JSON.parse(json)))).toBe('key_refused');
    },
  );

  test('that JavaScript has of its own are fields like others', () => {
    const value = { constructor: { prototype: 1 }, valueof: { then: null } };
    expect(decodeCanonical(encodeCanonical(value))).toEqual(value);
    const bytes = encodeCanonical({ ...envelope(2), constructor: { prototype: 1 } });
    expect(decodeEntry(bytes)).toMatchObject({ kind: 'till.opened', constructor: { prototype: 1 } });
  });

  test('keep the order in which they were written, whatever they are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/), { minLength: 2 }), (keys) => {
        const json = `{${keys.map((key, i) => `"${key}":${i}`).join(',')}}`;
        expect(new TextDecoder().decode(encodeCanonical(decodeCanonical(text(json))))).toBe(json);
      }),
    );
  });

  test.each([
    ['the kind twice', (json: string) => json.replace('"kind":', '"kind":"sale.completed","kind":')],
    ['a field of the body twice', (json: string) => json.replace('"demo":', '"demo":true,"demo":')],
    ['seq as 2.0', (json: string) => json.replace('"seq":2', '"seq":2.0')],
    ['seq as 2e0', (json: string) => json.replace('"seq":2', '"seq":2e0')],
    ['a line at the end', (json: string) => `${json}\n`],
    ['a body behind __proto__', (json: string) => json.replace('"body":', '"__proto__":{"n":7},"body":')],
  ])('%s has no reading', (_, spoil) => {
    const json = new TextDecoder().decode(encodeEntry(envelope(2)));
    expect(spoil(json)).not.toBe(json);
    expect(faultOf(() => decodeEntry(text(spoil(json))))).toMatch(/^(not_canonical|key_refused)$/);
  });
});

describe('texts and numbers', () => {
  const hostile = [
    'e\u0301 and é',
    'ﬁ ff Å Å K',
    '\u202egnp.exe\u202c \u2066x\u2069 \u200f\u200e',
    '\ufeff \ufffe \uffff \ufdd0 \u{1fffe} \u{10ffff}',
    '\b\t\n\f\r\u0001\u001f\u007f\u0080\u009b31m',
    '\u2028\u2029 "\\/ </script> \'; DROP TABLE journal; --',
    '👩🏽‍🌾 \u{e0041} 𝒳',
    'İıŞß',
  ];

  test('are what they were, letter by letter: nothing is normalised, folded or cut', () => {
    for (const value of hostile) expect(decodeCanonical(encodeCanonical(value))).toBe(value);
  });

  test('mean the same to PostgreSQL', async () => {
    const database = await createDatabase();
    const client = new pg.Client(database);
    await client.connect();
    const json = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constant(null),
        fc.boolean(),
        fc.maxSafeInteger().map((number) => number + 0),
        fc.constantFrom(...hostile, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
        fc.string({ unit: 'binary' }).filter((string) => string.isWellFormed() && !string.includes('\u0000')),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/), tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    const values = [...hostile, ...fc.sample(json, 300)];
    const { rows } = await client.query<{ text: string }>(
      `SELECT (convert_from(bytes, 'UTF8')::jsonb)::text AS text FROM unnest($1::bytea[]) WITH ORDINALITY AS e(bytes, i) ORDER BY i`,
      [values.map((value) => Buffer.from(encodeCanonical(value)))],
    );
    await client.end();
    expect(rows.map((row): unknown => JSON.parse(row.text))).toEqual(values);
  });

  test.each([
    ['epoch', { epoch: 2 ** 31 }],
    ['version', { version: 2 ** 31 }],
    ['n', { n: 2 ** 31 }],
    ['seq', { seq: 2 ** 53 }],
    ['minus 1 as n', { n: -1 }],
    ['a fraction as offset', { offset: 0.5 }],
    ['an approver that is null', { approver: null as never }],
    ['no payload at all', { private: [] }],
    ['a payload in capitals', { private: ['A'.repeat(64)] }],
    ['29 February of a common year', { business_date: '2027-02-29' }],
    ['a leap second', { at: '2026-12-31T23:59:60.000Z' }],
    ['digits of another script', { business_date: '２０２６-11-21' }],
    ['a line after the date', { business_date: '2026-11-21\n' }],
    ['a line after the UUID', { actor: `${fixedId(5, 1)}\n` as StaffId }],
  ])('%s is refused in the envelope', (_, changes) => {
    expect(faultOf(() => encodeEntry(envelope(2, changes)))).toBe('envelope_refused');
  });

  test('beyond what a double holds are refused, not rounded', () => {
    for (const number of ['1e400', '-1e400', '1e-400', '9007199254740992', '0.1', '-0', '01', '+1', 'NaN', '0x10'])
      expect(faultOf(() => decodeCanonical(text(`{"a":${number}}`)))).toMatch(
        /^(number_refused|not_canonical|not_json)$/,
      );
  });
});

describe('an entry that is too large', () => {
  const filled = (kind: string, bytes: number): Envelope => {
    const plain = envelope(2, { kind, body: { text: '' } });
    return { ...plain, body: { text: 'x'.repeat(bytes - encodeEntry(plain).length) } };
  };
  test('is refused by writer and reader, and the largest can be adopted, and adopted again', () => {
    const largest = encodeEntry(filled('later.kind', maxOwnEntryBytes));
    expect(largest).toHaveLength(maxOwnEntryBytes);
    expect(faultOf(() => encodeEntry(filled('later.kind', maxOwnEntryBytes + 1)))).toBe('too_large');
    expect(faultOf(() => decodeEntry(encodeCanonical(filled('later.kind', maxOwnEntryBytes + 1))))).toBe('too_large');
    const wrap = (bytes: Uint8Array) =>
      encodeEntry(
        envelope(2, { kind: 'adopted', body: adoptedBody({ bytes, hash: new Uint8Array(32) }, new Uint8Array(32)) }),
      );
    expect(wrap(wrap(largest)).length).toBeLessThan(maxEntryBytes);
  });
});

describe('epochs', () => {
  const chain = link([envelope(1), envelope(2)]);
  const opens = (body: object, changes: Partial<Envelope> = {}) =>
    link([envelope(1), envelope(2), envelope(3, { kind: 'epoch.opened', epoch: 2, body: body as never, ...changes })]);

  test('may be opened where they name the head before them', () => {
    expect(follow(opens(openedAfter(chain, 1)))).toBe(3);
  });
  test.each([
    ['a second first one', '3 epoch', opens(openedAfter(chain, 1, { reason: 'first' }))],
    ['a first one that is none', '1 epoch', link([envelope(1, { body: { ...firstBody, reason: 'restored' } })])],
    ['another epoch before it', '3 epoch', opens(openedAfter(chain, 7))],
    ['an earlier head', '3 epoch', opens(openedAfter(chain.slice(0, 1), 1))],
    ['a jump', '3 epoch', opens(openedAfter(chain, 1), { epoch: 3 })],
    ['no new number', '3 epoch', opens(openedAfter(chain, 1), { epoch: 1 })],
    ['the series of an epoch before', '3 series', opens(openedAfter(chain, 1, { series: 'A' }))],
    ['no series', '3 format', opens({ ...openedAfter(chain, 1), series: '' })],
    ['a version that there is not', '3 format', opens(openedAfter(chain, 1), { version: 2 })],
    ['a head that is no object', '3 format', opens({ ...openedAfter(chain, 1), previous_head: null })],
    [
      'a fork where none is settled',
      '3 fork',
      opens(
        openedAfter(chain, 1, {
          fork: { base: { seq: 1, hash: toHex(chain[0]?.hash ?? text('')) }, head: { seq: 2, hash: 'a'.repeat(64) } },
        }),
      ),
    ],
    ['no fork where one is settled', '3 fork', opens(openedAfter(chain, 1, { reason: 'fork_settled' }))],
  ])('are refused with %s', (_, found, entries) => {
    expect(follow(entries)).toBe(found);
  });
  test("a chain can't begin on another installation's hash(0)", () => {
    const body = {
      ...firstBody,
      previous_head: { ...firstBody.previous_head, hash: toHex(genesisHash(sha256, fixedId(1, 2))) },
    };
    expect(follow(link([envelope(1, { body })]))).toBe('1 epoch');
  });
});

describe('a fork that is settled', () => {
  const chain = link([envelope(1), envelope(2), envelope(3)]);
  const [, second] = chain as [Entry, Entry, Entry];
  const own = { command: fixedId<never>(4, 77) };
  const fork = link(
    [3, 4, 5].map((seq) => envelope(seq, { ...own, n: seq })),
    second.hash,
  );
  const base = { seq: 2, hash: toHex(second.hash) };
  const end = { seq: 5, hash: toHex(fork[2]?.hash ?? text('')) };

  /** The chain, its fork of entries 3 to 5, and whatever follows. */
  function settle(
    named: { readonly base?: object; readonly head?: object },
    taken: readonly { readonly entry: Entry; readonly previous: Uint8Array; readonly changes?: Partial<Envelope> }[],
    after: readonly Partial<Envelope>[] = [],
  ): Entry[] {
    const body = openedAfter(chain, 1, { reason: 'fork_settled', fork: { base, head: end, ...named } });
    const opened = envelope(4, { kind: 'epoch.opened', epoch: 2, body: body as never });
    const adopted = taken.map(({ entry, previous, changes }, i) =>
      envelope(5 + i, { kind: 'adopted', epoch: 2, body: adoptedBody(entry, previous), ...changes }),
    );
    const rest = after.map((changes, i) => envelope(5 + adopted.length + i, { epoch: 2, ...changes }));
    return link([envelope(1), envelope(2), envelope(3), opened, ...adopted, ...rest]);
  }
  const all = fork.map((entry, i) => ({ entry, previous: i === 0 ? second.hash : (fork[i - 1]?.hash ?? text('')) }));
  const [a, b, c] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0]];

  test('is taken over whole, and the chain goes on', () => {
    expect(follow(settle({}, all, [{}]))).toBe(8);
  });

  test('that nobody can adopt to its end any more is cut short by the next epoch, and the chain says by how much', () => {
    const body = openedAfter(settle({}, [a]), 2, { reason: 'replaced', series: 'C' });
    const chainOn = settle({}, [a], [{ kind: 'epoch.opened', epoch: 3, body: body as never }, { epoch: 3 }]);
    expect(follow(chainOn)).toBe(7);
    const reader = new ChainReader(sha256);
    for (const entry of chainOn) reader.next(entry);
    expect(reader.cutShort).toBe(2);
    expect(reader.isComplete).toBe(true);
  });

  test.each([
    ['cut off at its end', '6 incomplete', settle({}, [a, b])],
    ['cut short, and the chain goes on', '7 fork', settle({}, [a, b], [{}])],
    ['without its first entry', '5 adopted', settle({}, [b, c])],
    ['without one amid it', '6 adopted', settle({}, [a, c])],
    ['with two that changed places', '5 adopted', settle({}, [b, a, c])],
    ['with one twice', '6 adopted', settle({}, [a, a, b])],
    ['with one too many', '8 adopted', settle({}, [...all, c])],
    ['with another last entry than was named', '7 adopted', settle({ head: { seq: 5, hash: 'e'.repeat(64) } }, all)],
    ['that ends where it begins', '4 fork', settle({ head: base }, all)],
    ['from an entry that this chain never had', '4 fork', settle({ base: { seq: 2, hash: 'e'.repeat(64) } }, all)],
    [
      'from an entry to come',
      '4 fork',
      settle({ base: { seq: 4, hash: 'e'.repeat(64) }, head: { seq: 9, hash: 'e'.repeat(64) } }, all),
    ],
    [
      "from a hash(0) that is not its installation's",
      '5 adopted',
      settle({ base: { seq: 0, hash: 'e'.repeat(64) } }, all),
    ],
    [
      'with a private payload that it does not name',
      '5 format',
      settle({}, [{ ...a, changes: { private: ['a'.repeat(64)] } }, b, c]),
    ],
    [
      'with a hash that is none of its own',
      '5 format',
      settle({}, [{ ...a, entry: { ...a.entry, hash: c.entry.hash } }, b, c]),
    ],
  ])('is refused %s', (_, found, entries) => {
    expect(follow(entries)).toBe(found);
  });

  test("is refused with an entry of another till, though it names the fork's place", () => {
    const foreign = link([envelope(3, { till: fixedId(3, 9) })], second.hash);
    const [entry] = foreign as [Entry];
    expect(follow(settle({ head: { seq: 3, hash: toHex(entry.hash) } }, [{ entry, previous: second.hash }]))).toBe(
      '5 format',
    );
  });

  test('may come from a chain that shares nothing, by its own hash(0)', () => {
    const elsewhere = fixedId<InstallationId>(1, 5);
    const zero = genesisHash(sha256, elsewhere);
    const first = envelope(1, {
      installation: elsewhere,
      body: { ...firstBody, previous_head: { epoch: 0, seq: 0, hash: toHex(zero) } },
    });
    const [entry] = link([first], zero) as [Entry];
    const named = { base: { seq: 0, hash: toHex(zero) }, head: { seq: 1, hash: toHex(entry.hash) } };
    expect(follow(settle(named, [{ entry, previous: zero }], [{}]))).toBe(6);
  });

  test('may hold a fork that was settled before, wrapping in wrapping', () => {
    const settled = settle({}, all, [{}]);
    const last = settled.at(-1);
    const taken = settled.slice(3).map((entry, i) => ({ entry, previous: settled[2 + i]?.hash ?? text('') }));
    const named = {
      base: { seq: 3, hash: toHex(chain[2]?.hash ?? text('')) },
      head: { seq: 8, hash: toHex(last?.hash ?? text('')) },
    };
    expect(follow(settle(named, taken))).toBe(9);
  });

  test.each([
    ['an adopted entry without a fork', { kind: 'adopted', body: adoptedBody(a.entry, second.hash) }, '2 adopted'],
    ['an erasure that says nothing', { kind: 'erased', body: {} }, '2 format'],
  ])('%s is refused', (_, changes, found) => {
    expect(follow(link([envelope(1), envelope(2, changes as never)]))).toBe(found);
  });

  test('is refused where its base64 is another spelling of the same bytes', () => {
    // As many letters as leave two characters of padding, before which four bits mean nothing.
    const named = (name: string) => link([envelope(3, { ...own, body: { ...envelope(2).body, name } })], second.hash);
    const [entry] = ['a', 'aa', 'aaa'].map(named).find(([made]) => (made?.bytes.length ?? 0) % 3 === 1) as [Entry];
    const body = adoptedBody(entry, second.hash);
    const respelled = body.bytes_base64.replace(
      /(.)==$/,
      (_, letter: string) => `${String.fromCharCode(letter.charCodeAt(0) + 1)}==`,
    );
    expect(Buffer.from(respelled, 'base64')).toEqual(Buffer.from(entry.bytes));
    const head = { seq: 3, hash: toHex(entry.hash) };
    const adopts = (bytes_base64: string) =>
      follow(settle({ head }, [], [{ kind: 'adopted', body: { ...body, bytes_base64 } }]));
    expect(adopts(body.bytes_base64)).toBe(5);
    expect(adopts(respelled)).toBe('5 format');
  });
});

describe('private payloads', () => {
  const salt = new Uint8Array(16).fill(9);
  test('are refused when they are too large, not canonical, of an unknown field or without a subject', () => {
    const subject = fixedId<StaffId>(5, 1);
    const seal = (payload: object) => faultOf(() => sealPayload(sha256, salt, { subject, ...payload }));
    expect(seal({ note: '€'.repeat(10_000) })).toBe('none');
    expect(seal({ note: 'x'.repeat(10_001) })).toBe('body_refused');
    expect(seal({ card_number: '4111' })).toBe('body_refused');
    expect(seal({ subject: 'nobody' })).toBe('body_refused');
    expect(seal({ name: 'A\u0000' })).toBe('text_refused');
    const { bytes } = sealPayload(sha256, salt, { subject, name: 'Ada' });
    const spaced = text(new TextDecoder().decode(bytes).replace('{', '{ '));
    expect(faultOf(() => openPayload(spaced))).toBe('not_canonical');
    expect(faultOf(() => openPayload(text(`{"salt":"${'A'.repeat(65_536)}"}`)))).toBe('too_large');
    expect(faultOf(() => openPayload(text(`{"salt":"QUFB","subject":"${subject}"}`)))).toBe('body_refused');
  });
  test('of people of the same name never have the same hash', () => {
    const seal = (first: number) =>
      sealPayload(sha256, salt.with(0, first), { subject: fixedId<never>(5, 1), name: 'Ada' }).hash;
    expect(new Set(Array.from({ length: 256 }, (_, i) => seal(i))).size).toBe(256);
    expect(fromHex(seal(0))).toHaveLength(32);
  });
});
