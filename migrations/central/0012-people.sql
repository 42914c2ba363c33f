-- Staff (who work at tills) and tills themselves, as the head office changes them.

create function staff_row(p staff) returns jsonb
language sql stable
return jsonb_build_object('staff', p.staff, 'version', p.version, 'roles', to_jsonb(p.roles), 'active', p.active,
  'private', encode(p.private, 'hex'),
  'payload_base64', (select translate(encode(bytes, 'base64'), E'\n', '') from private_payloads
    where store_id = 0 and hash = p.private));

-- Writes somebody (and, with it, the verifiers) to the streams of the stores they work in.
create function feed_staff(p staff) returns void
language plpgsql
as $$
declare
  v_store_id integer;
begin
  for v_store_id in select store_id from staff_stores where staff = p.staff order by store_id loop
    perform put_feed_row(v_store_id, 'staff', p.staff::text, staff_row(p));
    perform put_feed_row(v_store_id, 'verifier', concat(v.staff, '/', v.credential),
      jsonb_build_object('staff', v.staff, 'credential', v.credential, 'bcrypt', v.bcrypt))
    from staff_verifiers v where v.staff = p.staff order by v.credential;
  end loop;
end
$$;

create function keep_office_payload(p_payload bytea) returns bytea
language plpgsql
as $$
declare
  v_hash bytea := sha256(p_payload);
begin
  if exists (select from erased_payloads where store_id = 0 and hash = v_hash) then
    raise exception 'this payload was erased' using errcode = 'invalid_parameter_value';
  end if;
  insert into private_payloads (store_id, hash, bytes) values (0, v_hash, p_payload) on conflict do nothing;
  return v_hash;
end
$$;

-- Makes a member of staff who works in `p_stores`. `p_payload` are the bytes of the private payload (name, sign-in name);
-- `p_verifiers` is `{ "pin": bcrypt, "password": bcrypt }`, either may be left out.
create function create_staff(p_editor uuid, p_staff uuid, p_roles uuid[], p_stores uuid[], p_payload bytea,
  p_verifiers jsonb default '{}') returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v staff;
begin
  insert into staff (staff, version, roles, active, private)
  values (p_staff, 1, p_roles, true, keep_office_payload(p_payload))
  on conflict (staff) do nothing returning * into v;
  if v.staff is null then return '{"answer":"taken"}'; end if;
  insert into staff_stores (store_id, staff) select store_id, p_staff from stores where store = any (p_stores);
  insert into staff_verifiers (staff, credential, bcrypt) select p_staff, key, value from jsonb_each_text(p_verifiers);
  perform feed_staff(v);
  perform record_edit(p_editor, 'staff', p_staff::text, staff_row(v) - 'payload_base64');
  return '{"answer":"created","version":1}';
end
$$;

-- Changes roles or `active` (in `p_changes`), or the payload; somebody who stops working somewhere is deactivated.
create function edit_staff(p_editor uuid, p_staff uuid, p_against integer, p_changes jsonb, p_payload bytea default null)
returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v staff;
begin
  select * into v from staff where staff = p_staff for update;
  if v.staff is null then return '{"answer":"unknown"}'; end if;
  if v.version <> p_against then
    return jsonb_build_object('answer', 'stale', 'row', staff_row(v) - 'payload_base64');
  end if;
  v.version := v.version + 1;
  if p_changes ? 'roles' then v.roles := uuid_list(p_changes -> 'roles'); end if;
  if p_changes ? 'active' then v.active := (p_changes ->> 'active')::boolean; end if;
  if p_payload is not null then v.private := keep_office_payload(p_payload); end if;
  update staff set version = v.version, roles = v.roles, active = v.active, private = v.private where staff = p_staff;
  perform feed_staff(v);
  perform record_edit(p_editor, 'staff', p_staff::text, staff_row(v) - 'payload_base64');
  return jsonb_build_object('answer', 'edited', 'version', v.version);
end
$$;

-- Sets the bcrypt of somebody's PIN or password for the tills.
create function set_verifier(p_editor uuid, p_staff uuid, p_credential text, p_bcrypt text) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v staff;
begin
  select * into v from staff where staff = p_staff for update;
  if v.staff is null then return '{"answer":"unknown"}'; end if;
  insert into staff_verifiers (staff, credential, bcrypt) values (p_staff, p_credential, p_bcrypt)
  on conflict (staff, credential) do update set bcrypt = excluded.bcrypt;
  perform feed_staff(v);
  perform record_edit(p_editor, 'verifier', concat(p_staff, '/', p_credential), '{}');
  return '{"answer":"recorded"}';
end
$$;

create function rename_till(p_editor uuid, p_till uuid, p_name text) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v tills;
  v_row jsonb;
begin
  update tills set name = p_name where till = p_till returning * into v;
  if v.till is null then return '{"answer":"unknown"}'; end if;
  v_row := jsonb_build_object('till', v.till, 'code', v.code, 'name', v.name);
  perform put_feed_row(v.store_id, 'till', v.till::text, v_row);
  perform record_edit(p_editor, 'till', v.till::text, v_row);
  return '{"answer":"recorded"}';
end
$$;

-- From now on the till is answered `refused`, `deactivated`; it sells on and says so.
create function set_till_active(p_editor uuid, p_till uuid, p_active boolean) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v tills;
begin
  select * into v from tills where till = p_till;
  if v.till is null then return '{"answer":"unknown"}'; end if;
  perform take_head(v.store_id, v.till_id);
  -- A transaction whose snapshot is from before would read that it is active still. It can't lock a row that changed since.
  update till_heads set decided_at = decided_at where store_id = v.store_id and till_id = v.till_id;
  update tills set active = p_active where till = p_till;
  perform record_edit(p_editor, 'till', p_till::text, jsonb_build_object('active', p_active));
  return '{"answer":"recorded"}';
end
$$;
