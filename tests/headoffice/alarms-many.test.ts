/** The line of the head office was dead since yesterday: all tills of all stores are silent. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openOffice, type TestOffice } from './office.ts';

let one: TestOffice;

beforeAll(async () => {
  one = await openOffice();
  // 200 stores of ten tills, each store heard last at a moment of its own.
  await one.shop.admin.query(`
    insert into stores (store, name) select gen_random_uuid(), 'Store ' || i from generate_series(1, 200) i;
    insert into store_settings (store_id, settings)
      select o.store_id, p.settings from stores o, store_settings p where o.name like 'Store %';
    insert into tills (store_id, till, code, name)
      select store_id, gen_random_uuid(), concat('S', store_id, 'T', i), 'Till ' || i from stores, generate_series(1, 10) i
      where name like 'Store %';
    insert into till_heads (store_id, till_id, installation, genesis, epoch, acked_seq, head_hash, last_seen_at)
      select store_id, till_id, gen_random_uuid(), sha256('a'), 1, 5, sha256('a'),
        now() - interval '30 hours' - store_id * interval '1 second'
      from tills where code like 'S%T%';
    insert into hourly_sales (store_id, till_id, business_date, currency, hour, total_minor)
      select store_id, till_id, local::date - case when extract(hour from local) < 5 then 1 else 0 end, 'GBP',
        extract(hour from local), 100
      from tills join store_settings p using (store_id), generate_series(1, 4) as week,
        lateral (select now() at time zone (p.settings ->> 'zone') - interval '2 hours' - week * interval '7 days' as local)
          as moments
      where code like 'S%T%'`);
});
afterAll(async () => {
  await one.close();
});

it('names as many stores as are listed at all, not as many tills', async () => {
  const { silent, silent_stores, total } = await one.client.inbox.list({});
  expect([silent.length, silent_stores.length, total]).toEqual([0, 100, 100]);
  // The one that is silent for longest comes first.
  expect(silent_stores.slice(0, 2).map(({ store_name, tills }) => [store_name, tills])).toEqual([
    ['Store 200', 10],
    ['Store 199', 10],
  ]);
});

it('names the tills of a store that is heard again beside them', async () => {
  await one.shop.admin.query(
    `update till_heads h set last_seen_at = now() from stores o join tills t using (store_id)
     where t.store_id = h.store_id and t.till_id = h.till_id and o.name = 'Store 7' and t.name = 'Till 1'`,
  );
  const { silent, silent_stores } = await one.client.inbox.list({});
  expect([silent.length, silent_stores.length]).toEqual([9, 100]);
  expect(new Set(silent.map(({ store_name }) => store_name))).toEqual(new Set(['Store 7']));
  expect((await one.client.inbox.count({})).total).toBe(109);
});
