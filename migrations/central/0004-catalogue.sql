-- What the head office is the author of. Companywide unless it says otherwise; every record goes to the tills by the feed.

create table taxes (
  tax uuid primary key,
  code text not null check (code <> '' and length(code) <= 8),
  name text not null check (name <> '' and length(name) <= 200),
  rate_millionths integer not null check (rate_millionths between 0 and 10000000),
  active boolean not null
);

create table categories (
  category uuid primary key,
  name text not null check (name <> '' and length(name) <= 200),
  tint text not null,
  position integer not null check (position between 0 and 10000),
  active boolean not null
);

create table products (
  product uuid primary key,
  version integer not null,
  sku text not null check (sku <> '' and length(sku) <= 64),
  name text not null check (name <> '' and length(name) <= 200),
  unit text not null,
  -- In the currency of the store that sells it. Null: asked for at the till; 0 is free.
  price_minor bigint check (price_minor between 0 and 9999999999999),
  category uuid,
  taxes uuid[] not null,
  barcodes text[] not null,
  stocked boolean not null,
  active boolean not null,
  edited_at timestamptz not null default now(),
  -- The version at which each field got the value that it has; a field that is not named has it since the first.
  field_versions jsonb not null default '{}'
);
-- Not unique: shops that join may bring a clash, and a clash must not stop a feed. Making a new one is refused.
create index products_sku on products (sku);
create index products_name on products (lower(name) text_pattern_ops);
create index products_barcodes on products using gin (barcodes);

create table roles (
  role uuid primary key,
  name text not null check (name <> '' and length(name) <= 200),
  permissions text[] not null
);

-- Name and sign-in name are in the private payload.
create table staff (
  staff uuid primary key,
  version integer not null,
  roles uuid[] not null,
  active boolean not null,
  private bytea not null
);

-- Where somebody works: only these stores' tills learn of them.
create table staff_stores (
  store_id integer not null,
  staff uuid not null,
  primary key (store_id, staff)
);

-- bcrypt of PINs and passwords for the tills. Never in a journal.
create table staff_verifiers (
  staff uuid not null,
  credential text not null check (credential in ('pin', 'password')),
  bcrypt text not null check (bcrypt ~ '^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$'),
  primary key (staff, credential)
);

create table store_settings (
  store_id integer primary key,
  settings jsonb not null
);

-- Who changed what here. Append-only: the head office's own log.
create table office_edits (
  edit bigint primary key generated always as identity,
  at timestamptz not null default now(),
  editor uuid,
  kind text not null,
  key text not null,
  row jsonb not null
);
create trigger append_only before update or delete on office_edits
  for each row execute function refuse_change();
create trigger never_emptied before truncate on office_edits
  for each statement execute function refuse_change();

-- Who signs in at the head office's console. These never travel to a till.
create table office_users (
  office_user uuid primary key,
  login text not null check (login = lower(login) and login <> '' and length(login) <= 100),
  name text not null check (name <> '' and length(name) <= 200),
  password_bcrypt text not null,
  active boolean not null default true,
  created_at timestamptz not null default now()
);
create unique index office_users_login on office_users (login);

create table office_sessions (
  -- SHA-256 of the cookie's token: a copy of the table signs nobody in.
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  office_user uuid not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
