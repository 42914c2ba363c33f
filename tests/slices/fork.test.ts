/** Stories of a till whose file was put back from a backup or copied: one chain again, nothing lost, nothing twice. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { verifyJournal } from '../../electron/till/journal/verify.ts';
import { kinds } from '../../shared/journal/kinds.ts';
import { type Copies, entriesOf, envelopesOf, openCopies, receiptsOf } from './support/copies.ts';
import { sell, type SellingShop } from './support/selling.ts';
import type { TestTill } from './support/till.ts';

let copies: Copies;
let shop: SellingShop;
beforeEach(async () => {
  copies = await openCopies();
  shop = copies.shop;
});
afterEach(() => copies.end());

const backup = () => copies.backUp();
const reopen = (from: string, isSamePc: boolean) => copies.reopen(from, isSamePc ? shop.ports.mark : undefined);
const expectSound = (till: TestTill) => copies.expectSound(till);

describe('a till whose file was put back from a backup', () => {
  test('opens an epoch with a series of its own before it sells, and keeps to it', async () => {
    await sell(shop, [shop.tea, 1000]);
    const old = backup();
    await sell(shop, [shop.tea, 1000]);
    shop.restart();
    const restored = reopen(old, true);
    const { receipt_number } = await sell(restored, [shop.tea, 1000]);
    expect(receipt_number).toMatch(/^HS1-[A-Z0-9]{3}-000001$/);
    expect((await sell(restored, [shop.tea, 1000])).receipt_number).toBe(receipt_number.replace(/1$/, '2'));
    const epochs = envelopesOf(restored).filter(({ kind }) => kind === 'epoch.opened');
    expect(epochs.map(({ body }) => kinds['epoch.opened'].read(body).reason)).toEqual(['first', 'restored']);
    expect(new Set(epochs.map(({ installation }) => installation)).size).toBe(1);
    restored.restart();
    expect((await sell(restored, [shop.tea, 1000])).receipt_number).toBe(receipt_number.replace(/1$/, '3'));
    expectSound(restored);
  });

  test('gets back what the head office holds, and goes on as if nothing had been', async () => {
    await sell(shop, [shop.tea, 1000]);
    const old = backup();
    await sell(shop, [shop.cheese, 345]);
    await shop.manager.client.shift.pay_out({ amount: '20.00', reason: 'Milk' });
    shop.restart();
    const restored = reopen(old, true);
    const head = restored.till.sync.head().seq;
    restored.till.sync.repair.restore(entriesOf(shop, head));
    expect(restored.till.sync.head()).toEqual(shop.till.sync.head());
    const { receipt_number } = await sell(restored, [shop.tea, 1000]);
    expect(receipt_number).toBe('HS1-A-000003');
    expectSound(restored);
  });

  test('takes nothing back that does not follow its own head', async () => {
    const old = backup();
    await sell(shop, [shop.tea, 1000]);
    await sell(shop, [shop.tea, 1000]);
    const restored = reopen(old, true);
    const head = restored.till.sync.head();
    expect(() => restored.till.sync.repair.restore(entriesOf(shop, head.seq).slice(1))).toThrow('does not follow');
    expect(restored.till.sync.head()).toEqual(head);
  });

  test('that sold before it could ask makes one chain of both: every receipt once, the drawer and the stock right', async () => {
    await sell(shop, [shop.tea, 1000]);
    const old = backup();
    await sell(shop, [shop.tea, 2000]);
    await sell(shop, [shop.cheese, 345]);
    shop.restart();
    const restored = reopen(old, true);
    const base = restored.till.sync.head().seq;
    await sell(restored, [shop.tea, 4000]);
    await sell(restored, [shop.mug, 1000]);
    const printed = [
      ...(await receiptsOf(shop)),
      ...(await receiptsOf(restored)).filter((one) => !one.includes('-A-')),
    ];
    const { basket } = await restored.manager.client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    const fork = restored.till.sync.head();
    await restored.till.sync.repair.settle(base, entriesOf(shop, base));

    expect(await receiptsOf(restored)).toEqual(printed.toSorted());
    expect(entriesOf(restored).slice(0, shop.till.sync.head().seq)).toEqual(entriesOf(shop));
    const after = envelopesOf(restored, shop.till.sync.head().seq);
    expect(after.map(({ kind }) => kind)).toEqual(['epoch.opened', 'adopted', 'adopted', 'adopted']);
    const { stock_milli } = await restored.manager.client.product.show({ product: shop.tea });
    expect(stock_milli).toBe(-7000);
    const report = await restored.manager.client.shift.report({});
    expect(report.sales).toMatchObject({ count: 5 });
    expect(report.late).toMatchObject({ count: 0 });
    // The basket that was open is still there, and goes on.
    expect((await restored.manager.client.basket.current({})).basket).toBe(basket);
    // The old file is kept, and nobody can write to it.
    const kept = readdirSync(dirname(restored.path)).filter((name) => name.startsWith('till.db.fork-'));
    expect(kept).toHaveLength(1);
    const evidence = openTillFileToRead(join(dirname(restored.path), basename(kept[0] ?? '')));
    expect(verifyJournal(evidence)).toMatchObject({ bad: null, entries: fork.seq });
    evidence.close();
    expectSound(restored);
  });

  test('books what it sold for a closed shift as late: the Z stays as it was, and the next one names it', async () => {
    const old = backup();
    await sell(shop, [shop.tea, 1000]);
    const report = await shop.manager.client.shift.report({});
    const counted = '103.95';
    const z = await shop.manager.client.shift.close({ counted, denominations: [], reason: null });
    await shop.manager.client.shift.open({ float: '50.00' });
    shop.restart();
    const restored = reopen(old, true);
    const base = restored.till.sync.head().seq;
    await sell(restored, [shop.tea, 2000]);
    await restored.till.sync.repair.settle(base, entriesOf(shop, base));

    const { client } = restored.manager;
    const late = { count: 1, total_minor: 790, tax_minor: 132 };
    expect(await client.shift.report({})).toMatchObject({
      number: report.number + 1,
      sales: { count: 0 },
      late,
      expected_minor: 5000,
    });
    await sell(restored, [shop.tea, 1000]);
    const next = await client.shift.close({ counted: '53.95', denominations: [], reason: null });
    expect(next).toMatchObject({ sales: { count: 1, total_minor: 395 }, late });
    const closings = envelopesOf(restored).filter(({ kind }) => kind === 'shift.closed');
    expect(closings.map(({ body }) => kinds['shift.closed'].read(body).late)).toEqual([undefined, late]);
    expect(z).toMatchObject({ sales: { count: 1, total_minor: 395 }, late: { count: 0 } });
    expectSound(restored);
  });
});

describe('a till whose file was copied', () => {
  test('to another PC opens an epoch as a PC of its own before it sells', async () => {
    const copy = reopen(backup(), false);
    await sell(copy, [shop.tea, 1000]);
    const epochs = envelopesOf(copy).filter(({ kind }) => kind === 'epoch.opened');
    expect(epochs.map(({ body }) => kinds['epoch.opened'].read(body).reason)).toEqual(['first', 'cloned']);
    expect(new Set(epochs.map(({ installation }) => installation)).size).toBe(2);
    expect(copy.till.sync.identity().installation).toBe(epochs[1]?.installation);
    const { installation } = copy.till.sync.identity();
    copy.restart();
    expect(copy.till.sync.identity().installation).toBe(installation);
    expect(copy.till.sync.identity().epoch).toBe(2);
    expectSound(copy);
  });

  test('with all of its PC learns it at the fork, and takes a name of its own instead of settling', async () => {
    // The whole disk was copied: the mark came along, so nothing at the till can tell.
    const old = backup();
    const mark = { kept: shop.ports.mark.read() };
    const clone = copies.reopen(old, {
      read: () => mark.kept,
      write: (to) => void (mark.kept = to),
      clear: () => void (mark.kept = undefined),
    });
    const base = shop.till.sync.head().seq;
    await sell(shop, [shop.tea, 1000]);
    await sell(clone, [shop.tea, 1000]);
    await clone.till.sync.repair.settle(base, entriesOf(shop, base));
    expect(clone.till.sync.identity().installation).not.toBe(shop.till.sync.identity().installation);
    const { receipt_number } = await sell(clone, [shop.tea, 1000]);
    expect(receipt_number).toMatch(/^HS1-[A-Z0-9]{3}-000001$/);

    // The head office decides that this one goes on: now the fork is settled.
    await clone.till.sync.repair.settle(base, entriesOf(shop, base));
    const { sales } = await clone.manager.client.sale.list({ text: '', before_seq: null, limit: 100 });
    expect(sales).toHaveLength(3);
    expect(clone.till.sync.head().seq).toBeGreaterThan(shop.till.sync.head().seq);
  });
});
