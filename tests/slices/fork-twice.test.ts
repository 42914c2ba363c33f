/** Stories of what two copies of a till both have: an open basket, a tail of entries, a command. Each of it counts once. */
import { linkSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTillFile } from '../../electron/till/db/open.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import type { CommandId } from '../../shared/ids.ts';
import { toHex } from '../../shared/ids.ts';
import { type Copies, entriesOf, openCopies, receiptsOf } from './support/copies.ts';
import { sell, type SellingShop } from './support/selling.ts';
import { codeOf, opening, seededRandom, uuidAt } from './support/till.ts';

let copies: Copies;
let shop: SellingShop;
beforeEach(async () => {
  copies = await openCopies();
  shop = copies.shop;
});
afterEach(() => copies.end());

/** Rings up a tea and leaves the basket open. */
async function ringUp({ manager, tea }: SellingShop) {
  const { basket } = await manager.client.basket.add_product({ product: tea, quantity_milli: 1000 });
  return basket;
}

type Basket = Awaited<ReturnType<typeof ringUp>>;

async function complete({ manager }: SellingShop, basket: Basket, command?: CommandId) {
  await manager.client.basket.add_tender({ basket, kind: 'cash', handed: '3.95' });
  return await manager.client.basket.complete({ basket, total_minor: 395 }, command === undefined ? {} : { command });
}

describe('a basket that was open when the file was copied', () => {
  test('is gone once the sale that it became has come back', async () => {
    const basket = await ringUp(shop);
    const old = copies.backUp();
    await complete(shop, basket);
    const restored = copies.reopen(old, shop.ports.mark);
    restored.till.sync.repair.restore(entriesOf(shop, restored.till.sync.head().seq));
    expect((await restored.manager.client.basket.current({})).basket).toBeNull();
    await sell(restored, [restored.tea, 1000]);
    expect(await receiptsOf(restored)).toEqual(['HS1-A-000001', 'HS1-A-000002']);
    copies.expectSound(restored);
  });

  test('and was sold on both sides counts once: the fork is settled, and the basket of the other side is gone', async () => {
    const basket = await ringUp(shop);
    const old = copies.backUp();
    await complete(shop, basket);
    shop.restart();
    const restored = copies.reopen(old, shop.ports.mark);
    const base = restored.till.sync.head().seq;
    await complete(restored, basket);
    await sell(restored, [restored.mug, 1000]);
    await restored.till.sync.repair.settle(base, entriesOf(shop, base));
    const { client } = restored.manager;
    expect(await client.shift.report({})).toMatchObject({ sales: { count: 2, total_minor: 395 } });
    expect(await client.product.show({ product: restored.tea })).toMatchObject({ stock_milli: -1000 });
    await sell(restored, [restored.tea, 1000]);
    copies.expectSound(restored);
  });

  test('and was sold on one side only is gone from the other', async () => {
    const basket = await ringUp(shop);
    const old = copies.backUp();
    await complete(shop, basket);
    shop.restart();
    const restored = copies.reopen(old, shop.ports.mark);
    const base = restored.till.sync.head().seq;
    await restored.manager.client.shift.pay_in({ amount: '1.00', reason: 'Float' });
    await restored.till.sync.repair.settle(base, entriesOf(shop, base));
    expect((await restored.manager.client.basket.current({})).basket).toBeNull();
    expect(await codeOf(restored.manager.client.basket.complete({ basket, total_minor: 395 }))).toBe(
      'basket.already_completed',
    );
  });
});

describe('a sale that was adopted', () => {
  test('is shown and given back like any other', async () => {
    const old = copies.backUp();
    await sell(shop, [shop.mug, 1000]);
    shop.restart();
    const restored = copies.reopen(old, shop.ports.mark);
    const base = restored.till.sync.head().seq;
    const { sale } = await sell(restored, [restored.tea, 2000]);
    await restored.till.sync.repair.settle(base, entriesOf(shop, base));
    const { client } = restored.manager;
    const shown = await client.sale.show({ sale });
    expect(shown).toMatchObject({ total_minor: 790, tenders: [{ kind: 'cash' }] });
    const [line] = shown.lines;
    if (line === undefined) throw new Error('it has a line');
    const lines = [{ line: line.line, quantity_milli: 1000, restock: true }];
    const refund = await client.refund.give_back({ of_sale: sale, lines, tender: 'cash', reason: 'Damaged' });
    expect(refund).toMatchObject({ total_minor: -395 });
    copies.expectSound(restored);
  });
});

