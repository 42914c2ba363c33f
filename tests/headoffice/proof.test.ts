/** What the head office can prove: a chain, a sale and its entry, a till's head against ours. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../shared/ids.ts';
import { decodeEntry } from '../../shared/journal/envelope.ts';
import { readBytes, bytesOf } from '../../renderer/headoffice/sale/entry-bytes.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { centralAt } from '../../sync/central.ts';
import { makeProduct, makeProducts, makeRefund, makeSale } from '../sync/sales.ts';
import { openOffice, pushAll, type TestOffice } from './office.ts';

let one: TestOffice;
let joined: JoinedTill;
const sales: string[] = [];

beforeAll(async () => {
  one = await openOffice();
  joined = await one.shop.join('HS1');
  joined.till.open();
  const products = makeProducts(one.shop.ids, 4).map((product) => ({ product, quantity_milli: 1000 }));
  for (let i = 0; i < 12; i += 1) {
    const body = makeSale(joined.till, products);
    sales.push(body.sale);
    joined.till.append('sale.completed', body);
  }
  const refund = makeRefund(joined.till, products.slice(0, 1), true);
  joined.till.append('refund.completed', { ...refund, of_sale: sales[0] as typeof refund.of_sale });
  await pushAll(joined);
});
afterAll(() => one.close());

const store = () => one.shop.store;
const till = () => joined.till.options.till;

/** Changes what central holds, as nobody but the server's own administrator can. */
async function tamper(sql: string, values: readonly unknown[]): Promise<void> {
  await one.shop.admin.query('alter table journal_entries disable trigger append_only');
  await one.shop.admin.query(sql, [...values]);
  await one.shop.admin.query('alter table journal_entries enable trigger append_only');
}

async function show(place: number) {
  return await one.client.sale.show({ store: store(), sale: (sales[place] ?? '') as never });
}

describe('a sale', () => {
  it('is shown with its lines, taxes and tenders, and with the entry as it was pushed', async () => {
    const shown = await show(3);
    const pushed = joined.till.entries[shown.entry.seq - 1];
    if (pushed === undefined) throw new Error('the entry was never pushed');
    expect(bytesOf(shown.entry.bytes_base64)).toEqual(new Uint8Array(pushed.bytes));
    expect(readBytes(bytesOf(shown.entry.bytes_base64))).toEqual(decodeEntry(pushed.bytes));
    expect(shown.entry.hash).toBe(toHex(pushed.hash));
    expect(shown.entry.previous_hash).toBe(toHex(joined.till.hashAt(shown.entry.seq - 1) ?? new Uint8Array()));
    expect(shown.previous).toMatchObject({ seq: shown.entry.seq - 1, kind: 'sale.completed' });
    expect(shown.next).toMatchObject({ seq: shown.entry.seq + 1, kind: 'sale.completed' });
    expect(shown.lines.length).toBe(4);
    expect(shown.lines[0]).toMatchObject({ sku: 'HS-00001', quantity_milli: 1000, unit_price_minor: 40 });
    expect(shown.lines[0]?.taxes[0]).toMatchObject({ code: 'A', rate_millionths: 200_000 });
    expect(shown.lines.reduce((all, line) => all + line.total_minor, 0)).toBe(shown.total_minor);
    expect(shown.paid.reduce((all, tender) => all + tender.amount_minor, 0)).toBe(shown.total_minor);
    expect(shown.taxes.reduce((all, tax) => all + tax.base_minor + tax.amount_minor, 0)).toBe(shown.total_minor);
    expect(shown.heading).toMatchObject({ name: 'Harbour Street', locale: 'en-GB' });
    expect(shown.matches_entry).toBe(true);
    expect([shown.earlier, shown.later]).toEqual([sales[2], sales[4]]);
  });

  it('knows what was given back of it, and the refund knows its sale', async () => {
    const first = await show(0);
    expect(first.refunds.length).toBe(1);
    const [given] = first.refunds;
    const refund = await one.client.sale.show({ store: store(), sale: given?.sale ?? ('' as never) });
    expect(refund).toMatchObject({ kind: 'refund', reason: 'Faulty', of_sale: { sale: sales[0] } });
    expect(refund.total_minor).toBeLessThan(0);
    expect(refund.matches_entry).toBe(true);
    expect(refund.next).toBeNull();
  });

  it('that is not here is not found', async () => {
    const [sale = ''] = sales;
    const other = one.shop.ids.next();
    await expect(one.client.sale.show({ store: other as never, sale: sale as never })).rejects.toThrow(
      'record.not_found',
    );
    await expect(one.client.sale.show({ store: store(), sale: other as never })).rejects.toThrow('record.not_found');
  });

  it('whose table rows were changed no longer matches its entry, each row on its own', async () => {
    const { seq } = (await show(5)).entry;
    for (const [change, back] of [
      [
        'update sales set total_minor = total_minor - 1 where seq = $1',
        'update sales set total_minor = total_minor + 1 where seq = $1',
      ],
      [
        "update sales set business_date = '2026-11-22' where seq = $1",
        "update sales set business_date = '2026-11-21' where seq = $1",
      ],
      [
        'update sale_lines set quantity_milli = 2000 where seq = $1 and line_no = 2',
        'update sale_lines set quantity_milli = 1000 where seq = $1 and line_no = 2',
      ],
      [
        "update tenders set kind = 'card' where seq = $1 and tender_no = 1",
        "update tenders set kind = 'cash' where seq = $1 and tender_no = 1",
      ],
      [
        'update sale_taxes set amount_minor = amount_minor + 1 where seq = $1',
        'update sale_taxes set amount_minor = amount_minor - 1 where seq = $1',
      ],
    ] as const) {
      await one.shop.admin.query(change, [seq]);
      expect({ change, matches: (await show(5)).matches_entry }).toEqual({ change, matches: false });
      await one.shop.admin.query(back, [seq]);
      expect({ back, matches: (await show(5)).matches_entry }).toEqual({ back, matches: true });
    }
  });
});

