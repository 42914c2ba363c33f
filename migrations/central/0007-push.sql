-- hello and push: how entries come in.

create function refusal(p_head till_heads, p_answer text, p_reason text, p_seq bigint) returns jsonb
language sql stable
return jsonb_build_object('answer', p_answer, 'reason', p_reason, 'seq', p_seq, 'epoch', p_head.epoch,
  'acked_seq', p_head.acked_seq, 'head_hash', encode(p_head.head_hash, 'hex'),
  'server_time', utc_text(clock_timestamp()));

-- The parsed entry, or null for bytes that PostgreSQL can't read as an object.
create function read_entry(p_bytes bytea) returns jsonb
language plpgsql immutable
as $$
declare
  v_doc jsonb;
begin
  v_doc := convert_from(p_bytes, 'UTF8')::jsonb;
  return case when jsonb_typeof(v_doc) = 'object' then v_doc end;
exception when others then
  return null;
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
  v_held bytea;
  v_chain text;
  v_offset_ms bigint;
begin
  if me.till_id is null then raise exception 'not a till' using errcode = 'insufficient_privilege'; end if;
  begin
    v_offset_ms := extract(epoch from (p_about ->> 'at')::timestamptz - clock_timestamp()) * 1000;
  exception when others then
    v_offset_ms := null;
  end;
  update till_heads set last_seen_at = now(), reported_seq = p_seq, app_version = left(p_about ->> 'version', 40),
    clock_offset_ms = coalesce(v_offset_ms, clock_offset_ms),
    pending_installation = case when installation = p_installation then pending_installation else p_installation end
  where store_id = me.store_id and till_id = me.till_id
  returning * into strict v_head;
  if not (select active from tills where store_id = me.store_id and till_id = me.till_id) then
    return refusal(v_head, 'refused', 'deactivated', null);
  end if;
  if v_head.installation <> p_installation then
    return refusal(v_head, 'refused', 'installation', null);
  end if;

  if p_seq > v_head.acked_seq then
    -- Whether the till's chain runs through our head is for the till to see, from head_hash; push checks it anyway.
    v_chain := 'ahead';
  else
    if p_seq = v_head.acked_seq then
      v_held := v_head.head_hash;
    elsif p_seq = 0 then
      v_held := sha256(convert_to(v_head.installation::text, 'UTF8'));
    else
      select hash into v_held from journal_entries
      where store_id = me.store_id and till_id = me.till_id and seq = p_seq;
    end if;
    v_chain := case when v_held is distinct from p_hash then 'fork' when p_seq = v_head.acked_seq then 'equal'
      else 'behind' end;
  end if;

  return jsonb_build_object('answer', 'welcome', 'chain', v_chain,
    'incarnation', (select incarnation from company), 'epoch', v_head.epoch, 'acked_seq', v_head.acked_seq,
    'head_hash', encode(v_head.head_hash, 'hex'),
    'heads', (select jsonb_object_agg(case store_id when 0 then 'company' else 'store' end,
        jsonb_build_object('position', position, 'tag', tag))
      from stream_heads where store_id in (0, me.store_id)),
    'limits', jsonb_build_object('entries', 200, 'bytes', 262144, 'feed_rows', 500),
    'server_time', utc_text(clock_timestamp()));
end
$$;

-- Takes entries `p_from_seq`, `p_from_seq` + 1, … of the till that asks. `p_epoch` is the epoch that hello (or the last
-- push) said. Whatever is wrong with the entries is an answer: taken, gap, epoch, fork, refused. What is taken is stored
-- raw and acknowledged, even where it can't be projected. With `p_unprojected` nothing is projected: the way out for an
-- entry whose projection has timed out again and again.
create function push(p_epoch integer, p_from_seq bigint, p_entries bytea[], p_hashes bytea[],
  p_payloads bytea[] default '{}', p_unprojected boolean default false) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
