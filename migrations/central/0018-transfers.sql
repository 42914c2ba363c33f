-- Goods between two stores: sent by a till of one, received by a till of another, each told of it by the company's stream.
-- What was sent = what was received + what is on the way + the difference.

-- By the number on the paper: goods may be received before the head office has heard that they were sent.
create table transfers (
  number text primary key check (length(number) <= 24),
  transfer uuid,
  from_store uuid,
  to_store uuid,
  sent_at timestamptz,
  cancelled_at timestamptz,
  -- Where it was received, and when last. Until the sender is heard that is whoever said so first.
  received_store uuid,
  received_at timestamptz,
  -- Since when nothing more is awaited: all came, or whoever received it said that nothing more comes.
  closed_at timestamptz,
  -- Another store that says that it has it: by a number that was mistyped, say. It doesn't end the transfer.
  elsewhere_store uuid,
  elsewhere_at timestamptz,
  -- When the head office first heard of it, by its own clock.
  heard_at timestamptz not null default now(),
  -- Somebody at the head office has seen what differs.
  noted_at timestamptz,
  noted_by uuid
);

create table transfer_lines (
  number text not null,
  product uuid not null,
  -- Whose words for the product stand here: the sender's before those of the store that it was for, and these before another's.
  named_by text not null check (named_by in ('sender', 'receiver', 'other')),
  sku text not null,
  name text not null,
  unit text not null,
  sent_milli bigint not null check (sent_milli between 0 and 1000000000000000),
  -- What the store has that it was for.
  received_milli bigint not null check (received_milli between 0 and 1000000000000000),
  -- What other stores say that they have of it.
  elsewhere_milli bigint not null check (elsewhere_milli between 0 and 1000000000000000),
  primary key (number, product)
);

-- The list at the head office: what was heard last comes first.
create index transfers_by_heard on transfers (heard_at, number);

-- What was said of a transfer, in the order in which the head office heard it.
create table transfer_steps (
  number text not null,
  step_no integer not null,
  store uuid not null,
  till uuid not null,
  seq bigint not null,
  what text not null check (what in ('sent', 'received', 'corrected', 'cancelled')),
  actor uuid,
  at timestamptz not null,
  offset_minutes smallint not null,
  -- Of a receipt: whether the receiver expects more.
  awaits_more boolean not null,
  -- Of a correction.
  reason text,
  primary key (number, step_no)
);
-- What each till says that it received in all, in its words.
create table transfer_receipts (
  number text not null,
  till uuid not null,
  product uuid not null,
  store uuid not null,
  sku text not null,
  name text not null,
  unit text not null,
  received_milli bigint not null check (received_milli between 0 and 1000000000000000),
  -- The last receipt of that till that names the product: a correction takes that one back.
  received_seq bigint,
  primary key (number, till, product)
);

-- Where each transfer is, and what of it is not as it was sent: goods of one that was cancelled, that came to another store
-- than meant, that nobody has sent an hour later, or that are more or less than was sent where nothing more is awaited.
create view transfer_standings with (security_invoker = true) as
select t.*,
  case when t.cancelled_at is not null then 'cancelled' when t.closed_at is not null then 'received'
    else 'on_the_way' end as state,
  case
    when t.received_at is null and t.elsewhere_at is null then null
    when t.sent_at is null then case when t.heard_at < now() - interval '1 hour' then 'unknown' end
    when t.cancelled_at is not null then
      case when exists (
        select from transfer_lines l where l.number = t.number and (l.received_milli <> 0 or l.elsewhere_milli <> 0))
      then 'cancelled' end
    when t.elsewhere_store is not null then 'elsewhere'
    when t.closed_at is not null and exists (
      select from transfer_lines l where l.number = t.number and l.sent_milli <> l.received_milli) then 'different'
  end as difference
from transfers t;

