/** Puts the demo shop into the head office, through its own operations. What an earlier run has done is found, not done again. */
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import type { StoreId } from '../../shared/ids.ts';
import { decimalText } from '../../shared/money/decimal-text.ts';
import type { HeadOfficeClient } from './company.ts';

/** Pence. */
const decimals = 2;
const mostProducts = 500;

/** What of the demo shop is not at the head office. Whatever is there stays as somebody may have changed it. */
async function findMissing(office: HeadOfficeClient) {
  const { taxes } = await office.catalogue.taxes({});
  const { categories } = await office.catalogue.categories({});
  const { products } = await office.product.list({ include_inactive: true, limit: mostProducts });
  const { staff } = await office.staff.list({});
  const known = new Set<string>([
    ...taxes.map(({ tax }) => tax),
    ...categories.map(({ category }) => category),
    ...products.map(({ sku }) => sku),
    ...staff.map(({ login }) => login),
  ]);
  return {
    taxes: harbourStreet.taxes.filter(({ tax }) => !known.has(tax)),
    categories: harbourStreet.categories.filter(({ category }) => !known.has(category)),
    products: harbourStreet.products.filter(({ sku }) => !known.has(sku)),
    staff: harbourStreet.staff.filter(({ login }) => !known.has(login)),
  };
}

/** Answers the store of the demo shop, with its catalogue and people complete. */
export async function stockShop(office: HeadOfficeClient, report: (line: string) => void): Promise<StoreId> {
  const missing = await findMissing(office);
  const isComplete = Object.values(missing).every((some) => some.length === 0);
  report(isComplete ? 'Finding the shop as it was left …' : 'Stocking the shop …');
  const store = await findStore(office);
  for (const tax of missing.taxes) await office.catalogue.record_tax(tax);
  for (const category of missing.categories) await office.catalogue.record_category(category);
  for (const { active: _, product: __, price_minor, ...fields } of missing.products)
    await office.product.create({ ...fields, price: price_minor === null ? null : decimalText(price_minor, decimals) });
  const { roles } = await office.staff.roles({});
  for (const { name, login, pin, password, role: wanted } of missing.staff) {
    const role = roles.find((one) => one.name === wanted);
    if (role === undefined) throw new Error(`the store has no role ${wanted}`);
    await office.staff.create({ name, login, roles: [role.role], stores: [store], pin, password });
  }
  return store;
}

async function findStore(office: HeadOfficeClient): Promise<StoreId> {
  const { stores } = await office.store.list({});
  const found = stores.find(({ settings }) => settings.name === harbourStreet.settings.name) ?? stores[0];
  return found?.store ?? (await office.store.create({ settings: harbourStreet.settings })).store;
}
