-- What a manager changed at a till in the head office's catalogue, decided field by field. What was made against the field
-- as it still is here is taken at once; what meets another value waits for somebody at the head office, with both values.
-- The till is told by the feed's row of kind `proposal`, which comes after the product's own.

create table product_proposals (
  store_id integer not null,
  till_id integer not null,
  -- The entry that said so.
  seq bigint not null,
  -- A field of shared/journal/kinds/proposal-kinds.ts; `product` where the product was made by it.
  field text not null,
  product uuid not null,
  actor uuid,
  at timestamptz not null,
  -- The version of the product that the till knew.
  against integer not null,
  wanted jsonb not null,
  -- What was here when it was decided; what the head office kept.
  kept jsonb not null,
  -- Taken at once, or by somebody here; kept as it was by somebody here; overtaken by the same till's next word.
  state text not null check (state in ('accepted', 'waiting', 'taken', 'kept', 'refused', 'superseded')),
  -- Why it was not simply taken: stale, clash (another product's SKU or barcode), permission, unknown.
  reason text check (reason in ('stale', 'clash', 'permission', 'unknown')),
  -- The product's version that it made, or that had the same value already; null where it was not taken.
  version integer,
  decided_at timestamptz not null default now(),
  -- Who at the head office decided, and their name at the time: a till's call may not look it up.
  decided_by uuid,
  decided_name text,
  primary key (store_id, till_id, seq, field)
);
create index product_proposals_waiting on product_proposals (decided_at) where state = 'waiting';
create index product_proposals_product on product_proposals (store_id, till_id, product, field, seq);
create index product_proposals_overtaken on product_proposals (store_id, till_id, product, field) where state = 'waiting';
-- Which till made the version that a field has.
create index product_proposals_version on product_proposals (store_id, product, field, version) where state = 'accepted';

-- At which version of a product each of its fields got the value that it has, whoever wrote it.
create function note_field_versions() returns trigger
language plpgsql
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_field text;
  v_before constant jsonb := to_jsonb(old);
  v_after constant jsonb := to_jsonb(new);
begin
  foreach v_field in array '{sku,name,unit,price_minor,category,taxes,barcodes,stocked,active}'::text[] loop
    if v_before -> v_field is distinct from v_after -> v_field then
      new.field_versions := new.field_versions || jsonb_build_object(v_field, new.version);
    end if;
  end loop;
  return new;
end
$$;
create trigger note_field_versions before update on products for each row execute function note_field_versions();

create function is_uuid_list(p_value jsonb, p_most integer) returns boolean
language sql immutable
return jsonb_typeof(p_value) = 'array' and jsonb_array_length(p_value) <= p_most and not exists (
  select from jsonb_array_elements(p_value) as e(one)
  where jsonb_typeof(one) <> 'string'
    or one #>> '{}' !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$');

-- Whether a value is one that this field can have, and every till and page can read (shared/feed/rows.ts): lengths count code
-- points, as there.
create function is_product_value(p_field text, p_value jsonb) returns boolean
language sql immutable
return coalesce(case p_field
  when 'sku' then jsonb_typeof(p_value) = 'string' and length(p_value #>> '{}') between 1 and 64
  when 'name' then jsonb_typeof(p_value) = 'string' and length(p_value #>> '{}') between 1 and 200
  when 'unit' then p_value in ('"piece"', '"kg"', '"g"', '"l"', '"m"', '"m2"', '"h"')
  when 'price_minor' then p_value = 'null' or case when jsonb_typeof(p_value) = 'number'
    then (p_value #>> '{}')::numeric between 0 and 9999999999999 and p_value #>> '{}' !~ '[.eE]' end
  when 'category' then p_value = 'null' or is_uuid_list(jsonb_build_array(p_value), 1)
  when 'taxes' then is_uuid_list(p_value, 8)
  when 'barcodes' then case when jsonb_typeof(p_value) = 'array' then jsonb_array_length(p_value) <= 100
    and not exists (select from jsonb_array_elements(p_value) as e(one)
      where jsonb_typeof(one) <> 'string' or length(one #>> '{}') not between 1 and 80) end
  when 'stocked' then jsonb_typeof(p_value) = 'boolean'
  when 'active' then jsonb_typeof(p_value) = 'boolean'
end, false);

-- Barcodes in every length in which the same GTIN may be written: a UPC-A is an EAN-13 with a zero before it.
create function barcode_forms(p_barcodes text[]) returns text[]
language sql immutable
return array(
  select distinct form from unnest(p_barcodes) as b(barcode) cross join lateral (
    select barcode as form
    union all
    select right(lpad(barcode, 14, '0'), digits) from unnest('{8,12,13,14}'::integer[]) as d(digits)
    where barcode ~ '^(\d{8}|\d{12,14})$' and left(lpad(barcode, 14, '0'), 14 - digits) ~ '^0*$'
  ) as forms);

-- Another active product that has this SKU, or one of these barcodes; null where none has.
create function sku_holder(p_product uuid, p_sku text) returns products
language sql stable
return (select p from products p where p.sku = p_sku and p.active and p.product <> p_product order by p.product limit 1);

create function barcode_holder(p_product uuid, p_barcodes text[]) returns products
language sql stable
return (select p from products p where p.barcodes && barcode_forms(p_barcodes) and p.active and p.product <> p_product
  order by p.product limit 1);

-- Whether a value can't stand beside what other products have. `p_row` is the product as it would be.
create function clashes(p_field text, p_row jsonb) returns boolean
language sql stable
return (p_row ->> 'active')::boolean and (
  (p_field in ('sku', 'active') and (sku_holder((p_row ->> 'product')::uuid, p_row ->> 'sku')).product is not null)
  or (p_field in ('barcodes', 'active')
    and (barcode_holder((p_row ->> 'product')::uuid, text_list(p_row -> 'barcodes'))).product is not null));

-- Whether somebody of a store may edit the catalogue, as its tills were last told: a till's call sees no table of staff.
create function may_edit_catalogue(p_store_id integer, p_staff uuid) returns boolean
language sql stable
return exists (
  select from feed_rows s
    cross join lateral jsonb_array_elements_text(s.row -> 'roles') as held(role)
    join feed_rows r on r.store_id = 0 and r.kind = 'role' and r.key = held.role
  where s.store_id = p_store_id and s.kind = 'staff' and s.key = p_staff::text and s.row -> 'active' = 'true'
    and r.row -> 'permissions' ? 'product.edit');

-- Whether the category or the taxes of a value are known here.
create function is_known(p_field text, p_value jsonb) returns boolean
language sql stable
return case p_field
  when 'category' then p_value = 'null'
    or exists (select from feed_rows where store_id = 0 and kind = 'category' and key = p_value #>> '{}')
  when 'taxes' then not exists (
    select from jsonb_array_elements_text(p_value) as t(tax)
    where not exists (select from feed_rows where store_id = 0 and kind = 'tax' and key = t.tax))
  else true
end;

-- Tells the till how far its proposals of a product are decided, and how each field ended where it was not simply taken.
create function tell_decisions(p_store_id integer, p_till_id integer, p_product uuid) returns void
language plpgsql
as $$
declare
  v_till uuid;
  v_versions constant jsonb := (select field_versions from products where product = p_product);
  v_fields jsonb;
  v_decided_seq bigint;
begin
  select till into strict v_till from tills where store_id = p_store_id and till_id = p_till_id;
  -- The till's last word on each field, each looked up by its key: there may be years of others before it, and this is done
  -- for each edit under the lock that every store wants.
  select max(l.seq), coalesce(jsonb_agg(jsonb_build_object('field', l.field, 'seq', l.seq, 'state', l.state,
    'reason', l.reason, 'wanted', l.wanted, 'kept', l.kept, 'by', l.decided_name, 'at', utc_text(l.decided_at),
    -- The other till of this store that had changed it: whoever merely wished for the same had nothing to change.
    'before', (
      select t.name
      from product_proposals o join tills t using (store_id, till_id)
      where l.reason = 'stale' and o.store_id = p_store_id and o.till_id <> p_till_id and o.product = p_product
        and o.field = l.field and o.state = 'accepted' and o.kept <> o.wanted
        and o.version = (v_versions ->> l.field)::integer limit 1)) order by l.field)
    filter (where l.state in ('waiting', 'taken', 'kept', 'refused')), '[]')
  into v_decided_seq, v_fields
  from unnest('{product,sku,name,unit,price_minor,category,taxes,barcodes,stocked,active}'::text[]) as f(field)
    cross join lateral (
      select * from product_proposals x
      where x.store_id = p_store_id and x.till_id = p_till_id and x.product = p_product and x.field = f.field
      order by x.seq desc limit 1
    ) as l;
  perform put_feed_row(0, 'proposal', concat(v_till, '/', p_product), jsonb_build_object('till', v_till,
    'product', p_product, 'decided_seq', v_decided_seq, 'fields', v_fields));
end
$$;

-- Decides the fields of one edit. The caller holds the lock on the company's stream.
create function decide_edit(p_store_id integer, p_till_id integer, p_seq bigint, p_doc jsonb) returns void
language plpgsql
as $$
declare
  c_fields constant text[] := '{sku,name,unit,price_minor,category,taxes,barcodes,stocked,active}';
  v_body constant jsonb := p_doc -> 'body';
  v_product constant uuid := (v_body ->> 'product')::uuid;
  v_against constant integer := (v_body ->> 'against')::integer;
  v_may boolean;
  v products;
  v_row jsonb;
  v_wanted jsonb;
  v_held jsonb;
  v_mine product_proposals;
  v_changes jsonb := '{}';
  v_state text;
  v_reason text;
  v_field text;
begin
  if v_product is null or v_against is null or jsonb_typeof(v_body -> 'changes') is distinct from 'object'
    or jsonb_typeof(v_body -> 'was') is distinct from 'object'
  then
    raise exception 'malformed proposal' using errcode = 'invalid_parameter_value';
  end if;
  select * into v from products where product = v_product for update;
  if v.product is null and is_maker_aside(p_store_id, p_till_id, p_seq, concat('product ', v_product),
    '{product.proposed,product.created}')
  then
    raise exception 'the entry that made the product lies aside' using errcode = 'ET025';
  end if;
  v_row := product_row(v);
  v_may := may_edit_catalogue(p_store_id, (p_doc ->> 'actor')::uuid)
    or may_edit_catalogue(p_store_id, (p_doc ->> 'approver')::uuid);
  -- A field that this version does not know is kept in the entry, and nowhere else.
  foreach v_field in array c_fields loop
    if not v_body -> 'changes' ? v_field then continue; end if;
    v_wanted := v_body -> 'changes' -> v_field;
    if not is_product_value(v_field, v_wanted) then
      raise exception 'malformed proposal of %', v_field using errcode = 'invalid_parameter_value';
    end if;
    v_held := coalesce(v_row -> v_field, 'null');
    v_reason := null;
    -- This till's own last word on the field before this one.
    select * into v_mine from product_proposals
    where store_id = p_store_id and till_id = p_till_id and product = v_product and field = v_field and seq < p_seq
    order by seq desc limit 1;
    if exists (select from product_proposals where store_id = p_store_id and till_id = p_till_id
      and product = v_product and field = v_field and seq > p_seq)
    then
      -- It was put aside when it came; the till has said something else since.
      v_state := 'superseded';
    elsif v.product is null or not is_known(v_field, v_wanted) then
      v_state := 'refused'; v_reason := 'unknown';
    elsif v_held = v_wanted then
      v_state := 'accepted';
    elsif not (
      coalesce((v.field_versions ->> v_field)::integer, 1) <= v_against
      -- The last who changed it was this till, which knew what it had done though not yet the version that it made.
      or coalesce(v_mine.state = 'accepted' and v_mine.version = (v.field_versions ->> v_field)::integer, false)
    ) or not (
      coalesce(v_body -> 'was' -> v_field, 'null') = v_held
      -- What the manager saw was this till's own, which waits though they had seen what is here. Of one that waits because
      -- they had not, the till may know by now what lies beneath it; nobody there has seen it.
      or coalesce(v_mine.state = 'waiting' and v_mine.reason <> 'stale' and v_mine.kept = v_held, false)
    ) then
      v_state := 'waiting'; v_reason := 'stale';
    elsif not v_may then
      v_state := 'waiting'; v_reason := 'permission';
    elsif coalesce(clashes(v_field, v_row || v_changes || jsonb_build_object(v_field, v_wanted)), false) then
      v_state := 'waiting'; v_reason := 'clash';
    else
      v_state := 'accepted';
      v_changes := v_changes || jsonb_build_object(v_field, v_wanted);
    end if;
    if v_state <> 'superseded' then
      update product_proposals set state = 'superseded'
      where store_id = p_store_id and till_id = p_till_id and product = v_product and field = v_field and seq < p_seq
        and state = 'waiting';
    end if;
    insert into product_proposals (store_id, till_id, seq, field, product, actor, at, against, wanted, kept, state,
      reason, version)
    values (p_store_id, p_till_id, p_seq, v_field, v_product, (p_doc ->> 'actor')::uuid, (p_doc ->> 'at')::timestamptz,
      v_against, v_wanted, v_held, v_state, v_reason, case when v_changes ? v_field then v.version + 1
        when v_state = 'accepted' then coalesce((v.field_versions ->> v_field)::integer, 1) end);
  end loop;
  if v_changes <> '{}' then perform write_product(v, v_changes); end if;
  perform tell_decisions(p_store_id, p_till_id, v_product);
end
$$;

-- Takes a product that was made at a till. It is sold there already, so it is taken whatever is wrong with it: what clashes
-- with another product is left out and waits, and one that nobody may make, or whose taxes are unknown, is not active.
create function take_product(p_store_id integer, p_till_id integer, p_seq bigint, p_doc jsonb) returns void
language plpgsql
as $$
declare
  v_body constant jsonb := p_doc -> 'body';
  v_actor constant uuid := (p_doc ->> 'actor')::uuid;
  v_wanted constant jsonb := jsonb_build_object('product', v_body ->> 'product', 'sku', v_body -> 'sku',
    'name', v_body -> 'name', 'unit', v_body -> 'unit', 'price_minor', v_body -> 'price_minor',
    'category', v_body -> 'category', 'taxes', v_body -> 'taxes', 'barcodes', v_body -> 'barcodes',
    'stocked', v_body -> 'stocked', 'active', v_body -> 'active');
  v_product constant uuid := (v_body ->> 'product')::uuid;
  v_left jsonb := '{}';
  v_made jsonb;
  v_sku text := v_body ->> 'sku';
  v_suffix text;
  v_till_code text;
begin
  if v_product is null or exists (
    select from jsonb_each(v_wanted - 'product') as w(field, value) where not is_product_value(field, value))
  then
    raise exception 'malformed proposal' using errcode = 'invalid_parameter_value';
  end if;
  select code into strict v_till_code from tills where store_id = p_store_id and till_id = p_till_id;
  if not exists (select from products where product = v_product) then
    if not (may_edit_catalogue(p_store_id, v_actor) or may_edit_catalogue(p_store_id, (p_doc ->> 'approver')::uuid)) then
      v_left := v_left || '{"active":"permission"}';
    end if;
    if not is_known('category', v_wanted -> 'category') then v_left := v_left || '{"category":"unknown"}'; end if;
    if not is_known('taxes', v_wanted -> 'taxes') then v_left := v_left || '{"taxes":"unknown","active":"unknown"}'; end if;
    for i in 1 .. 1000 loop
      exit when (sku_holder(v_product, v_sku)).product is null;
      v_left := v_left || '{"sku":"clash"}';
      v_suffix := concat('-', v_till_code, case when i > 1 then concat('-', i) end);
      v_sku := left(v_body ->> 'sku', 64 - length(v_suffix)) || v_suffix;
    end loop;
    if clashes('barcodes', v_wanted) then v_left := v_left || '{"barcodes":"clash"}'; end if;
    insert into products (product, version, sku, name, unit, price_minor, category, taxes, barcodes, stocked, active)
    values (v_product, 1, v_sku, v_body ->> 'name', v_body ->> 'unit', (v_body ->> 'price_minor')::bigint,
      case when not v_left ? 'category' then (v_body ->> 'category')::uuid end,
      case when v_left ? 'taxes' then '{}' else uuid_list(v_body -> 'taxes') end,
      array(select b.barcode from jsonb_array_elements_text(v_body -> 'barcodes') with ordinality as b(barcode, i)
        where not v_left ? 'barcodes' or (barcode_holder(v_product, array[b.barcode])).product is null order by b.i),
      (v_body ->> 'stocked')::boolean, (v_body ->> 'active')::boolean and not v_left ? 'active');
  end if;
  select product_row(p) into strict v_made from products p where product = v_product;
  perform put_feed_row(0, 'product', v_product::text, v_made);
  insert into product_proposals (store_id, till_id, seq, field, product, actor, at, against, wanted, kept, state, reason,
    version)
  select p_store_id, p_till_id, p_seq, p.field, v_product, v_actor, (p_doc ->> 'at')::timestamptz, 1,
    p.wanted, coalesce(p.kept, 'null'), p.state, p.reason, p.version
  from (
    select 'product' as field, v_wanted as wanted, v_made as kept, 'accepted' as state, null as reason, 1 as version
    union all
    select l.field, v_wanted -> l.field, v_made -> l.field, 'waiting', l.reason, null
    from jsonb_each_text(v_left) as l(field, reason)
  ) as p;
  perform tell_decisions(p_store_id, p_till_id, v_product);
end
$$;

create function project_proposals(p_store_id integer, p_till_id integer, p_seqs bigint[], p_docs jsonb[]) returns void
language plpgsql
as $$
begin
  -- The company's stream before the store's, as everywhere; two tills that edit one product come one after the other.
  perform from stream_heads where store_id = 0 for update;
  -- A shop that joined with its history: what it changes is not the company's before that could be taken.
  if exists (select from shop_histories where store_id = p_store_id and till_id = p_till_id and taken_at is null) then
    raise exception 'the catalogue that it changes was not taken yet' using errcode = 'ET023';
  end if;
  for i in 1 .. cardinality(p_seqs) loop
    if p_docs[i] ->> 'kind' = 'product.proposed' then
      perform take_product(p_store_id, p_till_id, p_seqs[i], p_docs[i]);
    else
      perform decide_edit(p_store_id, p_till_id, p_seqs[i], p_docs[i]);
    end if;
  end loop;
end
$$;

-- Decides a field that waits, against the product as it was shown: takes the shop's value, or keeps our own. Answers
-- `decided` (also when it was decided the same way before), `stale` with `row`, `taken` with the product that has the SKU
-- or the barcode, `unknown`.
create function decide_proposal(p_editor uuid, p_till uuid, p_seq bigint, p_field text, p_take boolean, p_against integer)
returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
as $$
declare
  v_proposal product_proposals;
  v_state constant text := case when p_take then 'taken' else 'kept' end;
  v products;
  v_row jsonb;
  v_holder products;
begin
  perform from stream_heads where store_id = 0 for update;
  select p.* into v_proposal from product_proposals p join tills t using (store_id, till_id)
  where t.till = p_till and p.seq = p_seq and p.field = p_field for update of p;
  if v_proposal.state is null then return '{"answer":"unknown"}'; end if;
  select * into v from products where product = v_proposal.product for update;
  if v_proposal.state <> 'waiting' then
    if v_proposal.state = v_state then return '{"answer":"decided"}'; end if;
    return jsonb_build_object('answer', 'stale', 'row', product_row(v));
  end if;
  if v.version is distinct from p_against then return jsonb_build_object('answer', 'stale', 'row', product_row(v)); end if;
  v_row := product_row(v);
  if p_take and v_row -> p_field <> v_proposal.wanted then
    v_row := v_row || jsonb_build_object(p_field, v_proposal.wanted);
    if not is_known(p_field, v_proposal.wanted) then return '{"answer":"unknown"}'; end if;
    if p_field in ('sku', 'active') then v_holder := sku_holder(v.product, v_row ->> 'sku'); end if;
    if (v_row ->> 'active')::boolean and v_holder.product is not null then
      return jsonb_build_object('answer', 'taken', 'what', 'sku', 'sku', v_holder.sku, 'name', v_holder.name);
    end if;
    if p_field in ('barcodes', 'active') then v_holder := barcode_holder(v.product, text_list(v_row -> 'barcodes')); end if;
    if (v_row ->> 'active')::boolean and v_holder.product is not null then
      return jsonb_build_object('answer', 'taken', 'what', 'barcode', 'sku', v_holder.sku, 'name', v_holder.name,
        'barcode', (select b from jsonb_array_elements_text(v_row -> 'barcodes') as b
          where v_holder.barcodes && barcode_forms(array[b]) limit 1));
    end if;
    v := write_product(v, jsonb_build_object(p_field, v_proposal.wanted));
    perform record_edit(p_editor, 'product', v.product::text, product_row(v));
  else
    perform record_edit(p_editor, 'proposal', concat(p_till, '/', p_seq, '/', p_field),
      jsonb_build_object('taken', p_take, 'wanted', v_proposal.wanted, 'kept', v_row -> p_field));
  end if;
  update product_proposals set state = v_state, kept = product_row(v) -> p_field, decided_at = now(),
    decided_by = p_editor,
    decided_name = (select name from office_users where office_user = p_editor),
    version = case when p_take then v.version end
  where store_id = v_proposal.store_id and till_id = v_proposal.till_id and seq = p_seq and field = p_field;
  perform tell_decisions(v_proposal.store_id, v_proposal.till_id, v_proposal.product);
  return jsonb_build_object('answer', 'decided', 'version', v.version);
end
$$;
