/** Attacks on a till's file by somebody who has it, SQL and our own programs at hand: `verify` says so, and never falls over. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OpenError, openTillFile, openTillFileToRead, type TillFile } from '../../electron/till/db/open.ts';
import { type Verified, verifyJournal } from '../../electron/till/journal/verify.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import type { Envelope } from '../../shared/journal/envelope.ts';
import type { SellingShop } from '../slices/support/selling.ts';
import { openShop } from '../slices/support/till.ts';
import { behindTheTriggers, forge } from './forge.ts';
import { liveFullDay } from './full-day.ts';
import { fixedId } from './make.ts';

let day: SellingShop;
let folder: string;
let path: string;
let whole: Verified;
beforeAll(async () => {
  day = await liveFullDay();
  whole = verify(day.path);
});
afterAll(() => day.end());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-attack-'));
  path = join(folder, 'till.db');
  copyFileSync(day.path, path);
});
afterEach(() => rmSync(folder, { recursive: true }));

function verify(of: string): Verified {
  const file = openTillFileToRead(of);
  try {
    return verifyJournal(file);
  } finally {
    file.close();
  }
}

/** Does something to the file as somebody with write access, and asks `verify`. */
function after(attack: (file: TillFile) => void): Verified {
  const file = openTillFile(path, { create: false, migrations: tillMigrations });
  try {
    attack(file);
  } finally {
    file.close();
  }
  return verify(path);
}
const sql = (text: string) => after((file) => behindTheTriggers(file, () => file.writer.connection.exec(text)));
/** A table of the same columns without any promise of types, in the place of the journal. */
const loosened = (text: string) => `
  CREATE TABLE loose (seq, hash, epoch, kind, version, command, n, at, business_date, bytes);
  INSERT INTO loose SELECT * FROM journal;
  DROP TABLE journal;
  ALTER TABLE loose RENAME TO journal;
  ${text}`;

test('the day is whole before anybody was at it', () => {
  expect(whole).toMatchObject({ bad: null, missing_guards: [], missing_payloads: 0, erased_payloads: 1 });
  expect(whole.entries).toBeGreaterThan(30);
});

