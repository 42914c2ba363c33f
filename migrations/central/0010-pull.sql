-- pull: how the feed goes out.

-- A page as JSON, of changes that are JSON.
create function page_text(p_stream text, p_tag text, p_snapshot text, p_from bigint, p_position bigint, p_more boolean,
  p_changes text) returns text
language sql immutable
return concat('{"stream":"', p_stream, '","tag":', to_json(p_tag), ',"snapshot":', coalesce(p_snapshot, 'null'),
  ',"from":', p_from, ',"position":', p_position, ',"more":', case when p_more then 'true' else 'false' end,
  ',"changes":[', p_changes, ']}');

-- One page of `company` or `store`, at most p_limit rows and about a megabyte, but one row at least, for a till, as JSON. STABLE, so that the head and the rows are read
-- in one snapshot: whatever is at or below the head is there, since its writer held the head's lock until it committed.
--
-- A cursor with another tag starts a snapshot: a page `begin` from position 0, pages `more`, a page `end` that reaches the
-- head; then the till drops what the snapshot did not name. The tag of a cursor inside a snapshot begins with `~`, so that
-- a till that was stopped half-way goes on where it was.
create function feed_page(me till_identity, p_stream text, p_position bigint, p_tag text, p_limit integer) returns text
language plpgsql stable
as $$
declare
  c_most_bytes constant integer := 1000000;
  v_head stream_heads;
  v_from bigint := p_position;
  v_snapshot boolean := false;
  v_begins boolean := false;
  v_found integer;
  v_count integer;
  v_last bigint;
  v_changes text;
  v_reaches_head boolean;
  v_complete boolean;
  -- The company's stream is that of store 0.
  v_stream_store constant integer := case p_stream when 'store' then me.store_id else 0 end;
  v_till constant text := me.till;
  v_store constant text := me.store;
begin
  select * into strict v_head from stream_heads where store_id = v_stream_store;
  if p_tag = '~' || v_head.tag and p_position between 0 and v_head.position then
    v_snapshot := true;
  elsif p_tag is distinct from v_head.tag or p_position is null or p_position not between 0 and v_head.position then
    v_snapshot := true;
    v_begins := true;
    v_from := 0;
  end if;

  -- The JSON is put together as text: a row is JSON already, and taking it apart to put it into a larger one costs more
  -- than all else that a page does. A till that does not know a kind keeps its rows by their keys. Products and stock,
  -- which all of them know, go without: they are nearly all of a first load.
  -- A row that the page has no room for is not read: its length stands beside it.
  select count(*), count(*) filter (where r.fits), max(r.position) filter (where r.fits), string_agg(
    concat('{"position":', r.position, ',"kind":"', r.kind, '"', ',"key":' || to_json(r.key), ',"row":',
      r.stock, r.row, '}'),
    ',' order by r.position) filter (where case when r.fits then
      -- What was decided of a till's proposals, found of its closings or put aside of its entries is for that till alone, a
      -- transfer for its two stores; a till knows its own stock.
      case r.kind when 'stock' then not r.own_stock
        when 'transfer' then v_store in (r.row ->> 'from_store', r.row ->> 'to_store')
        else r.kind not in ('proposal', 'closing', 'aside') or r.row ->> 'till' is not distinct from v_till end end)
  into v_found, v_count, v_last, v_changes
  from (
    select position, kind, key, row, stock, own_stock, bytes_so_far <= c_most_bytes or bytes_so_far = bytes as fits
    from (select *, sum(bytes) over (order by position rows unbounded preceding) as bytes_so_far from (
      (select position, kind, case when kind <> 'product' then key end as key, row, null as stock, row_bytes as bytes,
         false as own_stock
       from feed_rows
       where store_id = v_stream_store and position > v_from order by position limit p_limit)
      union all
      (select s.position, 'stock', null, null, concat('{"till":"', l.till, '","product":"', s.product,
         '","covers_seq":', s.covers_seq, ',"level_milli":', s.level_milli, '}'), 150, s.till_id = me.till_id
       from stock_levels s join tills l on l.store_id = s.store_id and l.till_id = s.till_id
       where s.store_id = v_stream_store and s.position > v_from order by s.position limit p_limit)
    ) as both_kinds order by position limit p_limit) as measured
  ) as r;

  v_reaches_head := v_found < p_limit and v_count = v_found;
  v_complete := v_reaches_head and not v_begins;
  return page_text(p_stream, case when v_snapshot and not v_complete then '~' || v_head.tag else v_head.tag end,
    case when v_begins then '"begin"' when v_snapshot and v_complete then '"end"' when v_snapshot then '"more"' end,
    v_from, case when v_reaches_head then v_head.position else v_last end, not v_complete, v_changes);
