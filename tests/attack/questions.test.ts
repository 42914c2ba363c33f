/** By hand: what a till could learn of others by asking, and what it could break by what it says of itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import type { SaleId } from '../../shared/ids.ts';
import { openPool, type Pool } from '../../headoffice/db/pool.ts';
import { readTransaction } from '../../headoffice/db/transact.ts';
import { showToday } from '../../headoffice/report/today.ts';
import { listSales } from '../../headoffice/sale/list.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { makeSale } from '../sync/sales.ts';
import { AttackStand, attempt, pushBy } from './stand.ts';

let stand: AttackStand;
let office: Pool;
let me: JoinedTill;
let client: pg.Client;

beforeAll(async () => {
  stand = await AttackStand.open();
  office = openPool({ ...stand.shop.at, ca: null });
  me = await stand.another();
  client = await stand.logIn(me);
});

afterAll(async () => {
  await client.end();
  await office.end();
  await stand.close();
});

/** An answer without what differs by time and place: what is left is what a till could learn. */
function told(answer: Readonly<Record<string, unknown>> | undefined): unknown {
  const { server_time: _, head_hash: __, acked_seq: ___, ...rest } = answer ?? {};
  return rest;
}

async function pushSaleOf(sale: SaleId): Promise<unknown> {
  const body = { ...makeSale(me.till, [{ product: stand.product, quantity_milli: 1000 }]), sale };
  const { answer } = await pushBy(client, [me.till.append('sale.completed', body)]);
  return told(answer);
}

async function saleOf({ till }: JoinedTill): Promise<SaleId> {
  const find = 'select sale from sales join tills using (store_id, till_id) where till = $1 limit 1';
  return (await stand.shop.value(find, [till.options.till])) as SaleId;
}

