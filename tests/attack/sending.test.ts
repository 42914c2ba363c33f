/** By hand: more at once than hello allows, by which one till would hold what all stores want. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import type { MovementId, ShiftId } from '../../shared/ids.ts';
import type { OutgoingEntry } from '../../sync/ports.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { makeProducts, type TestProduct } from '../sync/sales.ts';
import { AttackStand, pushBy, pushOnBy } from './stand.ts';

let stand: AttackStand;
let products: readonly TestProduct[];

beforeAll(async () => {
  stand = await AttackStand.open();
  products = makeProducts(stand.shop.ids, 1000);
});
afterAll(async () => {
  await stand.close();
});

interface Sender extends JoinedTill {
  readonly client: pg.Client;
}

async function sender(): Promise<Sender> {
  const joined = await stand.another();
  return { ...joined, client: await stand.logIn(joined) };
}

/** A pay-in: small, so that the number of entries is what counts. */
function payIn({ till }: JoinedTill): OutgoingEntry {
  const [movement, shift] = [till.options.ids.next<MovementId>(), till.options.ids.next<ShiftId>()];
  return till.append('cash.moved', { movement, shift, direction: 'in', amount_minor: 1, reason: 'change' });
}

function receipt({ till }: JoinedTill, n: number, lines: number): OutgoingEntry {
  return till.append('stock.received', {
    receipt: till.options.ids.next(),
    number: `HS9-A-T${n}`,
    lines: products
      .slice(0, lines)
      .map(({ name, product, sku }) => ({ product, sku, name, unit: 'piece' as const, quantity_milli: 1000 })),
  });
}

async function pushOn({ client }: Sender, entries: readonly OutgoingEntry[]): Promise<readonly number[]> {
  const { quarantined, took } = await pushOnBy(client, entries);
  expect(quarantined).toBe(0);
  await client.end();
  return took;
}

describe('a push', () => {
  it('takes as many entries as hello says, and the till goes on from there', async () => {
    const me = await sender();
    const entries = Array.from({ length: 450 }, () => payIn(me));
    expect(await pushOn(me, entries)).toEqual([200, 200, 50]);
    expect(me.till.head().seq).toBe(entries.at(-1)?.seq);
  });

  it('takes as many bytes as hello says, though one entry alone may be larger', async () => {
    const me = await sender();
    const large = (bytes: number) => {
      const { bytes: sale } = stand.nextSale(me);
      me.till.entries.pop();
      const text = new TextDecoder().decode(sale).replace('"body":{', `"body":{"extra":"${'x'.repeat(bytes)}",`);
      return me.till.appendBytes(new TextEncoder().encode(text));
    };
    expect(await pushOn(me, [large(100_000), large(100_000), large(100_000), large(900_000), large(9)])).toEqual([
      2, 1, 1, 1,
    ]);
  });

  it('counts what is new: what it holds already leaves room for the next', async () => {
    const me = await sender();
    const first = Array.from({ length: 200 }, () => payIn(me));
    expect(await pushBy(me.client, first)).toMatchObject({ answer: { answer: 'taken' } });
    const next = Array.from({ length: 200 }, () => payIn(me));
    const last = payIn(me);
    expect(await pushBy(me.client, [...first, ...next, last])).toMatchObject({
      answer: { answer: 'taken', acked_seq: next.at(-1)?.seq },
    });
    expect(await pushOn(me, [last])).toEqual([1]);
  });

  it('takes no more of transfers than all stores can wait for, and at least one', async () => {
    const me = await sender();
    expect(await pushOn(me, [receipt(me, 1, 1000), receipt(me, 2, 1000), stand.nextSale(me)])).toEqual([1, 1, 1]);
    const other = await sender();
    const sale = stand.nextSale(other);
    const small = Array.from({ length: 17 }, (_, i) => receipt(other, 10 + i, 100));
    expect(await pushOn(other, [sale, ...small])).toEqual([9, 8, 1]);
  });

  it('that begins beyond what the limits let in says nothing of what comes after', async () => {
    const me = await sender();
    const entries = Array.from({ length: 201 }, () => payIn(me));
    const last = entries.at(-1);
    if (last === undefined) throw new Error('no entry');
    const spoilt = [...entries.slice(0, 200), { ...last, hash: new Uint8Array(32) }];
    expect(await pushBy(me.client, spoilt)).toMatchObject({ answer: { answer: 'taken', acked_seq: last.seq - 1 } });
    expect(await pushBy(me.client, spoilt.slice(200))).toMatchObject({ answer: { reason: 'chain' } });
    await me.client.end();
  });
});