end
$$;

-- Reads both streams on from the till's cursors, `{ "company": { "position", "tag" } | null, "store": …, "installation" }`,
-- the last being who said hello: a PC that was superseded is told nothing more of its store and its people.
create function pull(p_cursors jsonb, p_limit integer default 500) returns json
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set timezone = 'UTC'
set lock_timeout = '5s'
set jit = off
-- Every table is reached by its key. A plan that was made while a table was small must not read the grown one whole.
set enable_seqscan = off
-- Every plan goes by a key, whatever is asked for: planning anew costs more than the plan.
set plan_cache_mode = force_generic_plan
as $$
declare
  me constant till_identity := current_till();
  v_limit constant integer := least(greatest(coalesce(p_limit, 500), 1), 500);
  v_company_position constant bigint := p_cursors #>> '{company,position}';
  v_company_tag constant text := p_cursors #>> '{company,tag}';
  v_store_position constant bigint := p_cursors #>> '{store,position}';
  v_store_tag constant text := p_cursors #>> '{store,tag}';
  v_standing record;
  v_pages text := '';
begin
  if me.till_id is null then raise exception 'not a till' using errcode = 'insufficient_privilege'; end if;
  -- One statement for all that most calls need to know.
  select h as head, t.active, x.store_id is not null as brings_history,
    c.position = v_company_position and c.tag = v_company_tag and s.position = v_store_position and s.tag = v_store_tag
      as has_everything
  into strict v_standing
  from till_heads h
  join tills t on t.store_id = h.store_id and t.till_id = h.till_id
  join stream_heads c on c.store_id = 0
  join stream_heads s on s.store_id = h.store_id
  left join shop_histories x on x.store_id = h.store_id and x.till_id = h.till_id and x.taken_at is null
  where h.store_id = me.store_id and h.till_id = me.till_id;
  if not v_standing.active then return refusal(v_standing.head, 'refused', 'deactivated', null); end if;
  if is_superseded(v_standing.head, p_cursors ->> 'installation') then
    return refusal(v_standing.head, 'refused', 'installation', null);
  end if;
  if (v_standing.head).last_seen_at is null or (v_standing.head).last_seen_at < now() - interval '30 seconds' then
    update till_heads set last_seen_at = now() where store_id = me.store_id and till_id = me.till_id;
  end if;
  -- A shop that brings its history has all that it sells from; the company has it when the history is complete.
  if v_standing.brings_history then
    null;
  elsif v_standing.has_everything then
    v_pages := concat_ws(',',
      page_text('company', v_company_tag, null, v_company_position, v_company_position, false, null),
      page_text('store', v_store_tag, null, v_store_position, v_store_position, false, null));
  else
    v_pages := concat_ws(',',
      feed_page(me, 'company', v_company_position, v_company_tag, v_limit),
      feed_page(me, 'store', v_store_position, v_store_tag, v_limit));
  end if;
  return concat('{"answer":"pages","pages":[', v_pages, '],"server_time":"', utc_text(clock_timestamp()), '"}');
end
$$;
