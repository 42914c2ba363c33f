/** Stories of a till's PC: it breaks, is put back from a backup, replaced, revived or copied; the shop loses nothing. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFolder } from '../../electron/pc/folder.ts';
import {
  closeCompany,
  type Company,
  copyPc,
  openCompany,
  type Pc,
  receiptsAtCentral,
  startPc,
  stockAtCentral,
} from './world.ts';

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(async () => {
  await closeCompany(company);
});

const newTillCode = async () =>
  (await company.client.enrolment.create({ store: company.shop.store, till_code: 'HS1', till_name: 'Counter' })).code;

/** That central holds exactly what customers were handed, and that the stock says so. */
async function expectNothingLostOrDoubled(...pcs: readonly Pc[]): Promise<void> {
  const printed = pcs.flatMap(({ receipts }) => receipts);
  expect(await receiptsAtCentral(company)).toEqual(printed.toSorted());
  expect(new Set(printed).size).toBe(printed.length);
  expect(await stockAtCentral(company)).toBe(-1000 * printed.length);
  expect(await company.shop.value('select count(*)::int from quarantined_entries')).toBe(0);
}

/** A till that has sold, in step. */
async function firstPc(): Promise<Pc> {
  const pc = await startPc(company, 'first', await newTillCode());
  await pc.sell(3);
  await pc.inStep();
  return pc;
}

test('a file that was put back gets its own entries back, and the receipts go on', async () => {
  const pc = await firstPc();
  pc.stop();
  const backup = join(company.folder, 'backup.db');
  copyFileSync(pc.files.till, backup);
  const later = await startPc(company, 'first');
  await later.sell(2);
  await later.inStep();
  later.stop();

  copyFileSync(backup, pc.files.till);
  const restored = await startPc(company, 'first');
  await restored.inStep();
  expect((await restored.client.sale.list({ text: '', before_seq: null, limit: 50 })).sales).toHaveLength(5);
  await restored.sell();
  expect(restored.receipts).toEqual(['HS1-A-000006']);
  await restored.inStep();
  await expectNothingLostOrDoubled(pc, later, restored);
});

test('a file that was put back and sold before it reached the head office makes one chain of both', async () => {
  const pc = await firstPc();
  pc.stop();
  const backup = join(company.folder, 'backup.db');
  copyFileSync(pc.files.till, backup);
  const later = await startPc(company, 'first');
  await later.sell(2);
  await later.inStep();
  later.stop();

  copyFileSync(backup, pc.files.till);
  await company.shop.admin.query("update tills set active = false where code = 'HS1'");
  const restored = await startPc(company, 'first');
  await restored.sell(2);
  await company.shop.admin.query("update tills set active = true where code = 'HS1'");
  await restored.client.sync.try_now({});
  await restored.inStep();
  expect((await restored.client.sale.list({ text: '', before_seq: null, limit: 50 })).sales).toHaveLength(7);
  await restored.sell();
  await restored.inStep();
  await expectNothingLostOrDoubled(pc, later, restored);
});

test('the head office computes every Z again, and both sides are told that it agrees', async () => {
  const pc = await firstPc();
  await pc.client.shift.pay_out({ amount: '2.00', reason: 'Milk' });
  const { receipts } = pc;
  const z = await pc.client.shift.close({ counted: '105.50', denominations: [], reason: null });
  expect(z.check).toBeNull();
  await pc.inStep();
  await expect
    .poll(async () => (await pc.client.shift.show({ shift: z.shift })).check, { timeout: 60_000 })
    .toEqual({ agrees: true, differences: [] });
  expect(receipts).toHaveLength(3);
});

test('a Z that the head office can not compute again is told on both sides, by what differs', async () => {
  const pc = await firstPc();
  const { admin } = company.shop;
  // Somebody at the database's own console: a sale's total, and a byte of an entry.
  await admin.query('update sales set total_minor = total_minor + 1 where receipt_number = 2');
  await admin.query('alter table journal_entries disable trigger append_only');
  await admin.query(
    "update journal_entries set bytes = set_byte(bytes, 40, 65) where kind = 'sale.completed' and n = 0",
  );
  const z = await pc.client.shift.close({ counted: '107.50', denominations: [], reason: null });
  await pc.inStep();
  const { rows } = await admin.query<{ seq: string }>(
    "select min(seq) as seq from journal_entries where kind = 'sale.completed'",
  );
  await expect
    .poll(async () => (await pc.client.shift.show({ shift: z.shift })).check, { timeout: 60_000 })
    .toEqual({
      agrees: false,
      differences: [
        { what: 'sales_total', till: 750, headoffice: 751 },
        { what: 'chain', till: 0, headoffice: Number(rows[0]?.seq) },
      ],
    });
  expect((await pc.client.shift.list({ before_number: null, limit: 10 })).shifts).toMatchObject([{ agrees: false }]);
  expect(await company.shop.value('select agrees from closing_checks')).toBe(false);

  // Somebody looks at it; it comes back if it is wrong in another way than it was.
  const differing = async () => (await company.client.inbox.list({})).closings;
  const [shown] = await differing();
  if (shown === undefined) throw new Error('it is not in the inbox');
  await company.client.inbox.note(shown.note);
  expect(await differing()).toEqual([]);
  await admin.query("update closing_checks set differences = differences - 'nothing' || '[]'");
  expect(await differing()).toEqual([]);
  await admin.query('update closing_checks set differences = differences - 0');
  expect(await differing()).toHaveLength(1);
});

