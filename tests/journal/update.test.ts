/** A newer Evertill opens the file of an older one: a checked copy first, then all of the change or none of it. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OpenError, openTillFile } from '../../electron/till/db/open.ts';
import { backupsIn, backupsKept, type UpdateProgress, updateTillFile } from '../../electron/till/db/update.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import { openShop, type TestTill } from '../slices/support/till.ts';

const place = (nth: number) => String(tillMigrations.length + nth).padStart(4, '0');
const next = { name: `${place(1)}-next`, sql: 'CREATE TABLE next (a); INSERT INTO next SELECT seq FROM journal' };
const bad = { name: `${place(2)}-bad`, sql: 'CREATE TABLE half (a); SELECT no_such_function()' };
const large = {
  name: `${place(2)}-large`,
  sql: 'PRAGMA max_page_count = 1; CREATE TABLE large AS SELECT randomblob(100000) AS a',
};
const moment = Date.UTC(2026, 10, 22, 5, 14, 32);

let shop: TestTill;
let folder: string;
let told: UpdateProgress[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-update-'));
  shop = await openShop();
  shop.till.close();
  told = [];
});
afterEach(() => {
  shop.end();
  rmSync(folder, { recursive: true, force: true });
});

const backups = () => join(folder, 'backups');
const update = (migrations = [...tillMigrations, next], now = moment) =>
  updateTillFile({
    path: shop.path,
    migrations,
    backups: backups(),
    version: '9.9.9',
    now,
    told: (progress) => void told.push(progress),
  });
const faultOf = async (work: Promise<void>): Promise<string> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof OpenError) return error.fault;
    throw error;
  }
};
/** What a file holds, read without any till. */
function look(path: string) {
  const db = new Database(path, { readonly: true });
  try {
    const pick = (sql: string) => db.prepare(sql).pluck().all();
    return {
      version: db.pragma('user_version', { simple: true }),
      entries: pick('SELECT hex(hash) FROM journal ORDER BY seq'),
      tables: pick("SELECT name FROM sqlite_schema WHERE name IN ('next', 'half', 'large')"),
    };
  } finally {
    db.close();
  }
}

test('what is up to date is left alone, and no copy is made', async () => {
  await update([...tillMigrations]);
  expect(told).toEqual([]);
  expect(() => readdirSync(backups())).toThrow('ENOENT');
});

test('a copy as the file was is kept, with schema, version and moment in its name, before anything is changed', async () => {
  const before = look(shop.path);
  await update();
  expect(look(shop.path)).toEqual({ ...before, version: tillMigrations.length + 1, tables: ['next'] });
  const name = `till-2026-11-22T051432Z-schema-${place(0)}-before-9.9.9.db`;
  expect(readdirSync(backups())).toEqual([name]);
  expect(look(join(backups(), name))).toEqual(before);
  // The copy opens as a till of the version before, with all that it had.
  copyFileSync(join(backups(), name), join(folder, 'back.db'));
  chmodSync(join(folder, 'back.db'), 0o600);
  openTillFile(join(folder, 'back.db'), { create: false, migrations: tillMigrations }).close();
  expect(statSync(join(backups(), name)).mode & 0o777).toBe(process.platform === 'win32' ? 0o444 : 0o400);
  expect([...new Set(told.map(({ step }) => step))]).toEqual(['backing_up', 'checking', 'migrating']);
  for (const { share } of told) expect(share === null || (share >= 0 && share <= 1)).toBe(true);
});

test('a step that fails leaves the file as it was, those before it undone as well', async () => {
  const before = look(shop.path);
  expect(await faultOf(update([...tillMigrations, next, bad]))).toBe('migration_failed');
  expect(look(shop.path)).toEqual(before);
  openTillFile(shop.path, { create: false, migrations: tillMigrations }).close();
});

test('a disk that is full in the middle leaves the file as it was', async () => {
  const before = look(shop.path);
  expect(await faultOf(update([...tillMigrations, next, large]))).toBe('storage_full');
  expect(look(shop.path)).toEqual(before);
});

test('a step that changes the journal is refused', async () => {
  const forging = {
    name: `${place(1)}-forging`,
    sql: `INSERT INTO journal (seq, hash, epoch, kind, version, command, n, at, bytes)
      SELECT max(seq) + 1, zeroblob(32), 1, 'x', 1, zeroblob(16), 0, '', x'7b7d' FROM journal`,
  };
  const before = look(shop.path);
  expect(await faultOf(update([...tillMigrations, forging]))).toBe('migration_failed');
  expect(look(shop.path)).toEqual(before);
});

test('a file that can not be read as a whole is not changed, and no copy of it is taken for one', async () => {
  const db = new Database(shop.path);
  const root = Number(db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'answers'").pluck().get());
  const size = Number(db.pragma('page_size', { simple: true }));
  db.close();
  const file = openSync(shop.path, 'r+');
  writeSync(file, Buffer.alloc(200, 0xab), 0, 200, (root - 1) * size);
  closeSync(file);
  const before = readFileSync(shop.path);
  expect(await faultOf(update())).toBe('damaged');
  expect(readFileSync(shop.path).equals(before)).toBe(true);
  expect(readdirSync(backups())).toEqual([]);
});

test('the last few copies are kept, and what a PC that went down left of one is taken away', async () => {
  const extra = Array.from({ length: backupsKept + 2 }, (_, i) => ({
    name: `${place(i + 1)}-more`,
    sql: `CREATE TABLE more_${i} (a)`,
  }));
  for (const i of extra.keys()) {
    await update([...tillMigrations, ...extra.slice(0, i + 1)], moment + i * 1000);
    writeFileSync(join(backups(), 'till-2026-x.db.partial'), 'half a copy');
  }
  await update(
    [...tillMigrations, ...extra, { name: `${place(extra.length + 1)}-last`, sql: 'SELECT 1' }],
    moment + 9000,
  );
  const kept = backupsIn(backups());
  expect(readdirSync(backups()).toSorted()).toEqual(kept.toSorted());
  expect(kept).toHaveLength(backupsKept);
  expect(kept[0]).toContain('051441');
});

test('while somebody has the till open, nothing is touched', async () => {
  const open = openTillFile(shop.path, { create: false, migrations: tillMigrations });
  expect(await faultOf(update())).toBe('in_use');
  open.close();
});
