-- A shop that was its own joins with all that it has: its journal is pushed from entry 1, and what its entries say of the
-- catalogue and of its people is gathered here until the entry that says from where on the head office keeps them. Then all
-- of it becomes the company's, in one transaction: no till ever sees half a catalogue (docs/decisions/0014).

create table shop_histories (
  store_id integer not null,
  till_id integer not null,
  admitted_at timestamptz not null default now(),
  -- The entry `till.joined`; null until it came. What a later entry says of the catalogue is not the shop's to say.
  joined_seq bigint,
  -- When its catalogue became the company's. Until then the till is told nothing by the feed, so it keeps what it has.
  taken_at timestamptz,
  products integer not null default 0,
  people integer not null default 0,
  primary key (store_id, till_id)
);

-- Records as the history has left them so far, in the shape of the feed.
create table history_records (
  store_id integer not null,
  till_id integer not null,
  kind text not null,
  record uuid not null,
  -- The last entry that said so: one before it that is projected only later does not undo it.
  seq bigint not null,
  row jsonb not null,
  primary key (store_id, till_id, kind, record)
);

-- PINs and passwords (bcrypt) that came with the shop: they are in no journal.
create table history_verifiers (
  store_id integer not null,
  till_id integer not null,
  staff uuid not null,
  credential text not null check (credential in ('pin', 'password')),
  bcrypt text not null check (bcrypt ~ '^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$'),
  primary key (store_id, till_id, staff, credential)
);

-- Where a record of a shop that joined meets one of the company's: nothing of either is changed, somebody looks at it.
create table catalogue_clashes (
  store_id integer not null,
  clash bigint not null generated always as identity,
  -- sku, barcode, tax_code, login: both have it. record: both are the same UUID, and the shop's (`row`) was not taken.
  kind text not null,
  value text not null,
  record uuid not null,
  other uuid not null,
  row jsonb,
  found_at timestamptz not null default now(),
  -- Somebody said that it may stay so.
  settled_at timestamptz,
  primary key (store_id, clash)
);

-- Whether the till that asks brings a history which becomes the company's in this very transaction: the only time that a
-- till's call may write what belongs to all.
create function brings_history() returns boolean
language sql stable parallel safe
begin atomic
  select exists (select from shop_histories h where h.store_id = current_store_id()
    and h.till_id = current_till_id() and h.joined_seq is not null and h.taken_at is null);
end;

