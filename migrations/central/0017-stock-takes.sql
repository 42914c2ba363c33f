-- Stock takes: what was counted, which movements were before the count and which after, and what is added to the sum of
-- all tills' levels so that it comes out as counted. docs/decisions/0013-what-was-counted.md has the rules.
--
-- A counted line is a movement of the till that counted, by what it differed from the level that this till knew. What no
-- till can know alone is left to a correction per product, which the feed carries: sales that came later and were made
-- before the count, and counts of two tills.

-- The count that stands for each product, and what it makes the feed add to the levels.
create table stock_corrections (
  store_id integer not null,
  product uuid not null,
  correction_milli bigint not null check (correction_milli between -100000000000000 and 100000000000000),
  -- The line of the count.
  till_id integer not null,
  seq bigint not null,
  line_no smallint not null,
  counted_milli bigint not null,
  -- By the server's clock, as far as it knows the till's: for people, and what it surely lies between.
  counted_at timestamptz not null,
  earliest timestamptz not null,
  latest timestamptz not null,
  -- The last entry of each till, by its till_id, that is known to be before the count: { "3": 412 }.
  marks jsonb not null,
  -- The same of tills of which the count says that it had heard of more than was held here when it came.
  beyond jsonb not null,
  primary key (store_id, product)
) with (fillfactor = 80);

-- How far back the counts of a store reach: what is surely after all of them need not look at any.
create table stock_count_reach (
  store_id integer not null,
  till_id integer not null,
  -- The highest mark of this till in any count.
  mark_seq bigint not null,
  -- The latest moment at which anything can have been counted.
  counted_at timestamptz not null,
  primary key (store_id, till_id)
) with (fillfactor = 80);

-- Movements so near to a count, by clocks that may be off, that nobody can tell which was first. They count as after it
-- until somebody decides.
create table stock_count_doubts (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  product uuid not null,
  stock_milli bigint not null,
  at timestamptz not null,
  decided text check (decided in ('before', 'after')),
  decided_by uuid,
  decided_at timestamptz,
  primary key (store_id, till_id, seq, product)
);
create index stock_count_doubts_open on stock_count_doubts (store_id, product) where decided is null;

-- What each store has of each product: a number that can be read exactly, whatever its tills said.
create view stock_on_hand with (security_invoker = true) as
select store_id, product, least(greatest(sum(milli), -100000000000000), 100000000000000)::bigint as level_milli
from (
  select store_id, product, level_milli as milli from stock_levels
  union all
  select store_id, product, correction_milli from stock_corrections
) as parts
group by store_id, product;

-- How the numbers that an adopted entry says become those of this chain, adoption by adoption from the fact outwards: what
-- was written after `bases[i]` stands `shifts[i]` further on in the chain that adopted it. An epoch that settled a fork stands
-- as far after its base as the fork's entries are moved, in whichever chain it was written; so it is known again by that.
-- Empty where the entry at `p_seq` says of itself (`p_said`) that it is there: nobody adopted it.
create function adoptions_of(p_store_id integer, p_till_id integer, p_seq bigint, p_said bigint, out bases bigint[],
  out shifts bigint[])
language plpgsql stable
as $$
declare
  v_doc jsonb;
  v_number bigint;
