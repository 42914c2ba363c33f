/** Stories of a manager's approval: it holds once, for one command, and the sale remembers who gave it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommandId, LineId, SaleId } from '../../shared/ids.ts';
import { startingRoles } from '../../shared/contract/permissions.ts';
import { kinds } from '../../shared/journal/kinds.ts';
import { decodeEntry } from '../../shared/journal/envelope.ts';
import { openSellingShop, type SellingShop } from './support/selling.ts';
import { failureOf, firstManager, opening, type Seat, seededRandom, uuidAt } from './support/till.ts';

let shop: SellingShop;
let cashier: Seat;
let basket: SaleId;
let line: LineId;
const ids = seededRandom('approvals');
const newCommand = () => uuidAt<CommandId>(opening, ids);

beforeEach(async () => {
  shop = await openSellingShop();
  const { client } = shop.manager;
  const { roles } = await client.staff.roles({});
  const role = roles.find(({ permissions }) => permissions.length === startingRoles.cashier.length);
  if (role === undefined) throw new Error('the shop has no cashiers');
  const { staff } = await client.staff.create({
    name: 'Jonas',
    login: 'jonas',
    roles: [role.role],
    pin: '1234',
    password: null,
  });
  cashier = await shop.signInByPin(staff, '1234');
  ({ basket, line } = await cashier.client.basket.add_product({ product: shop.tea, quantity_milli: 2000 }));
});
afterEach(() => shop.end());

const approve = (permission: 'sale.override_price' | 'sale.discount', command: CommandId) =>
  cashier.client.session.approve({
    staff: shop.manager.staff,
    credential: { kind: 'pin', secret: firstManager.pin },
    permission,
    command,
  });

test('the sale names who allowed a price and a discount', async () => {
  const { client } = cashier;
  const price = { basket, line, price: '3.00', reason: 'Chipped' };
  expect(await failureOf(client.basket.override_price(price))).toMatchObject({ code: 'permission.missing' });
  const one = newCommand();
  const { approval } = await approve('sale.override_price', one);
  await client.basket.override_price(price, { command: one, approval });
  const two = newCommand();
  const discount = { kind: 'percent', rate_millionths: 100_000, reason: 'Regular' } as const;
  await client.basket.discount(
    { basket, discount },
    { command: two, approval: (await approve('sale.discount', two)).approval },
  );
  await client.basket.add_tender({ basket, kind: 'cash', handed: '10.00' });
  const { seq } = await client.basket.complete({ basket, total_minor: 540 });
  const [entry] = shop.till.sync.entriesAfter(seq - 1, { count: 1, bytes: 1_000_000 });
  const envelope = decodeEntry(entry?.bytes ?? new Uint8Array());
  const body = kinds['sale.completed'].read(envelope.body);
  expect(envelope).toMatchObject({ actor: cashier.staff });
  expect(body.lines[0]).toMatchObject({ price_approver: shop.manager.staff, price_reason: 'Chipped' });
  expect(body.basket_discounts[0]).toMatchObject({ approver: shop.manager.staff, given_minor: 60 });
});

test('only those who may approve are offered: no other cashier, nobody who left, never the one who asks', async () => {
  const { client } = shop.manager;
  const { staff } = await client.staff.list({});
  const manager = staff.find(({ staff: one }) => one === shop.manager.staff);
  const jonas = staff.find(({ staff: one }) => one === cashier.staff);
  if (manager === undefined || jonas === undefined) throw new Error('both work here');
  const like = async (of: typeof manager, name: string) =>
    await client.staff.create({ name, login: name.toLowerCase(), roles: [...of.roles], pin: '1357', password: null });
  await like(jonas, 'Another cashier');
  const left = await like(manager, 'Left');
  await client.staff.edit({ staff: left.staff, against: left.version, changes: { active: false } });
  const second = await like(manager, 'Second manager');
  const offered = async (seat: Seat) =>
    (await seat.client.session.approvers({ permission: 'sale.override_price' })).people.map((person) => person.staff);
  expect((await offered(cashier)).toSorted()).toEqual([manager.staff, second.staff].toSorted());
  expect(await offered(shop.manager)).toEqual([second.staff]);
});

test('an approval holds for its command alone, once, for its permission, and not for long', async () => {
  const { client } = cashier;
  const price = { basket, line, price: '3.00', reason: 'Chipped' };
  const command = newCommand();
  const { approval } = await approve('sale.override_price', command);
  expect(await failureOf(client.basket.override_price(price, { command: newCommand(), approval }))).toMatchObject({
    code: 'approval.invalid',
  });
  expect(await failureOf(client.basket.discount({ basket, discount: null }, { command, approval }))).toMatchObject({
    code: 'approval.invalid',
  });
  await client.basket.override_price(price, { command, approval });
  const later = newCommand();
  expect(await failureOf(client.basket.override_price(price, { command: later, approval }))).toMatchObject({
    code: 'approval.invalid',
  });
  const late = await approve('sale.override_price', later);
  shop.clock.pass(6 * 60 * 1000);
  expect(
    await failureOf(client.basket.override_price(price, { command: later, approval: late.approval })),
  ).toMatchObject({ code: 'approval.invalid' });
});

test('a command that wrote before it failed may come again', async () => {
  const command = newCommand();
  const wrong = () =>
    shop.anyone.session.sign_in(
      { who: { staff: cashier.staff }, credential: { kind: 'pin', secret: '9999' } },
      { command },
    );
  for (let i = 0; i < 4; i += 1) expect(await failureOf(wrong())).toMatchObject({ code: 'session.credential_wrong' });
  expect(await failureOf(wrong())).toMatchObject({ code: 'session.locked_out' });
  shop.clock.pass(31 * 1000);
  expect(await failureOf(wrong())).toMatchObject({ code: 'session.locked_out' });
});

test('a text that no database holds is refused, and nothing is written', async () => {
  const { client } = shop.manager;
  for (const reason of ['nul\u0000', 'half \ud800 a pair'])
    expect(await failureOf(client.shift.pay_out({ amount: '1.00', reason }))).toMatchObject({
      code: 'input.malformed',
    });
  expect(await client.shift.report({})).toMatchObject({ paid_out_minor: 0 });
});
