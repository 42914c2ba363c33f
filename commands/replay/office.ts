/** What the head office has to have before a till can open: a store, its tax, its people, its catalogue. */
import { britishStore } from '../../shared/demo/british-store.ts';
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { OperationError } from '../../shared/contract/client.ts';
import type { Permission } from '../../shared/contract/permissions.ts';
import type { ProductId, RoleId, StoreId, TaxId } from '../../shared/ids.ts';
import type { HeadOfficeClient } from '../demo/company.ts';
import type { FoundProduct } from './catalogue.ts';
import type { Credentials, Team } from './till-day.ts';

export const settings = britishStore({
  name: 'Replay',
  tax_rounding: 'document',
});

const vat_millionths = 200_000;
/** How many products are written at once. */
const lanes = 6;

/** What the clerk needs to ring up a year of invoices; refunds are not among it. */
const clerkMay: readonly Permission[] = [
  'sale.create',
  'sale.view',
  'sale.override_price',
  'basket.void',
  'shift.open',
  'shift.close',
  'shift.report',
  'drawer.move_cash',
  'product.view',
  'stock.view',
  'stock.adjust',
  'sync.view',
];

export interface OpenedStore {
  readonly store: StoreId;
  readonly team: Team;
  /** Those whose price the head office does not take (finer than a penny) are open-price products too. */
  readonly open_prices: number;
  readonly products: ReadonlyMap<string, ProductId>;
}

/** Opens the one store of a replay at the head office, and writes the catalogue there, through its own operations. */
export async function openStore(
  office: HeadOfficeClient,
  catalogue: readonly FoundProduct[],
  signal?: AbortSignal,
): Promise<OpenedStore> {
  const { store } = await office.store.create({ settings });
  const tax = newId<TaxId>();
  await office.catalogue.record_tax({
    tax,
    code: 'A',
    name: 'VAT 20 %',
    rate_millionths: vat_millionths,
    active: true,
  });
  const clerkRole = newId<RoleId>();
  await office.staff.record_role({ role: clerkRole, name: 'clerk', permissions: [...clerkMay] });
  const { roles } = await office.staff.roles({});
  const managerRole = roles.find(({ permissions }) => permissions.includes('refund.without_receipt'));
  if (managerRole === undefined) throw new Error('no role of the new store may refund without a receipt');
  const hire = async (login: string, role: RoleId): Promise<Credentials> => {
    const password = randomBytes(12).toString('base64url');
    await office.staff.create({ name: login, login, roles: [role], stores: [store], pin: null, password });
    return { login, password };
  };
  const team = { clerk: await hire('clerk', clerkRole), manager: await hire('manager', managerRole.role) };
  const products = new Map<string, ProductId>();
  let open_prices = 0;
  const rest = catalogue.values();
  const write = async () => {
    for (const found of rest) {
      signal?.throwIfAborted();
      const { product, price_minor } = await createProduct(office, found, tax);
      products.set(found.sku, product);
      if (price_minor === null) open_prices += 1;
    }
  };
  // Several at once share one walk over the catalogue: while one waits for the disk, another is on its way.
  await Promise.all(Array.from({ length: lanes }, write));
  return { store, team, open_prices, products };
}

async function createProduct(office: HeadOfficeClient, { sku, name, price }: FoundProduct, tax: TaxId) {
  const fields = { sku, name, unit: 'piece' as const, category: null, taxes: [tax], barcodes: [], stocked: true };
  try {
    return await office.product.create({ ...fields, price });
  } catch (error) {
    // A price that no catalogue can hold is asked for at the till, like one that is not known.
    if (!(error instanceof OperationError) || error.failure.code !== 'money.too_fine') throw error;
    return await office.product.create({ ...fields, price: null });
  }
}

function newId<Id extends TaxId | RoleId>(): Id {
  // uuid writes canonical lower-case text; which noun it names is the caller's to say.
  return v7() as Id;
}
