import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { centralMigrations } from '../../migrations/central/list.ts';
import { migrateCentral } from '../../migrations/central/migrate.ts';
import type { MovementId, ShiftId, Uuid } from '../../shared/ids.ts';
import { encodeEntry } from '../../shared/journal/envelope.ts';
import type { JoinedTill } from './central-shop.ts';
import { ChainShop, spoil } from './chain-shop.ts';
import { settle } from './forks.ts';
import { makeRefund, makeSale } from './sales.ts';
import { SyncRun } from './sync-run.ts';

let shop: ChainShop;

beforeAll(async () => {
  shop = await ChainShop.open();
});

afterAll(async () => {
  await shop.close();
});

/** A fault of central's: it takes no sale of more than 99 units until that is mended. */
const fault = 'alter table sales add constraint a_fault check (total_minor < 40 * 100) not valid';
const otherFault = 'alter table sales add constraint another_fault check (total_minor < 40 * 100) not valid';
const mend = (name: string) => `alter table sales drop constraint ${name}`;

async function withFault<T>(work: () => Promise<T>): Promise<T> {
  await shop.central.admin.query(fault);
  try {
    return await work();
  } finally {
    await shop.central.admin.query(mend('a_fault'));
  }
}

function sellMany({ till }: JoinedTill) {
  const sale = makeSale(till, [{ product: shop.product, quantity_milli: 100_000 }]);
  till.append('sale.completed', sale);
  return sale;
}

async function projectAgain(joined: JoinedTill, seq: number) {
  const office = await shop.central.headOffice();
  const { rows } = await office.query<{ answer: object }>('select reproject(null, $1, $2, $3) as answer', [
    shop.central.store,
    joined.till.options.till,
    seq,
  ]);
  await office.end();
  return rows[0]?.answer;
}

/** Everything that is projected of a till, for comparison with what it would have been. */
async function tables(joined: JoinedTill) {
  const of = async (table: string, columns: string) => await shop.rows(joined, table, columns);
  return {
    sales: await of('sales', 'seq::int, total_minor::int'),
    lines: await of('sale_lines', 'seq::int, stock_milli::int'),
    quarantined: await of('quarantined_entries', 'seq::int'),
    unprojected: await of('unprojected_entries', 'seq::int'),
    days: await shop.value(
      joined,
      'select row(sum(sale_count), sum(total_minor))::text from daily_sales join tills using (store_id, till_id) where till = $1',
    ),
    stock: await shop.value(
      joined,
      'select sum(level_milli)::int from stock_levels join tills using (store_id, till_id) where till = $1',
    ),
  };
}