describe('by SQL alone', () => {
  const last = 'seq = (SELECT max(seq) FROM journal)';
  test.each([
    [
      'a letter in an entry',
      `UPDATE journal SET bytes = CAST(replace(CAST(bytes AS TEXT), 'Milk', 'Silk') AS BLOB)`,
      'hash',
    ],
    ['a hash', `UPDATE journal SET hash = zeroblob(32) WHERE seq = 9`, 'hash'],
    ['an entry left out', `DELETE FROM journal WHERE seq = 9`, 'hash'],
    ['the first entries left out', `DELETE FROM journal WHERE seq < 9`, 'hash'],
    [
      'entries that changed places',
      `UPDATE journal SET bytes = (SELECT j.bytes FROM journal j WHERE j.seq = 19 - journal.seq) WHERE seq IN (9, 10)`,
      'hash',
    ],
    ['an entry put before the first', `UPDATE journal SET seq = -4 WHERE ${last}`, 'gap'],
    ['an entry at the end of all numbers', `UPDATE journal SET seq = 9223372036854775807 WHERE ${last}`, 'gap'],
    ['every entry gone', `DELETE FROM journal`, 'truncated'],
    ['the sales at the end gone', `DELETE FROM journal WHERE seq >= (SELECT max(seq) FROM sales)`, 'truncated'],
    ['the kind beside an entry', `UPDATE journal SET kind = 'sale.voided' WHERE seq = 9`, 'column'],
    ['the version beside an entry', `UPDATE journal SET version = 2 WHERE seq = 9`, 'column'],
    ['the epoch beside an entry', `UPDATE journal SET epoch = 2 WHERE seq = 9`, 'column'],
    ['the instant beside an entry', `UPDATE journal SET at = '2026-11-21T09:30:00.001Z' WHERE seq = 9`, 'column'],
    ['the day beside an entry', `UPDATE journal SET business_date = '2026-11-20' WHERE ${last}`, 'column'],
    ['the command beside an entry', `UPDATE journal SET command = zeroblob(16) WHERE seq = 9`, 'column'],
    ['the place in the command', `UPDATE journal SET n = n + 100 WHERE seq = 9`, 'column'],
    [
      'a command that is no UUID',
      `PRAGMA ignore_check_constraints = ON; UPDATE journal SET command = x'00' WHERE seq = 9`,
      'file',
    ],
    ['a hash too short', `PRAGMA ignore_check_constraints = ON; UPDATE journal SET hash = x'00' WHERE seq = 9`, 'file'],
    [
      'an entry too long',
      `PRAGMA ignore_check_constraints = ON; UPDATE journal SET bytes = zeroblob(5000000) WHERE seq = 9`,
      'format',
    ],
    ['an entry of nothing', `UPDATE journal SET bytes = x'' WHERE seq = 9`, 'format'],
    [
      'an entry nested beyond any stack',
      `UPDATE journal SET bytes = CAST(replace(hex(zeroblob(500000)), '00', '[[') AS BLOB) WHERE seq = 9`,
      'format',
    ],
    [
      'no types any more',
      loosened(`UPDATE journal SET bytes = NULL, hash = 'x', command = 7, seq = 'z' WHERE seq = 9`),
      'file',
    ],
    [
      'a view in the place of the journal',
      `ALTER TABLE journal RENAME TO j; CREATE VIEW journal AS SELECT * FROM j`,
      'file',
    ],
    [
      'a view that never ends',
      `DROP TABLE sales; CREATE VIEW sales AS WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n) SELECT seq FROM n`,
      'file',
    ],
    ['no journal', `DROP TABLE journal`, 'file'],
    ['no payloads', `DROP TABLE private_payloads`, 'file'],
    ['no state of the sync', `DROP TABLE sync_state`, 'file'],
    ['a column less', `ALTER TABLE sync_state DROP COLUMN confirmed_hash`, 'file'],
    ["another till's name", `UPDATE till_identity SET till = zeroblob(16)`, 'till'],
    ['no name', `DELETE FROM till_identity`, 'till'],
    ['a payload', `UPDATE private_payloads SET bytes = x'7b7d'`, 'payload'],
  ])('%s', (_, text, fault) => {
    const found = after((file) => {
      const { connection } = file.writer;
      for (const name of whole.missing_guards) throw new Error(`there is no ${name}`);
      for (const trigger of ['journal_no_update', 'journal_no_delete', 'private_payloads_no_update'])
        connection.exec(`DROP TRIGGER ${trigger}`);
      connection.exec(text);
    });
    expect(found.bad).toMatchObject({ fault });
    expect(found.bad?.detail).toMatch(/^[\x20-\x7e…]+$/);
  });

  test('is told where it took guards out and changed nothing else', () => {
    const found = after(({ writer }) =>
      writer.connection.exec(`
        DROP TRIGGER journal_no_update;
        DROP TRIGGER journal_no_delete; CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT 1; END;
        DROP INDEX journal_by_command`),
    );
    expect(found.bad).toBe(null);
    expect(found.missing_guards).toEqual(['journal_no_update', 'journal_no_delete', 'journal_by_command']);
  });

  test('an erased payload that was put back is told, one that never came is a warning', () => {
    expect(sql('DELETE FROM private_payloads')).toMatchObject({ bad: null, missing_payloads: 2, erased_payloads: 1 });
    copyFileSync(day.path, path);
    const found = after((file) =>
      forge(file, (entries) => {
        const created = entries.find(({ kind }) => kind === 'staff.created');
        return entries.map((entry) =>
          entry.kind === 'erased' ? { ...entry, body: { ...entry.body, payloads: created?.private ?? [] } } : entry,
        );
      }),
    );
    expect(found).toMatchObject({ bad: { fault: 'payload' } });
  });

  test('hostile text beside an entry does not reach a terminal', () => {
    const found = sql(
      `UPDATE journal SET kind = char(27) || '[2J' || char(0x9b, 0x202e, 10) || 'whole' || printf('%.5000c', 'x') WHERE seq = 9`,
    );
    expect(found.bad?.detail).toContain('\\u{1b}[2J\\u{9b}\\u{202e}\\u{a}whole');
    expect(found.bad?.detail.length).toBeLessThan(400);
  });
});