create function is_text(p_value jsonb, p_least integer, p_most integer) returns boolean
language sql immutable parallel safe
return coalesce(jsonb_typeof(p_value) = 'string' and length(p_value #>> '{}') between p_least and p_most, false);

create function is_flag(p_value jsonb) returns boolean
language sql immutable parallel safe
return coalesce(jsonb_typeof(p_value) = 'boolean', false);

create function is_count_to(p_value jsonb, p_most bigint) returns boolean
language sql immutable parallel safe
return coalesce(is_count(p_value), false) and p_value::numeric <= p_most;

create function is_text_list(p_value jsonb, p_most integer, p_length integer) returns boolean
language sql immutable parallel safe
return case when jsonb_typeof(p_value) = 'array' then jsonb_array_length(p_value) <= p_most
  and not exists (select from jsonb_array_elements(p_value) as x where not is_text(x, 0, p_length)) else false end;

-- A shop's settings in the shape of the feed, without what this version does not know. Raises for what no screen can read.
create function sound_settings(p_row jsonb) returns jsonb
language plpgsql stable
as $$
declare
  v constant jsonb := jsonb_build_object('name', p_row -> 'name', 'address', p_row -> 'address',
    'tax_number', p_row -> 'tax_number', 'currency', p_row -> 'currency', 'zone', p_row -> 'zone',
    'locale', p_row -> 'locale', 'prices_include_tax', p_row -> 'prices_include_tax',
    'tax_rounding', p_row -> 'tax_rounding', 'cash_rounding', p_row -> 'cash_rounding',
    'receipt_footer', p_row -> 'receipt_footer');
  v_cash constant jsonb := v -> 'cash_rounding';
begin
  if is_text(v -> 'name', 1, 200) and is_text_list(v -> 'address', 6, 100)
    and (v -> 'tax_number' = 'null' or is_text(v -> 'tax_number', 0, 40))
    and is_text(v -> 'currency', 3, 3) and v ->> 'currency' ~ '^[A-Z]{3}$'
    and is_text(v -> 'zone', 1, 64) and exists (select from pg_timezone_names where name = v ->> 'zone')
    and is_text(v -> 'locale', 2, 35) and v ->> 'locale' ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$'
    and is_flag(v -> 'prices_include_tax') and v ->> 'tax_rounding' in ('line', 'document')
    and is_text(v -> 'receipt_footer', 0, 500)
    and (v_cash = 'null' or is_count_to(v_cash -> 'step_minor', 9999999999999)
      and (v_cash ->> 'step_minor')::bigint > 0 and v_cash ->> 'mode' in ('half_up', 'up', 'down'))
  then
    return case when v_cash = 'null' then v else jsonb_set(v, '{cash_rounding}',
      jsonb_build_object('step_minor', v_cash -> 'step_minor', 'mode', v_cash -> 'mode')) end;
  end if;
  raise exception 'malformed settings' using errcode = 'invalid_parameter_value';
end
$$;

-- A record in the shape of the feed, without what this version does not know. Raises ET022 for one that no till and no
-- screen could read: it would be in the way of everybody.
create function sound_record(p_kind text, p jsonb) returns jsonb
language plpgsql immutable
as $$
begin
  case p_kind
    when 'tax' then
      if is_uuid(p -> 'tax') and is_text(p -> 'code', 1, 8) and is_text(p -> 'name', 1, 200)
        and is_count_to(p -> 'rate_millionths', 10000000) and is_flag(p -> 'active')
      then
        return jsonb_build_object('tax', p -> 'tax', 'code', p -> 'code', 'name', p -> 'name',
          'rate_millionths', p -> 'rate_millionths', 'active', p -> 'active');
      end if;
    when 'category' then
      if is_uuid(p -> 'category') and is_text(p -> 'name', 1, 200) and is_count_to(p -> 'position', 10000)
        and p ->> 'tint' in ('bakery', 'produce', 'dairy', 'drinks', 'deli', 'home', 'gifts', 'pantry')
        and is_flag(p -> 'active')
      then
        return jsonb_build_object('category', p -> 'category', 'name', p -> 'name', 'tint', p -> 'tint',
          'position', p -> 'position', 'active', p -> 'active');
      end if;
    when 'product' then
      if is_uuid(p -> 'product') and is_count_to(p -> 'version', 2147483647) and not exists (
        select from unnest('{sku,name,unit,price_minor,category,taxes,barcodes,stocked,active}'::text[]) as f(field)
        where not is_product_value(field, p -> field))
      then
        return jsonb_build_object('product', p -> 'product', 'version', p -> 'version', 'sku', p -> 'sku',
          'name', p -> 'name', 'unit', p -> 'unit', 'price_minor', p -> 'price_minor', 'category', p -> 'category',
          'taxes', p -> 'taxes', 'barcodes', p -> 'barcodes', 'stocked', p -> 'stocked', 'active', p -> 'active');
      end if;
    when 'role' then
      if is_uuid(p -> 'role') and is_text(p -> 'name', 1, 200) and is_text_list(p -> 'permissions', 500, 64) then
        return jsonb_build_object('role', p -> 'role', 'name', p -> 'name', 'permissions', p -> 'permissions');
      end if;
    when 'staff' then
      if is_uuid(p -> 'staff') and is_count_to(p -> 'version', 2147483647) and is_hash(p -> 'private')
        and coalesce(is_uuid_list(p -> 'roles', 20), false) and is_flag(p -> 'active')
      then
        return jsonb_build_object('staff', p -> 'staff', 'version', p -> 'version', 'private', p -> 'private',
          'roles', p -> 'roles', 'active', p -> 'active');
      end if;
  end case;
  raise exception 'not a % that can be read', p_kind using errcode = 'ET022';
end
$$;

-- The record that an edit leaves. Raises ET021 where it was not made against the one before it.
create function edited_record(p_store_id integer, p_till_id integer, p_kind text, p_body jsonb) returns jsonb
language plpgsql stable
as $$
declare
  v_row jsonb;
begin
  select row into v_row from history_records where store_id = p_store_id and till_id = p_till_id and kind = p_kind
    and record = (p_body ->> p_kind)::uuid;
  if v_row is null or v_row -> 'version' is distinct from p_body -> 'against' then
    raise exception 'it changes version % of a % that stands at %', p_body ->> 'against', p_kind,
      coalesce(v_row ->> 'version', 'nothing') using errcode = 'ET021';
  end if;
  return v_row || coalesce(p_body -> 'changes', '{}')
    || jsonb_build_object('version', (p_body ->> 'against')::integer + 1, p_kind, v_row -> p_kind);
end
$$;

-- What entries say of catalogue and people, gathered in their order.
create function project_history(p_store_id integer, p_till_id integer, p_seqs bigint[], p_docs jsonb[]) returns void
language plpgsql
as $$
declare
  v_history shop_histories;
  v_seq bigint;
  v_doc jsonb;
  v_kind text;
  v_record text;
  v_row jsonb;
begin
  select * into v_history from shop_histories where store_id = p_store_id and till_id = p_till_id;
  for v_seq, v_doc in select e.seq, e.doc from unnest(p_seqs, p_docs) as e(seq, doc) order by e.seq loop
    v_kind := v_doc ->> 'kind';
    if v_kind = 'till.joined' then
      -- It was said before where a fork was adopted that said it again.
      update shop_histories set joined_seq = v_seq
      where store_id = p_store_id and till_id = p_till_id and joined_seq is null returning * into v_history;
      continue;
    end if;
    if v_history.till_id is null or v_seq > v_history.joined_seq then
      raise exception 'the head office keeps the catalogue and the staff of this till' using errcode = 'ET020';
    end if;
    v_record := split_part(v_kind, '.', 1);
    v_row := sound_record(v_record, case when v_kind like '%.edited'
      then edited_record(p_store_id, p_till_id, v_record, v_doc -> 'body')
      else v_doc -> 'body' || '{"version":1}' end);
    insert into history_records as r (store_id, till_id, kind, record, seq, row)
    values (p_store_id, p_till_id, v_record, (v_row ->> v_record)::uuid, v_seq, v_row)
    on conflict (store_id, till_id, kind, record) do update set seq = excluded.seq, row = excluded.row
    where r.seq <= excluded.seq;
  end loop;
end
$$;

-- The sign-in name that a payload of the company's says, as names are compared; null where there is none.
create function login_of(p_hash bytea) returns text
language sql stable
begin atomic
  select nullif(lower(normalize(btrim(read_entry(bytes) ->> 'login'), NFKC)), '') from private_payloads
  where store_id = 0 and hash = p_hash;
end;

-- Writes down where the records of a history meet those of the company, before they become the company's too.
create function note_clashes(p_store_id integer, p_till_id integer) returns void
language plpgsql
as $$
begin
  -- The same UUID: the company's record stays, the shop's is kept beside it and not taken.
  with met as (
    delete from history_records h
    where store_id = p_store_id and till_id = p_till_id and case kind
      when 'tax' then exists (select from taxes x where x.tax = h.record)
      when 'category' then exists (select from categories x where x.category = h.record)
      when 'product' then exists (select from products x where x.product = h.record)
      when 'role' then exists (select from roles x where x.role = h.record)
      when 'staff' then exists (select from staff x where x.staff = h.record) end
    returning h.*
  )
  insert into catalogue_clashes (store_id, kind, value, record, other, row)
  select p_store_id, 'record', kind, record, record, row from met order by kind, record;

  insert into catalogue_clashes (store_id, kind, value, record, other)
  select p_store_id, 'sku', p.sku, h.record, p.product
  from history_records h join products p on p.sku = h.row ->> 'sku' and p.active
  where h.store_id = p_store_id and h.till_id = p_till_id and h.kind = 'product' and (h.row -> 'active')::boolean
  order by p.sku, h.record, p.product;

  insert into catalogue_clashes (store_id, kind, value, record, other)
  select p_store_id, 'barcode', b.barcode, h.record, p.product
  from history_records h cross join lateral jsonb_array_elements_text(h.row -> 'barcodes') as b(barcode)
    join products p on p.barcodes && barcode_forms(array[b.barcode]) and p.active
  where h.store_id = p_store_id and h.till_id = p_till_id and h.kind = 'product' and (h.row -> 'active')::boolean
  order by b.barcode, h.record, p.product;

  insert into catalogue_clashes (store_id, kind, value, record, other)
  select p_store_id, 'tax_code', t.code, h.record, t.tax
  from history_records h join taxes t on t.code = h.row ->> 'code' and t.active
  where h.store_id = p_store_id and h.till_id = p_till_id and h.kind = 'tax' and (h.row -> 'active')::boolean
  order by t.code, h.record, t.tax;

  insert into catalogue_clashes (store_id, kind, value, record, other)
  select p_store_id, 'login', o.login, h.record, o.staff
  from history_records h
    cross join lateral (select login_of(decode(h.row ->> 'private', 'hex')) as login offset 0) as mine
    join (select s.staff, login_of(s.private) as login from staff s where s.active offset 0) as o
      on o.login = mine.login
  where h.store_id = p_store_id and h.till_id = p_till_id and h.kind = 'staff' and (h.row -> 'active')::boolean
  order by o.login, h.record, o.staff;
end
$$;

-- Writes records of one kind to the company's stream.
create function feed_history(p_store_id integer, p_till_id integer, p_kind text) returns void
language sql
begin atomic
  select put_feed_rows(0, p_kind, coalesce(array_agg(record::text order by record), '{}'),
    coalesce(array_agg(row order by record), '{}'))
  from history_records where store_id = p_store_id and till_id = p_till_id and kind = p_kind;
end;

-- Makes what a history has brought the company's, with the shop's own UUIDs and versions, so that what the till has and
-- what the feed tells it are equal.
create function take_history(p_store_id integer, p_till_id integer) returns void
language plpgsql
as $$
declare
  v_kind text;
  v_person staff;
  v_products integer;
  v_people integer;
begin
  -- The company's stream before the store's, as everywhere.
  perform from stream_heads where store_id = 0 for update;
  -- People's names are the company's from now on. One that was erased is not here any more.
  insert into private_payloads (store_id, hash, bytes)
  select 0, p.hash, p.bytes from history_records h
    join private_payloads p on p.store_id = h.store_id and p.hash = decode(h.row ->> 'private', 'hex')
  where h.store_id = p_store_id and h.till_id = p_till_id and h.kind = 'staff'
    and not exists (select from erased_payloads x where x.store_id = 0 and x.hash = p.hash)
  on conflict do nothing;
  perform note_clashes(p_store_id, p_till_id);

  insert into taxes (tax, code, name, rate_millionths, active)
  select record, row ->> 'code', row ->> 'name', (row -> 'rate_millionths')::integer, (row -> 'active')::boolean
  from history_records where store_id = p_store_id and till_id = p_till_id and kind = 'tax';
  insert into categories (category, name, tint, position, active)
  select record, row ->> 'name', row ->> 'tint', (row -> 'position')::integer, (row -> 'active')::boolean
  from history_records where store_id = p_store_id and till_id = p_till_id and kind = 'category';
  insert into roles (role, name, permissions)
  select record, row ->> 'name', text_list(row -> 'permissions')
  from history_records where store_id = p_store_id and till_id = p_till_id and kind = 'role';
  insert into products (product, version, sku, name, unit, price_minor, category, taxes, barcodes, stocked, active)
  select record, (row -> 'version')::integer, row ->> 'sku', row ->> 'name', row ->> 'unit',
    (row ->> 'price_minor')::bigint, (row ->> 'category')::uuid, uuid_list(row -> 'taxes'),
    text_list(row -> 'barcodes'), (row -> 'stocked')::boolean, (row -> 'active')::boolean
  from history_records where store_id = p_store_id and till_id = p_till_id and kind = 'product';
  get diagnostics v_products = row_count;
  foreach v_kind in array '{tax,category,role,product}'::text[] loop
    perform feed_history(p_store_id, p_till_id, v_kind);
  end loop;

  insert into staff (staff, version, roles, active, private)
  select record, (row -> 'version')::integer, uuid_list(row -> 'roles'), (row -> 'active')::boolean,
    decode(row ->> 'private', 'hex')
  from history_records where store_id = p_store_id and till_id = p_till_id and kind = 'staff';
  get diagnostics v_people = row_count;
  insert into staff_stores (store_id, staff)
  select p_store_id, record from history_records
  where store_id = p_store_id and till_id = p_till_id and kind = 'staff';
  insert into staff_verifiers (staff, credential, bcrypt)
  select v.staff, v.credential, v.bcrypt
  from history_verifiers v join history_records h on h.store_id = v.store_id and h.till_id = v.till_id
    and h.kind = 'staff' and h.record = v.staff
  where v.store_id = p_store_id and v.till_id = p_till_id;
  for v_person in
    select s.* from staff s join history_records h on h.record = s.staff
    where h.store_id = p_store_id and h.till_id = p_till_id and h.kind = 'staff' order by s.staff
  loop
    perform feed_staff(v_person);
  end loop;

  perform record_edit(null, 'history', till::text, jsonb_build_object('products', v_products, 'people', v_people))
  from tills where store_id = p_store_id and till_id = p_till_id;
  -- The PIN of somebody whose own entry lies aside is kept until that can be taken too.
  delete from history_verifiers v where v.store_id = p_store_id and v.till_id = p_till_id and (
    exists (select from history_records h where h.store_id = p_store_id and h.till_id = p_till_id
      and h.kind = 'staff' and h.record = v.staff)
    or not exists (select from quarantined_entries q where q.store_id = p_store_id and q.till_id = p_till_id));
  delete from history_records where store_id = p_store_id and till_id = p_till_id;
  update shop_histories set taken_at = now(), products = products + v_products, people = people + v_people
  where store_id = p_store_id and till_id = p_till_id;
end
$$;

-- Whether something that a history says lies aside only because it took too long. Taken without it, the company would have
-- the record as it was before, for good, and so would the shop.
create function is_history_slow(p_store_id integer, p_till_id integer, p_before bigint) returns boolean
language sql stable
return exists (
  select from quarantined_entries q join journal_entries e using (store_id, till_id, seq)
    cross join lateral (select fact_of(read_entry(e.bytes)) as doc) as f
  where q.store_id = p_store_id and q.till_id = p_till_id and q.seq < p_before and q.code = 'ET003'
    and family_of(f.doc ->> 'kind', f.doc ->> 'version') = 'history');

-- Takes a history that one of these entries has said to be complete. Answers SQLSTATE and message, and that entry, where it
-- can't be done; what passes (a lock, a deadlock) raises instead, and the till comes again. The caller holds the lock on
-- the till's head.
create function try_to_take(p_store_id integer, p_till_id integer, p_from_seq bigint, p_to_seq bigint, out seq bigint,
  out code text, out reason text)
language plpgsql
as $$
begin
  select joined_seq into seq from shop_histories
  where store_id = p_store_id and till_id = p_till_id and joined_seq between p_from_seq and p_to_seq and taken_at is null;
  if seq is null then return; end if;
  if is_history_slow(p_store_id, p_till_id, seq) then
    raise exception 'entries of its catalogue or its people lie aside' using errcode = 'ET026';
  end if;
  perform take_history(p_store_id, p_till_id);
exception
  when lock_not_available or deadlock_detected or serialization_failure or insufficient_resources then raise;
  when others then
    get stacked diagnostics code = returned_sqlstate, reason = message_text;
    reason := left(reason, 500);
end
$$;

-- At the end of a push: what could not be taken stands in quarantine, under the entry that said that it is complete.
-- Answers how many entries went there.
create function take_if_complete(p_store_id integer, p_till_id integer, p_from_seq bigint, p_to_seq bigint)
returns integer
language plpgsql
as $$
declare
  v_fault record;
begin
  v_fault := try_to_take(p_store_id, p_till_id, p_from_seq, p_to_seq);
  if v_fault.code is null then return 0; end if;
  insert into quarantined_entries (store_id, till_id, seq, code, reason)
  values (p_store_id, p_till_id, v_fault.seq, v_fault.code, v_fault.reason)
  on conflict (store_id, till_id, seq) do update set code = excluded.code, reason = excluded.reason;
  return 1;
end
$$;

-- Lets a shop in that was its own: its store and its till, with their own UUIDs. Answers why not, in the words of `enrol`;
-- null with the till where it may. `p_shop` is what the till says of itself (sync/enrol.ts).
create function admit_shop(p_editor uuid, p_shop jsonb, p_installation uuid, out refused jsonb, out admitted tills)
language plpgsql
as $$
declare
  v_settings constant jsonb := sound_settings(p_shop -> 'settings');
  v_store_id integer;
  v_currency text;
begin
  if not is_uuid(p_shop -> 'store') or not is_uuid(p_shop -> 'till') or not is_text(p_shop -> 'name', 1, 200)
    or coalesce(p_shop ->> 'code' !~ '^[A-Z0-9]{1,8}$', true) or jsonb_typeof(p_shop -> 'verifiers') is distinct from 'array'
    or jsonb_array_length(p_shop -> 'verifiers') > 10000
  then
    raise exception 'malformed shop' using errcode = 'invalid_parameter_value';
  end if;
  -- Two that join at once come one after the other.
  perform from stream_heads where store_id = 0 for update;
  select settings ->> 'currency' into v_currency from store_settings join stores using (store_id)
  where store <> (p_shop ->> 'store')::uuid order by store_id limit 1;
  if v_currency <> v_settings ->> 'currency' then
    refused := jsonb_build_object('answer', 'refused', 'reason', 'currency', 'detail', v_currency);
    return;
  end if;
  select store_id into v_store_id from stores where store = (p_shop ->> 'store')::uuid;
  select * into admitted from tills where till = (p_shop ->> 'till')::uuid;
  -- The same PC, of which nothing has come yet: it was let in, did not hear of it, and its code has run out.
  if (v_store_id is not null or admitted.till_id is not null) and not exists (
    select from shop_histories join till_heads using (store_id, till_id)
    where store_id = v_store_id and till_id = admitted.till_id and acked_seq = 0 and installation = p_installation)
  then
    refused := jsonb_build_object('answer', 'refused', 'reason', 'known', 'detail', p_shop ->> 'code');
    return;
  end if;
  if exists (select from tills where code = p_shop ->> 'code' and till <> (p_shop ->> 'till')::uuid)
    or exists (select from enrolment_codes where till_code = p_shop ->> 'code' and used_at is null
      and takeover_till_id is null and expires_at > now())
  then
    refused := jsonb_build_object('answer', 'refused', 'reason', 'till_code', 'detail', p_shop ->> 'code');
    return;
  end if;

  if v_store_id is null then
    perform create_store(p_editor, (p_shop ->> 'store')::uuid, v_settings);
    select store_id into strict v_store_id from stores where store = (p_shop ->> 'store')::uuid;
    insert into tills (store_id, till, code, name)
    values (v_store_id, (p_shop ->> 'till')::uuid, p_shop ->> 'code', p_shop ->> 'name') returning * into admitted;
    insert into till_heads (store_id, till_id, installation, genesis, epoch, acked_seq, head_hash)
    values (v_store_id, admitted.till_id, p_installation, genesis_of(p_installation::text), 0, 0,
      genesis_of(p_installation::text));
    insert into shop_histories (store_id, till_id) values (v_store_id, admitted.till_id);
  end if;
  admitted := hear_shop(p_editor, admitted, p_shop);
end
$$;

-- Takes what a shop says of itself when it asks (again), as long as its history is not complete.
create function hear_shop(p_editor uuid, p_till tills, p_shop jsonb) returns tills
language plpgsql
as $$
declare
  v_till tills := p_till;
begin
  if exists (select from shop_histories where store_id = p_till.store_id and till_id = p_till.till_id
    and joined_seq is not null)
  then
    return p_till;
  end if;
  perform record_settings(p_editor, (p_shop ->> 'store')::uuid, sound_settings(p_shop -> 'settings'));
  update tills set code = p_shop ->> 'code', name = p_shop ->> 'name'
  where store_id = p_till.store_id and till_id = p_till.till_id returning * into v_till;
  perform put_feed_row(v_till.store_id, 'till', v_till.till::text,
    jsonb_build_object('till', v_till.till, 'code', v_till.code, 'name', v_till.name));
  delete from history_verifiers where store_id = p_till.store_id and till_id = p_till.till_id;
  insert into history_verifiers (store_id, till_id, staff, credential, bcrypt)
  select p_till.store_id, p_till.till_id, v.staff, v.credential, v.bcrypt
  from jsonb_to_recordset(p_shop -> 'verifiers') as v(staff uuid, credential text, bcrypt text);
  return v_till;
end
$$;

-- A code with which a shop that already sells joins, as a store of its own.
create function create_history_code(p_editor uuid, p_valid interval default '1 hour') returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
as $$
begin
  return make_code(p_editor, null, null, null, null, p_valid);
end
$$;

-- Says that records of a store may stay as they are though they meet others: the given ones, or all where it is null.
create function settle_clashes(p_editor uuid, p_store uuid, p_clashes bigint[]) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_store_id integer;
  v_count integer;
begin
  select store_id into v_store_id from stores where store = p_store;
  if v_store_id is null then return '{"answer":"unknown"}'; end if;
  update catalogue_clashes set settled_at = now()
  where store_id = v_store_id and settled_at is null and (p_clashes is null or clash = any (p_clashes));
  get diagnostics v_count = row_count;
  if v_count > 0 then
    perform record_edit(p_editor, 'clashes', p_store::text, jsonb_build_object('settled', v_count));
  end if;
  return jsonb_build_object('answer', 'recorded', 'settled', v_count);
end
$$;

create policy history_rows on taxes to :"owner" using ((select evertill.brings_history()));
create policy history_rows on categories to :"owner" using ((select evertill.brings_history()));
create policy history_rows on roles to :"owner" using ((select evertill.brings_history()));
create policy history_rows on staff to :"owner" using ((select evertill.brings_history()));
create policy history_rows on staff_verifiers to :"owner" using ((select evertill.brings_history()));
create policy history_rows on office_edits to :"owner" using ((select evertill.brings_history()));
