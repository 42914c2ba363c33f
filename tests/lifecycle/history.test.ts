/** Stories of a shop that was its own and joins a head office: nothing it has is lost, on either side, and it sells on. */
import { randomBytes } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileMark } from '../../electron/pc/mark.ts';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { verifyJournal } from '../../electron/till/journal/verify.ts';
import { enrol } from '../../sync/enrol.ts';
import { readCode } from '../../sync/enrolment-code.ts';
import { codeOf } from '../slices/support/till.ts';
import {
  cashierPin,
  catalogueOf,
  journalOf,
  managerPin,
  openStandalone,
  patience,
  startStandalone,
  type Standalone,
  teaBarcode,
} from './standalone.ts';
import { closeCompany, type Company, openCompany, receiptsAtCentral, startPc } from './world.ts';

let company: Company;
let shop: Standalone;
beforeEach(async () => {
  company = await openCompany();
  shop = await openStandalone(company.folder, 'old');
});
afterEach(async () => {
  await closeCompany(company);
});

const historyCode = async () => (await company.client.enrolment.create_history({})).code;
const value = async (sql: string, values: readonly unknown[] = []) => await company.shop.value(sql, values);

/** Each row of what the shop had is there still; what the company had beside it came to it. */
function expectKept(before: ReturnType<typeof catalogueOf>, after: ReturnType<typeof catalogueOf>): void {
  for (const table of Object.keys(before) as (keyof typeof before)[])
    expect({ table, lost: before[table].filter((row) => !after[table].includes(row)) }).toEqual({ table, lost: [] });
}

test('it joins with all that it has: catalogue, people, receipts, stock and Z count on both sides, equal', async () => {
  const before = catalogueOf(shop.files);
  const journal = journalOf(shop.files);
  const printed = [...shop.receipts];
  expect(await shop.client.setup.join_with_history({ code: await historyCode() })).toEqual({ till_code: 'OS1' });
  expect(await shop.client.setup.status({})).toMatchObject({ authority: 'joined', till_code: 'OS1' });
  await shop.sell();
  await shop.inStep();
  await shop.fed();

  // Its journal is what it was, and one entry says that it joined.
  expect(journalOf(shop.files).slice(0, journal.length)).toEqual(journal);
  expect(journalOf(shop.files).filter(({ kind }) => kind === 'till.joined')).toHaveLength(1);
  const after = catalogueOf(shop.files);
  expectKept(before, after);
  expect(after.products.length).toBe(before.products.length + 1);
  // Nobody of another store came along.
  expect(after.staff).toEqual(before.staff);
  expect(after.verifiers).toEqual(before.verifiers);

  const central = await company.client.store.list({});
  const store = central.stores.find(({ settings }) => settings.name === 'Old Street');
  expect(store).toMatchObject({ tills: 1, store: (await shop.client.setup.status({})).store });
  expect(await receiptsAtCentral(company)).toEqual([...printed, 'OS1-A-000004', 'OS1-A-000007'].toSorted());
  expect(await value('select count(*)::int from quarantined_entries')).toBe(0);
  expect(await value('select count(*)::int from unprojected_entries')).toBe(0);
  expect(await value('select sum(level_milli)::int from stock_levels where product = $1', [shop.tea])).toBe(45_000);
  expect((await shop.client.stock.levels({ products: [shop.tea] })).levels).toMatchObject([{ store_milli: 45_000 }]);
  expect(await value('select bool_and(agrees) from closing_checks')).toBe(true);
  const { totals } = await company.client.report.totals({ store: store?.store ?? null });
  expect(totals).toMatchObject([{ sales: { count: 6 }, refunds: { count: 1 }, total_minor: 395 * 5 }]);
  expect((await company.client.product.show({ product: shop.tea })).version).toBe(2);

  // The head office keeps it from here on.
  const { client } = shop;
  const changes = { price: '4.00' };
  const tax = { tax: shop.tax, code: 'A', name: 'VAT', rate_millionths: 0, active: true };
  expect(await codeOf(client.catalogue.record_tax(tax))).toBe('catalogue.read_only');
  await company.client.product.edit({ product: shop.tea, against: 2, changes });
  await expect
    .poll(async () => {
      await client.sync.try_now({});
      return (await client.product.show({ product: shop.tea })).price_minor;
    }, patience)
    .toBe(400);
});

test('its people sign in as before, also after a start of the PC; an empty till of the company learns the catalogue', async () => {
  await shop.client.setup.join_with_history({ code: await historyCode() });
  await shop.inStep();
  await shop.fed();
  await shop.signIn(shop.cashier, cashierPin);
  shop.stop();
  const again = startStandalone(company.folder, 'old');
  await again.signIn(shop.manager, managerPin);
  await again.sell();
  await again.inStep();
  const { code } = await company.client.enrolment.create({
    store: company.shop.store,
    till_code: 'HS1',
    till_name: 'Counter',
  });
  const other = await startPc(company, 'first', code);
  expect((await other.client.product.search({ text: teaBarcode, limit: 5 })).products).toMatchObject([{ sku: 'TEA' }]);
  expect((await other.client.session.choices({})).people).toHaveLength(1);
});

