/** What is written down of a whole day, and what is collected for whoever helps: all that helps, and nothing of anybody. */
import { britishStore } from '../../shared/demo/british-store.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { collected, maxCollected } from '../../shared/contract/support.ts';
import type { Result } from '../../shared/contract/errors.ts';
import { dataFolder } from '../../electron/pc/folder.ts';
import { type OpenedTill, openTill } from '../../electron/pc/open-till.ts';
import { expectNothingPersonal, linesOfLog } from '../support/nothing-personal.ts';

const folder = { path: '' };
let opened: OpenedTill;
let session: string | undefined;

const manager = {
  name: 'Wilhelmina Quarterstaff',
  login: 'wilhelmina.q',
  password: 'a-zebra-in-pyjamas',
  pin: '735182',
};
const clerk = { name: 'Bartholomew Okonkwo', login: 'barty.okonkwo', pin: '918273' };
/** All that is typed in the story and is of somebody. */
const personal = [
  ...Object.values(manager),
  ...Object.values(clerk),
  'Quokka Emporium',
  '221b Baker Street',
  'GB999888777',
  'Thank you, dear Neighbour',
  'her mother Ingeborg was cross',
  'for Mr Featherstonehaugh',
  '444555',
  'wrong-password-Zacharias',
  'Nobody.Inparticular',
];

beforeEach(() => {
  folder.path = mkdtempSync(join(tmpdir(), 'evertill-support-'));
  opened = openTill(files(), '1.2.3');
  session = undefined;
});
afterEach(() => {
  opened.close();
  rmSync(folder.path, { recursive: true, force: true });
});

const files = () => dataFolder(join(folder.path, 'till'));

async function ask(operation: string, input: unknown): Promise<Result<unknown>> {
  return await opened.till.invoke({ operation, input, command: v7(), ...(session === undefined ? {} : { session }) });
}

async function tell<Answer>(operation: string, input: unknown): Promise<Answer> {
  const result = await ask(operation, input);
  if (!result.ok) throw new Error(`${operation}: ${result.error.code} ${JSON.stringify(result.error.data)}`);
  // What the operation declares; the test reads only what it needs.
  return result.value as Answer;
}

/** A day of a shop, with everything in it that people type. Answers the receipt's number. */
async function liveADay(): Promise<string> {
  await tell('setup.open_shop', {
    settings: britishStore({
      name: 'Quokka Emporium',
      address: ['221b Baker Street'],
      tax_number: 'GB999888777',
      receipt_footer: 'Thank you, dear Neighbour',
    }),
    till_code: 'QE1',
    till_name: 'Till of Wilhelmina Quarterstaff',
    manager,
  });
  await ask('session.sign_in', {
    who: { login: 'Nobody.Inparticular' },
    credential: { kind: 'password', secret: 'wrong-password-Zacharias' },
  });
  const signedIn = await tell<{ token: string; staff: string }>('session.sign_in', {
    who: { login: manager.login },
    credential: { kind: 'password', secret: manager.password },
  });
  session = signedIn.token;
  await ask('session.sign_in', { who: { staff: signedIn.staff }, credential: { kind: 'pin', secret: '444555' } });
  const { roles } = await tell<{ roles: { role: string }[] }>('staff.roles', {});
  await ask('staff.create', {
    name: clerk.name,
    login: clerk.login,
    roles: [roles[0]?.role],
    pin: clerk.pin,
    password: null,
  });
  await ask('staff.create', { surplus: clerk.name });
  await ask(`${clerk.name}.${manager.password}`, {});
  const { product } = await tell<{ product: string }>('product.create', {
    sku: 'Q-1',
    name: 'Quokka, plush',
    price: '12.00',
    unit: 'piece',
    category: null,
    taxes: [],
    barcodes: [],
    stocked: false,
  });
  await tell('shift.open', { float: '100.00' });
  await tell('basket.add_product', { product, quantity_milli: 1000 });
  const { basket, lines } = await tell<{ basket: string; lines: { line: string }[] }>('basket.current', {});
  await tell('basket.discount_line', {
    basket,
    line: lines[0]?.line,
    discount: { kind: 'percent', rate_millionths: 100_000, reason: 'for Mr Featherstonehaugh' },
  });
  const { total_minor } = await tell<{ total_minor: number }>('basket.current', {});
  await tell('basket.add_tender', { basket, kind: 'cash', handed: '20.00' });
  await tell('basket.complete', { basket, total_minor });
  const shown = await tell<{ receipt_number: string; lines: { line: string }[] }>('sale.show', { sale: basket });
  await tell('refund.give_back', {
    of_sale: basket,
    lines: [{ line: shown.lines[0]?.line, quantity_milli: 1000, restock: true }],
    tender: 'cash',
    reason: 'her mother Ingeborg was cross',
  });
  return shown.receipt_number;
}

