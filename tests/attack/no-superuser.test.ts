/** A database that its owner made, without a superuser: what is the database's own holds as well. */
import { expect, it } from 'vitest';
import pg from 'pg';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop } from '../sync/central-shop.ts';
import { attempt, denied } from './stand.ts';

it('a till is held to its limits, ended where it sets them aside, and turned away at once', async () => {
  const at = await createDatabase();
  const user = `owner_of_${at.database}`;
  const superuser = new pg.Client(at);
  await superuser.connect();
  await superuser.query(
    `create role ${user} login createrole password 'owner'; alter database ${at.database} owner to ${user}`,
  );
  const shop = await CentralShop.open({ ...at, user, password: 'owner' });
  const joined = await shop.join('M1');
  const hello = 'select evertill.hello($1, 0, 0, null) as answer';
  const { installation, till } = joined.till.options;
  const { login, password } = joined.address;

  const limits = await superuser.query<{ limits: string }>(
    'select rolconfig::text as limits from pg_roles where rolname = $1',
    [login],
  );
  expect(limits.rows[0]?.limits).toContain('statement_timeout=30s');
  const holder = await shop.connectAs(login, password);
  await holder.query('set idle_in_transaction_session_timeout = 0; set transaction_timeout = 0; begin');
  expect(await attempt(holder, hello, [installation])).toMatchObject({ rows: [{ answer: { answer: 'welcome' } }] });
  const honest = await shop.connectAs(login, password);
  await shop.admin.query(
    `create or replace function longest_transaction() returns interval language sql immutable parallel safe
     return interval '0'`,
  );
  expect(await attempt(honest, hello, [installation])).toMatchObject({ rows: [{ answer: { answer: 'welcome' } }] });
  expect((await attempt(holder, 'select 1')).code).not.toBe(null);

  await honest.query('begin');
  await attempt(honest, hello, [installation]);
  await shop.admin.query('select set_till_active(null, $1, false)', [till]);
  expect((await attempt(honest, 'select 1')).code).not.toBe(null);
  const again = await shop.connectAs(login, password);
  expect(await attempt(again, hello, [installation])).toMatchObject({ rows: [{ answer: { reason: 'deactivated' } }] });
  expect(await attempt(again, 'select * from evertill.sales')).toMatchObject({ code: denied });
  await again.end();
  await shop.close();
  await superuser.end();
});
