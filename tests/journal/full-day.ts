/** A day at a real till that writes an entry of every kind that a shop of its own can write. */
import type { CategoryId, RoleId, StoreId, TaxId } from '../../shared/ids.ts';
import { erased } from '../../shared/journal/kinds/chain-kinds.ts';
import { openTillFile } from '../../electron/till/db/open.ts';
import { transact } from '../../electron/till/db/transact.ts';
import { appendEntry } from '../../electron/till/journal/append.ts';
import { tillIdentity } from '../../electron/till/journal/head.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import { editProduct } from '../slices/support/product.ts';
import { openSellingShop, sell, type SellingShop } from '../slices/support/selling.ts';
import { codeOf, harbourSettings, opening, seededRandom, uuidAt } from '../slices/support/till.ts';
import { fixedId } from './make.ts';

/** Runs the day. Ends with a basket that is still open; the till is closed, its file stays. */
export async function liveFullDay(): Promise<SellingShop> {
  const shop = await openSellingShop();
  const { client } = shop.manager;
  const random = seededRandom('day');
  const newId = <Id extends Parameters<typeof uuidAt<CategoryId>>[0] | string>() =>
    uuidAt<never>(opening, random) as Id;
  const roles = await client.staff.roles({});
  const [role] = roles.roles;
  if (role === undefined) throw new Error('no role');
  await client.staff.record_role({ role: newId<RoleId>(), name: 'weekend “ع”', permissions: ['sale.create'] });
  const created = await client.staff.create({
    name: 'Zoë',
    login: 'zoe',
    roles: [role.role],
    pin: '1357',
    password: null,
  });
  await client.staff.edit({ staff: created.staff, against: 1, changes: { name: 'Zoë Ω' } });
  await client.staff.set_pin({ staff: created.staff, pin: '2468' });
  const category = newId<CategoryId>();
  await client.catalogue.record_category({ category, name: 'Tea', tint: 'drinks', position: 3, active: true });
  await client.catalogue.record_tax({ tax: newId<TaxId>(), code: 'Z', name: 'Zero', rate_millionths: 0, active: true });
  await editProduct(client, shop.tea, { category, name: 'Tea — loose', barcodes: ['96385074'] });
  await editProduct(client, shop.mug, { active: false });
  await client.shift.pay_in({ amount: '20.00', reason: 'Change' });
  await client.shift.pay_out({ amount: '7.50', reason: 'Milk' });

  const first = await client.basket.add_product({ product: shop.tea, quantity_milli: 3000 });
  await client.basket.add_product({ product: shop.cheese, quantity_milli: 255 });
  await client.basket.override_price({ basket: first.basket, line: first.line, price: '3.33', reason: 'Last one' });
  await client.basket.discount_line({
    basket: first.basket,
    line: first.line,
    discount: { kind: 'percent', rate_millionths: 125_000, reason: 'Dented' },
  });
  await client.basket.discount({
    basket: first.basket,
    discount: { kind: 'percent', rate_millionths: 333_333, reason: 'Friend' },
  });
  await client.basket.add_tender({ basket: first.basket, kind: 'card', handed: '1.00' });
  await client.basket.add_tender({ basket: first.basket, kind: 'cash', handed: '50.00' });
  const { total_minor } = await client.basket.current({});
  const { sale } = await client.basket.complete({ basket: first.basket, total_minor });
  await sell(shop, [shop.cheese, 1250], [shop.tea, 1000]);
  const given_up = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
  await client.basket.void({ basket: given_up.basket });
  const [line] = (await client.sale.show({ sale })).lines;
  if (line === undefined) throw new Error('no line');
  await client.refund.give_back({
    of_sale: sale,
    lines: [{ line: line.line, quantity_milli: 1000, restock: true }],
    tender: 'cash',
    reason: 'Wrong tea',
  });
  await client.refund.without_receipt({
    lines: [{ product: shop.tea, quantity_milli: 2000, price: '3.50', restock: false }],
    tender: 'card',
    reason: 'No receipt',
  });
  await client.stock.adjust({ reason: 'Delivery', lines: [{ product: shop.tea, quantity_milli: 48_000 }] });
  const { count } = await client.stock_take.open({ scope: { kind: 'store' } });
  await client.stock_take.enter({ count, product: shop.tea, quantity_milli: 30_000, how: 'replace' });
  await client.stock_take.enter({ count, product: shop.cheese, quantity_milli: 1_750, how: 'add' });
  await client.stock_take.post({ count });
  const otherStore = newId<StoreId>();
  const told = { position: 1, kind: 'store', row: { store: otherStore, name: 'Quay', active: true } };
  shop.till.sync.applyPage({ stream: 'company', tag: 'tag', snapshot: null, changes: [told], position: 1 });
  const lines = [{ product: shop.tea, quantity_milli: 6000 }];
  await client.transfer.send({ to_store: otherStore, lines });
  await client.transfer.cancel(await client.transfer.send({ to_store: otherStore, lines }));
  await client.transfer.receive({ number: 'HS9-A-T7', lines, awaits_more: true });
  const really = [{ product: shop.tea, quantity_milli: 5000 }];
  await client.transfer.correct({ number: 'HS9-A-T7', reason: 'Counted twice', lines: really, awaits_more: true });
  await client.settings.record({
    settings: { ...harbourSettings, cash_rounding: { step_minor: 5, mode: 'half_up' }, receipt_footer: 'Bye' },
  });
  for (let i = 0; i < 5; i += 1) await codeOf(shop.signInByPin(created.staff, '0000'));
  const { expected_minor } = await client.shift.report({});
  await client.shift.close({
    counted: `${Math.trunc(expected_minor / 100)}.${String(expected_minor % 100).padStart(2, '0')}`,
    denominations: [],
    reason: null,
  });
  shop.clock.pass(86_400_000);
  await client.shift.open({ float: '80.00' });
  await sell(shop, [shop.tea, 5000]);
  await client.basket.add_product({ product: shop.cheese, quantity_milli: 100 });
  shop.till.close();
  eraseFirstName(shop.path, shop.clock.now());
  return shop;
}

/** No operation erases yet; the entry is written as one will write it. */
function eraseFirstName(path: string, now: number): void {
  const file = openTillFile(path, { create: false, migrations: tillMigrations });
  try {
    const row = file.reader.connection
      .prepare<[], { hash: string }>(
        `SELECT lower(hex(hash)) AS hash FROM private_payloads
       WHERE hash NOT IN (SELECT private FROM staff) ORDER BY hash LIMIT 1`,
      )
      .get();
    const identity = tillIdentity(file.writer);
    if (row === undefined || identity === undefined) throw new Error('nothing to erase');
    transact(file.writer, () =>
      appendEntry(file.writer, {
        identity,
        kind: erased.kind,
        body: { subject: fixedId(5, 1), payloads: [row.hash], reason: 'asked' },
        command: fixedId(4, 1),
        n: 0,
        actor: null,
        approver: null,
        now,
        offset: 0,
        business_date: null,
        currency: null,
        private: [],
      }),
    );
  } finally {
    file.close();
  }
}
