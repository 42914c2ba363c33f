import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readInvoices } from '../../commands/replay/invoices.ts';
import { agrees, replay, type ReplayResult } from '../../commands/replay/run.ts';
import { createDatabase } from '../support/postgres.ts';
import { makeLedger } from './ledger.ts';

const ledger = makeLedger();
const folder = mkdtempSync(join(tmpdir(), 'evertill-replay-'));
let result: ReplayResult;

beforeAll(async () => {
  const path = join(folder, 'invoices.csv.gz');
  writeFileSync(path, gzipSync(ledger.csv));
  const { database, ...administrator } = await createDatabase();
  result = await replay({
    invoices: await readInvoices(path),
    tills: 2,
    administrator,
    database,
    folder,
    // The real cost is for the real run: here it would be most of the time.
    bcrypt_cost: 4,
    patience_ms: 40_000,
    report: () => undefined,
  });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('500 invoices rung up on two tills of one store', () => {
  test('every row is taken, or refused in the till’s own words', () => {
    expect(result.rows).toBe(ledger.rows);
    expect(result.refused).toEqual(ledger.refused);
    expect(result.accepted).toBe(ledger.rows - result.refused_rows.length);
    expect(result.refused_rows.map(({ row }) => row)).toEqual(
      result.refused_rows.map(({ row }) => row).toSorted((a, b) => a - b),
    );
  });

  test('money is right to the last digit, in the file and at the head office', () => {
    expect(result.money_accepted).toBe(ledger.money_accepted);
    expect(result.money_refused).toBe(ledger.money_refused);
    expect(result.money_central).toBe(ledger.money_accepted);
  });

  test('sales, free sales, refunds and corrections of stock are as many as the file has', () => {
    const { sales, free_sales, refunds, adjustments, receipts } = result;
    expect({ sales, free_sales, refunds, adjustments }).toEqual({
      sales: ledger.sales,
      free_sales: ledger.free_sales,
      refunds: ledger.refunds,
      adjustments: ledger.adjustments,
    });
    expect(receipts).toBe(ledger.sales + ledger.refunds);
  });

  test('the catalogue tells SKUs apart that differ in case only, and leaves open what has no price', () => {
    expect(result.products).toBe(ledger.products);
    expect(result.open_prices).toBe(ledger.open_prices);
  });

  test('every head is the head office’s, and stock is the same everywhere', () => {
    expect(result.heads_equal).toBe(true);
    expect(result.stock_equal).toBe(true);
    expect(agrees(result)).toBe(true);
    expect(agrees({ ...result, money_central: '0' })).toBe(false);
  });
});
