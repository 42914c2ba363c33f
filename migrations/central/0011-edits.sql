-- What the head office may do. Each function writes the record, the feed (under the stream's lock) and the log in one
-- call, and answers `{ "answer": … }`: recorded, created, edited, unknown, stale, taken. A malformed record raises.
-- Records are in the shape of the feed (shared/feed/rows.ts); the head office has parsed them before it calls.

create function record_edit(p_editor uuid, p_kind text, p_key text, p_row jsonb) returns void
language sql
begin atomic
  insert into office_edits (editor, kind, key, row) values (p_editor, p_kind, p_key, p_row);
end;

create function uuid_list(p_list jsonb) returns uuid[]
language sql immutable
return array(select x::uuid from jsonb_array_elements_text(p_list) as x);

create function text_list(p_list jsonb) returns text[]
language sql immutable
return array(select x from jsonb_array_elements_text(p_list) as x);

-- A store as the tills of all others know it: where goods can be sent.
create function store_row(p_store uuid) returns jsonb
language sql stable
begin atomic
  select jsonb_build_object('store', store, 'name', name, 'active', active) from stores where store = p_store;
end;

create function create_store(p_editor uuid, p_store uuid, p_settings jsonb) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_store_id integer;
begin
  insert into stores (store, name) values (p_store, p_settings ->> 'name') on conflict (store) do nothing
  returning store_id into v_store_id;
  if v_store_id is null then return '{"answer":"taken"}'; end if;
  perform put_feed_row(0, 'store', p_store::text, store_row(p_store));
  insert into stream_heads (store_id, position, tag) values (v_store_id, 0, new_stream_tag());
  insert into store_settings (store_id, settings) values (v_store_id, p_settings);
  perform put_feed_row(v_store_id, 'settings', 'settings', p_settings);
  perform record_edit(p_editor, 'store', p_store::text, p_settings);
  return '{"answer":"created"}';
end
$$;

create function record_settings(p_editor uuid, p_store uuid, p_settings jsonb) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_store_id integer;
begin
  update stores set name = p_settings ->> 'name' where store = p_store returning store_id into v_store_id;
  if v_store_id is null then return '{"answer":"unknown"}'; end if;
  perform put_feed_row(0, 'store', p_store::text, store_row(p_store));
  update store_settings set settings = p_settings where store_id = v_store_id;
  perform put_feed_row(v_store_id, 'settings', 'settings', p_settings);
  perform record_edit(p_editor, 'settings', p_store::text, p_settings);
  return '{"answer":"recorded"}';
end
$$;

create function record_tax(p_editor uuid, p_row jsonb) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v taxes := jsonb_populate_record(null::taxes, p_row);
begin
  insert into taxes values (v.*)
  on conflict (tax) do update set code = excluded.code, name = excluded.name,
    rate_millionths = excluded.rate_millionths, active = excluded.active;
  perform put_feed_row(0, 'tax', v.tax::text, to_jsonb(v));
  perform record_edit(p_editor, 'tax', v.tax::text, to_jsonb(v));
  return '{"answer":"recorded"}';
end
$$;

create function record_category(p_editor uuid, p_row jsonb) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v categories := jsonb_populate_record(null::categories, p_row);
begin
  insert into categories values (v.*)
  on conflict (category) do update set name = excluded.name, tint = excluded.tint, position = excluded.position,
    active = excluded.active;
  perform put_feed_row(0, 'category', v.category::text, to_jsonb(v));
  perform record_edit(p_editor, 'category', v.category::text, to_jsonb(v));
  return '{"answer":"recorded"}';
end
$$;

create function record_role(p_editor uuid, p_row jsonb) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_row jsonb := jsonb_build_object('role', p_row -> 'role', 'name', p_row -> 'name', 'permissions', p_row -> 'permissions');
begin
  insert into roles (role, name, permissions)
  values ((p_row ->> 'role')::uuid, p_row ->> 'name', text_list(p_row -> 'permissions'))
  on conflict (role) do update set name = excluded.name, permissions = excluded.permissions;
  perform put_feed_row(0, 'role', p_row ->> 'role', v_row);
  perform record_edit(p_editor, 'role', p_row ->> 'role', v_row);
  return '{"answer":"recorded"}';
end
$$;

create function product_row(p products) returns jsonb
language sql stable
return jsonb_build_object('product', p.product, 'version', p.version, 'sku', p.sku, 'name', p.name, 'unit', p.unit,
  'price_minor', p.price_minor, 'category', p.category, 'taxes', to_jsonb(p.taxes), 'barcodes', to_jsonb(p.barcodes),
  'stocked', p.stocked, 'active', p.active);

-- Makes products, all or none. `taken` names the SKUs (case matters) and UUIDs that are in use.
create function create_products(p_editor uuid, p_rows jsonb) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set jit = off
as $$
declare
  v_taken jsonb;
  v_keys text[];
  v_rows jsonb[];
begin
  -- The stream's lock first: two who make the same SKU at once come one after the other.
  perform from stream_heads where store_id = 0 for update;
  select jsonb_agg(distinct r.sku) into v_taken
  from jsonb_to_recordset(p_rows) as r(product uuid, sku text)
  where exists (select from products p where p.product = r.product)
    or exists (select from products p where p.sku = r.sku and p.active);
  if v_taken is null then
    select jsonb_agg(sku) into v_taken from (
      select r.sku from jsonb_to_recordset(p_rows) as r(sku text) group by r.sku having count(*) > 1) as twice;
  end if;
  if v_taken is not null then return jsonb_build_object('answer', 'taken', 'skus', v_taken); end if;
  with made as (
    insert into products (product, version, sku, name, unit, price_minor, category, taxes, barcodes, stocked, active)
    select r.product, 1, r.sku, r.name, r.unit, r.price_minor, r.category, uuid_list(r.taxes), text_list(r.barcodes),
      r.stocked, r.active
    from jsonb_to_recordset(p_rows) as r(product uuid, sku text, name text, unit text, price_minor bigint,
      category uuid, taxes jsonb, barcodes jsonb, stocked boolean, active boolean)
    returning products as made
  ), logged as (
    insert into office_edits (editor, kind, key, row)
    select p_editor, 'product', (m.made).product::text, product_row(m.made) from made m
  )
  select array_agg((m.made).product::text), array_agg(product_row(m.made)) into v_keys, v_rows from made m;
  perform put_feed_rows(0, 'product', v_keys, v_rows);
  return '{"answer":"created","version":1}';
end
$$;

-- Writes the fields of a product that `p_changes` names, as its next version, and tells the tills. Answers it as it is now.
create function write_product(p_product products, p_changes jsonb) returns products
language plpgsql
as $$
declare
  v products := p_product;
begin
  v.version := v.version + 1;
  if p_changes ? 'sku' then v.sku := p_changes ->> 'sku'; end if;
  if p_changes ? 'name' then v.name := p_changes ->> 'name'; end if;
  if p_changes ? 'unit' then v.unit := p_changes ->> 'unit'; end if;
  if p_changes ? 'price_minor' then v.price_minor := (p_changes ->> 'price_minor')::bigint; end if;
  if p_changes ? 'category' then v.category := (p_changes ->> 'category')::uuid; end if;
  if p_changes ? 'taxes' then v.taxes := uuid_list(p_changes -> 'taxes'); end if;
  if p_changes ? 'barcodes' then v.barcodes := text_list(p_changes -> 'barcodes'); end if;
  if p_changes ? 'stocked' then v.stocked := (p_changes ->> 'stocked')::boolean; end if;
  if p_changes ? 'active' then v.active := (p_changes ->> 'active')::boolean; end if;
  update products set version = v.version, sku = v.sku, name = v.name, unit = v.unit, price_minor = v.price_minor,
    category = v.category, taxes = v.taxes, barcodes = v.barcodes, stocked = v.stocked, active = v.active,
    edited_at = now()
  where product = v.product;
  perform put_feed_row(0, 'product', v.product::text, product_row(v));
  return v;
end
$$;

-- Changes the fields that `p_changes` names, if the product still has the version it was changed from.
create function edit_product(p_editor uuid, p_product uuid, p_against integer, p_changes jsonb) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v products;
begin
  perform from stream_heads where store_id = 0 for update;
  select * into v from products where product = p_product for update;
  if v.product is null then return '{"answer":"unknown"}'; end if;
  if v.version <> p_against then return jsonb_build_object('answer', 'stale', 'row', product_row(v)); end if;
  if p_changes ->> 'sku' <> v.sku
    and exists (select from products where sku = p_changes ->> 'sku' and active and product <> p_product)
  then
    return jsonb_build_object('answer', 'taken', 'skus', jsonb_build_array(p_changes ->> 'sku'));
  end if;
  v := write_product(v, p_changes);
  perform record_edit(p_editor, 'product', p_product::text, product_row(v));
  return jsonb_build_object('answer', 'edited', 'version', v.version, 'row', product_row(v));
end
$$;
