/** The other side of `peer`: opens two files of NeDB as Store-POS does, finds, sells, and says what it took. */
import { fsyncSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { percentile } from './figures-support.ts';

/** What of NeDB is used. */
interface Datastore {
  ensureIndex(options: { readonly fieldName: string; readonly unique: boolean }): void;
  findOneAsync(
    query: object,
  ): Promise<{ readonly _id: number; readonly quantity: number; readonly name: string } | null>;
  insertAsync(document: object): Promise<unknown>;
  updateAsync(query: object, change: object, options: object): Promise<unknown>;
}
type DatastoreClass = new (options: { readonly filename: string; readonly autoload: boolean }) => Datastore;

// A folder of its own: nothing of the product depends on it, nor do its types.
const NeDb = createRequire(join(import.meta.dirname, 'peer', 'package.json'))('@seald-io/nedb') as DatastoreClass;

const [folder = '', first = '', run = '', sell = ''] = process.argv.slice(2);
const firstNumber = Number(first);
/** Beyond every number of a sale that is there. */
const firstSale = firstNumber + 10_000_000 * (1 + Number(run));
const linesPerSale = 8;
/** Sales before those that are timed: both are compiled then. */
const warmUp = 100;
/** After every few sales both rest for a moment, as a till does between customers. */
const salesBetweenRests = 20;
const rest_ms = 60;
const productsSold = 2000;
const names = { inventory: join(folder, 'inventory.db'), transactions: join(folder, 'transactions.db') };

const began = performance.now();
const inventory = new NeDb({ filename: names.inventory, autoload: true });
inventory.ensureIndex({ fieldName: '_id', unique: true });
const transactions = new NeDb({ filename: names.transactions, autoload: true });
transactions.ensureIndex({ fieldName: '_id', unique: true });
// Both are read in turns of the event loop; a till answers when both are there.
const [product] = await Promise.all([
  inventory.findOneAsync({ _id: firstNumber + 7 }),
  transactions.findOneAsync({ _id: firstNumber + 7 }),
]);
if (product === null) throw new Error('the catalogue is not there');
const found_ms = performance.now() - began;

// Opened once they were loaded, since loading puts new files in their place.
const flushed = { inventory: openSync(names.inventory, 'r+'), transactions: openSync(names.transactions, 'r+') };

async function sellOne(nth: number): Promise<number> {
  const items = Array.from({ length: linesPerSale }, (_, line) => ({
    id: firstNumber + ((nth * 13 + line * 29) % productsSold),
    product_name: product?.name,
    sku: firstNumber + ((nth * 13 + line * 29) % productsSold),
    price: '12.34',
    quantity: 1,
  }));
  const number = firstSale + nth;
  const started = performance.now();
  await transactions.insertAsync({
    order: number,
    ref_number: '',
    discount: '',
    customer: 0,
    status: 1,
    subtotal: '82.27',
    tax: 16.45,
    order_type: 1,
    items,
    date: new Date().toJSON(),
    payment_type: 0,
    payment_info: '',
    total: '98.72',
    paid: '98.72',
    change: '0.00',
    _id: number,
    till: 1,
    mac: '00:00:00:00:00:00',
    user: 'Manager',
    user_id: 1,
  });
  fsyncSync(flushed.transactions);
  for (const { id, quantity } of items) {
    const found = await inventory.findOneAsync({ _id: id });
    if (found === null) throw new Error('a product is gone');
    await inventory.updateAsync({ _id: id }, { $set: { quantity: found.quantity - quantity } }, {});
  }
  fsyncSync(flushed.inventory);
  return performance.now() - started;
}

await sellOne(0);
const sold_ms = performance.now() - began;

for (let nth = 1; nth <= warmUp; nth += 1) await sellOne(nth);
const sales_ms: number[] = [];
for (let nth = 1; nth <= Number(sell); nth += 1) {
  sales_ms.push(await sellOne(warmUp + nth));
  if (nth % salesBetweenRests === 0) await rest(rest_ms);
}
const sale_ms = percentile(sales_ms, 0.5);
console.log(JSON.stringify({ found_ms, sold_ms, sale_ms, with_basket_ms: sale_ms }));
