-- The close of a day, proved: whatever a Z says is computed again from the rows that central holds, and the chain from the
-- shift's opening to its close is hashed again from the stored bytes. Both sides are told.

create table closing_checks (
  store_id integer not null,
  till_id integer not null,
  -- The entry that closed the shift.
  seq bigint not null,
  shift uuid not null,
  checked_at timestamptz not null default now(),
  agrees boolean not null,
  -- What differs: [{ "what", "till", "headoffice" }], minor units or counts; "chain" has 0 and the first bad entry.
  differences jsonb not null,
  primary key (store_id, till_id, seq)
);

-- What central's own rows say of a closing, in the order in which a Z is read.
create function computed_closing(c shift_closings) returns table (what text, till bigint, headoffice bigint)
language sql stable
begin atomic
  -- Nothing of a shift stands before its opening: without that, each Z of a year would read all that was sold before it.
  with opened as (
    select coalesce((select o.seq from shift_openings o where o.store_id = c.store_id and o.till_id = c.till_id
      and o.shift = c.shift), 0) as seq
  ), sold as (
    select count(*) filter (where kind = 'sale') as sale_count,
      coalesce(sum(total_minor) filter (where kind = 'sale'), 0) as sales_total,
      coalesce(sum(tax_minor) filter (where kind = 'sale'), 0) as sales_tax,
      count(*) filter (where kind = 'refund') as refund_count,
      coalesce(sum(total_minor) filter (where kind = 'refund'), 0) as refunds_total,
      coalesce(sum(tax_minor) filter (where kind = 'refund'), 0) as refunds_tax
    from sales s
    where s.store_id = c.store_id and s.till_id = c.till_id and s.seq < c.seq and s.shift = c.shift
      and s.seq > (select seq from opened)
  ), paid as (
    select t.kind, count(*) as tender_count, sum(t.amount_minor) as amount
    from sales s join tenders t using (store_id, till_id, seq)
    where s.store_id = c.store_id and s.till_id = c.till_id and s.seq < c.seq and s.shift = c.shift
      and s.seq > (select seq from opened) and t.seq < c.seq and t.seq > (select seq from opened)
    group by t.kind
  ), moved as (
    select coalesce(sum(amount_minor) filter (where amount_minor > 0), 0) as paid_in,
      coalesce(-sum(amount_minor) filter (where amount_minor < 0), 0) as paid_out
    from cash_movements m
    where m.store_id = c.store_id and m.till_id = c.till_id and m.seq < c.seq and m.shift = c.shift
      and m.seq > (select seq from opened)
  )
  -- As far as a number is exact: what a hostile till adds up beyond must not break the page that shows it.
  select f.what, f.till, least(greatest(f.headoffice, -9007199254740991), 9007199254740991)::bigint
  from sold, moved, lateral (values
    ('sale_count', c.sale_count::bigint, sold.sale_count),
    ('sales_total', c.sales_total_minor, sold.sales_total),
    ('sales_tax', c.sales_tax_minor, sold.sales_tax),
    ('refund_count', c.refund_count::bigint, sold.refund_count),
    ('refunds_total', c.refunds_total_minor, sold.refunds_total),
    ('refunds_tax', c.refunds_tax_minor, sold.refunds_tax),
    ('paid_in', c.paid_in_minor, moved.paid_in),
    ('paid_out', c.paid_out_minor, moved.paid_out),
    ('expected', c.expected_minor, c.float_minor + moved.paid_in - moved.paid_out
      + coalesce((select amount from paid where kind = 'cash'), 0))
  ) as f(what, till, headoffice)
  union all
  select 'tender ' || coalesce(p.kind, z.kind), coalesce(z.amount_minor, 0),
    least(greatest(coalesce(p.amount, 0), -9007199254740991), 9007199254740991)::bigint
  from paid p full join (
    select kind, amount_minor from shift_closing_tenders z
    where z.store_id = c.store_id and z.till_id = c.till_id and z.seq = c.seq
  ) as z on z.kind = p.kind;
end;

-- The first entry from a shift's opening to its close whose hash is not that of its stored bytes; null where all are.
create function first_unchained(p_store_id integer, p_till_id integer, p_from_seq bigint, p_to_seq bigint)
returns bigint
language sql stable
begin atomic
  select min(seq) from (
    select seq, hash, bytes, lag(hash) over (order by seq) as previous
    from journal_entries
    where store_id = p_store_id and till_id = p_till_id and seq between p_from_seq - 1 and p_to_seq
  ) as e
  where seq >= p_from_seq and previous is not null and hash is distinct from sha256(previous || bytes);
end;

-- Checks every closing among entries that were projected just now, or again. The caller holds the lock on the till's head.
create function check_closings(p_store_id integer, p_till_id integer, p_from_seq bigint, p_to_seq bigint) returns void
language plpgsql
as $$
declare
  c shift_closings;
  v_opened bigint;
  v_bad bigint;
  v_differences jsonb;
  v_till uuid;
  -- So many closings before it are told with it: a till that was away for a month hears of each.
  c_earlier constant integer := 31;
begin
  for c in
    select * from shift_closings
    where store_id = p_store_id and till_id = p_till_id and seq between p_from_seq and p_to_seq order by seq
  loop
    select coalesce(jsonb_agg(jsonb_build_object('what', f.what, 'till', f.till, 'headoffice', f.headoffice)), '[]')
    into v_differences from computed_closing(c) as f where f.till is distinct from f.headoffice;
    select seq into v_opened from shift_openings
    where store_id = p_store_id and till_id = p_till_id and shift = c.shift;
    v_bad := first_unchained(p_store_id, p_till_id, coalesce(v_opened, c.seq), c.seq);
    if v_bad is not null then
      v_differences := v_differences || jsonb_build_object('what', 'chain', 'till', 0, 'headoffice', v_bad);
    end if;
    insert into closing_checks (store_id, till_id, seq, shift, agrees, differences)
    values (p_store_id, p_till_id, c.seq, c.shift, v_differences = '[]', v_differences)
    on conflict (store_id, till_id, seq) do update set checked_at = now(), agrees = excluded.agrees,
      differences = excluded.differences;
    select till into strict v_till from tills where store_id = p_store_id and till_id = p_till_id;
    -- One row a till: the feed does not grow with the years.
    perform put_feed_row(p_store_id, 'closing', v_till::text, jsonb_build_object('till', v_till, 'shift', c.shift,
      'agrees', v_differences = '[]', 'differences', v_differences, 'earlier', (
        select coalesce(jsonb_agg(jsonb_build_object('shift', k.shift, 'agrees', k.agrees, 'differences', k.differences)
          order by k.seq desc), '[]')
        from (select * from closing_checks where store_id = p_store_id and till_id = p_till_id and seq <> c.seq
          order by seq desc limit c_earlier) as k)));
  end loop;
end
$$;
