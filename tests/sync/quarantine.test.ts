import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '../../shared/ids.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from './central-shop.ts';
import { makeProduct, makeRefund, makeSale, type TestProduct } from './sales.ts';

let shop: CentralShop;
let product: TestProduct;
let joined: JoinedTill;
let count = 0;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  product = makeProduct(shop.ids);
});

beforeEach(async () => {
  count += 1;
  joined = await shop.join(`Q${count}`);
  joined.till.open();
});

afterAll(async () => {
  await shop.close();
});

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function sell() {
  const { till } = joined;
  return till.append('sale.completed', makeSale(till, [{ product, quantity_milli: 1000 }]));
}

/** A sale whose bytes were spoiled before they were hashed, as a till that was tampered with could write it. */
function sellSpoiled(spoil: (text: string) => string) {
  const { till } = joined;
  const entry = sell();
  till.entries.pop();
  return till.appendBytes(encoder.encode(spoil(decoder.decode(entry.bytes))));
}

async function push(unprojected = false, epoch = 0) {
  const connection = await joined.central.connect();
  const answer = await connection.push({ epoch, entries: joined.till.entries, unprojected });
  connection.destroy();
  return answer;
}

async function ofTill(table: string, columns: string): Promise<readonly unknown[]> {
  const { rows } = await shop.admin.query(
    `select ${columns} from ${table} join tills using (store_id, till_id) where till = $1 order by seq`,
    [joined.till.options.till],
  );
  return rows;
}

const stock = async () =>
  await shop.value(
    'select coalesce(sum(level_milli), 0)::int from stock_levels join tills using (store_id, till_id) where till = $1',
    [joined.till.options.till],
  );

describe('an entry that central can not project', () => {
  it.each([
    ['a NUL in a name', (text: string) => text.replace('"name":"', String.raw`"name":"\u0000`), false],
    ['a lone surrogate', (text: string) => text.replace('"name":"', String.raw`"name":"\ud800`), false],
    ['text that is no JSON', (text: string) => text.slice(0, -1), false],
    ['JSON that is no object', () => '[1,2,3]', false],
    [
      'a quantity that is no number',
      (text: string) => text.replace('"quantity_milli":1000', '"quantity_milli":"many"'),
      true,
    ],
    [
      'a quantity beyond reason',
      (text: string) => text.replace('"quantity_milli":1000', '"quantity_milli":9007199254740991'),
      true,
    ],
    ['an amount that is missing', (text: string) => text.replace(/"net_minor":\d+,"tax_minor":\d+/, '"a":1'), true],
    [
      'a date that is none',
      (text: string) => text.replace('"business_date":"2026-11-21"', '"business_date":"2026-02-30"'),
      false,
    ],
    ['no business date', (text: string) => text.replace('"business_date":"2026-11-21"', '"business_date":null'), true],
    ['a currency of a hundred letters', (text: string) => text.replace('"GBP"', `"${'G'.repeat(100)}"`), false],
    [
      'a tender kind of 9000 letters',
      (text: string) => text.replace('"kind":"cash"', `"kind":"${scrambled(9000)}"`),
      true,
    ],
    ["another sale's UUID", (text: string) => text.replace(/"sale":"[^"]+"/, `"sale":"${firstSale()}"`), true],
  ])('%s: is stored raw and acknowledged, its neighbours are projected', async (_, spoil, hasCopies) => {
    sell();
    const bad = sellSpoiled(spoil);
    const after = sell();
    expect(await push()).toMatchObject({ answer: 'taken', acked_seq: 6, quarantined: 1, head_hash: toHex(after.hash) });
    expect(await ofTill('quarantined_entries', 'seq::int')).toEqual([{ seq: 5 }]);
    expect(await ofTill('sales', 'seq::int')).toEqual([{ seq: 4 }, { seq: 6 }]);
    expect(await ofTill('sale_lines', 'seq::int')).toEqual([{ seq: 4 }, { seq: 6 }]);
    expect(await stock()).toBe(-2000);
    expect(await ofTill('journal_entries', 'bytes, kind is not null as known')).toContainEqual({
      bytes: Buffer.from(bad.bytes),
      known: hasCopies,
    });
    // And the chain goes on from it.
    sell();
    expect(await push(false, 1)).toMatchObject({ answer: 'taken', acked_seq: 7, quarantined: 0 });
  });

  it('does not keep a refund of it waiting', async () => {
    sell();
    const bad = sellSpoiled((text) => text.replace('"quantity_milli":1000', '"quantity_milli":"many"'));
    const sale = /"sale":"([^"]+)"/.exec(decoder.decode(bad.bytes))?.[1];
    const { till } = joined;
    const refund = makeRefund(till, [{ product, quantity_milli: 1000 }], true);
    // The text was just read from an entry of ours.
    till.append('refund.completed', { ...refund, of_sale: sale as typeof refund.of_sale });
    expect(await push()).toMatchObject({ answer: 'taken', quarantined: 1 });
    expect(await ofTill('sales', 'seq::int, of_sale')).toEqual([
      { seq: 4, of_sale: null },
      { seq: 6, of_sale: sale },
    ]);
  });

  it('says why, in words that somebody can act on', async () => {
    sell();
    sellSpoiled((text) => text.replace('"quantity_milli":1000', '"quantity_milli":"many"'));
    await push();
    expect(await ofTill('quarantined_entries', 'quarantined_entries.code, reason')).toEqual([
      { code: '22P02', reason: 'invalid input syntax for type bigint: "many"' },
    ]);
  });

  it('only because somebody holds a lock is not put aside: the till comes again', async () => {
    sell();
    await push();
    sell();
    const other = await shop.connectAs(shop.at.user, shop.at.password);
    await other.query('begin; update daily_sales set sale_count = sale_count');
    await expect(push(false, 1)).rejects.toMatchObject({ fault: 'busy', code: '55P03' });
    await other.query('rollback');
    await other.end();
    expect(await push(false, 1)).toMatchObject({ answer: 'taken', quarantined: 0 });
    expect(await ofTill('sales', 'seq::int')).toHaveLength(2);
  });

  it('because its projection takes too long is pushed unprojected in the end', async () => {
    sell();
    expect(await push(true)).toMatchObject({ answer: 'taken', acked_seq: 4, quarantined: 4 });
    expect(await ofTill('sales', 'seq::int')).toEqual([]);
    expect(await ofTill('journal_entries', 'kind')).toHaveLength(4);
    expect(await stock()).toBe(0);
  });
});

/** Text that does not compress, so that it is too long for an index. */
function scrambled(length: number): string {
  let state = 7;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  }).join('');
}

function firstSale(): string {
  const [, , , entry] = joined.till.entries;
  return /"sale":"([^"]+)"/.exec(decoder.decode(entry?.bytes))?.[1] ?? '';
}
