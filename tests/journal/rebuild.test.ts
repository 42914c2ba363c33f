/** `rebuild`: the same projections from the same journal, or where the journal can't be followed. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTill } from '../../electron/till/app.ts';
import { openTillFile, openTillFileToRead, type TillFile } from '../../electron/till/db/open.ts';
import { type Rebuilt, rebuildTill } from '../../electron/till/journal/rebuild.ts';
import { verifyJournal } from '../../electron/till/journal/verify.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import { createClient } from '../../shared/contract/client.ts';
import { tillContract } from '../../shared/contract/till.ts';
import type { CommandId } from '../../shared/ids.ts';
import { kinds } from '../../shared/journal/kinds.ts';
import type { SellingShop } from '../slices/support/selling.ts';
import { firstManager } from '../slices/support/till.ts';
import { dump } from './dump.ts';
import { liveFullDay } from './full-day.ts';
import { forge } from './forge.ts';
import { fixedId } from './make.ts';

let shop: SellingShop;
let folder: string;
beforeAll(async () => {
  shop = await liveFullDay();
});
afterAll(() => shop.end());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-rebuild-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const openAt = (name: string, create: boolean): TillFile =>
  openTillFile(join(folder, name), { create, migrations: tillMigrations });

/** Rebuilds a file into a new one, and hands both to `look`. */
function rebuild<Seen>(
  from: string,
  look: (result: Rebuilt, old: ReturnType<typeof openTillFileToRead>, made: TillFile) => Seen,
): Seen {
  const old = openTillFileToRead(from);
  const made = openAt('new.db', true);
  try {
    return look(rebuildTill(old, made.writer), old, made);
  } finally {
    made.close();
    old.close();
  }
}

/** A copy of the day's file that somebody with SQL at hand has been at. */
function tampered(sql: string): string {
  const path = join(folder, 'old.db');
  copyFileSync(shop.path, path);
  const file = openAt('old.db', false);
  file.writer.connection.exec(sql);
  file.close();
  return path;
}

describe('a day with an entry of every kind', () => {
  test('really has one', () => {
    const file = openTillFileToRead(shop.path);
    const written = file.connection.prepare<[], string>('SELECT DISTINCT kind FROM journal').pluck().all();
    file.close();
    // A fork is adopted, and an edit is proposed, only where there is a head office, which this shop does not join:
    // tests/slices and tests/lifecycle have each.
    const ofJoined = ['adopted', 'till.joined', 'product.proposed', 'product.edit_proposed'];
    const expected = Object.keys(kinds).filter((kind) => !ofJoined.includes(kind));
    expect(new Set(written)).toEqual(new Set(expected));
  });

  test('is rebuilt to the same rows, and to the same head', () => {
    rebuild(shop.path, (result, old, made) => {
      expect(result).toMatchObject({ bad: null, unknown_kinds: 0, bad_payloads: 0 });
      expect(result.open_baskets).toEqual([{ opened_at: expect.stringMatching(/^2026-11-22T/), lines: 1 }]);
      const before = dump(old);
      // These come with a head office alone: tests/slices/fork.test.ts, fork-twice.test.ts and proposal.test.ts have some.
      expect(Object.keys(before).filter((table) => before[table]?.length === 0)).toEqual([
        'adopted_facts',
        'late_sales',
        'product_proposals',
      ]);
      expect(Object.keys(before)).toHaveLength(29);
      expect(dump(made.reader)).toEqual(before);
      expect(verifyJournal(made.reader)).toEqual(verifyJournal(old));
      expect(verifyJournal(old)).toMatchObject({
        bad: null,
        entries: result.entries,
        head: result.head,
        erased_payloads: 1,
      });
    });
  });

  test('is rebuilt to a till that goes on: same sign-in, same search, next receipt', async () => {
    rebuild(shop.path, () => {});
    const till = createTill({
      path: join(folder, 'new.db'),
      create: false,
      migrations: tillMigrations,
      ports: shop.ports,
    });
    const session: { token?: string } = {};
    let n = 0;
    const newCommand = () => fixedId<CommandId>(0x44, (n += 1));
    const client = createClient(tillContract, (call) => till.invoke(call), {
      session: () => session.token,
      newCommand,
    });
    const signedIn = await client.session.sign_in({
      who: { login: firstManager.login },
      credential: { kind: 'password', secret: firstManager.password },
    });
    session.token = signedIn.token;
    const found = await client.product.search({ text: 'loo', limit: 20 });
    expect(found).toMatchObject({ products: [{ product: shop.tea, name: 'Tea — loose' }] });
    const { basket } = await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    await client.basket.add_tender({ basket, kind: 'card', handed: '3.95' });
    expect(await client.basket.complete({ basket, total_minor: 395 })).toMatchObject({
      receipt_number: 'HS1-A-000006',
    });
    till.close();
  });
});

