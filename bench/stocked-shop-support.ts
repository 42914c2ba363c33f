/**
 * A shop with a large catalogue and years of sales, in a data folder that `npm start` opens. Some sales are rung up through
 * the till; the rest are their copies under other names. They and the products are written by the product's own append with
 * its projections, only many in a transaction: `npm run verify` proves such a file like any other.
 */
import type { DataFolder } from '../electron/pc/folder.ts';
import { openTill } from '../electron/pc/open-till.ts';
import { keepAnswer } from '../electron/till/answer.ts';
import { openTillFile } from '../electron/till/db/open.ts';
import type { WriteDb } from '../electron/till/db/statement.ts';
import { transact } from '../electron/till/db/transact.ts';
import { appendEntry } from '../electron/till/journal/append.ts';
import { tillIdentity } from '../electron/till/journal/head.ts';
import { sha256 } from '../electron/till/journal/sha256.ts';
import { rebuildSearch } from '../electron/till/product/search.ts';
import { tillMigrations } from '../migrations/till/list.ts';
import { createClient } from '../shared/contract/client.ts';
import { tillContract } from '../shared/contract/till.ts';
import type { CommandId, LineId, ProductId, SaleId, StaffId, TaxId, TenderId } from '../shared/ids.ts';
import { decodeEntry, type Envelope } from '../shared/journal/envelope.ts';
import type { Body } from '../shared/journal/kinds.ts';
import { decimalText } from '../shared/money/decimal-text.ts';
import { receiptNumber } from '../shared/sale/receipt-number.ts';
import { v7 } from 'uuid';
import { madeGoods } from './goods-support.ts';
import { britishStore } from '../shared/demo/british-store.ts';

/** Who may sign in. */
export const manager = { login: 'manager', password: 'long enough', pin: '4071' };

export interface StockedShop {
  readonly staff: StaffId;
  /** Barcodes of products that are there. */
  readonly barcodes: readonly string[];
  readonly products: number;
  readonly sales: number;
  readonly linesPerSale: number;
}

const rungUp = 200;
const copiesAtOnce = 500;
/** Pence. */
const decimals = 2;

/** Makes the shop in a folder that is empty, and leaves it closed. */
export async function makeStockedShop(
  files: DataFolder,
  size: { readonly products: number; readonly sales: number; readonly linesPerSale: number },
): Promise<StockedShop> {
  let opened = openTill(files, 'bench');
  const signedIn: { session?: string } = {};
  const client = createClient(tillContract, (call) => opened.till.invoke(call), {
    session: () => signedIn.session,
    newCommand: () => v7() as CommandId,
  });
  const { staff } = await client.setup.open_shop({
    settings: britishStore({ name: 'Bench' }),
    till_code: 'B1',
    till_name: 'Bench till',
    manager: { name: 'Manager', ...manager },
  });
  const credential = { kind: 'pin', secret: manager.pin } as const;
  signedIn.session = (await client.session.sign_in({ who: { staff }, credential })).token;
  await client.shift.open({ float: '100.00' });
  const tax = v7() as TaxId;
  await client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });

  // One product through the screen's own way; the others are written as its entry was.
  const goods = madeGoods(size.products);
  const ids = goods.map(() => v7() as ProductId);
  const rows = goods.map(({ gtin, name, price_minor }, i): Body<'product.created'> => ({
    product: ids[i] ?? (v7() as ProductId),
    sku: `B${String(i + 1).padStart(6, '0')}`,
    name,
    unit: 'piece',
    price_minor,
    category: null,
    taxes: [tax],
    barcodes: [gtin],
    stocked: true,
    active: true,
  }));
  const head = opened.till.sync.head().seq;
  const [last] = opened.till.sync.entriesAfter(head - 1, { count: 1, bytes: 1_000_000 });
  if (last === undefined) throw new Error('a shop that was set up has entries');
  opened.close();
  addProducts(files.till, rows, decodeEntry(last.bytes));

  opened = openTill(files, 'bench');
  const firstSeq = opened.till.sync.head().seq;
  const sold = Math.min(rungUp, size.sales);
  for (let i = 0; i < sold; i += 1) {
    let basket: SaleId | undefined;
    for (let line = 0; line < size.linesPerSale; line += 1) {
      // A few hundred products are most of what is sold.
      const product = ids[(i * 13 + line * 29) % Math.min(ids.length, 2000)];
      if (product === undefined) throw new Error('no product');
      ({ basket } = await client.basket.add_product({ product, quantity_milli: 1000 * (1 + (line % 3)) }));
    }
    if (basket === undefined) throw new Error('no basket');
    const { total_minor } = await client.basket.current({});
    await client.basket.add_tender({ basket, kind: 'cash', handed: decimalText(total_minor, decimals) });
    await client.basket.complete({ basket, total_minor });
  }
  const limit = { count: sold, bytes: 1_000_000_000 };
  const templates = opened.till.sync.entriesAfter(firstSeq, limit).map(({ bytes }) => decodeEntry(bytes));
  opened.close();
  copySales(files.till, templates, size.sales - sold);
  // As a till leaves it that was started since: most sold first.
  inChunks(files.till, 1, (db) => rebuildSearch(db, Date.now()));
  return { staff, barcodes: goods.map(({ gtin }) => gtin), ...size };
}