-- Tells both stores of a transfer, when there is anything new; nobody of one that nobody has said to have sent. `seen` is how
-- far each till of theirs that received something is in it: what that till wrote later it adds itself. A third store has no
-- word in it: neither its products nor its names, and not the work of telling it again.
create function tell_transfer(p_number text) returns void
language plpgsql
as $$
declare
  -- So many products that the sender doesn't know of are told: more than anybody types.
  c_most_others constant integer := 1000;
  v transfer_standings;
  v_row jsonb;
begin
  select * into strict v from transfer_standings where number = p_number;
  if v.sent_at is null then return; end if;
  v_row := jsonb_build_object('number', v.number, 'from_store', v.from_store,
    'to_store', v.to_store, 'state', v.state, 'sent_at', utc_text(v.sent_at), 'seen', (
      select coalesce(jsonb_agg(jsonb_build_object('till', s.till, 'seq', s.seq) order by s.till), '[]')
      from (select till, max(seq) as seq from transfer_steps
        where number = p_number and what in ('received', 'corrected') and store in (v.from_store, v.to_store)
        group by till) as s), 'lines', (
      select jsonb_agg(jsonb_build_object('product', l.product, 'sku', l.sku, 'name', l.name, 'unit', l.unit,
        'sent_milli', l.sent_milli, 'received_milli', case when v.received_at is null then null else l.received_milli end)
        order by l.sku, l.product)
      from (
        select *, row_number() over (partition by named_by order by product) as nth
        from transfer_lines where number = p_number and named_by <> 'other'
      ) as l
      where l.named_by = 'sender' or l.nth <= c_most_others));
  if v_row is distinct from (select row from feed_rows where store_id = 0 and kind = 'transfer' and key = p_number) then
    perform put_feed_row(0, 'transfer', p_number, v_row);
  end if;
end
$$;

-- Raises for a transfer that a till's own rules would not have let it write: what it says is told to another store. Goods
-- are sent and taken back under numbers of the till's own, so that nobody takes the number that another will print.
create function check_transfer(p_what text, p_till_code text, p_doc jsonb) returns void
language plpgsql stable
as $$
declare
  v_lines constant jsonb := p_doc #> '{body,lines}';
