/** Tills that nobody hears of, that are late, or whose entries parted from ours. By the database's clock. */
import type { StoreId } from '../../shared/ids.ts';
import type { ReadDb } from '../db/transact.ts';
import { type TillNamed, tillNamed } from '../till-named.ts';

/** More than this is not listed: whoever has so many to look at begins with the first. */
const most = 100;
const lateness = '10 minutes';
/** The hour in which a business day begins, by the shop's clock: what is sold before it belongs to the day before. */
const dayBegins = 5;
/** A sale in this many of the last four of its weekday makes an hour one in which a till usually sells. */
const usual = 2;

const tills = 'stores o join tills t using (store_id) join till_heads h using (store_id, till_id)';
const morning = `interval '${dayBegins} hours'`;

/** The hour of a week, from Monday's first on, of a day and an hour of it. By integers: a Monday was the first of 2001. */
const hourOfWeek = (day: string, hour: string) => `((${day} - date '2001-01-01') % 7 * 24 + ${hour}::integer)`;

/**
 * Stores by their own clock: the business day, when one of their tills was heard last, and whether that was before the day
 * began. `closed_until` is the end of the last day on which somebody said that the store is closed, and it was: none of its
 * tills was heard after that was said, and none sold on that day. That a till was heard is told by its last word alone; who
 * sold on the day and was heard again since has opened all the same.
 */
const shops = `shops as materialized (
  select o.store_id, o.store, o.name, zone.name as zone, zone.clock, zone.day, whole.last_seen_at, whole.tills,
    whole.last_seen_at < (zone.day + ${morning}) at time zone zone.name as is_whole,
    (
      select ended.at from closed_days d
        cross join lateral (select (d.day + 1 + ${morning}) at time zone zone.name as at) as ended
      where d.store_id = o.store_id and not exists (
        select from tills t join till_heads h using (store_id, till_id)
        where t.store_id = o.store_id and (
          (t.active and h.left_at is null and h.last_seen_at > d.noted_at and h.last_seen_at < ended.at) or exists (
            select from daily_sales x
            where x.store_id = t.store_id and x.till_id = t.till_id and x.business_date = d.day)))
      order by d.day desc limit 1
    ) as closed_until
  from stores o join store_settings p using (store_id)
    cross join lateral (
      select p.settings ->> 'zone' as name, now() at time zone (p.settings ->> 'zone') as clock,
        (now() at time zone (p.settings ->> 'zone') - ${morning})::date as day
    ) as zone
    cross join lateral (
      select max(h.last_seen_at) as last_seen_at, count(*) as tills from tills t join till_heads h using (store_id, till_id)
      where t.store_id = o.store_id and t.active and h.left_at is null
    ) as whole
)`;

/**
 * Tills of the store `o` that were not heard for an hour in opening time: the last shift that they opened is open as far as
 * is known here, or an hour has gone by since, from its first minute to its last, in which they usually sell on that day of the
 * week, by the shop's own clock. Day and hour are worked out once for each till (`offset 0`), not with each row of its sales.
 */
function missedTills(): string {
  const slot = hourOfWeek(`(x.business_date + (x.hour < ${dayBegins})::integer)`, 'x.hour');
  return `tills t join till_heads h on h.store_id = t.store_id and h.till_id = t.till_id
    cross join lateral (select greatest(h.last_seen_at, o.closed_until) as since offset 0) as awaited
    cross join lateral (
      select day, ${hourOfWeek('day', 'extract(hour from first)')} as slot,
        floor(extract(epoch from o.clock - first) / 3600)::integer as hours
      from (
        select date_trunc('hour', awaited.since at time zone o.zone - interval '1 microsecond') + interval '1 hour' as first
      ) as next cross join lateral (select next.first::date as day) as begun
      offset 0
    ) as missed
  where t.store_id = o.store_id and t.active and h.left_at is null and h.last_seen_at is not null
    and awaited.since < now() - interval '1 hour'
    and (not coalesce((
      select exists (select from shift_closings c where c.store_id = s.store_id and c.shift = s.shift)
      from shift_openings s where s.store_id = t.store_id and s.till_id = t.till_id order by s.seq desc limit 1
    ), true) or exists (
      select from hourly_sales x
      where x.store_id = t.store_id and x.till_id = t.till_id and x.business_date between missed.day - 28 and missed.day
        and (${slot} - missed.slot + 168) % 168 < missed.hours
      group by ${slot} having count(distinct x.business_date) >= ${usual}))`;
}

/**
 * Tills that were not heard for an hour in opening time, those that are silent for longest first; where nothing was heard of a
 * whole store since its day began, the store in the place of its tills: one of them that is missed is enough. A day on which
 * somebody said that the store is closed counts as if its tills were heard until its end, unless one of them was.
 */
export async function silentTills(db: ReadDb) {
  const silent = await db.rows<TillNamed & { readonly last_seen_at: string }>(
    `with ${shops}
     select ${tillNamed}, h.last_seen_at from shops o cross join ${missedTills()} and not o.is_whole
     order by h.last_seen_at, t.store_id, t.till_id limit ${most}`,
  );
  const stores = await db.rows<{
    readonly store: StoreId;
    readonly store_name: string;
    readonly tills: number;
    readonly day: string;
    readonly last_seen_at: string;
  }>(
    // In the order of the list before anything is asked of their tills, so that nothing is once the list is full.
    `with ${shops}
     select o.store, o.name as store_name, o.tills, o.day::text as day, o.last_seen_at
     from (select * from shops where is_whole order by last_seen_at, store_id offset 0) as o
     where exists (select from ${missedTills()} offset 0)
     order by o.last_seen_at, o.store_id limit ${most}`,
  );
  return { silent: [...silent], silent_stores: [...stores] };
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