/** Signs the manager in and leaves the till closed; answers the session's token, which the next start still knows. */
export async function signIn(files: DataFolder, staff: StaffId): Promise<string> {
  const opened = openTill(files, 'bench');
  const client = createClient(tillContract, opened.till.invoke, {
    session: () => undefined,
    newCommand: () => v7() as CommandId,
  });
  const credential = { kind: 'pin', secret: manager.pin } as const;
  const { token } = await client.session.sign_in({ who: { staff }, credential });
  opened.close();
  return token;
}

/** Products, each as its own entry, by whom and when the entry `like` was written. */
function addProducts(path: string, bodies: readonly Body<'product.created'>[], like: Envelope): void {
  inChunks(path, bodies.length, (db, i) => {
    const body = bodies[i];
    const identity = tillIdentity(db);
    if (body === undefined || identity === undefined) throw new Error('no product to add');
    appendEntry(db, { ...writtenLike(like, i), identity, kind: 'product.created', body, command: v7() as CommandId });
  });
}

/** What the copies of an entry have of it, `later_ms` after it. */
function writtenLike({ actor, at, business_date, currency, offset }: Envelope, later_ms: number) {
  const now = Date.parse(at) + later_ms;
  return { n: 0, actor, approver: null, now, offset, business_date, currency, private: [] };
}

/** Opens the file beside no till, and does `write` for each number below `count`, many in a transaction. */
function inChunks(path: string, count: number, write: (db: WriteDb, i: number) => void): void {
  const file = openTillFile(path, { create: false, migrations: tillMigrations });
  for (let done = 0; done < count; done += copiesAtOnce) {
    transact(file.writer, () => {
      for (let i = done; i < Math.min(done + copiesAtOnce, count); i += 1) write(file.writer, i);
    });
    file.checkpoint();
  }
  file.close();
}

/** Sales as those that were rung up, under names of their own and later. */
function copySales(path: string, templates: readonly Envelope[], count: number): void {
  inChunks(path, count, (db, i) => {
    const template = templates[i % templates.length];
    const identity = tillIdentity(db);
    if (template?.kind !== 'sale.completed' || identity === undefined) throw new Error('no sale to copy');
    // Read from an entry that the till wrote a moment ago.
    const body = template.body as unknown as Body<'sale.completed'>;
    const sale = v7() as SaleId;
    const command = v7() as CommandId;
    const written = writtenLike(template, i);
    const receipt = { till: identity.code, series: identity.series, number: identity.last_receipt + 1 };
    const { seq } = appendEntry(db, {
      ...written,
      identity,
      kind: 'sale.completed',
      body: {
        ...body,
        sale,
        receipt,
        lines: body.lines.map((line) => ({ ...line, line: v7() as LineId })),
        tenders: body.tenders.map((tender) => ({ ...tender, tender: v7() as TenderId })),
      },
      command,
    });
    const { total_minor, rounding_minor, change_minor } = body;
    keepAnswer(db, {
      command,
      operation: 'basket.complete',
      actor: template.actor,
      inputHash: sha256(new TextEncoder().encode(sale)),
      answer: { sale, receipt_number: receiptNumber(receipt), total_minor, rounding_minor, change_minor, seq },
      now: written.now,
    });
  });
}