begin
  if coalesce(p_doc #>> '{body,number}' !~ '^[A-Z0-9]{1,8}-[A-Z0-9]{1,3}-T[0-9]{1,9}$', true)
    or (p_what in ('sent', 'cancelled') and not starts_with(p_doc #>> '{body,number}', p_till_code || '-'))
  then
    raise exception 'this till has no transfer of this number' using errcode = 'check_violation';
  end if;
  -- Of other stores a till's call sees what the feed says.
  if p_what = 'sent' and not exists (
    select from feed_rows where store_id = 0 and kind = 'store' and key = p_doc #>> '{body,to_store}')
  then
    raise exception 'goods for a store that there is not' using errcode = 'check_violation';
  end if;
  if jsonb_typeof(v_lines) is distinct from 'array' or jsonb_array_length(v_lines) not between 1 and 1000
    or exists (
      select from jsonb_array_elements(v_lines) as l(line)
      where not is_uuid(line -> 'product') or not is_product_value('sku', line -> 'sku')
        or not is_product_value('name', line -> 'name') or not is_product_value('unit', line -> 'unit')
        or not is_count_to(case p_what when 'corrected' then to_jsonb(abs((line ->> 'quantity_milli')::numeric))
          else line -> 'quantity_milli' end, 1000000000000))
    or (p_what = 'corrected' and not is_text(p_doc #> '{body,reason}', 1, 200))
    or (p_what in ('received', 'corrected')
      and coalesce(jsonb_typeof(p_doc #> '{body,awaits_more}'), 'boolean') <> 'boolean')
  then
    raise exception 'a transfer that no till can read' using errcode = 'check_violation';
  end if;
end
$$;

-- Where a transfer is by all that was said of it: whose receipts end it, what it has of each product and in whose words,
-- which other store has goods of it, and since when nothing more is awaited. A store that has taken back all that it had
-- written down, and still awaits it, has received nothing.
create function settle_transfer(p_number text) returns void
language sql
as $$
  with claims as (
    select s.store, min(s.step_no) as first_no, max(s.step_no) as last_no,
      (array_agg(s.at order by s.step_no desc))[1] as at,
      (array_agg(s.awaits_more order by s.step_no desc))[1] as awaits_more,
      exists (select from transfer_receipts r
        where r.number = p_number and r.store = s.store and r.received_milli <> 0) as has_goods
    from transfer_steps s where s.number = p_number and s.what in ('received', 'corrected') group by s.store
  ), receiver as (
    select c.* from claims c, transfers t
    where t.number = p_number and (c.has_goods or not c.awaits_more) and c.store = coalesce(t.to_store, c.store)
    order by c.first_no limit 1
  ), other as (
    select c.* from claims c
    where c.has_goods and not exists (select from receiver r where r.store = c.store) order by c.last_no desc limit 1
  )
  update transfers t set received_store = r.store, received_at = r.at, elsewhere_store = o.store, elsewhere_at = o.at,
    closed_at = case when not r.awaits_more then r.at end
  from (select) as one left join receiver r on true left join other o on true
  where t.number = p_number;

  with said as (
    select r.product, bool_or(r.store = t.meant_store) as is_meant,
      coalesce(sum(r.received_milli) filter (where r.store = t.meant_store), 0) as received_milli,
      coalesce(sum(r.received_milli) filter (where r.store is distinct from t.meant_store), 0) as elsewhere_milli,
      (array_agg(r.sku order by r.store = t.meant_store desc nulls last, r.till))[1] as sku,
      (array_agg(r.name order by r.store = t.meant_store desc nulls last, r.till))[1] as name,
      (array_agg(r.unit order by r.store = t.meant_store desc nulls last, r.till))[1] as unit
    from transfer_receipts r
    join (select number, coalesce(to_store, received_store) as meant_store from transfers) as t on t.number = r.number
    where r.number = p_number group by r.product
  )
  -- No receipt can bring a sum to where the next honest one would be refused.
  insert into transfer_lines as t (number, product, named_by, sku, name, unit, sent_milli, received_milli, elsewhere_milli)
  select p_number, s.product, case when s.is_meant then 'receiver' else 'other' end, s.sku, s.name, s.unit, 0,
    least(s.received_milli, 1000000000000000), least(s.elsewhere_milli, 1000000000000000)
  from said s
  on conflict (number, product) do update set
    named_by = case t.named_by when 'sender' then t.named_by else excluded.named_by end,
    sku = case t.named_by when 'sender' then t.sku else excluded.sku end,
    name = case t.named_by when 'sender' then t.name else excluded.name end,
    unit = case t.named_by when 'sender' then t.unit else excluded.unit end,
    received_milli = excluded.received_milli, elsewhere_milli = excluded.elsewhere_milli;

  -- What is awaited ends by itself when all has come.
  update transfers set closed_at = received_at
  where number = p_number and closed_at is null and sent_at is not null and not exists (
    select from transfer_lines l where l.number = p_number and l.received_milli < l.sent_milli)
$$;

-- Takes the lock on the company's stream: two stores write the same transfer.
create function project_transfers(p_store_id integer, p_till_id integer, p_seqs bigint[], p_docs jsonb[]) returns void
language plpgsql
as $$
declare
  c_most_milli constant bigint := 1000000000000000;
  c_most_steps constant integer := 500;
  -- Twice what one entry says: all that was sent, and as much that was not.
  c_most_products constant integer := 2000;
  v_store constant uuid := (select store from stores where store_id = p_store_id);
  v_till constant uuid := (select till from tills where store_id = p_store_id and till_id = p_till_id);
  v_till_code constant text := (select code from tills where store_id = p_store_id and till_id = p_till_id);
  v_what text;
  v_doc jsonb;
  v_number text;
  v_at timestamptz;
  v_held transfers;
  v_undone_seq bigint;
begin
  perform from stream_heads where store_id = 0 for update;
  for i in 1 .. cardinality(p_seqs) loop
    v_doc := p_docs[i];
    v_what := case v_doc ->> 'kind' when 'stock.sent' then 'sent' when 'stock.received' then 'received'
      when 'stock.receipt_corrected' then 'corrected' else 'cancelled' end;
    v_number := v_doc #>> '{body,number}';
    v_at := (v_doc ->> 'at')::timestamptz;
    perform check_transfer(v_what, v_till_code, v_doc);
    insert into transfers (number) values (v_number) on conflict (number) do nothing;
    select * into strict v_held from transfers where number = v_number;
    if (select count(*) from transfer_steps where number = v_number and till = v_till) >= c_most_steps then
      raise exception 'more said of the transfer % than anybody types', v_number using errcode = 'check_violation';
    end if;
    -- Whoever has looked at what differs did not know yet what comes now.
    update transfers set noted_at = null, noted_by = null where number = v_number;
    if v_what = 'sent' then
      if v_held.sent_at is not null then
        raise exception 'the transfer % was sent before', v_number using errcode = 'unique_violation';
      end if;
      update transfers set transfer = (v_doc #>> '{body,transfer}')::uuid, from_store = v_store,
        to_store = (v_doc #>> '{body,to_store}')::uuid, sent_at = v_at
      where number = v_number;
    elsif v_what = 'cancelled' then
      -- Two copies of a till may have sent under one number: what the second sent took nothing off, and gives nothing back.
      if v_held.from_store is distinct from v_store or v_held.cancelled_at is not null
        or v_held.transfer is distinct from (v_doc #>> '{body,transfer}')::uuid
      then
        if is_maker_aside(p_store_id, p_till_id, p_seqs[i], 'transfer ' || v_number, '{stock.sent}') then
          raise exception 'the entry that sent the transfer % lies aside', v_number using errcode = 'ET025';
        end if;
        raise exception 'the transfer % is not this store''s to cancel', v_number using errcode = 'check_violation';
      end if;
      update transfers set cancelled_at = v_at where number = v_number;
    end if;
    insert into transfer_steps (number, step_no, store, till, seq, what, actor, at, offset_minutes, awaits_more, reason)
    select v_number, coalesce(max(step_no), 0) + 1, v_store, v_till, p_seqs[i], v_what, (v_doc ->> 'actor')::uuid, v_at,
      (v_doc ->> 'offset')::smallint, v_what in ('received', 'corrected')
        and coalesce((v_doc #>> '{body,awaits_more}')::boolean, false),
      case v_what when 'corrected' then v_doc #>> '{body,reason}' end
    from transfer_steps where number = v_number;
    select max(seq) into v_undone_seq from transfer_steps
    where number = v_number and till = v_till and what = case v_what when 'cancelled' then 'sent' else 'received' end;
    insert into stock_transfer_lines (store_id, till_id, seq, line_no, what, number, product, sku, stock_milli, undoes_seq,
      at, offset_minutes, business_date)
    select p_store_id, p_till_id, p_seqs[i], l.line_no, v_what, v_number, l.product, l.sku,
      case when v_what = 'sent' then -l.quantity_milli
        when v_what in ('corrected', 'cancelled') and l.counted_since then 0 else l.quantity_milli end,
      case v_what when 'corrected' then coalesce(r.received_seq, v_undone_seq) when 'cancelled' then v_undone_seq end,
      v_at, (v_doc ->> 'offset')::smallint, (v_doc ->> 'business_date')::date
    from rows from (
      jsonb_to_recordset(v_doc #> '{body,lines}')
        as (product uuid, sku text, quantity_milli bigint, counted_since boolean)
    ) with ordinality as l(product, sku, quantity_milli, counted_since, line_no)
      left join transfer_receipts r on r.number = v_number and r.till = v_till and r.product = l.product;
    -- One entry can't bring a sum to where the next honest one would be refused.
    if v_what = 'sent' then
      insert into transfer_lines (number, product, named_by, sku, name, unit, sent_milli, received_milli, elsewhere_milli)
      select v_number, l.product, 'sender', max(l.sku), max(l.name), max(l.unit),
        least(sum(l.quantity_milli), c_most_milli), 0, 0
      from jsonb_to_recordset(v_doc #> '{body,lines}')
        as l(product uuid, sku text, name text, unit text, quantity_milli bigint)
      group by l.product
      on conflict (number, product) do update set named_by = excluded.named_by, sku = excluded.sku, name = excluded.name,
        unit = excluded.unit, sent_milli = excluded.sent_milli;
    elsif v_what in ('received', 'corrected') then
      insert into transfer_receipts (number, till, product, store, sku, name, unit, received_milli)
      select v_number, v_till, l.product, v_store, max(l.sku), max(l.name), max(l.unit), 0
      from jsonb_to_recordset(v_doc #> '{body,lines}') as l(product uuid, sku text, name text, unit text)
      group by l.product
      on conflict (number, till, product) do nothing;
      if (select count(*) from transfer_receipts where number = v_number and till = v_till) > c_most_products then
        raise exception 'more products under the transfer % than anybody counts', v_number
          using errcode = 'check_violation';
      end if;
      -- A till takes back no more than it wrote down: the table's own check refuses it.
      if v_what = 'corrected' and exists (
          select from transfer_receipts t join (select product, sum(quantity_milli) as quantity_milli
            from jsonb_to_recordset(v_doc #> '{body,lines}') as l(product uuid, quantity_milli bigint) group by 1) as l
            using (product)
          where t.number = v_number and t.till = v_till and t.received_milli + l.quantity_milli < 0)
        and is_maker_aside(p_store_id, p_till_id, p_seqs[i], 'transfer ' || v_number, '{stock.received}')
      then
        raise exception 'the receipt of the transfer % lies aside', v_number using errcode = 'ET025';
      end if;
      update transfer_receipts t set received_milli = least(t.received_milli + l.quantity_milli, c_most_milli),
        received_seq = case v_what when 'received' then p_seqs[i] else t.received_seq end
      from (select product, sum(quantity_milli) as quantity_milli
        from jsonb_to_recordset(v_doc #> '{body,lines}') as l(product uuid, quantity_milli bigint) group by 1) as l
      where t.number = v_number and t.till = v_till and t.product = l.product;
    end if;
    perform settle_transfer(v_number);
    perform tell_transfer(v_number);
  end loop;
end
$$;

-- Transfers that somebody has to look at, and how many of their products differ.
create view transfer_matters with (security_invoker = true) as
select t.number, t.from_store, t.to_store, coalesce(t.elsewhere_store, t.received_store) as received_store, t.sent_at,
  coalesce(t.elsewhere_at, t.received_at) as received_at, t.difference as kind, l.products, l.different
from transfer_standings t cross join lateral (
  -- Of what was cancelled nothing was to come, and what is awaited is missing nowhere yet (shared/stock/transfer.ts).
  select count(*) as products, count(*) filter (where elsewhere_milli <> 0 or case t.state
    when 'cancelled' then received_milli <> 0 when 'received' then received_milli <> sent_milli
    else received_milli > sent_milli end) as different
  from transfer_lines where number = t.number) as l
where (t.received_at is not null or t.elsewhere_at is not null) and t.noted_at is null and t.difference is not null;

-- Somebody has looked at a transfer that differs. Answers `recorded`, `unknown`.
create function note_transfer(p_editor uuid, p_number text) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
begin
  update transfers set noted_at = now(), noted_by = p_editor where number = p_number and (received_at is not null or elsewhere_at is not null);
  if not found then return '{"answer":"unknown"}'; end if;
  perform record_edit(p_editor, 'transfer', p_number, '{"noted":true}');
  return '{"answer":"recorded"}';
end
$$;
