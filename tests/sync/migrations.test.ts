import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { centralMigrations } from '../../migrations/central/list.ts';
import { migrateCentral } from '../../migrations/central/migrate.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop } from './central-shop.ts';
import { makeProducts, makeSale } from './sales.ts';
import { SyncRun } from './sync-run.ts';

/** The first schema that a till can sync with. */
const first = centralMigrations.findIndex(({ name }) => name === '0030-privileges') + 1;

describe('the list of migrations', () => {
  it('names every file of the folder, in order', () => {
    const folder = new URL('../../migrations/central/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
    expect(centralMigrations.map(({ name }) => `${name}.sql`)).toEqual(files.toSorted());
  });
});

describe('migrating', () => {
  it.each(centralMigrations.slice(first).map(({ name }, i) => [name, first + i] as const))(
    'to %s from the one before keeps what a till has sold, and the till syncs on',
    async (_, before) => {
      const shop = await CentralShop.open(await createDatabase(), centralMigrations.slice(0, before));
      const { till, central } = await shop.join('G1');
      const [product] = makeProducts(shop.ids, 1);
      if (product === undefined) throw new Error('no product');
      till.open();
      till.append('sale.completed', makeSale(till, [{ product, quantity_milli: 1000 }]));
      const run = new SyncRun(till, central);
      await run.untilSynced();
      expect((await migrateCentral(shop.admin, { name: 'x' })).applied).toEqual(
        centralMigrations.slice(before).map(({ name }) => name),
      );
      await shop.admin.query('set search_path = evertill');
      till.append('sale.completed', makeSale(till, [{ product, quantity_milli: 1000 }]));
      run.sync.appended();
      await run.untilSynced();
      run.sync.stop();
      expect(await shop.value('select count(*)::int from sales')).toBe(2);
      expect(await shop.value('select sum(level_milli)::int from stock_levels')).toBe(-2000);
      await shop.close();
    },
  );

  it('again does nothing, and two at once wait for each other', async () => {
    const database = await createDatabase();
    const shop = await CentralShop.open(database, centralMigrations.slice(0, first));
    const second = await shop.connectAs(database.user, database.password);
    const both = await Promise.all(
      [shop.admin, second].map(async (client) => await migrateCentral(client, { name: 'x' })),
    );
    expect(both.flatMap(({ applied }) => applied).toSorted()).toEqual(
      centralMigrations.slice(first).map(({ name }) => name),
    );
    expect((await migrateCentral(second, { name: 'x' })).applied).toEqual([]);
    await second.end();
    await shop.close();
  });

  it('refuses a list that is not the one that the database was made with', async () => {
    const shop = await CentralShop.open(await createDatabase());
    await expect(migrateCentral(shop.admin, { name: 'x' }, [{ name: '0001-other', sql: 'select 1' }])).rejects.toThrow(
      'migration 1 is 0001-company here, not 0001-other',
    );
    await shop.close();
  });

  it('that fails leaves nothing of the migration behind', async () => {
    const shop = await CentralShop.open(await createDatabase());
    const broken = { name: '9999-broken', sql: 'create table evertill.half (a int); select 1/0' };
    await expect(migrateCentral(shop.admin, { name: 'x' }, [...centralMigrations, broken])).rejects.toThrow('division');
    expect(await shop.value("select to_regclass('evertill.half')")).toBe(null);
    const mended = { ...broken, sql: 'create table evertill.half (a int)' };
    const { applied } = await migrateCentral(shop.admin, { name: 'x' }, [...centralMigrations, mended]);
    expect(applied).toEqual(['9999-broken']);
    await shop.close();
  });
});
