/** By hand: entries that no honest till writes, pushed by whoever has its password. (Chains and forks: tests/sync/hostile*.) */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { entryHash } from '../../shared/journal/chain.ts';
import type { OutgoingEntry } from '../../sync/ports.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { makeSale } from '../sync/sales.ts';
import { sha256 } from '../sync/test-till.ts';
import { AttackStand, attempt, pushBy, pushOnBy } from './stand.ts';

let stand: AttackStand;

beforeAll(async () => {
  stand = await AttackStand.open();
});

afterAll(async () => {
  await stand.close();
});

interface Attacker extends JoinedTill {
  readonly client: pg.Client;
}

async function attacker(): Promise<Attacker> {
  const joined = await stand.another();
  return { ...joined, client: await stand.logIn(joined) };
}

/** Rows that hold for good: what a till only says of itself by calling is left out. */
async function facts(): Promise<string> {
  const all = await stand.everything();
  return all.slice(0, all.indexOf('\ntill_heads: ')) + all.slice(all.indexOf('\ntill_logins: '));
}

/** The till's next sale, its text changed, chained as if nothing were wrong. */
function spoilt({ till }: JoinedTill, change: (text: string) => string): OutgoingEntry {
  const { bytes } = stand.nextSale({ till } as JoinedTill);
  till.entries.pop();
  const text = new TextDecoder().decode(bytes);
  const changed = change(text);
  expect(changed).not.toBe(text);
  return till.appendBytes(new TextEncoder().encode(changed));
}

function setAmount(name: string, value: string): (text: string) => string {
  return (text) => text.replaceAll(new RegExp(`"${name}":-?\\d+`, 'g'), `"${name}":${value}`);
}

async function quarantineOf({ till }: JoinedTill): Promise<readonly unknown[]> {
  const { rows } = await stand.shop.admin.query(
    `select seq::int, q.code from quarantined_entries q join tills using (store_id, till_id) where till = $1 order by seq`,
    [till.options.till],
  );
  return rows;
}

/** Pushes one spoilt sale and a good one after it: the first is put aside, the second counts. */
async function expectPutAside(change: (text: string) => string, code: string): Promise<void> {
  const me = await attacker();
  const bad = spoilt(me, change);
  const good = stand.nextSale(me);
  expect(await pushOnBy(me.client, [bad, good])).toMatchObject({ quarantined: 1 });
  expect(await quarantineOf(me)).toEqual([{ seq: bad.seq, code }]);
  await me.client.end();
}

describe('entries of somebody else', () => {
  it.each(['neighbour', 'theirs'] as const)('(%s) are not taken under another login', async (whose) => {
    const me = await attacker();
    const { entries } = stand[whose].till;
    const before = await facts();
    // In the place of its own, and behind them.
    expect(await pushBy(me.client, entries)).toMatchObject({ answer: { answer: 'fork', seq: 1 } });
    const { seq, hash } = me.till.head();
    const [entry] = entries.slice(-1);
    if (entry === undefined) throw new Error('no entry');
    const renumbered = new TextEncoder().encode(
      new TextDecoder().decode(entry.bytes).replace(/"seq":\d+/, `"seq":${seq + 1}`),
    );
    expect(
      await pushBy(me.client, [{ seq: seq + 1, bytes: renumbered, hash: entryHash(sha256, hash, renumbered) }]),
    ).toMatchObject({ answer: { answer: 'refused', reason: 'till' } });
    expect(await facts()).toBe(before);
    await me.client.end();
  });

  it('that name a store twice are read in one way only, the way a till reads them', async () => {
    const me = await attacker();
    const { store, till } = stand.theirs.till.options;
    const twice = spoilt(me, (text) => text.replace(/}$/, `,"store":"${store}","till":"${till}"}`));
    expect(await pushBy(me.client, [twice])).toMatchObject({ answer: { answer: 'refused', reason: 'till' } });
    expect(
      await stand.shop.value('select count(*)::int from sales join stores using (store_id) where store = $1', [store]),
    ).toBe(1);
    await me.client.end();
  });
});

