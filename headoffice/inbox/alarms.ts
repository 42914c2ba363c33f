/** Tills that nobody hears of, that are late, or whose entries parted from ours. By the database's clock. */
import type { ReadDb } from '../db/transact.ts';
import { type TillNamed, tillNamed } from '../till-named.ts';

/** More than this is not listed: whoever has so many to look at begins with the first. */
const most = 100;
const lateness = '10 minutes';
/** A sale in this many of the last four of its weekday makes an hour one in which a till usually sells. */
const usual = 2;

const tills = 'stores o join tills t using (store_id) join till_heads h using (store_id, till_id)';

/** The hour of a week, from Monday's first on, of a day and an hour of it. */
const hourOfWeek = (day: string, hour: string) =>
  `((extract(isodow from ${day})::integer - 1) * 24 + ${hour}::integer)`;

/**
 * Tills that were not heard for an hour in opening time: their shift is open as far as is known here, or an hour has gone by
 * since in which they usually sell, on that day of the week, by the shop's own clock. What is sold before five in the morning
 * belongs to the business day before.
 */
export async function silentTills(db: ReadDb) {
  const isOpen = `exists (
    select from shift_openings s where s.store_id = t.store_id and s.till_id = t.till_id
      and not exists (select from shift_closings c where c.store_id = s.store_id and c.shift = s.shift))`;
  const slot = hourOfWeek('x.business_date + case when x.hour < 5 then 1 else 0 end', 'x.hour');
  const heardSlot = hourOfWeek('heard.at', 'extract(hour from heard.at)');
  const hasMissed = `exists (
    select from hourly_sales x
    where x.store_id = t.store_id and x.till_id = t.till_id
      and x.business_date between heard.at::date - 28 and heard.at::date
    group by ${slot}
    having count(distinct x.business_date) >= ${usual}
      and (${slot} - ${heardSlot} + 168) % 168 <= floor(extract(epoch from now() - h.last_seen_at) / 3600) - 1)`;
  return await db.rows<TillNamed & { readonly last_seen_at: string | null }>(
    `select ${tillNamed}, h.last_seen_at
     from ${tills} join store_settings p on p.store_id = o.store_id
       cross join lateral (select h.last_seen_at at time zone (p.settings ->> 'zone') as at) as heard
     where t.active and h.left_at is null and h.last_seen_at < now() - interval '1 hour' and (${isOpen} or ${hasMissed})
     order by h.last_seen_at limit ${most}`,
  );
}

/** Tills that told of more than they have sent, for a while. */
export async function lateTills(db: ReadDb) {
  return await db.rows<
    TillNamed & { readonly held_seq: number; readonly reported_seq: number; readonly last_push_at: string | null }
  >(
    `select ${tillNamed}, h.acked_seq as held_seq, h.reported_seq, h.last_push_at from ${tills}
     where t.active and h.left_at is null and h.reported_seq > h.acked_seq and coalesce(h.last_push_at, t.enrolled_at) < now() - $1::interval
     order by h.reported_seq - h.acked_seq desc limit ${most}`,
    [lateness],
  );
}

/** Tills whose chain has parted from ours, or that lack entries which are here: until the till has settled that by itself. */
export async function partedTills(db: ReadDb) {
  return await db.rows<
    TillNamed & {
      readonly kind: 'fork' | 'restored';
      readonly held_seq: number;
      readonly reported_seq: number | null;
      readonly last_seen_at: string | null;
    }
  >(
    `select ${tillNamed}, case h.reported_chain when 'fork' then 'fork' else 'restored' end as kind,
       h.acked_seq as held_seq, h.reported_seq, h.last_seen_at
     from ${tills}
     where t.active and h.left_at is null
       and (h.reported_chain = 'fork' or (h.reported_chain = 'behind' and h.reported_seq < h.acked_seq))
     order by kind, h.last_seen_at, o.store_id, t.till_id limit ${most}`,
  );
}
