-- The gateway: many tills over few connections. PgBouncer lets each till in by its own login and a password made for that, and gives it,
-- for one transaction at a time, a session of one role that all share. So every call proves which till makes it: by an
-- HMAC over a nonce of the server's, the call and what it says, the till's head among it.

select limit_session(r) from unnest(array[:'gateway', :'bouncer']) as r;
-- PgBouncer keeps its sessions, and knows itself when they are too many.
alter role :"gateway" set idle_session_timeout = 0;
alter role :"bouncer" set idle_session_timeout = 0;

update gateway_secret set role_settings = (
  select setconfig from pg_db_role_setting where setrole = :'gateway'::regrole and setdatabase = 0);

-- Keeps the verifier of the password that PgBouncer logs in with, so that it can be put back. Called by whoever administers
-- the database, who gives the role that password.
create function keep_gateway_verifier(p_verifier text) returns void
language sql
begin atomic
  update gateway_secret set role_verifier = p_verifier, verified_at = clock_timestamp();
end;

-- Puts the role back to what it was made with. Every till is that role behind PgBouncer, a role may change that of itself,
-- and nobody can forbid it. Tills that don't get through go to the database directly and say hello there, which calls this.
create function mend_gateway() returns void
language plpgsql
as $$
begin
  perform mend_gateway_settings();
  -- Who came through the gateway was let in by it.
  if session_user <> :'gateway' then perform mend_gateway_password(); end if;
end
$$;

-- What its sessions begin with: read-only, say, and no till's call would get through. Sessions that were begun with something
-- else are ended.
create function mend_gateway_settings() returns void
language plpgsql
as $$
declare
  v_secret gateway_secret;
  v_setting text;
begin
  select * into strict v_secret from gateway_secret;
  if (select count(*) filter (where setdatabase = 0 and setconfig = v_secret.role_settings) <> 1 or count(*) <> 1
      from pg_db_role_setting where setrole = :'gateway'::regrole
        and setdatabase in (0, (select oid from pg_database where datname = current_database())))
  then
    begin
      update gateway_secret set mended_at = clock_timestamp() returning * into v_secret;
      execute format('alter role %I reset all', :'gateway');
      execute format('alter role %I in database %I reset all', :'gateway', current_database());
      foreach v_setting in array v_secret.role_settings loop
        execute format('alter role %I set %I = %L', :'gateway', split_part(v_setting, '=', 1), split_part(v_setting, '=', 2));
      end loop;
    exception when others then
      -- Somebody else does the same just now, or undoes it: whoever comes next tries again.
      return;
    end;
  end if;
  -- Some may begin while this is not committed yet.
  perform pg_terminate_backend(a.pid) from pg_stat_activity a
  where a.datname = current_database() and a.usename = :'gateway' and a.pid <> pg_backend_pid()
    and a.backend_start < v_secret.mended_at + interval '5 seconds';
end
$$;

-- The password: with another one PgBouncer opens no session any more. What it is now only a superuser could read, so it is not
-- compared but written; and each time that leaves a dead row in the cluster's roles and empties what every session remembers
-- of them, so once a minute is enough, and nobody waits for who does it.
create function mend_gateway_password() returns void
language plpgsql
as $$
declare
  v_verifier text;
begin
  select g.role_verifier into v_verifier from gateway_secret g, company c
  where c.gateway_host is not null and g.role_verifier is not null
    and g.verified_at < clock_timestamp() - interval '1 minute'
  for update of g skip locked;
  if v_verifier is null then return; end if;
  update gateway_secret set verified_at = clock_timestamp();
  begin
    execute format('alter role %I password %L', :'gateway', v_verifier);
  exception when others then
    -- It is being changed in this very moment: no hello fails for that, and another one comes.
    return;
  end;
end
$$;

-- How long a nonce is good for. Within it a call that somebody overheard could be made again, and would do nothing new.
create function nonce_lasts_ms() returns bigint
language sql immutable parallel safe
return 600000;

-- For a login, from this moment on: milliseconds since 1970, and the seal that they are ours.
create function make_nonce(p_login name, p_ms bigint) returns text
language sql stable
return p_ms || '.' || left(gateway_seal('nonce ' || p_login || ' ' || p_ms), 32);

-- Milliseconds since a nonce was made; null where it is not ours, not this login's, or too old.
create function nonce_age_ms(p_login name, p_nonce text) returns bigint
language plpgsql stable
as $$
declare
  v_ms bigint;
  v_age_ms bigint;
