import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { findCatalogue } from '../../commands/replay/catalogue.ts';
import { isAdjustment, readInvoices } from '../../commands/replay/invoices.ts';
import { instantOf } from '../../commands/replay/store-time.ts';
import { readThousandths, writeThousandths } from '../../commands/replay/thousandths.ts';

const folder = mkdtempSync(join(tmpdir(), 'evertill-replay-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const heading = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

async function read(...rows: string[]) {
  const path = join(folder, 'invoices.csv');
  writeFileSync(path, [heading, ...rows, ''].join('\n'));
  return await readInvoices(path);
}

describe('a file of invoices', () => {
  test('is gathered by invoice number, also where an invoice is split by another', async () => {
    const invoices = await read(
      '1,A,Mug,2,2011-06-01 09:00:00,2.55,,UK',
      '2,B,"Jug, ""blue""",1,2011-06-01 09:01:00,3.0,,UK',
      '1,a,Lid,1,2011-06-01 09:02:00,0.001,,UK',
    );
    expect(
      invoices.map(({ number, wall_time, rows }) => [number, wall_time, rows.map(({ row, sku }) => [row, sku])]),
    ).toEqual([
      [
        '1',
        '2011-06-01 09:00:00',
        [
          [1, 'A'],
          [3, 'a'],
        ],
      ],
      ['2', '2011-06-01 09:01:00', [[2, 'B']]],
    ]);
    expect(invoices[1]?.rows[0]?.description).toBe('Jug, "blue"');
  });

  test('may be gzipped', async () => {
    const path = join(folder, 'invoices.csv.gz');
    writeFileSync(path, gzipSync(`${heading}\n1,A,Mug,-2,2011-06-01 09:00:00,0.0,,UK\n`));
    const [invoice] = await readInvoices(path);
    const row = invoice?.rows[0];
    expect(row).toMatchObject({ sku: 'A', quantity: -2, price: '0.0' });
    expect(row !== undefined && isAdjustment(row)).toBe(true);
  });

  test('that is missing, cut short or of another shape is refused with the place', async () => {
    await expect(readInvoices(join(folder, 'none.csv.gz'))).rejects.toThrow('ENOENT');
    writeFileSync(
      join(folder, 'cut.csv.gz'),
      gzipSync(`${heading}\n${'1,A,Mug,2,2011-06-01 09:00:00,2.55,,UK\n'.repeat(99)}`).subarray(0, -9),
    );
    await expect(readInvoices(join(folder, 'cut.csv.gz'))).rejects.toThrow('unexpected end of file');
    await expect(
      read('1,A,Mug,2,2011-06-01 09:00:00,2.55,,UK', '1,A,Mug,two,2011-06-01 09:00:00,2.55,,UK'),
    ).rejects.toThrow('row 2');
  });
});

describe('the catalogue of a file', () => {
  test('has the most frequent positive price, the lowest on a tie, and none where there is none', async () => {
    const catalogue = findCatalogue(
      await read(
        '1,A,Mug,2,2011-06-01 09:00:00,2.55,,UK',
        '1,A,,2,2011-06-01 09:00:00,3.0,,UK',
        'C2,A,mug?,-2,2011-06-01 09:00:00,3.0,,UK',
        '3,T,,1,2011-06-01 09:00:00,9.5,,UK',
        '3,T,,1,2011-06-01 09:00:00,9.05,,UK',
        '3,t,damaged,-1,2011-06-01 09:00:00,0.0,,UK',
        '3,t,,1,2011-06-01 09:00:00,-4.0,,UK',
      ),
    );
    expect(catalogue).toEqual([
      { sku: 'A', name: 'Mug', price: '3' },
      { sku: 'T', name: 'T', price: '9.05' },
      { sku: 't', name: 'damaged', price: null },
    ]);
  });
});

describe('money of a file', () => {
  test('is counted exactly, finer than a penny too', () => {
    expect(writeThousandths(readThousandths('9747747.934'))).toBe('9747747.934');
    expect(writeThousandths(readThousandths('0.001') * 3n)).toBe('0.003');
    expect(writeThousandths(readThousandths('-11062.06') * 2n)).toBe('-22124.12');
    expect(writeThousandths(readThousandths('2.550'))).toBe('2.55');
    expect(writeThousandths(0n)).toBe('0');
    expect(writeThousandths(readThousandths('0.1') + readThousandths('0.2'))).toBe('0.3');
    expect(() => readThousandths('0.0001')).toThrow(TypeError);
  });
});

describe('the time on the shop’s wall', () => {
  const inUtc = (wall: string, zone = 'Europe/London') => new Date(instantOf(zone, wall)).toISOString();
  test('is an instant, in winter, in summer and around the change', () => {
    expect(inUtc('2010-12-01 08:26:00')).toBe('2010-12-01T08:26:00.000Z');
    expect(inUtc('2011-06-01 08:26:00')).toBe('2011-06-01T07:26:00.000Z');
    expect(inUtc('2011-03-27 00:30:00')).toBe('2011-03-27T00:30:00.000Z');
    expect(inUtc('2011-03-27 02:30:00')).toBe('2011-03-27T01:30:00.000Z');
    expect(inUtc('2011-10-30 01:30:00')).toBe('2011-10-30T00:30:00.000Z');
    expect(inUtc('2011-10-30 02:30:00')).toBe('2011-10-30T02:30:00.000Z');
    expect(inUtc('2011-06-01 08:26:00', 'Pacific/Auckland')).toBe('2011-05-31T20:26:00.000Z');
  });
});
