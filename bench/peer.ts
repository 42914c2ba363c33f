/**
 * `peer`: the same shop, the same start and the same durable sale as another open till would have them: Store-POS, which keeps
 * its shop in two files of NeDB (`@seald-io/nedb` here, the one that is kept up), read whole at every start.
 *
 * **The data** are the same: the catalogue of `startup`, and its sales with their lines, as documents with the fields that
 * Store-POS gives them. Both run in processes of their own, and neither has a web server or a sign-in in its figures.
 *
 * **Start**, once the program's code is loaded: from asking for the files until the first product is found by its number
 * (`start`), and until the first sale is complete and durable (`first_sale`). NeDB reads every document, makes its index and
 * writes both files anew.
 *
 * **A durable sale** of 8 lines. Ours is `basket.complete` by way of `invoke`: prices it again, writes entry, rows and stock in
 * one transaction and answers after the disk has it. Theirs is what `POST /new` does: insert the document, then find and
 * update each product's quantity. NeDB leaves it to the system when its files reach the disk; for the same durability each
 * of the two files is flushed once a sale, the sale's first, by descriptors that stay open. Store-POS answers before the
 * stock is written; here the sale is complete when it is, as ours is. Store-POS has no basket on disk: what filling ours
 * costs, a durable commit for each line, is in `with_basket_ratio` and in no other figure.
 *
 * Figures are medians. Each sells a hundred before the sales that are timed, and rests for a moment after every few, as a till does. `--products`, `--sales`, `--sell` (sales that are timed).
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { dataFolder } from '../electron/pc/folder.ts';
import { openTillFileToRead } from '../electron/till/db/open.ts';
import { entriesAfter } from '../electron/till/sync/outgoing.ts';
import { decodeEntry } from '../shared/journal/envelope.ts';
import type { Body } from '../shared/journal/kinds.ts';
import { decimalText } from '../shared/money/decimal-text.ts';
import { flush, inFolder, option, percentile, rounded } from './figures-support.ts';
import { madeGoods } from './goods-support.ts';
import { makeStockedShop, signIn } from './stocked-shop-support.ts';

const linesPerSale = 8;
const starts = 3;
const pageEntries = 2000;
/** Pence. */
const decimals = 2;
/** Numbers of products and sales, as Store-POS makes them of the clock's seconds. */
const firstNumber = 1_600_000_000;

/** What each side's process says of itself, in milliseconds. */
const told = z.strictObject({
  /** Since its code was loaded. */
  found_ms: z.number(),
  sold_ms: z.number(),
  /** The median of the timed sales, and with what filling their baskets took. */
  sale_ms: z.number(),
  with_basket_ms: z.number(),
});

type Told = z.infer<typeof told>;

export async function run({ args }: { readonly args: readonly string[] }) {
  const size = { products: option(args, 'products', 100_000), sales: option(args, 'sales', 100_000), linesPerSale };
  const sell = option(args, 'sell', 500);
  const peer = join(import.meta.dirname, 'peer');
  if (!existsSync(join(peer, 'node_modules'))) execFileSync('npm', ['ci'], { cwd: peer, stdio: 'inherit' });
  return await inFolder(async (folder) => {
    const files = dataFolder(join(folder, 'till'));
    const shop = await makeStockedShop(files, size);
    const session = await signIn(files, shop.staff);
    const theirs = join(folder, 'peer');
    mkdirSync(theirs);
    writePeerFiles(files.till, theirs, size.products);
    flush(files.till, join(theirs, 'inventory.db'), join(theirs, 'transactions.db'));

    const ours: Told[] = [];
    const others: Told[] = [];
    // They take turns; each start sells, so that the files grow alike.
    for (let i = 0; i < starts; i += 1) {
      const barcodes = shop.barcodes.slice(i * 100, i * 100 + 100);
      ours.push(await ask('peer-ours-support.ts', [files.folder, session, String(sell), ...barcodes]));
      others.push(await ask('peer-theirs-support.ts', [theirs, String(firstNumber), String(i), String(sell)]));
    }
    const median = (all: readonly Told[], of: keyof Told) =>
      percentile(
        all.map((one) => one[of]),
        0.5,
      );
    const ratio = (of: keyof Told) => rounded(median(others, of) / median(ours, of));
    return {
      products: size.products,
      sales: size.sales,
      start_ms: rounded(median(ours, 'found_ms')),
      peer_start_ms: rounded(median(others, 'found_ms')),
      start_ratio: ratio('found_ms'),
      first_sale_ms: rounded(median(ours, 'sold_ms')),
      peer_first_sale_ms: rounded(median(others, 'sold_ms')),
      first_sale_ratio: ratio('sold_ms'),
      sale_ms: rounded(median(ours, 'sale_ms')),
      peer_sale_ms: rounded(median(others, 'sale_ms')),
      sale_ratio: ratio('sale_ms'),
      with_basket_ratio: ratio('with_basket_ms'),
    };
  });
}

