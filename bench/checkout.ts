/**
 * `checkout`: what completing a sale costs over what its rows cost.
 *
 * Ours is the whole way of `basket.complete` through `invoke`: dispatch, permission, pricing, journal, projections, answer,
 * FULL commit; checkpoints by the product's own policy. The baseline writes the same rows into the same schema by bare
 * prepared statements in one FULL transaction, with SQLite's default checkpointing. The two take turns. After every few
 * sales both rest for a moment, as a till does between customers.
 */
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import type { SaleId } from '../shared/ids.ts';
import { decimalText } from '../shared/money/decimal-text.ts';
import { tillMigrations } from '../migrations/till/list.ts';
import { inFolder, option, percentile, rounded } from './figures-support.ts';
import { openBenchShop } from './till-support.ts';

const linesPerSale = 8;
/** Pence. */
const decimals = 2;
const salesBetweenRests = 20;
const rest_ms = 60;

export async function run({ args }: { readonly args: readonly string[] }) {
  const sales = option(args, 'sales', 2000);
  return inFolder(async (folder) => {
    const shop = await openBenchShop(join(folder, 'till.db'), 500);
    const bare = bareTill(join(folder, 'bare.db'));
    const ours_ms: number[] = [];
    const bare_ms: number[] = [];
    let wal_max = 0;
    const warmUp = 100;
    for (let i = 0; i < sales + warmUp; i += 1) {
      let basket: SaleId | undefined;
      for (let line = 0; line < linesPerSale; line += 1) {
        const product = shop.products[(i * 13 + line * 29) % shop.products.length];
        if (product === undefined) throw new Error('no product');
        ({ basket } = await shop.client.basket.add_product({ product, quantity_milli: 1000 * (1 + (line % 3)) }));
      }
      if (basket === undefined) throw new Error('no basket');
      const { total_minor } = await shop.client.basket.current({});
      await shop.client.basket.add_tender({ basket, kind: 'card', handed: '1.00' });
      // The card leaves a pound less to pay, so there is change.
      await shop.client.basket.add_tender({ basket, kind: 'cash', handed: decimalText(total_minor, decimals) });
      const call = {
        operation: 'basket.complete',
        input: { basket, total_minor },
        session: shop.session,
        command: v7(),
      };
      const started = performance.now();
      const answer = await shop.till.invoke(call);
      const taken = performance.now() - started;
      if (!answer.ok) throw new Error(answer.error.code);

      const bareTaken = bare.sell(entryOf(shop.till, i));
      if (i >= warmUp) {
        ours_ms.push(taken);
        bare_ms.push(bareTaken);
      }
      wal_max = Math.max(wal_max, shop.till.health().wal_bytes);
      if (i % salesBetweenRests === 0) await rest(rest_ms);
    }
    const { checkpoints } = shop.till.health();
    const { wal_bytes } = shop.till.health();
    shop.till.close();
    bare.close();
    return {
      sales,
      p50_ms: rounded(percentile(ours_ms, 0.5)),
      p99_ms: rounded(percentile(ours_ms, 0.99)),
      bare_p50_ms: rounded(percentile(bare_ms, 0.5)),
      bare_p99_ms: rounded(percentile(bare_ms, 0.99)),
      p50_ratio: rounded(percentile(ours_ms, 0.5) / percentile(bare_ms, 0.5)),
      p99_ratio: rounded(percentile(ours_ms, 0.99) / percentile(bare_ms, 0.99)),
      checkpoints,
      wal_max_mb: rounded(Math.max(wal_max, wal_bytes) / 1024 / 1024),
    };
  });
}

/** The bytes that the real sale's entry had: the bare rows are as long as ours. */
function entryOf(
  till: {
    readonly sync: {
      entriesAfter(seq: number, limit: { count: number; bytes: number }): readonly { bytes: Uint8Array }[];
      head(): { seq: number };
    };
  },
  i: number,
): Uint8Array {
  const [entry] = till.sync.entriesAfter(till.sync.head().seq - 1, { count: 1, bytes: 4_000_000 });
  if (entry === undefined) throw new Error(`no entry after sale ${i}`);
  return entry.bytes;
}

