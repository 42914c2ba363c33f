-- Projections of the journal: each row belongs to one entry and can be made again from it. No foreign key across entries:
-- a refund never waits for its sale.

-- What a sum of quantities is kept as: no shop gets as far as 100,000 million units, and what a hostile till adds up beyond
-- stays there, so that it still is a number that can be read, and honest entries after it are none the worse.
create function bounded_milli(p_sum numeric) returns bigint
language sql immutable
return (case when p_sum > 100000000000000 then 100000000000000 when p_sum < -100000000000000 then -100000000000000
  else p_sum end)::bigint;

-- Sales and refunds. A refund's amounts are negative, as in its entry, so sums need no sign of their own.
create table sales (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  kind text not null check (kind in ('sale', 'refund')),
  sale uuid not null,
  of_sale uuid,
  shift uuid not null,
  receipt_till text not null check (length(receipt_till) <= 8),
  receipt_series text not null check (length(receipt_series) <= 3),
  receipt_number bigint not null check (receipt_number between 0 and 1000000000000),
  actor uuid,
  approver uuid,
  at timestamptz not null,
  offset_minutes smallint not null,
  business_date date not null,
  currency text not null check (length(currency) = 3),
  prices_include_tax boolean not null,
  reason text,
  line_count integer not null,
  gross_minor bigint not null,
  discount_minor bigint not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  rounding_minor bigint not null,
  change_minor bigint not null,
  received_at timestamptz not null default now(),
  primary key (store_id, till_id, seq)
) partition by hash (store_id);
select make_partitions('sales');
-- A basket becomes a sale once, whichever till says so.
create unique index sales_sale on sales (store_id, sale);
create index sales_received on sales (received_at);
create index sales_day on sales (business_date, store_id);

-- A line of a stocked product is its stock movement, so no second row says so.
create table sale_lines (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  line_no smallint not null,
  line uuid not null,
  of_line uuid,
  product uuid not null,
  sku text not null,
  name text not null,
  unit text not null,
  category uuid,
  quantity_milli bigint not null check (quantity_milli between -1000000000000 and 1000000000000),
  -- What the line adds to the shelf: negative on a sale, 0 where nothing is counted or nothing went back.
  stock_milli bigint not null,
  list_price_minor bigint,
  unit_price_minor bigint not null,
  price_source text not null,
  price_reason text,
  currency text not null,
  gross_minor bigint not null,
  discount_minor bigint not null,
  basket_discount_minor bigint not null,
  net_minor bigint not null,
  total_minor bigint not null,
  primary key (store_id, till_id, seq, line_no)
) partition by hash (store_id);
select make_partitions('sale_lines');

-- What came back of each sold line in all its refunds: written in the push, so that nobody has to add refunds up to find
-- where more came back than was sold. A refund may come before its sale.
create table line_returns (
  store_id integer not null,
  sale uuid not null,
  line uuid not null,
  -- Null until the sale is there.
  sold_milli bigint,
  returned_milli bigint not null,
  -- By our clock: the last refund, or the sale where that came after.
  noticed_at timestamptz not null default now(),
  primary key (store_id, sale, line)
);
create index line_returns_over on line_returns (noticed_at) where returned_milli > sold_milli;
create index line_returns_unsold on line_returns (store_id, sale, line) where sold_milli is null;

create table sale_taxes (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  tax_no smallint not null,
  tax uuid not null,
  code text not null,
  rate_millionths integer not null,
  currency text not null,
  base_minor bigint not null,
  amount_minor bigint not null,
  primary key (store_id, till_id, seq, tax_no)
) partition by hash (store_id);
select make_partitions('sale_taxes');

create table tenders (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  tender_no smallint not null,
  tender uuid not null,
  kind text not null,
  currency text not null,
  amount_minor bigint not null,
  handed_minor bigint not null,
  foreign_currency text,
  foreign_minor bigint,
  foreign_rate_millionths bigint,
  primary key (store_id, till_id, seq, tender_no)
) partition by hash (store_id);
select make_partitions('tenders');

create table voided_baskets (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  basket uuid not null,
  shift uuid not null,
  actor uuid,
  approver uuid,
  at timestamptz not null,
  offset_minutes smallint not null,
  business_date date not null,
  currency text not null,
  line_count integer not null,
  total_minor bigint not null,
  primary key (store_id, till_id, seq)
);