it('writes down what happened at which operation, and nothing of anybody', async () => {
  await liveADay();
  const noted = await tell<{ incident: string }>('support.note_fault', {
    what: 'drawing',
    error: `TypeError: can't read "${clerk.name}" of ${manager.login}@example.org`,
  });
  opened.close();
  const lines = linesOfLog(files().log).map((line) => JSON.parse(line) as Record<string, unknown>);
  const operations = lines.filter(({ event }) => event === 'operation');
  expect(operations).toContainEqual(
    expect.objectContaining({ operation: 'basket.complete', outcome: 'ok', took_ms: expect.any(Number) }),
  );
  expect(operations).toContainEqual(
    expect.objectContaining({ operation: 'session.sign_in', outcome: 'session.credential_wrong' }),
  );
  expect(operations).toContainEqual(expect.objectContaining({ operation: 'unknown', outcome: 'operation.unknown' }));
  expect(operations).toContainEqual(expect.objectContaining({ operation: 'staff.create', outcome: 'input.malformed' }));
  for (const line of operations)
    expect(Object.keys(line).toSorted()).toEqual(['event', 'level', 'operation', 'outcome', 'time', 'took_ms']);
  expect(lines).toContainEqual(expect.objectContaining({ event: 'screen.fault', incident: noted.incident }));
  expectNothingPersonal(linesOfLog(files().log), personal);
});

it('collects all that helps, with the entry of a sale, and nothing of anybody', async () => {
  const receipt_number = await liveADay();
  const found = collected.parse(await tell('support.collect', { receipt_number }));
  expect(found.name).toMatch(/^evertill-QE1-\d{8}-\d{4}$/u);
  const read = (name: string) => JSON.parse(found.files.find((file) => file.name === name)?.text ?? 'null');
  expect(found.files.map(({ name }) => name)).toEqual([
    'README.txt',
    'versions.json',
    'till.json',
    'sync.json',
    'settings.json',
    'sale.json',
    'journal.json',
    'tables.json',
    'logs/till.log',
  ]);
  const head = opened.till.sync.head();
  expect(read('versions.json')).toMatchObject({ program: '1.2.3', node: process.version, file: { synchronous: 2 } });
  expect(read('till.json')).toMatchObject({ identity: { code: 'QE1' }, head: { seq: head.seq } });
  expect(read('settings.json')).toMatchObject({ currency: 'GBP', zone: 'Europe/London' });
  expect(read('journal.json')).toEqual({ from_seq: 1, to_seq: head.seq, bad_seq: null });
  expect(read('tables.json')).toMatchObject({ journal: { rows: head.seq, check: 'ok' } });
  const sale = read('sale.json');
  expect(sale).toMatchObject({ receipt_number, kind: 'sale', entry: { kind: 'sale.completed' } });
  expect(sale.entry.body.lines[0].discounts[0].reason).toBe('[left out]');
  // What is in it reaches up to now.
  expect(found.files.at(-1)?.text).toContain('"operation":"refund.give_back"');
  for (const { name, text } of found.files) {
    expect({ name, found: personal.filter((word) => text.includes(word)) }).toEqual({ name, found: [] });
  }
  expect(await ask('support.collect', { receipt_number: 'QE1-A-999999' })).toMatchObject({
    error: { code: 'record.not_found' },
  });
});

it('stays within its bounds whatever the logs hold', async () => {
  await liveADay();
  const line = `{"level":"info","event":"line"}\n`;
  writeFileSync(files().shellLog, line.repeat(200_000));
  const found = collected.parse(await tell('support.collect', { receipt_number: null }));
  const size = found.files.reduce((sum, { text }) => sum + text.length, 0);
  expect(size).toBeLessThanOrEqual(maxCollected);
  const shell = found.files.find(({ name }) => name === 'logs/shell.log')?.text ?? '';
  expect(shell.length).toBeGreaterThan(900_000);
  // Whole lines, and the latest.
  expect(shell.startsWith('{"level"')).toBe(true);
  expect(shell.endsWith(line)).toBe(true);
});
