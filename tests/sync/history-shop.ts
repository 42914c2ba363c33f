/** A shop that was its own, with a catalogue and people in its journal, for the tests of joining with a history. */
import { randomBytes } from 'node:crypto';
import {
  type CategoryId,
  type InstallationId,
  type ProductId,
  type RoleId,
  type StaffId,
  type StoreId,
  type TaxId,
  type TillId,
  toHex,
} from '../../shared/ids.ts';
import { encodeEntry } from '../../shared/journal/envelope.ts';
import type { Body } from '../../shared/journal/kinds.ts';
import { sealPayload } from '../../shared/journal/payload.ts';
import { centralAt } from '../../sync/central.ts';
import { enrol } from '../../sync/enrol.ts';
import { type CentralShop, testSettings } from './central-shop.ts';
import { makeSale } from './sales.ts';
import { Ids, sha256, TestTill } from './test-till.ts';

let shops = 0x500;
/** A hash that belongs to no PIN. */
export const bcrypt = `$2b$04$${'.'.repeat(53)}`;

async function historyCode(central: CentralShop) {
  const made = await central.value('select create_history_code(null)');
  const { login, secret } = made as { login: string; secret: string };
  const { host, port, database } = central.at;
  return { host, port, database, login, secret, ca_fingerprint: null };
}

/** A shop of its own with a catalogue; `ask` asks the head office, `say` writes the entry that says that it has joined. */
export function makeHistoryShop(central: CentralShop) {
  const settings = testSettings;
  shops += 1;
  const ids = new Ids(shops);
  const code = `H${shops}`;
  const till = new TestTill({
    store: ids.next<StoreId>(),
    till: ids.next<TillId>(),
    installation: ids.next<InstallationId>(),
    code,
    ids,
  });
  const tax: Body<'tax.recorded'> = {
    tax: ids.next<TaxId>(),
    code,
    name: 'VAT',
    rate_millionths: 200_000,
    active: true,
  };
  const category = ids.next<CategoryId>();
  const role = ids.next<RoleId>();
  const person = ids.next<StaffId>();
  const payload = sealPayload(sha256, Buffer.alloc(16, shops), { subject: person, name: 'Ana', login: `ana${shops}` });
  const product = (sku: string, fields: Partial<Body<'product.created'>> = {}): Body<'product.created'> => ({
    product: ids.next<ProductId>(),
    sku: `${code}-${sku}`,
    name: `Product ${sku}`,
    unit: 'piece',
    price_minor: 250,
    category,
    taxes: [tax.tax],
    barcodes: [],
    stocked: true,
    active: true,
    ...fields,
  });
  till.append('epoch.opened', {
    reason: 'first',
    previous_head: { epoch: 0, seq: 0, hash: toHex(till.head().hash) },
    series: 'A',
  });
  till.append('till.opened', { code, name: 'Counter', authority: 'standalone', demo: false });
  till.append('settings.recorded', settings);
  till.append('role.recorded', { role, name: 'manager', permissions: ['sale.create', 'product.edit'] });
  const created = till.envelope(
    'staff.created',
    {
      staff: person,
      private: payload.hash,
      roles: [role],
      active: true,
    },
    { private: [payload.hash] },
  );
  till.appendBytes(encodeEntry(created), [{ hash: Buffer.from(payload.hash, 'hex'), bytes: payload.bytes }]);
  till.append('staff.credential_set', { staff: person, credential: 'pin' });
  till.append('tax.recorded', tax);
  till.append('category.recorded', { category, name: 'Drinks', tint: 'drinks', position: 0, active: true });
  const tea = product('TEA');
  till.append('product.created', tea);
  till.append('product.edited', { product: tea.product, against: 1, changes: { price_minor: 300 } });
  const shop = {
    till,
    product,
    tea,
    tax,
    person,
    /** How it logs in, once it has asked. */
    way: { login: '', password: '' },
    said: {
      store: till.options.store,
      till: till.options.till,
      code,
      name: 'Counter',
      settings,
      verifiers: [{ staff: person, credential: 'pin' as const, bcrypt }],
    },
    sell: (count = 1) => {
      for (let i = 0; i < count; i += 1)
        till.append(
          'sale.completed',
          makeSale(till, [{ product: { ...tea, tax: tax.tax } as never, quantity_milli: 1000 }]),
        );
    },
    ask: async () => {
      let password = '';
      const keepPassword = (made: string) => {
        password = made;
      };
      const result = await enrol(
        await historyCode(central),
        till.options.installation,
        { keepPassword, randomBytes },
        shop.said,
      );
      if (!result.ok) throw new Error(`${result.reason} ${result.detail}`);
      shop.way = { login: result.enrolled.address.login, password };
      return centralAt({ ...result.enrolled.address, password }, 'test');
    },
    say: () => till.append('till.joined', { code, name: 'Counter' }),
  };
  return shop;
}

export type HistoryShop = ReturnType<typeof makeHistoryShop>;
