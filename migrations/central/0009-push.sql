-- push: how entries come in.

-- Follows the chain from `p_head` through entries `p_first` … of a push, up to the first that breaks it. Answers the head
-- that was reached, the last entry that is good, why it stopped there (null where all follow), and whether one of them
-- can't be read. Where entries were adopted, `p_facts` is `p_docs` with the facts inside of them, each under the epoch of
-- the entry that adopted it; else it is null, since a copy of a batch is dear. Writes down the epochs that were opened.
-- `p_speaks`: who pushes has said hello as the installation that speaks for the till.
create function follow_chain(p_head till_heads, p_store text, p_till text, p_from_seq bigint, p_first integer,
  p_entries bytea[], p_hashes bytea[], p_docs jsonb[], p_speaks boolean, out p_reached till_heads, out p_last integer,
  out p_reason text, out p_unreadable boolean, out p_facts jsonb[], out p_adopted boolean[])
language plpgsql
as $$
declare
  c_max_bytes constant integer := 4194304;
  -- What is larger could not be adopted: base64 makes it a third longer.
  c_max_own_bytes constant integer := 2097152;
  v_seq bigint;
  v_doc jsonb;
  v_kind text;
  v_installation text := p_head.chain_installation::text;
  v_epoch integer := p_head.epoch;
  v_hash bytea := p_head.head_hash;
  v_next_hash bytea;
  v_adopts boolean := p_head.fork_seq is not null;
  v_inner record;
begin
  p_reached := p_head;
  p_last := p_first - 1;
  p_unreadable := false;
  p_adopted := array_fill(false, array[cardinality(p_entries)]);
  for i in p_first .. cardinality(p_entries) loop
    v_seq := p_from_seq + i - 1;
    v_doc := p_docs[i];
    v_kind := v_doc ->> 'kind';
    if octet_length(p_entries[i]) > c_max_own_bytes
      and (octet_length(p_entries[i]) > c_max_bytes or v_kind is distinct from 'adopted')
    then
      p_reason := 'too_large'; exit;
    end if;
    if v_doc is null then
      if v_seq = 1 then p_reason := 'genesis'; exit; end if;
      -- Nobody can read it, so nobody can take it for what it is not: the chain may run through it. A fork may not.
      if v_adopts then p_reason := 'fork'; exit; end if;
    else
      if v_doc ->> 'store' is distinct from p_store or v_doc ->> 'till' is distinct from p_till then
        p_reason := 'till'; exit;
      end if;
      if v_doc -> 'seq' is distinct from to_jsonb(v_seq) then p_reason := 'seq'; exit; end if;
      if v_kind in ('epoch.opened', 'adopted', 'erased') and not is_canonical(p_entries[i]) then
        p_reason := 'format'; exit;
      end if;
      if v_kind = 'epoch.opened' then
        if v_seq = 1 then v_hash := genesis_of(v_doc ->> 'installation'); end if;
        p_reason := opening_fault(p_reached, v_hash, v_seq, v_doc, p_from_seq, p_hashes, p_speaks);
        exit when p_reason is not null;
      elsif v_seq = 1 then
        p_reason := 'genesis'; exit;
      elsif v_doc ->> 'installation' is distinct from v_installation then
        p_reason := 'installation'; exit;
      elsif v_doc -> 'epoch' is distinct from to_jsonb(v_epoch) then
        p_reason := 'epoch'; exit;
      elsif v_kind = 'adopted' then
        v_inner := open_adopted(v_doc);
        if v_doc -> 'version' is distinct from '1'
          or not is_next_of_fork(p_reached, v_inner.entry, v_inner.hash, v_inner.previous_hash)
        then
          p_reason := 'adopted'; exit;
        end if;
      elsif v_adopts then
        p_reason := 'fork'; exit;
      elsif v_kind = 'erased' and not is_erasure(v_doc) then
        p_reason := 'format'; exit;
      end if;
    end if;
    v_next_hash := sha256(v_hash || p_entries[i]);
    if v_next_hash is distinct from p_hashes[i] then p_reason := 'chain'; exit; end if;

    -- It follows.
    if v_kind = 'epoch.opened' then
      if v_seq = 1 then p_reached.genesis := v_hash; end if;
      p_reached := open_epoch(p_reached, v_seq, v_doc);
      v_installation := p_reached.chain_installation::text;
      v_epoch := p_reached.epoch;
      v_adopts := p_reached.fork_seq is not null;
    elsif v_kind = 'adopted' then
      if p_facts is null then p_facts := p_docs; end if;
      p_facts[i] := v_inner.fact || jsonb_build_object('epoch', v_epoch);
      p_adopted[i] := true;
      p_reached := advance_fork(p_reached, v_inner.hash);
      v_adopts := p_reached.fork_seq is not null;
    end if;
    p_unreadable := p_unreadable or v_doc is null;
    v_hash := v_next_hash;
    p_last := i;
  end loop;
  if p_last >= p_first then
    p_reached.head_hash := v_hash;
    p_reached.acked_seq := p_from_seq + p_last - 1;
  end if;