test('what meets the company’s own stands in the inbox, both as they were, until somebody changes one or lets it be', async () => {
  await company.client.product.edit({ product: company.product, against: 1, changes: { barcodes: [teaBarcode] } });
  await company.client.staff.create({
    name: 'Another Jonas',
    login: 'Jonas',
    roles: [],
    stores: [company.shop.store],
    pin: null,
    password: null,
  });
  await shop.client.setup.join_with_history({ code: await historyCode() });
  await shop.inStep();
  const kinds = async () => (await company.client.inbox.list({})).clashes.map(({ kind }) => kind).toSorted();
  expect(await kinds()).toEqual(['barcode', 'login', 'sku', 'tax_code']);
  const { clash_count, clashes, total } = await company.client.inbox.list({});
  expect(clash_count).toBe(4);
  expect(total).toBe(4);
  expect(clashes.find(({ kind }) => kind === 'sku')).toMatchObject({
    value: 'TEA',
    name: 'Tea of the shop “ع”',
    other_name: 'Tea',
    store_name: 'Old Street',
  });
  expect(clashes.find(({ kind }) => kind === 'login')).toMatchObject({
    name: 'Jonas Meyer',
    other_name: 'Another Jonas',
  });
  // Each sells its own on.
  await shop.fed();
  await shop.client.basket.scan({ barcode: teaBarcode });
  expect((await shop.client.basket.current({})).lines).toMatchObject([{ name: 'Tea of the shop “ع”' }]);

  await company.client.product.edit({ product: company.product, against: 2, changes: { sku: 'TEA-2' } });
  expect(await kinds()).toEqual(['barcode', 'login', 'tax_code']);
  const store = clashes[0]?.store ?? company.shop.store;
  const one = clashes.find(({ kind }) => kind === 'login')?.clash ?? 0;
  expect(await company.client.inbox.settle_clashes({ store, clashes: [one] })).toEqual({ settled: 1 });
  expect(await company.client.inbox.settle_clashes({ store, clashes: [one] })).toEqual({ settled: 0 });
  expect(await kinds()).toEqual(['barcode', 'tax_code']);
  await company.client.inbox.settle_clashes({ store, clashes: null });
  expect(await kinds()).toEqual([]);
});

test('a till code that the head office has already is another one from then on; printed numbers stay', async () => {
  const { code } = await company.client.enrolment.create({
    store: company.shop.store,
    till_code: 'OS1',
    till_name: 'Counter',
  });
  const history = await historyCode();
  expect(await codeOf(shop.client.setup.join_with_history({ code: history }))).toBe('enrolment.till_code_taken');
  await startPc(company, 'first', code);
  expect(await codeOf(shop.client.setup.join_with_history({ code: history }))).toBe('enrolment.till_code_taken');
  const printed = [...shop.receipts];
  await shop.client.setup.join_with_history({ code: history, till_code: 'OS9' });
  await shop.sell();
  expect(shop.receipts.at(-1)).toBe('OS9-A-000007');
  const listed = (await shop.client.sale.list({ text: '', before_seq: null, limit: 50 })).sales;
  expect(listed.map(({ receipt_number }) => receipt_number)).toEqual(expect.arrayContaining(printed));
  await shop.inStep();
  expect(await receiptsAtCentral(company)).toEqual([...shop.receipts, 'OS1-A-000004'].toSorted());
});

test('what can not join says why: another currency, a demo, a code of the other kind, a shop that is there', async () => {
  const code = await historyCode();
  const refusal = async (of: Pick<Standalone, 'client'>, with_code = code) =>
    await codeOf(of.client.setup.join_with_history({ code: with_code }));
  const empty = startStandalone(company.folder, 'empty');
  expect(await codeOf(empty.client.setup.join({ code }))).toBe('enrolment.other_kind');
  const { sign_ins } = await empty.client.setup.try_demo({});
  const [person] = (await empty.client.session.choices({})).people;
  if (person === undefined) throw new Error('a demo has people');
  await empty.signIn(person.staff, sign_ins.find(({ name }) => name === person.name)?.pin ?? '');
  expect(['enrolment.demo', 'permission.missing']).toContain(await refusal(empty));
  const { code: forEmpty } = await company.client.enrolment.create({
    store: company.shop.store,
    till_code: 'HS1',
    till_name: 'Counter',
  });
  expect(await refusal(shop, forEmpty)).toBe('enrolment.other_kind');
  const { client } = shop;
  const { settings } = await client.setup.status({});
  if (settings === null) throw new Error('it is set up');
  const { basket } = await client.basket.current({});
  if (basket !== null) await client.basket.void({ basket });
  await client.shift.close({ counted: '107.90', denominations: [], reason: null });
  await client.settings.record({ settings: { ...settings, currency: 'EUR' } });
  expect(await refusal(shop)).toBe('enrolment.currency_differs');
  await client.settings.record({ settings });
  await client.setup.join_with_history({ code });
  expect(await refusal(shop)).toBe('enrolment.already_joined');
  expect(await value("select count(*)::int from stores where name = 'Old Street'")).toBe(1);
});

