/** A shop for one operation: real file, fake clock, the state that its sample asks for. */
import { britishStore } from '../../shared/demo/british-store.ts';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll } from 'vitest';
import { createTill, type Till } from '../../electron/till/app.ts';
import type { Mark, Ports } from '../../electron/till/ports.ts';
import { createClient } from '../../shared/contract/client.ts';
import { startingRoles } from '../../shared/contract/permissions.ts';
import { tillContract } from '../../shared/contract/till.ts';
import type {
  CategoryId,
  CommandId,
  CountId,
  InstallationId,
  RoleId,
  StoreId,
  TaxId,
  TenderId,
  TillId,
} from '../../shared/ids.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import type { State, World } from './samples.ts';
import { memoryMark } from '../support/memory-mark.ts';
import { refuseUndeclared } from '../support/strict-log.ts';
import { logTo } from '../../shared/log.ts';

const settings = britishStore({
  name: 'Harbour Street',
  address: ['12 Harbour Street'],
  tax_rounding: 'document',
});

export interface TestShop extends World {
  readonly till: Till;
  /** Of the manager, who may do everything. */
  readonly session: string;
  /** Of somebody who is signed in and may do next to nothing. */
  readonly powerless: string;
  close(): void;
}

/** What is known of a shop, whoever has its file open. */
type Facts = Omit<TestShop, 'till' | 'close'>;

/** A shop that was made once, closed and ready to be copied. */
interface Made {
  readonly folder: string;
  readonly facts: Facts;
  readonly mark: Mark | undefined;
  /** How often its random bytes were asked for. */
  readonly count: number;
}

const made = new Map<State, Promise<Made>>();
afterAll(async () => {
  for (const one of made.values()) rmSync((await one).folder, { recursive: true });
});

/**
 * Opens a shop: a copy of one that was made for the first test that wanted this state. The clock stands still; ids and random
 * bytes come from a counter.
 */
export async function openTestShop(state: State = 'shop'): Promise<TestShop> {
  const making = made.get(state) ?? makeShop(state);
  made.set(state, making);
  const { count, facts, folder, mark } = await making;
  const copy = newFolder();
  if (existsSync(pathIn(folder))) cpSync(pathIn(folder), pathIn(copy));
  const { till } = openIn(copy, { count, mark });
  return {
    ...facts,
    till,
    close: () => {
      till.close();
      rmSync(copy, { recursive: true });
    },
  };
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'evertill-contract-'));
const pathIn = (folder: string) => join(folder, 'till.db');
const newId = <Id>() => v7() as Id;

/** Opens the till of a folder, or begins one there. */
function openIn(folder: string, before: Pick<Made, 'count' | 'mark'>) {
  let { count } = before;
  const mark = memoryMark();
  if (before.mark !== undefined) mark.write(before.mark);
  const now = Date.parse('2026-11-21T09:30:00.000Z');
  const bytes = (length: number) => {
    count += 1;
    return createHash('sha512').update(String(count)).digest().subarray(0, length);
  };
  const ports: Ports = {
    clock: { now: () => now },
    random: { bytes },
    secrets: { wrap: (plain) => plain, unwrap: (wrapped) => wrapped },
    log: logTo((level, event, facts) => {
      refuseUndeclared(event, facts);
      if (level === 'warn' || level === 'error') console.error(event, facts);
    }),
    mark,
    bcryptCost: 4,
    headOffice: {
      enrol: async (_code, installation: InstallationId) => ({
        store: v7() as StoreId,
        till: v7() as TillId,
        installation,
        code: 'T2',
        name: 'Till 2',
        history: [],
      }),
      enrolShop: async () => {},
      appended: () => {},
      tryNow: () => {},
      status: () => undefined,
      server: () => undefined,
      leave: () => Promise.resolve('unheard'),
      forget: () => undefined,
    },
  };
  const path = pathIn(folder);
  const till = createTill({ path, create: !existsSync(path), migrations: tillMigrations, ports });
  return { till, ended: () => ({ count, mark: mark.read() }) };
}

async function makeShop(state: State): Promise<Made> {
  const folder = newFolder();
  const nothing = { settings, newId, session: '', powerless: '' };
  // An operation on a till that is not set up has no world; its sample asks for nothing of it.
  if (state === 'not set up' || state === 'joinable')
    return { folder, facts: nothing as Facts, mark: undefined, count: 0 };
  const { ended, till } = openIn(folder, { count: 0, mark: undefined });
  const facts = { ...nothing, ...(await furnish(till, state)) };
  till.close();
  return { folder, facts, ...ended() };
}

