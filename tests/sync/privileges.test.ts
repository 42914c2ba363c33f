import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from './central-shop.ts';
import { makeProducts, makeSale } from './sales.ts';
import { SyncRun } from './sync-run.ts';

let shop: CentralShop;
let mine: JoinedTill;
let theirs: JoinedTill;
let till: pg.Client;
let tables: string[];
let functions: string[];

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  const elsewhere = shop.ids.next<typeof shop.store>();
  await shop.addStore(elsewhere);
  mine = await shop.join('M1');
  theirs = await shop.join('X1', elsewhere);
  const [product] = makeProducts(shop.ids, 1);
  if (product === undefined) throw new Error('no product');
  for (const joined of [mine, theirs]) {
    joined.till.open();
    joined.till.append('sale.completed', makeSale(joined.till, [{ product, quantity_milli: 1000 }]));
    const run = new SyncRun(joined.till, joined.central);
    await run.untilSynced();
    run.sync.stop();
  }
  till = await shop.connectAs(mine.address.login, mine.address.password);
  const relations = await shop.admin.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'evertill'::regnamespace and relkind in ('r', 'v', 'p')",
  );
  tables = relations.rows.map((row) => row.name);
  const procedures = await shop.admin.query<{ name: string }>(
    "select oid::regprocedure::text as name from pg_proc where pronamespace = 'evertill'::regnamespace",
  );
  functions = procedures.rows.map((row) => row.name);
});

afterAll(async () => {
  await till.end();
  await shop.close();
});

/** What PostgreSQL says to a statement: the SQLSTATE, or null when it went through. */
async function refusal(client: pg.Client, sql: string): Promise<string | null> {
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  }
}

const denied = '42501';

