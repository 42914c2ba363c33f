-- How a till joins, and how a new PC takes one over. A code is a LOGIN role of its own that may call enrol() and nothing
-- else, until it expires: who knows the secret can log in (SCRAM proves it without sending it), and no table holds it.

create table enrolment_codes (
  login name primary key,
  -- A shop that comes with its history brings these three with it: null until it has used the code.
  store_id integer,
  till_code text check (till_code ~ '^[A-Z0-9]{1,8}$'),
  till_name text check (till_name <> '' and length(till_name) <= 200),
  is_history boolean not null,
  -- The till that a new PC takes over; null where the code makes a new till.
  takeover_till_id integer,
  created_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- Set when it is used. The same installation may ask again (its answer may have been lost), no other.
  used_at timestamptz,
  installation uuid,
  till_id integer,
  till_login name,
  check (is_history or store_id is not null and till_code is not null and till_name is not null)
);

-- What a till's login proves itself with at the gateway: the two blocks of an HMAC (RFC 2104) over its key. And the password
-- with which PgBouncer lets it in, made of the key: in plain, since PgBouncer 1.18 would take the keys of a SCRAM verifier
-- for those of its own login. It opens nothing but the door of PgBouncer. Nobody but the owner's functions reads them.
create table till_keys (
  login name primary key,
  inner_block bytea not null check (octet_length(inner_block) = 64),
  outer_block bytea not null check (octet_length(outer_block) = 64),
  gateway_password text not null
);

create function keep_till_key(p_login name, p_key bytea) returns void
language plpgsql
as $$
declare
  v_inner bytea := decode(repeat('36', 64), 'hex');
  v_outer bytea := decode(repeat('5c', 64), 'hex');
