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
