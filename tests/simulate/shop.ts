/** The company of every simulation: its stores, goods and people, which are the same in each world. */
import { britishStore } from '../../shared/demo/british-store.ts';
import { createHash } from 'node:crypto';
import { hashSync } from 'bcrypt';
import { type Permission, startingRoles } from '../../shared/contract/permissions.ts';
import type { FeedKind, FeedRow } from '../../shared/feed/rows.ts';
import type { InstallationId, ProductId, RoleId, StaffId, StoreId, TaxId, TillId, Uuid } from '../../shared/ids.ts';
import { sealPayload } from '../../shared/journal/payload.ts';
import type { Draws } from './draws.ts';

/** When every world begins: a Saturday morning in November. */
export const opening = Date.UTC(2026, 10, 21, 9, 30);

/** A UUIDv7 that belongs to a name, the same at every run. */
export function idOf<Id extends Uuid>(name: string): Id {
  const hex = createHash('sha256').update(`simulated ${name}`).digest('hex');
  const time = opening.toString(16).padStart(12, '0');
  // The form of a UUIDv7; which noun it names is the caller's to say.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}` as Id;
}

export const pin = '4711';

export const settings = britishStore({
  name: 'Store',
});

/** Shops that were their own: so many kinds of them there are. */
export const mostShops = 3;

export const manager = idOf<RoleId>('role');
export const taxOf = idOf<TaxId>('tax');

export const managerRow = (permissions: readonly Permission[]): FeedRow<'role'> => ({
  role: manager,
  name: 'manager',
  permissions: [...permissions],
});

/** From so few that two will draw the same one. */
export const skuDrawn = (draws: Draws, key: string): string => `N-${draws.int(`${key}/sku`, 1, 12)}`;
export const barcodesDrawn = (draws: Draws, key: string): readonly string[] => [
  `CODE-${draws.int(`${key}/barcode`, 1, 12)}`,
];

export interface Goods {
  readonly product: ProductId;
  readonly unit: 'piece' | 'kg';
  readonly price_minor: number;
  readonly stocked: boolean;
}

/** Five that are counted, one of them weighed, and one that is not. */
export const goods: readonly Goods[] = [
  { product: idOf('product 0'), unit: 'piece', price_minor: 295, stocked: true },
  { product: idOf('product 1'), unit: 'piece', price_minor: 1, stocked: true },
  { product: idOf('product 2'), unit: 'kg', price_minor: 1240, stocked: true },
  { product: idOf('product 3'), unit: 'piece', price_minor: 99_900, stocked: true },
  { product: idOf('product 4'), unit: 'piece', price_minor: 75, stocked: true },
  { product: idOf('product 5'), unit: 'piece', price_minor: 500, stocked: false },
];

/** A product as the feed has it, at a version of its own price. */
export function productRow(index: number, version: number, price_minor: number): FeedRow<'product'> {
  const { product, stocked, unit } = goods[index] ?? {
    product: idOf(`product ${index}`),
    stocked: true,
    unit: 'piece',
  };
  return {
    product,
    version,
    sku: `P-${index}`,
    name: `Product ${index}`,
    unit,
    price_minor,
    category: null,
    taxes: [taxOf],
    barcodes: [],
    stocked,
    active: true,
  };
}

/** What a shop knows that was its own before it joins. */
export interface OwnShop {
  readonly index: number;
  readonly tax: TaxId;
  readonly role: RoleId;
  /** Its records when a world begins, by kind and UUID: fields as its people know them. */
  readonly had: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export interface TillPlace {
  readonly store: StoreId;
  readonly storeIndex: number;
  readonly till: TillId;
  readonly installation: InstallationId;
  readonly code: string;
  readonly name: string;
  /** What it is called in a world's trace: a shop's till may have the code of another. */
  readonly label: string;
  /** Who is signed in. */
  readonly staff: StaffId;
  /** What is sold there from the beginning. */
  readonly goods: readonly Goods[];
  /** Null of a till that the company made. */
  readonly shop: OwnShop | null;
}

export const mostStores = 3;

export const storeId = (index: number) => idOf<StoreId>(`store ${index}`);
export const staffId = (store: number) => idOf<StaffId>(`staff ${store}`);

/** The nth till of a store. */
export function tillPlace(storeIndex: number, n: number): TillPlace {
  return {
    storeIndex,
    store: storeId(storeIndex),
    till: idOf(`till ${storeIndex}/${n}`),
    installation: idOf(`installation ${storeIndex}/${n}`),
    code: `S${storeIndex}T${n}`,
    name: `Till ${n}`,
    label: `S${storeIndex}T${n}`,
    staff: staffId(storeIndex),
    goods,
    shop: null,
  };
}

export const companyTag = 'company-0';
export const storeTag = (index: number) => `store-${index}-0`;

// Made once a process: its salt is in no journal and no trace.
let pinHash: string | undefined;

/** Writes a row to a stream: `company`, or a store's UUID. */
export type Put = <Kind extends FeedKind>(stream: string, kind: Kind, key: string, row: FeedRow<Kind>) => void;

/** Puts down what every till of the company has heard of before the world begins. */
export function furnish(put: Put, stores: readonly number[]): void {
  put('company', 'role', manager, managerRow(startingRoles.manager));
  put('company', 'tax', taxOf, { tax: taxOf, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  // Also those that a world leaves out: goods can be sent there.
  for (let index = 0; index < mostStores; index += 1) {
    const store = storeId(index);
    put('company', 'store', store, { store, name: `Store ${index}`, active: true });
  }
  for (const [i, { price_minor, product }] of goods.entries())
    put('company', 'product', product, productRow(i, 1, price_minor));
  for (const index of stores) {
    const store = storeId(index);
    const staff = staffId(index);
    put(store, 'settings', 'settings', { ...settings, name: `Store ${index}` });
    const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
    const payload = sealPayload(sha256, sha256(Buffer.from(staff)).subarray(0, 16), {
      subject: staff,
      name: 'Ines Duarte',
      login: 'ines',
    });
    put(store, 'staff', staff, {
      staff,
      version: 1,
      roles: [manager],
      active: true,
      private: payload.hash,
      payload_base64: Buffer.from(payload.bytes).toString('base64'),
    });
    pinHash ??= hashSync(pin, 4);
    put(store, 'verifier', `${staff}/pin`, { staff, credential: 'pin', bcrypt: pinHash });
  }
}
