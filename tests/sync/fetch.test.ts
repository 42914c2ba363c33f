import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex, type Uuid } from '../../shared/ids.ts';
import { decodeEntry, encodeEntry } from '../../shared/journal/envelope.ts';
import type { HashesAnswer } from '../../sync/answers.ts';
import { ChainShop } from './chain-shop.ts';
import { connected, fetchAll, texts } from './fetch.ts';
import { firstFault } from './forks.ts';
import { makeSale } from './sales.ts';
import { sha256 } from './test-till.ts';

let shop: ChainShop;

beforeAll(async () => {
  shop = await ChainShop.open();
});

afterAll(async () => {
  await shop.close();
});

describe('what a till may ask of its own entries', () => {
  it('their hashes: of those that are held, and hash(0)', async () => {
    const joined = await shop.openTill(2);
    await shop.push(joined, joined.till);
    const { installation } = joined.till.options;
    const answer: HashesAnswer = await connected(
      joined.central,
      async (connection) => await connection.hashes(installation, [5, 0, 3, 6, -1, 9_007_199_254_740_991]),
    );
    const hash = (seq: number) => toHex(joined.till.hashAt(seq) ?? new Uint8Array());
    expect(answer).toMatchObject({
      answer: 'hashes',
      hashes: [hash(5), hash(0), hash(3), null, null, null],
      acked_seq: 5,
      epoch: 1,
      head_hash: hash(5),
    });
    expect(
      await connected(joined.central, async (connection) => await connection.hashes(installation, [])),
    ).toMatchObject({ hashes: [] });
    const many = Array.from({ length: 65 }, (_, seq) => seq);
    await expect(
      connected(joined.central, async (connection) => await connection.hashes(installation, many)),
    ).rejects.toMatchObject({ fault: 'server', code: '22023' });
  });

  it('the entries themselves, within limits, but always one, and payloads that were not erased', async () => {
    const joined = await shop.openTill(0);
    const { till } = joined;
    const carry = (text: string) => {
      const bytes = new TextEncoder().encode(`{"salt":"AAAAAAAAAAAAAAAAAAAAAA==","name":"${text}"}`);
      const hash = sha256(bytes);
      const body = makeSale(till, [{ product: shop.product, quantity_milli: 1000 }]);
      till.appendBytes(encodeEntry(till.envelope('sale.completed', body, { private: [toHex(hash)] })), [
        { hash, bytes },
      ]);
      return toHex(hash);
    };
    const gone = carry('Alex Doe');
    carry(`Brook Roe ${'x'.repeat(20_000)}`);
    till.append('erased', { subject: shop.central.ids.next<Uuid>(), payloads: [gone], reason: 'asked' });
    shop.sell(till, 250);
    await shop.push(joined, till);
    const { installation } = till.options;
    const fetch = async (after: number, count: number, bytes: number) =>
      await connected(
        joined.central,
        async (connection) => await connection.fetch(installation, after, { count, bytes }),
      );
    const seqs = async (after: number, count: number, bytes: number) => {
      const answer = await fetch(after, count, bytes);
      return answer.answer === 'entries' ? answer.entries.map(({ seq }) => seq) : [];
    };
    expect(await seqs(0, 1, 1)).toEqual([1]);
    expect(await seqs(4, 2, 1_000_000)).toEqual([5, 6]);
    // A payload counts as well: entry 5 alone is more than this, with its 20 KB.
    expect(await seqs(3, 10, 20_000)).toEqual([4]);
    expect(await seqs(4, 10, 20_000)).toEqual([5]);
    expect((await seqs(0, 100_000, 100_000_000)).length).toBe(200);
    expect(await seqs(255, 10, 1000)).toEqual([256]);
    expect(await seqs(256, 10, 1000)).toEqual([]);
    const size = till.entries.slice(6, 9).reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(await seqs(6, 10, size)).toEqual([7, 8, 9]);
    expect(await seqs(6, 10, size - 1)).toEqual([7, 8]);

    const { entries } = await fetchAll(joined.central, installation, { count: 200, bytes: 1_048_576 });
    expect(texts(entries)).toEqual(texts(till.entries));
    expect(firstFault(entries)).toBe(null);
    const carried = entries.filter((entry) => entry.payloads.length > 0);
    expect(carried.map(({ seq }) => seq)).toEqual([5]);
    for (const entry of carried)
      expect(decodeEntry(entry.bytes).private).toEqual(entry.payloads.map(({ hash }) => toHex(hash)));
  });

  it('none of another till', async () => {
    const one = await shop.openTill(2);
    const two = await shop.openTill(0);
    await shop.push(one, one.till);
    const { installation } = one.till.options;
    await connected(two.central, async (connection) => {
      expect(await connection.fetch(installation, 0, { count: 9, bytes: 9999 })).toMatchObject({ answer: 'refused' });
      const own = two.till.options.installation;
      expect(await connection.fetch(own, 0, { count: 9, bytes: 9999 })).toMatchObject({ entries: [], acked_seq: 0 });
      expect(await connection.hashes(own, [1, 2])).toMatchObject({ hashes: [null, null] });
    });
  });

  it('nothing while it is out of use', async () => {
    const joined = await shop.openTill(0);
    await shop.central.admin.query('select set_till_active(null, $1, false)', [joined.till.options.till]);
    const { installation } = joined.till.options;
    await connected(joined.central, async (connection) => {
      const refused = { answer: 'refused', reason: 'deactivated' };
      expect(await connection.fetch(installation, 0, { count: 9, bytes: 9999 })).toMatchObject(refused);
      expect(await connection.hashes(installation, [0])).toMatchObject(refused);
    });
  });
});