describe('the chain', () => {
  const verify = async (seq: number) => await one.client.journal.verify({ store: store(), till: till(), seq });

  it('is verified from the first entry on, and ends in the hash that was computed', async () => {
    const { seq, hash } = joined.till.head();
    expect(await verify(seq)).toMatchObject({
      verified: true,
      to_seq: seq,
      first_bad: null,
      hash: toHex(hash),
      till_agrees: true,
    });
    expect(await verify(1)).toMatchObject({ verified: true, to_seq: 1 });
  });

  it('breaks at the very entry of which one bit was changed, and holds before it', async () => {
    for (const seq of [1, 4, 9, joined.till.head().seq]) {
      const bytes = Buffer.from(joined.till.entries[seq - 1]?.bytes ?? []);
      const spoilt = Buffer.from(bytes);
      // The last digit of the till's UUID: still an entry that anybody can read.
      const at = spoilt.indexOf('"command":"') + 11;
      spoilt[at] = (spoilt[at] ?? 0) ^ 1;
      await tamper('update journal_entries set bytes = $2 where seq = $1', [seq, spoilt]);
      expect(await verify(joined.till.head().seq)).toMatchObject({
        verified: false,
        first_bad: { seq, fault: 'hash' },
        hash: null,
      });
      if (seq > 1) expect(await verify(seq - 1)).toMatchObject({ verified: true });
      await tamper('update journal_entries set bytes = $2 where seq = $1', [seq, bytes]);
    }
    expect(await verify(joined.till.head().seq)).toMatchObject({ verified: true });
  });

  it('breaks where a hash was changed, where two entries were exchanged, and where one is missing', async () => {
    const last = joined.till.head().seq;
    const hash = Buffer.from(joined.till.entries[4]?.hash ?? []);
    await tamper('update journal_entries set hash = sha256(hash) where seq = $1', [5]);
    expect(await verify(last)).toMatchObject({ verified: false, first_bad: { seq: 5 } });
    await tamper('update journal_entries set hash = $2 where seq = $1', [5, hash]);

    const swap = 'update journal_entries set seq = case seq when 6 then -7 else -6 end where seq in (6, 7)';
    const settle = 'update journal_entries set seq = -seq where seq < 0';
    await tamper(swap, []);
    await tamper(settle, []);
    expect(await verify(last)).toMatchObject({ verified: false, first_bad: { seq: 6, fault: 'hash' } });
    await tamper(swap, []);
    await tamper(settle, []);

    await tamper('update journal_entries set seq = -8 where seq = 8', []);
    expect(await verify(last)).toMatchObject({ verified: false, first_bad: { seq: 8, fault: 'missing' } });
    expect(await verify(7)).toMatchObject({ verified: true });
    await tamper('update journal_entries set seq = 8 where seq = -8', []);
    expect(await verify(last)).toMatchObject({ verified: true });
  });

  it('rewritten whole, hashes and all, no longer meets the head that the till told', async () => {
    const last = joined.till.head().seq;
    const spoilt = Buffer.from(joined.till.entries[last - 1]?.bytes ?? []);
    const bytes = Buffer.from(spoilt);
    const hash = Buffer.from(joined.till.head().hash);
    const at = spoilt.indexOf('"command":"') + 11;
    spoilt[at] = (spoilt[at] ?? 0) ^ 1;
    const rewrite = `update journal_entries e set bytes = $2,
      hash = sha256((select hash from journal_entries p where p.seq = e.seq - 1) || $2::bytea) where seq = $1`;
    await tamper(rewrite, [last, spoilt]);
    await one.shop.admin.query('update till_heads set head_hash = (select hash from journal_entries where seq = $1)', [
      last,
    ]);
    expect(await verify(last)).toMatchObject({ verified: true, till_agrees: false });
    await tamper('update journal_entries set bytes = $2, hash = $3 where seq = $1', [last, bytes, hash]);
    await one.shop.admin.query('update till_heads set head_hash = $1', [hash]);
    expect(await verify(last)).toMatchObject({ verified: true, till_agrees: true });
  });

  it('of another till, or beyond what is held, is not found', async () => {
    await expect(verify(joined.till.head().seq + 1)).rejects.toThrow('record.not_found');
    const other = one.shop.ids.next();
    await expect(one.client.journal.verify({ store: store(), till: other as never, seq: 1 })).rejects.toThrow(
      'record.not_found',
    );
  });
});

