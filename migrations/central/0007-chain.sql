-- What an entry must be to follow in its till's chain: the rules of shared/journal/chain.ts, in the words of an answer.

-- Where central stands in the till's journal: in every answer.
create function held(p_head till_heads) returns jsonb
language sql stable
return jsonb_build_object('epoch', p_head.epoch, 'acked_seq', p_head.acked_seq,
  'head_hash', encode(p_head.head_hash, 'hex'), 'server_time', utc_text(clock_timestamp()));

-- A call that is turned away, and where central stands.
create function refusal(p_head till_heads, p_answer text, p_reason text, p_seq bigint) returns jsonb
language sql stable
return jsonb_build_object('answer', p_answer, 'reason', p_reason, 'seq', p_seq) || held(p_head);

-- hash(0) of a chain that an installation began.
create function genesis_of(p_installation text) returns bytea
language sql immutable parallel safe
return sha256(convert_to(p_installation, 'UTF8'));

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

-- Whether bytes are the one text that the journal's format allows for what they say (shared/journal/canonical.ts): no key
-- twice, no number that is not a whole one within 2^53 - 1, no white space, no other escape, no deeper than 32. It is asked
-- of the entries that a chain is made of and of what is inside adopted ones. Of an ordinary entry it is not: there is one
-- reading of it on either side (of a key that comes twice the last), so nothing can be hidden, and even the cheapest part,
-- IS JSON WITH UNIQUE KEYS, makes a push 8 % dearer. Such an entry is held and projected; a till's verify refuses it, and
-- so does the head office where it shows a sale beside its entry.
create function is_canonical(p_bytes bytea) returns boolean
language plpgsql immutable
as $$
declare
  v_text constant text := convert_from(p_bytes, 'UTF8');
  v_doc jsonb;
  -- All but the strings, those with other escapes than JSON.stringify's apart: they leave their backslash.
  v_rest constant text := regexp_replace(v_text,
    '"(?:[^"\\]|\\["\\bfnrt]|\\u00(?:0[0-7be-f]|1[0-9a-f]))*"', '', 'g');
begin
  if v_rest ~ '[^][{}:,0-9a-z-]' or v_rest ~ '[0-9]e|-0' or v_text is not json object with unique keys then
    return false;
  end if;
  v_doc := v_text;
  return (select bool_and(key ~ '^[a-z][a-z0-9_]*$' and length(key) <= 64) from (
      select distinct jsonb_object_keys(o) as key
      from jsonb_path_query(v_doc, 'strict $.** ? (@.type() == "object")') as o) as keys)
    and not jsonb_path_exists(v_doc, 'strict $.** ? (@.type() == "number" && (@ > 9007199254740991 || @ < -9007199254740991))')
    and not jsonb_path_exists(v_doc, 'strict $.**{32 to last} ? (@.type() == "object" || @.type() == "array")');
exception when others then
  return false;
end
$$;

create function is_count(p_value jsonb) returns boolean
language sql immutable parallel safe
return case when jsonb_typeof(p_value) = 'number'
  then p_value::numeric between 0 and 9007199254740991 and p_value::numeric = trunc(p_value::numeric) else false end;