describe('entries that two copies both had, and both bring', () => {
  /** A copy of the shop with its tail of entries, and the head office's chain, into which that tail was adopted already. */
  async function adoptedAlready() {
    const old = copies.backUp();
    const base = shop.till.sync.head().seq;
    const tail = await sell(shop, [shop.tea, 1000]);
    await shop.manager.client.shift.pay_in({ amount: '20.00', reason: 'Float' });
    await shop.manager.client.stock.adjust({
      reason: 'Delivery',
      lines: [{ product: shop.mug, quantity_milli: 5000 }],
    });
    const counted = '123.95';
    await shop.manager.client.shift.close({ counted, denominations: [], reason: null });
    await shop.manager.client.shift.open({ float: '50.00' });
    const copy = copies.reopen(copies.backUp());
    const other = copies.reopen(old);
    await sell(other, [other.mug, 1000]);
    await shop.till.sync.repair.settle(base, entriesOf(other, base));
    return { base, copy, tail };
  }

  test('count once, wherever they stand', async () => {
    const { base, copy } = await adoptedAlready();
    await sell(copy, [copy.tea, 3000]);
    await copy.till.sync.repair.settle(base, entriesOf(shop, base));
    const { client } = copy.manager;
    expect(await receiptsOf(copy)).toHaveLength(3);
    expect(await client.product.show({ product: copy.tea })).toMatchObject({ stock_milli: -4000 });
    expect(await client.product.show({ product: copy.mug })).toMatchObject({ stock_milli: 4000 });
    expect(await client.shift.report({})).toMatchObject({ number: 2, paid_in_minor: 0, sales: { count: 1 } });
    const { shifts } = await client.shift.list({ before_number: null, limit: 10 });
    expect(shifts).toHaveLength(1);
    copies.expectSound(copy);
  });

  test('are known by their commands: none of them is done again', async () => {
    const command = uuidAt<CommandId>(opening, seededRandom('again'));
    const old = copies.backUp();
    await sell(shop, [shop.tea, 1000]);
    shop.restart();
    const restored = copies.reopen(old, shop.ports.mark);
    const base = restored.till.sync.head().seq;
    const input = { amount: '5.00', reason: 'Float' };
    await restored.manager.client.shift.pay_in(input, { command });
    await restored.till.sync.repair.settle(base, entriesOf(shop, base));
    // A PC that begins anew knows no answers, only entries.
    const fresh = copies.reopen(old, shop.ports.mark);
    fresh.till.sync.repair.restore(entriesOf(restored, base));
    expect(await codeOf(fresh.manager.client.shift.pay_in(input, { command }))).toBe('command.already_recorded');
    copies.expectSound(fresh);
  });
});

describe('a snapshot of the feed that was under way', () => {
  test('begins anew after a fork was settled: what it had named is gone with the old file', async () => {
    const old = copies.backUp();
    await sell(shop, [shop.tea, 1000]);
    shop.restart();
    const { manager, tea, till } = copies.reopen(old, shop.ports.mark);
    const base = till.sync.head().seq;
    await manager.client.basket.add_product({ product: tea, quantity_milli: 1000 });
    await manager.client.shift.pay_in({ amount: '1.00', reason: 'Float' });
    const page = { stream: 'store', tag: '~new', changes: [], position: 3 } as const;
    till.sync.applyPage({ ...page, snapshot: 'begin' });
    await till.sync.repair.settle(base, entriesOf(shop, base));
    expect(till.sync.cursors().store).toBeNull();
    expect(() => till.sync.applyPage({ ...page, snapshot: 'more' })).toThrow('never began');
    till.sync.applyPage({ ...page, snapshot: 'begin' });
    till.sync.applyPage({ ...page, tag: 'new', snapshot: 'end' });
    expect(till.sync.cursors().store).toEqual({ position: 3, tag: 'new' });
  });
});

describe('a PC that goes down while the settled file takes the place of the old one', () => {
  test('finds a file that it can write to', () => {
    const path = join(dirname(shop.path), 'written.db');
    const file = openTillFile(path, { create: true, migrations: tillMigrations });
    // What takes its place is not there: as far as a PC that goes down right before the rename.
    expect(() => file.replaceBy(`${path}.missing`, `${path}.kept`)).toThrow('ENOENT');
    expect(statSync(path).mode & 0o200).toBe(0o200);
    file.close();
  });

  test('settles when it comes up again, although the old file is kept already', async () => {
    const old = copies.backUp();
    await sell(shop, [shop.tea, 1000]);
    shop.restart();
    const restored = copies.reopen(old, shop.ports.mark);
    const base = restored.till.sync.head().seq;
    await sell(restored, [restored.tea, 1000]);
    linkSync(restored.path, `${restored.path}.fork-${toHex(restored.till.sync.head().hash).slice(0, 16)}`);
    await restored.till.sync.repair.settle(base, entriesOf(shop, base));
    expect(await receiptsOf(restored)).toHaveLength(2);
    copies.expectSound(restored);
  });
});
