-- hello, and the questions of a till that has to find out where its chain and ours part, or to get its journal back.

-- What a till's call is answered where it may not be let in; null where it may. The lock, where it is asked for, is the one
-- that a push takes.
create function turn_away(p_head till_heads, p_installation uuid) returns jsonb
language sql stable
return case
  when not (select active from tills where store_id = p_head.store_id and till_id = p_head.till_id)
    then refusal(p_head, 'refused', 'deactivated', null)
  when p_head.installation is distinct from p_installation then refusal(p_head, 'refused', 'installation', null)
end;

-- Whether who calls speaks for the till no more. A till of an older version does not say which installation it is: then the
-- only one that there ever was is meant.
create function is_superseded(p_head till_heads, p_installation text) returns boolean
language sql immutable parallel safe
return case when p_installation is null then p_head.was_another else p_installation <> p_head.installation::text end;

-- What a till is told of how much it may send at once, and how much push takes of it: entries, and bytes of them together.
create function sending_limits() returns jsonb
language sql immutable
return jsonb_build_object('entries', 200, 'bytes', 262144, 'feed_rows', 500);

-- Remembers who said hello as a till, and what of itself. The caller holds the lock on the till's head.
create function note_installation(p_head till_heads, p_installation uuid, p_epoch integer, p_seq bigint, p_hash bytea,
  p_version text, p_clock_offset_ms bigint) returns void
language plpgsql
as $$
declare
  -- Whoever has a till's password may make up installations: the last ones are kept.
  c_most constant integer := 20;
begin
  insert into till_installations as i (store_id, till_id, installation, reported_epoch, reported_seq, reported_hash,
    app_version, clock_offset_ms)
  values (p_head.store_id, p_head.till_id, p_installation, p_epoch, p_seq,
    case when octet_length(p_hash) = 32 then p_hash end, p_version, p_clock_offset_ms)
  on conflict (store_id, till_id, installation) do update set last_seen_at = now(),
    reported_epoch = excluded.reported_epoch, reported_seq = excluded.reported_seq,
    reported_hash = excluded.reported_hash, app_version = excluded.app_version,
    clock_offset_ms = coalesce(excluded.clock_offset_ms, i.clock_offset_ms);
  if p_installation = p_head.installation then return; end if;
  delete from till_installations where store_id = p_head.store_id and till_id = p_head.till_id and installation in (
    select installation from till_installations
    where store_id = p_head.store_id and till_id = p_head.till_id
      and installation not in (p_installation, p_head.installation)
    order by last_seen_at desc, installation offset c_most - 2);
end
$$;

create function hello(p_installation uuid, p_epoch integer, p_seq bigint, p_hash bytea, p_about jsonb default '{}')
returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
set lock_timeout = '5s'
as $$
declare
  me constant till_identity := current_till();
  v_head till_heads;
  v_refused jsonb;
  v_held bytea;
  v_chain text;
  v_offset_ms bigint;
  v_version constant text := left(p_about ->> 'version', 40);
begin
  if me.till_id is null then raise exception 'not a till' using errcode = 'insufficient_privilege'; end if;
  -- What is added up over all tills at the head office stays a number that can be read: no journal gets that far.
  if p_installation is null or p_epoch is null or p_epoch < 0 or p_seq is null or p_seq not between 0 and 1000000000000 then
    raise exception 'malformed hello' using errcode = 'invalid_parameter_value';
  end if;
  begin
    v_offset_ms := extract(epoch from (p_about ->> 'at')::timestamptz - clock_timestamp()) * 1000;
    -- Three centuries off is no clock.
    if abs(v_offset_ms) > 10000000000000 then v_offset_ms := null; end if;
  exception when others then
    v_offset_ms := null;
  end;
  perform end_overlong();
  perform mend_gateway();
  select * into strict v_head from till_heads where store_id = me.store_id and till_id = me.till_id for update;
  perform note_installation(v_head, p_installation, p_epoch, p_seq, p_hash, v_version, v_offset_ms);
  v_refused := turn_away(v_head, p_installation);
  if v_refused is not null then return v_refused; end if;

  if p_seq > v_head.acked_seq then
    -- Whether the till's chain runs through our head is for the till to see, from head_hash; push checks it anyway.
    v_chain := 'ahead';
  else
    if p_seq = v_head.acked_seq then
      v_held := v_head.head_hash;
    elsif p_seq = 0 then
      v_held := v_head.genesis;
    else
      select hash into v_held from journal_entries
      where store_id = me.store_id and till_id = me.till_id and seq = p_seq;
    end if;
    v_chain := case when v_held is distinct from p_hash then 'fork' when p_seq = v_head.acked_seq then 'equal'
      else 'behind' end;
  end if;
  update till_heads set last_seen_at = now(), left_at = null, reported_seq = p_seq,
    reported_hash = case when octet_length(p_hash) = 32 then p_hash end, reported_chain = v_chain,
    app_version = v_version, clock_offset_ms = coalesce(v_offset_ms, clock_offset_ms)
  where store_id = me.store_id and till_id = me.till_id;

  if v_chain in ('equal', 'ahead') then perform note_clock(me.store_id, me.till_id, p_seq, v_offset_ms); end if;

  return jsonb_build_object('answer', 'welcome', 'chain', v_chain,
    'incarnation', (select incarnation from company),
    'gateway', (select jsonb_build_object('host', gateway_host, 'port', gateway_port) from company
      where gateway_host is not null),
    'genesis_hash', encode(v_head.genesis, 'hex'),
    'heads', (select jsonb_object_agg(case store_id when 0 then 'company' else 'store' end,
        jsonb_build_object('position', position, 'tag', tag))
      from stream_heads where store_id in (0, me.store_id)),
    'version', (select version from company),
    'limits', sending_limits()) || held(v_head);