/** The same schema and the same rows, by bare statements. */
function bareTill(path: string) {
  const db = new Database(path);
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = FULL');
  db.pragma('recursive_triggers = ON');
  for (const { sql } of tillMigrations) db.exec(sql);
  // better-sqlite3's build falls back to NORMAL after the first statement: said again, and looked at.
  db.pragma('synchronous = FULL');
  if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('the baseline is not durable');
  const bytes16 = () => Buffer.from(crypto.getRandomValues(new Uint8Array(16)));
  db.prepare(
    `INSERT INTO till_identity VALUES (1, zeroblob(16), zeroblob(16), zeroblob(16), 1, 'A', 0, 1, '2026-11-21', 'B1', 'Bench', 'standalone', 0)`,
  ).run();
  db.prepare(
    `INSERT INTO shifts (key, shift, number, business_date, currency, float_minor, opened_seq, opened_at) VALUES (1, ?, 1, '2026-11-21', 'GBP', 10000, 1, '')`,
  ).run(bytes16());
  for (let key = 1; key <= 500; key += 1)
    db.prepare('INSERT INTO product_keys (key, product) VALUES (?, ?)').run(key, bytes16());
  const at = '2026-11-21T09:30:00.000Z';
  const snapshot = JSON.stringify({
    sku: 'SKU-100',
    name: 'Product number 100 of the bench',
    unit: 'piece',
    category: null,
    stocked: true,
    list_price_minor: 100,
    unit_price_minor: 100,
    price_source: 'list',
    discounts: [],
    taxes: [{ tax: v7(), code: 'A', rate_millionths: 200000 }],
  });
  const s = {
    basket: db.prepare("INSERT INTO baskets (basket, opened_at, discounts) VALUES (?, ?, '[]')"),
    basketLine: db.prepare('INSERT INTO basket_lines VALUES (?, ?, ?, ?, ?, ?)'),
    basketTender: db.prepare('INSERT INTO basket_tenders VALUES (?, ?, ?, ?, ?)'),
    entry: db.prepare('INSERT INTO journal VALUES (?, ?, 1, ?, 1, ?, 0, ?, ?, ?)'),
    sale: db.prepare("INSERT INTO sales VALUES (?, ?, ?, 1, 'B1', ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"),
    line: db.prepare('INSERT INTO sale_lines VALUES (?, ?, ?, ?, ?, ?, 1, NULL)'),
    stock: db.prepare(
      'INSERT INTO stock_levels VALUES (?, ?, ?) ON CONFLICT (product_key) DO UPDATE SET own_milli = stock_levels.own_milli + excluded.own_milli, sold_milli = stock_levels.sold_milli + excluded.sold_milli',
    ),
    tender: db.prepare('INSERT INTO tenders VALUES (?, ?, ?, ?, ?, NULL, NULL, NULL)'),
    shiftTender: db.prepare(
      'INSERT INTO shift_tenders VALUES (1, ?, 1, ?) ON CONFLICT (shift_key, kind) DO UPDATE SET count = shift_tenders.count + 1, amount_minor = shift_tenders.amount_minor + excluded.amount_minor',
    ),
    shift: db.prepare(
      'UPDATE shifts SET sales_count = sales_count + 1, sales_minor = sales_minor + CAST(? AS INTEGER), sales_tax_minor = sales_tax_minor + CAST(? AS INTEGER) WHERE key = 1',
    ),
    receipt: db.prepare('UPDATE till_identity SET last_receipt = ?'),
    endLines: db.prepare('DELETE FROM basket_lines WHERE basket_key = ?'),
    endTenders: db.prepare('DELETE FROM basket_tenders WHERE basket_key = ?'),
    endBasket: db.prepare('DELETE FROM baskets WHERE key = ?'),
    answer: db.prepare('INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)'),
  };
  const answer = JSON.stringify({
    sale: v7(),
    receipt_number: 'B1-A-000001',
    total_minor: 12345,
    rounding_minor: 0,
    change_minor: 100,
    seq: 100000,
  });
  let seq = 0;
  return {
    sell: (bytes: Uint8Array): number => {
      const basket = Buffer.from(v7().replaceAll('-', ''), 'hex');
      db.exec('BEGIN IMMEDIATE');
      const key = s.basket.run(basket, at).lastInsertRowid;
      for (let n = 1; n <= linesPerSale; n += 1)
        s.basketLine.run(key, n, bytes16(), ((seq * 13 + n * 29) % 500) + 1, 1000, snapshot);
      s.basketTender.run(key, 1, bytes16(), 'card', 100);
      s.basketTender.run(key, 2, bytes16(), 'cash', 500000);
      db.exec('COMMIT');
      const hash = Buffer.alloc(32, seq % 256);
      const command = Buffer.from(v7().replaceAll('-', ''), 'hex');
      const actor = bytes16();

      const started = performance.now();
      db.exec('BEGIN IMMEDIATE');
      seq += 1;
      s.entry.run(seq, hash, 'sale.completed', command, at, '2026-11-21', bytes);
      s.sale.run(seq, basket, 'sale', 'A', seq, at, '2026-11-21', 'GBP', actor, linesPerSale, 12345, 2057);
      for (let n = 0; n < linesPerSale; n += 1) {
        const product = ((seq * 13 + n * 29) % 500) + 1;
        s.line.run(seq, n, product, 1000, 1543, 1286);
        s.stock.run(product, -1000, 1000);
      }
      s.tender.run(seq, 0, 'card', 100, 100);
      s.shiftTender.run('card', 100);
      s.tender.run(seq, 1, 'cash', 12245, 500000);
      s.shiftTender.run('cash', 12245);
      s.shift.run(12345, 2057);
      s.receipt.run(seq);
      s.endLines.run(key);
      s.endTenders.run(key);
      s.endBasket.run(key);
      s.answer.run(command, 'basket.complete', actor, hash, answer, at);
      db.exec('COMMIT');
      return performance.now() - started;
    },
    close: () => db.close(),
  };
}
