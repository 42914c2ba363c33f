/**
 * A year of a shop that is its own, rung up at a real till from a file of invoices, and then pushed to a head office that it
 * joins: the till is closed half-way, PostgreSQL crashes, and the shop sells on all the while. `EVERTILL_INVOICES` names
 * another file than the made one, `EVERTILL_INVOICES_MOST` how many of it are rung up.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as letOthers } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCatalogue } from '../../commands/replay/catalogue.ts';
import { type Invoice, readInvoices } from '../../commands/replay/invoices.ts';
import { settings } from '../../commands/replay/office.ts';
import { type ListedProduct, ringUpInvoice } from '../../commands/replay/ring-up.ts';
import { instantOf } from '../../commands/replay/store-time.ts';
import { createTillDays, type TillDays } from '../../commands/replay/till-day.ts';
import { dataFolder } from '../../electron/pc/folder.ts';
import { createHeadOfficeLink, type ManagedLink } from '../../electron/pc/head-office-link.ts';
import { createFileMark } from '../../electron/pc/mark.ts';
import { createFileSecrets } from '../../electron/pc/secrets.ts';
import { createTill, type Till } from '../../electron/till/app.ts';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import type { Ports } from '../../electron/till/ports.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import { OperationError } from '../../shared/contract/client.ts';
import type { Call } from '../../shared/contract/client.ts';
import type { CommandId, TaxId } from '../../shared/ids.ts';
import { toHex } from '../../shared/ids.ts';
import { formatCode } from '../../sync/enrolment-code.ts';
import { makeLedger } from '../replay/ledger.ts';
import { seededRandom } from '../slices/support/till.ts';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { CentralShop } from '../sync/central-shop.ts';
import { catalogueOf, patience } from './standalone.ts';
import { logTo } from '../../shared/log.ts';

const folder = mkdtempSync(join(tmpdir(), 'evertill-year-'));
const files = dataFolder(join(folder, 'till'));
const credentials = (login: string) => ({ login, password: `the password of ${login}` });
const team = { clerk: credentials('clerk'), manager: credentials('manager') };
mkdirSync(files.folder, { recursive: true });
const newCommand = () => v7() as CommandId;

let cluster: TestCluster;
let central: CentralShop;
let invoices: readonly Invoice[];
let now = 0;
let till: Till;
let link: ManagedLink;
let days: TillDays;
const catalogue = new Map<string, ListedProduct>();

const ports: Ports = {
  clock: { now: () => now },
  random: seededRandom('year'),
  secrets: createFileSecrets(files.key),
  mark: createFileMark(files.mark),
  log: logTo(() => undefined),
  bcryptCost: 4,
};

function switchOn(create: boolean): void {
  link = createHeadOfficeLink({ path: files.headOffice, ports, version: 'test' });
  const withOffice = { ...ports, headOffice: link };
  till = createTill({ path: files.till, create, migrations: tillMigrations, ports: withOffice });
  link.attach(till.sync);
}

function switchOff(): void {
  link.stop();
  till.close();
}

const status = async () => await days.clerk.sync.status({});

async function openShop(): Promise<void> {
  const visitor = createTillDays((call: Call) => till.invoke(call), newCommand, team);
  await visitor.clerk.setup.open_shop({
    settings,
    till_code: 'Y1',
    till_name: 'Till 1',
    manager: { name: 'manager', ...team.manager, pin: null },
  });
  const manager = await visitor.manager();
  const [role] = (await manager.staff.roles({})).roles.filter(({ permissions }) => permissions.includes('staff.edit'));
  await manager.staff.create({ name: 'clerk', ...team.clerk, roles: role === undefined ? [] : [role.role], pin: null });
  const tax = v7() as TaxId;
  await manager.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  for (const { name, price, sku } of findCatalogue(invoices)) {
    const fields = { sku, name, unit: 'piece' as const, category: null, taxes: [tax], barcodes: [], stocked: true };
    const made = await manager.product.create({ ...fields, price }).catch(async (error: unknown) => {
      // A price that no catalogue can hold is asked for at the till, like one that is not known.
      if (!(error instanceof OperationError) || error.failure.code !== 'money.too_fine') throw error;
      return await manager.product.create({ ...fields, price: null });
    });
    catalogue.set(sku, { product: made.product, price_minor: made.price_minor });
  }
  await manager.session.lock({});
  days = createTillDays((call: Call) => till.invoke(call), newCommand, team);
}

async function ringUp(some: readonly Invoice[]): Promise<void> {
  for (const invoice of some) {
    now = Math.max(now, instantOf(settings.zone, invoice.wall_time));
    await days.turnTo(invoice.wall_time.slice(0, 10));
    await ringUpInvoice(days, catalogue, invoice);
    await letOthers();
  }
}

beforeAll(async () => {
  const given = process.env['EVERTILL_INVOICES'];
  const path = given ?? join(folder, 'invoices.csv.gz');
  if (given === undefined) writeFileSync(path, gzipSync(makeLedger().csv));
  invoices = (await readInvoices(path)).slice(0, Number(process.env['EVERTILL_INVOICES_MOST'] ?? 400));
  cluster = await startTestCluster({ name: 'year' });
  const { host, password, port, user } = cluster;
  central = await CentralShop.open({ host, port, user, password, database: 'postgres' });
}, 120_000);

afterAll(async () => {
  switchOff();
  await central.close();
  await cluster.remove();
  rmSync(folder, { recursive: true, force: true });
});

const perDay = (
  of: string,
) => `select business_date::text as day, count(*)::int as receipts, sum(total_minor)::bigint as total
  from ${of} group by business_date order by business_date`;

test('a year goes over whole, whatever breaks on the way, and both sides are equal at its end', async () => {
  const [first] = invoices;
  now = first === undefined ? 0 : instantOf(settings.zone, first.wall_time);
  switchOn(true);
  await openShop();
  const later = Math.max(20, Math.floor(invoices.length / 20));
  await ringUp(invoices.slice(0, -later));
  const before = catalogueOf(files);
  const history = (await status()).head_seq;

  const made = (await central.value('select create_history_code(null)')) as { login: string; secret: string };
  const { database, host, port } = central.at;
  const manager = await days.manager();
  const began = performance.now();
  await manager.setup.join_with_history({ code: formatCode({ host, port, database, ...made, ca_fingerprint: null }) });
  const rest = invoices.slice(-later);
  const part = Math.ceil(later / 4);
  await ringUp(rest.slice(0, part));
  await expect.poll(async () => (await status()).confirmed_seq, patience).toBeGreaterThan(0);

  // The PC goes off and on.
  switchOff();
  switchOn(false);
  await ringUp(rest.slice(part, 2 * part));
  await expect.poll(async () => (await status()).confirmed_seq, patience).toBeGreaterThan(history / 10);

  // PostgreSQL goes down in the middle, and the shop does not notice.
  await cluster.crash();
  const away = (await status()).confirmed_seq;
  await ringUp(rest.slice(2 * part, 3 * part));
  cluster = await cluster.restart();
  await ringUp(rest.slice(3 * part));
  await days.end();
  await days.signIn();
  const whole = { timeout: 600_000, interval: 50 };
  await expect
    .poll(async () => {
      const { state, waiting } = await status();
      if (state === 'offline') await days.clerk.sync.try_now({});
      return { state, waiting };
    }, whole)
    .toEqual({ state: 'confirmed', waiting: 0 });
  const took_s = (performance.now() - began) / 1000;
  await expect
    .poll(async () => {
      await days.clerk.sync.try_now({});
      const { company, store } = till.sync.cursors();
      return company !== null && store !== null && !company.tag.startsWith('~') && !store.tag.startsWith('~');
    }, whole)
    .toBe(true);

  await central.reconnect();
  const { hash, seq } = till.sync.head();
  console.log(
    `${invoices.length} invoices, ${seq} entries (${away} held at the crash) in ${took_s.toFixed(1)} s: ${Math.round(seq / took_s)} entries/s; ${before.products.length} products`,
  );
  const of = "store_id = (select store_id from tills where code = 'Y1')";
  expect(await central.value(`select encode(head_hash, 'hex') from till_heads where ${of}`)).toBe(toHex(hash));
  expect(await central.value(`select acked_seq::int from till_heads where ${of}`)).toBe(seq);
  expect(await central.value(`select count(*)::int from quarantined_entries where ${of}`)).toBe(0);
  expect(await central.value(`select count(*)::int from unprojected_entries where ${of}`)).toBe(0);
  expect(await central.value(`select count(*)::int from closing_checks where ${of} and not agrees`)).toBe(0);
  expect(await central.value(`select count(*)::int from closing_checks where ${of}`)).toBeGreaterThan(0);

  // What it sold from and what the feed told it since are equal; nothing of it is lost.
  expect(catalogueOf(files)).toEqual(before);
  const file = openTillFileToRead(files.till);
  try {
    const own = file.connection
      .prepare(
        'SELECT business_date AS day, count(*) AS receipts, sum(total_minor) AS total FROM sales GROUP BY day ORDER BY day',
      )
      .all();
    const { rows } = await central.admin.query<{ day: string; receipts: number; total: string }>(
      perDay(`(select * from sales where ${of}) as own`),
    );
    expect(rows.map((row) => ({ ...row, total: Number(row.total) }))).toEqual(own);
    const levels = file.connection
      .prepare(
        `SELECT lower(hex(product)) AS product, own_milli AS level FROM stock_levels JOIN product_keys k ON k.key = product_key
         WHERE own_milli <> 0 ORDER BY 1`,
      )
      .all();
    const { rows: held } = await central.admin.query<{ product: string; level: string }>(
      `select replace(product::text, '-', '') as product, level_milli as level from stock_levels
       where ${of} and level_milli <> 0 order by 1`,
    );
    expect(held.map((row) => ({ ...row, level: Number(row.level) }))).toEqual(levels);
  } finally {
    file.close();
  }
}, 1_800_000);