describe('an entry that could not be projected when it came', () => {
  it('is projected by one call after the fault was mended, once, and its neighbours stay as they were', async () => {
    const joined = await shop.openTill(1);
    const watcher = await shop.openTill(0);
    const run = new SyncRun(watcher.till, watcher.central);
    await withFault(async () => {
      sellMany(joined);
      shop.sell(joined.till);
      expect(await shop.push(joined, joined.till)).toMatchObject({ answer: 'taken', quarantined: 1 });
      await run.untilSynced();
    });
    const before = await tables(joined);
    expect(before).toMatchObject({ quarantined: [{ seq: 5 }], stock: -2000 });
    expect(await projectAgain(joined, 5)).toEqual({ answer: 'projected' });
    const after = await tables(joined);
    expect(after).toMatchObject({
      sales: [{ seq: 4 }, { seq: 5, total_minor: 4000 }, { seq: 6 }],
      quarantined: [],
      stock: -102_000,
      days: '(3,4080)',
    });
    // Again, and for a neighbour: nothing happens.
    for (const seq of [5, 5, 4, 6]) expect(await projectAgain(joined, seq)).toEqual({ answer: 'projected' });
    expect(await tables(joined)).toEqual(after);
    // The other till of the store hears of it.
    await run.untilSynced();
    run.sync.stop();
    const level = watcher.till.replica.store.get(`stock ${shop.product.product}/${joined.till.options.till}`);
    expect(level).toMatchObject({ level_milli: -102_000, covers_seq: 6 });
  });

  it('asked for twice at once, counts once', async () => {
    const joined = await shop.openTill(0);
    await withFault(async () => {
      sellMany(joined);
      await shop.push(joined, joined.till);
    });
    await Promise.all([projectAgain(joined, 4), projectAgain(joined, 4), projectAgain(joined, 4)]);
    expect(await tables(joined)).toMatchObject({ stock: -100_000, days: '(1,4000)', quarantined: [] });
  });

  it('and still can not keeps its place, with the newest reason', async () => {
    const joined = await shop.openTill(0);
    await withFault(async () => {
      sellMany(joined);
      await shop.push(joined, joined.till);
    });
    const since = await shop.rows(joined, 'quarantined_entries', 'since');
    await shop.central.admin.query(otherFault);
    expect(await projectAgain(joined, 4)).toMatchObject({ answer: 'kept', code: '23514' });
    await shop.central.admin.query(mend('another_fault'));
    expect(await shop.rows(joined, 'quarantined_entries', 'reason')).toEqual([
      { reason: expect.stringContaining('violates check constraint "another_fault"') },
    ]);
    expect(await shop.rows(joined, 'quarantined_entries', 'since')).toEqual(since);
    expect(await tables(joined)).toMatchObject({ sales: [], stock: null });
  });

  it('because it was pushed unprojected is projected as if it had come like any other', async () => {
    const [one, two] = [await shop.openTill(2), await shop.openTill(2)];
    const connection = await one.central.connect();
    await connection.push({ epoch: 0, entries: one.till.entries, unprojected: true });
    connection.destroy();
    for (let seq = 1; seq <= 5; seq += 1) expect(await projectAgain(one, seq)).toEqual({ answer: 'projected' });
    await shop.push(two, two.till);
    expect(await tables(one)).toEqual(await tables(two));
    expect(await shop.rows(one, 'shift_openings', 'seq::int')).toEqual([{ seq: 3 }]);
  });

  it('because nobody can read it, or its command wrote another, stays where it is', async () => {
    const joined = await shop.openTill(1);
    const { till } = joined;
    shop.sell(till);
    spoil(till, (text) => text.slice(0, -1));
    const [, , , sold] = till.entries;
    const command = (/"command":"([^"]+)"/.exec(new TextDecoder().decode(sold?.bytes))?.[1] ?? '') as Uuid<'command'>;
    till.append('sale.completed', makeSale(till, [{ product: shop.product, quantity_milli: 1000 }]), { command });
    expect(await shop.push(joined, till)).toMatchObject({ quarantined: 2 });
    expect(await projectAgain(joined, 5)).toMatchObject({ answer: 'kept', code: 'ET002' });
    expect(await projectAgain(joined, 6)).toMatchObject({ answer: 'kept', code: 'ET004' });
    expect(await tables(joined)).toMatchObject({ sales: [{ seq: 4 }], quarantined: [{ seq: 5 }, { seq: 6 }] });
  });

  it('is an adopted one: the fact inside is projected', async () => {
    const joined = await shop.openTill(0);
    const forked = shop.copy(joined.till);
    forked.append('sale.completed', makeSale(forked, [{ product: shop.product, quantity_milli: 100_000 }]));
    settle(joined.till, forked, 3, 'B');
    await withFault(async () => {
      expect(await shop.push(joined, joined.till)).toMatchObject({ quarantined: 1 });
    });
    expect(await projectAgain(joined, 5)).toEqual({ answer: 'projected' });
    expect(await tables(joined)).toMatchObject({ sales: [{ seq: 5, total_minor: 4000 }], stock: -100_000 });
  });

  it('is an erasure: what it names goes then, and stays away', async () => {
    const joined = await shop.openTill(0);
    const { till } = joined;
    const bytes = new TextEncoder().encode('{"salt":"AAAAAAAAAAAAAAAAAAAAAA==","name":"Alex Doe"}');
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes));
    const body = makeSale(till, [{ product: shop.product, quantity_milli: 1000 }]);
    till.appendBytes(encodeEntry(till.envelope('sale.completed', body, { private: [hash.toString('hex')] })), [
      { hash, bytes },
    ]);
    till.append('erased', {
      subject: shop.central.ids.next<Uuid>(),
      payloads: [hash.toString('hex')],
      reason: 'asked',
    });
    const connection = await joined.central.connect();
    await connection.push({ epoch: 0, entries: till.entries, unprojected: true });
    connection.destroy();
    expect(await shop.central.value('select count(*)::int from private_payloads where hash = $1', [hash])).toBe(1);
    expect(await projectAgain(joined, 5)).toEqual({ answer: 'projected' });
    expect(await shop.central.value('select count(*)::int from private_payloads where hash = $1', [hash])).toBe(0);
  });

  it('never keeps a refund of it waiting, which then finds its sale', async () => {
    const joined = await shop.openTill(0);
    const { till } = joined;
    await withFault(async () => {
      const { sale } = sellMany(joined);
      const refund = makeRefund(till, [{ product: shop.product, quantity_milli: 1000 }], true);
      till.append('refund.completed', { ...refund, of_sale: sale });
      expect(await shop.push(joined, till)).toMatchObject({ quarantined: 1 });
    });
    expect(await tables(joined)).toMatchObject({ sales: [{ seq: 5 }], stock: 1000 });
    await projectAgain(joined, 4);
    expect(
      await shop.value(
        joined,
        `select count(*)::int from sales r join sales s on s.store_id = r.store_id and s.sale = r.of_sale
         join tills t on t.till_id = r.till_id where t.till = $1`,
      ),
    ).toBe(1);
    expect(await tables(joined)).toMatchObject({ stock: -99_000 });
  });

  it('is not there, or of another store, is unknown', async () => {
    const joined = await shop.openTill(1);
    await shop.push(joined, joined.till);
    for (const seq of [0, 5, -1]) expect(await projectAgain(joined, seq)).toEqual({ answer: 'unknown' });
    expect(
      await shop.central.value("select reproject(null, $1, $2, 4) ->> 'answer'", [
        shop.central.ids.next(),
        joined.till.options.till,
      ]),
    ).toBe('unknown');
  });
});

