-- Who may do what. Row security is forced on every table, the owner included, so that a mistake in a function that runs
-- as the owner still can't reach another store's rows.

-- Tables and the rows of them that a till's call may touch. `own` is its store's, `own_and_company` those of store_id 0
-- too; `company` are records without a store.
create function protect_table(p_table text, p_rows text) returns void
language plpgsql
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_mine text;
  v_part text;
begin
  v_mine := case p_rows
    when 'own' then 'store_id = (select evertill.current_store_id()) or (select evertill.acts_for_company())'
    when 'own_and_company' then
      'store_id = (select evertill.current_store_id()) or store_id = 0 or (select evertill.acts_for_company())'
    when 'company' then '(select evertill.acts_for_company())'
    when 'company_and_tills' then
      '(select evertill.current_store_id()) is not null or (select evertill.acts_for_company())'
    when 'login' then 'login = (select evertill.speaking_login()) or (select evertill.acts_for_company())'
    -- Asked before it is known who speaks; no role but the owner has a right to it.
    when 'secret' then 'true'
  end;
  execute format('alter table %I enable row level security', p_table);
  execute format('alter table %I force row level security', p_table);
  execute format('create policy owner_rows on %I to %I using (%s)', p_table, :'owner', v_mine);
  if p_rows <> 'secret' then
    execute format('create policy headoffice_rows on %I for select to %I using (true)', p_table, :'headoffice');
  end if;
  -- Whoever asked a part instead of the whole would meet the same.
  for v_part in select inhrelid::regclass from pg_inherits where inhparent = p_table::regclass loop
    perform protect_table(v_part, p_rows);
  end loop;
end
$$;

select protect_table(t, 'own') from unnest('{stores,tills,till_heads,till_installations,journal_entries,
  journal_epochs,erased_payloads,quarantined_entries,unprojected_entries,sales,sale_lines,line_returns,sale_taxes,tenders,
  voided_baskets,shift_openings,shift_closings,shift_closing_tenders,closing_checks,cash_movements,
  stock_adjustment_lines,product_proposals,daily_sales,hourly_sales,daily_products,daily_tenders,daily_taxes,stock_levels,stock_counts,
  stock_count_lines,stock_corrections,stock_count_reach,stock_count_doubts,stock_transfer_lines,clock_readings,store_settings,closed_days,staff_stores,shop_histories,history_records,history_verifiers,catalogue_clashes}'::text[]) as t;
select protect_table(t, 'own_and_company') from unnest('{stream_heads,feed_rows,private_payloads}'::text[]) as t;
select protect_table(t, 'company') from unnest('{taxes,categories,roles,staff,staff_verifiers,office_edits,
  noted_matters,office_users,office_sessions,enrolment_codes}'::text[]) as t;
-- What a till proposes of a product is decided in its own call.
select protect_table(t, 'company_and_tills') from unnest('{company,products,transfers,transfer_lines,transfer_steps,
  transfer_receipts}'::text[]) as t;
select protect_table('till_logins', 'login');
select protect_table(t, 'secret') from unnest('{gateway_secret,till_keys}'::text[]) as t;

-- Sales and their lines are joined part by part: else who asks of some sales would read every line that there is.
alter role :"headoffice" set enable_partitionwise_join = on;
-- The server sets shorter limits for each operation; these are for what forgets to.
alter role :"headoffice" set statement_timeout = '150s';
alter role :"headoffice" set idle_in_transaction_session_timeout = '60s';

-- The head office reads everything but secrets, and writes only by functions, its own sign-ins apart.
grant usage on schema evertill to :"headoffice", :"tills", :"enrolments", :"gateway", :"bouncer";
grant select on company, stores, tills, till_heads, till_installations, journal_entries, journal_epochs,
  private_payloads, erased_payloads, quarantined_entries, unprojected_entries, sales, sale_lines, line_returns, sale_taxes, tenders,
  voided_baskets, shift_openings, shift_closings, shift_closing_tenders, closing_checks, shifts, cash_movements,
  stock_adjustment_lines, stock_movements, product_proposals, daily_sales, hourly_sales, daily_products, daily_tenders,
  daily_taxes, stock_levels,
  stock_counts, stock_count_lines, stock_corrections, stock_count_reach, stock_count_doubts, stock_on_hand, transfers, transfer_lines,
  stock_transfer_lines, transfer_steps, transfer_receipts, transfer_standings, transfer_matters, clock_readings,
  stream_heads,
  feed_rows, store_settings, staff_stores, taxes, categories, products, roles, staff, office_edits, enrolment_codes,
  shop_histories, history_records, catalogue_clashes, asking_installations, noted_matters, closed_days
  to :"headoffice";
grant select, insert, update on office_users to :"headoffice";
grant select, insert, update, delete on office_sessions to :"headoffice";
create policy headoffice_writes on office_users to :"headoffice" using (true) with check (true);
create policy headoffice_writes on office_sessions to :"headoffice" using (true) with check (true);
grant execute on function
  create_store(uuid, uuid, jsonb), record_settings(uuid, uuid, jsonb), record_tax(uuid, jsonb),
  record_category(uuid, jsonb), record_role(uuid, jsonb), create_products(uuid, jsonb),
  edit_product(uuid, uuid, integer, jsonb), create_staff(uuid, uuid, uuid[], uuid[], bytea, jsonb),
  edit_staff(uuid, uuid, integer, jsonb, bytea), set_verifier(uuid, uuid, text, text), rename_till(uuid, uuid, text),
  set_till_active(uuid, uuid, boolean), create_enrolment_code(uuid, uuid, text, text, interval),
  create_takeover_code(uuid, uuid, interval), decide_installation(uuid, uuid, uuid),
  pass_over(uuid, uuid, uuid, bigint), note_matter(uuid, text, text, text), note_closed_day(uuid, uuid, date), reproject(uuid, uuid, uuid, bigint),
  decide_proposal(uuid, uuid, bigint, text, boolean, integer), create_history_code(uuid, interval),
  settle_clashes(uuid, uuid, bigint[]),
  decide_count_doubt(uuid, uuid, uuid, bigint, boolean), note_transfer(uuid, text)
  to :"headoffice";

grant execute on function
  hello(uuid, integer, bigint, bytea, jsonb), push(integer, bigint, bytea[], bytea[], bytea[], boolean, uuid),
  pull(jsonb, integer), entry_hashes(uuid, bigint[]), fetch_entries(uuid, bigint, integer, integer),
  leave(uuid, bigint, bytea)
  to :"tills";
grant execute on function enrol(uuid, text, bytea, jsonb) to :"enrolments";
grant execute on function gateway(name, text, bytea, text, text, bytea[], bytea[], bytea[]) to :"gateway";
grant execute on function bouncer_login(name) to :"bouncer";
