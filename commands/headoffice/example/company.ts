/**
 * A company with four stores, their staff, their catalogue and two Fridays of sales: what the head office's screens show
 * when they are tested, photographed and looked at. Everything goes the ways that it goes in earnest: the head office's
 * own operations, enrolment by code, entries pushed by tills.
 */
import { britishStore } from '../../../shared/demo/british-store.ts';
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { InstallationId, CategoryId, StaffId, StoreId, TaxId } from '../../../shared/ids.ts';
import type { StoreSettings } from '../../../shared/journal/kinds/store-kinds.ts';
import { enrol } from '../../../sync/enrol.ts';
import { readCode } from '../../../sync/enrolment-code.ts';
import type { Client } from '../../../shared/contract/client.ts';
import type { HeadOfficeContract } from '../../../shared/contract/headoffice.ts';
import { sellDay } from './day.ts';
import { exampleCategories, exampleProducts, exampleTaxes } from './goods.ts';
import { proposeAtTills } from './edits.ts';
import { ExampleTill, type Moment, type Sellable } from './till.ts';
import { sendGoods } from './transfers.ts';

/** The moment at which the screens look at it: a Friday afternoon in Whitcombe. */
export const exampleNow = Date.UTC(2026, 10, 20, 15, 24, 0);
const today = '2026-11-20';
const weekBefore = '2026-11-13';

const stores = [
  {
    name: 'Harbour Street',
    address: ['12 Harbour Street', 'Whitcombe'],
    sales: 318,
    tills: [
      ['HS1', 'Harbour St 1'],
      ['HS2', 'Harbour St 2'],
    ],
  },
  {
    name: 'Old Market',
    address: ['3 Old Market', 'Whitcombe'],
    sales: 271,
    tills: [
      ['OM1', 'Old Market 1'],
      ['OM2', 'Old Market 2'],
    ],
  },
  {
    name: 'Quay Warehouse',
    address: ['Quay Road', 'Whitcombe'],
    sales: 122,
    tills: [
      ['QU1', 'Quay 1'],
      ['QU2', 'Quay 2'],
    ],
  },
  { name: 'Station Kiosk', address: ['Station Approach', 'Whitcombe'], sales: 101, tills: [['KI1', 'Kiosk 1']] },
] as const;

const people = ['Mira Osei', 'Jonas Meyer', 'Ben Adeyemi', 'Ines Rocha', 'Tomos Pryce', 'Aiko Hayashi', 'Leila Haddad'];

type HeadOfficeClient = Client<HeadOfficeContract>;

export interface ExampleCompany {
  readonly tills: readonly ExampleTill[];
  readonly stores: readonly StoreId[];
}

/** Fills an empty company. `share` is the part of the example's sales that is rung up, 0 to 1. */
export async function fillExample(client: HeadOfficeClient, share = 1): Promise<ExampleCompany> {
  const made: StoreId[] = [];
  for (const store of stores) made.push((await client.store.create({ settings: settingsOf(store) })).store);
  // Prices are in the currency of the first store, so the catalogue comes after it.
  const goods = await makeCatalogue(client);
  const tills: ExampleTill[] = [];
  const counters: { till: ExampleTill; moment: Moment }[] = [];
  for (const [place, store] of stores.entries()) {
    const id = made[place];
    if (id === undefined) throw new Error('a store was not made');
    const cashiers = await hire(client, id, place);
    for (const [n, [code, name]] of store.tills.entries()) {
      const till = await join(client, id, code, name);
      const part = Math.max(1, Math.round((store.sales * share) / store.tills.length));
      const actor = cashiers[n % cashiers.length];
      if (actor === undefined) throw new Error('a store without staff');
      const opened = { at: Date.parse(`${weekBefore}T07:30:00Z`), business_date: weekBefore, actor };
      till.open(opened);
      till.receive(goods, 240_000, opened);
      const seed = place * 10 + n;
      sellDay(till, {
        date: weekBefore,
        number: 610,
        sales: Math.round(part * 1.2),
        until: Number.POSITIVE_INFINITY,
        actor,
        goods,
        seed,
      });
      sellDay(till, {
        date: today,
        number: 611,
        sales: Math.round(part * 1.3),
        until: exampleNow,
        actor,
        goods,
        seed: seed + 100,
      });
      await till.sync();
      tills.push(till);
      counters.push({ till, moment: { at: exampleNow - 3_600_000, business_date: today, actor } });
    }
  }
  await proposeAtTills(client, counters, goods);
  await sendGoods(counters, made, goods);
  return { tills, stores: made };
}

function settingsOf({ address, name }: (typeof stores)[number]): StoreSettings {
  return britishStore({
    name,
    address: [...address],
    tax_number: 'GB 123 4567 89',
    receipt_footer: 'Thank you for shopping local.',
  });
}

async function makeCatalogue(client: HeadOfficeClient): Promise<Sellable[]> {
  const taxes = new Map<string, Sellable['tax']>();
  for (const row of exampleTaxes) {
    const { code, rate_millionths, tax } = await client.catalogue.record_tax({
      ...row,
      tax: v7() as TaxId,
      active: true,
    });
    taxes.set(code, { code, rate_millionths, tax });
  }
  const categories = new Map<string, CategoryId>();
  for (const [position, row] of exampleCategories.entries()) {
    const category = v7() as CategoryId;
    await client.catalogue.record_category({ ...row, category, position, active: true });
    categories.set(row.name, category);
  }
  const goods: Sellable[] = [];
  for (const { barcodes, category, name, price, sku, tax: code, unit } of exampleProducts) {
    const tax = taxes.get(code);
    if (tax === undefined) throw new Error(`no tax ${code}`);
    const made = await client.product.create({
      sku,
      name,
      unit,
      price,
      category: categories.get(category) ?? null,
      taxes: [tax.tax],
      barcodes: [...barcodes],
      stocked: true,
    });
    goods.push({ product: made.product, sku, name, unit, price_minor: made.price_minor ?? 0, tax });
  }
  return goods;
}

/** Two of the example's people for a store; the first of all manages. */
async function hire(client: HeadOfficeClient, store: StoreId, place: number): Promise<StaffId[]> {
  const { roles } = await client.staff.roles({});
  const hired: StaffId[] = [];
  for (const n of [place * 2, place * 2 + 1]) {
    const name = people[n];
    if (name === undefined) continue;
    const role = roles.find((one) => one.name === (n % 2 === 0 ? 'manager' : 'cashier'));
    const login = name.toLowerCase().replaceAll(' ', '.');
    const made = await client.staff.create({
      name,
      login,
      roles: role === undefined ? [] : [role.role],
      stores: [store],
      pin: String(2468 + n),
      password: null,
    });
    hired.push(made.staff);
  }
  return hired;
}

/** Enrols a till by a code, as somebody would at the till itself. */
async function join(
  client: HeadOfficeClient,
  store: StoreId,
  till_code: string,
  till_name: string,
): Promise<ExampleTill> {
  const { code } = await client.enrolment.create({ store, till_code, till_name });
  const read = readCode(code);
  if (!read.ok) throw new Error(`the code is ${read.fault}`);
  const installation = v7() as InstallationId;
  let password = '';
  const joined = await enrol(read.code, installation, {
    keepPassword: (made) => {
      password = made;
    },
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
  });
  if (!joined.ok) throw new Error(`not enrolled: ${joined.reason} ${joined.detail}`);
  const { address, till } = joined.enrolled;
  return new ExampleTill({
    store,
    till,
    code: till_code,
    installation,
    central: { ...address, password },
    currency: 'GBP',
  });
}
