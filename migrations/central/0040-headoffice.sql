-- What the head office's console keeps for itself: roles, answers to commands, counters of sign-in attempts.

-- Roles of the head office, apart from those of the tills. What a holder may do is rows here, never code.
create table office_roles (
  office_role uuid primary key,
  name text not null unique check (name <> '' and length(name) <= 200),
  permissions text[] not null
);

create table office_user_roles (
  office_user uuid not null,
  office_role uuid not null,
  primary key (office_user, office_role)
);

-- The answer of each command, so that a repeat gets it again and does nothing. The row is written first and in the
-- command's own transaction: a second copy of a command waits for it. Secrets are in neither hash nor answer.
create table office_answers (
  command uuid primary key,
  operation text not null,
  office_user uuid,
  input_hash bytea not null check (octet_length(input_hash) = 32),
  answer jsonb,
  at timestamptz not null
);
create index office_answers_at on office_answers (at);

-- How often signing in was tried, by address, by sign-in name, and by both. A name is kept as 16 bits of its hash: enough
-- to slow down whoever tries one name, too little to tell what was typed, which may be a password.
create table office_sign_in_attempts (
  scope text not null check (scope in ('address', 'login', 'both')),
  key bytea not null check (octet_length(key) <= 34),
  attempts integer not null,
  since timestamptz not null,
  primary key (scope, key)
);

-- Which of PIN and password somebody has; the hashes themselves stay out of the server's sight.
grant select (staff, credential) on staff_verifiers to :"headoffice";

-- Whether the tables are those of the server's own version.
grant select on migrations to :"headoffice";

-- A receipt is looked up by the number that a customer holds in their hand.
create index sales_receipt on sales (receipt_number, receipt_till);

-- Withdraws a code that nobody has used. `p_login` as create_enrolment_code answered it.
create function cancel_enrolment_code(p_editor uuid, p_login text) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_code enrolment_codes;
begin
  select * into v_code from enrolment_codes where login = concat('evertill_code_', p_login) for update;
  if v_code.login is null or v_code.used_at is not null then return '{"answer":"unknown"}'; end if;
  delete from enrolment_codes where login = v_code.login;
  execute format('drop role if exists %I', v_code.login);
  perform record_edit(p_editor, 'enrolment_code', coalesce(v_code.till_code, ''), '{"cancelled":true}');
  return '{"answer":"cancelled"}';
end
$$;

-- Lets the console look and then write without anybody else in between: what is unique in ways that no index can say (a
-- barcode among active products, a sign-in name inside a payload), and who is the last to hold a permission. It is the
-- lock that edits of the catalogue take first anyway.
create function lock_company() returns void
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
begin
  perform from stream_heads where store_id = 0 for update;
end
$$;

-- Changes a store's settings if they are still the ones that the change was made against.
create function edit_settings(p_editor uuid, p_store uuid, p_against jsonb, p_settings jsonb) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_settings jsonb;
begin
  select p.settings into v_settings from store_settings p join stores s using (store_id) where s.store = p_store
  for update of s, p;
  if v_settings is null then return '{"answer":"unknown"}'; end if;
  if v_settings <> p_against then return '{"answer":"stale"}'; end if;
  return record_settings(p_editor, p_store, p_settings);
end
$$;

-- Writes into the log who changed whose access to the console; never a password.
create function note_office_user(p_editor uuid, p_user uuid, p_row jsonb) returns void
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
begin
  perform record_edit(p_editor, 'office_user', p_user::text, p_row);
end
$$;

select protect_table(t, 'company') from unnest('{office_roles,office_user_roles,office_answers,
  office_sign_in_attempts}'::text[]) as t;
grant select, insert, update on office_roles to :"headoffice";
grant select, insert, update, delete on office_user_roles, office_answers, office_sign_in_attempts to :"headoffice";
create policy headoffice_writes on office_roles to :"headoffice" using (true) with check (true);
create policy headoffice_writes on office_user_roles to :"headoffice" using (true) with check (true);
create policy headoffice_writes on office_answers to :"headoffice" using (true) with check (true);
create policy headoffice_writes on office_sign_in_attempts to :"headoffice" using (true) with check (true);
grant execute on function lock_company(), note_office_user(uuid, uuid, jsonb), cancel_enrolment_code(uuid, text), edit_settings(uuid, uuid, jsonb, jsonb) to :"headoffice";
