/** Tills that nobody hears of, or whose entries parted from ours: the inbox says so by itself, and stops when it is over. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JoinedTill } from '../sync/central-shop.ts';
import { openOffice, pushAll, type TestOffice } from './office.ts';

let one: TestOffice;
let joined: JoinedTill;

beforeAll(async () => {
  one = await openOffice();
  joined = await one.shop.join('HS1');
  joined.till.open();
  await pushAll(joined);
});
afterAll(async () => {
  await one.close();
});

const query = async (sql: string, values: readonly unknown[] = []) => await one.shop.admin.query(sql, [...values]);
const inbox = async () => await one.client.inbox.list({});

describe('a till whose shift is closed', () => {
  beforeEach(async () => {
    await query('delete from hourly_sales');
    await query('delete from shift_openings');
  });

  const lastHeard = async (ago: string) =>
    await query('update till_heads set last_seen_at = now() - $1::interval', [ago]);

  /** It sold in the hour, by the shop's clock, that was so many hours ago, in each of so many weeks before that. */
  async function sellsAt(hours: number, weeks: readonly number[]): Promise<void> {
    await query(
      `insert into hourly_sales (store_id, till_id, business_date, currency, hour, total_minor)
       select store_id, till_id, local::date - case when extract(hour from local) < 5 then 1 else 0 end, 'GBP',
         extract(hour from local), 100
       from tills join store_settings p using (store_id), unnest($2::int[]) as week,
         lateral (select now() at time zone (p.settings ->> 'zone') - $1::int * interval '1 hour'
           - week * interval '7 days' as local) as moments`,
      [hours, weeks],
    );
  }
  const silent = async () => (await inbox()).silent.map(({ till_code }) => till_code);

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

  it('is not named where it sold at that hour on other days of the week', async () => {
    await lastHeard('14 hours');
    await sellsAt(2 + 24 * 2, [0, 1, 2]);
    expect(await silent()).toEqual([]);
  });

  it('is not named once it has left, or is out of use', async () => {
    await lastHeard('14 hours');
    await sellsAt(2, [1, 2, 3]);
    await query('update till_heads set left_at = now()');
    expect(await silent()).toEqual([]);
    await query('update till_heads set left_at = null');
    await query('update tills set active = false');
    expect(await silent()).toEqual([]);
    await query('update tills set active = true');
    expect(await silent()).toEqual(['HS1']);
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
    await query('update till_heads set reported_chain = $1, reported_seq = acked_seq + $2', [chain, more]);
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
