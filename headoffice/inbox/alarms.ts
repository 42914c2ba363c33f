/** Tills that nobody hears of, that are late, or whose entries parted from ours. By the database's clock. */
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

/** The hour of a week, from Monday's first on, of a day and an hour of it. */
const hourOfWeek = (day: string, hour: string) =>
  `((extract(isodow from ${day})::integer - 1) * 24 + ${hour}::integer)`;

interface SilentRow extends TillNamed {
  readonly last_seen_at: string;
  /** When a till of the store was heard last, and how many it has in use. */
  readonly store_seen_at: string;
  readonly tills: number;
  /** The store's business day, and whether nothing was heard of the store since it began. */
  readonly day: string;
  readonly is_whole: boolean;
}

/**
 * Tills that were not heard for an hour in opening time: their shift is open as far as is known here, or an hour has gone by
 * since in which they usually sell, on that day of the week, by the shop's own clock. A day on which somebody says that the store is closed counts as if its tills were heard
 * until its end; as soon as one of them is heard after that was said, it does not.
 */
async function silentRows(db: ReadDb): Promise<readonly SilentRow[]> {
  const morning = `interval '${dayBegins} hours'`;
  const isOpen = `exists (
    select from shift_openings s where s.store_id = t.store_id and s.till_id = t.till_id
      and not exists (select from shift_closings c where c.store_id = s.store_id and c.shift = s.shift))`;
  const slot = hourOfWeek(`x.business_date + case when x.hour < ${dayBegins} then 1 else 0 end`, 'x.hour');
  const heardSlot = hourOfWeek('heard.at', 'extract(hour from heard.at)');
  const hasMissed = `exists (
    select from hourly_sales x
    where x.store_id = t.store_id and x.till_id = t.till_id
      and x.business_date between heard.at::date - 28 and heard.at::date
    group by ${slot}
    having count(distinct x.business_date) >= ${usual}
      and (${slot} - ${heardSlot} + 168) % 168 <= floor(extract(epoch from now() - awaited.since) / 3600) - 1)`;
  return await db.rows<SilentRow>(
    `select ${tillNamed}, h.last_seen_at, whole.last_seen_at as store_seen_at, whole.tills, zone.day::text as day,
       whole.last_seen_at < (zone.day + ${morning}) at time zone zone.name as is_whole
     from ${tills} join store_settings p on p.store_id = o.store_id
       cross join lateral (
         select p.settings ->> 'zone' as name, (now() at time zone (p.settings ->> 'zone') - ${morning})::date as day
       ) as zone
       cross join lateral (
         select max(th.last_seen_at) as last_seen_at, count(*) as tills
         from tills tt join till_heads th using (store_id, till_id)
         where tt.store_id = o.store_id and tt.active and th.left_at is null
       ) as whole
       cross join lateral (
         select greatest(h.last_seen_at, (
           select (max(d.day) + 1 + ${morning}) at time zone zone.name from closed_days d
           where d.store_id = o.store_id and d.noted_at > whole.last_seen_at)) as since
       ) as awaited
       cross join lateral (select awaited.since at time zone zone.name as at) as heard
     where t.active and h.left_at is null and h.last_seen_at is not null and awaited.since < now() - interval '1 hour' and (${isOpen} or ${hasMissed})
     order by h.last_seen_at limit ${most}`,
  );
}

/**
 * Tills that were not heard for an hour in opening time; where nothing was heard of a whole store since its day began, the
 * store in the place of its tills.
 */
export async function silentTills(db: ReadDb) {
  const rows = await silentRows(db);
  const stores = new Map(rows.filter(({ is_whole }) => is_whole).map((row) => [row.store, row]));
  return {
    silent: rows
      .filter(({ is_whole }) => !is_whole)
      .map(({ last_seen_at, store, store_name, till, till_code, till_name }) => {
        return { store, store_name, till, till_code, till_name, last_seen_at };
      }),
    silent_stores: [...stores.values()].map(({ day, store, store_name, store_seen_at, tills: count }) => {
      return { store, store_name, tills: count, day, last_seen_at: store_seen_at };
    }),
  };
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
