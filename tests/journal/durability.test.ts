import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OpenError, openTillFile, openTillFileToRead, type TillFile } from '../../electron/till/db/open.ts';
import { writes } from '../../electron/till/db/statement.ts';
import { tillMigrations } from '../../migrations/till/list.ts';

let folder: string;
let open: TillFile[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-'));
  open = [];
});
afterEach(() => {
  for (const file of open) file.close();
  rmSync(folder, { recursive: true });
});

const openAt = (name: string, create: boolean): TillFile => {
  const file = openTillFile(join(folder, name), { create, migrations: tillMigrations });
  open.push(file);
  return file;
};
const faultOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof OpenError) return error.fault;
    throw error;
  }
  return 'none';
};
const addKey = writes<{ product: Uint8Array }>()((q, p) => q.insertInto('product_keys').values({ product: p.product }));
const entry = `INSERT INTO journal (seq, hash, epoch, kind, version, command, n, at, bytes)
  VALUES (1, zeroblob(32), 1, 'x', 1, zeroblob(16), 0, '', x'7b7d')`;

describe('the settings of the connection that writes', () => {
  // Said again here, not imported: a setting that is taken out of the product must turn this red.
  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['fullfsync', 1],
    ['checkpoint_fullfsync', 1],
    ['foreign_keys', 1],
    ['recursive_triggers', 1],
    ['trusted_schema', 0],
    ['cell_size_check', 1],
    ['secure_delete', 1],
    ['wal_autocheckpoint', 0],
    ['busy_timeout', 5000],
  ])('%s is %s, after a real statement too', (name, value) => {
    const file = openAt('till.db', true);
    addKey.run(file.writer, { product: new Uint8Array(16) });
    expect(file.writer.connection.pragma(name, { simple: true })).toBe(value);
  });

  test('they hold again when the file is opened again', () => {
    openAt('till.db', true).close();
    expect(openAt('till.db', false).writer.connection.pragma('synchronous', { simple: true })).toBe(2);
  });
});

describe('opening', () => {
  test('only set-up makes a file: a missing or empty one is a fault, not a new till', () => {
    expect(faultOf(() => openAt('till.db', false))).toBe('missing');
    writeFileSync(join(folder, 'empty.db'), '');
    expect(faultOf(() => openAt('empty.db', false))).toBe('empty');
    expect(faultOf(() => openTillFileToRead(join(folder, 'empty.db')))).toBe('empty');
  });

  test('another database and a newer till are left alone', () => {
    const file = openAt('till.db', true);
    file.writer.connection.pragma('user_version = 99');
    file.close();
    expect(faultOf(() => openAt('till.db', false))).toBe('newer');
    const other = openAt('other.db', true);
    other.writer.connection.pragma('application_id = 1');
    other.close();
    expect(faultOf(() => openAt('other.db', false))).toBe('not_ours');
    expect(faultOf(() => openTillFileToRead(join(folder, 'other.db')))).toBe('not_ours');
  });

  test('a second process is refused while the first lives, and let in once it was killed', async () => {
    const path = join(folder, 'till.db');
    const holder = spawn(process.execPath, [join(import.meta.dirname, 'hold-open.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(faultOf(() => openAt('till.db', false))).toBe('in_use');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(faultOf(() => openAt('till.db', false))).toBe('none');
  });

  test('a migration out of its place is refused', () => {
    expect(() =>
      openTillFile(join(folder, 'x.db'), { create: true, migrations: [{ name: '0002-early', sql: 'SELECT 1' }] }),
    ).toThrow('not in its place');
  });

  test('a file of an older version is not touched: it is brought up to date first', () => {
    const place = String(tillMigrations.length + 1).padStart(4, '0');
    const next = { name: `${place}-next`, sql: 'CREATE TABLE next (a)' };
    openAt('till.db', true).close();
    const migrations = [...tillMigrations, next];
    expect(faultOf(() => openTillFile(join(folder, 'till.db'), { create: false, migrations }))).toBe('older');
    expect(faultOf(() => openAt('till.db', false))).toBe('none');
  });
});

describe('what cannot be done to the journal', () => {
  test.each([
    ['change', 'UPDATE journal SET kind = kind'],
    ['delete', 'DELETE FROM journal'],
    ['replace', entry.replace('INSERT', 'INSERT OR REPLACE')],
    ['leave a gap in', entry.replace('VALUES (1', 'VALUES (3')],
    ['go back in', entry.replace('VALUES (1', 'VALUES (0')],
    ['repeat a command in', entry.replace('VALUES (1', 'VALUES (2')],
    ['put text for bytes into', entry.replace('VALUES (1', 'VALUES (2').replace("x'7b7d'", "'{}'")],
    ['put a fraction into', entry.replace('VALUES (1', 'VALUES (2').replace(', 0, ', ', 0.5, ')],
  ])('%s it', (_, statement) => {
    const { connection } = openAt('till.db', true).writer;
    connection.exec(entry);
    expect(() => connection.exec(statement)).toThrow();
    expect(connection.prepare('SELECT count(*) AS n, max(kind) AS kind FROM journal').get()).toEqual({
      n: 1,
      kind: 'x',
    });
  });
});

describe('reading beside a till that sells', () => {
  test('the reading connection cannot write', () => {
    const file = openAt('till.db', true);
    expect(() => file.reader.connection.exec('DELETE FROM product_keys')).toThrow('readonly');
  });

  test('a checkpoint waits for no reader, and the writer for neither', () => {
    const file = openAt('till.db', true);
    addKey.run(file.writer, { product: new Uint8Array(16).fill(1) });
    file.reader.connection.exec('BEGIN');
    expect(file.reader.connection.prepare('SELECT count(*) AS n FROM product_keys').get()).toEqual({ n: 1 });
    addKey.run(file.writer, { product: new Uint8Array(16).fill(2) });
    expect(file.checkpoint()).toBe(false);
    expect(file.reader.connection.prepare('SELECT count(*) AS n FROM product_keys').get()).toEqual({ n: 1 });
    file.reader.connection.exec('COMMIT');
    expect(file.checkpoint()).toBe(true);
    expect(file.waitingPages()).toBe(0);
  });
});
