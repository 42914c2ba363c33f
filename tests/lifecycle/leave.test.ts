/** A till that leaves its head office: told there, never an alarm, and welcome when it comes back. */
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeCompany, type Company, openCompany, type Pc, pin, receiptsAtCentral, startPc } from './world.ts';

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(async () => {
  await closeCompany(company);
});

const credential = { kind: 'pin', secret: pin } as const;
const states = async () => (await company.client.till.list({})).tills.map(({ state }) => state);

/** A till that has sold twice, is in step, and has its shift closed. */
async function soldAndClosed(): Promise<Pc> {
  const { code } = await company.client.enrolment.create({
    store: company.shop.store,
    till_code: 'HS1',
    till_name: 'Counter',
  });
  const pc = await startPc(company, 'first', code);
  await pc.sell(2);
  await pc.client.shift.close({ counted: '105.00', denominations: [], reason: null });
  await pc.inStep();
  return pc;
}

test('tells the head office, which alarms nobody about it and may give it a code again', async () => {
  const pc = await soldAndClosed();
  const left = await pc.client.setup.leave({ shop_name: null, credential });
  expect(left).toMatchObject({ till_code: 'HS1', told: true });
  expect(await states()).toEqual(['left']);
  expect((await pc.client.setup.status({})).done).toBe(false);
  expect(existsSync(pc.files.headOffice)).toBe(false);
  expect(existsSync(pc.files.mark)).toBe(false);
  await company.shop.admin.query("update till_heads set last_seen_at = now() - interval '3 days'");
  expect(await company.client.inbox.list({})).toMatchObject({ silent: [], behind: [], installations: [] });
  expect(await states()).toEqual(['left']);
  pc.stop();

  // The same PC, with a code for the same till: its journal comes back, and it is there again.
  const [row] = (await company.client.till.list({})).tills;
  if (row === undefined) throw new Error('the till is listed');
  const { code } = await company.client.enrolment.create_takeover({ till: row.till });
  const again = await startPc(company, 'first', code);
  expect(again.taken).toMatchObject({ shift: null });
  await again.sell();
  await again.inStep();
  expect(await states()).toEqual(['equal']);
  expect(await receiptsAtCentral(company)).toHaveLength(3);
});

test('is there again when it says anything more: it was told, and then somebody sold after all', async () => {
  const pc = await soldAndClosed();
  const { admin } = company.shop;
  const { rows } = await admin.query<{ login: string; installation: string; acked_seq: string; head_hash: Buffer }>(
    'select login, installation, acked_seq, head_hash from till_heads join till_logins using (store_id, till_id)',
  );
  const [told] = rows;
  if (told === undefined) throw new Error('a till has joined');
  const leave = async (seq: number) => {
    const sql = "select evertill.leave($1, $2, $3) ->> 'answer' as answer";
    const found = await admin.query<{ answer: string }>(sql, [told.installation, seq, told.head_hash]);
    return found.rows[0]?.answer;
  };
  await admin.query(`set session authorization ${told.login}`);
  expect(await leave(Number(told.acked_seq) - 1)).toBe('differs');
  expect(await leave(Number(told.acked_seq))).toBe('left');
  await admin.query('reset session authorization');
  expect(await states()).toEqual(['left']);
  await pc.client.shift.open({ float: '0' });
  await pc.inStep();
  expect(await states()).toEqual(['equal']);
});

test('is refused by the head office where it does not hold all of it after all', async () => {
  const pc = await soldAndClosed();
  const { admin } = company.shop;
  // Somebody at the database's own console; the till has not said hello since.
  await admin.query('update till_heads set acked_seq = acked_seq - 1');
  await expect(pc.client.setup.leave({ shop_name: null, credential })).rejects.toThrow('leave.unconfirmed');
  expect((await pc.client.setup.status({})).done).toBe(true);
  expect(await states()).not.toContain('left');
});

test('says that it could not tell, when the head office has taken it out of use', async () => {
  const pc = await soldAndClosed();
  await company.shop.admin.query('update tills set active = false');
  expect(await pc.client.setup.leave({ shop_name: null, credential })).toMatchObject({ told: false });
  expect(await states()).toEqual(['inactive']);
});