create function is_hash(p_value jsonb) returns boolean
language sql immutable parallel safe
return coalesce(jsonb_typeof(p_value) = 'string' and p_value #>> '{}' ~ '^[0-9a-f]{64}$', false);

create function is_uuid(p_value jsonb) returns boolean
language sql immutable parallel safe
return coalesce(jsonb_typeof(p_value) = 'string'
  and p_value #>> '{}' ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$', false);

-- The hashes of the private payloads that an entry names.
create function named_payloads(p_doc jsonb) returns setof bytea
language sql immutable
begin atomic
  select decode(h #>> '{}', 'hex')
  from jsonb_array_elements(case when jsonb_typeof(p_doc -> 'private') = 'array' then p_doc -> 'private' else '[]' end) as h
  where is_hash(h);
end;

-- Whether an `erased` entry can be read: what it names must go, so it may not be put aside.
create function is_erasure(p_doc jsonb) returns boolean
language sql immutable
return p_doc -> 'version' = '1' and is_uuid(p_doc #> '{body,subject}')
  and coalesce(p_doc #>> '{body,reason}' ~ '^[a-z][a-z_]{0,39}$', false)
  and case when jsonb_typeof(p_doc #> '{body,payloads}') = 'array'
    then jsonb_array_length(p_doc #> '{body,payloads}') between 1 and 10000
      and (select bool_and(is_hash(h)) from jsonb_array_elements(p_doc #> '{body,payloads}') as h)
    else false end;

-- Whether the body of an `epoch.opened` can be read. What it must equal is compared elsewhere.
create function is_opening(p_doc jsonb) returns boolean
language sql immutable
return p_doc -> 'version' = '1' and is_uuid(p_doc -> 'installation')
  and coalesce(p_doc #>> '{body,reason}' in ('first', 'restored', 'replaced', 'cloned', 'fork_settled'), false)
  and jsonb_typeof(p_doc #> '{body,series}') = 'string' and p_doc #>> '{body,series}' ~ '^[A-Z0-9]{1,3}$'
  and (not (p_doc -> 'body') ? 'fork'
    or is_count(p_doc #> '{body,fork,base,seq}') and is_hash(p_doc #> '{body,fork,base,hash}')
      and is_count(p_doc #> '{body,fork,head,seq}') and is_hash(p_doc #> '{body,fork,head,hash}'));

-- Why an `epoch.opened` can't be entry `p_seq` after one whose hash is `p_hash`; null where it can. Entries of the same push,
-- which are not stored yet, have the hashes `p_hashes` from `p_from_seq` on; `p_head` knows of their epochs and forks.
create function opening_fault(p_head till_heads, p_hash bytea, p_seq bigint, p_doc jsonb, p_from_seq bigint,
  p_hashes bytea[], p_speaks boolean) returns text
language plpgsql stable
as $$
declare
  v_body constant jsonb := p_doc -> 'body';
  v_base_seq bigint;
  v_base_hash bytea;
begin
  if not is_opening(p_doc) then return 'format'; end if;
  -- Away from the installation that speaks for the till goes no chain, unless it says so itself (`p_speaks`): it may hold
  -- what another had said in between, of which a head office that came back from a backup knows nothing any more. One that has
  -- not come to it yet may pass through others, too: a shop that joins with its history, a till that was restored twice before
  -- it was heard.
  if not p_speaks and p_head.chain_installation = p_head.installation
    and p_doc ->> 'installation' <> p_head.installation::text
  then
    return 'installation';
  end if;
  if v_body #> '{previous_head,seq}' is distinct from to_jsonb(p_seq - 1)
    or v_body #>> '{previous_head,hash}' is distinct from encode(p_hash, 'hex')
    or v_body #> '{previous_head,epoch}' is distinct from to_jsonb(p_head.epoch)
    or p_doc -> 'epoch' is distinct from to_jsonb(p_head.epoch + 1)
    or (v_body ->> 'reason' = 'first') <> (p_seq = 1)
  then
    return 'epoch';
  end if;
  if exists (select from journal_epochs where store_id = p_head.store_id and till_id = p_head.till_id
      and series = v_body ->> 'series')
  then
    return 'series';
  end if;
  if (v_body ->> 'reason' = 'fork_settled') <> (v_body ? 'fork') then return 'fork'; end if;
  if not v_body ? 'fork' then return null; end if;

  v_base_seq := (v_body #> '{fork,base,seq}')::bigint;
  if v_base_seq >= p_seq or (v_body #> '{fork,head,seq}')::bigint <= v_base_seq then return 'fork'; end if;
  -- Where the chains share nothing, the other one's hash(0) is held against its first entry.
  if v_base_seq = 0 then return null; end if;
  if v_base_seq > p_head.acked_seq then
    v_base_hash := p_hashes[(v_base_seq - p_from_seq + 1)::integer];
  else
    select hash into v_base_hash from journal_entries
    where store_id = p_head.store_id and till_id = p_head.till_id and seq = v_base_seq;
  end if;
  return case when encode(v_base_hash, 'hex') is distinct from v_body #>> '{fork,base,hash}' then 'fork' end;
end
$$;

-- Opens an `adopted` entry: the entry inside with its link, and the fact, which is deeper where that one was adopted in its
-- turn. All null unless each of them is proved: its hash, its till and store, and that it names the same private payloads.
create function open_adopted(p_doc jsonb, out entry jsonb, out hash bytea, out previous_hash bytea, out fact jsonb)
language plpgsql immutable
as $$
declare
  v_bytes bytea;
  v_previous bytea;
  v_outer jsonb := p_doc;
begin
  -- Each wrapping is a third longer than what it holds, and the outermost is bounded: so is the depth.
  loop
    v_bytes := decode(v_outer #>> '{body,bytes_base64}', 'base64');
    v_previous := decode(v_outer #>> '{body,previous_hash}', 'hex');
    fact := read_entry(v_bytes);
    if not is_hash(v_outer #> '{body,previous_hash}')
      or v_outer #>> '{body,hash}' is distinct from encode(sha256(v_previous || v_bytes), 'hex')
      -- Base64 has several spellings of the same bytes; the one that would be written is read.
      or v_outer #>> '{body,bytes_base64}' <> translate(encode(v_bytes, 'base64'), E'\n', '')
      or fact is null or not is_canonical(v_bytes)
      or fact ->> 'store' is distinct from p_doc ->> 'store' or fact ->> 'till' is distinct from p_doc ->> 'till'
      or fact -> 'private' is distinct from p_doc -> 'private'
      or octet_length(v_bytes) > 2097152 and fact ->> 'kind' is distinct from 'adopted'
    then
      raise exception 'not proved' using errcode = 'ET010';
    end if;
    if entry is null then
      entry := fact;
      hash := decode(v_outer #>> '{body,hash}', 'hex');
      previous_hash := v_previous;
    end if;
    exit when fact ->> 'kind' is distinct from 'adopted';
    v_outer := fact;
  end loop;
exception when others then
  entry := null;
  hash := null;
  previous_hash := null;
  fact := null;
end
$$;

-- The head after an `epoch.opened`, which is written down.
create function open_epoch(p_head till_heads, p_seq bigint, p_doc jsonb) returns till_heads
language plpgsql
as $$
declare
  v_fork constant jsonb := p_doc #> '{body,fork}';
begin
  p_head.epoch := p_head.epoch + 1;
  p_head.chain_installation := p_doc ->> 'installation';
  p_head.fork_seq := (v_fork #> '{base,seq}')::bigint;
  p_head.fork_hash := decode(v_fork #>> '{base,hash}', 'hex');
  p_head.fork_head_seq := (v_fork #> '{head,seq}')::bigint;
  p_head.fork_head_hash := decode(v_fork #>> '{head,hash}', 'hex');
  insert into journal_epochs (store_id, till_id, epoch, seq, installation, reason, series, fork_base_seq)
  values (p_head.store_id, p_head.till_id, p_head.epoch, p_seq, p_head.chain_installation,
    p_doc #>> '{body,reason}', p_doc #>> '{body,series}', p_head.fork_seq);
  return p_head;
end
$$;

-- What an entry says: itself, or the fact inside of an adopted one; null where that is not proved.
create function fact_of(p_doc jsonb) returns jsonb
language sql immutable
return case when p_doc ->> 'kind' = 'adopted' then (open_adopted(p_doc)).fact else p_doc end;

-- Whether an opened entry is the next of the fork that is being adopted.
create function is_next_of_fork(p_head till_heads, p_entry jsonb, p_hash bytea, p_previous_hash bytea) returns boolean
language sql immutable
return coalesce(p_entry -> 'seq' = to_jsonb(p_head.fork_seq + 1) and p_previous_hash = p_head.fork_hash
  and (p_head.fork_seq > 0 or p_head.fork_hash = genesis_of(p_entry ->> 'installation'))
  and (p_head.fork_seq + 1 < p_head.fork_head_seq or p_hash = p_head.fork_head_hash), false);

-- The head after the next entry of its fork; the last one ends it.
create function advance_fork(p_head till_heads, p_hash bytea) returns till_heads
language plpgsql immutable
as $$
begin
  if p_head.fork_seq + 1 = p_head.fork_head_seq then
    p_head.fork_seq := null;
    p_head.fork_hash := null;
    p_head.fork_head_seq := null;
    p_head.fork_head_hash := null;
  else
    p_head.fork_seq := p_head.fork_seq + 1;
    p_head.fork_hash := p_hash;
  end if;
  return p_head;
end
$$;
