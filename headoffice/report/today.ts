/** A business day as the dashboard shows it. */
import type { ProductId, StoreId } from '../../shared/ids.ts';
import { mulDiv } from '../../shared/money/mul-div.ts';
import type { ReadDb } from '../db/transact.ts';
import { addExactly, Conditions, exactly } from '../sql.ts';
import { addUp, addUpTenders, type Scope } from './figures.ts';

const week_ms = 7 * 24 * 60 * 60 * 1000;

export interface TodayAsked {
  readonly day: string | null;
  readonly store: StoreId | null;
}

/** What an average sale comes to, to the nearest minor unit; null without any. */
export function averageOf({
  count,
  total_minor,
}: {
  readonly count: number;
  readonly total_minor: number;
}): number | null {
  return count === 0 ? null : mulDiv(total_minor, 1, count);
}

/** The day that the calendar shows in the stores' own zones: the latest of them, where they differ. */
async function currentDay(db: ReadDb, now: string, store: StoreId | null): Promise<string> {
  const row = await db.first<{ day: string | null }>(
    `select max(($1::timestamptz at time zone (p.settings ->> 'zone'))::date) as day
     from store_settings p join stores s using (store_id) where $2::uuid is null or s.store = $2`,
    [now, store],
  );
  return row?.day ?? now.slice(0, 10);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - week_ms).toISOString().slice(0, 10);
}

/** The rows `s` of one day. Roll-ups are found till by till, by their keys. */
function ofDay(day: string, store: StoreId | null): Conditions {
  const conditions = new Conditions();
  conditions.add('s.business_date = ?', day);
  if (store !== null) conditions.add('s.store_id = (select store_id from stores where store = ?)', store);
  return conditions;
}

interface BeforeRow {
  readonly store: StoreId;
  readonly currency: string;
  readonly count: number;
  readonly total_minor: number;
}

/** What the stores had sold a week before, up to `until`. */
async function soldBefore(db: ReadDb, day: string, store: StoreId | null, until: string | null) {
  const conditions = ofDay(day, store);
  conditions.addPlain("s.kind = 'sale'");
  if (until !== null) conditions.add('s.at <= ?', until);
  return await db.rows<BeforeRow>(
    `select o.store, s.currency, count(*) as count, ${exactly('sum(s.total_minor)')} as total_minor
     from sales s join stores o using (store_id)${conditions.where} group by o.store, s.currency limit 2000`,
    conditions.values,
  );
}

interface HourRow {
  readonly hour: number;
  readonly currency: string;
  readonly total_minor: number;
}

/** By the hour that the till's own clock showed. */
async function soldByHour(db: ReadDb, day: string, store: StoreId | null) {
  const conditions = ofDay(day, store);
  return await db.rows<HourRow>(
    `select s.hour, s.currency, ${exactly('sum(s.total_minor)')} as total_minor
     from tills t join hourly_sales s using (store_id, till_id)${conditions.where}
     group by s.hour, s.currency order by s.hour, s.currency`,
    conditions.values,
  );
}

