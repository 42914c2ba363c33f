/** A head office whose database was put back from a backup: it has forgotten what tills have pushed and seen since. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram } from '../../commands/check/program.ts';
import { toHex } from '../../shared/ids.ts';
import { centralAt } from '../../sync/central.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from './central-shop.ts';
import { makeProducts, makeSale } from './sales.ts';
import { SyncRun } from './sync-run.ts';

const root = join(import.meta.dirname, '..', '..');
let shop: CentralShop;
/** The database as it was when the backup was made. */
let restored: pg.Client;
let database: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-restored-'));
  const at = await createDatabase();
  shop = await CentralShop.open(at);
  database = `${at.database}_restored`;
});

afterAll(async () => {
  await restored.end();
  await shop.close();
  rmSync(folder, { recursive: true });
});

function sell({ till }: JoinedTill, sales: number): void {
  const products = makeProducts(shop.ids, sales);
  for (const product of products) till.append('sale.completed', makeSale(till, [{ product, quantity_milli: 1000 }]));
}

async function sync({ address, till }: JoinedTill, at: string): Promise<SyncRun> {
  const run = new SyncRun(till, centralAt({ ...address, database: at }, 'test'));
  await run.untilSynced();
  run.sync.stop();
  return run;
}

async function recordTax(client: pg.Client, code: string): Promise<void> {
  const row = { tax: shop.ids.next(), code, name: `Tax ${code}`, rate_millionths: 200_000, active: true };
  await client.query('select evertill.record_tax(null, $1)', [JSON.stringify(row)]);
}

/** The codes of the taxes that a till was told of. */
const taxesOf = ({ till }: JoinedTill) =>
  [...till.replica.company]
    .filter(([key]) => key.startsWith('tax '))
    .map(([, row]) => (row as { readonly code: string }).code);

it('gets all of it back from the tills, and tells them all that it knows, in place of what it has forgotten', async () => {
  const [first, second] = [await shop.join('B1'), await shop.join('B2')];
  for (const joined of [first, second]) {
    joined.till.open();
    sell(joined, 3);
    await sync(joined, shop.at.database);
  }
  // The backup is made.
  await shop.close();
  restored = new pg.Client({ ...shop.at, database: 'postgres' });
  await restored.connect();
  await restored.query(`create database ${database} template ${shop.at.database} strategy file_copy`);
  await restored.end();
  await shop.reconnect();

  await recordTax(shop.admin, 'X');
  for (const joined of [first, second, first]) {
    sell(joined, 4);
    await sync(joined, shop.at.database);
  }
  expect(taxesOf(first)).toEqual(['X']);

  // The backup is put back, and another edit takes the place of the one that is forgotten.
  restored = new pg.Client({ ...shop.at, database });
  await restored.connect();
  await recordTax(restored, 'Y');
  writeFileSync(join(folder, 'password'), shop.at.password, { mode: 0o600 });
  const said = await runProgram('commands/central.ts', ['restored'], {
    root,
    env: {
      EVERTILL_DATABASE_HOST: shop.at.host,
      EVERTILL_DATABASE_PORT: String(shop.at.port),
      EVERTILL_DATABASE_NAME: database,
      EVERTILL_DATABASE_USER: shop.at.user,
      EVERTILL_DATABASE_PASSWORD_FILE: join(folder, 'password'),
    },
  });
  expect(said).toMatchObject({ isOk: true });

  for (const joined of [first, second, first]) {
    sell(joined, 1);
    await sync(joined, database);
  }
  for (const { till } of [first, second]) {
    const { rows } = await restored.query<Record<string, unknown>>(
      `select encode(head_hash, 'hex') as hash, acked_seq::int as seq,
         (select -sum(level_milli)::int from evertill.stock_levels l where l.till_id = t.till_id) as moved
       from evertill.till_heads join evertill.tills t using (store_id, till_id) where till = $1`,
      [till.options.till],
    );
    const { hash, seq } = till.head();
    expect(rows).toEqual([{ hash: toHex(hash), seq, moved: (seq - 3) * 1000 }]);
  }
  expect(taxesOf(first)).toEqual(['Y']);
  const elsewhere = [...first.till.replica.store].filter(([key]) => key.startsWith('stock '));
  expect(elsewhere).toHaveLength(second.till.head().seq - 3);
});

it('is told so by nobody but its administrator', async () => {
  const { address } = await shop.join('B3');
  for (const client of [await shop.headOffice(), await shop.connectAs(address.login, address.password)]) {
    await expect(client.query('select evertill.restored()')).rejects.toMatchObject({ code: '42501' });
    await client.end();
  }
});
