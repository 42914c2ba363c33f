-- Source tables: the tills' journals as they came, and what belongs beside them.

-- The tables that grow with every sale are cut into parts, by store: every key begins with it, so whatever asks by key
-- reaches one part. Each part more makes every plan dearer, so there are few to begin with (0021-partitions.sql splits
-- them; docs/decisions/0009-partitions.md says why).
create function make_partitions(p_table text) returns void
language plpgsql
as $$
begin
  for i in 0 .. 3 loop
    execute format('create table %I partition of %I for values with (modulus 4, remainder %s)',
      concat(p_table, '_4_', i), p_table, i);
  end loop;
end
$$;

-- Whether an entry says moments and money that every page can show (shared/journal/envelope.ts): one row that does not, of
-- one till, and no list that it is in could be read.
create function is_readable(p_at timestamptz, p_business_date date, p_currency text) returns boolean
language sql immutable
return p_at >= '1900-01-01Z' and p_at < '3000-01-01Z' and p_business_date >= '1900-01-01'
  and p_business_date < '3000-01-01' and p_currency ~ '^[A-Z]{3}$';

-- Bytes and hash are the till's own; the other columns are copies for queries, null where the bytes can't be read. An
-- adopted entry's are those of the fact inside, the epoch apart.
create table journal_entries (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  epoch integer,
  adopted boolean not null,
  kind text,
  version integer,
  command uuid,
  n integer,
  actor uuid,
  at timestamptz,
  offset_minutes smallint,
  business_date date,
  currency text,
  received_at timestamptz not null default now(),
  hash bytea not null,
  bytes bytea not null,
  constraint readable check (is_readable(at, business_date, currency)),
  primary key (store_id, till_id, seq)
) partition by hash (store_id);
select make_partitions('journal_entries');
-- What a command wrote happened once. The row of a second entry that says so has no command. The command leads, so that no
-- plan takes this index for the primary key's and reads a till's whole journal.
create unique index journal_entries_command on journal_entries (command, n, store_id, till_id);

-- The epochs of each till's chain. No receipt series comes twice, so no receipt number does.
create table journal_epochs (
  store_id integer not null,
  till_id integer not null,
  epoch integer not null,
  seq bigint not null,
  installation uuid not null,
  reason text not null,
  series text not null,
  -- Where the fork began that was adopted in it; null where it settled none.
  fork_base_seq bigint,
  primary key (store_id, till_id, epoch)
);
create unique index journal_epochs_series on journal_epochs (store_id, till_id, series);

create table private_payloads (
  -- 0 where the head office wrote it.
  store_id integer not null,
  hash bytea not null check (octet_length(hash) = 32),
  bytes bytea not null check (octet_length(bytes) <= 65536),
  received_at timestamptz not null default now(),
  primary key (store_id, hash)
);

-- Payloads that were deleted for good: they are refused when they come again.
create table erased_payloads (
  store_id integer not null,
  hash bytea not null,
  till_id integer not null,
  seq bigint not null,
  primary key (store_id, hash)
);

-- Entries that could not be projected. They are held and acknowledged like any other.
create table quarantined_entries (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  -- SQLSTATE, and the message of PostgreSQL or of a check of ours.
  code text not null,
  reason text not null,
  since timestamptz not null default now(),
  -- What it is and what it is about (0014-reproject.sql), where it can be read.
  kind text,
  subject text,
  primary key (store_id, till_id, seq)
);
create index quarantined_entries_subject on quarantined_entries (store_id, till_id, subject) where subject is not null;

-- Entries of a kind or version that central has not learned: kept, and projected when it has.
create table unprojected_entries (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  kind text not null,
  version integer not null,
  subject text,
  primary key (store_id, till_id, seq)
);
create index unprojected_entries_subject on unprojected_entries (store_id, till_id, subject) where subject is not null;

create function refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog, evertill, pg_temp
as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;

create trigger append_only before update or delete on journal_entries
  for each row execute function refuse_change();
create trigger never_emptied before truncate on journal_entries
  for each statement execute function refuse_change();
create trigger append_only before update or delete on journal_epochs
  for each row execute function refuse_change();
create trigger never_emptied before truncate on journal_epochs
  for each statement execute function refuse_change();
create trigger append_only before update or delete on erased_payloads
  for each row execute function refuse_change();
create trigger never_emptied before truncate on erased_payloads
  for each statement execute function refuse_change();