begin
  if p_nonce is null or p_nonce !~ '^[0-9]{1,15}\.[0-9a-f]{32}$' then return null; end if;
  v_ms := split_part(p_nonce, '.', 1)::bigint;
  if p_nonce <> make_nonce(p_login, v_ms) then return null; end if;
  v_age_ms := (extract(epoch from clock_timestamp()) * 1000)::bigint - v_ms;
  return case when v_age_ms between 0 and nonce_lasts_ms() then v_age_ms end;
end
$$;

-- Makes a till's call in a shared session. `p_call` is hello, push, pull, entry_hashes or fetch_entries, `p_arguments`
-- what it is called with as JSON, a push's entries beside. `p_proof` is the HMAC-SHA-256 under the till's key of
-- "evertill gateway 1", login, nonce, call, arguments and the last hash in hex (empty without entries), a line each: the
-- last hash holds all entries before it. Answers what the call does, with a newer `nonce` when it is time for one; or
-- `{ "answer": "nonce", "nonce" }` alone, and has done nothing, where the nonce is not good: the till proves itself again.
create function gateway(p_login name, p_nonce text, p_proof bytea, p_call text, p_arguments text,
  p_entries bytea[] default '{}', p_hashes bytea[] default '{}', p_payloads bytea[] default '{}') returns json
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
set lock_timeout = '5s'
set jit = off
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_age_ms bigint;
  v_fresh text;
  v_key till_keys;
  v_proof bytea;
  v_said jsonb;
  v_answer json;
begin
  if p_login is null or p_call is null or p_arguments is null or octet_length(p_arguments) > 16384 then
    raise exception 'malformed call' using errcode = 'invalid_parameter_value';
  end if;
  v_age_ms := nonce_age_ms(p_login, p_nonce);
  if v_age_ms is null or v_age_ms > nonce_lasts_ms() / 2 then
    v_fresh := make_nonce(p_login, (extract(epoch from clock_timestamp()) * 1000)::bigint);
    -- The same for a login that there is and one that there is not.
    if v_age_ms is null then return json_build_object('answer', 'nonce', 'nonce', v_fresh); end if;
  end if;

  select * into v_key from till_keys where login = p_login;
  v_proof := sha256(v_key.outer_block || sha256(v_key.inner_block || convert_to(concat_ws(E'\n', 'evertill gateway 1',
    p_login, p_nonce, p_call, p_arguments,
    coalesce(encode(p_hashes[cardinality(p_hashes)], 'hex'), '')), 'UTF8')));
  -- Hashes are compared, so that the time it takes tells nothing of the proof itself.
  if v_proof is null or sha256(v_proof) is distinct from sha256(p_proof) then
    raise exception 'not a till' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('evertill.speaks', gateway_word(p_login), true);
  -- So that whoever administers the server sees who it works for.
  perform set_config('application_name', 'evertill ' || p_login, true);

  v_said := p_arguments::jsonb;
  case p_call
    when 'hello' then
      v_answer := hello((v_said ->> 'installation')::uuid, (v_said ->> 'epoch')::integer, (v_said ->> 'seq')::bigint,
        decode(v_said ->> 'hash', 'hex'), v_said -> 'about');
    when 'push' then
      v_answer := push((v_said ->> 'epoch')::integer, (v_said ->> 'from_seq')::bigint, p_entries, p_hashes, p_payloads,
        (v_said ->> 'unprojected')::boolean, (v_said ->> 'installation')::uuid);
    when 'pull' then
      v_answer := pull(v_said -> 'cursors', (v_said ->> 'limit')::integer);
    when 'entry_hashes' then
      v_answer := entry_hashes((v_said ->> 'installation')::uuid,
        array(select value::bigint from jsonb_array_elements_text(v_said -> 'seqs') with ordinality as s(value, i)
          order by i));
    when 'fetch_entries' then
      v_answer := fetch_entries((v_said ->> 'installation')::uuid, (v_said ->> 'after')::bigint,
        (v_said ->> 'count')::integer, (v_said ->> 'bytes')::integer);
    else raise exception 'no such call' using errcode = 'invalid_parameter_value';
  end case;
  -- An answer is an object with something in it.
  return case when v_fresh is null then v_answer
    else concat('{"nonce":', to_json(v_fresh), ',', substr(v_answer::text, 2))::json end;
end
$$;

-- Whom PgBouncer lets in (its auth_query). Nobody is left out who was revoked: a till is told why it does not sync.
create function bouncer_login(p_login name, out login name, out password text)
language sql stable security definer
set search_path = pg_catalog, evertill, pg_temp
begin atomic
  select k.login, k.gateway_password from till_keys k where k.login = p_login;
end;

-- Where tills find the gateway from their next hello on; null and null where there is none any more. Called by whoever
-- administers the database.
create function announce_gateway(p_host text, p_port integer) returns void
language sql
begin atomic
  update company set gateway_host = p_host, gateway_port = p_port;
end;
