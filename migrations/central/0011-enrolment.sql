-- How a till joins. A code is a LOGIN role of its own that may call enrol() and nothing else, until it expires: who knows
-- the secret can log in (SCRAM proves it without sending it), and no table holds it.

create table enrolment_codes (
  login name primary key,
  store_id integer not null,
  till_code text not null check (till_code ~ '^[A-Z0-9]{1,8}$'),
  till_name text not null check (till_name <> '' and length(till_name) <= 200),
  created_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- Set when it is used. The same installation may ask again (its answer may have been lost), no other.
  used_at timestamptz,
  installation uuid,
  till_id integer
);

-- Answers `{ "answer": "created", "login", "secret", "expires_at" }`: ten and thirty hexadecimal digits, shown once.
create function create_enrolment_code(p_editor uuid, p_store uuid, p_till_code text, p_till_name text,
  p_valid interval default '1 hour') returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
as $$
declare
  v_store_id integer;
  v_stale name;
  v_random constant text := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
  v_login constant text := 'evertill_code_' || substring(v_random from 1 for 10);
  v_secret constant text := substring(v_random from 11 for 30);
  v_expires constant timestamptz := now() + p_valid;
begin
  if p_valid is null or p_valid not between interval '1 second' and interval '30 days' then
    raise exception 'a code is valid for 1 second to 30 days' using errcode = 'invalid_parameter_value';
  end if;
  select store_id into v_store_id from stores where store = p_store and active for update;
  if v_store_id is null then return '{"answer":"unknown"}'; end if;
  for v_stale in
    delete from enrolment_codes where expires_at < now() - interval '1 day' returning login
  loop
    execute format('drop role if exists %I', v_stale);
  end loop;
  if exists (select from tills where code = p_till_code)
    or exists (select from enrolment_codes where till_code = p_till_code and used_at is null and expires_at > now())
  then
    return '{"answer":"taken"}';
  end if;
  execute format('create role %I login connection limit 2 valid until %L password %L', v_login, v_expires,
    v_secret);
  execute format('grant %I to %I with inherit true, set false', :'enrolments', v_login);
  insert into enrolment_codes (login, store_id, till_code, till_name, created_by, expires_at)
  values (v_login, v_store_id, p_till_code, p_till_name, p_editor, v_expires);
  perform record_edit(p_editor, 'enrolment_code', p_till_code, jsonb_build_object('store', p_store));
  return jsonb_build_object('answer', 'created', 'login', substring(v_login from 15), 'secret', v_secret,
    'expires_at', utc_text(v_expires));
end
$$;

-- Called by who logged in with a code: makes the till and its login. `p_verifier` is the SCRAM verifier of a password that
-- only the till knows. Answers enrolled, expired, used.
create function enrol(p_installation uuid, p_verifier text) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
set lock_timeout = '5s'
as $$
declare
  v_code enrolment_codes;
  v_till tills;
  v_login text;
  v_genesis bytea;
begin
  if p_installation is null
    or p_verifier !~ '^SCRAM-SHA-256\$4096:[A-Za-z0-9+/]{22,44}={0,2}\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$'
    or p_verifier is null
  then
    raise exception 'malformed enrolment' using errcode = 'invalid_parameter_value';
  end if;
  select * into v_code from enrolment_codes where login = session_user for update;
  if v_code.login is null then
    raise exception 'not an enrolment code' using errcode = 'insufficient_privilege';
  end if;
  if v_code.expires_at <= clock_timestamp() then return '{"answer":"expired"}'; end if;
  if v_code.installation <> p_installation then return '{"answer":"used"}'; end if;
  v_genesis := sha256(convert_to(p_installation::text, 'UTF8'));

  if v_code.used_at is null then
    v_login := concat('evertill_till_', substring(replace(gen_random_uuid()::text, '-', '') from 1 for 12));
    insert into tills (store_id, till, code, name, login)
    values (v_code.store_id, new_uuid(), v_code.till_code, v_code.till_name, v_login) returning * into v_till;
    insert into till_logins (store_id, till_id, login, store, till)
    select v_till.store_id, v_till.till_id, v_login, store, v_till.till from stores where store_id = v_till.store_id;
    insert into till_heads (store_id, till_id, installation, epoch, acked_seq, head_hash)
    values (v_till.store_id, v_till.till_id, p_installation, 0, 0, v_genesis);
    execute format('create role %I login connection limit 4 password %L', v_login, p_verifier);
    execute format('grant %I to %I with inherit true, set false', :'tills', v_login);
    execute format('alter role %I set statement_timeout = %L', v_login, '30s');
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', v_login, '10s');
    update enrolment_codes set used_at = now(), installation = p_installation, till_id = v_till.till_id
    where login = v_code.login;
    perform put_feed_row(v_till.store_id, 'till', v_till.till::text,
      jsonb_build_object('till', v_till.till, 'code', v_till.code, 'name', v_till.name));
    perform record_edit(null, 'till', v_till.till::text, jsonb_build_object('enrolled', true));
  else
    select * into strict v_till from tills where store_id = v_code.store_id and till_id = v_code.till_id;
    execute format('alter role %I password %L', v_till.login, p_verifier);
  end if;
  return jsonb_build_object('answer', 'enrolled',
    'store', (select store from stores where store_id = v_till.store_id), 'till', v_till.till, 'code', v_till.code,
    'name', v_till.name, 'login', v_till.login, 'genesis_hash', encode(v_genesis, 'hex'),
    'incarnation', (select incarnation from company));
end
$$;
