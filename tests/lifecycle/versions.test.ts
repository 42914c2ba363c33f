/** Tills that are two versions behind their head office, and one ahead of it: both keep syncing, and nothing is lost. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { centralMigrations } from '../../migrations/central/list.ts';
import { migrateCentral } from '../../migrations/central/migrate.ts';
import type { CommandId, ProductId } from '../../shared/ids.ts';
import { centralAt, defaultTimeouts } from '../../sync/central.ts';
import { appendNewer } from '../simulate/newer.ts';
import { editProduct } from '../slices/support/product.ts';
import { joinTill, makeProduct, openShopOffice, type Shop, type ShopTill } from './proposal-world.ts';

let shop: Shop;
let till: ShopTill;
let product: ProductId;

beforeEach(async () => {
  shop = await openShopOffice();
  till = await joinTill(shop, 'HS1');
  product = await makeProduct(shop, 'ESPRESSO');
  await till.sync();
});

afterEach(async () => {
  till.test.end();
  await shop.close();
});

const edit = async (price: string) => await editProduct(till.seat.client, product, { price });

/** Every answer of the head office says more than this version knows, as deep as answers go. */
async function comeFromTheFuture({ shop: { admin, roles } }: Shop): Promise<void> {
  const functions = {
    hello: 'p_installation uuid, p_epoch integer, p_seq bigint, p_hash bytea, p_about jsonb',
    push: 'p_epoch integer, p_from_seq bigint, p_entries bytea[], p_hashes bytea[], p_payloads bytea[], p_unprojected boolean, p_installation uuid',
    pull: 'p_cursors jsonb, p_limit integer',
    entry_hashes: 'p_installation uuid, p_seqs bigint[]',
    fetch_entries: 'p_installation uuid, p_after bigint, p_count integer, p_bytes integer',
  };
  await admin.query(`
    create function more(p jsonb) returns jsonb language plpgsql as $$
    begin
      return case jsonb_typeof(p)
        when 'object' then coalesce((select jsonb_object_agg(key, case when key = 'row' then value else more(value) end)
          from jsonb_each(p)), '{}') || '{"of_a_later_version":{"deep":[1,2]},"another":null}'
        when 'array' then coalesce((select jsonb_agg(more(value)) from jsonb_array_elements(p)), '[]')
        else p end;
    end $$`);
  for (const [name, parameters] of Object.entries(functions)) {
    const names = parameters.split(', ').map((one) => one.split(' ')[0]);
    await admin.query(`
      alter function ${name} rename to ${name}_of_today;
      create function ${name}(${parameters}) returns jsonb language sql security definer
        set search_path = pg_catalog, evertill, pg_temp
        as $$ select more(${name}_of_today(${names.join(', ')})::jsonb) $$;
      alter function ${name} owner to ${roles.owner};
      grant execute on function ${name} to ${roles.tills}`);
  }
  await admin.query(`alter function more owner to ${roles.owner}`);
}

const unread = () => {
  const file = openTillFileToRead(till.test.path);
  const kinds = file.connection.prepare<[], string>('SELECT kind FROM unread_rows ORDER BY kind').pluck().all();
  file.close();
  return kinds;
};