set lock_timeout = '5s'
set jit = off
-- Every table is reached by its key. A plan that was made while a table was small must not read the grown one whole.
set enable_seqscan = off
as $$
declare
  me constant till_identity := current_till();
  c_max_bytes constant integer := 4194304;
  v_head till_heads;
  v_count constant integer := cardinality(p_entries);
  v_first integer;
  v_last integer;
  v_docs jsonb[];
  v_doc jsonb;
  v_seqs bigint[];
  v_seq bigint;
  v_hash bytea;
  v_epoch integer;
  v_reason text;
  v_code text;
  v_message text;
  v_quarantined integer := 0;
  v_known boolean;
  v_unreadable boolean := false;
begin
  if me.till_id is null then raise exception 'not a till' using errcode = 'insufficient_privilege'; end if;
  if v_count is null or v_count not between 1 and 1000 or cardinality(p_hashes) is distinct from v_count
    or p_from_seq is null or p_from_seq < 1 or array_position(p_entries, null) is not null
    or array_lower(p_entries, 1) <> 1 or array_lower(p_hashes, 1) <> 1 or array_ndims(p_entries) <> 1
  then
    raise exception 'malformed push' using errcode = 'invalid_parameter_value';
  end if;
  -- Acknowledged means that it survives a crash, whatever the session was told.
  perform set_config('synchronous_commit', 'on', true);

  select * into strict v_head from till_heads where store_id = me.store_id and till_id = me.till_id for update;
  if not (select active from tills where store_id = me.store_id and till_id = me.till_id) then
    return refusal(v_head, 'refused', 'deactivated', null);
  end if;
  if p_epoch is distinct from v_head.epoch then return refusal(v_head, 'epoch', null, null); end if;
  if p_from_seq > v_head.acked_seq + 1 then return refusal(v_head, 'gap', null, null); end if;

  -- What is held already is compared and skipped.
  v_first := least(v_count + 1, v_head.acked_seq + 2 - p_from_seq);
  if v_first > 1 then
    select min(seq) into v_seq from journal_entries
    where store_id = me.store_id and till_id = me.till_id
      and seq between p_from_seq and p_from_seq + v_first - 2
      and bytes <> p_entries[(seq - p_from_seq + 1)::integer];
    if v_seq is not null then return refusal(v_head, 'fork', null, v_seq); end if;
  end if;

  -- Read. One entry that PostgreSQL can't read would fail the whole array, so then each is tried alone.
  begin
    -- "offset 0" keeps the subquery apart; folded in, each entry would be parsed twice.
    select array_agg(case when jsonb_typeof(doc) = 'object' then doc end) into v_docs
    from (select convert_from(b, 'UTF8')::jsonb as doc from unnest(p_entries) as e(b) offset 0) as parsed;
  exception when others then
    select array_agg(read_entry(b)) into v_docs from unnest(p_entries) as e(b);
  end;

  -- Follow the chain. Entries before the first that breaks it are taken.
  v_hash := v_head.head_hash;
  v_epoch := v_head.epoch;
  v_last := v_first - 1;
  for i in v_first .. v_count loop
    v_seq := p_from_seq + i - 1;
    v_doc := v_docs[i];
    if octet_length(p_entries[i]) > c_max_bytes then v_reason := 'too_large'; exit; end if;
    if v_doc is not null then
      if v_doc ->> 'store' is distinct from me.store::text or v_doc ->> 'till' is distinct from me.till::text then
        v_reason := 'till'; exit;
      end if;
      if v_doc -> 'seq' is distinct from to_jsonb(v_seq) then v_reason := 'seq'; exit; end if;
      if v_doc ->> 'installation' is distinct from v_head.installation::text then v_reason := 'installation'; exit; end if;
      if v_doc ->> 'kind' = 'epoch.opened' then
        v_epoch := v_epoch + 1;
        if v_doc #> '{body,previous_head,seq}' is distinct from to_jsonb(v_seq - 1)
          or v_doc #>> '{body,previous_head,hash}' is distinct from encode(v_hash, 'hex')
        then
          v_reason := 'epoch'; exit;
        end if;
      elsif v_seq = 1 then
        v_reason := 'genesis'; exit;
      end if;
      if v_doc -> 'epoch' is distinct from to_jsonb(v_epoch) then v_reason := 'epoch'; exit; end if;
    elsif v_seq = 1 then
      v_reason := 'genesis'; exit;
    else
      v_unreadable := true;
    end if;
    v_hash := sha256(v_hash || p_entries[i]);
    if v_hash is distinct from p_hashes[i] then v_reason := 'chain'; exit; end if;
    v_head.head_hash := v_hash;
    v_head.epoch := v_epoch;
    v_last := i;
  end loop;

  if v_last >= v_first then
    v_seqs := array(select p_from_seq + i - 1 from generate_series(v_first, v_last) as i);
    -- All at once; when anything raises, entry by entry.
    begin
      if p_unprojected or v_unreadable then
        raise exception 'not at once' using errcode = 'ET001';
      end if;
      if v_first = 1 and v_last = v_count then
        -- The ordinary case: a slice would be a copy of the whole batch.
        perform insert_entries(me.store_id, me.till_id, v_seqs, p_entries, p_hashes, v_docs);
        perform project_entries(me.store_id, me.till_id, v_seqs, v_docs);
      else
        perform insert_entries(me.store_id, me.till_id, v_seqs, p_entries[v_first:v_last], p_hashes[v_first:v_last],
          v_docs[v_first:v_last]);
        perform project_entries(me.store_id, me.till_id, v_seqs, v_docs[v_first:v_last]);
      end if;
    exception when others then
      for i in v_first .. v_last loop
        v_seq := p_from_seq + i - 1;
        v_doc := v_docs[i];
        v_code := null;
        begin
          v_known := false;
          if v_doc is null then raise exception 'not readable' using errcode = 'ET002'; end if;
          perform insert_entries(me.store_id, me.till_id, array[v_seq], p_entries[i:i], p_hashes[i:i], array[v_doc]);
          v_known := true;
        exception when others then
          get stacked diagnostics v_code = returned_sqlstate, v_message = message_text;
          insert into journal_entries (store_id, till_id, seq, hash, bytes)
          values (me.store_id, me.till_id, v_seq, p_hashes[i], p_entries[i]);
        end;
        if v_known then
          begin
            if p_unprojected then raise exception 'its projection took too long' using errcode = 'ET003'; end if;
            perform project_entries(me.store_id, me.till_id, array[v_seq], array[v_doc]);
          exception when others then
            get stacked diagnostics v_code = returned_sqlstate, v_message = message_text;
          end;
        end if;
        if v_code is not null then
          insert into quarantined_entries (store_id, till_id, seq, code, reason)
          values (me.store_id, me.till_id, v_seq, v_code, left(v_message, 500));
          v_quarantined := v_quarantined + 1;
        end if;
      end loop;
    end;
    v_head.acked_seq := p_from_seq + v_last - 1;

    insert into private_payloads (store_id, hash, bytes)
    select me.store_id, sha256(p.bytes), p.bytes from unnest(p_payloads) as p(bytes)
    where octet_length(p.bytes) <= 65536
      and not exists (select from erased_payloads x where x.store_id = me.store_id and x.hash = sha256(p.bytes))
    on conflict (store_id, hash) do nothing;

    update till_heads set epoch = v_head.epoch, acked_seq = v_head.acked_seq, head_hash = v_head.head_hash,
      last_entry_at = coalesce(
        (select max(at) from journal_entries where store_id = me.store_id and till_id = me.till_id
          and seq between v_seqs[1] and v_head.acked_seq), last_entry_at),
      last_push_at = now(), last_seen_at = now(), reported_seq = greatest(reported_seq, v_head.acked_seq)
    where store_id = me.store_id and till_id = me.till_id;

    -- Last, because the lock on the store is one that all its tills want.
    perform apply_stock(me.store_id, me.till_id, v_seqs[1], v_head.acked_seq);
  end if;

  if v_reason is not null then
    return refusal(v_head, 'refused', v_reason, v_head.acked_seq + 1);
  end if;
  return jsonb_build_object('answer', 'taken', 'epoch', v_head.epoch, 'acked_seq', v_head.acked_seq,
    'head_hash', encode(v_head.head_hash, 'hex'), 'quarantined', v_quarantined,
    'server_time', utc_text(clock_timestamp()));
end
$$;
