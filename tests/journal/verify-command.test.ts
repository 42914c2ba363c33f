/** `npm run verify`, as somebody runs it: what it says, and with what it ends. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replicas } from '../../electron/till/journal/compare.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import { taxRow, teaRow } from '../slices/support/feed-goods.ts';
import { type JoinedTill, joinedShop } from '../slices/support/joined.ts';

const command = join(import.meta.dirname, '..', '..', 'commands', 'verify.ts');

let shop: JoinedTill;
beforeEach(async () => {
  shop = await joinedShop();
  shop.send('company', [taxRow, teaRow]);
});
afterEach(() => shop.end());

/** Does something to the file as somebody with SQL, and runs the command. */
function after(sql: string): { readonly status: number | null; readonly said: string; readonly json: unknown } {
  const file = new Database(shop.path);
  file.exec(sql);
  file.close();
  const { status, stdout } = spawnSync(process.execPath, [command, shop.path, '--json'], { encoding: 'utf8' });
  return { status, said: stdout, json: JSON.parse(stdout.trim().split('\n').at(-1) ?? '') };
}

describe('at a till that has joined', () => {
  test('names what the head office said as not proved, and how to be sure of it; claims nothing of it', () => {
    const { json, said, status } = after('UPDATE products SET price_minor = 1; UPDATE staff SET active = 0');
    expect(said).toContain('NOT PROVED');
    expect(said).toContain('asks the head office anew');
    expect(said).not.toContain('What the till shows is');
    expect(json).toMatchObject({
      unproved: expect.arrayContaining(['products', 'staff', 'stock_elsewhere', 'transfers_told']),
    });
    expect(status).toBe(0);
  });

  test('ends with 1 where a table that the journal speaks for was changed', () => {
    const { said, status } = after(`UPDATE till_identity SET name = 'Another'`);
    expect(said).toContain('BAD: till_identity');
    expect(status).toBe(1);
  });

  test('ends with 1 where the guards of the journal were taken out, and nothing else was done', () => {
    const { said, status } = after('DROP TRIGGER journal_no_update');
    expect(said).toContain('BAD: taken out of the file, which they guard: journal_no_update');
    expect(status).toBe(1);
  });
});

test('every table that is told by the head office is on the list of what is not proved', () => {
  const told = tillMigrations.flatMap(({ sql }) =>
    [...sql.matchAll(/-- replica\b[^\n]*\n\s*(?:--[^\n]*\n\s*)*CREATE TABLE (\w+)/gu)].map(([, table]) => table),
  );
  expect(new Set(told)).toEqual(new Set(replicas));
});