describe('a replay', () => {
  it('of everything that was pushed changes nothing, however often', async () => {
    const me = await attacker();
    const before = await facts();
    for (let i = 0; i < 3; i += 1)
      expect(await pushBy(me.client, me.till.entries)).toMatchObject({ answer: { answer: 'taken', quarantined: 0 } });
    expect(await facts()).toBe(before);
    await me.client.end();
  });

  it('of a sale as a new entry, under a new command, counts once: money, stock and roll-up', async () => {
    const me = await attacker();
    const counted = `select jsonb_build_object(
      'sales', (select count(*) from sales), 'total', (select sum(total_minor) from daily_sales),
      'stock', (select sum(level_milli) from stock_levels), 'tenders', (select sum(amount_minor) from daily_tenders),
      'taxes', (select sum(amount_minor) from daily_taxes))`;
    const body = makeSale(me.till, [{ product: stand.product, quantity_milli: 1000 }]);
    const first = me.till.append('sale.completed', body);
    expect(await pushBy(me.client, [first])).toMatchObject({ answer: { quarantined: 0 } });
    const before = await stand.shop.value(counted);
    const again = me.till.append('sale.completed', body);
    expect(await pushBy(me.client, [again])).toMatchObject({ answer: { answer: 'taken', quarantined: 1 } });
    expect(await stand.shop.value(counted)).toEqual(before);
    await me.client.end();
  });

  it('of a command with another sale in it is put aside', async () => {
    const me = await attacker();
    const said = new TextDecoder().decode(me.till.entries.at(-1)?.bytes);
    const command = /"command":"([^"]+)"/.exec(said)?.[1] ?? '';
    const other = spoilt(me, (text) => text.replace(/"command":"[^"]+"/, `"command":"${command}"`));
    expect(await pushBy(me.client, [other])).toMatchObject({ answer: { answer: 'taken', quarantined: 1 } });
    expect(await quarantineOf(me)).toEqual([{ seq: other.seq, code: 'ET004' }]);
    await me.client.end();
  });
});

