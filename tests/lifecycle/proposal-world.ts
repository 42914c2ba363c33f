/** Real tills on real files and a head office on real PostgreSQL, for edits that cross one another. Nothing runs by itself. */
import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { v7 } from 'uuid';
import { openTillFile } from '../../electron/till/db/open.ts';
import { rebuildTill } from '../../electron/till/journal/rebuild.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import { startingRoles } from '../../shared/contract/permissions.ts';
import type { ProductId, RoleId, StaffId, StoreId, TaxId, TillId } from '../../shared/ids.ts';
import { centralAt } from '../../sync/central.ts';
import type { CentralPort } from '../../sync/central-port.ts';
import { enrol } from '../../sync/enrol.ts';
import { openOffice, type TestOffice } from '../headoffice/office.ts';
import { newTill, type Seat, type TestTill } from '../slices/support/till.ts';
import { type CallName, SyncRun } from '../sync/sync-run.ts';

export interface Shop extends TestOffice {
  readonly manager: StaffId;
  readonly tax: TaxId;
}

export interface ShopTill {
  readonly id: TillId;
  readonly test: TestTill;
  seat: Seat;
  /** Pushes all, and hears all there is to hear. `lost` calls reach the head office, but not their answers. */
  sync(lost?: ReadonlySet<CallName>): Promise<void>;
  /** As after a start of the PC. */
  restart(): void;
  /** Its file made again from its journal; what the head office said is gone until it is heard again. */
  rebuild(): void;
}

const pin = '192837';

export async function openShopOffice(): Promise<Shop> {
  const office = await openOffice();
  const { client, shop } = office;
  const tax = v7() as TaxId;
  await client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  const role = v7() as RoleId;
  await client.staff.record_role({ role, name: 'manager', permissions: [...startingRoles.manager] });
  const hired = { name: 'Maya', login: 'maya', roles: [role], stores: [shop.store], pin, password: null };
  return { ...office, tax, manager: (await client.staff.create(hired)).staff };
}

export async function makeProduct({ client, tax }: Shop, sku: string): Promise<ProductId> {
  const input = { name: `Espresso ${sku}`, unit: 'piece' as const, price: '1.00', category: null, taxes: [tax] };
  return (await client.product.create({ ...input, sku, barcodes: [], stocked: false })).product;
}

/** A till that has joined, with the manager signed in. */
export async function joinTill({ manager, shop }: Shop, code: string): Promise<ShopTill> {
  let central: CentralPort | undefined;
  let joined: { till: TillId; store: StoreId } | undefined;
  const test = newTill({
    seed: code,
    headOffice: {
      enrol: async (_code, installation) => {
        let password = '';
        const result = await enrol(await shop.makeCode(code), installation, {
          keepPassword: (made) => {
            password = made;
          },
          randomBytes,
        });
        if (!result.ok) throw new Error(`not enrolled: ${result.reason}`);
        const { enrolled } = result;
        joined = enrolled;
        central = centralAt({ ...enrolled.address, password }, '0.1.0');
        return { ...enrolled, installation, history: [] };
      },
      enrolShop: () => Promise.resolve(),
      appended: () => undefined,
      tryNow: () => undefined,
      status: () => undefined,
      server: () => undefined,
      leave: () => Promise.resolve('unheard'),
      forget: () => undefined,
    },
  });
  await test.anyone.setup.join({ code: 'once' });
  if (central === undefined || joined === undefined) throw new Error('it did not join');
  const way = central;
  const sync = async (lost: ReadonlySet<CallName> = new Set()) => {
    const left = new Set(lost);
    const run = new SyncRun(test.till.sync, way, { lose: (call) => (left.delete(call) ? 'after' : undefined) });
    await run.untilSynced();
    run.sync.stop();
  };
  await sync();
  const restart = () => test.restart();
  return {
    id: joined.till,
    test,
    seat: await test.signInByPin(manager, pin),
    sync,
    restart,
    rebuild: () => {
      const path = `${test.path}.again`;
      test.till.close();
      const from = openTillFile(test.path, { create: false, migrations: tillMigrations });
      const into = openTillFile(path, { create: true, migrations: tillMigrations });
      const { bad } = rebuildTill(from.reader, into.writer);
      from.close();
      into.close();
      if (bad !== null) throw new Error(`not rebuilt: ${JSON.stringify(bad)}`);
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${test.path}${suffix}`, { force: true });
      renameSync(path, test.path);
      restart();
    },
  };
}

/** Signs the manager in again: a file that was made again knows of no session. */
export async function signInAgain(till: ShopTill, { manager }: Shop): Promise<void> {
  till.seat = await till.test.signInByPin(manager, pin);
}