/** Runs one side in a process of its own. */
async function ask(program: string, args: readonly string[]): Promise<Told> {
  const child = spawn(process.execPath, [join(import.meta.dirname, program), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`${program} failed: ${said}`);
  return told.parse(JSON.parse(said));
}

/** The catalogue and the sales of a till's file as Store-POS keeps them: a document a line. */
function writePeerFiles(path: string, folder: string, products: number): void {
  const numbers = new Map<string, number>();
  const inventory = openSync(join(folder, 'inventory.db'), 'w');
  const transactions = openSync(join(folder, 'transactions.db'), 'w');
  const names = madeGoods(products);
  const from = openTillFileToRead(path);
  for (let after = 0; ;) {
    const entries = entriesAfter(from, after, { count: pageEntries, bytes: 1_000_000_000 });
    const last = entries.at(-1);
    if (last === undefined) break;
    after = last.seq;
    const documents: [number, unknown][] = [];
    for (const { bytes } of entries) {
      const { at, body, kind } = decodeEntry(bytes);
      // As the till wrote them.
      if (kind === 'product.created') {
        const product = body as unknown as Body<'product.created'>;
        const number = firstNumber + numbers.size;
        numbers.set(product.product, number);
        documents.push([inventory, inventoryDocument(number, product, names[numbers.size - 1]?.name ?? product.name)]);
      } else if (kind === 'sale.completed') {
        const sale = body as unknown as Body<'sale.completed'>;
        documents.push([transactions, transactionDocument(sale, at, numbers)]);
      }
    }
    for (const file of [inventory, transactions]) {
      const lines = documents.filter(([to]) => to === file).map(([, document]) => `${JSON.stringify(document)}\n`);
      if (lines.length > 0) writeSync(file, lines.join(''));
    }
  }
  from.close();
  closeSync(inventory);
  closeSync(transactions);
}

function inventoryDocument(number: number, { price_minor }: Body<'product.created'>, name: string) {
  const price = decimalText(price_minor ?? 0, decimals);
  return { _id: number, price, category: '', quantity: 1_000_000, name, stock: 1, img: '' };
}

function transactionDocument(sale: Body<'sale.completed'>, at: string, numbers: ReadonlyMap<string, number>) {
  const number = firstNumber + sale.receipt.number;
  return {
    order: number,
    ref_number: '',
    discount: '',
    customer: 0,
    status: 1,
    subtotal: decimalText(sale.net_minor, decimals),
    tax: sale.tax_minor / 100,
    order_type: 1,
    items: sale.lines.map(({ name, product, quantity_milli, unit_price_minor }) => ({
      id: numbers.get(product),
      product_name: name,
      sku: numbers.get(product),
      price: decimalText(unit_price_minor, decimals),
      quantity: quantity_milli / 1000,
    })),
    date: at,
    payment_type: 0,
    payment_info: '',
    total: decimalText(sale.total_minor, decimals),
    paid: decimalText(sale.total_minor, decimals),
    change: '0.00',
    _id: number,
    till: 1,
    mac: '00:00:00:00:00:00',
    user: 'Manager',
    user_id: 1,
  };
}