/** Everything that happens in a shop until it is in a state. */
async function furnish(till: Till, state: State) {
  // Read at each call, from the moment there is one.
  const signedIn: { session?: string } = {};
  const client = createClient(tillContract, till.invoke, {
    session: () => signedIn.session,
    newCommand: () => newId<CommandId>(),
  });
  const { staff: manager } = await client.setup.open_shop({
    settings,
    till_code: 'T1',
    till_name: 'Till 1',
    manager: { name: 'Elena', login: 'elena', password: 'a long password', pin: '2468' },
  });
  const signIn = async (staff: typeof manager, secret: string) =>
    (await client.session.sign_in({ who: { staff }, credential: { kind: 'pin', secret } })).token;
  const session = await signIn(manager, '2468');
  signedIn.session = session;
  const role = newId<RoleId>();
  await client.staff.record_role({ role, name: 'Cashier', permissions: [...startingRoles.cashier] });
  const bystander = newId<RoleId>();
  await client.staff.record_role({ role: bystander, name: 'Bystander', permissions: ['report.view'] });
  const { staff: cashier } = await client.staff.create({
    name: 'Jonas',
    login: 'jonas',
    roles: [role],
    pin: '1111',
    password: null,
  });
  const { staff: nobody } = await client.staff.create({
    name: 'Nobody',
    login: 'no',
    roles: [bystander],
    pin: '2222',
    password: null,
  });
  const tax = newId<TaxId>();
  await client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  const category = newId<CategoryId>();
  await client.catalogue.record_category({ category, name: 'Drinks', tint: 'drinks', position: 0, active: true });
  const barcode = '5012345678900';
  const { product, revision } = await client.product.create({
    sku: 'TEA-1',
    name: 'Tea, loose leaf',
    unit: 'piece',
    price: '3.95',
    category,
    taxes: [tax],
    barcodes: [barcode],
    stocked: true,
  });
  const { shift } = await client.shift.open({ float: '100.00' });
  const first = await client.basket.add_product({ product, quantity_milli: 2000 });
  await client.basket.add_tender({ basket: first.basket, kind: 'cash', handed: '10.00' });
  const { sale } = await client.basket.complete({ basket: first.basket, total_minor: 790 });
  const soldLine = (await client.sale.show({ sale })).lines[0]?.line;
  if (soldLine === undefined) throw new Error('the sale has no line');
  const second = await client.basket.add_product({ product, quantity_milli: 1000 });
  let tender = newId<TenderId>();
  if (state === 'tender taken')
    ({ tender } = await client.basket.add_tender({ basket: second.basket, kind: 'card', handed: '1.00' }));
  if (state === 'paid') await client.basket.add_tender({ basket: second.basket, kind: 'cash', handed: '5.00' });
  if (state === 'empty basket' || state === 'no shift') await client.basket.void({ basket: second.basket });
  if (state === 'no shift') await client.shift.close({ counted: '107.90', denominations: [], reason: null });
  let take = newId<CountId>();
  if (state === 'counting' || state === 'counted') {
    ({ count: take } = await client.stock_take.open({ scope: { kind: 'store' } }));
    await client.stock_take.scan({ count: take, barcode });
  }
  if (state === 'counted') await client.stock_take.post({ count: take });
  const otherStore = newId<StoreId>();
  let sentNumber = '';
  if (state === 'sent') {
    const row = { store: otherStore, name: 'Quay', active: true };
    const changes = [{ position: 1, kind: 'store', row }];
    till.sync.applyPage({ stream: 'company', tag: 'tag', snapshot: null, changes, position: 1 });
    const lines = [{ product, quantity_milli: 1000 }];
    ({ number: sentNumber } = await client.transfer.send({ to_store: otherStore, lines }));
  }
  if (state === 'received')
    await client.transfer.receive({ number: 'HS9-A-T8', lines: [{ product, quantity_milli: 2000 }] });
  const powerless = await signIn(nobody, '2222');
  return {
    session,
    powerless,
    manager,
    cashier,
    role,
    tax,
    category,
    product,
    revision,
    barcode,
    sale,
    soldLine,
    shift,
    basket: second.basket,
    line: second.line,
    tender,
    total_minor: 395,
    count: take,
    otherStore,
    sentNumber,
  };
}
