/** An office in which every operation can succeed, and people in it with exactly the permissions that a test wants. */
import { hash } from 'bcrypt';
import { v7 } from 'uuid';
import type { OfficeRoleId, OfficeUserId } from '../../shared/contract/headoffice/shapes.ts';
import { permissions, type Permission } from '../../shared/contract/permissions.ts';
import type { CategoryId, CountId, ProductId, RoleId, SaleId, StaffId, TaxId } from '../../shared/ids.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { makeProducts, makeSale, type TestProduct } from '../sync/sales.ts';
import { openOffice, pushAll, type TestOffice } from './office.ts';

export interface World extends TestOffice {
  readonly joined: JoinedTill;
  readonly sold: readonly TestProduct[];
  readonly sale: SaleId;
  readonly tax: TaxId;
  readonly category: CategoryId;
  readonly product: ProductId;
  readonly role: RoleId;
  readonly member: StaffId;
  /** A stock take that was posted. */
  readonly count: CountId;
  /** Of the head office: may nothing. */
  readonly emptyRole: OfficeRoleId;
  /** A number that no sample was given before. */
  next(): number;
}

/** One store, one till that has sold, a catalogue and a person. */
export async function openWorld(): Promise<World> {
  const office = await openOffice();
  const { client, shop } = office;
  const joined = await shop.join('HS1');
  joined.till.open();
  const sold = makeProducts(shop.ids, 6);
  const body = makeSale(
    joined.till,
    sold.slice(0, 2).map((product) => ({ product, quantity_milli: 2000 })),
  );
  joined.till.append('sale.completed', body);
  const count = v7() as CountId;
  joined.till.append('stock.counted', {
    count,
    scope: 'products',
    category: null,
    tills: [],
    lines: sold.slice(0, 2).map(({ name, price_minor, product, sku }) => ({
      product,
      sku,
      name,
      unit: 'piece' as const,
      counted_milli: 5000,
      known_milli: -2000,
      price_minor,
      counted_at: '2026-11-21T12:00:00.000Z',
      own_seq: 4,
      seen: [],
    })),
  });
  await pushAll(joined);
  const tax = v7() as TaxId;
  await client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  const category = v7() as CategoryId;
  await client.catalogue.record_category({ category, name: 'Bakery', tint: 'bakery', position: 0, active: true });
  const made = await client.product.create(productInput('FIRST', { tax, category }));
  const role = v7() as RoleId;
  await client.staff.record_role({ role, name: 'manager', permissions: [...permissions] });
  const hired = await client.staff.create({
    name: 'Mira Osei',
    login: 'mira',
    roles: [role],
    stores: [shop.store],
    pin: '2468',
    password: null,
  });
  const emptyRole = await makeRole(office, 'nothing', []);
  let last = 0;
  return {
    ...office,
    joined,
    sold,
    sale: body.sale,
    tax,
    category,
    product: made.product,
    role,
    member: hired.staff,
    count,
    emptyRole,
    next: () => (last += 1),
  };
}

/** What a product may be made from. */
export function productInput(sku: string, named: { readonly tax: TaxId; readonly category: CategoryId }) {
  return {
    sku,
    name: `Loaf ${sku}`,
    unit: 'piece' as const,
    price: '3.95',
    category: named.category,
    taxes: [named.tax],
    barcodes: [],
    stocked: true,
  };
}

async function makeRole(
  { shop }: Pick<TestOffice, 'shop'>,
  name: string,
  held: readonly Permission[],
): Promise<OfficeRoleId> {
  const role = v7() as OfficeRoleId;
  await shop.admin.query('insert into office_roles (office_role, name, permissions) values ($1, $2, $3)', [
    role,
    name,
    held,
  ]);
  return role;
}

export interface TestPerson {
  readonly user: OfficeUserId;
  readonly login: string;
  readonly password: string;
  /** Signed in. */
  readonly token: string;
}

/** Somebody of the head office who holds exactly these permissions, signed in. */
export async function makePerson(office: TestOffice, held: readonly Permission[]): Promise<TestPerson> {
  const user = v7() as OfficeUserId;
  const login = `p-${user.slice(-12)}`;
  const password = `password of ${login}`;
  const role = await makeRole(office, `role of ${login}`, held);
  const { admin } = office.shop;
  await admin.query('insert into office_users (office_user, login, name, password_bcrypt) values ($1, $2, $2, $3)', [
    user,
    login,
    await hash(password, 4),
  ]);
  await admin.query('insert into office_user_roles (office_user, office_role) values ($1, $2)', [user, role]);
  return { user, login, password, token: await office.signIn(login, password, `address of ${login}`) };
}

/** All that a command could have done: numbers of rows, and what the ones that are changed in place say. */
export async function traces({ shop }: Pick<TestOffice, 'shop'>): Promise<string> {
  const text = await shop.value(`
    select concat_ws(' ',
      (select count(*) from office_edits), (select count(*) from office_users), (select count(*) from enrolment_codes),
      (select sum(position) from stream_heads), (select count(*) from staff), (select count(*) from stores),
      (select md5(string_agg(u::text, '|' order by office_user)) from office_users u),
      (select md5(string_agg(r::text, '|' order by office_user, office_role)) from office_user_roles r),
      (select count(*) from office_sessions where expires_at > created_at + interval '11 hours'))`);
  return String(text);
}

/** How many edits the log holds. */
export async function countEdits({ shop }: Pick<TestOffice, 'shop'>): Promise<number> {
  return Number(await shop.value('select count(*) from office_edits'));
}
