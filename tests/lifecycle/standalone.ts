/** A shop that is its own, on a real file: with people, a catalogue that was edited, sales, a refund, a Z, stock. */
import { join } from 'node:path';
import { v7 } from 'uuid';
import { expect } from 'vitest';
import { type DataFolder, dataFolder } from '../../electron/pc/folder.ts';
import { openTill } from '../../electron/pc/open-till.ts';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { type Client, createClient } from '../../shared/contract/client.ts';
import { tillContract, type TillContract } from '../../shared/contract/till.ts';
import type { CategoryId, CommandId, ProductId, RoleId, StaffId, TaxId } from '../../shared/ids.ts';
import { decodeEntry } from '../../shared/journal/envelope.ts';
import { editProduct } from '../slices/support/product.ts';
import { harbourSettings } from '../slices/support/till.ts';
import { keepRunning } from './world.ts';

export const managerPin = '471100';
export const cashierPin = '135791';
export const teaBarcode = '5012345678900';

export interface Standalone {
  readonly files: DataFolder;
  readonly client: Client<TillContract>;
  readonly tea: ProductId;
  readonly tax: TaxId;
  readonly manager: StaffId;
  readonly cashier: StaffId;
  /** Receipts that were handed to customers. */
  readonly receipts: string[];
  sell(count?: number): Promise<void>;
  signIn(staff: StaffId, secret: string): Promise<void>;
  /** Until the head office holds all that this till has. */
  inStep(): Promise<void>;
  /** Until the feed has come in: both streams have a cursor. */
  fed(): Promise<void>;
  stop(): void;
}

export const patience = { timeout: 60_000, interval: 20 };

/** Opens the till of a folder as it is. */
export function startStandalone(folder: string, name: string): Omit<Standalone, 'tea' | 'tax' | 'manager' | 'cashier'> {
  const files = dataFolder(join(folder, name));
  const running = keepRunning(openTill(files, 'test'));
  const { till } = running;
  const session: { token?: string } = {};
  const client = createClient(tillContract, till.invoke, {
    session: () => session.token,
    newCommand: () => v7() as CommandId,
  });
  const receipts: string[] = [];
  return {
    files,
    client,
    receipts,
    signIn: async (staff, secret) => {
      const { token } = await client.session.sign_in({ who: { staff }, credential: { kind: 'pin', secret } });
      session.token = token;
    },
    sell: async (count = 1) => {
      const [found] = (await client.product.search({ text: 'tea of the shop', limit: 1 })).products;
      if (found === undefined) throw new Error('there is no tea to sell');
      for (let i = 0; i < count; i += 1) {
        const { basket } = await client.basket.add_product({ product: found.product, quantity_milli: 1000 });
        const { total_minor } = await client.basket.current({});
        await client.basket.add_tender({ basket, kind: 'cash', handed: '50.00' });
        receipts.push((await client.basket.complete({ basket, total_minor })).receipt_number);
      }
    },
    inStep: async () => {
      await expect
        .poll(async () => {
          const { confirmed_seq, head_seq, reason, state } = await client.sync.status({});
          if (state === 'offline') await client.sync.try_now({});
          return { state, reason, waiting: head_seq - confirmed_seq };
        }, patience)
        .toEqual({ state: 'confirmed', reason: null, waiting: 0 });
    },
    fed: async () => {
      await expect
        .poll(async () => {
          // Nobody may be signed in yet: a new PC has no people before the feed has come.
          await client.sync.try_now({}).catch(() => undefined);
          const { company, store } = till.sync.cursors();
          return company !== null && store !== null && !company.tag.startsWith('~') && !store.tag.startsWith('~');
        }, patience)
        .toBe(true);
    },
    stop: () => running.stop(),
  };
}

