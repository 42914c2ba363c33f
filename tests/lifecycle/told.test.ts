/** What the head office tells a till of itself: what it put aside, and what it found of each closing. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeCompany, type Company, openCompany, type Pc, startPc } from './world.ts';

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(async () => {
  await closeCompany(company);
});

const patience = { timeout: 60_000, interval: 20 };

async function firstPc(): Promise<Pc> {
  const { code } = await company.client.enrolment.create({
    store: company.shop.store,
    till_code: 'HS1',
    till_name: 'Counter',
  });
  const pc = await startPc(company, 'first', code);
  await pc.inStep();
  return pc;
}

test('an entry that was put aside is told to its till, and told again when the head office has put it in', async () => {
  const pc = await firstPc();
  const { admin } = company.shop;
  await admin.query('alter table sales add constraint no_tea check (total_minor <> 250) not valid');
  await pc.sell(2);
  await pc.inStep();
  const aside = async () => {
    await pc.client.sync.try_now({});
    return (await pc.client.sync.details({})).aside;
  };
  await expect.poll(async () => (await aside()).total, patience).toBe(2);
  const { entries } = await aside();
  const [last, first] = entries;
  expect(entries).toHaveLength(2);
  expect(last).toMatchObject({ kind: 'sale.completed', code: '23514' });
  expect(last?.seq).toBeGreaterThan(first?.seq ?? 0);
  // Its neighbours never waited for it.
  expect((await pc.status()).waiting).toBe(0);

  await admin.query('alter table sales drop constraint no_tea');
  const { entries: held } = await company.client.quarantine.list({});
  for (const { seq, till } of held) await company.client.quarantine.project_again({ till, seq });
  await expect.poll(aside, patience).toEqual({ total: 0, entries: [] });
});

test('a till that was away for days hears of each of its closings, not of the last one only', async () => {
  const pc = await firstPc();
  const { admin } = company.shop;
  await admin.query('update tills set active = false');
  let counted = 100;
  for (let day = 0; day < 3; day += 1) {
    if (day > 0) await pc.client.shift.open({ float: `${counted}.00` });
    await pc.sell(2);
    counted += 5;
    await pc.client.shift.close({ counted: `${counted}.00`, denominations: [], reason: null });
  }
  await admin.query('update tills set active = true');
  await pc.client.sync.try_now({});
  await pc.inStep();
  const found = async () => {
    await pc.client.sync.try_now({});
    const { shifts } = await pc.client.shift.list({ before_number: null, limit: 10 });
    return shifts.map(({ agrees, number }) => [number, agrees]);
  };
  await expect.poll(found, patience).toEqual([
    [3, true],
    [2, true],
    [1, true],
  ]);
  expect((await pc.client.sync.details({})).closings).toEqual([]);
});
