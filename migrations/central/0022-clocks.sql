-- When something happened at a till, by the server's clock: between which two moments it surely lies. The till's clock says
-- it best, where it was measured and says nothing that can't be; the rest is known from what nobody can set back: an entry
-- was written before it came here, after every hello that had not heard of it, and in the order of its numbers.

-- Hellos that a till said, by the last entry that it had then: what has a higher number was written later.
create table clock_readings (
  store_id integer not null,
  till_id integer not null,
  seq bigint not null,
  at timestamptz not null,
  -- How far the till's clock was ahead of ours; null where it did not say.
  ahead_ms bigint,
  primary key (store_id, till_id, seq)
) with (fillfactor = 80);

-- Writes down a hello. The caller holds the lock on the till's head.
create function note_clock(p_store_id integer, p_till_id integer, p_seq bigint, p_ahead_ms bigint) returns void
language plpgsql
as $$
declare
  -- Whoever has a till's password may make up heads: the highest are kept.
  c_most constant integer := 500;
begin
  insert into clock_readings as r (store_id, till_id, seq, at, ahead_ms)
  values (p_store_id, p_till_id, p_seq, now(), p_ahead_ms)
  on conflict (store_id, till_id, seq) do update set at = excluded.at, ahead_ms = coalesce(excluded.ahead_ms, r.ahead_ms);
  delete from clock_readings where store_id = p_store_id and till_id = p_till_id and seq < (
    select seq from clock_readings where store_id = p_store_id and till_id = p_till_id
    order by seq desc offset c_most - 1 limit 1);
end
$$;

-- How far a till's clock can have been ahead while it wrote what follows entry `p_after_seq`, up to `p_to_seq`: by the
-- measurements just before, in between and just after. Null where it was not measured.
create function ahead_around(p_store_id integer, p_till_id integer, p_after_seq bigint, p_to_seq bigint,
  out low interval, out high interval)
language sql stable
begin atomic
  select min(ahead_ms) * interval '1 ms', max(ahead_ms) * interval '1 ms' from clock_readings
  where store_id = p_store_id and till_id = p_till_id
    and seq >= coalesce((select max(r.seq) from clock_readings r
      where r.store_id = p_store_id and r.till_id = p_till_id and r.seq <= p_after_seq and r.ahead_ms is not null), 0)
    and seq <= coalesce((select min(r.seq) from clock_readings r
      where r.store_id = p_store_id and r.till_id = p_till_id and r.seq >= p_to_seq and r.ahead_ms is not null),
      9223372036854775807);
end;

-- What of a measurement may be wrong: the call that made it took no longer than 15 s; a clock that was never measured may be
-- anywhere near.
create function unsure_of(p_ahead interval) returns interval
language sql immutable
return case when p_ahead is null then interval '10 minutes' else interval '15 seconds' end;

