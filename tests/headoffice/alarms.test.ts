/** Tills that nobody hears of, or whose entries parted from ours: the inbox says so by itself, and stops when it is over. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StoreId } from '../../shared/ids.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { openOffice, pushAll, type TestOffice } from './office.ts';

let one: TestOffice;
let joined: JoinedTill;

beforeAll(async () => {
  one = await openOffice();
  joined = await one.shop.join('HS1');
  // The other till of the store, which is heard all the while.
  for (const till of [joined, await one.shop.join('HS2')]) {
    till.till.open();
    await pushAll(till);
  }
});
afterAll(async () => {
  await one.close();
});

const query = async (sql: string, values: readonly unknown[] = []) => await one.shop.admin.query(sql, [...values]);
const inbox = async () => await one.client.inbox.list({});

const ofTill = 'till_id = (select till_id from tills where code = $1)';
const lastHeard = async (ago: string, code = 'HS1') =>
  await query(`update till_heads set last_seen_at = now() - $2::interval where ${ofTill}`, [code, ago]);

/** HS1 sold in the hour, by the shop's clock, that was so many hours ago, in each of so many weeks before that. */
async function sellsAt(hours: number, weeks: readonly number[]): Promise<void> {
  await query(
    `insert into hourly_sales (store_id, till_id, business_date, currency, hour, total_minor)
       select store_id, till_id, local::date - case when extract(hour from local) < 5 then 1 else 0 end, 'GBP',
         extract(hour from local), 100
       from tills join store_settings p using (store_id), unnest($2::int[]) as week,
         lateral (select now() at time zone (p.settings ->> 'zone') - $1::int * interval '1 hour'
           - week * interval '7 days' as local) as moments
       where code = 'HS1'`,
    [hours, weeks],
  );
}
const silent = async () => (await inbox()).silent.map(({ till_code }) => till_code);

async function forgetSales(): Promise<void> {
  await query('delete from hourly_sales');
  await query('delete from shift_openings');
}

describe('a till whose shift is closed', () => {
  beforeEach(forgetSales);

  it('is named when an hour went by in which it usually sells, though the line died while it was closed', async () => {
    await lastHeard('14 hours');
    await sellsAt(2, [1, 3]);
    expect(await silent()).toEqual(['HS1']);
    await lastHeard('1 second');
    expect(await silent()).toEqual([]);
  });

  it('stays named for as long as it is not heard, when it has long closed again', async () => {
    await lastHeard('3 days');
    await sellsAt(70, [1, 2, 3]);
    expect(await silent()).toEqual(['HS1']);
  });

  it('is not named outside of the hours in which it usually sells, nor before an hour is over', async () => {
    await lastHeard('14 hours');
    // It has closed since before it was last heard, opens now, and a while ago sold out of hours once.
    await sellsAt(16, [1, 2, 3]);
    await sellsAt(0, [1, 2, 3]);
    await sellsAt(5, [2]);
    expect(await silent()).toEqual([]);
  });

  it('is not named for the hour in which it was last heard, sold and closed, but for the next one', async () => {
    // At a quarter to the hour.
    await query(
      `update till_heads set last_seen_at = date_trunc('hour', now()) - interval '75 minutes' where ${ofTill}`,
      ['HS1'],
    );
    await sellsAt(2, [1, 2, 3]);
    expect(await silent()).toEqual([]);
    await sellsAt(1, [1, 2, 3]);
    expect(await silent()).toEqual(['HS1']);
  });

  it('is named while the last shift that it opened is open, not for one before that never closed', async () => {
    await lastHeard('2 hours');
    const opened = async (seq: number) =>
      await query(
        `insert into shift_openings (store_id, till_id, seq, shift, number, at, offset_minutes, business_date, currency,
           float_minor)
         select store_id, till_id, $1::bigint, gen_random_uuid(), $1::bigint, now(), 0, current_date, 'GBP', 0 from tills
         where code = 'HS1'`,
        [seq],
      );
    await opened(51);
    expect(await silent()).toEqual(['HS1']);
    await opened(52);
    expect(await silent()).toEqual(['HS1']);
    await query(
      `insert into shift_closings (store_id, till_id, seq, shift, number, at, offset_minutes, business_date, currency,
         counted_minor, expected_minor, difference_minor, float_minor, paid_in_minor, paid_out_minor, sale_count,
         sales_total_minor, sales_tax_minor, refund_count, refunds_total_minor, refunds_tax_minor)
       select store_id, till_id, 53, shift, number, now(), 0, business_date, currency, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
       from shift_openings where seq = 52`,
    );
    expect(await silent()).toEqual([]);
    await query('delete from shift_closings');
  });

  it('is not named where it sold at that hour on other days of the week', async () => {
    await lastHeard('14 hours');
    await sellsAt(2 + 24 * 2, [0, 1, 2]);
    expect(await silent()).toEqual([]);
  });

  it('is not named once it has left, or is out of use', async () => {
    await lastHeard('14 hours');
    await sellsAt(2, [1, 2, 3]);
    await query(`update till_heads set left_at = now() where ${ofTill}`, ['HS1']);
    expect(await silent()).toEqual([]);
    await query('update till_heads set left_at = null');
    await query(`update tills set active = false where code = 'HS1'`);
    expect(await silent()).toEqual([]);
    await query('update tills set active = true');
    expect(await silent()).toEqual(['HS1']);
  });
});

