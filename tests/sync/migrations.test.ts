import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { centralMigrations } from '../../migrations/central/list.ts';
import { migrateCentral, OtherVersionError } from '../../migrations/central/migrate.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop } from './central-shop.ts';
import { makeProduct, makeSale } from './sales.ts';
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
      const product = makeProduct(shop.ids);
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

  it('refuses a database that other migrations have made, by name, by text or by number, and changes nothing', async () => {
    const shop = await CentralShop.open(await createDatabase());
    const [company, ...others] = centralMigrations;
    const last = others.at(-1);
    if (company === undefined || last === undefined) throw new Error('no migrations');
    const surplus = { name: '9999-more', sql: 'create table evertill.more (a int)' };
    for (const [list, detail] of [
      [[{ ...company, name: '0001-other' }, ...others, surplus], 'migration 1 is 0001-company there, 0001-other here'],
      [[{ ...company, sql: `${company.sql} ` }, ...others, surplus], '0001-company is not the same there and here'],
      [centralMigrations.slice(0, -1), `it holds ${last.name}, which is not known here`],
    ] as const) {
      const refused = migrateCentral(shop.admin, { name: 'x' }, list);
      await expect(refused).rejects.toThrow(OtherVersionError);
      await expect(refused).rejects.toThrow(`the database was made by another version of Evertill: ${detail}`);
    }
    expect(await shop.value("select to_regclass('evertill.more')")).toBe(null);
    // The same text with the line ends of another system is the same.
    const crossed = centralMigrations.map(({ name, sql }) => ({ name, sql: sql.replaceAll('\n', '\r\n') }));
    expect((await migrateCentral(shop.admin, { name: 'x' }, crossed)).applied).toEqual([]);
    // A database of before the hashes were kept.
    await shop.admin.query('alter table evertill.migrations drop column sha256');
    await expect(migrateCentral(shop.admin, { name: 'x' })).rejects.toThrow(OtherVersionError);
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