describe('whether something exists elsewhere', () => {
  it("is not told by a sale's UUID: another store's is taken like one that is new, and both stay", async () => {
    const unknown = await pushSaleOf(stand.shop.ids.next());
    const theirs = await saleOf(stand.theirs);
    expect(await pushSaleOf(theirs)).toEqual(unknown);
    expect(await stand.shop.value('select count(*)::int from sales where sale = $1', [theirs])).toBe(2);
    // Of its own store it is: a basket becomes a sale once there.
    expect(await pushSaleOf(await saleOf(stand.neighbour))).toMatchObject({ quarantined: 1 });
  });

  it("is not told by a shift's, a refund of a sale's, or a command's", async () => {
    const said = (entry: { readonly bytes: Uint8Array } | undefined, name: string) =>
      new RegExp(`"${name}":"([^"]+)"`).exec(new TextDecoder().decode(entry?.bytes))?.[1] ?? '';
    const answers: unknown[] = [];
    for (const source of [stand.theirs.till, undefined]) {
      const shift = source === undefined ? stand.shop.ids.next() : said(source.entries[2], 'shift');
      const command = source === undefined ? stand.shop.ids.next() : said(source.entries[3], 'command');
      const opened = me.till.append('shift.opened', {
        shift: shift as never,
        number: 2,
        float_minor: 0,
        date_confirmed: false,
      });
      const sold = me.till.append(
        'sale.completed',
        makeSale(me.till, [{ product: stand.product, quantity_milli: 1000 }], shift as never),
        { command: command as never },
      );
      answers.push(told((await pushBy(client, [opened, sold])).answer));
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it("is not told by a payload's bytes, nor is another store's erased by naming it", async () => {
    const bytes = new TextEncoder().encode('{"name":"A customer of the other store"}');
    const theirs = await stand.logIn(stand.theirs);
    expect(await pushBy(theirs, [stand.nextSale(stand.theirs)], { payloads: [bytes] })).toMatchObject({ code: null });
    await theirs.end();
    const known = await pushBy(client, [stand.nextSale(me)], { payloads: [bytes] });
    const unknown = await pushBy(client, [stand.nextSale(me)], {
      payloads: [new TextEncoder().encode('{"name":"?"}')],
    });
    expect(told(known.answer)).toEqual(told(unknown.answer));
    const hash = await stand.shop.value("select encode(sha256($1), 'hex')", [Buffer.from(bytes)]);
    const erased = me.till.append('erased', {
      subject: stand.shop.ids.next(),
      reason: 'asked',
      payloads: [String(hash)],
    });
    expect(await pushBy(client, [erased])).toMatchObject({ answer: { answer: 'taken', quarantined: 0 } });
    const left = `select array_agg(store order by store) from private_payloads join stores using (store_id)
      where hash = decode($1, 'hex')`;
    expect(await stand.shop.value(left, [hash])).toEqual([stand.theirs.till.options.store]);
  });

  it('is not told by cursors: of another store, of no stream, of all numbers', async () => {
    const tag = await stand.shop.value('select tag from stream_heads join stores using (store_id) where store = $1', [
      stand.theirs.till.options.store,
    ]);
    for (const store of [
      { position: 0, tag },
      { position: 1, tag: `~${String(tag)}` },
      { position: -1, tag },
      { position: 9_007_199_254_740_991, tag },
      { position: null, tag: null },
      { store_id: 2, position: 0, tag },
      [],
      'store',
      null,
    ]) {
      const { rows } = await attempt(client, 'select evertill.pull($1, 1000000000) as answer', [
        JSON.stringify({ store, company: store }),
      ]);
      const text = JSON.stringify(rows);
      expect(text).toContain('"pages"');
      expect(text).not.toContain(stand.theirs.till.options.till);
      expect(text).not.toContain(String(tag));
    }
  });

  it('is not told by what an error says', async () => {
    for (const sql of [
      'select evertill.pull(\'{"store":{"position":"x"}}\')',
      "select evertill.push(1, 5, '{a}', '{b}', array[null::bytea])",
      'select evertill.hello(null, 0, 0, null)',
      'select evertill.sales',
      'select * from evertill.sales where total_minor / 0 = 1',
      "select 'x'::evertill.till_identity",
    ]) {
      const { message } = await attempt(client, sql);
      for (const secret of [
        stand.theirs.till.options.till,
        stand.theirs.till.options.store,
        stand.theirs.address.login,
      ])
        expect(message).not.toContain(secret);
    }
  });
});

describe('what a till says of itself', () => {
  const hello = 'select evertill.hello($1, $2, $3, $4, $5) as answer';
  const asked = { store: null, day: null, till: null, tender: null, text: '', limit: 50, after: null };

  /** The head office's first page and its list, as its server reads them. */
  async function readAtOffice(): Promise<void> {
    await readTransaction(
      office,
      async (db) => await showToday(db, { day: null, store: null }, '2026-11-21T12:00:00Z'),
    );
    await readTransaction(office, async (db) => await listSales(db, asked));
    const { rows } = await office.query('select reported_seq, acked_seq, clock_offset_ms from evertill.till_heads');
    expect(rows.length).toBeGreaterThan(3);
    await office.query('select reported_seq, reported_epoch, clock_offset_ms from evertill.till_installations');
  }

  it.each([
    ['a number that no journal reaches', [1, '9223372036854775807', null, '{}']],
    ['a number that no number holds', [1, '9007199254740993', null, '{}']],
    ['a number below all', [1, '-9223372036854775808', null, '{}']],
    ['an epoch below all', [-2_147_483_648, 0, null, '{}']],
    ['no number', [1, null, null, '{}']],
  ] as const)('(%s) is malformed, and the head office reads on', async (_, values) => {
    expect(await attempt(client, hello, [me.till.options.installation, ...values])).toMatchObject({ code: '22023' });
    await readAtOffice();
  });

  it.each([
    ['a clock at the end of time', [1, 0, null, '{"at":"294276-12-31T00:00:00Z"}']],
    ['a clock without end', [1, 0, null, '{"at":"infinity"}']],
    ['a clock before Christ', [1, 0, null, '{"at":"4713-01-01 BC"}']],
    ['a hash of 31 bytes', [1, 4, Buffer.alloc(31), '{}']],
    ['a hash of a megabyte', [1, 4, Buffer.alloc(1_000_000), '{}']],
    ['a version of a megabyte', [1, 4, null, JSON.stringify({ version: 'x'.repeat(1_000_000) })]],
    ['a version that is an object', [1, 4, null, '{"version":{"a":"<script>"}}']],
    ['nothing about itself', [1, 4, null, null]],
    ['a list about itself', [1, 4, null, '[1]']],
    ['the largest number', [1, 1_000_000_000_000, null, '{}']],
  ] as const)('(%s) is taken for what it is, and the head office reads on', async (_, values) => {
    expect(await attempt(client, hello, [me.till.options.installation, ...values])).toMatchObject({
      rows: [{ answer: { answer: 'welcome' } }],
    });
    await readAtOffice();
  });

  it('in the name of ever new installations leaves the last 20 at most', async () => {
    for (let i = 0; i < 40; i += 1) await attempt(client, hello, [stand.shop.ids.next(), 1, 0, null, '{}']);
    const kept = 'select count(*)::int from till_installations join tills using (store_id, till_id) where till = $1';
    expect(await stand.shop.value(kept, [me.till.options.till])).toBeLessThanOrEqual(20);
  });
});
