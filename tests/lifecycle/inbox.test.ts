/** What the head office has to look at: each thing appears by itself, says which till, and goes when it is settled. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFolder } from '../../electron/pc/folder.ts';
import { closeCompany, type Company, copyPc, openCompany, type Pc, startPc } from './world.ts';

let company: Company;
let pc: Pc;
beforeEach(async () => {
  company = await openCompany();
  const { code } = await company.client.enrolment.create({
    store: company.shop.store,
    till_code: 'HS1',
    till_name: 'Counter',
  });
  pc = await startPc(company, 'first', code);
});
afterEach(async () => {
  await closeCompany(company);
});

const inbox = async () => await company.client.inbox.list({});

test('is empty but for the stock that was sold without having been counted', async () => {
  await pc.inStep();
  expect((await inbox()).total).toBe(0);
  await pc.sell(2);
  await pc.inStep();
  const { negative_stock, total } = await inbox();
  expect(total).toBe(1);
  expect(negative_stock).toMatchObject([{ sku: 'TEA', level_milli: -2000 }]);
});

test('names another PC that asks to speak for a till, until it is decided', async () => {
  await pc.sell();
  await pc.inStep();
  pc.stop();
  const files = dataFolder(join(company.folder, 'copy'));
  copyPc(pc.files, files, false);
  const copy = await startPc(company, 'copy');
  await copy.sell();
  await copy.client.sync.try_now({});
  await expect.poll(async () => (await inbox()).installations.length, { timeout: 60_000 }).toBe(1);
  const [asked] = (await inbox()).installations;
  if (asked === undefined) throw new Error('it was there a moment ago');
  expect(asked).toMatchObject({ till_code: 'HS1' });
  await company.client.till.decide_installation({ till: asked.till, installation: asked.installation });
  expect((await inbox()).installations).toEqual([]);
});

test('names a till that has fallen silent with its shift open, and one that is far behind what it told', async () => {
  await pc.inStep();
  pc.stop();
  const { admin } = company.shop;
  await admin.query("update till_heads set last_seen_at = now() - interval '2 hours'");
  expect((await inbox()).silent).toMatchObject([{ till_code: 'HS1' }]);
  await admin.query(
    "update till_heads set last_seen_at = now(), reported_seq = acked_seq + 40, last_push_at = now() - interval '1 hour'",
  );
  const { behind, silent } = await inbox();
  expect(silent).toEqual([]);
  const [late] = behind;
  expect(late === undefined ? undefined : late.reported_seq - late.held_seq).toBe(40);
});

test('names a line of which more came back than was sold', async () => {
  await pc.sell();
  const { client } = pc;
  const [sold] = (await client.sale.list({ text: '', before_seq: null, limit: 1 })).sales;
  if (sold === undefined) throw new Error('one was sold');
  const { lines } = await client.sale.show({ sale: sold.sale });
  const [line] = lines;
  if (line === undefined) throw new Error('it had a line');
  await client.refund.give_back({
    of_sale: sold.sale,
    lines: [{ line: line.line, quantity_milli: 1000, restock: true }],
    tender: 'cash',
    reason: 'Wrong item',
  });
  await pc.inStep();
  expect((await inbox()).over_refunds).toEqual([]);
  // The same line given back at another till that had no line to ask.
  await company.shop.admin.query('update line_returns set returned_milli = 3 * returned_milli');
  expect((await inbox()).over_refunds).toMatchObject([{ name: 'Tea', sold_milli: 1000, returned_milli: 3000 }]);
});