begin
  for i in 0 .. 31 loop
    v_inner := set_byte(v_inner, i, get_byte(v_inner, i) # get_byte(p_key, i));
    v_outer := set_byte(v_outer, i, get_byte(v_outer, i) # get_byte(p_key, i));
  end loop;
  insert into till_keys (login, inner_block, outer_block, gateway_password)
  values (p_login, v_inner, v_outer,
    encode(sha256(v_outer || sha256(v_inner || convert_to('evertill gateway login 1', 'UTF8'))), 'hex'))
  on conflict (login) do update set inner_block = excluded.inner_block, outer_block = excluded.outer_block,
    gateway_password = excluded.gateway_password;
end
$$;

-- What the server does by itself about a session whose wire fell silent, so that nobody hears of its end. A call whose last
-- message was lost would otherwise keep its locks, and the whole store waiting, until the server's own keepalive (two hours),
-- and a few idle sessions would use up what a login may have. A till asks every few seconds and never opens a transaction.
create function limit_session(p_login name) returns void
language plpgsql
as $$
declare
  v_setting text;
begin
  foreach v_setting in array '{statement_timeout=30s,transaction_timeout=35s,idle_session_timeout=60s,
    idle_in_transaction_session_timeout=10s,tcp_keepalives_idle=20s,tcp_keepalives_interval=5s,tcp_keepalives_count=4,
    temp_file_limit=256MB}'::text[]
  loop
    -- PostgreSQL 16 has no transaction_timeout: there the keepalive alone finds out, in 40 seconds.
    continue when current_setting(split_part(v_setting, '=', 1), true) is null;
    -- Where no superuser made this database, nobody gave us the right to say this one.
    continue when v_setting like 'temp%' and not has_parameter_privilege('temp_file_limit', 'set');
    execute format('alter role %I set %I = %L', p_login, split_part(v_setting, '=', 1), split_part(v_setting, '=', 2));
  end loop;
  -- The owner sees and may end its sessions.
  execute format('grant %I to %I with inherit true, set false', p_login, :'owner');
end
$$;

-- How long a transaction of a till or a code can last that keeps to its limits, and a little more.
create function longest_transaction() returns interval
language sql immutable parallel safe
return interval '40 seconds';

-- How long a till waits for the answer of any call but a push (sync/central.ts), and a little more.
create function longest_call() returns interval
language sql immutable parallel safe
return interval '12 seconds';

-- Whether a session is in a transaction that holds the head of some till. Who locks a row has a lock on its table, too, and
-- that is told of everybody.
create function holds_a_head(p_pid integer) returns boolean
language sql stable
return exists (select from pg_locks l
  where l.pid = p_pid and l.relation = 'till_heads'::regclass and l.mode in ('RowShareLock', 'RowExclusiveLock'));

-- Ends sessions that keep a transaction open for longer than their limits let them. A session can set its own limits aside,
-- all but the last, and nobody can forbid it; with a push in an open transaction it would hold its store for ever, and with
-- twenty of any statement that lasts the gateway, which has no more sessions. Whoever waited for it in vain comes again and
-- says hello, which calls this. Of the gateway's sessions those that hold no till's head are ended sooner: they push nothing,
-- and a till that has asked for anything else waits no more.
create function end_overlong() returns void
language sql
begin atomic
  select pg_terminate_backend(a.pid) from pg_stat_activity a
  where a.datname = current_database() and a.pid <> pg_backend_pid()
    and a.xact_start < clock_timestamp() - least(longest_transaction(), longest_call())
    and case when a.usename = :'gateway'
      then a.xact_start < clock_timestamp() - longest_transaction() or not holds_a_head(a.pid)
      else a.xact_start < clock_timestamp() - longest_transaction()
        and a.usesysid in (select m.member from pg_auth_members m join pg_roles r on r.oid = m.roleid
          where r.rolname in (:'tills', :'enrolments')) end;
end;

-- Takes the lock on a till's head for the head office, which need not wait: a transaction that could hold it is ended. That
-- is any of the till's own, and any in the gateway's role that holds some head: what such a session calls itself is its own
-- choice. What it was pushing comes again, if the till may still speak.
create function take_head(p_store_id integer, p_till_id integer) returns void
language plpgsql
as $$
begin
  perform from till_heads where store_id = p_store_id and till_id = p_till_id for update skip locked;
  if found then return; end if;
  perform pg_terminate_backend(a.pid) from pg_stat_activity a
  where a.datname = current_database() and (
    a.xact_start is not null and a.usename in (
      select login from till_logins where store_id = p_store_id and till_id = p_till_id)
    or a.usename = :'gateway' and holds_a_head(a.pid));
  perform from till_heads where store_id = p_store_id and till_id = p_till_id for update;
end
$$;

-- Makes a code, unless one is open for the same till. Answers `{ "answer": "created", "login", "secret", "expires_at" }`:
-- ten and thirty hexadecimal digits, shown once. Without a store it is for a shop that brings its own. The caller holds a
-- lock on the store.
create function make_code(p_editor uuid, p_store_id integer, p_till_code text, p_till_name text,
  p_takeover_till_id integer, p_valid interval) returns jsonb
language plpgsql
as $$
declare
  v_stale name;
  v_random constant text := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
  v_login constant text := 'evertill_code_' || substring(v_random from 1 for 10);
  v_secret constant text := substring(v_random from 11 for 30);
  v_expires constant timestamptz := now() + p_valid;
begin
  if p_valid is null or p_valid not between interval '1 second' and interval '30 days' then
    raise exception 'a code is valid for 1 second to 30 days' using errcode = 'invalid_parameter_value';
  end if;
  for v_stale in
    delete from enrolment_codes where expires_at < now() - interval '1 day' returning login
  loop
    execute format('drop role if exists %I', v_stale);
  end loop;
  if exists (select from enrolment_codes where till_code = p_till_code and used_at is null and expires_at > now()) then
    return '{"answer":"taken"}';
  end if;
  execute format('create role %I login connection limit 2 valid until %L password %L', v_login, v_expires,
    v_secret);
  execute format('grant %I to %I with inherit true, set false', :'enrolments', v_login);
  perform limit_session(v_login);
  insert into enrolment_codes (login, store_id, till_code, till_name, is_history, takeover_till_id, created_by, expires_at)
  values (v_login, p_store_id, p_till_code, p_till_name, p_store_id is null, p_takeover_till_id, p_editor, v_expires);
  perform record_edit(p_editor, 'enrolment_code', coalesce(p_till_code, ''),
    jsonb_build_object('store', (select store from stores where store_id = p_store_id),
      'takeover', p_takeover_till_id is not null));
  return jsonb_build_object('answer', 'created', 'login', substring(v_login from 15), 'secret', v_secret,
    'expires_at', utc_text(v_expires));
end
$$;

-- A code with which a new till joins a store.
create function create_enrolment_code(p_editor uuid, p_store uuid, p_till_code text, p_till_name text,
  p_valid interval default '1 hour') returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
as $$
declare
  v_store_id integer;
begin
  select store_id into v_store_id from stores where store = p_store and active for update;
  if v_store_id is null then return '{"answer":"unknown"}'; end if;
  if exists (select from tills where code = p_till_code) then return '{"answer":"taken"}'; end if;
  return make_code(p_editor, v_store_id, p_till_code, p_till_name, null, p_valid);
end
$$;

-- A code with which a new PC takes over a till: it then speaks for it, and gets its journal back.
create function create_takeover_code(p_editor uuid, p_till uuid, p_valid interval default '1 hour') returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
as $$
declare
  v_till tills;
begin
  select * into v_till from tills where till = p_till;
  if v_till.till is null then return '{"answer":"unknown"}'; end if;
  if not v_till.active then return '{"answer":"inactive"}'; end if;
  perform from stores where store_id = v_till.store_id for update;
  return make_code(p_editor, v_till.store_id, v_till.code, v_till.name, v_till.till_id, p_valid);
end
$$;

-- From now on another installation speaks for a till. What the one before told of itself is no longer the till's.
create function let_speak(p_store_id integer, p_till_id integer, p_installation uuid) returns void
language plpgsql
as $$
declare
  v_said till_installations;
begin
  perform take_head(p_store_id, p_till_id);
  update till_installations i
  set spoke_until = case i.installation when p_installation then null else now() end, passed_over_seq = null,
    passed_over_hash = null
  from till_heads h
  where h.store_id = p_store_id and h.till_id = p_till_id and i.store_id = h.store_id and i.till_id = h.till_id
    and h.installation <> p_installation and i.installation in (h.installation, p_installation);
  select * into v_said from till_installations
  where store_id = p_store_id and till_id = p_till_id and installation = p_installation;
  update till_heads set installation = p_installation, was_another = true, decided_at = clock_timestamp(),
    genesis = case acked_seq when 0 then genesis_of(p_installation::text) else genesis end,
    head_hash = case acked_seq when 0 then genesis_of(p_installation::text) else head_hash end,
    last_seen_at = v_said.last_seen_at, left_at = null, reported_seq = v_said.reported_seq, reported_hash = v_said.reported_hash,
    reported_chain = null, clock_offset_ms = v_said.clock_offset_ms, app_version = v_said.app_version
  where store_id = p_store_id and till_id = p_till_id and installation <> p_installation;
  -- Decided again for the same one: whoever else has asked since is known, and passed over.
  update till_heads set decided_at = clock_timestamp() where store_id = p_store_id and till_id = p_till_id;
end
$$;

-- Decides which of the installations that said hello as a till speaks for it. Answers recorded, unknown.
create function decide_installation(p_editor uuid, p_till uuid, p_installation uuid) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_till tills;
begin
  select t.* into v_till from tills t where t.till = p_till and (
    exists (select from till_installations i where i.store_id = t.store_id and i.till_id = t.till_id
      and i.installation = p_installation)
    or exists (select from till_heads h where h.store_id = t.store_id and h.till_id = t.till_id
      and h.installation = p_installation));
  if v_till.till is null then return '{"answer":"unknown"}'; end if;
  perform let_speak(v_till.store_id, v_till.till_id, p_installation);
  perform record_edit(p_editor, 'till', p_till::text, jsonb_build_object('installation', p_installation));
  return '{"answer":"recorded"}';
end
$$;

-- Installations that ask to speak for a till since it was last decided who does, and were not passed over.
create view asking_installations with (security_invoker = true) as
select i.*, h.acked_seq from till_installations i join till_heads h using (store_id, till_id)
where i.installation <> h.installation and i.last_seen_at > h.decided_at
  -- A higher number would not do: a file that was put back from a backup sells on from a lower one.
  and (i.passed_over_seq is null
    or (coalesce(i.reported_seq, 0), i.reported_hash) is distinct from (i.passed_over_seq, i.passed_over_hash));

-- Decides that an installation which asks does not speak for its till: it is no longer shown, unless it sells on. Answers
-- recorded, unknown (also of the one that speaks, and of one that does not tell of `p_seq` any more).
create function pass_over(p_editor uuid, p_till uuid, p_installation uuid, p_seq bigint) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
begin
  update till_installations i set passed_over_seq = p_seq, passed_over_hash = i.reported_hash
  from tills t
  where t.till = p_till and i.store_id = t.store_id and i.till_id = t.till_id and i.installation = p_installation
    and exists (select from asking_installations a where a.store_id = i.store_id and a.till_id = i.till_id
      and a.installation = i.installation and coalesce(a.reported_seq, 0) = p_seq);
  if not found then return '{"answer":"unknown"}'; end if;
  perform record_edit(p_editor, 'till', p_till::text, jsonb_build_object('passed_over', p_installation, 'seq', p_seq));
  return '{"answer":"recorded"}';
end
$$;

-- A login for a till. `p_verifier` is the SCRAM verifier of its password, `p_key` what it proves itself with at the gateway.
create function make_till_login(p_till tills, p_verifier text, p_key bytea) returns name
language plpgsql
as $$
declare
  v_login constant text := concat('evertill_till_', substring(replace(gen_random_uuid()::text, '-', '') from 1 for 12));
begin
  insert into till_logins (login, store_id, till_id, store, till)
  select v_login, p_till.store_id, p_till.till_id, store, p_till.till from stores where store_id = p_till.store_id;
  execute format('create role %I login connection limit 4 password %L', v_login, p_verifier);
  execute format('grant %I to %I with inherit true, set false', :'tills', v_login);
  perform limit_session(v_login);
  perform keep_till_key(v_login, p_key);
  return v_login;
end
$$;

create function out_of_use(p_till tills) returns jsonb
language sql immutable
return jsonb_build_object('answer', 'refused', 'reason', 'till_inactive', 'detail', p_till.code);

-- Called by who logged in with a code: makes the till, or lets the installation speak for the one that it takes over, or
-- lets in a shop that was its own (`p_shop`), and a login. `p_verifier` is the SCRAM verifier of a password that only the
-- till knows, `p_key` a key that it makes from that password, for the gateway. Answers enrolled, expired, used, other_kind
-- (the code is for an empty till, or for a history), refused. For a till that is out of use nothing is changed.
create function enrol(p_installation uuid, p_verifier text, p_key bytea, p_shop jsonb default null) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
set lock_timeout = '5s'
as $$
declare
  v_code enrolment_codes;
  v_till tills;
  v_head till_heads;
  v_genesis bytea;
  v_admitted record;
begin
  if p_installation is null
    or p_verifier !~ '^SCRAM-SHA-256\$4096:[A-Za-z0-9+/]{22,44}={0,2}\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$'
    or p_verifier is null or octet_length(p_key) is distinct from 32
  then
    raise exception 'malformed enrolment' using errcode = 'invalid_parameter_value';
  end if;
  select * into v_code from enrolment_codes where login = session_user for update;
  if v_code.login is null then
    raise exception 'not an enrolment code' using errcode = 'insufficient_privilege';
  end if;
  if v_code.expires_at <= clock_timestamp() then return '{"answer":"expired"}'; end if;
  if v_code.installation <> p_installation then return '{"answer":"used"}'; end if;
  if v_code.is_history <> (p_shop is not null) then
    return jsonb_build_object('answer', 'other_kind', 'kind', case when v_code.is_history then 'history' else 'empty' end);
  end if;

  if v_code.used_at is null then
    if v_code.is_history then
      v_admitted := admit_shop(v_code.created_by, p_shop, p_installation);
      if v_admitted.refused is not null then return v_admitted.refused; end if;
      v_till := v_admitted.admitted;
    elsif v_code.takeover_till_id is null then
      insert into tills (store_id, till, code, name)
      values (v_code.store_id, new_uuid(), v_code.till_code, v_code.till_name) returning * into v_till;
      v_genesis := genesis_of(p_installation::text);
      insert into till_heads (store_id, till_id, installation, genesis, epoch, acked_seq, head_hash)
      values (v_till.store_id, v_till.till_id, p_installation, v_genesis, 0, 0, v_genesis);
      perform put_feed_row(v_till.store_id, 'till', v_till.till::text,
        jsonb_build_object('till', v_till.till, 'code', v_till.code, 'name', v_till.name));
    else
      -- Before it is read, so that nobody takes it out of use meanwhile.
      perform take_head(v_code.store_id, v_code.takeover_till_id);
      select * into strict v_till from tills where store_id = v_code.store_id and till_id = v_code.takeover_till_id;
      if not v_till.active then return out_of_use(v_till); end if;
      perform let_speak(v_till.store_id, v_till.till_id, p_installation);
    end if;
    update enrolment_codes set used_at = now(), installation = p_installation, store_id = v_till.store_id,
      till_id = v_till.till_id, till_code = v_till.code, till_name = v_till.name,
      till_login = make_till_login(v_till, p_verifier, p_key)
    where login = v_code.login;
    perform record_edit(null, 'till', v_till.till::text,
      jsonb_build_object(case when v_code.takeover_till_id is null then 'enrolled' else 'taken_over' end, true));
  else
    select * into strict v_till from tills where store_id = v_code.store_id and till_id = v_code.till_id;
    if not v_till.active then return out_of_use(v_till); end if;
    -- Joining was begun here and ended on another PC, with another code. A shop that was its own goes on as a PC that asks:
    -- it has a journal, of which the head office decides.
    if not v_code.is_history and exists (select from till_heads where store_id = v_till.store_id
      and till_id = v_till.till_id and installation <> p_installation) then
      return '{"answer":"used"}';
    end if;
    if v_code.is_history then v_till := hear_shop(v_code.created_by, v_till, p_shop); end if;
    execute format('alter role %I password %L', v_code.till_login, p_verifier);
    perform keep_till_key(v_code.till_login, p_key);
  end if;
  select * into strict v_head from till_heads where store_id = v_till.store_id and till_id = v_till.till_id;
  return jsonb_build_object('answer', 'enrolled',
    'store', (select store from stores where store_id = v_till.store_id), 'till', v_till.till, 'code', v_till.code,
    'name', v_till.name,
    'login', (select till_login from enrolment_codes where login = v_code.login),
    'genesis_hash', encode(v_head.genesis, 'hex'), 'acked_seq', v_head.acked_seq,
    'head_hash', encode(v_head.head_hash, 'hex'), 'incarnation', (select incarnation from company));
end
$$;
