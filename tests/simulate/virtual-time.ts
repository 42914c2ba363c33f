/** Gives a database of the test's own the world's time, so that what it reads off its clock is the same at every run. */
import type pg from 'pg';

const setting = 'simulated.now';

/** From now on every function and default of central takes the time for what {@link setTime} says. */
export async function slowTime(admin: pg.Client): Promise<void> {
  await admin.query(`create function simulated_now() returns timestamptz language sql stable
    return current_setting('${setting}')::timestamptz`);
  await admin.query('grant execute on function simulated_now() to public');
  await setTime(admin, 0);
  const { rows } = await admin.query<{ made: string }>(`
    select regexp_replace(pg_get_functiondef(p.oid), '(pg_catalog\\.)?\\m(now|clock_timestamp)\\(\\)',
      'evertill.simulated_now()', 'g') as made
    from pg_proc p where p.pronamespace = 'evertill'::regnamespace and p.prokind = 'f' and p.proname <> 'simulated_now'
      and pg_get_functiondef(p.oid) ~ '\\m(now|clock_timestamp)\\(\\)'
    union all
    select format('alter table %s alter %I set default evertill.simulated_now()', a.attrelid::regclass, a.attname)
    from pg_attrdef d join pg_attribute a on (a.attrelid, a.attnum) = (d.adrelid, d.adnum)
      join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'evertill'::regnamespace and not c.relispartition
      and pg_get_expr(d.adbin, d.adrelid) = 'now()'`);
  for (const { made } of rows) await admin.query(made);
}

/** Milliseconds since the epoch. */
export async function setTime(admin: pg.Client, at_ms: number): Promise<void> {
  await admin.query('select set_config($1, $2, false)', [setting, new Date(at_ms).toISOString()]);
}
