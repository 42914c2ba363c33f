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
  -- Where it was received, and when. Until the sender is heard that is whoever said so first.
  received_store uuid,
  received_at timestamptz,
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
  sku text not null,
  name text not null,
  unit text not null,
  sent_milli bigint not null check (sent_milli between 0 and 1000000000000000),
  received_milli bigint not null check (received_milli between 0 and 1000000000000000),
  primary key (number, product)
);

create function transfer_state(t transfers) returns text
language sql immutable
return case when t.cancelled_at is not null then 'cancelled' when t.received_at is not null then 'received'
  else 'on_the_way' end;

-- Tells both stores of a transfer; nobody of one that nobody has said to have sent.
create function tell_transfer(p_number text) returns void
language plpgsql
as $$
declare
  v transfers;
begin
  select * into strict v from transfers where number = p_number;
  if v.sent_at is null then return; end if;
  perform put_feed_row(0, 'transfer', p_number, jsonb_build_object('number', v.number, 'from_store', v.from_store,
    'to_store', v.to_store, 'state', transfer_state(v), 'sent_at', utc_text(v.sent_at), 'lines', (
      select jsonb_agg(jsonb_build_object('product', l.product, 'sku', l.sku, 'name', l.name, 'unit', l.unit,
        'sent_milli', l.sent_milli, 'received_milli', case when v.received_at is null then null else l.received_milli end)
        order by l.sku, l.product)
      from transfer_lines l where l.number = p_number)));
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
    or (p_what <> 'received' and not starts_with(p_doc #>> '{body,number}', p_till_code || '-'))
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
        or not is_count_to(line -> 'quantity_milli', 1000000000000))
  then
    raise exception 'a transfer that no till can read' using errcode = 'check_violation';
  end if;
end
$$;

-- Takes the lock on the company's stream: two stores write the same transfer.
create function project_transfers(p_store_id integer, p_till_id integer, p_seqs bigint[], p_docs jsonb[]) returns void
language plpgsql
as $$
declare
  c_most_milli constant bigint := 1000000000000000;
  v_store constant uuid := (select store from stores where store_id = p_store_id);
  v_till_code constant text := (select code from tills where store_id = p_store_id and till_id = p_till_id);
  v_what text;
  v_doc jsonb;
  v_number text;
  v_at timestamptz;
  v_held transfers;
begin
  perform from stream_heads where store_id = 0 for update;
  for i in 1 .. cardinality(p_seqs) loop
    v_doc := p_docs[i];
    v_what := case v_doc ->> 'kind' when 'stock.sent' then 'sent' when 'stock.received' then 'received' else 'cancelled' end;
    v_number := v_doc #>> '{body,number}';
    v_at := (v_doc ->> 'at')::timestamptz;
    perform check_transfer(v_what, v_till_code, v_doc);
    insert into transfers (number) values (v_number) on conflict (number) do nothing;
    select * into strict v_held from transfers where number = v_number;
    if v_what = 'sent' then
      if v_held.sent_at is not null then
        raise exception 'the transfer % was sent before', v_number using errcode = 'unique_violation';
      end if;
      update transfers set transfer = (v_doc #>> '{body,transfer}')::uuid, from_store = v_store,
        to_store = (v_doc #>> '{body,to_store}')::uuid, sent_at = v_at,
        -- Whoever has looked at what arrived did not know yet what was sent.
        noted_at = null, noted_by = null
      where number = v_number;
      -- Who said first that it has it was not whom it was for.
      update transfers set received_store = elsewhere_store, received_at = elsewhere_at,
        elsewhere_store = received_store, elsewhere_at = received_at
      where number = v_number and received_store <> to_store;
      update transfers set received_store = null, received_at = null
      where number = v_number and received_store <> to_store;
    elsif v_what = 'received' then
      if v_store is distinct from coalesce(v_held.to_store, v_held.received_store, v_store) then
        update transfers set elsewhere_store = v_store, elsewhere_at = v_at, noted_at = null, noted_by = null
        where number = v_number;
      else
        update transfers set received_store = v_store, received_at = v_at, noted_at = null, noted_by = null
        where number = v_number;
      end if;
    else
      if v_held.from_store is distinct from v_store or v_held.cancelled_at is not null then
        raise exception 'the transfer % is not this store''s to cancel', v_number using errcode = 'check_violation';
      end if;
      update transfers set cancelled_at = v_at, noted_at = null, noted_by = null where number = v_number;
    end if;
    insert into stock_transfer_lines (store_id, till_id, seq, line_no, what, number, product, sku, stock_milli, at,
      offset_minutes, business_date)
    select p_store_id, p_till_id, p_seqs[i], l.line_no, v_what, v_number, l.product, l.sku,
      case v_what when 'sent' then -l.quantity_milli else l.quantity_milli end, v_at, (v_doc ->> 'offset')::smallint,
      (v_doc ->> 'business_date')::date
    from rows from (
      jsonb_to_recordset(v_doc #> '{body,lines}') as (product uuid, sku text, quantity_milli bigint)
    ) with ordinality as l(product, sku, quantity_milli, line_no);
    if v_what <> 'cancelled' then
      insert into transfer_lines as t (number, product, sku, name, unit, sent_milli, received_milli)
      select v_number, l.product, max(l.sku), max(l.name), max(l.unit),
        case v_what when 'sent' then least(sum(l.quantity_milli), c_most_milli) else 0 end,
        case v_what when 'received' then least(sum(l.quantity_milli), c_most_milli) else 0 end
      from jsonb_to_recordset(v_doc #> '{body,lines}') as l(product uuid, sku text, name text, unit text,
        quantity_milli bigint)
      group by l.product
      -- One entry can't bring the sum to where the next honest one would be refused.
      on conflict (number, product) do update set sent_milli = least(t.sent_milli + excluded.sent_milli, c_most_milli),
        received_milli = least(t.received_milli + excluded.received_milli, c_most_milli);
    end if;
    perform tell_transfer(v_number);
  end loop;
end
$$;

-- Transfers that somebody has to look at: more or less arrived than was sent, or goods of one that was cancelled, that was
-- meant for another store, or that nobody has sent an hour later.
create view transfer_matters with (security_invoker = true) as
select t.number, t.from_store, t.to_store, coalesce(t.elsewhere_store, t.received_store) as received_store, t.sent_at,
  coalesce(t.elsewhere_at, t.received_at) as received_at,
  case when t.sent_at is null then 'unknown' when t.cancelled_at is not null then 'cancelled'
    when t.elsewhere_store is not null then 'elsewhere' else 'different' end as kind,
  sum(l.sent_milli)::bigint as sent_milli, sum(l.received_milli)::bigint as received_milli
from transfers t join transfer_lines l using (number)
where (t.received_at is not null or t.elsewhere_at is not null) and t.noted_at is null
  and (t.sent_at is not null or t.heard_at < now() - interval '1 hour')
group by t.number
having t.sent_at is null or t.cancelled_at is not null or t.elsewhere_store is not null
  or bool_or(l.sent_milli <> l.received_milli);

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