-- Opening and closing are two entries, so two tables; the view `shifts` joins them.
create table shift_openings (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  shift uuid not null,
  number integer not null,
  actor uuid,
  at timestamptz not null,
  offset_minutes smallint not null,
  business_date date not null,
  currency text not null,
  float_minor bigint not null,
  primary key (store_id, till_id, seq)
);
create unique index shift_openings_shift on shift_openings (store_id, shift);

create table shift_closings (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  shift uuid not null,
  number integer not null,
  actor uuid,
  approver uuid,
  at timestamptz not null,
  offset_minutes smallint not null,
  business_date date not null,
  currency text not null,
  counted_minor bigint not null,
  expected_minor bigint not null,
  difference_minor bigint not null,
  reason text,
  float_minor bigint not null,
  paid_in_minor bigint not null,
  paid_out_minor bigint not null,
  sale_count integer not null,
  sales_total_minor bigint not null,
  sales_tax_minor bigint not null,
  refund_count integer not null,
  refunds_total_minor bigint not null,
  refunds_tax_minor bigint not null,
  primary key (store_id, till_id, seq)
);
create unique index shift_closings_shift on shift_closings (store_id, shift);

create table shift_closing_tenders (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  kind text not null,
  currency text not null,
  tender_count integer not null,
  amount_minor bigint not null,
  primary key (store_id, till_id, seq, kind)
);

create view shifts with (security_invoker = true) as
select store_id, till_id, shift, coalesce(o.number, c.number) as number,
       coalesce(o.business_date, c.business_date) as business_date, coalesce(o.currency, c.currency) as currency,
       o.seq as opened_seq, o.at as opened_at, o.actor as opened_by, o.float_minor,
       c.seq as closed_seq, c.at as closed_at, c.actor as closed_by, c.counted_minor, c.expected_minor,
       c.difference_minor, c.reason
from shift_openings o full join shift_closings c using (store_id, till_id, shift);

create table cash_movements (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  movement uuid not null,
  shift uuid not null,
  actor uuid,
  approver uuid,
  at timestamptz not null,
  offset_minutes smallint not null,
  business_date date not null,
  currency text not null,
  -- Positive for a pay-in, negative for a pay-out.
  amount_minor bigint not null,
  reason text not null,
  primary key (store_id, till_id, seq)
);

create table stock_adjustment_lines (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  line_no smallint not null,
  adjustment uuid not null,
  product uuid not null,
  sku text not null,
  stock_milli bigint not null check (stock_milli between -1000000000000 and 1000000000000),
  reason text not null,
  actor uuid,
  at timestamptz not null,
  offset_minutes smallint not null,
  business_date date,
  primary key (store_id, till_id, seq, line_no)
);

-- A stock take: docs/decisions/0013-what-was-counted.md.
create table stock_counts (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  count uuid not null,
  scope text not null check (length(scope) <= 32),
  category uuid,
  actor uuid,
  approver uuid,
  at timestamptz not null,
  offset_minutes smallint not null,
  business_date date,
  -- The tills that `seen` of the lines is about, in its order.
  tills uuid[] not null,
  -- The tag of the feed that `seen` was heard from; null where the till said none.
  feed text check (length(feed) <= 64),
  line_count integer not null,
  -- Lines that differ, and what that is worth at the till's prices; filled in with the lines.
  different integer not null default 0,
  surplus_minor bigint not null default 0,
  missing_minor bigint not null default 0,
  received_at timestamptz not null default now(),
  primary key (store_id, till_id, seq)
);
create index stock_counts_received on stock_counts (received_at);

create table stock_count_lines (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  line_no smallint not null,
  product uuid not null,
  sku text not null,
  name text not null,
  unit text not null,
  counted_milli bigint not null check (counted_milli between 0 and 1000000000000),
  known_milli bigint not null check (known_milli between -100000000000000 and 100000000000000),
  -- What the line adds to the till's level: counted less known. What some till has said is known, however far off, must not
  -- be in the way of whoever counts.
  stock_milli bigint not null,
  price_minor bigint check (price_minor >= 0),
  -- By the till's clock.
  counted_at timestamptz not null check (counted_at >= '1900-01-01Z' and counted_at < '3000-01-01Z'),
  -- The till's last entry at that moment, under the number that it has here.
  own_seq bigint not null,
  seen bigint[] not null,
  primary key (store_id, till_id, seq, line_no)
);