describe('a place in the journal', () => {
  it.each([
    ['beyond the next', { from: 99 }, 'gap'],
    ['beyond all numbers', { from: 9_007_199_254_740_991 }, 'gap'],
    ['of an epoch that was', { epoch: 0 }, 'epoch'],
    ['of an epoch to come', { epoch: 7 }, 'epoch'],
    ['of an epoch below all', { epoch: -1 }, 'epoch'],
  ] as const)('%s is answered, and nothing is taken', async (_, where, answer) => {
    const me = await attacker();
    const sale = stand.nextSale(me);
    expect(await pushBy(me.client, [sale], where)).toMatchObject({ answer: { answer, acked_seq: sale.seq - 1 } });
    await me.client.end();
  });

  it.each([
    ['0', "push(1, 0, '{a}', '{b}')"],
    ['below 0', "push(1, -5, '{a}', '{b}')"],
    ['null', "push(1, null, '{a}', '{b}')"],
    ['of nothing', "push(1, 5, '{}', '{}')"],
    ['of a null', "push(1, 5, array[null::bytea], '{b}')"],
    ['with fewer hashes', "push(1, 5, '{a,b}', '{b}')"],
    ['in an array that begins elsewhere', "push(1, 5, '[4:5]={a,b}', '{a,b}')"],
    ['with hashes that begin elsewhere', "push(1, 5, '{a,b}', '[0:1]={a,b}')"],
    ['in an array of arrays', "push(1, 5, '{{a},{b}}', '{a,b}')"],
    ['in too many at once', "push(1, 5, array_fill('a'::bytea, array[1001]), array_fill('a'::bytea, array[1001]))"],
    ['asked for by too many numbers', "entry_hashes('{me}', array_fill(1::bigint, array[65]))"],
    ['asked for by an array of arrays', "entry_hashes('{me}', '{{1},{2}}')"],
    ['fetched from below 0', "fetch_entries('{me}', -1, 10, 10)"],
  ])('%s is a malformed call', async (_, call) => {
    const me = await attacker();
    const sql = `select evertill.${call.replace('{me}', me.till.options.installation)}`;
    // 0A000: what PostgreSQL itself says to an array of arrays.
    expect(['22023', '0A000']).toContain((await attempt(me.client, sql)).code);
    await me.client.end();
  });

  it('that is taken is not written again with other bytes, whatever hash is claimed for them', async () => {
    const me = await attacker();
    const held = me.till.entries.at(-1);
    if (held === undefined) throw new Error('no entry');
    const bytes = new TextEncoder().encode(new TextDecoder().decode(held.bytes).replace('"at":"2026', '"at":"2025'));
    for (const hash of [held.hash, entryHash(sha256, me.till.hashAt(held.seq - 1) ?? held.hash, bytes)])
      expect(await pushBy(me.client, [{ seq: held.seq, bytes, hash }])).toMatchObject({
        answer: { answer: 'fork', seq: held.seq },
      });
    await me.client.end();
  });

  it('is not had by a hash that is not of the bytes: of another entry, too short, empty, of the head itself', async () => {
    const me = await attacker();
    const sale = stand.nextSale(me);
    const claims = [
      stand.theirs.till.head().hash,
      sale.hash.slice(0, 31),
      new Uint8Array(),
      me.till.hashAt(sale.seq - 1) ?? sale.hash,
    ];
    for (const hash of claims)
      expect(await pushBy(me.client, [{ ...sale, hash }])).toMatchObject({
        answer: { answer: 'refused', reason: 'chain' },
      });
    await me.client.end();
  });

  it("asked for gives a till's own only, whatever numbers it asks for", async () => {
    const me = await attacker();
    const { installation } = me.till.options;
    const { rows } = await attempt(
      me.client,
      'select evertill.fetch_entries($1, 0, 2147483647, 2147483647) as answer',
      [installation],
    );
    const [row] = rows as { answer: { entries: { bytes: string }[] } }[];
    expect(row?.answer.entries).toHaveLength(me.till.entries.length);
    for (const [i, { bytes }] of (row?.answer.entries ?? []).entries())
      expect(Buffer.from(bytes, 'base64')).toEqual(Buffer.from(me.till.entries[i]?.bytes ?? []));
    const asked =
      'select evertill.entry_hashes($1, array[9223372036854775807, -9223372036854775808, null, 2147483648]) as answer';
    expect(await attempt(me.client, asked, [installation])).toMatchObject({
      rows: [{ answer: { hashes: [null, null, null, null] } }],
    });
    await me.client.end();
  });
});

