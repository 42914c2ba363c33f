/**
 * A head office that no longer knows where its tills stand in the feed: it was put back from a backup, or their place in it
 * is too old. They take a snapshot; what it does not name is gone at the till, and nothing of the till's own is touched.
 */
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CategoryId, ProductId, RoleId, TaxId } from '../../shared/ids.ts';
import { owner } from '../headoffice/office.ts';
import { editProduct } from '../slices/support/product.ts';
import { codeOf } from '../slices/support/till.ts';
import { closeCompany, type Company, openCompany, type Pc, startPc } from './world.ts';

const patience = { timeout: 60_000, interval: 20 };
const barcode = '5012345678900';

let company: Company;
let pc: Pc;
/** What the head office will have forgotten. */
let coffee: ProductId;
let tax: TaxId;
let category: CategoryId;

beforeEach(async () => {
  company = await openCompany();
  const { client, shop } = company;
  tax = v7() as TaxId;
  await client.catalogue.record_tax({ tax, code: 'B', name: 'Reduced', rate_millionths: 50_000, active: true });
  category = v7() as CategoryId;
  await client.catalogue.record_category({ category, name: 'Drinks', tint: 'drinks', position: 0, active: true });
  ({ product: coffee } = await client.product.create({
    sku: 'COFFEE',
    name: 'Coffee',
    unit: 'piece',
    price: '4.00',
    category,
    taxes: [tax],
    barcodes: [barcode],
    stocked: true,
  }));
  const { code } = await client.enrolment.create({ store: shop.store, till_code: 'HS1', till_name: 'Counter' });
  pc = await startPc(company, 'first', code);
});
afterEach(async () => {
  await closeCompany(company);
});

/** As after a backup from before they were made: rows that tills have are not there any more. */
async function forget(...records: readonly string[]): Promise<void> {
  const { admin } = company.shop;
  await admin.query('delete from feed_rows where left(key, 36) = any ($1)', [records]);
  for (const [table, key] of [
    ['products', 'product'],
    ['taxes', 'tax'],
    ['categories', 'category'],
    ['roles', 'role'],
    ['staff', 'staff'],
  ] as const)
    await admin.query(`delete from ${table} where ${key} = any ($1)`, [records]);
  await admin.query('select restored()');
}

test('what the head office no longer has is gone at the till; what was sold, and what waits to be sent, is not', async () => {
  const { client } = pc;
  const role = v7() as RoleId;
  await company.client.staff.record_role({ role, name: 'weekend', permissions: ['sale.create'] });
  const { staff } = await company.client.staff.create({
    name: 'Jonas',
    login: 'jonas',
    roles: [role],
    stores: [company.shop.store],
    pin: '135791',
    password: null,
  });
  await expect
    .poll(async () => (await client.product.search({ text: 'coffee', limit: 1 })).products.length, patience)
    .toBe(1);
  const sellCoffee = async () => {
    const { basket } = await client.basket.add_product({ product: coffee, quantity_milli: 1000 });
    await client.basket.add_tender({ basket, kind: 'cash', handed: '5.00' });
    const { receipt_number, sale } = await client.basket.complete({ basket, total_minor: 400 });
    return { receipt_number, sale };
  };
  const sold = await sellCoffee();
  await pc.inStep();
  await expect.poll(async () => (await client.session.choices({})).people.length, patience).toBe(2);

  // What follows is not heard by anybody before the head office has forgotten.
  await company.shop.admin.query('update tills set active = false');
  const unsent = await sellCoffee();
  await editProduct(client, company.product, { price: '2.60' });
  const { basket, line } = await client.basket.add_product({ product: coffee, quantity_milli: 1000 });
  const before = (await client.sync.status({})).head_seq;
  await forget(coffee, tax, category, staff, role);
  await company.shop.admin.query('update tills set active = true');
  await client.sync.try_now({});
  await pc.inStep();

  const gone = async () => await codeOf(client.product.show({ product: coffee }));
  await expect.poll(async () => await gone().catch(() => 'there'), patience).toBe('record.not_found');
  expect((await client.product.search({ text: 'coffee', limit: 5 })).products).toEqual([]);
  expect((await client.product.search({ text: barcode, limit: 5 })).products).toEqual([]);
  expect((await client.catalogue.taxes({})).taxes.map(({ code }) => code)).toEqual(['A']);
  expect((await client.catalogue.categories({})).categories).toEqual([]);
  await expect.poll(async () => (await client.session.choices({})).people.length, patience).toBe(1);

  // Nothing of its own: the receipts, the basket that was open, the edit that was not sent yet, the journal.
  const { sales } = await client.sale.list({ text: '', before_seq: null, limit: 10 });
  expect(sales.map(({ receipt_number }) => receipt_number)).toEqual([unsent.receipt_number, sold.receipt_number]);
  expect((await client.sale.show({ sale: sold.sale })).lines).toMatchObject([{ name: 'Coffee', total_minor: 400 }]);
  expect((await client.sync.status({})).head_seq).toBe(before);
  expect(await company.shop.value('select count(*)::int from sales')).toBe(2);
  expect((await client.product.show({ product: company.product })).price_minor).toBe(260);
  expect(await company.shop.value('select price_minor::int from products where product = $1', [company.product])).toBe(
    260,
  );
  await client.basket.add_tender({ basket, kind: 'cash', handed: '4.00' });
  expect(await client.basket.current({})).toMatchObject({ lines: [{ line, name: 'Coffee' }], total_minor: 400 });
  await client.basket.complete({ basket, total_minor: 400 });
  const [back] = (await client.sale.show({ sale: sold.sale })).lines;
  await client.refund.give_back({
    of_sale: sold.sale,
    lines: [{ line: back?.line ?? line, quantity_milli: 1000, restock: true }],
    tender: 'cash',
    reason: 'Wrong item',
  });
  await pc.inStep();
  expect(await company.shop.value('select sum(level_milli)::int from stock_levels where product = $1', [coffee])).toBe(
    -2000,
  );

  // It is known again, and stands as it would have.
  const again = company.clientOf(await company.signIn(owner.login, owner.password));
  await again.catalogue.record_tax({ tax, code: 'B', name: 'Reduced', rate_millionths: 50_000, active: true });
  const row = { product: coffee, sku: 'COFFEE', name: 'Coffee', unit: 'piece', price_minor: 400, category: null };
  const rest = { taxes: [tax], barcodes: [barcode], stocked: true, active: true };
  await company.shop.admin.query('select evertill.create_products(null, $1)', [JSON.stringify([{ ...row, ...rest }])]);
  await expect
    .poll(async () => {
      await client.sync.try_now({});
      return (await client.product.search({ text: barcode, limit: 1 })).products.length;
    }, patience)
    .toBe(1);
  expect((await client.product.show({ product: coffee })).stock_milli).toBe(-2000);
});
