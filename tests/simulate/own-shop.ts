/** A shop that is its own: how it was opened, and what it has before a world begins. */
import { startingRoles } from '../../shared/contract/permissions.ts';
import type { Client } from '../../shared/contract/client.ts';
import type { TillContract } from '../../shared/contract/till.ts';
import type { CategoryId, RoleId, TaxId } from '../../shared/ids.ts';
import { type Goods, idOf, mostStores, pin, settings, type TillPlace } from './shop.ts';

interface Wares {
  readonly sku: string;
  readonly unit: 'piece' | 'kg';
  readonly price: string;
  readonly stocked: boolean;
  readonly barcodes: readonly string[];
}

/** What a shop sells. The company has the first two SKUs too, and may come to have the barcode. */
const wares: readonly Wares[] = [
  { sku: 'P-0', unit: 'piece', price: '3.10', stocked: true, barcodes: ['CODE-1'] },
  { sku: 'N-2', unit: 'piece', price: '0.05', stocked: true, barcodes: [] },
  { sku: 'OWN', unit: 'kg', price: '9.99', stocked: true, barcodes: [] },
  { sku: 'WORK', unit: 'piece', price: '25.00', stocked: false, barcodes: [] },
];

/** The second has a code that the company may have given to a till of its own. */
const tillCodes = ['OWN1', 'S0T0', 'OWN3'];

/** Opens a shop on a new till. `signIn` is told the session from which on its manager is signed in. */
export async function openShop(client: Client<TillContract>, index: number, signIn: (token: string) => void) {
  const code = tillCodes[index] ?? `OWN${index}`;
  const name = `Own ${index}`;
  const manager = { name: `Maya ${index}`, login: 'maya', password: 'correct horse', pin };
  const shop = { settings: { ...settings, address: [], name: `Shop ${index}` }, till_code: code, till_name: name };
  const { staff } = await client.setup.open_shop({ ...shop, manager });
  const { token } = await client.session.sign_in({ who: { staff }, credential: { kind: 'pin', secret: pin } });
  signIn(token);
  const tax = idOf<TaxId>(`shop ${index} tax`);
  const had = new Map<string, Readonly<Record<string, unknown>>>();
  const taxed = { code: 'A', name: 'Own', rate_millionths: 100_000, active: true };
  await client.catalogue.record_tax({ tax, ...taxed });
  had.set(`tax ${tax}`, taxed);
  const category = idOf<CategoryId>(`shop ${index} category`);
  const shelf = { name: 'Own', tint: 'deli', position: 0, active: true } as const;
  await client.catalogue.record_category({ category, ...shelf });
  had.set(`category ${category}`, shelf);
  const role = idOf<RoleId>(`shop ${index} role`);
  const weekend = { name: 'weekend', permissions: [...startingRoles.cashier] };
  await client.staff.record_role({ role, ...weekend });
  had.set(`role ${role}`, weekend);
  for (const { name: called, permissions, role: started } of (await client.staff.roles({})).roles)
    if (started !== role) had.set(`role ${started}`, { name: called, permissions });
  const person = { name: 'Jonas', login: 'jonas', roles: [role] };
  const jonas = await client.staff.create({ ...person, pin: null, password: null });
  had.set(`staff ${jonas.staff}`, { ...person, active: true });
  had.set(`staff ${staff}`, { name: manager.name, login: manager.login, active: true });
  const goods: Goods[] = [];
  for (const { barcodes, price, sku, stocked, unit } of wares) {
    const typed = { sku, name: `Own ${sku}`, unit, price, category, taxes: [tax], barcodes: [...barcodes], stocked };
    const { price_minor, product } = await client.product.create(typed);
    goods.push({ product, unit, price_minor: price_minor ?? 0, stocked });
    const { price: _, ...fields } = typed;
    had.set(`product ${product}`, { ...fields, price_minor, active: true });
  }
  const status = await client.setup.status({});
  if (status.store === null || status.till === null) throw new Error('a shop that was opened has a till');
  const place: Omit<TillPlace, 'installation'> = {
    store: status.store,
    storeIndex: mostStores + index,
    till: status.till,
    code,
    name,
    label: `OWN${index}`,
    staff,
    goods,
    shop: { index, tax, role, had },
  };
  return { ...place, token };
}