-- What each entry about goods between two stores moved in its own: docs/decisions/0017-on-the-way.md.
create table stock_transfer_lines (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  line_no smallint not null,
  what text not null check (what in ('sent', 'received', 'corrected', 'cancelled')),
  number text not null,
  product uuid not null,
  sku text not null,
  -- Of what this till has counted since and takes back now: 0, since it was found.
  stock_milli bigint not null check (stock_milli between -1000000000000 and 1000000000000),
  -- Of what takes an earlier entry of this till back: that entry's number. It moved what should not have been moved then.
  undoes_seq bigint,
  at timestamptz not null,
  offset_minutes smallint not null,
  business_date date,
  primary key (store_id, till_id, seq, line_no)
);

-- The ledger of stock: every movement of every till.
create view stock_movements with (security_invoker = true) as
select l.store_id, l.till_id, l.seq, l.line_no, s.kind as source, l.product, l.sku, l.stock_milli, s.at,
       s.offset_minutes, s.business_date
from sale_lines l join sales s using (store_id, till_id, seq)
where l.stock_milli <> 0
union all
select store_id, till_id, seq, line_no, 'adjustment', product, sku, stock_milli, at, offset_minutes, business_date
from stock_adjustment_lines
union all
select l.store_id, l.till_id, l.seq, l.line_no, 'count', l.product, l.sku, l.stock_milli, c.at, c.offset_minutes,
       c.business_date
from stock_count_lines l join stock_counts c using (store_id, till_id, seq)
where l.stock_milli <> 0
union all
select store_id, till_id, seq, line_no, what, product, sku, stock_milli, at, offset_minutes, business_date
from stock_transfer_lines where stock_milli <> 0;

-- Roll-ups. What an entry contributes is its row in `sales` (or its tenders and taxes): it is added in the statement that
-- inserts that row, so projecting the entry again can't add it twice.
create table daily_sales (
  store_id integer not null,
  till_id integer not null,
  business_date date not null,
  currency text not null,
  kind text not null,
  sale_count bigint not null,
  gross_minor bigint not null,
  discount_minor bigint not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  rounding_minor bigint not null,
  primary key (store_id, till_id, business_date, currency, kind)
) with (fillfactor = 50);

-- Sales by the hour that the till's clock showed, and by product, refunds apart: what the day's page draws. Narrow: a busy
-- till writes a row of each again with every batch that it sends.
create table hourly_sales (
  store_id integer not null,
  till_id integer not null,
  business_date date not null,
  currency text not null,
  hour smallint not null,
  total_minor bigint not null,
  primary key (store_id, till_id, business_date, currency, hour)
) with (fillfactor = 50);

create table daily_products (
  store_id integer not null,
  till_id integer not null,
  business_date date not null,
  currency text not null,
  product uuid not null,
  -- A till's day is bounded, as its amounts are below.
  quantity_milli bigint not null check (quantity_milli between -100000000000000 and 100000000000000),
  total_minor bigint not null,
  primary key (store_id, till_id, business_date, currency, product)
) with (fillfactor = 50);

create table daily_tenders (
  store_id integer not null,
  till_id integer not null,
  business_date date not null,
  currency text not null,
  kind text not null,
  tender_count bigint not null,
  amount_minor bigint not null,
  primary key (store_id, till_id, business_date, currency, kind)
) with (fillfactor = 50);

create table daily_taxes (
  store_id integer not null,
  till_id integer not null,
  business_date date not null,
  currency text not null,
  tax uuid not null,
  rate_millionths integer not null,
  code text not null,
  base_minor bigint not null,
  amount_minor bigint not null,
  primary key (store_id, till_id, business_date, currency, tax, rate_millionths)
) with (fillfactor = 50);

-- Amounts have a bound in every table, so that a sum over many of them still is a number that can be read exactly: else one
-- till could break what the head office reads of all. It bounds a till's day as well.
do $$
declare
  v_table text;
  v_bounds text;
begin
  for v_table, v_bounds in
    select attrelid::regclass, string_agg(format('%I between -100000000000000 and 100000000000000', attname), ' and ')
    from pg_attribute a join pg_class c on c.oid = attrelid
    where relnamespace = 'evertill'::regnamespace and relkind in ('r', 'p') and not relispartition
      and atttypid = 'bigint'::regtype and attname ~ '_(minor|millionths)$'
    group by attrelid
  loop
    execute format('alter table %s add constraint amounts check (%s)', v_table, v_bounds);
  end loop;
end
$$;
