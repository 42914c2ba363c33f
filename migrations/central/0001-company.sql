-- The company, its stores and tills, and the one place that says which till is asking.
--
-- A column named after a noun (`till`) is the UUID that the journal uses; with `_id` it is the small integer inside.

-- Nobody may call or use what is made from here on unless it says so. (For a schema alone PostgreSQL can't take back what it
-- gives to everybody by default, so this is said for the owner's objects as a whole.)
alter default privileges revoke all on functions from public;
alter default privileges revoke all on types from public;

create table company (
  only_one boolean primary key default true check (only_one),
  company uuid not null,
  name text not null,
  -- Changes when the database comes back from a backup: every till then learns that central may have forgotten.
  incarnation uuid not null,
  -- The version of the program that brought the database to where it is: tills are told it. Null where nobody said.
  version text check (length(version) <= 40),
  -- Where tills find the gateway (0020-gateway.sql); null where there is none.
  gateway_host text check (gateway_host <> '' and length(gateway_host) <= 255),
  gateway_port integer check (gateway_port between 1 and 65535),
  check ((gateway_host is null) = (gateway_port is null))
);

create table stores (
  store_id integer primary key generated always as identity (start with 1),
  store uuid not null unique,
  name text not null,
  active boolean not null default true,
  created_at timestamptz not null default now()
);

create table tills (
  store_id integer not null,
  till_id integer not null generated always as identity,
  till uuid not null unique,
  -- Leads every receipt number, so it is one till's for ever.
  code text not null unique check (code ~ '^[A-Z0-9]{1,8}$'),
  name text not null check (name <> '' and length(name) <= 200),
  active boolean not null default true,
  enrolled_at timestamptz not null default now(),
  primary key (store_id, till_id)
);

-- Where central stands in each till's journal. Apart from `tills`, because it changes with every push; the row is what
-- push locks first.
create table till_heads (
  store_id integer not null,
  till_id integer not null,
  -- The installation that speaks for the till: the one that enrolled, until the head office decides on another.
  installation uuid not null,
  decided_at timestamptz not null default now(),
  -- Another one has spoken before: since then a call has to say which of them makes it.
  was_another boolean not null default false,
  -- hash(0) of the chain: over its first installation's id. While nothing is held, over that of the one that speaks.
  genesis bytea not null check (octet_length(genesis) = 32),
  -- Of the last entry; null before the first. It falls behind `installation` until an `epoch.opened` catches up.
  chain_installation uuid,
  epoch integer not null,
  acked_seq bigint not null,
  head_hash bytea not null check (octet_length(head_hash) = 32),
  -- A fork that is being adopted: its entry that was reached, and its last one. Null where there is none.
  fork_seq bigint,
  fork_hash bytea,
  fork_head_seq bigint,
  fork_head_hash bytea,
  last_entry_at timestamptz,
  last_push_at timestamptz,
  last_seen_at timestamptz,
  -- When it said that it leaves; null as long as it is there, and again when it comes back.
  left_at timestamptz,
  -- What the till said of itself at its last hello: its head, how that met ours (equal, ahead, behind, fork), its clock.
  reported_seq bigint,
  reported_hash bytea,
  reported_chain text,
  clock_offset_ms bigint,
  app_version text,
  primary key (store_id, till_id)
) with (fillfactor = 50);

-- Every installation that said hello as a till, whether it was let in or not: what the head office decides from.
create table till_installations (
  store_id integer not null,
  till_id integer not null,
  installation uuid not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  reported_epoch integer,
  reported_seq bigint,
  reported_hash bytea,
  app_version text,
  clock_offset_ms bigint,
  -- When another was let speak in its place; null of the one that does, and of one that never did.
  spoke_until timestamptz,
  -- It was decided that it does not speak, as long as it tells of this head.
  passed_over_seq bigint,
  passed_over_hash bytea,
  primary key (store_id, till_id, installation)
) with (fillfactor = 80);

-- The logins of the tills, one for each code that was used: a PC that was replaced keeps its own, and is told so. A table
-- of its own, so that the policy on it needs to ask nobody: all others ask it.
create table till_logins (
  login name primary key,
  store_id integer not null,
  till_id integer not null,
  store uuid not null,
  till uuid not null
);

-- What the gateway signs for itself with, in this database only. Never sent, and drawn anew at any time does no harm.
create table gateway_secret (
  only_one boolean primary key default true check (only_one),
  secret bytea not null check (octet_length(secret) = 32),
  -- What sessions of the gateway's role begin with (0020-gateway.sql), and when that was last put right.
  role_settings text[] not null default '{}',
  mended_at timestamptz not null default '-infinity',
  -- The verifier of that role's password, where there is a PgBouncer that logs in with it, and when it was last written.
  role_verifier text,
  verified_at timestamptz not null default '-infinity'
);
insert into gateway_secret (secret) values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- Of a text, under the secret.
create function gateway_seal(p_text text) returns text
language sql stable parallel safe
begin atomic
  select encode(sha256(secret || sha256(secret || convert_to(p_text, 'UTF8'))), 'hex') from gateway_secret;
end;

-- What says inside of one transaction that a till's login has proved itself at the gateway.
create function gateway_word(p_login text) returns text
language sql stable parallel safe
return p_login || ' ' || gateway_seal(p_login || ' ' || extract(epoch from transaction_timestamp()));

-- The login that speaks: whoever logged in; through the gateway, whoever has proved in this transaction who it is. Anybody
-- can set the setting, and nobody but gateway() can set what is sealed.
create function speaking_login() returns name
language sql stable parallel safe
return case when session_user <> :'gateway' then session_user
  when current_setting('evertill.speaks', true) = gateway_word(split_part(current_setting('evertill.speaks', true), ' ', 1))
    then split_part(current_setting('evertill.speaks', true), ' ', 1)::name end;

create type till_identity as (store_id integer, till_id integer, store uuid, till uuid);

-- The till that is asking; null for anybody else. The only place, with speaking_login, that knows how that is told. It is
-- looked up once a call and written down until its end: every table's row security asks again, some thirty times for a sale.
-- Anybody can write the same settings: so a function that a till may call, and that runs as the owner, asks this before
-- anything else. (A function can't be declared to empty them: that takes a superuser, who is not everywhere.)
create function current_till() returns till_identity
language plpgsql
as $$
declare
  me till_identity;
begin
  select l.store_id, l.till_id, l.store, l.till into me from till_logins l where l.login = speaking_login();
  perform set_config('evertill.store', coalesce(me.store_id::text, ''), true);
  perform set_config('evertill.till', coalesce(me.till_id::text, ''), true);
  return me;
end
$$;

-- What current_till() found; null before it was asked.
create function current_store_id() returns integer
language sql stable parallel safe
return nullif(current_setting('evertill.store', true), '')::integer;

create function current_till_id() returns integer
language sql stable parallel safe
return nullif(current_setting('evertill.till', true), '')::integer;

-- Whether the session acts for the whole company: the head office, somebody enrolling with a code, or who may become the
-- owner anyway. Row security lets these see every store; what they may call is granted function by function.
create function acts_for_company() returns boolean
language sql stable parallel safe
return session_user = :'headoffice'
  or pg_has_role(session_user, :'enrolments', 'member')
  or pg_has_role(session_user, :'owner', 'member');

-- A UUIDv7 by the server's clock.
create function new_uuid() returns uuid
language sql volatile
return encode(
  set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid())
      placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1),
  'hex')::uuid;

-- How an instant is written in an answer, whatever the session's settings.
create function utc_text(instant timestamptz) returns text
language sql immutable parallel safe
return to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