describe('with every hash made good', () => {
  const forged = (change: (entries: readonly Envelope[]) => readonly Envelope[]) =>
    after((file) => forge(file, change));
  const confirm = (seq: number) =>
    after(({ writer }) =>
      writer.connection.exec(
        `UPDATE sync_state SET confirmed_seq = ${seq}, confirmed_hash = (SELECT hash FROM journal WHERE seq = ${seq})`,
      ),
    );
  const cheaper = (entries: readonly Envelope[]) =>
    entries.map((entry) =>
      entry.kind === 'cash.moved' ? { ...entry, body: { ...entry.body, amount_minor: 1 } } : entry,
    );

  test('another amount is found by the head: the one that the head office confirmed, or the one that was written down', () => {
    expect(confirm(whole.entries).bad).toBe(null);
    const found = forged(cheaper);
    expect(found.bad).toMatchObject({ seq: whole.entries, fault: 'truncated' });
    expect(found.head).not.toBe(whole.head);
  });

  test('an end that was cut off is found by the head: the one that was confirmed, or the one that was written down', () => {
    const cut = (entries: readonly Envelope[]) => entries.slice(0, -1);
    confirm(whole.entries);
    expect(forged(cut).bad).toMatchObject({ seq: whole.entries, fault: 'truncated' });
    // The last entry leaves no other trace in the file: without a head from elsewhere nobody can know of it.
    const unknown = after(({ writer }) =>
      writer.connection.exec('UPDATE sync_state SET confirmed_seq = 0, confirmed_hash = NULL'),
    );
    expect(unknown).toMatchObject({ bad: null, entries: whole.entries - 1 });
    expect(unknown.head).not.toBe(whole.head);
  });

  test("another till's whole journal is found", async () => {
    const other = await openShop({ seed: 'other' });
    other.till.close();
    const found = after((file) => {
      const { connection } = file.writer;
      behindTheTriggers(file, () => {
        connection.prepare('ATTACH ? AS other').run(other.path);
        connection.exec(
          'DELETE FROM journal; DELETE FROM sales; INSERT INTO journal SELECT * FROM other.journal; DETACH other',
        );
      });
    });
    other.end();
    expect(found.bad).toMatchObject({ fault: 'till' });
  });

  test.each<[string, string, (entry: Envelope) => Partial<Envelope>]>([
    ['a body that its kind does not have', 'body', () => ({ body: { sale: 'none' } })],
    ['another till', 'till', () => ({ till: fixedId(3, 9) })],
    ['another epoch', 'epoch', () => ({ epoch: 2 })],
    ['another number', 'gap', ({ seq }) => ({ seq: seq + 1 })],
  ])('a sale of %s is found', (_, fault, change) => {
    const found = forged((entries) =>
      entries.map((entry) => (entry.kind === 'sale.completed' ? { ...entry, ...change(entry) } : entry)),
    );
    expect(found.bad).toMatchObject({ fault });
  });

  test('one command that wrote two entries under one number is found', () => {
    const found = after((file) => {
      file.writer.connection.exec('DROP INDEX journal_by_command');
      forge(file, (entries) =>
        entries.map((entry, i) =>
          i === 20
            ? { ...entry, command: fixedId(4, 9), n: 0 }
            : i === 25
              ? { ...entry, command: fixedId(4, 9), n: 0 }
              : entry,
        ),
      );
    });
    expect(found).toMatchObject({
      bad: { seq: 26, fault: 'command_repeated' },
      missing_guards: ['journal_by_command'],
    });
  });

  test('kinds and versions of tomorrow are counted, not refused', () => {
    const found = forged((entries) =>
      entries.map((entry) =>
        entry.kind === 'sale.completed'
          ? { ...entry, version: 2 }
          : entry.kind === 'cash.moved'
            ? { ...entry, kind: 'cash.flown' }
            : entry,
      ),
    );
    expect(found).toMatchObject({ bad: null, unknown_kinds: 5 });
  });
});

describe('a file that is damaged', () => {
  test('is reported wherever the damage is, and never brings verify down', () => {
    const bytes = readFileSync(path);
    const outcomes = new Set<string>();
    for (let i = 0; i < 24; i += 1) {
      const spoiled = Uint8Array.from(bytes);
      const start = 100 + Math.floor(((bytes.length - 600) * i) / 24);
      for (let at = start; at < start + 400; at += 1) spoiled[at] = (at * 151 + i) % 256;
      writeFileSync(path, spoiled);
      outcomes.add(outcomeOf(path));
    }
    expect([...outcomes].filter((outcome) => !/^(whole|bad|unreadable)$/.test(outcome))).toEqual([]);
    expect(outcomes).toContain('bad');
  });

  test.each([
    ['of another format', Buffer.from('PK\u0003\u0004 not a database at all, but long enough to be taken for one')],
    ['of zeros', Buffer.alloc(8192)],
    ['cut off', undefined],
  ])('%s is reported', (_, bytes) => {
    writeFileSync(path, bytes ?? readFileSync(path).subarray(0, 20_000));
    expect(outcomeOf(path)).toMatch(/^(bad|unreadable)$/);
  });

  function outcomeOf(of: string): string {
    try {
      return verify(of).bad === null ? 'whole' : 'bad';
    } catch (error) {
      if (error instanceof OpenError || (error instanceof Error && error.name === 'SqliteError')) return 'unreadable';
      return String(error);
    }
  }
});