describe('a store of which nothing was heard since its day began', () => {
  beforeEach(async () => {
    await forgetSales();
    await query('delete from closed_days');
    // It is noon there.
    const { rows } = await query("select 12 - extract(hour from now() at time zone 'UTC')::int as east");
    const [{ east } = { east: 0 }] = rows as readonly { readonly east: number }[];
    const zone = `Etc/GMT${east > 0 ? '-' : '+'}${String(Math.abs(east))}`;
    await query("update store_settings set settings = jsonb_set(settings, '{zone}', to_jsonb($1::text))", [zone]);
    await lastHeard('20 hours');
    await lastHeard('30 hours', 'HS2');
    // An hour ago, and in the same hour yesterday.
    await sellsAt(2, [1, 2, 3]);
  });
  const silentStores = async () => (await inbox()).silent_stores;
  const today = async () =>
    String(await one.shop.value("select (now() at time zone (settings ->> 'zone'))::date::text from store_settings"));

  it('is named once, in the place of its tills', async () => {
    expect(await silentStores()).toMatchObject([{ store_name: 'Harbour Street', tills: 2, day: await today() }]);
    expect(await silent()).toEqual([]);
    expect((await one.client.inbox.count({})).total).toBe((await inbox()).total);
    // What was heard this morning has opened, and its other till is missed.
    await lastHeard('4 hours', 'HS2');
    expect(await silentStores()).toEqual([]);
    expect(await silent()).toEqual(['HS1']);
  });

  it('is named no more that day when somebody says that it is closed, and again on the next', async () => {
    const { store } = one.shop;
    await one.client.store.note_closed({ store, day: await today() });
    expect([await silentStores(), await silent()]).toEqual([[], []]);
    // A day goes by, and it has not opened today either.
    await query("update closed_days set day = day - 1, noted_at = noted_at - interval '1 day'");
    await query("update till_heads set last_seen_at = last_seen_at - interval '1 day'");
    expect(await silentStores()).toMatchObject([{ day: await today() }]);
    // It opens later today: what it let go by yesterday is forgiven.
    await query('delete from hourly_sales');
    await sellsAt(26, [1, 2, 3]);
    expect(await silentStores()).toEqual([]);
    await query('delete from closed_days');
    expect(await silentStores()).toHaveLength(1);
  });

  it('is not closed as soon as one of its tills is heard', async () => {
    await one.client.store.note_closed({ store: one.shop.store, day: await today() });
    await lastHeard('0 seconds', 'HS2');
    expect([await silentStores(), await silent()]).toEqual([[], ['HS1']]);
  });

  describe('when it was closed yesterday, as somebody said at noon', () => {
    beforeEach(async () => {
      await one.client.store.note_closed({ store: one.shop.store, day: await today() });
      await query("update closed_days set day = day - 1, noted_at = noted_at - interval '1 day'");
      await lastHeard('44 hours');
      await lastHeard('44 hours', 'HS2');
      await query('delete from hourly_sales');
      await sellsAt(26, [1, 2, 3]);
    });

    it('is forgiven what its tills let go by, also when the first of them is heard today', async () => {
      expect([await silentStores(), await silent()]).toEqual([[], []]);
      await lastHeard('1 second', 'HS2');
      expect([await silentStores(), await silent()]).toEqual([[], []]);
      // From then on it is a day like any other.
      await sellsAt(3, [1, 2, 3]);
      expect(await silent()).toEqual(['HS1']);
    });

    it('was not closed where one of its tills was heard in the afternoon', async () => {
      await lastHeard('20 hours', 'HS2');
      expect(await silentStores()).toHaveLength(1);
    });

    it('was not closed where it sold, whenever that is told', async () => {
      await lastHeard('1 second', 'HS2');
      await query(
        `insert into daily_sales (store_id, till_id, business_date, currency, kind, sale_count, gross_minor, discount_minor,
           net_minor, tax_minor, total_minor, rounding_minor)
         select store_id, till_id, day, 'GBP', 'sale', 1, 100, 0, 100, 0, 100, 0 from closed_days join tills using (store_id)
         where code = 'HS2'`,
      );
      expect(await silent()).toEqual(['HS1']);
      await query('delete from daily_sales');
    });
  });

  it('can not be said to be closed on another day than it is there, and no store that there is not', async () => {
    const closed = async (store: StoreId, day: string) => await one.client.store.note_closed({ store, day });
    await expect(closed(one.shop.store, '2026-01-01')).rejects.toThrow('record.changed');
    await expect(closed(one.shop.ids.next(), await today())).rejects.toThrow('record.not_found');
    expect(await silentStores()).toHaveLength(1);
  });
});

it('a till whose entries parted from ours is named, and one that was restored and lacks some', async () => {
  const parted = async () =>
    (await inbox()).parted.map(({ held_seq, kind, reported_seq, till_code }) => [
      till_code,
      kind,
      (reported_seq ?? 0) - held_seq,
    ]);
  const said = async (chain: string, more: number) =>
    await query(`update till_heads set reported_chain = $2, reported_seq = acked_seq + $3 where ${ofTill}`, [
      'HS1',
      chain,
      more,
    ]);
  await said('equal', 0);
  expect(await parted()).toEqual([]);
  await said('ahead', 4);
  expect(await parted()).toEqual([]);
  await said('fork', 1);
  expect(await parted()).toEqual([['HS1', 'fork', 1]]);
  await said('behind', -2);
  expect(await parted()).toEqual([['HS1', 'restored', -2]]);
  expect((await one.client.inbox.count({})).total).toBe((await inbox()).total);
  // It has got them back, or they have become its own since.
  await said('behind', 0);
  expect(await parted()).toEqual([]);
});