describe('a till', () => {
  const row = async (code = 'HS1') => (await one.client.till.list({})).tills.find((one_) => one_.till_code === code);

  it('that has sent all of it is equal, number and hash', async () => {
    const { seq, hash } = joined.till.head();
    const head = { seq, hash: toHex(hash) };
    expect(await row()).toMatchObject({
      state: 'equal',
      reported: head,
      held: head,
      lag: 0,
      app_version: '0.1.0',
      epoch: 1,
    });
  });

  it('that has sold on says how far it is ahead, and is equal again when it has sent it', async () => {
    const product = makeProduct(one.shop.ids);
    for (let i = 0; i < 3; i += 1)
      joined.till.append('sale.completed', makeSale(joined.till, [{ product, quantity_milli: 1000 }]));
    const pulse = await one.client.sync.pulse({});
    await hello(joined);
    const { seq, hash } = joined.till.head();
    expect(await row()).toMatchObject({
      state: 'waiting',
      lag: 3,
      reported: { seq, hash: toHex(hash) },
      held: { seq: seq - 3 },
    });
    expect((await one.client.report.today({})).waiting).toMatchObject({ entries: 3, tills: 1 });
    const told = await one.client.sync.pulse({});
    expect(told.tills).not.toBe(pulse.tills);
    expect(told.edits).toBe(pulse.edits);
    await one.client.till.rename({ till: till(), name: 'Counter 1' });
    expect((await one.client.sync.pulse({})).edits).not.toBe(pulse.edits);
    // Whoever has seen the last news is answered with the next.
    const { edits, tills } = await one.client.sync.pulse({});
    const [next] = await Promise.all([one.client.sync.pulse({ seen: { tills, edits } }), pushAll(joined)]);
    expect(next.tills).not.toBe(tills);
    expect((await one.client.sync.pulse({ seen: { tills, edits } })).tills).not.toBe(tills);
    expect(await row()).toMatchObject({ state: 'equal', lag: 0 });
  });

  it('that was never heard is new, one that was not heard for a while is silent', async () => {
    const quiet = await one.shop.join('HS9');
    expect(await row('HS9')).toMatchObject({ state: 'new', reported: null });
    // It has begun to join, and was not heard since.
    await one.shop.admin.query("update till_heads set decided_at = now() - interval '20 minutes' where acked_seq = 0");
    expect(await row('HS9')).toMatchObject({ state: 'unfinished', decided_at: expect.any(String) });
    await hello(quiet);
    expect(await row('HS9')).toMatchObject({ state: 'new' });
    quiet.till.open();
    await pushAll(quiet);
    await one.shop.admin.query("update till_heads set last_seen_at = now() - interval '3 minutes' where acked_seq = 3");
    expect(await row('HS9')).toMatchObject({ state: 'silent' });
    const [worst] = (await one.client.till.list({})).tills;
    expect(worst?.till_code).toBe('HS9');
  });

  it('whose chain differs is a fork, one that lost entries is behind, another PC is told apart', async () => {
    const connection = await centralAt(joined.address, '0.1.0').connect();
    const { installation } = joined.till.identity();
    const at = new Date().toISOString();
    const about = { installation, epoch: 1, at };
    await connection.hello({ ...about, seq: 5, hash: joined.till.hashAt(5) ?? new Uint8Array() });
    expect(await row()).toMatchObject({ state: 'behind' });
    await connection.hello({ ...about, seq: 5, hash: new Uint8Array(32) });
    expect(await row()).toMatchObject({ state: 'fork' });
    await hello(joined);
    expect(await row()).toMatchObject({ state: 'equal' });
    await connection.hello({ ...about, installation: one.shop.ids.next(), seq: 5, hash: new Uint8Array(32) });
    const { hash, seq } = joined.till.head();
    // What the clone told is not taken for the till's own head.
    expect(await row()).toMatchObject({ state: 'replaced', reported: { seq, hash: toHex(hash) }, lag: 0 });
    await hello(joined);
    // The till goes on as before; that another PC asked stays in sight until somebody has decided.
    expect(await row()).toMatchObject({ state: 'replaced' });
    await one.client.till.decide_installation({ till: till(), installation: joined.till.identity().installation });
    expect(await row()).toMatchObject({ state: 'equal' });
    connection.destroy();
  });

  it('that is taken out of use is told so, and may come back', async () => {
    await one.client.till.set_active({ till: till(), active: false });
    expect(await row()).toMatchObject({ state: 'inactive', active: false });
    const connection = await centralAt(joined.address, '0.1.0').connect();
    const { seq, hash } = joined.till.head();
    const about = { installation: joined.till.identity().installation, epoch: 1, at: new Date().toISOString() };
    expect(await connection.hello({ ...about, seq, hash })).toMatchObject({ answer: 'refused', reason: 'deactivated' });
    connection.destroy();
    await one.client.till.set_active({ till: till(), active: true });
    expect(await row()).toMatchObject({ state: 'equal' });
  });

  it('whose entry could not be read is held, acknowledged and listed with the reason', async () => {
    const { till: journal } = joined;
    const bytes = Buffer.from(
      JSON.stringify({
        ...journal.envelope('stock.adjusted', {
          adjustment: one.shop.ids.next(),
          reason: 'x',
          lines: [{ product: one.shop.ids.next(), sku: 's', quantity_milli: 1 }],
        }),
        body: { lines: 'none' },
      }),
    );
    journal.appendBytes(bytes);
    await pushAll(joined);
    const { entries, total } = await one.client.quarantine.list({});
    expect(total).toBe(1);
    expect(entries[0]).toMatchObject({ till_code: 'HS1', seq: journal.head().seq, kind: 'stock.adjusted' });
    expect(entries[0]?.reason).not.toBe('');
    expect(await row()).toMatchObject({ state: 'equal', quarantined: 1 });
  });
});

async function hello({ address, till: journal }: JoinedTill): Promise<void> {
  const connection = await centralAt(address, '0.1.0').connect();
  const { epoch, installation } = journal.identity();
  const { hash, seq } = journal.head();
  await connection.hello({ installation, epoch, seq, hash, at: new Date().toISOString() });
  connection.destroy();
}