describe('JSON that is made to hurt', () => {
  const inBody = (json: string) => (text: string) => text.replace('"body":{', `"body":{"extra":${json},`);

  it.each([
    ['10,000 deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['100,000 keys in one object', `{${Array.from({ length: 100_000 }, (_, i) => `"k${i}":0`).join(',')}}`],
    ['a string of 1.9 MB', `"${'x'.repeat(1_900_000)}"`],
    ['a number of 100,000 digits', '9'.repeat(100_000)],
    ['keys that come twice', '{"a":1,"a":{"a":2}}'],
    ['1e400', '1e400'],
    ['a key that JavaScript means', '{"__proto__":{"total_minor":1},"constructor":1}'],
  ])('in what nobody reads: %s is kept, and the sale counts', async (_, json) => {
    const me = await attacker();
    const sales = Number(await stand.shop.value('select count(*)::int from sales'));
    expect(await pushOnBy(me.client, [spoilt(me, inBody(json)), stand.nextSale(me)])).toMatchObject({ quarantined: 0 });
    expect(await stand.shop.value('select count(*)::int from sales')).toBe(sales + 2);
    await me.client.end();
  });

  it.each([
    ['400,000 deep', `${'['.repeat(400_000)}${']'.repeat(400_000)}`],
    ['a NUL', String.raw`"\u0000"`],
    ['half of a surrogate pair', String.raw`"\ud800"`],
    ['the other half', String.raw`"\udc00x"`],
    ['a number beyond all', '1e999999'],
    ['no JSON', '}{'],
  ])('that PostgreSQL can not read: %s is put aside, its neighbour counts', async (_, json) => {
    await expectPutAside(inBody(json), 'ET002');
  });

  it('or bytes that are no text, or a text that is no object', async () => {
    const me = await attacker();
    const broken = [
      new Uint8Array([0xff, 0xfe, 0x00]),
      new TextEncoder().encode('[]'),
      new TextEncoder().encode('null'),
    ];
    const entries = broken.map((bytes) => me.till.appendBytes(bytes));
    expect(await pushBy(me.client, [...entries, stand.nextSale(me)])).toMatchObject({
      answer: { answer: 'taken', quarantined: 3 },
    });
    await me.client.end();
  });

  it('or is larger than an entry can be', async () => {
    const me = await attacker();
    const large = spoilt(me, inBody(`"${'x'.repeat(4_200_000)}"`));
    expect(await pushBy(me.client, [large])).toMatchObject({ answer: { answer: 'refused', reason: 'too_large' } });
    await me.client.end();
  });
});

describe('a figure that would break what adds it up, or shows it', () => {
  const tooLarge = '9007199254740992';
  it.each([
    ['a total', setAmount('total_minor', '900000000000000'), '23514'],
    ['a total that no number holds', setAmount('total_minor', '1e400'), '22003'],
    ['a tax', setAmount('tax_minor', tooLarge), '23514'],
    ['a tax below all', setAmount('tax_minor', '-9223372036854775808'), '23514'],
    ['a net', setAmount('net_minor', tooLarge), '23514'],
    ['a rounding', setAmount('rounding_minor', tooLarge), '23514'],
    ['change', setAmount('change_minor', tooLarge), '23514'],
    ['a tender', setAmount('handed_minor', tooLarge), '23514'],
    ['the base of a tax', setAmount('base_minor', tooLarge), '23514'],
    ['a price', setAmount('unit_price_minor', tooLarge), '23514'],
    ['a quantity', setAmount('quantity_milli', '9000000000000'), '23514'],
    ['a half', setAmount('total_minor', '0.5'), '22P02'],
    ['a number of a receipt', setAmount('number', tooLarge), '23514'],
    ['an instant without end', (text: string) => text.replace(/"at":"[^"]+"/, '"at":"infinity"'), '23514'],
    [
      'an instant before Christ',
      (text: string) => text.replace(/"at":"[^"]+"/, '"at":"2026-01-01 00:00:00 BC"'),
      '23514',
    ],
    [
      'an instant of the year 20,000',
      (text: string) => text.replace(/"at":"[^"]+"/, '"at":"20000-01-01T00:00:00Z"'),
      '23514',
    ],
    [
      'a day without end',
      (text: string) => text.replace(/"business_date":"[^"]+"/, '"business_date":"infinity"'),
      '23514',
    ],
    ['a currency that is none', (text: string) => text.replaceAll('"currency":"GBP"', '"currency":"<b>"'), '23514'],
    [
      "a till's code without end",
      (text: string) => text.replace(/"till":"A\d+"/, `"till":"${'A'.repeat(2000)}"`),
      '23514',
    ],
  ] as const)('%s is put aside, and the next sale counts', async (_, change, code) => {
    await expectPutAside(change, code);
  });

  it('is not built up little by little either: a day of a till has a bound', async () => {
    const me = await attacker();
    const most = setAmount('total_minor', '99000000000000');
    expect(await pushBy(me.client, [spoilt(me, most), spoilt(me, most)])).toMatchObject({
      answer: { answer: 'taken', quarantined: 1 },
    });
    await me.client.end();
  });
});
