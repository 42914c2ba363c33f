/** Forks that are adopted with something left out, moved, added or changed, every hash made good: each is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex, type Uuid } from '../../shared/ids.ts';
import { entryHash } from '../../shared/journal/chain.ts';
import type { JoinedTill } from './central-shop.ts';
import { ChainShop } from './chain-shop.ts';
import { adopt, adoptedBody, firstFault, forkOf, settle } from './forks.ts';
import { sha256, type TestTill } from './test-till.ts';

let shop: ChainShop;

beforeAll(async () => {
  shop = await ChainShop.open();
});

afterAll(async () => {
  await shop.close();
});

describe('a fork', () => {
  /** A till whose journal ends with the epoch that settles the fork of three sales after entry 3. */
  async function settling(): Promise<{ joined: JoinedTill; forked: TestTill }> {
    const joined = await shop.openTill(2);
    const forked = shop.fork(joined.till, 3);
    joined.till.openEpoch('fork_settled', 'B', forkOf(forked, 3));
    return { joined, forked };
  }

  it('is left out at its beginning', async () => {
    const { joined, forked } = await settling();
    adopt(joined.till, forked, 5);
    expect(await shop.refusalOfLast(joined)).toBe('adopted');
  });

  it('is left out at its end', async () => {
    const { joined, forked } = await settling();
    adopt(joined.till, forked, 4);
    adopt(joined.till, forked, 5);
    shop.sell(joined.till);
    expect(await shop.refusalOfLast(joined)).toBe('fork');
  });

  it('that its PC can not adopt any more is cut short by the next epoch alone', async () => {
    const { joined, forked } = await settling();
    adopt(joined.till, forked, 4);
    joined.till.openEpoch('restored', 'C');
    shop.sell(joined.till);
    const { seq } = joined.till.head();
    expect(await shop.push(joined, joined.till)).toMatchObject({ answer: 'taken', acked_seq: seq, epoch: 3 });
  });

  it('is interrupted by what nobody can read', async () => {
    const { joined, forked } = await settling();
    adopt(joined.till, forked, 4);
    joined.till.appendBytes(new TextEncoder().encode('{"kind":"adopted"'));
    expect(await shop.refusalOfLast(joined)).toBe('fork');
  });

  it('is interrupted between two pushes', async () => {
    const { joined, forked } = await settling();
    adopt(joined.till, forked, 4);
    expect(await shop.push(joined, joined.till)).toMatchObject({ answer: 'taken', acked_seq: 7 });
    shop.sell(joined.till);
    const connection = await joined.central.connect();
    const entries = joined.till.entries.slice(-1);
    expect(await connection.push({ epoch: 2, entries, unprojected: false })).toMatchObject({ reason: 'fork', seq: 8 });
    connection.destroy();
  });

  it('has an entry twice', async () => {
    const { joined, forked } = await settling();
    adopt(joined.till, forked, 4);
    adopt(joined.till, forked, 4);
    expect(await shop.refusalOfLast(joined)).toBe('adopted');
  });

  it('goes on after its end', async () => {
    const { joined, forked } = await settling();
    for (const seq of [4, 5, 6]) adopt(joined.till, forked, seq);
    shop.sell(forked);
    adopt(joined.till, forked, 7);
    expect(await shop.refusalOfLast(joined)).toBe('adopted');
  });

  it('ends otherwise than was said', async () => {
    const { joined } = await settling();
    const other = shop.fork(joined.till, 3);
    for (const seq of [4, 5, 6]) adopt(joined.till, other, seq);
    expect(await shop.refusalOfLast(joined)).toBe('adopted');
  });

  it('is adopted by an entry of a version that there is not', async () => {
    const { joined, forked } = await settling();
    adopt(joined.till, forked, 4, { version: 2 });
    expect(await shop.refusalOfLast(joined)).toBe('adopted');
  });

  it('is adopted where none was named', async () => {
    const joined = await shop.openTill(2);
    adopt(joined.till, shop.fork(joined.till, 3), 4);
    expect(await shop.refusalOfLast(joined)).toBe('adopted');
  });

  it("begins with nothing, under another's hash(0)", async () => {
    const joined = await shop.openTill(2);
    const forked = shop.copy(joined.till, 1);
    const lie = toHex(sha256(new Uint8Array(1)));
    const bytes = forked.entries[0]?.bytes ?? new Uint8Array();
    const hash = toHex(entryHash(sha256, Buffer.from(lie, 'hex'), bytes));
    joined.till.openEpoch('fork_settled', 'B', { base: { seq: 0, hash: lie }, head: { seq: 1, hash } });
    joined.till.append('adopted', { ...adoptedBody(forked, 1), hash, previous_hash: lie });
    expect(await shop.refusalOfLast(joined)).toBe('adopted');
  });

  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

  /** The entry inside, written again with its text changed and its own link made good. */
  function forge(forked: TestTill, change: (text: string) => string) {
    const previous = forked.hashAt(3) ?? new Uint8Array();
    const text = new TextDecoder().decode(forked.entries[3]?.bytes);
    const changed = change(text);
    expect(changed).not.toBe(text);
    const bytes = new TextEncoder().encode(changed);
    return {
      bytes_base64: base64(bytes),
      hash: toHex(entryHash(sha256, previous, bytes)),
      previous_hash: toHex(previous),
    };
  }

  type Change = (forked: TestTill) => Partial<ReturnType<typeof adoptedBody>>;
  const forged: readonly [string, Change][] = [
    [
      'whose bytes were changed',
      (forked) => ({ bytes_base64: forge(forked, (t) => t.replace('GBP', 'EUR')).bytes_base64 }),
    ],
    [
      'that is of another till',
      (forked) => forge(forked, (t) => t.replace(/"till":"[^"]+"/, `"till":"${shop.central.ids.next<Uuid>()}"`)),
    ],
    [
      'that is of another store',
      (forked) => forge(forked, (t) => t.replace(/"store":"[^"]+"/, `"store":"${shop.central.ids.next<Uuid>()}"`)),
    ],
    ['of another number', (forked) => forge(forked, (t) => t.replace('"seq":4', '"seq":5'))],
    [
      'that names a private payload the outer one does not',
      (forked) => forge(forked, (t) => `${t.slice(0, -1)},"private":["${'ab'.repeat(32)}"]}`),
    ],
    ['with a key twice', (forked) => forge(forked, (t) => t.replace('"n":0', '"n":0,"n":0'))],
    ['with white space', (forked) => forge(forked, (t) => t.replace('"n":0', '"n": 0'))],
    ['that is no JSON', (forked) => forge(forked, (t) => t.slice(0, -1))],
    [
      'that does not follow',
      (forked) => {
        const previous = sha256(new Uint8Array(2));
        const bytes = forked.entries[3]?.bytes ?? new Uint8Array();
        return { previous_hash: toHex(previous), hash: toHex(entryHash(sha256, previous, bytes)) };
      },
    ],
    [
      'in another spelling of its bytes',
      (forked) => ({ bytes_base64: respell(base64(forked.entries[3]?.bytes ?? new Uint8Array())) }),
    ],
    [
      'that is larger than what a till may write',
      (forked) => forge(forked, (t) => t.replace('"currency"', `"padding":"${'x'.repeat(2_097_152)}","currency"`)),
    ],
  ];

  it.each(forged)('holds an entry %s', async (_, change) => {
    const { joined, forked } = await settling();
    joined.till.append('adopted', { ...adoptedBody(forked, 4), ...change(forked) });
    expect(await shop.refusalOfLast(joined)).toBe('adopted');
  });

  it('holds an adopted entry whose own inside was changed', async () => {
    const joined = await shop.openTill(2);
    const inner = shop.fork(joined.till, 3);
    const outer = shop.copy(joined.till, 4);
    outer.openEpoch('fork_settled', 'C', forkOf(inner, 3));
    const { bytes_base64 } = forge(inner, (text) => text.replace('GBP', 'EUR'));
    outer.append('adopted', { ...adoptedBody(inner, 4), bytes_base64 });
    joined.till.openEpoch('fork_settled', 'B', forkOf(outer, 4));
    adopt(joined.till, outer, 5);
    adopt(joined.till, outer, 6);
    expect(await shop.refusalOfLast(joined)).toBe('adopted');
  });

  it('that is whole is taken, also one inside of another, and the till sells on', async () => {
    const joined = await shop.openTill(2);
    const inner = shop.fork(joined.till, 3);
    const outer = shop.fork(joined.till, 4);
    settle(outer, inner, 3, 'C');
    settle(joined.till, outer, 4, 'B');
    shop.sell(joined.till);
    expect(firstFault(joined.till.entries)).toBe(null);
    expect(await shop.push(joined, joined.till)).toMatchObject({
      answer: 'taken',
      acked_seq: joined.till.head().seq,
      quarantined: 0,
    });
    expect(await shop.central.value('select count(*)::int from till_heads where fork_seq is not null')).toBe(
      await shop.central.value(
        `select count(*)::int from till_heads join tills using (store_id, till_id) where fork_seq is not null and till <> $1`,
        [joined.till.options.till],
      ),
    );
  });
});

/** The same bytes in base64, spelled otherwise: bits that no byte uses are set, or a line is broken. */
function respell(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const at = text.indexOf('=') - 1;
  if (at < 0) return `${text.slice(0, 76)}\n${text.slice(76)}`;
  return `${text.slice(0, at)}${alphabet[alphabet.indexOf(text[at] ?? 'A') + 1] ?? ''}${text.slice(at + 1)}`;
}
