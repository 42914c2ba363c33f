-- The parts of the tables that grow: what each needs of its own, and how they become more.

-- A part has its parent's keys, columns and row triggers by itself; not what guards a statement.
create function guard_partition(p_part regclass) returns void
language plpgsql
as $$
begin
  if (select inhparent = 'journal_entries'::regclass from pg_inherits where inhrelid = p_part) then
    execute format('create trigger never_emptied before truncate on %s for each statement execute function refuse_change()',
      p_part);
  end if;
end
$$;

select guard_partition(inhrelid) from pg_inherits where inhparent = 'journal_entries'::regclass;

-- Splits one part in two, each with half of its stores. For the administrator of the database, one part at a time: a part
-- with another modulus may stand beside the others. Pushes wait meanwhile.
create function split_partition(p_part regclass) returns void
language plpgsql security definer
set search_path = pg_catalog, evertill, pg_temp
as $$
declare
  v_parent constant regclass := (select inhparent from pg_inherits where inhrelid = p_part);
  v_bound constant text[] := regexp_match((select pg_get_expr(relpartbound, oid) from pg_class where oid = p_part),
    'modulus (\d+), remainder (\d+)');
  v_modulus constant integer := v_bound[1]::integer;
  v_half text;
begin
  execute format('alter table %s detach partition %s', v_parent, p_part);
  for v_remainder in v_bound[2]::integer .. v_bound[2]::integer + v_modulus by v_modulus loop
    v_half := concat(v_parent, '_', 2 * v_modulus, '_', v_remainder);
    execute format('create table evertill.%I partition of %s for values with (modulus %s, remainder %s)', v_half, v_parent,
      2 * v_modulus, v_remainder);
    perform guard_partition(v_half::regclass);
    perform protect_table(v_half, 'own');
  end loop;
  execute format('insert into %s select * from %s', v_parent, p_part);
  execute format('drop table %s', p_part);
end
$$;