-- Between which moments entries of a till were written. What its clock says is believed of an entry where it can be: not
-- after the entry came, not before a hello that had not heard of it, and in the order of the numbers. Of two entries that
-- contradict each other neither is believed. What is not believed lies between what is. The numbers of an adopted entry
-- say nothing of when the others were written.
create function moments_of(p_store_id integer, p_till_id integer, p_from_seq bigint, p_to_seq bigint)
returns table (seq bigint, adopted boolean, earliest timestamptz, latest timestamptz)
language sql stable
as $$
  with said as materialized (
    select e.seq, e.adopted, e.received_at, r.not_before, e.at - coalesce(a.high, '0') - unsure_of(a.high) as earliest,
      e.at - coalesce(a.low, '0') + unsure_of(a.low) as latest
    from journal_entries e cross join lateral ahead_around(p_store_id, p_till_id, e.seq - 1, e.seq) as a
      cross join lateral (select case when e.adopted then '-infinity' else coalesce(max(h.at), '-infinity') end as not_before
        from (select r.at from clock_readings r
          where r.store_id = p_store_id and r.till_id = p_till_id and r.seq < e.seq order by r.seq desc limit 1) as h) as r
    where e.store_id = p_store_id and e.till_id = p_till_id and e.at is not null
      -- Neighbours enough to see whether the clock was set.
      and e.seq between p_from_seq - 200 and p_to_seq + 200
  ), possible as (
    select s.seq, s.adopted, s.received_at, s.not_before, s.latest >= s.not_before and s.earliest <= s.received_at as can_be,
      greatest(s.earliest, s.not_before) as earliest, least(s.latest, s.received_at) as latest
    from said s
  ), beside as (
    select p.*, max(p.earliest) filter (where can_be) over before as before,
      min(p.latest) filter (where can_be) over after as after
    from possible p
    window before as (partition by p.adopted order by p.seq rows between unbounded preceding and 1 preceding),
      after as (partition by p.adopted order by p.seq desc rows between unbounded preceding and 1 preceding)
  ), judged as (
    select b.*, can_be and coalesce(before <= latest, true) and coalesce(after >= earliest, true) as is_believed
    from beside b
  )
  select k.seq, k.adopted, k.earliest, k.latest
  from (
    select j.seq, j.adopted, case when is_believed then j.earliest
        else greatest(j.not_before, max(j.earliest) filter (where is_believed) over before) end as earliest,
      case when is_believed then j.latest
        else least(j.received_at, min(j.latest) filter (where is_believed) over after) end as latest
    from judged j
    window before as (partition by j.adopted order by j.seq rows between unbounded preceding and 1 preceding),
      after as (partition by j.adopted order by j.seq desc rows between unbounded preceding and 1 preceding)
  ) as k
  where k.seq between p_from_seq and p_to_seq
$$;

-- The lines of a count, and when each was counted, which was after entry `own_seq` of the till and before its next. What the
-- till's clock says, corrected, is `counted_at` where that can be.
create function count_moments(p_store_id integer, p_till_id integer, p_seq bigint)
returns table (line_no smallint, product uuid, counted_milli bigint, own_seq bigint, seen bigint[], counted_at timestamptz,
  earliest timestamptz, latest timestamptz)
language sql stable
as $$
  with lines as materialized (
    select l.line_no, l.product, l.counted_milli, l.own_seq, l.seen, l.counted_at from stock_count_lines l
    where l.store_id = p_store_id and l.till_id = p_till_id and l.seq = p_seq
  ), entries as materialized (
    select m.seq, m.earliest, m.latest
    from moments_of(p_store_id, p_till_id, (select min(own_seq) from lines), p_seq) as m
    where m.adopted = (select e.adopted from journal_entries e
      where e.store_id = p_store_id and e.till_id = p_till_id and e.seq = p_seq)
  ), marks as materialized (
    -- Many lines share their mark.
    select d.own_seq, a.low, a.high,
      coalesce((select max(e.earliest) from entries e where e.seq <= d.own_seq), '-infinity') as not_before,
      (select min(e.latest) from entries e where e.seq > d.own_seq) as not_after
    from (select distinct own_seq from lines) as d
      cross join lateral ahead_around(p_store_id, p_till_id, d.own_seq - 1, d.own_seq + 1) as a
  ), said as (
    select l.line_no, l.product, l.counted_milli, l.own_seq, l.seen, m.not_before, m.not_after,
      l.counted_at - coalesce(m.high, '0') - unsure_of(m.high) as earliest,
      l.counted_at - coalesce(m.low, '0') + unsure_of(m.low) as latest
    from lines l join marks m using (own_seq)
  )
  select s.line_no, s.product, s.counted_milli, s.own_seq, s.seen,
    case when c.can_be then s.latest - (s.latest - s.earliest) / 2 else s.not_after end,
    case when c.can_be then greatest(s.earliest, s.not_before) else s.not_before end,
    case when c.can_be then least(s.latest, s.not_after) else s.not_after end
  from said s cross join lateral (select s.latest >= s.not_before and s.earliest <= s.not_after as can_be) as c
$$;