describe('a kind that central has learned since', () => {
  /** Central as it was before it knew of cash movements and adjustments. */
  const forget = `
    alter function family_of(text, text) rename to family_of_today;
    create function family_of(p_kind text, p_version text) returns text language sql immutable
    return case when p_kind in ('cash.moved', 'stock.adjusted') then 'unknown' else family_of_today(p_kind, p_version) end;
    alter function family_of(text, text) owner to `;
  const learn = {
    name: '9999-learns',
    sql: `create or replace function family_of(p_kind text, p_version text) returns text language sql immutable
          return family_of_today(p_kind, p_version);`,
  };

  it('is projected when central is migrated, by itself, in every till; what fails then is quarantined', async () => {
    const office = await ChainShop.open();
    const { central } = office;
    await central.admin.query(forget + central.roles.owner);
    const tills = [await office.openTill(1), await office.openTill(1)];
    for (const { till } of tills) {
      for (let i = 0; i < 30; i += 1)
        till.append('stock.adjusted', {
          adjustment: central.ids.next<MovementId>(),
          reason: 'Delivery',
          lines: [{ product: office.product.product, sku: office.product.sku, quantity_milli: 1000 }],
        });
      till.append(
        'cash.moved',
        {
          movement: central.ids.next<MovementId>(),
          shift: central.ids.next<ShiftId>(),
          direction: 'in',
          amount_minor: 100,
          reason: 'Change',
        },
        { business_date: null },
      );
    }
    for (const joined of tills) expect(await office.push(joined, joined.till)).toMatchObject({ quarantined: 0 });
    const [one] = tills;
    if (one === undefined) throw new Error('no till');
    expect(await central.value('select count(*)::int from unprojected_entries')).toBe(62);
    const again = await central.value('select reproject(null, $1, $2, 5)', [central.store, one.till.options.till]);
    expect(again).toEqual({ answer: 'kept', code: 'unknown_kind', reason: 'stock.adjusted 1' });
    expect(await central.value('select count(*)::int from unprojected_entries')).toBe(62);

    await migrateCentral(central.admin, { name: 'x' }, [...centralMigrations, learn]);
    await central.admin.query('set search_path = evertill');
    expect(await central.value('select count(*)::int from unprojected_entries')).toBe(0);
    expect(await central.value('select count(*)::int from stock_adjustment_lines')).toBe(60);
    expect(await central.value('select sum(level_milli)::int from stock_levels')).toBe(60_000 - 2000);
    expect(await office.rows(one, 'quarantined_entries', 'seq::int, quarantined_entries.code')).toEqual([
      { seq: 35, code: '23502' },
    ]);
    await office.close();
  });
});