/** Opens a shop of its own and lives some of its days. */
export async function openStandalone(folder: string, name: string, till_code = 'OS1'): Promise<Standalone> {
  const started = startStandalone(folder, name);
  const { client, sell, signIn } = started;
  const { staff: manager } = await client.setup.open_shop({
    settings: { ...harbourSettings, name: 'Old Street' },
    till_code,
    till_name: 'Counter',
    manager: { name: 'Maya Okafor', login: 'maya', password: 'correct horse', pin: managerPin },
  });
  await signIn(manager, managerPin);
  const role = v7() as RoleId;
  await client.staff.record_role({ role, name: 'weekend', permissions: ['sale.create', 'sale.view', 'product.view'] });
  const { staff: cashier } = await client.staff.create({
    name: 'Jonas',
    login: 'jonas',
    roles: [role],
    pin: '1111',
    password: null,
  });
  await client.staff.edit({ staff: cashier, against: 1, changes: { name: 'Jonas Meyer' } });
  await client.staff.set_pin({ staff: cashier, pin: cashierPin });
  const { staff: left } = await client.staff.create({
    name: 'Left',
    login: 'left',
    roles: [role],
    pin: '2222',
    password: null,
  });
  await client.staff.edit({ staff: left, against: 1, changes: { active: false } });
  const tax = v7() as TaxId;
  await client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  const category = v7() as CategoryId;
  await client.catalogue.record_category({ category, name: 'Drinks', tint: 'drinks', position: 0, active: true });
  const { product: tea } = await client.product.create({
    sku: 'TEA',
    name: 'Tea',
    unit: 'piece',
    price: '3.00',
    category: null,
    taxes: [tax],
    barcodes: [],
    stocked: true,
  });
  const changes = { name: 'Tea of the shop “ع”', price: '3.95', category, barcodes: [teaBarcode] };
  await editProduct(client, tea, changes);
  const { product: gone } = await client.product.create({
    sku: 'GONE',
    name: 'Sold out',
    unit: 'kg',
    price: null,
    category,
    taxes: [],
    barcodes: ['96385074'],
    stocked: false,
  });
  await editProduct(client, gone, { active: false });
  await client.stock.adjust({ reason: 'Opening stock', lines: [{ product: tea, quantity_milli: 50_000 }] });
  await client.shift.open({ float: '100.00' });
  await sell(3);
  const [sold] = (await client.sale.list({ text: '', before_seq: null, limit: 1 })).sales;
  if (sold === undefined) throw new Error('it has sold');
  const [line] = (await client.sale.show({ sale: sold.sale })).lines;
  if (line === undefined) throw new Error('a sale has lines');
  await client.refund.give_back({
    of_sale: sold.sale,
    lines: [{ line: line.line, quantity_milli: 1000, restock: true }],
    tender: 'cash',
    reason: 'Wrong item',
  });
  await client.shift.close({ counted: '107.90', denominations: [], reason: null });
  await client.shift.open({ float: '100.00' });
  await sell(2);
  return { ...started, tea, tax, manager, cashier };
}

const catalogueTables = {
  store_settings: 'SELECT settings FROM store_settings',
  roles: 'SELECT hex(role), name, permissions FROM roles',
  staff: 'SELECT hex(staff), version, hex(private), active FROM staff',
  staff_roles: 'SELECT hex(staff), hex(role) FROM staff_roles',
  verifiers: 'SELECT hex(staff), credential FROM staff_verifiers',
  payloads: 'SELECT hex(hash), hex(bytes) FROM private_payloads',
  taxes: 'SELECT hex(tax), code, name, rate_millionths, active FROM taxes',
  categories: 'SELECT hex(category), name, tint, position, active FROM categories',
  products: `SELECT hex(k.product), version, sku, name, unit, price_minor, hex(category), taxes, stocked, active
    FROM products JOIN product_keys k USING (key)`,
  barcodes: `SELECT barcode, hex(k.product), position FROM product_barcodes b JOIN product_keys k ON k.key = b.product_key`,
} as const;

/** What a till sells by, table by table: each row as text. */
export function catalogueOf(files: DataFolder): Record<keyof typeof catalogueTables, string[]> {
  const file = openTillFileToRead(files.till);
  try {
    const rows = (sql: string) =>
      file.connection
        .prepare(sql)
        .all()
        .map((row) => JSON.stringify(sorted(row)))
        .toSorted();
    // Entries of an object that has these keys.
    return Object.fromEntries(Object.entries(catalogueTables).map(([name, sql]) => [name, rows(sql)])) as never;
  } finally {
    file.close();
  }
}

/** Settings are JSON inside: PostgreSQL gives them back in another order. */
function sorted(row: unknown): unknown {
  const { settings } = row as { readonly settings?: string };
  if (settings === undefined) return row;
  return Object.entries(JSON.parse(settings) as object).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Every entry of a till's journal: number, kind and bytes. */
export function journalOf(files: DataFolder): { readonly kind: string; readonly bytes: string }[] {
  const file = openTillFileToRead(files.till);
  try {
    return file.connection
      .prepare<[], { bytes: Uint8Array }>('SELECT bytes FROM journal ORDER BY seq')
      .all()
      .map(({ bytes }) => ({ kind: decodeEntry(bytes).kind, bytes: Buffer.from(bytes).toString('hex') }));
  } finally {
    file.close();
  }
}
