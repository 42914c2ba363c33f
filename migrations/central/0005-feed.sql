-- The feed: numbered streams, one of the company (store_id 0) and one of each store. Each has exactly one point that
-- orders it, the locked row in stream_heads. Lock order everywhere: till, company, store.

create table stream_heads (
  store_id integer primary key,
  position bigint not null,
  -- Drawn anew when the stream's past is no longer what tills have seen (a restore): they then take a snapshot.
  tag text not null
) with (fillfactor = 50);

-- One row a key, at its latest position: what is read from position 0 is a snapshot.
create table feed_rows (
  store_id integer not null,
  kind text not null,
  key text not null,
  position bigint not null,
  row jsonb not null,
  -- How long the row is as text: a page ends by it before it has read what is too long.
  row_bytes integer not null generated always as (octet_length(row::text)) stored,
  primary key (store_id, kind, key)
);
create unique index feed_rows_position on feed_rows (store_id, position);

-- Stock per product and till: at once the level, and the feed's row of kind `stock`, which is made from it when pulled.
create table stock_levels (
  store_id integer not null,
  product uuid not null,
  till_id integer not null,
  level_milli bigint not null check (level_milli between -100000000000000 and 100000000000000),
  -- The last entry of that till that is counted in.
  covers_seq bigint not null,
  position bigint not null,
  primary key (store_id, product, till_id)
) with (fillfactor = 80);
create index stock_levels_position on stock_levels (store_id, position);

create function new_stream_tag() returns text
language sql volatile
return substring(replace(gen_random_uuid()::text, '-', '') from 1 for 16);

-- Writes rows of one kind to a stream, each at a position of its own, in the order given. Keys must differ.
create function put_feed_rows(p_store_id integer, p_kind text, p_keys text[], p_rows jsonb[]) returns void
language plpgsql
as $$
declare
  v_count integer := cardinality(p_keys);
  v_last bigint;
begin
  if v_count = 0 then return; end if;
  update stream_heads set position = position + v_count where store_id = p_store_id returning position into strict v_last;
  insert into feed_rows (store_id, kind, key, position, row)
  select p_store_id, p_kind, r.key, v_last - v_count + r.i, r.row
  from unnest(p_keys, p_rows) with ordinality as r(key, row, i)
  on conflict (store_id, kind, key) do update set position = excluded.position, row = excluded.row;
end
$$;

create function put_feed_row(p_store_id integer, p_kind text, p_key text, p_row jsonb) returns void
language sql
begin atomic
  select put_feed_rows(p_store_id, p_kind, array[p_key], array[p_row]);
end;