describe('the commands', () => {
  const run = async (command: string, ...args: readonly string[]) => {
    try {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [
        join(import.meta.dirname, '../../commands', `${command}.ts`),
        ...args,
      ]);
      return { code: 0, stdout, stderr };
    } catch (error) {
      // What execFile rejects with.
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, stdout, stderr };
    }
  };

  test('verify ends with 0 for a whole journal, 1 for a bad one, 2 for what it can not read', async () => {
    const good = await run('verify', path, '--json');
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(good.stdout.trim().split('\n').at(-1) ?? '')).toEqual({
      ...whole,
      damage: null,
      tables: [],
      unproved: [],
    });
    sql(`UPDATE journal SET kind = char(27) || '[2J' WHERE seq = 9`);
    const bad = await run('verify', path);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain('BAD: entry 9: column: kind is \\u{1b}[2J beside the entry');
    writeFileSync(path, Buffer.alloc(8192, 7));
    for (const name of [path, folder]) {
      const unreadable = await run('verify', name);
      expect(unreadable.code).toBe(2);
      expect(unreadable.stderr).not.toContain('    at ');
    }
  });

  test.each([
    ['sales that are gone', 'DELETE FROM sale_lines; DELETE FROM tenders; DELETE FROM sales', 'sales'],
    ['a total', 'UPDATE sales SET total_minor = 1 WHERE seq = (SELECT min(seq) FROM sales)', 'sales'],
    ['a level of stock', 'UPDATE stock_levels SET own_milli = own_milli + 1000', 'stock_levels'],
    ['the day of a shift', `UPDATE shifts SET business_date = '2020-01-01'`, 'shifts'],
    ['a price', 'UPDATE products SET price_minor = 1 WHERE key = (SELECT min(key) FROM products)', 'products'],
  ])('verify finds what the till shows and never recorded: %s', async (_, change, table) => {
    sql(change);
    const { code, stdout } = await run('verify', path);
    expect(code).toBe(1);
    expect(stdout).toContain(`BAD: ${table}: `);
  });

  test('verify names the first entry whose rows are not what it says, and rebuild makes them again', async () => {
    sql('DELETE FROM tenders WHERE seq = (SELECT max(seq) FROM tenders)');
    const { stdout } = await run('verify', path);
    expect(stdout).toMatch(/BAD: tenders: 0 rows are not what the journal says, 1 are missing, first at entry \d+/);
    const made = join(folder, 'new.db');
    await run('rebuild', path, made);
    expect(await run('verify', made)).toMatchObject({ code: 0 });
  });

  test('verify finds a damaged page outside the journal', async () => {
    const file = openTillFileToRead(path);
    const page = file.connection
      .prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'products_by_name'`)
      .pluck()
      .get();
    file.close();
    const bytes = readFileSync(path);
    bytes.fill(0, ((page ?? 1) - 1) * 4096, (page ?? 1) * 4096);
    writeFileSync(path, bytes);
    const { code, stdout } = await run('verify', path);
    expect(code).toBe(1);
    expect(stdout).toContain('BAD: the file is damaged');
  });

  test('verify reads beside a till that is open, and rebuild leaves the old file as it was', async () => {
    const till = openTillFile(path, { create: false, migrations: tillMigrations });
    expect(await run('verify', path)).toMatchObject({ code: 0 });
    till.close();
    const before = readFileSync(path);
    const made = join(folder, 'new.db');
    const rebuilt = await run('rebuild', path, made);
    expect(rebuilt).toMatchObject({ code: 0 });
    expect(rebuilt.stdout).toContain('Left behind: a basket of 1 lines');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(verify(made)).toMatchObject({ bad: null, head: whole.head });
    expect(await run('rebuild', path, made)).toMatchObject({ code: 2 });
    writeFileSync(path, Buffer.alloc(8192, 7));
    const refused = await run('rebuild', path, join(folder, 'newer.db'));
    expect(refused.code).toBe(2);
    expect(refused.stderr).not.toContain('    at ');
  });
});