/** The head office makes store and till for whoever says that they are this shop's PC; nobody hears of it. */
async function enrolUnheard(code: string): Promise<void> {
  const read = readCode(code);
  const mark = createFileMark(shop.files.mark).read();
  const { settings, store, till, till_code, till_name } = await shop.client.setup.status({});
  if (!read.ok || mark === undefined || settings === null || store === null || till === null)
    throw new Error('a shop of its own has all of it');
  const said = { store, till, code: till_code ?? '', name: till_name ?? '', settings, verifiers: [] };
  const result = await enrol(read.code, mark.installation, { keepPassword: () => undefined, randomBytes }, said);
  expect(result).toMatchObject({ ok: true });
}

test('an answer that was lost is asked for again with the same code', async () => {
  const code = await historyCode();
  await enrolUnheard(code);
  expect((await shop.client.sync.status({})).state).toBe('standalone');
  shop.stop();
  const again = startStandalone(company.folder, 'old');
  expect((await again.client.sync.status({})).state).toBe('standalone');
  await again.signIn(shop.manager, managerPin);
  await again.client.setup.join_with_history({ code });
  await again.inStep();
  await again.fed();
  // What was told the second time counts: its people sign in.
  await again.signIn(shop.cashier, cashierPin);
  expect(await value("select count(*)::int from stores where name = 'Old Street'")).toBe(1);
});

test('an answer that was lost is asked for with another code when the time of the first is over', async () => {
  const code = await historyCode();
  await enrolUnheard(code);
  await company.shop.admin.query("update enrolment_codes set expires_at = now() - interval '1 minute'");
  expect(await codeOf(shop.client.setup.join_with_history({ code }))).toBe('enrolment.code_refused');
  await shop.client.setup.join_with_history({ code: await historyCode() });
  await shop.inStep();
  expect(await value("select count(*)::int from stores where name = 'Old Street'")).toBe(1);
  expect(await value('select count(*)::int from tills')).toBe(1);
});

test('its file proves itself, and its PC can be replaced: journal, shift and people come back from the head office', async () => {
  await shop.client.setup.join_with_history({ code: await historyCode() });
  await shop.sell();
  await shop.inStep();
  await shop.fed();
  const kept = catalogueOf(shop.files);
  shop.stop();
  const file = openTillFileToRead(shop.files.till);
  expect(verifyJournal(file)).toMatchObject({ bad: null });
  file.close();
  const { tills } = await company.client.till.list({});
  const till = tills.find(({ till_code }) => till_code === 'OS1')?.till;
  if (till === undefined) throw new Error('it has joined');
  const { code } = await company.client.enrolment.create_takeover({ till });
  const heir = startStandalone(company.folder, 'new');
  await heir.client.setup.join({ code });
  await heir.fed();
  await heir.signIn(shop.manager, managerPin);
  expectKept(kept, catalogueOf(heir.files));
  await heir.sell();
  await heir.inStep();
  expect(await receiptsAtCentral(company)).toHaveLength(shop.receipts.length + 2);
});

test('a file that was put back from before it joined finds its way back', async () => {
  const backup = join(company.folder, 'backup.db');
  shop.stop();
  copyFileSync(shop.files.till, backup);
  const joining = startStandalone(company.folder, 'old');
  await joining.signIn(shop.manager, managerPin);
  await joining.client.setup.join_with_history({ code: await historyCode() });
  await joining.sell();
  await joining.inStep();
  await joining.fed();
  joining.stop();
  copyFileSync(backup, shop.files.till);
  const restored = startStandalone(company.folder, 'old');
  await restored.signIn(shop.manager, managerPin);
  await expect.poll(async () => (await restored.client.setup.status({})).authority, patience).toBe('joined');
  await restored.inStep();
  await restored.fed();
  await restored.sell();
  await restored.inStep();
  expect(await receiptsAtCentral(company)).toEqual(
    [...shop.receipts, 'OS1-A-000004', ...joining.receipts, ...restored.receipts].toSorted(),
  );
});
