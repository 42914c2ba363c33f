import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Standing } from '../../commands/torture/messages.ts';
import { judge, type Verdict } from '../../commands/torture/oracle.ts';
import { type LoggedDeed, readLog, ReceiptLog } from '../../commands/torture/receipt-log.ts';
import { toHex } from '../../shared/ids.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from '../sync/central-shop.ts';
import { makeProducts, makeSale } from '../sync/sales.ts';
import { SyncRun } from '../sync/sync-run.ts';

let shop: CentralShop;
let joined: JoinedTill;
let deeds: LoggedDeed[];
let standing: Standing;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  joined = await shop.join('O1');
  const { till } = joined;
  till.open();
  deeds = makeProducts(shop.ids, 4).map((product, i) => {
    const body = makeSale(till, [{ product, quantity_milli: 1000 }]);
    till.append('sale.completed', body);
    return {
      asked: { type: 'sale', command: `command ${i}`, basket: body.sale, total_minor: body.total_minor },
      moves: [{ product: product.product, milli: -1000 }],
      receipt: { number: `O1-A-00000${i + 1}`, total_minor: body.total_minor },
    };
  });
  const run = new SyncRun(till, joined.central);
  await run.untilSynced();
  run.sync.stop();
  const { hash, seq } = till.head();
  standing = {
    till: till.options.till,
    seq,
    hash: toHex(hash),
    confirmed_seq: seq,
    state: 'confirmed',
    reason: null,
    stock: Object.fromEntries(deeds.flatMap(({ moves }) => moves.map(({ milli, product }) => [product, milli]))),
  };
});

afterAll(async () => {
  await shop.close();
});

const sound = {
  lost: 0,
  doubled: 0,
  unknown: 0,
  wrong_totals: 0,
  quarantined: 0,
  heads_equal: true,
  stock_equal: true,
};

function judged(others: readonly LoggedDeed[], at: Partial<Standing> = {}): Promise<Verdict> {
  return judge(shop.admin, others, [{ ...standing, ...at }]);
}

/** The deeds, the first of them changed. */
function changed(change: (first: LoggedDeed) => readonly LoggedDeed[]): LoggedDeed[] {
  return deeds.flatMap((deed, i) => (i === 0 ? change(deed) : [deed]));
}

describe('what was printed, held against the head office', () => {
  it('is sound where all of it is there, once', async () => {
    expect(await judged(deeds)).toEqual({ ...sound, findings: [] });
  });

  it('finds a receipt that is lost, one that nobody was handed, and one that was printed twice', async () => {
    const more = (number: string, total_minor: number) => (deed: LoggedDeed) => [
      deed,
      { ...deed, moves: [], receipt: { number, total_minor } },
    ];
    expect(await judged(changed(more('O1-A-000009', 0)))).toMatchObject({ ...sound, lost: 1 });
    expect(await judged(changed((deed) => [{ ...deed, receipt: null }]))).toMatchObject({ unknown: 1, lost: 0 });
    const [first] = deeds;
    const again = more('O1-A-000001', first?.receipt?.total_minor ?? 0);
    expect(await judged(changed(again))).toMatchObject({ ...sound, doubled: 1 });
  });

  it('finds another total, another stock and another head', async () => {
    const dearer = changed((deed) => [{ ...deed, receipt: { number: 'O1-A-000001', total_minor: 1 } }]);
    const found = await judged(dearer);
    expect(found).toMatchObject({ lost: 0, unknown: 0 });
    expect(found.wrong_totals).toBeGreaterThan(0);
    const stolen = changed((deed) => [{ ...deed, moves: deed.moves.map((move) => ({ ...move, milli: -2000 })) }]);
    expect(await judged(stolen)).toMatchObject({ ...sound, stock_equal: false });
    expect(await judged(deeds, { stock: {} })).toMatchObject({ ...sound, stock_equal: false });
    expect(await judged(deeds, { seq: standing.seq + 1 })).toMatchObject({ ...sound, heads_equal: false });
    expect(await judged(deeds, { hash: '0'.repeat(64) })).toMatchObject({ ...sound, heads_equal: false });
  });

  it('finds an entry whose bytes were changed at the head office', async () => {
    await shop.admin.query('begin');
    await shop.admin.query('alter table journal_entries disable trigger user');
    await shop.admin.query("update journal_entries set bytes = bytes || ' ' where seq = 4");
    expect(await judged(deeds)).toMatchObject({ ...sound, heads_equal: false });
    await shop.admin.query('rollback');
  });
});

describe('the log of receipts', () => {
  it('tells what was asked for and not answered, and passes over a line that a kill cut short', () => {
    const folder = mkdtempSync(join(tmpdir(), 'evertill-receipts-'));
    const path = join(folder, 'receipts.jsonl');
    const asked = (command: string) => ({ asked: { type: 'stock', command } as const, moves: [] });
    const first = new ReceiptLog(path);
    first.write(asked('1'));
    first.write({ done: '1', receipt: null });
    first.write(asked('2'));
    first.close();
    appendFileSync(path, '{"done":"2","rec');
    const next = new ReceiptLog(path);
    next.write(asked('3'));
    next.close();
    expect(readLog(path)).toEqual([
      { ...asked('1'), receipt: null },
      { ...asked('2'), receipt: undefined },
      { ...asked('3'), receipt: undefined },
    ]);
    rmSync(folder, { recursive: true });
  });
});