function mergeHours(today: readonly HourRow[], before: readonly HourRow[]) {
  const merged = new Map<string, { hour: number; currency: string; total_minor: number; before_minor: number }>();
  const place = ({ hour, currency }: HourRow) => {
    const key = `${String(hour).padStart(2, '0')} ${currency}`;
    const found = merged.get(key) ?? { hour, currency, total_minor: 0, before_minor: 0 };
    merged.set(key, found);
    return found;
  };
  for (const row of today) place(row).total_minor = row.total_minor;
  for (const row of before) place(row).before_minor = row.total_minor;
  return [...merged.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

interface ProductRow {
  readonly product: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity_milli: number;
  readonly currency: string;
  readonly total_minor: number;
}

/**
 * As the catalogue calls them now. What it doesn't hold (the product itself lies in quarantine) is called as a till that sold
 * it did last, looked for from the end of that till's sales.
 */
async function topProducts(db: ReadDb, day: string, store: StoreId | null) {
  const conditions = ofDay(day, store);
  return await db.rows<ProductRow>(
    `select b.product, coalesce(p.sku, l.sku, '') as sku, coalesce(p.name, l.name, '') as name,
       coalesce(p.unit, l.unit, 'piece') as unit, b.quantity_milli, b.currency, b.total_minor
     from (
       select s.product, s.currency, ${exactly('sum(s.quantity_milli)')} as quantity_milli,
         ${exactly('sum(s.total_minor)')} as total_minor, max(array[s.store_id, s.till_id]) as sold_at
       from tills t join daily_products s using (store_id, till_id)${conditions.where}
       group by s.product, s.currency order by 4 desc, s.product limit 10
     ) as b left join products p using (product)
       left join lateral (
         select x.sku, x.name, x.unit from sale_lines x
         where p.product is null and x.store_id = b.sold_at[1] and x.till_id = b.sold_at[2] and x.product = b.product
         order by x.seq desc, x.line_no desc limit 1
       ) as l on true
     order by b.total_minor desc, b.product`,
    conditions.values,
  );
}

async function waitingAtTills(db: ReadDb, store: StoreId | null) {
  const row = await db.first<{ entries: number; tills: number; oldest_unseen_ms: number | null }>(
    `select coalesce(sum(h.reported_seq - h.acked_seq), 0)::bigint as entries, count(*) as tills,
       (extract(epoch from now() - min(h.last_seen_at)) * 1000)::bigint as oldest_unseen_ms
     from till_heads h join tills t using (store_id, till_id) join stores o using (store_id)
     where t.active and h.reported_seq > h.acked_seq and ($1::uuid is null or o.store = $1)`,
    [store],
  );
  return row ?? { entries: 0, tills: 0, oldest_unseen_ms: null };
}

async function latestDay(db: ReadDb, store: StoreId | null): Promise<string | null> {
  // Store by store, each from the end of the index; over all it is the end of the index itself.
  const row = await db.first<{ day: string | null }>(
    store === null
      ? 'select max(business_date) as day from sales'
      : `select max(d.business_date) as day from daily_sales d join stores o using (store_id) where o.store = $1`,
    store === null ? [] : [store],
  );
  return row?.day ?? null;
}

/** Everything on the dashboard. `now` is an instant. */
export async function showToday(db: ReadDb, asked: TodayAsked, now: string) {
  const { store } = asked;
  const current = await currentDay(db, now, store);
  const day = asked.day ?? current;
  const before_day = dayBefore(day);
  const isToday = day === current;
  const scope: Scope = { from: day, to: day, store, till: null };
  const until = isToday ? new Date(Date.parse(now) - week_ms).toISOString() : null;
  const before = await soldBefore(db, before_day, store, until);
  const totals = await addUp(db, scope, 'all');
  const stores = await addUp<'store' | 'store_name'>(db, scope, 'store');
  return {
    day,
    is_today: isToday,
    now,
    latest_day: await latestDay(db, store),
    before_day,
    totals: totals.map((figures) => {
      const same = before.filter(({ currency }) => currency === figures.currency);
      const count = same.reduce((all, row) => all + row.count, 0);
      const total_minor = same.reduce((all, row) => addExactly(all, row.total_minor), 0);
      return {
        ...figures,
        average_minor: averageOf(figures.sales),
        before: count === 0 ? null : { count, total_minor, average_minor: averageOf({ count, total_minor }) },
      };
    }),
    hours: mergeHours(await soldByHour(db, day, store), await soldByHour(db, before_day, store)),
    stores: stores.map((figures) => {
      const same = before.find((row) => row.store === figures.store && row.currency === figures.currency);
      return { ...figures, average_minor: averageOf(figures.sales), before_minor: same?.total_minor ?? null };
    }),
    tills: await addUp<'store' | 'store_name' | 'till' | 'till_code' | 'till_name'>(db, scope, 'till'),
    tenders: await addUpTenders(db, scope),
    products: [...(await topProducts(db, day, store))],
    waiting: await waitingAtTills(db, store),
  };
}
