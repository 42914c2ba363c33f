/** Puts the demo shop into the head office, through its own operations. What an earlier run has done is found, not done again. */
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import type { StoreId } from '../../shared/ids.ts';
import { decimalText } from '../../shared/money/decimal-text.ts';
import type { HeadOfficeClient } from './company.ts';

/** Pence. */
const decimals = 2;
const mostProducts = 500;

/** Answers the store of the demo shop, with its catalogue and people complete. */
export async function stockShop(office: HeadOfficeClient): Promise<StoreId> {
  const store = await findStore(office);
  for (const tax of harbourStreet.taxes) await office.catalogue.record_tax(tax);
  for (const category of harbourStreet.categories) await office.catalogue.record_category(category);
  await addProducts(office);
  await addStaff(office, store);
  return store;
}

async function findStore(office: HeadOfficeClient): Promise<StoreId> {
  const { stores } = await office.store.list({});
  const found = stores.find(({ settings }) => settings.name === harbourStreet.settings.name) ?? stores[0];
  return found?.store ?? (await office.store.create({ settings: harbourStreet.settings })).store;
}

/** Adds what is missing. What somebody has changed at the head office since then stays as it is. */
async function addProducts(office: HeadOfficeClient): Promise<void> {
  const { products } = await office.product.list({ include_inactive: true, limit: mostProducts });
  const known = new Set(products.map(({ sku }) => sku));
  for (const { active: _, product: __, price_minor, ...fields } of harbourStreet.products) {
    if (known.has(fields.sku)) continue;
    await office.product.create({ ...fields, price: price_minor === null ? null : decimalText(price_minor, decimals) });
  }
}

async function addStaff(office: HeadOfficeClient, store: StoreId): Promise<void> {
  const { staff } = await office.staff.list({ store });
  const known = new Set(staff.map(({ login }) => login));
  const { roles } = await office.staff.roles({});
  for (const { name, login, pin, password, role: wanted } of harbourStreet.staff) {
    if (known.has(login)) continue;
    const role = roles.find((one) => one.name === wanted);
    if (role === undefined) throw new Error(`the store has no role ${wanted}`);
    await office.staff.create({ name, login, roles: [role.role], stores: [store], pin, password });
  }
}
