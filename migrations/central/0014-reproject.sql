-- Entries that could not be projected when they came, projected again: when a fault was mended, or a kind was learned.

-- Tells a till which of its entries are held and not in the tables: how many, and the last of them with the reason's code.
-- One row a till. The caller holds the lock on the till's head.
create function tell_aside(p_store_id integer, p_till_id integer) returns void
language plpgsql
as $$
declare
  c_most constant integer := 50;
  v_till uuid;
  v_total bigint;
  v_entries jsonb;
begin
  with aside as (
    select seq, code from quarantined_entries where store_id = p_store_id and till_id = p_till_id
    union all
    select seq, 'unknown_kind' from unprojected_entries where store_id = p_store_id and till_id = p_till_id
  )
  select (select count(*) from aside), coalesce(jsonb_agg(to_jsonb(latest) order by latest.seq desc), '[]')
  into v_total, v_entries from (select seq, code from aside order by seq desc limit c_most) as latest;
  select till into strict v_till from tills where store_id = p_store_id and till_id = p_till_id;
  perform put_feed_row(p_store_id, 'aside', v_till::text,
    jsonb_build_object('till', v_till, 'total', v_total, 'entries', v_entries));
end
$$;

-- What a fact about the catalogue, the staff or goods on the way is about: `product 019a…`, `transfer HS2-A-T12`; null for
-- other kinds. Of a version that is not known yet, too: what it makes is not there all the same.
create function subject_of(p_doc jsonb) returns text
language sql immutable
return case when family_of(p_doc ->> 'kind', '1') = 'transfers' then 'transfer ' || left(p_doc #>> '{body,number}', 24)
  when family_of(p_doc ->> 'kind', '1') in ('proposals', 'history')
    and is_uuid(p_doc -> 'body' -> split_part(p_doc ->> 'kind', '.', 1))
  then split_part(p_doc ->> 'kind', '.', 1) || ' ' || (p_doc -> 'body' ->> split_part(p_doc ->> 'kind', '.', 1)) end;

-- Writes down, once, what an entry that is put aside is about: read again for each question, many of them would hold the
-- company's stream for as long as a till likes.
create function note_subject() returns trigger
language plpgsql
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_doc constant jsonb := (select fact_of(read_entry(bytes)) from journal_entries
    where store_id = new.store_id and till_id = new.till_id and seq = new.seq);
begin
  new.kind := coalesce(new.kind, left(v_doc ->> 'kind', 100));
  new.subject := subject_of(v_doc);
  return new;
end
$$;
create trigger note_subject before insert on quarantined_entries for each row execute function note_subject();
create trigger note_subject before insert on unprojected_entries for each row execute function note_subject();

-- Whether an entry that a record begins with (one of such kinds) lies aside: nobody can say yet what becomes of a change of it.
-- What came too late to be the shop's own word (ET020) is never taken.
create function is_maker_aside(p_store_id integer, p_till_id integer, p_seq bigint, p_subject text, p_kinds text[])
returns boolean
language sql stable
return exists (
  select from (
    select store_id, till_id, subject, seq, kind from quarantined_entries where code <> 'ET020'
    union all
    select store_id, till_id, subject, seq, kind from unprojected_entries
  ) as aside
  where store_id = p_store_id and till_id = p_till_id and subject = p_subject and seq < p_seq
    and kind = any (p_kinds));

-- Projects one entry that is in quarantine or unprojected, alone. The rest is as `project_again` has it.
create function project_alone(p_store_id integer, p_till_id integer, p_seq bigint, p_doc jsonb, out code text,
  out reason text)
language plpgsql
as $$
begin
  -- Kinds that are unknown still are listed anew; what else fails goes, or stays, in quarantine.
  delete from unprojected_entries where store_id = p_store_id and till_id = p_till_id and seq = p_seq;
  select p.code, p.reason into code, reason from try_to_project(p_store_id, p_till_id, p_seq, p_doc) as p;
  if code is null then
    select t.code, t.reason into code, reason from try_to_take(p_store_id, p_till_id, p_seq, p_seq) as t;
  end if;
  if code is null then
    delete from quarantined_entries where store_id = p_store_id and till_id = p_till_id and seq = p_seq;
    perform apply_stock(p_store_id, p_till_id, p_seq, p_seq);
    perform settle_returns(p_store_id, p_till_id, p_seq, p_seq);
    -- The Z that it belongs to may agree now.
    perform check_closings(p_store_id, p_till_id, p_seq, (select min(seq) from shift_closings
      where store_id = p_store_id and till_id = p_till_id and seq >= p_seq));
    if exists (select from unprojected_entries where store_id = p_store_id and till_id = p_till_id and seq = p_seq) then
      code := 'unknown_kind';
      reason := concat(p_doc ->> 'kind', ' ', p_doc ->> 'version');
    end if;
  else
    insert into quarantined_entries (store_id, till_id, seq, code, reason)
    values (p_store_id, p_till_id, p_seq, code, reason)
    on conflict (store_id, till_id, seq) do update set code = excluded.code, reason = excluded.reason;
  end if;
end
$$;

-- Projects, in their order, the entries after one that lie aside for no other reason (`p_code`) than what it is about.
create function project_waiting(p_store_id integer, p_till_id integer, p_seq bigint, p_subject text, p_code text)
returns void
language plpgsql
as $$
declare
  v_next record;
begin
  for v_next in
    select e.seq, f.doc from quarantined_entries q join journal_entries e using (store_id, till_id, seq)
      cross join lateral (select fact_of(read_entry(e.bytes)) as doc) as f
    where q.store_id = p_store_id and q.till_id = p_till_id and q.seq > p_seq and q.code = p_code
      and q.subject = p_subject
    order by e.seq
  loop
    perform project_alone(p_store_id, p_till_id, v_next.seq, v_next.doc);
  end loop;
end
$$;

-- A history that waited for an entry which has come may be whole now; then what its own till changed since, and what waits
-- for that in turn, is decided.
create function project_joined(p_store_id integer, p_till_id integer, p_seq bigint) returns void
language plpgsql
as $$
declare
  v_next record;
begin
  for v_next in
    select q.seq, fact_of(read_entry(e.bytes)) as doc
    from quarantined_entries q join journal_entries e using (store_id, till_id, seq)
    where q.store_id = p_store_id and q.till_id = p_till_id and q.code = 'ET026' and q.seq <> p_seq
  loop
    perform project_alone(p_store_id, p_till_id, v_next.seq, v_next.doc);
  end loop;
  if not exists (select from shop_histories
    where store_id = p_store_id and till_id = p_till_id and taken_at is not null)
  then
    return;
  end if;
  for v_next in
    select q.seq, q.subject, fact_of(read_entry(e.bytes)) as doc
    from quarantined_entries q join journal_entries e using (store_id, till_id, seq)
    where q.store_id = p_store_id and q.till_id = p_till_id and q.code = 'ET023' order by q.seq
  loop
    perform project_alone(p_store_id, p_till_id, v_next.seq, v_next.doc);
    perform project_waiting(p_store_id, p_till_id, v_next.seq, v_next.subject, 'ET025');
  end loop;
end
$$;

-- Projects one entry that is in quarantine or unprojected, and what waits for it. The caller holds the lock on the till's
-- head. Answers null where it stands in the tables now (or needs no row there); else why not, and its row has the newest
-- reason: SQLSTATE and message, or `unknown_kind`.
create function project_again(p_store_id integer, p_till_id integer, p_seq bigint, out code text, out reason text)
language plpgsql
as $$
declare
  v_doc jsonb;
  v_subject text;
  v_is_goods boolean;
  v_is_catalogue boolean;
begin
  select fact_of(read_entry(bytes)) into strict v_doc from journal_entries
  where store_id = p_store_id and till_id = p_till_id and seq = p_seq;
  v_subject := subject_of(v_doc);
  v_is_goods := coalesce(starts_with(v_subject, 'transfer '), false);
  -- That a history is complete is said of none of its records.
  v_is_catalogue := not v_is_goods and v_subject is not null or v_doc ->> 'kind' = 'till.joined';
  -- The company's stream before the store's, as everywhere.
  if v_is_goods or v_is_catalogue then perform from stream_heads where store_id = 0 for update; end if;
  select p.code, p.reason into code, reason from project_alone(p_store_id, p_till_id, p_seq, v_doc) as p;
  if code is null and v_is_goods then perform project_waiting(p_store_id, p_till_id, p_seq, v_subject, 'ET025'); end if;
  if code is not null or not v_is_catalogue then
    perform tell_aside(p_store_id, p_till_id);
    return;
  end if;
  if v_subject is not null then
    begin
      -- Of a shop's history: what was made from the record first, so that it becomes the company's as it was at last.
      perform project_waiting(p_store_id, p_till_id, p_seq, v_subject, 'ET021');
      if exists (select from shop_histories
          where store_id = p_store_id and till_id = p_till_id and taken_at is not null)
        and exists (select from history_records where store_id = p_store_id and till_id = p_till_id)
      then
        perform take_history(p_store_id, p_till_id);
      end if;
    exception
      when lock_not_available or deadlock_detected or serialization_failure or insufficient_resources then raise;
      when others then
        get stacked diagnostics code = returned_sqlstate, reason = message_text;
        reason := left(reason, 500);
        insert into quarantined_entries (store_id, till_id, seq, code, reason)
        values (p_store_id, p_till_id, p_seq, code, reason);
    end;
    if code is null then perform project_waiting(p_store_id, p_till_id, p_seq, v_subject, 'ET025'); end if;
  end if;
  perform project_joined(p_store_id, p_till_id, p_seq);
  perform tell_aside(p_store_id, p_till_id);
end
$$;

-- Projects an entry again. Answers `projected` (also where it had been), `kept` with `code` and `reason`, `unknown`.
create function reproject(p_editor uuid, p_store uuid, p_till uuid, p_seq bigint) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set lock_timeout = '5s'
set jit = off
set enable_seqscan = off
as $$
declare
  v_till tills;
  v_code text;
  v_reason text;
begin
  select t.* into v_till from tills t join stores s using (store_id) where s.store = p_store and t.till = p_till;
  perform from till_heads
  where store_id = v_till.store_id and till_id = v_till.till_id and p_seq between 1 and acked_seq for update;
  if not found then return '{"answer":"unknown"}'; end if;
  if not exists (select from quarantined_entries
      where store_id = v_till.store_id and till_id = v_till.till_id and seq = p_seq)
    and not exists (select from unprojected_entries
      where store_id = v_till.store_id and till_id = v_till.till_id and seq = p_seq)
  then
    return '{"answer":"projected"}';
  end if;
  select code, reason into v_code, v_reason from project_again(v_till.store_id, v_till.till_id, p_seq);
  perform record_edit(p_editor, 'entry', concat(p_till, '/', p_seq), jsonb_build_object('projected', v_code is null));
  if v_code is not null then
    return jsonb_build_object('answer', 'kept', 'code', v_code, 'reason', v_reason);
  end if;
  return '{"answer":"projected"}';
end
$$;

-- Projects entries whose kind has been learned since they came: of one till, so that it waits for no other, and at most
-- `p_most`. Answers how many; 0 when none is left.
create function project_learned(p_most integer) returns integer
language plpgsql
as $$
declare
  v_learned unprojected_entries;
  v_count integer := 0;
begin
  select * into v_learned from unprojected_entries where family_of(kind, version::text) <> 'unknown'
  order by store_id, till_id limit 1;
  if not found then return 0; end if;
  -- A proposal writes the company's stream, and one entry after another moves the store's: in this order, always.
  perform from till_heads where store_id = v_learned.store_id and till_id = v_learned.till_id for update;
  perform from stream_heads where store_id = 0 for update;
  for v_learned in
    select * from unprojected_entries where store_id = v_learned.store_id and till_id = v_learned.till_id
      and family_of(kind, version::text) <> 'unknown'
    order by seq limit p_most
  loop
    perform project_again(v_learned.store_id, v_learned.till_id, v_learned.seq);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
