/**
 * Entries that no honest till writes, their hashes made good: central refuses each one where a till's own verification
 * refuses it, and takes what comes before.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InstallationId, toHex, type Uuid } from '../../shared/ids.ts';
import { encodeEntry, type Envelope } from '../../shared/journal/envelope.ts';
import { ChainShop, spoil } from './chain-shop.ts';
import { firstFault } from './forks.ts';
import type { TestTill } from './test-till.ts';

let shop: ChainShop;

beforeAll(async () => {
  shop = await ChainShop.open();
});

afterAll(async () => {
  await shop.close();
});

type Opening = Parameters<TestTill['append']>[1] & object;

describe('an epoch', () => {
  const wrong: readonly [string, string, (till: TestTill) => Partial<Opening>, Partial<Envelope>?][] = [
    ['names another epoch before it', 'epoch', (till) => ({ previous_head: { ...headOf(till), epoch: 2 } })],
    ['names another number before it', 'epoch', (till) => ({ previous_head: { ...headOf(till), seq: 2 } })],
    [
      'names another hash before it',
      'epoch',
      (till) => ({ previous_head: { ...headOf(till), hash: 'ab'.repeat(32) } }),
    ],
    ['skips a number', 'epoch', () => ({}), { epoch: 3 }],
    ['repeats a number', 'epoch', () => ({}), { epoch: 1 }],
    ['is the first a second time', 'epoch', () => ({ reason: 'first' })],
    ['begins a series that was used', 'series', () => ({ series: 'A' })],
    ['begins a series that is none', 'format', () => ({ series: 'b2' })],
    ['has a reason that there is not', 'format', () => ({ reason: 'because' })],
    ['has a version that there is not', 'format', () => ({}), { version: 2 }],
    ['settles a fork without naming it', 'fork', () => ({ reason: 'fork_settled' })],
    ['names a fork without settling it', 'fork', (till) => ({ fork: forkOfSelf(till, 2, 9) })],
    [
      'settles a fork that begins after it',
      'fork',
      (till) => ({ reason: 'fork_settled', fork: forkOfSelf(till, till.head().seq + 1, 9) }),
    ],
    [
      'settles a fork that begins at no entry of this chain',
      'fork',
      () => ({
        reason: 'fork_settled',
        fork: { base: { seq: 2, hash: 'ab'.repeat(32) }, head: { seq: 9, hash: 'ab'.repeat(32) } },
      }),
    ],
    ['settles a fork without an entry', 'fork', (till) => ({ reason: 'fork_settled', fork: forkOfSelf(till, 2, 2) })],
    [
      'settles a fork that begins before there was anything',
      'format',
      (till) => ({ reason: 'fork_settled', fork: forkOfSelf(till, -1, 2) }),
    ],
  ];

  it.each(wrong)('that %s', async (_, reason, change, envelope = {}) => {
    const joined = await shop.openTill();
    appendOpening(joined.till, change(joined.till), envelope);
    expect(await shop.refusalOfLast(joined)).toBe(reason);
  });

  it('that begins a series of which central has known since another push', async () => {
    const joined = await shop.openTill();
    joined.till.openEpoch('restored', 'B');
    expect(await shop.push(joined, joined.till)).toMatchObject({ answer: 'taken' });
    appendOpening(joined.till, { series: 'B' });
    const connection = await joined.central.connect();
    const entries = joined.till.entries.slice(-1);
    expect(await connection.push({ epoch: 2, entries, unprojected: false })).toMatchObject({
      reason: 'series',
      seq: 6,
    });
    connection.destroy();
  });

  it('that settles a fork after an entry that central has known since another push, under another hash', async () => {
    const joined = await shop.openTill();
    expect(await shop.push(joined, joined.till)).toMatchObject({ answer: 'taken' });
    const base = { seq: 2, hash: toHex(joined.till.hashAt(3) ?? new Uint8Array()) };
    appendOpening(joined.till, { reason: 'fork_settled', fork: { base, head: { seq: 9, hash: base.hash } } });
    const connection = await joined.central.connect();
    const entries = joined.till.entries.slice(-1);
    expect(await connection.push({ epoch: 1, entries, unprojected: false })).toMatchObject({ reason: 'fork', seq: 5 });
    connection.destroy();
  });

  it('that settles a fork after an entry that comes later, and whose hash is claimed', async () => {
    const joined = await shop.openTill();
    const { till } = joined;
    const hash = 'ab'.repeat(32);
    appendOpening(till, { reason: 'fork_settled', fork: { base: { seq: 6, hash }, head: { seq: 9, hash } } });
    expect(firstFault(till.entries)).toMatchObject({ seq: 5, fault: 'fork' });
    shop.sell(till);
    const claimed = till.entries.pop();
    if (claimed === undefined) throw new Error('no entry');
    till.take([{ ...claimed, hash: Buffer.from(hash, 'hex') }]);
    expect(await shop.push(joined, till)).toMatchObject({ answer: 'refused', reason: 'fork', seq: 5, acked_seq: 4 });
  });

  it('of an installation that does not speak for the till', async () => {
    const joined = await shop.openTill();
    const stranger = shop.copy(joined.till, joined.till.head().seq, shop.central.ids.next<InstallationId>());
    stranger.openEpoch('cloned', 'B');
    // To a till it is a chain like another: who may speak is the head office's to say.
    expect(firstFault(stranger.entries)).toBe(null);
    const connection = await joined.central.connect();
    expect(await connection.push({ epoch: 0, entries: stranger.entries, unprojected: false })).toMatchObject({
      answer: 'refused',
      reason: 'installation',
      seq: 5,
      acked_seq: 4,
    });
    connection.destroy();
  });

  it('that is the first, and does not say so', async () => {
    const joined = await shop.openTill(0);
    joined.till.entries.splice(0);
    const { seq, hash } = joined.till.head();
    const previous_head = { epoch: 0, seq, hash: toHex(hash) };
    appendOpening(joined.till, { reason: 'restored', previous_head }, { epoch: 1 });
    expect(await shop.refusalOfLast(joined)).toBe('epoch');
  });
});

describe('an entry of the chain itself', () => {
  const spellings: readonly [string, (text: string) => string][] = [
    ['a key twice', (text) => text.replace('"series":"B"', '"series":"B","series":"B"')],
    ['a key of the envelope twice', (text) => text.replace('"n":0', '"n":0,"n":0')],
    ['white space', (text) => text.replace('"series":', '"series": ')],
    ['a line break', (text) => `${text}\n`],
    ['a number with a fraction', (text) => text.replace('"n":0', '"n":0.0')],
    ['a number with an exponent', (text) => text.replace('"n":0', '"n":0e0')],
    ['a negative zero', (text) => text.replace('"n":0', '"n":-0')],
    ['a number that no double holds', (text) => text.replace('"body":{', '"body":{"more":9007199254740993,')],
    ['a number of twenty digits', (text) => text.replace('"body":{', '"body":{"more":-12345678901234567890,')],
    ['another escape', (text) => text.replace('"series":"B"', String.raw`"series":"\u0042"`)],
    ['an escaped slash', (text) => text.replace('"body":{', String.raw`"body":{"more":"a\/b",`)],
    ['a key in capitals', (text) => text.replace('"body":{', '"body":{"More":1,')],
    ['a key of 65 letters', (text) => text.replace('"body":{', `"body":{"${'m'.repeat(65)}":1,`)],
    ['a key with a comma', (text) => text.replace('"body":{', '"body":{"more,still":1,')],
    ['a key without a letter', (text) => text.replace('"body":{', '"body":{"":1,')],
    ['a key that some readers lose', (text) => text.replace('"body":{', '"body":{"__proto__":1,')],
    [
      'more depth than is read',
      (text) => text.replace('"body":{', `"body":{"more":${'['.repeat(31)}${']'.repeat(31)},`),
    ],
  ];

  it.each(spellings)('with %s', async (_, change) => {
    const joined = await shop.openTill();
    joined.till.openEpoch('restored', 'B');
    spoil(joined.till, change);
    expect(await shop.refusalOfLast(joined)).toBe('format');
  });

  it('in the one right spelling, however strange its text, is taken', async () => {
    const joined = await shop.openTill();
    joined.till.openEpoch('restored', 'B');
    spoil(joined.till, (text) => {
      const strange = {
        more: ['"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028\u{1f600} e1, -0 : {', -9007199254740991, [[]], {}],
      };
      return text.replace('"body":{', `"body":{"more":${JSON.stringify(strange)},`);
    });
    expect(firstFault(joined.till.entries)).toBe(null);
    expect(await shop.push(joined, joined.till)).toMatchObject({ answer: 'taken', acked_seq: 5 });
  });

  it.each([
    ['whose payloads are none', { payloads: ['ab'] }],
    ['that names none', { payloads: [] }],
    ['without a reason that is a code', { reason: 'Asked by Mrs Doe' }],
    ['of nobody', { subject: 'nobody' }],
  ])('an erasure %s', async (_, change) => {
    const joined = await shop.openTill();
    const { till } = joined;
    const body = { subject: shop.central.ids.next<Uuid>(), payloads: ['ab'.repeat(32)], reason: 'asked' };
    till.append('erased', body);
    const last = till.envelope('erased', body, { seq: till.head().seq });
    till.entries.pop();
    till.appendBytes(encodeEntry({ ...last, body: { ...last.body, ...change } }));
    expect(await shop.refusalOfLast(joined)).toBe('format');
  });

  it('an erasure of a version that there is not', async () => {
    const joined = await shop.openTill();
    const body = { subject: shop.central.ids.next<Uuid>(), payloads: ['ab'.repeat(32)], reason: 'asked' };
    joined.till.append('erased', body, { version: 2 });
    expect(await shop.refusalOfLast(joined)).toBe('format');
  });
});

describe('an entry of any kind', () => {
  it('that is larger than what could be adopted', async () => {
    const joined = await shop.openTill();
    shop.sell(joined.till);
    spoil(joined.till, (text) => text.replace('"currency"', `"padding":"${'x'.repeat(2_097_152)}","currency"`));
    expect(await shop.refusalOfLast(joined)).toBe('too_large');
  });
});

function headOf(till: TestTill) {
  const { seq, hash } = till.head();
  return { epoch: 1, seq, hash: toHex(hash) };
}

/** A fork of the till's own chain after entry `base`, ending at `head` under a hash that is none. */
function forkOfSelf(till: TestTill, base: number, head: number) {
  const hash = toHex(till.hashAt(base) ?? new Uint8Array(32));
  return { base: { seq: base, hash }, head: { seq: head, hash: 'cd'.repeat(32) } };
}

/** Appends `epoch.opened` with whatever body: the writer's own schema would refuse most of these. */
function appendOpening(till: TestTill, change: object, more: Partial<Envelope> = {}): void {
  const plain = till.copy(till.options.installation, till.options.ids);
  const opening = plain.openEpoch('restored', 'B');
  // An entry of ours, read back.
  const envelope = JSON.parse(new TextDecoder().decode(opening.bytes)) as Envelope;
  till.appendBytes(encodeEntry({ ...envelope, ...more, body: { ...envelope.body, ...change } }));
}
