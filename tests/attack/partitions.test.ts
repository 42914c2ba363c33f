/** The tables that grow with every sale are in parts. Nothing that protects the whole may be missing at a part. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from '../sync/central-shop.ts';
import { makeProduct, makeSale, type TestProduct } from '../sync/sales.ts';
import { SyncRun } from '../sync/sync-run.ts';

let shop: CentralShop;
let product: TestProduct;
const joined: JoinedTill[] = [];
const parted = ['journal_entries', 'sale_lines', 'sale_taxes', 'sales', 'tenders'];

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  product = makeProduct(shop.ids);
  // More stores than parts.
  for (let i = 0; i < 9; i += 1) {
    const store = shop.ids.next<typeof shop.store>();
    await shop.addStore(store);
    const one = await shop.join(`P${i}`, store);
    one.till.open();
    joined.push(one);
    await sell(one);
  }
});

afterAll(async () => {
  await shop.close();
});

async function sell({ till, central }: JoinedTill): Promise<void> {
  till.append('sale.completed', makeSale(till, [{ product, quantity_milli: 1000 }]));
  const run = new SyncRun(till, central);
  await run.untilSynced();
  run.sync.stop();
}

async function partsOf(table: string): Promise<string[]> {
  const { rows } = await shop.admin.query<{ part: string }>(
    'select inhrelid::regclass::text as part from pg_inherits where inhparent = $1::regclass order by 1',
    [table],
  );
  return rows.map(({ part }) => part);
}

/** What guards a table: row security, its policies, triggers that are always on, owner, and rights of others. */
async function guardsOf(table: string): Promise<unknown> {
  return await shop.value(
    `select jsonb_build_object(
       'row_security', relrowsecurity and relforcerowsecurity,
       'owner', relowner::regrole::text,
       'policies', (select jsonb_agg(jsonb_build_array(polname, polcmd, polroles::regrole[]::text,
           pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) order by polname)
         from pg_policy where polrelid = c.oid),
       'triggers', (select jsonb_agg(jsonb_build_array(tgname, tgtype, tgfoid::regproc::text, tgenabled) order by tgname)
         from pg_trigger where tgrelid = c.oid),
       'unique', (select jsonb_agg(replace(regexp_replace(pg_get_indexdef(indexrelid), '^.* USING', ''), '"', '') order by 1)
         from pg_index where indrelid = c.oid and indisunique))
     from pg_class c where oid = $1::regclass`,
    [table],
  );
}

describe('every part of a table', () => {
  it.each(parted)('of %s is guarded as the whole is, and nobody may ask it alone', async (table) => {
    const parts = await partsOf(table);
    expect(parts).toHaveLength(4);
    const whole = await guardsOf(table);
    expect(whole).toMatchObject({ row_security: true });
    for (const part of parts) {
      expect(await guardsOf(part), part).toEqual(whole);
      const grants =
        'select count(*)::int from pg_class, aclexplode(relacl) as x where oid = $1::regclass and grantee <> relowner';
      expect(await shop.value(grants, [part]), part).toBe(0);
    }
  });

  it('of the journal is append-only even for the superuser', async () => {
    for (const part of await partsOf('journal_entries')) {
      await expect(shop.admin.query(`truncate ${part}`)).rejects.toThrow('append-only');
      if ((await shop.value(`select count(*)::int from ${part}`)) === 0) continue;
      await expect(shop.admin.query(`delete from ${part}`)).rejects.toThrow('append-only');
      await expect(shop.admin.query(`update ${part} set kind = kind`)).rejects.toThrow('append-only');
    }
  });

  it('holds whole stores, and the stores are spread', async () => {
    const parts = await shop.admin.query<{ count: string }>(
      'select tableoid, count(distinct store_id) from journal_entries group by 1',
    );
    expect(parts.rows.length).toBeGreaterThan(1);
    expect(parts.rows.reduce((sum, { count }) => sum + Number(count), 0)).toBe(9);
  });
});

describe('a till that asks for its own', () => {
  it('reaches one part, whichever way the plan was made', async () => {
    await shop.admin.query('set plan_cache_mode = force_generic_plan');
    await shop.admin.query(
      'prepare own(int, int) as select hash from journal_entries where store_id = $1 and till_id = $2 and seq = 1',
    );
    const { rows } = await shop.admin.query('explain (analyze, costs off, timing off) execute own(1, 1)');
    await shop.admin.query('reset plan_cache_mode');
    const plan = JSON.stringify(rows);
    expect(plan).toContain('Subplans Removed: 3');
    expect(plan).not.toContain('Seq Scan');
  });
});

describe('a part that has grown too large', () => {
  it.each(parted)('of %s is split in two: every row is still there, guarded, and the tills sell on', async (table) => {
    const before = await shop.value(
      `select jsonb_agg(to_jsonb(t) order by store_id, till_id, seq, to_jsonb(t)::text) from ${table} t`,
    );
    const guards = await guardsOf(table);
    for (const part of await partsOf(table)) await shop.admin.query('select split_partition($1::regclass)', [part]);
    const parts = await partsOf(table);
    expect(parts).toHaveLength(8);
    for (const part of parts) expect(await guardsOf(part), part).toEqual(guards);
    expect(
      await shop.value(
        `select jsonb_agg(to_jsonb(t) order by store_id, till_id, seq, to_jsonb(t)::text) from ${table} t`,
      ),
    ).toEqual(before);
    const sales = await shop.value('select count(*)::int from sales');
    for (const one of joined) await sell(one);
    expect(await shop.value('select count(*)::int from sales')).toBe(Number(sales) + joined.length);
    expect(await shop.value('select count(*)::int from quarantined_entries')).toBe(0);
  });
});