describe('a day that somebody has been at', () => {
  test('comes out as it was recorded where only projections and columns were changed', () => {
    const path = tampered(`
      DROP TRIGGER journal_no_update;
      UPDATE journal SET business_date = '2020-01-01', kind = 'sale.voided' WHERE kind = 'sale.completed';
      UPDATE sales SET total_minor = 0;
      DELETE FROM stock_levels;
      UPDATE products SET price_minor = 1;
    `);
    const original = openTillFileToRead(shop.path);
    const expected = dump(original);
    original.close();
    rebuild(path, (result, _, made) => {
      expect(result.bad).toBe(null);
      expect(dump(made.reader)).toEqual(expected);
    });
  });

  test('is rebuilt up to the entry that was changed', () => {
    const path = tampered(`
      DROP TRIGGER journal_no_update;
      UPDATE journal SET bytes = CAST(replace(CAST(bytes AS TEXT), '"Milk"', '"Silk"') AS BLOB) WHERE kind = 'cash.moved';
    `);
    rebuild(path, (result, _, made) => {
      expect(result.bad).toMatchObject({ seq: result.entries + 1, fault: 'hash' });
      expect(verifyJournal(made.reader)).toMatchObject({ entries: result.entries, head: result.head, bad: null });
      expect(dump(made.reader)['sales']).toEqual([]);
    });
  });

  test('keeps out a private payload that is not what was recorded', () => {
    const path = tampered(`
      DROP TRIGGER private_payloads_no_update;
      UPDATE private_payloads SET bytes = x'7b7d';
    `);
    rebuild(path, (result, _, made) => {
      expect(result).toMatchObject({ bad: null, bad_payloads: 2 });
      expect(verifyJournal(made.reader)).toMatchObject({ bad: null, missing_payloads: 2 });
    });
  });

  test('names an entry that can not follow those before it: a sale twice, its chain made good', () => {
    const path = tampered('');
    const file = openAt('old.db', false);
    forge(file, (entries) => {
      const sale = entries.find(({ kind }) => kind === 'sale.completed');
      if (sale === undefined) throw new Error('no sale');
      return [...entries, { ...sale, seq: entries.length + 1, command: fixedId(4, 99) }];
    });
    file.close();
    rebuild(path, (result) => {
      expect(result.bad).toMatchObject({
        fault: 'projection',
        seq: result.entries + 1,
        detail: expect.stringContaining('UNIQUE'),
      });
    });
  });

  test.each([
    ['a sale of no currency', 'sale.completed', 'currency'],
    ['a refund of no business day', 'refund.completed', 'business_date'],
    ['a shift of no currency', 'shift.opened', 'currency'],
  ])('names %s', (_, kind, field) => {
    const path = tampered('');
    const file = openAt('old.db', false);
    forge(file, (entries) => entries.map((entry) => (entry.kind === kind ? { ...entry, [field]: null } : entry)));
    file.close();
    rebuild(path, (result) => {
      expect(result.bad).toMatchObject({
        fault: 'projection',
        seq: result.entries + 1,
        detail: expect.stringMatching(new RegExp(`^entry ${result.entries + 1}, ${kind}, says no `, 'u')),
      });
    });
  });

  test.each([
    ['whose journal is a view', `ALTER TABLE journal RENAME TO j; CREATE VIEW journal AS SELECT * FROM j`],
    ['whose journal is gone', 'DROP TABLE journal'],
  ])('is refused %s', (_, sql) => {
    const path = tampered(sql);
    rebuild(path, (result) => expect(result.bad).toMatchObject({ seq: 0, fault: 'file' }));
  });
});