end
$$;

-- What there is one of in a store, and an entry says: a sale (or refund) that was completed, a shift that was closed, the
-- goods that went under a number, and that they never left.
create function said_once(p_doc jsonb) returns text
language sql immutable
return case p_doc ->> 'kind'
  when 'sale.completed' then 'sale ' || (p_doc #>> '{body,sale}')
  when 'refund.completed' then 'sale ' || (p_doc #>> '{body,refund}')
  when 'shift.closed' then 'shift ' || (p_doc #>> '{body,shift}')
  when 'stock.sent' then 'sent ' || (p_doc #>> '{body,number}')
  when 'stock.transfer_cancelled' then 'cancelled ' || (p_doc #>> '{body,transfer}')
end;

-- Projects one entry whose journal row is there. Answers SQLSTATE and message where that can't be done.
create function try_to_project(p_store_id integer, p_till_id integer, p_seq bigint, p_doc jsonb, out code text,
  out reason text)
language plpgsql
as $$
declare
  v_twin bytea;
begin
  if p_doc is null then raise exception 'not readable' using errcode = 'ET002'; end if;
  -- What kept it out of the journal's columns when it came keeps it out of every other table.
  if (select is_readable(x.at, x.business_date, x.currency) is false from jsonb_to_record(p_doc) as x(epoch integer,
    version integer, n integer, actor uuid, at timestamptz, "offset" smallint, business_date date, currency text))
  then
    raise exception 'no page can show its moment, its day or its currency' using errcode = 'check_violation';
  end if;
  select bytes into v_twin from journal_entries
  where store_id = p_store_id and till_id = p_till_id and command = (p_doc ->> 'command')::uuid
    and n = (p_doc ->> 'n')::integer and seq <> p_seq;
  if found then
    -- A fork that was adopted twice, or that holds what its other side had got back: the same fact, which is there.
    if fact_of(read_entry(v_twin)) - 'epoch' = p_doc - 'epoch' then return; end if;
    raise exception 'its command has written another entry before' using errcode = 'ET004';
  end if;
  -- Of what two copies of a till have both said (a basket sold, a transfer cancelled) the first in the chain counts, at the
  -- till too: also where it was put aside, and could be projected only later.
  if exists (select from journal_entries where store_id = p_store_id and till_id = p_till_id and seq = p_seq and adopted)
    and exists (select from quarantined_entries q join journal_entries e using (store_id, till_id, seq)
      where q.store_id = p_store_id and q.till_id = p_till_id and q.seq < p_seq
        and said_once(fact_of(read_entry(e.bytes))) = said_once(p_doc))
  then
    raise exception 'an entry before, which was put aside, says it too' using errcode = 'unique_violation';
  end if;
  perform project_entries(p_store_id, p_till_id, array[p_seq], array[p_doc]);
exception
  -- What passes by itself is nobody's fault: the till comes again.
  when lock_not_available or deadlock_detected or serialization_failure or disk_full then raise;
  when others then
    get stacked diagnostics code = returned_sqlstate, reason = message_text;
    reason := left(reason, 500);
end
$$;

-- Stores entries, raw, and projects them, each inside its own guard: one that can't be projected goes to quarantine, and
-- its neighbours are none the worse. Answers how many went there. `p_one_by_one` where it is known that not all can be.
create function store_entries(p_store_id integer, p_till_id integer, p_seqs bigint[], p_entries bytea[], p_hashes bytea[],
  p_docs jsonb[], p_adopted boolean[], p_one_by_one boolean, p_unprojected boolean) returns integer
language plpgsql
as $$
declare
  v_quarantined integer := 0;
  v_constraint text;
  v_code text;
  v_reason text;
begin
  -- All at once; when anything raises, entry by entry.
  begin
    if p_one_by_one or p_unprojected or (true = any (p_adopted) and exists (
      select from quarantined_entries where store_id = p_store_id and till_id = p_till_id))
    then
      raise exception 'not at once' using errcode = 'ET001';
    end if;
    perform insert_entries(p_store_id, p_till_id, p_seqs, p_entries, p_hashes, p_docs, p_adopted);
    perform project_entries(p_store_id, p_till_id, p_seqs, p_docs);
    return 0;
  exception
    when lock_not_available or deadlock_detected or serialization_failure or disk_full then raise;
    when others then null;
  end;
  for i in 1 .. cardinality(p_seqs) loop
    begin
      if p_docs[i] is null then raise exception 'not readable' using errcode = 'ET002'; end if;
      perform insert_entries(p_store_id, p_till_id, p_seqs[i:i], p_entries[i:i], p_hashes[i:i], p_docs[i:i],
        p_adopted[i:i]);
      v_code := null;
    exception
      when lock_not_available or deadlock_detected or serialization_failure or disk_full then raise;
      when others then
        get stacked diagnostics v_code = returned_sqlstate, v_reason = message_text, v_constraint = constraint_name;
        -- Each part of the journal has an index of its own name.
        if v_constraint ~ '^journal_entries_.*command' then
          v_code := null;
          perform insert_entries(p_store_id, p_till_id, p_seqs[i:i], p_entries[i:i], p_hashes[i:i],
            array[p_docs[i] - 'command'], p_adopted[i:i]);
        else
          insert into journal_entries (store_id, till_id, seq, adopted, hash, bytes)
          values (p_store_id, p_till_id, p_seqs[i], p_adopted[i], p_hashes[i], p_entries[i]);
        end if;
    end;
    if p_unprojected and v_code is null then
      v_code := 'ET003';
      v_reason := 'its projection took too long';
    elsif v_code is null then
      select code, reason into v_code, v_reason from try_to_project(p_store_id, p_till_id, p_seqs[i], p_docs[i]);
    end if;
    if v_code is not null then
      insert into quarantined_entries (store_id, till_id, seq, code, reason)
      values (p_store_id, p_till_id, p_seqs[i], v_code, left(v_reason, 500));
      v_quarantined := v_quarantined + 1;
    end if;
  end loop;
  return v_quarantined;
end
$$;

-- How far into a push entries are taken: as many from `p_first` on as hello says, of no more bytes together than it says.
-- One entry alone may be larger.
create function last_within_limits(p_entries bytea[], p_first integer) returns integer
language plpgsql immutable
as $$
declare
  c_entries constant integer := sending_limits() ->> 'entries';
  c_bytes constant integer := sending_limits() ->> 'bytes';
begin
  return (
    select max(i) from (
      select i, sum(octet_length(b)) over (order by i) as bytes
      from unnest(p_entries) with ordinality as e(b, i) where i >= p_first
    ) as sized
    where i = p_first or (i < p_first + c_entries and bytes <= c_bytes));
end
$$;

-- The same for what entries do under the lock on the company's stream, which every store wants: a transfer is as much work
-- as it has lines and 20 more, a proposal as 5. (A thousand lines take a third of a second.)
create function last_within_company_work(p_docs jsonb[], p_first integer) returns integer
language plpgsql immutable
as $$
declare
  c_most constant integer := 1000;
begin
  return (
    select max(i) from (
      select i, sum(case family_of(doc ->> 'kind', doc ->> 'version')
          when 'transfers' then 20 + case jsonb_typeof(doc #> '{body,lines}') when 'array'
            then jsonb_array_length(doc #> '{body,lines}') else 0 end
          when 'proposals' then 5 else 0 end) over (order by i) as work
      from unnest(p_docs) with ordinality as d(doc, i) where i >= p_first
    ) as done
    where i = p_first or work <= c_most);
end
$$;

-- Takes entries `p_from_seq`, `p_from_seq` + 1, … of the till that asks: of those that are new, as many as the limits let in;
-- the till goes on from what is acknowledged. `p_epoch` is the epoch that hello (or the last
-- push) said, `p_installation` who said hello. Whatever is wrong with the entries is an answer: taken, gap, epoch, fork,
-- refused. What is taken is stored raw and acknowledged, even where it can't be projected. With `p_unprojected` nothing is
-- projected: the way out for an entry whose projection has timed out again and again.
create function push(p_epoch integer, p_from_seq bigint, p_entries bytea[], p_hashes bytea[],
  p_payloads bytea[] default '{}', p_unprojected boolean default false, p_installation uuid default null) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
set lock_timeout = '5s'
set jit = off
-- Every table is reached by its key. A plan that was made while a table was small must not read the grown one whole.
set enable_seqscan = off
-- What a plan of a partitioned table costs counts all parts, though one is reached: without this PostgreSQL would take it
-- for dear and plan anew at each call, which is a third of the time that a push of one sale takes.
set plan_cache_mode = force_generic_plan
as $$
declare
  me constant till_identity := current_till();
  v_head till_heads;
  v_count integer := cardinality(p_entries);
  v_first integer;
  v_docs jsonb[];
  v_followed record;
  v_from_seq bigint;
  v_seqs bigint[];
  v_seq bigint;
  v_last integer;
  v_quarantined integer := 0;
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
  -- Superseded since it said hello.
  if is_superseded(v_head, p_installation::text) then return refusal(v_head, 'refused', 'installation', null); end if;
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

  if v_count > v_first then
    v_last := last_within_limits(p_entries, v_first);
    if v_last < v_count then
      v_count := v_last;
      p_entries := p_entries[1:v_count];
      p_hashes := p_hashes[1:v_count];
    end if;
  end if;

  -- Read. One entry that PostgreSQL can't read would fail the whole array, so then each is tried alone.
  begin
    -- "offset 0" keeps the subquery apart; folded in, each entry would be parsed twice.
    select array_agg(case when jsonb_typeof(doc) = 'object' then doc end) into v_docs
    from (select convert_from(b, 'UTF8')::jsonb as doc from unnest(p_entries) as e(b) offset 0) as parsed;
  exception when others then
    select array_agg(read_entry(b)) into v_docs from unnest(p_entries) as e(b);
  end;

  v_last := case when v_count > v_first then last_within_company_work(v_docs, v_first) else v_count end;
  -- What a shop says after it has joined is for when its catalogue is the company's: it comes with the next push.
  if exists (select from shop_histories where store_id = me.store_id and till_id = me.till_id and taken_at is null) then
    select least(v_last, min(i)) into v_last from unnest(v_docs) with ordinality as d(doc, i)
    where doc ->> 'kind' = 'till.joined';
  end if;
  if v_last < v_count then
    v_count := v_last;
    p_entries := p_entries[1:v_count];
    p_hashes := p_hashes[1:v_count];
    v_docs := v_docs[1:v_count];
  end if;

  -- Entries before the first that breaks the chain are taken.
  v_followed := follow_chain(v_head, me.store::text, me.till::text, p_from_seq, v_first, p_entries, p_hashes, v_docs,
    p_installation is not null);
  v_last := v_followed.p_last;
  if v_last >= v_first then
    v_head := v_followed.p_reached;
    v_from_seq := p_from_seq + v_first - 1;
    v_seqs := array(select p_from_seq + i - 1 from generate_series(v_first, v_last) as i);
    if v_followed.p_facts is not null then v_docs := v_followed.p_facts; end if;
    if v_first = 1 and v_last = v_count then
      -- The ordinary case: a slice would be a copy of the whole batch.
      v_quarantined := store_entries(me.store_id, me.till_id, v_seqs, p_entries, p_hashes, v_docs, v_followed.p_adopted,
        v_followed.p_unreadable, p_unprojected);
    else
      v_quarantined := store_entries(me.store_id, me.till_id, v_seqs, p_entries[v_first:v_last],
        p_hashes[v_first:v_last], v_docs[v_first:v_last], v_followed.p_adopted[v_first:v_last],
        v_followed.p_unreadable, p_unprojected);
    end if;

    insert into private_payloads (store_id, hash, bytes)
    select me.store_id, sha256(p.bytes), p.bytes from unnest(p_payloads) as p(bytes)
    where octet_length(p.bytes) <= 65536
      and not exists (select from erased_payloads x where x.store_id = me.store_id and x.hash = sha256(p.bytes))
    on conflict (store_id, hash) do nothing;

    update till_heads set genesis = v_head.genesis, chain_installation = v_head.chain_installation, epoch = v_head.epoch,
      acked_seq = v_head.acked_seq, head_hash = v_head.head_hash, fork_seq = v_head.fork_seq,
      fork_hash = v_head.fork_hash, fork_head_seq = v_head.fork_head_seq, fork_head_hash = v_head.fork_head_hash,
      last_entry_at = coalesce(
        (select max(at) from journal_entries where store_id = me.store_id and till_id = me.till_id
          and seq between v_from_seq and v_head.acked_seq), last_entry_at),
      last_push_at = now(), last_seen_at = now(), left_at = null, reported_seq = greatest(reported_seq, v_head.acked_seq),
      -- What reaches the head that the till had told continues our own chain: then both heads are one.
      reported_hash = case when reported_seq > v_head.acked_seq then reported_hash else v_head.head_hash end,
      reported_chain = case when reported_seq > v_head.acked_seq then reported_chain else 'equal' end
    where store_id = me.store_id and till_id = me.till_id;

    -- Before the store's stream is locked: a history takes the company's.
    v_quarantined := v_quarantined + take_if_complete(me.store_id, me.till_id, v_from_seq, v_head.acked_seq);
    -- Last, because the lock on the store is one that all its tills want.
    perform apply_stock(me.store_id, me.till_id, v_from_seq, v_head.acked_seq);
    perform settle_returns(me.store_id, me.till_id, v_from_seq, v_head.acked_seq);
    perform check_closings(me.store_id, me.till_id, v_from_seq, v_head.acked_seq);
    if v_quarantined > 0 or exists (select from unprojected_entries where store_id = me.store_id
        and till_id = me.till_id and seq between v_from_seq and v_head.acked_seq)
    then
      perform tell_aside(me.store_id, me.till_id);
    end if;
  end if;

  if v_followed.p_reason is not null then
    return refusal(v_head, 'refused', v_followed.p_reason, v_head.acked_seq + 1);
  end if;
  return jsonb_build_object('answer', 'taken', 'quarantined', v_quarantined) || held(v_head);
end
$$;
