-- What the database has to be told after it came back from a backup: it can't know that tills have seen more of it.

-- A new incarnation, and new tags for all streams: a till's place in the feed is one in a past that is gone, and the same
-- positions will be given to other rows. Every till then takes a snapshot, and pushes again what was forgotten of its journal.
-- Whoever was signed in at the backup's time is not any more. For the administrator of the database, who is nobody in it.
create function restored() returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_incarnation uuid := new_uuid();
begin
  -- The company's stream before those of the stores, as everywhere.
  perform from stream_heads order by store_id for update;
  update stream_heads set tag = new_stream_tag();
  update company set incarnation = v_incarnation;
  delete from office_sessions;
  perform record_edit(null, 'company', 'restored', jsonb_build_object('incarnation', v_incarnation));
  return jsonb_build_object('answer', 'recorded', 'incarnation', v_incarnation);
end
$$;