describe('the login of a till', () => {
  it('may read, change, copy or empty no table', async () => {
    expect(tables.length).toBeGreaterThan(35);
    const answers = new Map<string, string | null>();
    for (const table of tables) {
      for (const sql of [
        `select 1 from evertill.${table}`,
        `insert into evertill.${table} default values`,
        `delete from evertill.${table}`,
        `truncate evertill.${table}`,
        `copy evertill.${table} to stdout`,
        `create index on evertill.${table} ((1))`,
      ])
        answers.set(sql, await refusal(till, sql));
    }
    // A view refuses to be written in words of its own, to whoever asks.
    const refused = (sql: string) => (sql.startsWith('select') ? [denied] : [denied, '55000', '42809']);
    expect([...answers].filter(([sql, code]) => code === null || !refused(sql).includes(code))).toEqual([]);
  });

  it('may call what a till calls, and nothing else', async () => {
    const { rows } = await shop.admin.query<{ name: string }>(
      `select oid::regprocedure::text as name from pg_proc
       where pronamespace = 'evertill'::regnamespace and has_function_privilege($1, oid, 'execute')`,
      [mine.address.login],
    );
    expect(rows.map((row) => row.name.replace(/\(.*/, '')).toSorted()).toEqual([
      'entry_hashes',
      'fetch_entries',
      'hello',
      'pull',
      'push',
    ]);
    expect(functions.length).toBeGreaterThan(30);
  });

  it('is told by the login alone: no setting, no role and no argument makes it another till', async () => {
    expect(await refusal(till, `set role ${theirs.address.login}`)).toBe(denied);
    expect(await refusal(till, `set role ${shop.roles.tills}`)).toBe(denied);
    expect(await refusal(till, `set role ${shop.roles.owner}`)).toBe(denied);
    expect(await refusal(till, `set session authorization ${theirs.address.login}`)).toBe(denied);
    await till.query(`set evertill.till = '${theirs.till.options.till}'`);
    const connection = await mine.central.connect();
    const { entries } = theirs.till;
    // The other till's own entries, in order and with good hashes, pushed under our login.
    expect(await connection.push({ epoch: 1, entries, unprojected: false })).toMatchObject({ answer: 'fork', seq: 1 });
    connection.destroy();
  });

  it("never gets another store's rows of the feed", async () => {
    const kinds = [...mine.till.replica.store].filter(([, row]) =>
      JSON.stringify(row).includes(theirs.till.options.till),
    );
    expect(kinds).toEqual([]);
    expect(mine.till.replica.store.has(`till ${mine.till.options.till}`)).toBe(true);
  });

  it('can not put objects of its own before those that a function means', async () => {
    expect(await refusal(till, 'create temp table tills (till_id int)')).toBe(denied);
    expect(await refusal(till, 'create schema evil')).toBe(denied);
    expect(await refusal(till, "create function public.sha256(bytea) returns bytea language sql return ''")).toBe(
      denied,
    );
    const { rows } = await shop.admin.query<{ name: string }>(
      `select proname as name from pg_proc where pronamespace = 'evertill'::regnamespace and prosecdef
       and not coalesce(proconfig @> array['search_path=pg_catalog, evertill, pg_temp'], false)`,
    );
    expect(rows).toEqual([]);
  });

  it('may not call what a function of ours calls inside', async () => {
    expect(await refusal(till, "select evertill.project_entries(1, 1, '{}', '{}')")).toBe(denied);
    expect(await refusal(till, "select evertill.put_feed_row(0, 'product', 'x', '{}')")).toBe(denied);
    expect(await refusal(till, 'select evertill.apply_stock(1, 1, 1, 1)')).toBe(denied);
  });

  it("is not let into another company's database", async () => {
    const other = await createDatabase();
    const { database } = other;
    const stranger = await CentralShop.open(other);
    await expect(stranger.connectAs(mine.address.login, mine.address.password)).rejects.toMatchObject({ code: denied });
    await stranger.close();
    expect(database).not.toBe(shop.at.database);
  });
});

describe('row security', () => {
  it('is forced on every table, so that a function that runs as the owner sees one store only', async () => {
    const { rows } = await shop.admin.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'evertill'::regnamespace and relkind in ('r', 'p')
       and not (relrowsecurity and relforcerowsecurity) and relname <> 'migrations'`,
    );
    expect(rows).toEqual([]);
  });

  it('holds even where a function forgets to ask for the store', async () => {
    // A careless function, as somebody might add one day: no store in its WHERE.
    await shop.admin.query(`
      create function evertill.careless() returns bigint language sql security definer
        set search_path = pg_catalog, evertill, pg_temp return (select count(*) from sales);
      alter function evertill.careless() owner to ${shop.roles.owner};
      grant execute on function evertill.careless() to ${shop.roles.tills};`);
    expect((await till.query<{ careless: string }>('select evertill.careless()')).rows[0]?.careless).toBe('1');
    expect(await shop.value('select count(*)::int from sales')).toBe(2);
    const office = await shop.headOffice();
    expect((await office.query('select from evertill.sales')).rowCount).toBe(2);
    await office.end();
    await shop.admin.query('drop function evertill.careless()');
  });
});

describe("the head office's login", () => {
  it('reads and edits by functions only; journal, projections and secrets are out of its hands', async () => {
    const office = await shop.headOffice();
    const answers = new Map<string, string | null>();
    const isOwn = (name: string) => name.startsWith('office_') && name !== 'office_edits';
    for (const table of tables.filter((name) => !isOwn(name))) {
      for (const sql of [`delete from evertill.${table}`, `truncate evertill.${table}`])
        answers.set(sql, await refusal(office, sql));
    }
    for (const sql of [
      'select bcrypt from evertill.staff_verifiers',
      'select 1 from evertill.till_logins',
      'update evertill.sales set total_minor = 0',
      "insert into evertill.feed_rows values (0, 'product', 'x', 1, '{}')",
      "select evertill.push(0, 1, '{}', '{}')",
      "select evertill.enrol(gen_random_uuid(), 'x')",
    ])
      answers.set(sql, await refusal(office, sql));
    // A view refuses in words of its own.
    expect([...answers].filter(([, code]) => code === null)).toEqual([]);
    await office.end();
  });
});

describe("a session that is nobody's", () => {
  it('is no till: the functions refuse it', async () => {
    expect(await refusal(shop.admin, "select hello(gen_random_uuid(), 0, 0, '')")).toBe(denied);
    expect(await refusal(shop.admin, "select push(0, 1, '{a}', '{b}')")).toBe(denied);
    expect(await refusal(shop.admin, "select pull('{}')")).toBe(denied);
  });
});
