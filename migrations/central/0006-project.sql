-- How entries become rows: a batch at a time, one statement a table. Each function takes sequence numbers and the parsed
-- entries beside them, and raises on the first entry that doesn't fit; the caller then goes entry by entry.

-- Journal rows with the copies of their columns.
create function insert_entries(
  p_store_id integer, p_till_id integer, p_seqs bigint[], p_bytes bytea[], p_hashes bytea[], p_docs jsonb[],
  p_adopted boolean[]
) returns void
language sql
begin atomic
  insert into journal_entries (store_id, till_id, seq, epoch, adopted, kind, version, command, n, actor, at,
    offset_minutes, business_date, currency, hash, bytes)
  select p_store_id, p_till_id, e.seq, x.epoch, e.adopted, x.kind, x.version, x.command, x.n, x.actor, x.at, x."offset",
    x.business_date, x.currency, e.hash, e.bytes
  from unnest(p_seqs, p_bytes, p_hashes, p_docs, p_adopted) as e(seq, bytes, hash, doc, adopted)
  cross join lateral jsonb_to_record(e.doc) as x(epoch integer, kind text, version integer, command uuid, n integer,
    actor uuid, at timestamptz, "offset" smallint, business_date date, currency text);
end;

create function project_sales(p_store_id integer, p_till_id integer, p_seqs bigint[], p_docs jsonb[]) returns void
language plpgsql
as $$
begin
  with read as materialized (
    select e.seq, case x.kind when 'sale.completed' then 'sale' else 'refund' end as sale_kind, x.*,
      coalesce(b.sale, b.refund) as sale, b.of_sale, b.shift, b.receipt, b.prices_include_tax, b.reason,
      jsonb_array_length(b.lines) as line_count, b.gross_minor, b.discount_minor, b.net_minor, b.tax_minor,
      b.total_minor, b.rounding_minor, b.change_minor
    from unnest(p_seqs, p_docs) as e(seq, doc)
    cross join lateral jsonb_to_record(e.doc) as x(kind text, actor uuid, approver uuid, at timestamptz,
      "offset" smallint, business_date date, currency text)
    cross join lateral jsonb_to_record(e.doc -> 'body') as b(sale uuid, refund uuid, of_sale uuid, shift uuid,
      receipt jsonb, prices_include_tax boolean, reason text, lines jsonb, gross_minor bigint, discount_minor bigint,
      net_minor bigint, tax_minor bigint, total_minor bigint, rounding_minor bigint, change_minor bigint)
  ), inserted as (
    insert into sales (store_id, till_id, seq, kind, sale, of_sale, shift, receipt_till, receipt_series, receipt_number,
      actor, approver, at, offset_minutes, business_date, currency, prices_include_tax, reason, line_count,
      gross_minor, discount_minor, net_minor, tax_minor, total_minor, rounding_minor, change_minor)
    select p_store_id, p_till_id, seq, sale_kind, sale, of_sale, shift, receipt ->> 'till', receipt ->> 'series',
      (receipt ->> 'number')::bigint, actor, approver, at, "offset", business_date, currency, prices_include_tax, reason,
      line_count, gross_minor, discount_minor, net_minor, tax_minor, total_minor, rounding_minor, change_minor
    from read
  ), by_hour as (
    insert into hourly_sales as h (store_id, till_id, business_date, currency, hour, total_minor)
    select p_store_id, p_till_id, business_date, currency,
      extract(hour from at at time zone 'UTC' + "offset" * interval '1 minute'), sum(total_minor)
    from read where sale_kind = 'sale' group by 3, 4, 5
    on conflict (store_id, till_id, business_date, currency, hour) do update set
      total_minor = h.total_minor + excluded.total_minor
  )
  insert into daily_sales as d (store_id, till_id, business_date, currency, kind, sale_count, gross_minor,
    discount_minor, net_minor, tax_minor, total_minor, rounding_minor)
  select p_store_id, p_till_id, business_date, currency, sale_kind, count(*), sum(gross_minor), sum(discount_minor),
    sum(net_minor), sum(tax_minor), sum(total_minor), sum(rounding_minor)
  from read group by business_date, currency, sale_kind
  on conflict (store_id, till_id, business_date, currency, kind) do update set
    sale_count = d.sale_count + excluded.sale_count,
    gross_minor = d.gross_minor + excluded.gross_minor,
    discount_minor = d.discount_minor + excluded.discount_minor,
    net_minor = d.net_minor + excluded.net_minor,
    tax_minor = d.tax_minor + excluded.tax_minor,
    total_minor = d.total_minor + excluded.total_minor,
    rounding_minor = d.rounding_minor + excluded.rounding_minor;

  with read as materialized (
    select e.seq, e.doc ->> 'kind' as kind, (e.doc ->> 'business_date')::date as business_date,
      e.doc ->> 'currency' as currency, l.*
    from unnest(p_seqs, p_docs) as e(seq, doc)
    cross join lateral rows from (
      jsonb_to_recordset(e.doc #> '{body,lines}') as (line uuid, of_line uuid, product uuid, sku text, name text,
        unit text, category uuid, quantity_milli bigint, list_price_minor bigint, unit_price_minor bigint,
        price_source text, price_reason text, gross_minor bigint, basket_discount_minor bigint, net_minor bigint,
        total_minor bigint, stocked boolean, restock boolean, discounts jsonb)
    ) with ordinality as l(line, of_line, product, sku, name, unit, category, quantity_milli, list_price_minor,
      unit_price_minor, price_source, price_reason, gross_minor, basket_discount_minor, net_minor, total_minor, stocked,
      restock, discounts, line_no)
  ), inserted as (
    insert into sale_lines (store_id, till_id, seq, line_no, line, of_line, product, sku, name, unit, category,
      quantity_milli, stock_milli, list_price_minor, unit_price_minor, price_source, price_reason, currency, gross_minor,
      discount_minor, basket_discount_minor, net_minor, total_minor)
    select p_store_id, p_till_id, seq, line_no, line, of_line, product, sku, name, unit, category, quantity_milli,
      case when stocked and coalesce(restock, true) then -quantity_milli else 0 end, list_price_minor, unit_price_minor,
      price_source, price_reason, currency, gross_minor,
      case when jsonb_array_length(discounts) = 0 then 0
        else (select sum((given ->> 'given_minor')::bigint) from jsonb_array_elements(discounts) as given) end,
      basket_discount_minor, net_minor, total_minor
    from read
  )
  insert into daily_products as d (store_id, till_id, business_date, currency, product, quantity_milli, total_minor)
  select p_store_id, p_till_id, business_date, currency, product, sum(quantity_milli), sum(total_minor)
  from read where kind = 'sale.completed' group by business_date, currency, product
  on conflict (store_id, till_id, business_date, currency, product) do update set
    quantity_milli = d.quantity_milli + excluded.quantity_milli,
    total_minor = d.total_minor + excluded.total_minor;

  with read as materialized (
    select e.seq, (e.doc ->> 'business_date')::date as business_date, e.doc ->> 'currency' as currency, t.*
    from unnest(p_seqs, p_docs) as e(seq, doc)
    cross join lateral rows from (
      jsonb_to_recordset(e.doc #> '{body,taxes}')
        as (tax uuid, code text, rate_millionths integer, base_minor bigint, amount_minor bigint)
    ) with ordinality as t(tax, code, rate_millionths, base_minor, amount_minor, tax_no)
  ), inserted as (
    insert into sale_taxes (store_id, till_id, seq, tax_no, tax, code, rate_millionths, currency, base_minor, amount_minor)
    select p_store_id, p_till_id, seq, tax_no, tax, code, rate_millionths, currency, base_minor, amount_minor from read
  )
  insert into daily_taxes as d (store_id, till_id, business_date, currency, tax, rate_millionths, code, base_minor,
    amount_minor)
  select p_store_id, p_till_id, business_date, currency, tax, rate_millionths, max(code), sum(base_minor),
    sum(amount_minor)
  from read group by business_date, currency, tax, rate_millionths
  on conflict (store_id, till_id, business_date, currency, tax, rate_millionths) do update set
    code = excluded.code,
    base_minor = d.base_minor + excluded.base_minor,
    amount_minor = d.amount_minor + excluded.amount_minor;

  with read as materialized (
    select e.seq, (e.doc ->> 'business_date')::date as business_date, e.doc ->> 'currency' as currency, t.*
    from unnest(p_seqs, p_docs) as e(seq, doc)
    cross join lateral rows from (
      jsonb_to_recordset(e.doc #> '{body,tenders}') as (tender uuid, kind text, amount_minor bigint,
        handed_minor bigint, foreign_currency text, foreign_minor bigint, foreign_rate_millionths bigint)
    ) with ordinality as t(tender, kind, amount_minor, handed_minor, foreign_currency, foreign_minor,
      foreign_rate_millionths, tender_no)
  ), inserted as (
    insert into tenders (store_id, till_id, seq, tender_no, tender, kind, currency, amount_minor, handed_minor,
      foreign_currency, foreign_minor, foreign_rate_millionths)
    select p_store_id, p_till_id, seq, tender_no, tender, kind, currency, amount_minor, handed_minor, foreign_currency,
      foreign_minor, foreign_rate_millionths
    from read
  )
  insert into daily_tenders as d (store_id, till_id, business_date, currency, kind, tender_count, amount_minor)
  select p_store_id, p_till_id, business_date, currency, kind, count(*), sum(amount_minor)
  from read group by business_date, currency, kind
  on conflict (store_id, till_id, business_date, currency, kind) do update set
    tender_count = d.tender_count + excluded.tender_count,
    amount_minor = d.amount_minor + excluded.amount_minor;
end
$$;

-- Shifts, cash, voids.
create function project_drawer(p_store_id integer, p_till_id integer, p_seqs bigint[], p_docs jsonb[]) returns void
language plpgsql
as $$
begin
  insert into shift_openings (store_id, till_id, seq, shift, number, actor, at, offset_minutes, business_date, currency,
    float_minor)
  select p_store_id, p_till_id, e.seq, b.shift, b.number, x.actor, x.at, x."offset", x.business_date, x.currency,
    b.float_minor
  from unnest(p_seqs, p_docs) as e(seq, doc)
  cross join lateral jsonb_to_record(e.doc) as x(kind text, actor uuid, at timestamptz, "offset" smallint,
    business_date date, currency text)
  cross join lateral jsonb_to_record(e.doc -> 'body') as b(shift uuid, number integer, float_minor bigint)
  where x.kind = 'shift.opened';

  insert into shift_closings (store_id, till_id, seq, shift, number, actor, approver, at, offset_minutes, business_date,
    currency, counted_minor, expected_minor, difference_minor, reason, float_minor, paid_in_minor, paid_out_minor,
    sale_count, sales_total_minor, sales_tax_minor, refund_count, refunds_total_minor, refunds_tax_minor)
  select p_store_id, p_till_id, e.seq, b.shift, b.number, x.actor, x.approver, x.at, x."offset", x.business_date,
    x.currency, b.counted_minor, b.expected_minor, b.difference_minor, b.reason, b.float_minor, b.paid_in_minor,
    b.paid_out_minor, s.count, s.total_minor, s.tax_minor, r.count, r.total_minor, r.tax_minor
  from unnest(p_seqs, p_docs) as e(seq, doc)
  cross join lateral jsonb_to_record(e.doc) as x(kind text, actor uuid, approver uuid, at timestamptz,
    "offset" smallint, business_date date, currency text)
  cross join lateral jsonb_to_record(e.doc -> 'body') as b(shift uuid, number integer, counted_minor bigint,
    expected_minor bigint, difference_minor bigint, reason text, float_minor bigint, paid_in_minor bigint,
    paid_out_minor bigint)
  cross join lateral jsonb_to_record(e.doc #> '{body,sales}') as s(count integer, total_minor bigint, tax_minor bigint)
  cross join lateral jsonb_to_record(e.doc #> '{body,refunds}') as r(count integer, total_minor bigint, tax_minor bigint)
  where x.kind = 'shift.closed';

  insert into shift_closing_tenders (store_id, till_id, seq, kind, currency, tender_count, amount_minor)
  select p_store_id, p_till_id, e.seq, t.kind, e.doc ->> 'currency', t.count, t.amount_minor
  from unnest(p_seqs, p_docs) as e(seq, doc)
  cross join lateral jsonb_to_recordset(e.doc #> '{body,tenders}') as t(kind text, count integer, amount_minor bigint)
  where e.doc ->> 'kind' = 'shift.closed';

  insert into cash_movements (store_id, till_id, seq, movement, shift, actor, approver, at, offset_minutes,
    business_date, currency, amount_minor, reason)
  select p_store_id, p_till_id, e.seq, b.movement, b.shift, x.actor, x.approver, x.at, x."offset", x.business_date,
    x.currency, case b.direction when 'in' then b.amount_minor when 'out' then -b.amount_minor end, b.reason
  from unnest(p_seqs, p_docs) as e(seq, doc)
  cross join lateral jsonb_to_record(e.doc) as x(kind text, actor uuid, approver uuid, at timestamptz,
    "offset" smallint, business_date date, currency text)
  cross join lateral jsonb_to_record(e.doc -> 'body') as b(movement uuid, shift uuid, direction text,
    amount_minor bigint, reason text)
  where x.kind = 'cash.moved';

  insert into voided_baskets (store_id, till_id, seq, basket, shift, actor, approver, at, offset_minutes, business_date,
    currency, line_count, total_minor)
  select p_store_id, p_till_id, e.seq, b.basket, b.shift, x.actor, x.approver, x.at, x."offset", x.business_date,
    x.currency, jsonb_array_length(b.lines), b.total_minor
  from unnest(p_seqs, p_docs) as e(seq, doc)
  cross join lateral jsonb_to_record(e.doc) as x(kind text, actor uuid, approver uuid, at timestamptz,
    "offset" smallint, business_date date, currency text)
  cross join lateral jsonb_to_record(e.doc -> 'body') as b(basket uuid, shift uuid, lines jsonb, total_minor bigint)
  where x.kind = 'basket.voided';
end
$$;

create function project_adjustments(p_store_id integer, p_till_id integer, p_seqs bigint[], p_docs jsonb[]) returns void
language sql
begin atomic
  insert into stock_adjustment_lines (store_id, till_id, seq, line_no, adjustment, product, sku, stock_milli, reason,
    actor, at, offset_minutes, business_date)
  select p_store_id, p_till_id, e.seq, l.line_no, (e.doc #>> '{body,adjustment}')::uuid, l.product, l.sku,
    l.quantity_milli, e.doc #>> '{body,reason}', x.actor, x.at, x."offset", x.business_date
  from unnest(p_seqs, p_docs) as e(seq, doc)
  cross join lateral jsonb_to_record(e.doc) as x(actor uuid, at timestamptz, "offset" smallint, business_date date)
  cross join lateral rows from (
    jsonb_to_recordset(e.doc #> '{body,lines}') as (product uuid, sku text, quantity_milli bigint)
  ) with ordinality as l(product, sku, quantity_milli, line_no);
end;

create function project_erasures(p_store_id integer, p_till_id integer, p_seqs bigint[], p_docs jsonb[]) returns void
language plpgsql
as $$
begin
  insert into erased_payloads (store_id, hash, till_id, seq)
  select p_store_id, decode(h.hash, 'hex'), p_till_id, e.seq
  from unnest(p_seqs, p_docs) as e(seq, doc)
  cross join lateral jsonb_array_elements_text(e.doc #> '{body,payloads}') as h(hash)
  on conflict (store_id, hash) do nothing;
  delete from private_payloads p using erased_payloads x
  where p.store_id = p_store_id and x.store_id = p.store_id and x.hash = p.hash and x.till_id = p_till_id
    and x.seq = any (p_seqs);
end
$$;

-- Which function projects a kind at a version; `silent` needs no row beyond the journal's, `unknown` has not been learned.
create function family_of(p_kind text, p_version text) returns text
language sql immutable
return case p_kind || '/' || p_version
  when 'sale.completed/1' then 'sales'
  when 'refund.completed/1' then 'sales'
  when 'shift.opened/1' then 'drawer'
  when 'shift.closed/1' then 'drawer'
  when 'cash.moved/1' then 'drawer'
  when 'basket.voided/1' then 'drawer'
  when 'stock.adjusted/1' then 'adjustments'
  when 'stock.counted/1' then 'counts'
  when 'stock.sent/1' then 'transfers'
  when 'stock.received/1' then 'transfers'
  when 'stock.receipt_corrected/1' then 'transfers'
  when 'stock.transfer_cancelled/1' then 'transfers'
  when 'erased/1' then 'erasures'
  when 'product.proposed/1' then 'proposals'
  when 'product.edit_proposed/1' then 'proposals'
  when 'epoch.opened/1' then 'silent'
  when 'till.opened/1' then 'silent'
  when 'till.joined/1' then 'history'
  when 'tax.recorded/1' then 'history'
  when 'category.recorded/1' then 'history'
  when 'product.created/1' then 'history'
  when 'product.edited/1' then 'history'
  when 'role.recorded/1' then 'history'
  when 'staff.created/1' then 'history'
  when 'staff.edited/1' then 'history'
  -- They come with the enrolment, as they are by then.
  when 'settings.recorded/1' then 'silent'
  when 'staff.credential_set/1' then 'silent'
  when 'staff.locked_out/1' then 'silent'
  else 'unknown'
end;

-- Refuses an entry that moves more of one product than goes through a shop; or, by counting, than a level can be off. Sales
-- have a day's bound in `daily_products`.
create function check_moved(p_store_id integer, p_till_id integer, p_seqs bigint[]) returns void
language plpgsql
as $$
declare
  c_most_milli constant bigint := 10000000000000;
  c_most_off_milli constant bigint := 101000000000000;
begin
  if exists (
    select from (
      select seq, product, stock_milli, c_most_milli as most from stock_adjustment_lines
      where store_id = p_store_id and till_id = p_till_id and seq = any (p_seqs)
      union all
      select seq, product, stock_milli, c_most_off_milli from stock_count_lines
      where store_id = p_store_id and till_id = p_till_id and seq = any (p_seqs)
      union all
      select seq, product, stock_milli, c_most_milli from stock_transfer_lines
      where store_id = p_store_id and till_id = p_till_id and seq = any (p_seqs)
    ) as moved
    group by seq, product, most having abs(sum(stock_milli)) > most)
  then
    raise exception 'more of one product than an entry can move' using errcode = 'check_violation';
  end if;
end
$$;

create function project_family(
  p_family text, p_store_id integer, p_till_id integer, p_seqs bigint[], p_docs jsonb[]
) returns void
language plpgsql
as $$
begin
  case p_family
    when 'sales' then perform project_sales(p_store_id, p_till_id, p_seqs, p_docs);
    when 'drawer' then perform project_drawer(p_store_id, p_till_id, p_seqs, p_docs);
    when 'adjustments' then perform project_adjustments(p_store_id, p_till_id, p_seqs, p_docs);
    when 'counts' then perform project_counts(p_store_id, p_till_id, p_seqs, p_docs);
    when 'transfers' then perform project_transfers(p_store_id, p_till_id, p_seqs, p_docs);
    when 'erasures' then perform project_erasures(p_store_id, p_till_id, p_seqs, p_docs);
    when 'proposals' then perform project_proposals(p_store_id, p_till_id, p_seqs, p_docs);
    when 'history' then perform project_history(p_store_id, p_till_id, p_seqs, p_docs);
    when 'silent' then null;
    when 'unknown' then
      insert into unprojected_entries (store_id, till_id, seq, kind, version)
      select p_store_id, p_till_id, e.seq, e.doc ->> 'kind', (e.doc ->> 'version')::integer
      from unnest(p_seqs, p_docs) as e(seq, doc);
  end case;
  if p_family in ('adjustments', 'counts', 'transfers') then perform check_moved(p_store_id, p_till_id, p_seqs); end if;
end
$$;

-- Projects entries whose journal rows are there.
create function project_entries(p_store_id integer, p_till_id integer, p_seqs bigint[], p_docs jsonb[]) returns void
language plpgsql
as $$
declare
  v_families constant text[] := array(select family_of(doc ->> 'kind', doc ->> 'version') from unnest(p_docs) as e(doc));
  v_family text;
begin
  if v_families[1] = all (v_families) then
    perform project_family(v_families[1], p_store_id, p_till_id, p_seqs, p_docs);
    return;
  end if;
  -- In an order that is always the same, and so is the order of what the company's stream tells of them.
  for v_family in select distinct family from unnest(v_families) as f(family) order by family loop
    perform project_family(v_family, p_store_id, p_till_id, array_agg(e.seq order by e.seq), array_agg(e.doc order by e.seq))
    from unnest(p_seqs, p_docs, v_families) as e(seq, doc, family) where e.family = v_family;
  end loop;
end
$$;

-- What entries of one till moved. Its own statement, so that it reads these entries and none beside them, whatever is known
-- of the tables: whoever asked for it in a larger one would leave it to the planner where to begin.
create function moved_by(p_store_id integer, p_till_id integer, p_from_seq bigint, p_to_seq bigint)
returns table (seq bigint, product uuid, stock_milli bigint, is_count boolean, undoes_seq bigint)
language plpgsql stable
as $$
begin
  return query
  select l.seq, l.product, l.stock_milli, false, null::bigint from sale_lines l
  where l.store_id = p_store_id and l.till_id = p_till_id and l.seq between p_from_seq and p_to_seq and l.stock_milli <> 0
  union all
  select l.seq, l.product, l.stock_milli, false, null from stock_adjustment_lines l
  where l.store_id = p_store_id and l.till_id = p_till_id and l.seq between p_from_seq and p_to_seq
  union all
  select l.seq, l.product, l.stock_milli, true, null from stock_count_lines l
  where l.store_id = p_store_id and l.till_id = p_till_id and l.seq between p_from_seq and p_to_seq and l.stock_milli <> 0
  union all
  select l.seq, l.product, l.stock_milli, false, l.undoes_seq from stock_transfer_lines l
  where l.store_id = p_store_id and l.till_id = p_till_id and l.seq between p_from_seq and p_to_seq and l.stock_milli <> 0;
end
$$;

-- Adds what entries of one till moved to the levels, and so to the store's feed, and settles them with the stock takes. Takes the lock on the store's head last
-- and writes in product order, so that two tills of a store never wait for each other in a ring.
create function apply_stock(p_store_id integer, p_till_id integer, p_from_seq bigint, p_to_seq bigint) returns void
language plpgsql
as $$
declare
  v_products uuid[];
  v_moved bigint[];
  v_seqs bigint[];
  v_last bigint;
begin
  select array_agg(product order by product), array_agg(moved order by product), array_agg(seq order by product)
  into v_products, v_moved, v_seqs
  from (
    select m.product, bounded_milli(sum(m.stock_milli)) as moved, max(m.seq) as seq
    from moved_by(p_store_id, p_till_id, p_from_seq, p_to_seq) as m group by m.product
  ) as moves;
  if v_products is not null then
    update stream_heads set position = position + cardinality(v_products) where store_id = p_store_id
    returning position into strict v_last;
    insert into stock_levels as s (store_id, product, till_id, level_milli, covers_seq, position)
    select p_store_id, m.product, p_till_id, m.moved, m.seq, v_last - cardinality(v_products) + m.i
    from unnest(v_products, v_moved, v_seqs) with ordinality as m(product, moved, seq, i)
    on conflict (store_id, product, till_id) do update set
      level_milli = bounded_milli(s.level_milli + excluded.level_milli),
      covers_seq = greatest(s.covers_seq, excluded.covers_seq),
      position = excluded.position;
  end if;
  perform settle_counts(p_store_id, p_till_id, p_from_seq, p_to_seq);
end
$$;

-- Adds what entries of one till brought back of sold lines, and tells lines that came back before they were known to be sold
-- how much that was. Once for each entry that was projected, as `apply_stock`, and behind it: under the lock on the store, or
-- a sale and its refund that come at once, from two tills, would each not see the other.
create function settle_returns(p_store_id integer, p_till_id integer, p_from_seq bigint, p_to_seq bigint) returns void
language plpgsql
as $$
declare
  v_count integer;
  v_of_sales uuid[];
begin
  select count(*), array_agg(distinct of_sale) filter (where kind = 'refund' and of_sale is not null)
  into v_count, v_of_sales from sales
  where store_id = p_store_id and till_id = p_till_id and seq between p_from_seq and p_to_seq;
  if v_count = 0 then return; end if;
  perform from stream_heads where store_id = p_store_id for update;
  if v_of_sales is not null then
    -- Added up rather than joined: an entry may have thousands of lines. Each sale's lines are looked up by their key
    -- ("offset 0"), whatever is known of the tables.
    insert into line_returns as r (store_id, sale, line, sold_milli, returned_milli)
    select p_store_id, sale, line, bounded_milli(sum(sold)), bounded_milli(sum(returned))
    from (
      select s.of_sale as sale, l.of_line as line, null::bigint as sold, -l.quantity_milli as returned
      from sales s cross join lateral (
        select x.of_line, x.quantity_milli from sale_lines x
        where x.store_id = p_store_id and x.till_id = p_till_id and x.seq = s.seq and x.of_line is not null offset 0) as l
      where s.store_id = p_store_id and s.till_id = p_till_id and s.seq between p_from_seq and p_to_seq
        and s.kind = 'refund' and s.of_sale is not null
      union all
      select s.sale, l.line, l.quantity_milli, null
      from sales s cross join lateral (
        select x.line, x.quantity_milli from sale_lines x
        where x.store_id = p_store_id and x.till_id = s.till_id and x.seq = s.seq offset 0) as l
      where s.store_id = p_store_id and s.sale = any (v_of_sales)
    ) as moved
    group by sale, line having count(returned) > 0 order by sale, line
    on conflict (store_id, sale, line) do update set
      sold_milli = coalesce(r.sold_milli, excluded.sold_milli),
      returned_milli = bounded_milli(r.returned_milli::numeric + excluded.returned_milli),
      noticed_at = now();
  end if;
  -- What came back before it was known to be sold.
  if exists (select from line_returns where store_id = p_store_id and sold_milli is null) then
    update line_returns r set sold_milli = b.milli, noticed_at = now()
    from (
      select s.sale, l.line, bounded_milli(sum(l.quantity_milli)) as milli
      from sales s cross join lateral (
        select x.line, x.quantity_milli from sale_lines x
        where x.store_id = p_store_id and x.till_id = p_till_id and x.seq = s.seq offset 0) as l
      where s.store_id = p_store_id and s.till_id = p_till_id and s.seq between p_from_seq and p_to_seq
      group by s.sale, l.line
    ) as b
    where r.store_id = p_store_id and r.sale = b.sale and r.line = b.line and r.sold_milli is null;
  end if;
end
$$;
