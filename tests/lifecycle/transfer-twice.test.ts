/** What two copies of a till both say of goods that go to another store: of the two the first in the chain counts, everywhere. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFolder } from '../../electron/pc/folder.ts';
import type { StoreId } from '../../shared/ids.ts';
import { testSettings } from '../sync/central-shop.ts';
import { closeCompany, type Company, copyPc, openCompany, type Pc, startPc, stockAtCentral } from './world.ts';

let company: Company;
let quay: StoreId;
beforeEach(async () => {
  company = await openCompany();
  ({ store: quay } = await company.client.store.create({ settings: { ...testSettings, name: 'Quay' } }));
});
afterEach(async () => {
  await closeCompany(company);
});

const newTill = async () => {
  const asked = { store: company.shop.store, till_code: 'HS1', till_name: 'Counter' };
  const pc = await startPc(company, 'first', (await company.client.enrolment.create(asked)).code);
  await expect.poll(async () => (await pc.client.transfer.list({})).stores.length, { timeout: 60_000 }).toBe(1);
  return pc;
};
const teas = (units: number) => [{ product: company.product, quantity_milli: units * 1000 }];
const send = async ({ client }: Pc, units: number) =>
  (await client.transfer.send({ to_store: quay, lines: teas(units) })).number;

/** The till's file as it was at a moment takes the place of what it is by then, and the head office hears nothing meanwhile. */
async function putBack(pc: Pc, onBoth: (one: Pc) => Promise<unknown>): Promise<Pc> {
  await pc.inStep();
  pc.stop();
  const backup = join(company.folder, 'backup.db');
  copyFileSync(pc.files.till, backup);
  const later = await startPc(company, 'first');
  await onBoth(later);
  await later.inStep();
  later.stop();
  copyFileSync(backup, pc.files.till);
  await company.shop.admin.query("update tills set active = false where code = 'HS1'");
  const restored = await startPc(company, 'first');
  await onBoth(restored);
  await company.shop.admin.query("update tills set active = true where code = 'HS1'");
  await restored.client.sync.try_now({});
  await restored.inStep();
  return restored;
}

/** That till and head office have the same stock; what is aside, by code. */
async function expectStock({ client }: Pc, units: number, aside: readonly string[]): Promise<void> {
  const { levels } = await client.stock.levels({ products: [company.product] });
  expect([levels[0]?.store_milli, await stockAtCentral(company)]).toEqual([units * 1000, units * 1000]);
  const { rows } = await company.shop.admin.query<{ code: string }>(
    'select code from quarantined_entries order by seq',
  );
  expect(rows.map(({ code }) => code)).toEqual(aside);
}

test('goods that never left are taken back once, though the till said so before and after its file was put back', async () => {
  const pc = await newTill();
  const number = await send(pc, 5);
  const restored = await putBack(pc, async ({ client }) => await client.transfer.cancel({ number }));
  await expectStock(restored, 0, ['23514']);
});

test('the first of two that never left counts, also where it could be projected only later', async () => {
  const pc = await newTill();
  const number = await send(pc, 5);
  await pc.inStep();
  const { admin } = company.shop;
  // Nothing of transfers can be projected for a while.
  await admin.query('alter table transfer_steps add constraint broken check (step_no < 2) not valid');
  const restored = await putBack(pc, async ({ client }) => await client.transfer.cancel({ number }));
  await admin.query('alter table transfer_steps drop constraint broken');
  const { rows } = await admin.query<{ till: string; seq: number }>(
    'select till, seq::int from quarantined_entries join tills using (store_id, till_id) order by seq desc',
  );
  expect(rows).toHaveLength(2);
  // The second first.
  for (const { seq, till } of rows)
    await admin.query('select reproject(null, $1, $2, $3)', [company.shop.store, till, seq]);
  await expectStock(restored, 0, ['23505']);
});

/** A copy of the whole disk has sent other goods under the number that the till itself had sent under. */
async function sendTwice(beforeSettling: (copy: Pc, number: string) => Promise<unknown>): Promise<Pc> {
  const pc = await newTill();
  await pc.inStep();
  pc.stop();
  copyPc(pc.files, dataFolder(join(company.folder, 'copy')), true);
  const original = await startPc(company, 'first');
  const number = await send(original, 5);
  await original.inStep();
  await company.shop.admin.query("update tills set active = false where code = 'HS1'");
  const copy = await startPc(company, 'copy');
  expect(await send(copy, 3)).toBe(number);
  await beforeSettling(copy, number);
  await company.shop.admin.query("update tills set active = true where code = 'HS1'");
  await copy.client.sync.try_now({});
  await expect.poll(async () => (await copy.status()).reason, { timeout: 60_000 }).toBe('installation');
  const [till] = (await company.client.till.list({})).tills;
  const other = till?.installations.find(({ is_current }) => !is_current);
  if (till === undefined || other === undefined) throw new Error('the copy has asked');
  await company.client.till.decide_installation({ till: till.till, installation: other.installation });
  await copy.client.sync.try_now({});
  await copy.inStep();
  return copy;
}

test('a number under which two copies both sent goods names what the first sent', async () => {
  const copy = await sendTwice(async () => await Promise.resolve());
  await expectStock(copy, -5, ['23505']);
});

// It waits for the sending that was put aside (decision 17).
test('what never left of goods that took nothing off gives nothing back', async () => {
  const copy = await sendTwice(async ({ client }, number) => await client.transfer.cancel({ number }));
  await expectStock(copy, -5, ['23505', 'ET025']);
  expect(await company.shop.value('select state from transfer_standings')).toBe('on_the_way');
});

test('goods that were written down by mistake are taken back once', async () => {
  const pc = await newTill();
  await pc.client.transfer.receive({ number: 'QU1-A-T7', lines: teas(4) });
  const restored = await putBack(
    pc,
    async ({ client }) => await client.transfer.correct({ number: 'QU1-A-T7', reason: 'Mistyped', lines: teas(1) }),
  );
  await expectStock(restored, 1, ['23514']);
});