end
$$;

-- The hashes of entries, 0 being hash(0), null where no such entry is held: by a few questions a till finds the last entry
-- that both chains share. At most 64 at once.
create function entry_hashes(p_installation uuid, p_seqs bigint[]) returns jsonb
language plpgsql stable security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
set jit = off
set enable_seqscan = off
as $$
declare
  me constant till_identity := current_till();
  v_head till_heads;
begin
  if me.till_id is null then raise exception 'not a till' using errcode = 'insufficient_privilege'; end if;
  if cardinality(p_seqs) is null or cardinality(p_seqs) > 64 or array_ndims(p_seqs) > 1 then
    raise exception 'malformed question' using errcode = 'invalid_parameter_value';
  end if;
  select * into strict v_head from till_heads where store_id = me.store_id and till_id = me.till_id;
  return coalesce(turn_away(v_head, p_installation), jsonb_build_object('answer', 'hashes', 'hashes', (
    select coalesce(jsonb_agg(case when asked.seq = 0 then encode(v_head.genesis, 'hex') else (
        select encode(e.hash, 'hex') from journal_entries e
        where e.store_id = me.store_id and e.till_id = me.till_id and e.seq = asked.seq) end
      order by asked.i), '[]')
    from unnest(p_seqs) with ordinality as asked(seq, i))) || held(v_head));
end
$$;

-- The till's own entries after `p_after`, for a PC that lost them or never had them: at most 200 and `p_bytes` (1 MiB), but
-- always one where there is one. Each has its private payloads with it; those that were erased are gone.
create function fetch_entries(p_installation uuid, p_after bigint, p_count integer, p_bytes integer) returns jsonb
language plpgsql stable security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
set jit = off
set enable_seqscan = off
as $$
declare
  me constant till_identity := current_till();
  v_count constant integer := least(greatest(coalesce(p_count, 200), 1), 200);
  v_bytes constant integer := least(greatest(coalesce(p_bytes, 1048576), 1), 1048576);
  v_head till_heads;
  v_refused jsonb;
  v_entry record;
  v_payloads jsonb;
  v_size bigint;
  v_total bigint := 0;
  v_entries jsonb[] := '{}';
begin
  if me.till_id is null then raise exception 'not a till' using errcode = 'insufficient_privilege'; end if;
  if p_after is null or p_after < 0 then
    raise exception 'malformed question' using errcode = 'invalid_parameter_value';
  end if;
  select * into strict v_head from till_heads where store_id = me.store_id and till_id = me.till_id;
  v_refused := turn_away(v_head, p_installation);
  if v_refused is not null then return v_refused; end if;
  for v_entry in
    select seq, hash, bytes, octet_length(bytes) as size from journal_entries
    where store_id = me.store_id and till_id = me.till_id and seq > p_after order by seq limit v_count
  loop
    select coalesce(jsonb_agg(translate(encode(p.bytes, 'base64'), E'\n', '') order by p.hash), '[]'),
      coalesce(sum(octet_length(p.bytes)), 0)
    into v_payloads, v_size
    from private_payloads p
    where p.store_id = me.store_id and p.hash in (select named from named_payloads(read_entry(v_entry.bytes)) as named);
    v_total := v_total + v_entry.size + v_size;
    exit when v_total > v_bytes and cardinality(v_entries) > 0;
    v_entries := v_entries || jsonb_build_object('seq', v_entry.seq, 'hash', encode(v_entry.hash, 'hex'),
      'bytes', translate(encode(v_entry.bytes, 'base64'), E'\n', ''), 'payloads', v_payloads);
  end loop;
  return jsonb_build_object('answer', 'entries', 'entries', to_jsonb(v_entries)) || held(v_head);
end
$$;

-- Notes that the till that asks leaves, if this is the whole of its journal: what it holds is held here, entry for entry.
-- Answers left; differs, where more or other entries are here or there; refused, as hello does. A till that says hello, or
-- pushes, is back.
create function leave(p_installation uuid, p_seq bigint, p_hash bytea) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
set lock_timeout = '5s'
set jit = off
set enable_seqscan = off
as $$
declare
  me constant till_identity := current_till();
  v_head till_heads;
  v_refused jsonb;
begin
  if me.till_id is null then raise exception 'not a till' using errcode = 'insufficient_privilege'; end if;
  if p_installation is null or p_seq is null or p_hash is null then
    raise exception 'malformed leave' using errcode = 'invalid_parameter_value';
  end if;
  select * into strict v_head from till_heads where store_id = me.store_id and till_id = me.till_id for update;
  v_refused := turn_away(v_head, p_installation);
  if v_refused is not null then return v_refused; end if;
  if v_head.acked_seq <> p_seq or v_head.head_hash <> p_hash then return '{"answer":"differs"}' || held(v_head); end if;
  update till_heads set left_at = now(), last_seen_at = now() where store_id = me.store_id and till_id = me.till_id;
  return '{"answer":"left"}' || held(v_head);
end
$$;
