-- What somebody has looked at, of what can't be decided: a closing that does not agree, a line of which more came back than
-- was sold. It is shown again once something else is the matter with it.
create table noted_matters (
  matter text not null,
  -- Which one, in its kind.
  subject text not null,
  -- What was the matter with it then.
  seen text not null,
  noted_at timestamptz not null default now(),
  noted_by uuid,
  primary key (matter, subject)
);

-- Days on which a store is closed, as somebody at the head office said when nothing was heard of it.
create table closed_days (
  store_id integer not null,
  -- The business day, in the store's own zone.
  day date not null,
  noted_at timestamptz not null default now(),
  noted_by uuid,
  primary key (store_id, day)
);

-- Says that a store is closed on the business day that it is there now. Answers `recorded`, `stale` where it is another day
-- by now, `unknown`.
create function note_closed_day(p_editor uuid, p_store uuid, p_day date) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_store_id integer;
  v_today date;
begin
  select s.store_id, (now() at time zone (p.settings ->> 'zone') - interval '5 hours')::date into v_store_id, v_today
  from stores s join store_settings p using (store_id) where s.store = p_store;
  if v_store_id is null then return '{"answer":"unknown"}'; end if;
  if p_day is distinct from v_today then return '{"answer":"stale"}'; end if;
  insert into closed_days (store_id, day, noted_by) values (v_store_id, p_day, p_editor)
  on conflict (store_id, day) do update set noted_at = now(), noted_by = excluded.noted_by;
  perform record_edit(p_editor, 'store', p_store::text, jsonb_build_object('closed', p_day));
  return '{"answer":"recorded"}';
end
$$;

-- Answers `recorded`.
create function note_matter(p_editor uuid, p_matter text, p_subject text, p_seen text) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
begin
  insert into noted_matters (matter, subject, seen, noted_by) values (p_matter, p_subject, p_seen, p_editor)
  on conflict (matter, subject) do update
    set seen = excluded.seen, noted_at = excluded.noted_at, noted_by = excluded.noted_by;
  perform record_edit(p_editor, p_matter, p_subject, jsonb_build_object('noted', p_seen));
  return '{"answer":"recorded"}';
end
$$;