describe('a till two versions behind its head office', () => {
  it('reads what it knows of answers, pages and rows, keeps the rest, and its cursor moves', async () => {
    await comeFromTheFuture(shop);
    const { admin } = shop.shop;
    await admin.query(`select put_feed_row(0, 'loyalty_card', 'card-1', '{"card":"card-1","points":12}')`);
    await admin.query('update products set version = 2, price_minor = 260');
    await admin.query(`select put_feed_row(0, 'product', key, row || '{"deposit_minor":25,"version":2,"price_minor":260}')
      from feed_rows where kind = 'product'`);
    await till.sync();
    expect(unread()).toEqual(['loyalty_card', 'product']);
    expect(await till.seat.client.product.show({ product })).toMatchObject({ price_minor: 260 });
    await edit('1.30');
    await till.sync(new Set(['push', 'pull']));
    await till.sync();
    expect(await shop.client.product.show({ product })).toMatchObject({ version: 3, price_minor: 130 });
    const { company } = till.test.till.sync.cursors();
    expect(company?.position).toBe(await shop.shop.value('select position::int from stream_heads where store_id = 0'));
    // The newest form of each is kept, not every one that there was.
    await admin.query(`select put_feed_row(0, 'loyalty_card', 'card-1', '{"card":"card-1","points":13}')`);
    await till.sync();
    // The product came again, without what this till does not know.
    expect(unread()).toEqual(['loyalty_card']);
    expect(till.test.log.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  });

  it('takes a snapshot of such a feed, too', async () => {
    await comeFromTheFuture(shop);
    await shop.shop.admin.query(`select put_feed_row(0, 'loyalty_card', 'card-1', '{"card":"card-1"}')`);
    await shop.shop.admin.query('update stream_heads set tag = new_stream_tag()');
    await till.sync();
    expect(unread()).toEqual(['loyalty_card']);
    expect((await till.seat.client.product.show({ product })).price_minor).toBe(100);
  });
});

describe('a till one version ahead of its head office', () => {
  const path = () => till.test.path;

  it('is confirmed, entry by entry; what is new waits for a newer head office, and is no trouble', async () => {
    const ids = shop.shop.ids;
    appendNewer(path(), { command: ids.next<CommandId>(), product, quantity_milli: null });
    appendNewer(path(), { command: ids.next<CommandId>(), product, quantity_milli: 4000 });
    await edit('1.30');
    await till.sync();
    const { head } = till.test.till.sync;
    expect(till.test.till.sync.confirmedSeq()).toBe(head().seq);
    // Of a known kind with fields that nobody here asks for, what is known counts.
    expect(await shop.shop.value('select sum(level_milli)::int from stock_levels')).toBe(4000);
    expect(await shop.client.product.show({ product })).toMatchObject({ price_minor: 130 });
    expect(await shop.client.inbox.list({})).toMatchObject({ quarantined: 0, newer: 1, total: 0 });
    expect((await shop.client.quarantine.list({})).total).toBe(0);
    expect(await shop.client.quarantine.list({ of: 'newer' })).toMatchObject({
      total: 1,
      entries: [{ kind: 'loyalty.earned', code: 'unknown_kind', reason: 'loyalty.earned 1', till_code: 'HS1' }],
    });

    const learn = {
      name: '9999-learns',
      sql: `alter function family_of(text, text) rename to family_of_before;
        create function family_of(p_kind text, p_version text) returns text language sql immutable
        return case p_kind when 'loyalty.earned' then 'silent' else family_of_before(p_kind, p_version) end;`,
    };
    await migrateCentral(shop.shop.admin, { name: 'x' }, [...centralMigrations, learn]);
    await shop.shop.admin.query('set search_path = evertill');
    expect(await shop.client.inbox.list({})).toMatchObject({ newer: 0 });
    await till.sync();
  });

  it('tells the head office its version and hears the other one; the list of tills says who is behind', async () => {
    const { admin } = shop.shop;
    const state = async () => (await shop.client.till.list({})).tills[0];
    expect(await state()).toMatchObject({ app_version: '0.1.0', version_state: null });
    for (const [version, expected] of [
      ['0.3.0', 'older'],
      ['0.0.9', 'newer'],
      ['0.1.0', 'same'],
    ] as const) {
      await migrateCentral(admin, { name: 'x', version });
      await admin.query('set search_path = evertill');
      expect((await state())?.version_state, version).toBe(expected);
    }
    const joined = await shop.shop.join('HS9');
    const heard: (string | null)[] = [];
    const connection = await centralAt(joined.address, '0.2.0', defaultTimeouts, (one) => heard.push(one)).connect();
    const { installation } = joined.till.options;
    const { hash } = joined.till.head();
    await connection.hello({ installation, epoch: 0, seq: 0, hash, at: '2026-11-21T09:00:00Z' });
    connection.destroy();
    expect(heard).toEqual(['0.1.0']);
  });
});