test('a new PC takes over with a code: journal and open shift come back; the old one, revived, sells on and waits', async () => {
  const old = await firstPc();
  old.stop();
  const { tills } = await company.client.till.list({});
  const [till] = tills;
  if (till === undefined) throw new Error('one till has joined');
  const { code } = await company.client.enrolment.create_takeover({ till: till.till });
  const heir = await startPc(company, 'second', code);
  expect(heir.taken).toMatchObject({ shift: { number: 1, opened_by: company.staff } });
  await heir.sell(2);
  expect(heir.receipts[0]).not.toMatch(/^HS1-A-/);
  await heir.inStep();
  expect((await heir.client.sale.list({ text: '', before_seq: null, limit: 50 })).sales).toHaveLength(5);

  const revived = await startPc(company, 'first');
  await revived.sell(2);
  await revived.client.sync.try_now({});
  await expect.poll(async () => (await revived.status()).reason, { timeout: 60_000 }).toBe('installation');
  await revived.sell();

  // The head office decides for the old one after all.
  const { tills: asked } = await company.client.till.list({});
  const [waiting] = (asked[0]?.installations ?? []).filter(({ is_current }) => !is_current);
  if (waiting === undefined) throw new Error('the old PC has asked');
  await company.client.till.decide_installation({ till: till.till, installation: waiting.installation });
  await revived.client.sync.try_now({});
  await revived.inStep();
  await heir.sell();
  await heir.client.sync.try_now({});
  await expect.poll(async () => (await heir.status()).reason, { timeout: 60_000 }).toBe('installation');

  // And once more for the new one, so that what it sold meanwhile comes in too.
  await company.client.till.decide_installation({ till: till.till, installation: heirInstallation(asked) });
  await heir.client.sync.try_now({});
  await heir.inStep();
  await expectNothingLostOrDoubled(old, heir, revived);

  function heirInstallation(rows: typeof asked) {
    const current = rows[0]?.installations.find(({ is_current }) => is_current);
    if (current === undefined) throw new Error('the new PC was current');
    return current.installation;
  }
});

test('a till whose joining was begun and never finished joins with a new code, from whatever PC', async () => {
  // The PC enrolled, and was gone before it had said a word as the till.
  await company.shop.join('HS1');
  const only = async () => {
    const [till] = (await company.client.till.list({})).tills;
    if (till === undefined) throw new Error('one till has begun to join');
    return till;
  };
  expect(await only()).toMatchObject({ state: 'new' });
  await company.shop.admin.query("update till_heads set decided_at = now() - interval '1 hour'");
  const { state, till } = await only();
  expect(state).toBe('unfinished');
  const { code } = await company.client.enrolment.create_takeover({ till });
  const pc = await startPc(company, 'second', code);
  await pc.sell(2);
  await pc.inStep();
  expect(await only()).toMatchObject({ state: 'equal', till });
  await expectNothingLostOrDoubled(pc);
});

test('a copied folder is another PC: it sells on under a series of its own, and the head office decides', async () => {
  const pc = await firstPc();
  pc.stop();
  const copyFiles = dataFolder(join(company.folder, 'copy'));
  copyPc(pc.files, copyFiles, false);
  const original = await startPc(company, 'first');
  await original.sell();
  await original.inStep();
  const copy = await startPc(company, 'copy');
  await copy.sell(2);
  await copy.client.sync.try_now({});
  await expect.poll(async () => (await copy.status()).reason, { timeout: 60_000 }).toBe('installation');
  await original.sell();
  await original.inStep();
  expect(await receiptsAtCentral(company)).toHaveLength(5);
  rmSync(copyFiles.folder, { recursive: true, force: true });
});

test('a copied disk is found out by the head office, and what both sold comes in when it decides', async () => {
  const pc = await firstPc();
  pc.stop();
  const copyFiles = dataFolder(join(company.folder, 'copy'));
  copyPc(pc.files, copyFiles, true);
  const original = await startPc(company, 'first');
  await original.sell();
  await original.inStep();
  const copy = await startPc(company, 'copy');
  await copy.sell();
  await copy.client.sync.try_now({});
  await expect.poll(async () => (await copy.status()).reason, { timeout: 60_000 }).toBe('installation');
  const { tills } = await company.client.till.list({});
  const other = tills[0]?.installations.find(({ is_current }) => !is_current);
  if (other === undefined || tills[0] === undefined) throw new Error('the copy has asked');
  await company.client.till.decide_installation({ till: tills[0].till, installation: other.installation });
  await copy.client.sync.try_now({});
  await copy.inStep();
  const printed = [...pc.receipts, ...original.receipts, ...copy.receipts].toSorted();
  // Both printed the same number before anybody could know: both sales are there.
  expect(await receiptsAtCentral(company)).toEqual(printed);
  expect(await stockAtCentral(company)).toBe(-1000 * printed.length);
});
