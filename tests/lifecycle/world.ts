/** A head office on real PostgreSQL, and tills on real files that join it, break, are put back, replaced and copied. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { expect } from 'vitest';
import { type DataFolder, dataFolder } from '../../electron/pc/folder.ts';
import { type OpenedTill, openTill } from '../../electron/pc/open-till.ts';
import { type Client, createClient } from '../../shared/contract/client.ts';
import { startingRoles } from '../../shared/contract/permissions.ts';
import { tillContract, type TillContract } from '../../shared/contract/till.ts';
import type { CommandId, ProductId, RoleId, StaffId, TaxId } from '../../shared/ids.ts';
import { openOffice, type TestOffice } from '../headoffice/office.ts';

export const pin = '192837';

export interface Company extends TestOffice {
  readonly staff: StaffId;
  /** Costs 2.50. */
  readonly product: ProductId;
  /** Where the tills' folders are. */
  readonly folder: string;
}

/** A PC with a till on it, whose manager is signed in. */
export interface Pc {
  readonly files: DataFolder;
  readonly client: Client<TillContract>;
  /** Receipts that were handed to customers. */
  readonly receipts: string[];
  status(): Promise<Awaited<ReturnType<Client<TillContract>['sync']['status']>>>;
  sell(count?: number): Promise<void>;
  /** Until the head office holds all that this till has. */
  inStep(): Promise<void>;
  /** Switched off. */
  stop(): void;
}

const running = new Set<OpenedTill>();

/** Closes a till with its company, if it runs until then. */
export function keepRunning(one: OpenedTill): { readonly till: OpenedTill['till']; stop(): void } {
  running.add(one);
  return {
    till: one.till,
    stop: () => {
      running.delete(one);
      one.close();
    },
  };
}

export async function openCompany(): Promise<Company> {
  const office = await openOffice();
  const { client, shop } = office;
  const role = v7() as RoleId;
  await client.staff.record_role({ role, name: 'manager', permissions: [...startingRoles.manager] });
  const { staff } = await client.staff.create({
    name: 'Mira Osei',
    login: 'mira',
    roles: [role],
    stores: [shop.store],
    pin,
    password: null,
  });
  const tax = v7() as TaxId;
  await client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  const { product } = await client.product.create({
    sku: 'TEA',
    name: 'Tea',
    unit: 'piece',
    price: '2.50',
    category: null,
    taxes: [tax],
    barcodes: [],
    stocked: true,
  });
  const folder = mkdtempSync(join(tmpdir(), 'evertill-lifecycle-'));
  return { ...office, staff, product, folder };
}

export async function closeCompany(company: Company): Promise<void> {
  for (const till of running) till.close();
  running.clear();
  await company.close();
  rmSync(company.folder, { recursive: true });
}

const patience = { timeout: 60_000, interval: 20 };

/** Starts the till of a folder, and joins with a code where it is new. */
export async function startPc(
  company: Company,
  name: string,
  code?: string,
): Promise<Pc & { readonly taken: unknown }> {
  const files = dataFolder(join(company.folder, name));
  const opened = openTill(files, 'test');
  running.add(opened);
  const { till } = opened;
  const session: { token?: string } = {};
  const client = createClient(tillContract, till.invoke, {
    session: () => session.token,
    newCommand: () => v7() as CommandId,
  });
  const taken = code === undefined ? undefined : (await client.setup.join({ code })).taken_over;
  await expect.poll(async () => (await client.session.choices({})).people.length, patience).toBe(1);
  const { token } = await client.session.sign_in({
    who: { staff: company.staff },
    credential: { kind: 'pin', secret: pin },
  });
  session.token = token;
  await expect
    .poll(async () => (await client.product.search({ text: 'tea', limit: 1 })).products.length, patience)
    .toBe(1);
  if ((await client.shift.current({})).shift === null) await client.shift.open({ float: '100.00' });
  const receipts: string[] = [];
  const status = async () => await client.sync.status({});
  return {
    files,
    client,
    receipts,
    taken,
    status,
    sell: async (count = 1) => {
      for (let i = 0; i < count; i += 1) {
        const { basket } = await client.basket.add_product({ product: company.product, quantity_milli: 1000 });
        await client.basket.add_tender({ basket, kind: 'cash', handed: '5.00' });
        const { receipt_number } = await client.basket.complete({ basket, total_minor: 250 });
        receipts.push(receipt_number);
      }
    },
    inStep: async () => {
      await expect
        .poll(async () => {
          const { confirmed_seq, head_seq, reason, state } = await status();
          if (state === 'offline') await client.sync.try_now({});
          return { state, reason, waiting: head_seq - confirmed_seq };
        }, patience)
        .toEqual({ state: 'confirmed', reason: null, waiting: 0 });
    },
    stop: () => {
      running.delete(opened);
      opened.close();
    },
  };
}

/** Copies a till's folder with the key beside it, and with the mark where the whole disk is copied. */
export function copyPc(from: DataFolder, to: DataFolder, isWholeDisk: boolean): void {
  cpSync(from.folder, to.folder, { recursive: true });
  cpSync(from.key, to.key);
  if (isWholeDisk) cpSync(from.mark, to.mark);
}

/** Every receipt that the head office holds, sorted. */
export async function receiptsAtCentral({ shop }: Company): Promise<string[]> {
  const { rows } = await shop.admin.query<{ receipt: string }>(
    `select receipt_till || '-' || receipt_series || '-' || lpad(receipt_number::text, 6, '0') as receipt from sales`,
  );
  return rows.map(({ receipt }) => receipt).toSorted();
}

/** What the head office says the stock is. */
export async function stockAtCentral({ product, shop }: Company): Promise<number> {
  return Number(
    await shop.value('select coalesce(sum(level_milli), 0) from stock_levels where product = $1', [product]),
  );
}