begin
  bases := '{}';
  shifts := '{}';
  if p_said = p_seq then return; end if;
  select read_entry(bytes) into v_doc from journal_entries
  where store_id = p_store_id and till_id = p_till_id and seq = p_seq;
  while v_doc ->> 'kind' = 'adopted' loop
    v_number := (v_doc ->> 'seq')::bigint;
    v_doc := read_entry(decode(v_doc #>> '{body,bytes_base64}', 'base64'));
    shifts := v_number - (v_doc ->> 'seq')::bigint || shifts;
    bases := (
      select max(o.base)
      from (
        select seq as number, fork_base_seq as base from journal_epochs
        where store_id = p_store_id and till_id = p_till_id and seq < p_seq and fork_base_seq is not null
        union all
        select (f.doc ->> 'seq')::bigint, (f.doc #>> '{body,fork,base,seq}')::bigint
        from journal_entries e cross join lateral (select fact_of(read_entry(e.bytes)) as doc) as f
        where e.store_id = p_store_id and e.till_id = p_till_id and e.seq < p_seq and e.adopted
          and e.kind = 'epoch.opened'
      ) as o
      where o.number - o.base = shifts[1] and o.base < (v_doc ->> 'seq')::bigint
    ) || bases;
  end loop;
end
$$;

-- A number that an adopted entry says, as a number of this chain.
create function place_of(p_number bigint, p_bases bigint[], p_shifts bigint[]) returns bigint
language plpgsql immutable
as $$
begin
  for i in 1 .. cardinality(p_bases) loop
    if p_number > p_bases[i] then p_number := p_number + p_shifts[i]; end if;
  end loop;
  return p_number;
end
$$;

create function project_counts(p_store_id integer, p_till_id integer, p_seqs bigint[], p_docs jsonb[]) returns void
language plpgsql
as $$
declare
  v_seq bigint;
begin
  select min(e.seq) into v_seq
  from unnest(p_seqs, p_docs) as e(seq, doc) cross join lateral jsonb_array_elements(e.doc #> '{body,lines}') as l(line)
  where (l.line ->> 'own_seq')::bigint not between 0 and (e.doc ->> 'seq')::bigint - 1;
  if v_seq is not null then
    raise exception 'entry % says of a line that it was counted after entries that were written later', v_seq
      using errcode = 'ET024';
  end if;
  insert into stock_counts (store_id, till_id, seq, count, scope, category, actor, approver, at, offset_minutes,
    business_date, tills, feed, line_count)
  select p_store_id, p_till_id, e.seq, b.count, b.scope, b.category, x.actor, x.approver, x.at, x."offset",
    x.business_date, uuid_list(b.tills), b.feed, jsonb_array_length(b.lines)
  from unnest(p_seqs, p_docs) as e(seq, doc)
  cross join lateral jsonb_to_record(e.doc) as x(actor uuid, approver uuid, at timestamptz, "offset" smallint,
    business_date date)
  cross join lateral jsonb_to_record(e.doc -> 'body') as b(count uuid, scope text, category uuid, tills jsonb,
    feed text, lines jsonb);

  insert into stock_count_lines (store_id, till_id, seq, line_no, product, sku, name, unit, counted_milli, known_milli,
    stock_milli, price_minor, counted_at, own_seq, seen)
  select p_store_id, p_till_id, e.seq, l.line_no, l.product, l.sku, l.name, l.unit, l.counted_milli, l.known_milli,
    l.counted_milli - l.known_milli, l.price_minor, l.counted_at,
    place_of(l.own_seq, e.bases, e.shifts),
    array(select s::bigint from jsonb_array_elements_text(l.seen) with ordinality as n(s, i) order by i)
  from (
    select u.seq, u.doc, a.bases, a.shifts
    from unnest(p_seqs, p_docs) as u(seq, doc)
    cross join lateral adoptions_of(p_store_id, p_till_id, u.seq, (u.doc ->> 'seq')::bigint) as a
  ) as e
  cross join lateral rows from (
    jsonb_to_recordset(e.doc #> '{body,lines}') as (product uuid, sku text, name text, unit text, counted_milli bigint,
      known_milli bigint, price_minor bigint, counted_at timestamptz, own_seq bigint, seen jsonb)
  ) with ordinality as l(product, sku, name, unit, counted_milli, known_milli, price_minor, counted_at, own_seq, seen,
    line_no);

  -- Bounded, so that no till can make a sum over many of them a number that can't be read.
  update stock_counts c set different = d.different, surplus_minor = d.surplus, missing_minor = d.missing
  from (
    select seq, count(*) filter (where stock_milli <> 0) as different,
      least(coalesce(sum(round(stock_milli::numeric * price_minor / 1000)) filter (where stock_milli > 0), 0),
        100000000000000) as surplus,
      least(coalesce(-sum(round(stock_milli::numeric * price_minor / 1000)) filter (where stock_milli < 0), 0),
        100000000000000) as missing
    from stock_count_lines where store_id = p_store_id and till_id = p_till_id and seq = any (p_seqs) group by seq
  ) as d
  where c.store_id = p_store_id and c.till_id = p_till_id and c.seq = d.seq;
end
$$;

-- Whether a movement was before the count that stands: by the marks where they say, else by the clocks; `doubt` where they
-- can't tell. What takes an earlier entry back is asked for as that entry: what stood on the shelf was never moved by either. A minute is for goods that were off the shelf and not yet paid. Of entries that the count says it had heard
-- of, and that were not held here then, nothing is believed that the clocks deny.
create function side_of_count(c stock_corrections, p_till_id integer, p_seq bigint, p_earliest timestamptz,
  p_latest timestamptz) returns text
language sql immutable
return case
  when p_seq <= (c.marks ->> p_till_id::text)::bigint then 'before'
  when p_till_id = c.till_id then 'after'
  when p_latest < c.earliest - interval '1 minute' then 'before'
  when p_earliest > c.latest + interval '1 minute'
    and p_seq > coalesce((c.beyond ->> p_till_id::text)::bigint, 0) then 'after'
  else 'doubt'
end;

-- Makes one count stand for its products, where none stands that was later. Answers these products.
create function stand_count(p_store_id integer, p_till_id integer, p_seq bigint) returns uuid[]
language plpgsql
as $$
declare
  v_products uuid[];
begin
  with known as materialized (
    -- Lines that were counted between the same two movements share their marks. Numbers that were heard before the database
    -- came back from a backup may be those of other entries by now: none of them is sure.
    select seen, jsonb_object_agg(t.till_id, least(s.seq, k.held_seq)) as marks,
      coalesce(jsonb_object_agg(t.till_id, s.seq) filter (where s.seq > k.held_seq), '{}') as beyond
    from (
      select distinct l.seen, c.tills, coalesce(c.feed <> f.tag, false) as is_of_before
      from stock_count_lines l join stock_counts c using (store_id, till_id, seq) join stream_heads f using (store_id)
      where l.store_id = p_store_id and l.till_id = p_till_id and l.seq = p_seq
    ) as d
    cross join lateral unnest(d.tills, d.seen) as s(till, seq)
    join tills t on t.store_id = p_store_id and t.till = s.till and t.till_id <> p_till_id
    join till_heads h on h.store_id = p_store_id and h.till_id = t.till_id
    cross join lateral (select case when is_of_before then 0 else h.acked_seq end as held_seq) as k
    where s.seq is not null
    group by seen
  ), put as (
    insert into stock_corrections as c (store_id, product, correction_milli, till_id, seq, line_no, counted_milli,
      counted_at, earliest, latest, marks, beyond)
    select distinct on (l.product) p_store_id, l.product, 0, p_till_id, p_seq, l.line_no, l.counted_milli,
      l.counted_at, l.earliest, l.latest, coalesce(k.marks, '{}') || jsonb_build_object(p_till_id, l.own_seq),
      coalesce(k.beyond, '{}')
    from count_moments(p_store_id, p_till_id, p_seq) as l left join known k using (seen)
    order by l.product, l.line_no desc
    on conflict (store_id, product) do update set till_id = excluded.till_id, seq = excluded.seq,
      line_no = excluded.line_no, counted_milli = excluded.counted_milli, counted_at = excluded.counted_at,
      earliest = excluded.earliest, latest = excluded.latest, marks = excluded.marks, beyond = excluded.beyond
    where case
      when c.till_id = excluded.till_id then excluded.seq > c.seq
      -- Whoever knew of the other's posting came later.
      when (excluded.marks ->> c.till_id::text)::bigint >= c.seq then true
      when (c.marks ->> excluded.till_id::text)::bigint >= excluded.seq then false
      -- Where the clocks can't tell, the one whose moment is known better.
      else (excluded.earliest, excluded.till_id) > (c.earliest, c.till_id)
    end
    returning product, marks, beyond, latest
  ), reached as (
    insert into stock_count_reach as r (store_id, till_id, mark_seq, counted_at)
    select p_store_id, m.key::integer, max(m.value::bigint), max(p.latest)
    from put p cross join lateral jsonb_each_text(p.marks || p.beyond) as m group by m.key
    on conflict (store_id, till_id) do update set mark_seq = greatest(r.mark_seq, excluded.mark_seq),
      counted_at = greatest(r.counted_at, excluded.counted_at)
  )
  select coalesce(array_agg(product), '{}') into v_products from put;
  return v_products;
end
$$;

-- Writes new corrections, and tells the tills of those that changed.
create function put_corrections(p_store_id integer, p_products uuid[], p_corrections bigint[]) returns void
language plpgsql
as $$
declare
  v_keys text[];
  v_rows jsonb[];
begin
  with changed as (
    update stock_corrections c set correction_milli = n.milli
    from unnest(p_products, p_corrections) as n(product, milli)
    where c.store_id = p_store_id and c.product = n.product and c.correction_milli <> n.milli
    returning c.product, c.correction_milli
  )
  select array_agg(product::text order by product),
    array_agg(jsonb_build_object('product', product, 'correction_milli', correction_milli) order by product)
  into v_keys, v_rows from changed;
  if v_keys is not null then perform put_feed_rows(p_store_id, 'stock_correction', v_keys, v_rows); end if;
end
$$;

-- Makes the corrections of products anew, by the counts that stand now: the level shall be what was counted, and what moved
-- after it. What there was to doubt about counts before these is of no matter any more.
create function correct_from_counts(p_store_id integer, p_products uuid[]) returns void
language plpgsql
as $$
declare
  v_products uuid[];
  v_corrections bigint[];
begin
  delete from stock_count_doubts where store_id = p_store_id and product = any (p_products);
  with counts as materialized (
    select c as count, c.product, c.marks, c.earliest, c.till_id from stock_corrections c
    where c.store_id = p_store_id and c.product = any (p_products)
  ), bounds as (
    select t.till_id, min(coalesce((c.marks ->> t.till_id::text)::bigint, 0)) as seq, min(c.earliest) as earliest
    from tills t cross join counts c where t.store_id = p_store_id group by t.till_id
  ), later as materialized (
    select b.till_id, m.seq, m.product, m.stock_milli, coalesce(m.undoes_seq, m.seq) as of_seq
    from bounds b cross join lateral moved_by(p_store_id, b.till_id, b.seq + 1, 9223372036854775807) as m
    where not m.is_count
  ), near as materialized (
    -- What came well before the first of the counts was made before it.
    select b.till_id, m.seq, m.earliest, m.latest
    from bounds b cross join lateral (
      select min(e.seq) as first_seq, max(e.seq) as last_seq from journal_entries e
      where e.store_id = p_store_id and e.till_id = b.till_id and e.seq > b.seq
        and e.received_at > b.earliest - interval '2 minutes'
    ) as e cross join lateral moments_of(p_store_id, b.till_id, e.first_seq, e.last_seq) as m
  ), sided as materialized (
    select l.till_id, l.seq, l.product, bounded_milli(sum(l.stock_milli)) as milli, k.latest as at,
      side_of_count(c.count, l.till_id, l.of_seq, coalesce(k.earliest, '-infinity'), coalesce(k.latest, '-infinity')) as side
    from later l join counts c on c.product = l.product
      left join near k on k.till_id = l.till_id and k.seq = l.of_seq
    group by l.till_id, l.seq, l.of_seq, l.product, c.count, k.earliest, k.latest
  ), after as materialized (
    select product, sum(milli) as milli from sided where side <> 'before' group by product
  ), doubts as (
    insert into stock_count_doubts (store_id, till_id, seq, product, stock_milli, at)
    select p_store_id, till_id, seq, product, milli, at from sided where side = 'doubt'
  )
  select array_agg(c.product), array_agg(bounded_milli((c.count).counted_milli
    - (select coalesce(sum(s.level_milli), 0) from stock_levels s
       where s.store_id = p_store_id and s.product = c.product)
    + coalesce(a.milli, 0)))
  into v_products, v_corrections from counts c left join after a using (product);
  perform put_corrections(p_store_id, v_products, v_corrections);
end
$$;

-- Settles entries of one till with the counts: counts among them, and movements of products that were counted. Comes after
-- their levels were written, and takes the lock on the store's head where there is anything to do.
create function settle_counts(p_store_id integer, p_till_id integer, p_from_seq bigint, p_to_seq bigint) returns void
language plpgsql
as $$
declare
  v_counted boolean;
  v_last timestamptz;
  v_mark bigint;
  v_first timestamptz;
  v_latest timestamptz;
  v_turned boolean;
  v_ahead record;
  v_seq bigint;
  v_new uuid[] := '{}';
  v_products uuid[];
  v_corrections bigint[];
begin
  v_counted := exists (select from stock_counts
    where store_id = p_store_id and till_id = p_till_id and seq between p_from_seq and p_to_seq);
  if not v_counted then
    -- A till that none of the counts names has no mark; whether one of its movements was before is for the clocks to say.
    select max(counted_at), max(mark_seq) filter (where till_id = p_till_id) into v_last, v_mark
    from stock_count_reach where store_id = p_store_id;
    if v_last is null then return; end if;
    select min(at), max(at), bool_or(at < before - interval '30 seconds') into v_first, v_latest, v_turned
    from (
      select seq, at, lag(at) over (order by seq) as before from journal_entries
      where store_id = p_store_id and till_id = p_till_id and seq between p_from_seq - 1 and p_to_seq
    ) as e where seq >= p_from_seq;
    v_ahead := ahead_around(p_store_id, p_till_id, p_from_seq - 1, p_to_seq);
    -- By a clock that was measured, and says nothing that can't be, all of it was well after all counts; but for what takes
    -- back what was before them.
    if not exists (select from stock_transfer_lines where store_id = p_store_id and till_id = p_till_id
        and seq between p_from_seq and p_to_seq and undoes_seq is not null)
      and p_from_seq > coalesce(v_mark, 0) and not coalesce(v_turned, false)
      and v_first - v_ahead.high > v_last + interval '2 minutes' and v_latest - v_ahead.low <= now()
    then
      return;
    end if;
  end if;
  perform from stream_heads where store_id = p_store_id for update;

  if v_counted then
    for v_seq in
      select seq from stock_counts
      where store_id = p_store_id and till_id = p_till_id and seq between p_from_seq and p_to_seq order by seq
    loop
      v_new := v_new || stand_count(p_store_id, p_till_id, v_seq);
    end loop;
    if cardinality(v_new) > 0 then perform correct_from_counts(p_store_id, v_new); end if;
  end if;

  -- The other movements, against counts that stood before. A count that doesn't stand was before the one that does.
  with moved as materialized (
    select m.seq, m.product, m.is_count, coalesce(m.undoes_seq, m.seq) as of_seq,
      bounded_milli(sum(m.stock_milli)) as milli
    from moved_by(p_store_id, p_till_id, p_from_seq, p_to_seq) as m
    where m.product <> all (v_new)
    group by m.seq, m.product, m.is_count, m.undoes_seq
  ), moments as materialized (
    select k.seq, k.earliest, k.latest from moments_of(p_store_id, p_till_id, p_from_seq, p_to_seq) as k
    union all
    select k.seq, k.earliest, k.latest
    from (select distinct of_seq from moved where of_seq < p_from_seq) as m
      cross join lateral moments_of(p_store_id, p_till_id, m.of_seq, m.of_seq) as k
  ), sided as materialized (
    -- What somebody has decided of an entry is decided of whatever takes it back.
    select m.seq, m.product, m.milli, k.latest as at, c.correction_milli, case when m.is_count then 'before'
      else coalesce(d.decided, side_of_count(c, p_till_id, m.of_seq, k.earliest, k.latest)) end as side
    from moved m join stock_corrections c on c.store_id = p_store_id and c.product = m.product
      join moments k on k.seq = m.of_seq
      left join stock_count_doubts d on d.store_id = p_store_id and d.till_id = p_till_id and d.seq = m.of_seq
        and d.product = m.product
  ), doubts as (
    insert into stock_count_doubts (store_id, till_id, seq, product, stock_milli, at)
    select p_store_id, p_till_id, seq, product, milli, at from sided where side = 'doubt'
  )
  select array_agg(product), array_agg(bounded_milli(correction_milli - milli)) into v_products, v_corrections
  from (
    select product, correction_milli, sum(milli) as milli from sided where side = 'before'
    group by product, correction_milli
  ) as b;
  if v_products is not null then perform put_corrections(p_store_id, v_products, v_corrections); end if;
end
$$;

-- Decides what was first: the count of a product, or the movements that are in doubt. `p_milli` is what they come to, as
-- whoever decides saw it. Answers `recorded`; `stale` where it is another sum by now; `unknown` where nothing is in doubt.
create function decide_count_doubt(p_editor uuid, p_store uuid, p_product uuid, p_milli bigint, p_before boolean)
returns jsonb
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
set lock_timeout = '5s'
as $$
declare
  v_store_id constant integer := (select store_id from stores where store = p_store);
  v_milli bigint;
  v_correction bigint;
begin
  perform from stream_heads where store_id = v_store_id for update;
  -- As far as a number is exact: so it was shown.
  select case when count(*) > 0 then least(greatest(sum(stock_milli), -9007199254740991), 9007199254740991) end
  into v_milli from stock_count_doubts
  where store_id = v_store_id and product = p_product and decided is null;
  if v_milli is null then return '{"answer":"unknown"}'; end if;
  if v_milli <> p_milli then return '{"answer":"stale"}'; end if;
  if p_before then
    select correction_milli into strict v_correction from stock_corrections
    where store_id = v_store_id and product = p_product;
    perform put_corrections(v_store_id, array[p_product], array[bounded_milli(v_correction - v_milli)]);
  end if;
  update stock_count_doubts set decided = case when p_before then 'before' else 'after' end, decided_by = p_editor,
    decided_at = now()
  where store_id = v_store_id and product = p_product and decided is null;
  perform record_edit(p_editor, 'stock_doubt', concat(p_store, '/', p_product),
    jsonb_build_object('before', p_before, 'stock_milli', v_milli));
  return '{"answer":"recorded"}';
end
$$;
