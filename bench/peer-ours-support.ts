/** Our side of `peer`: opens the shop of a folder, finds, sells, and says what it took. */
import { setTimeout as rest } from 'node:timers/promises';
import { v7 } from 'uuid';
import { dataFolder } from '../electron/pc/folder.ts';
import { openTill } from '../electron/pc/open-till.ts';
import { createClient } from '../shared/contract/client.ts';
import { tillContract } from '../shared/contract/till.ts';
import type { CommandId, SaleId } from '../shared/ids.ts';
import { decimalText } from '../shared/money/decimal-text.ts';
import { percentile } from './figures-support.ts';

const [folder = '', session = '', sell = '', ...barcodes] = process.argv.slice(2);
const linesPerSale = 8;
/** Sales before those that are timed: both are compiled then. */
const warmUp = 100;
/** After every few sales both rest for a moment, as a till does between customers. */
const salesBetweenRests = 20;
const rest_ms = 60;
/** Pence. */
const decimals = 2;

const began = performance.now();
const opened = openTill(dataFolder(folder), 'bench');
const client = createClient(tillContract, opened.till.invoke, {
  session: () => session,
  newCommand: () => v7() as CommandId,
});
await client.product.search({ text: barcodes[0] ?? '', limit: 1 });
const found_ms = performance.now() - began;

/** Fills a basket, pays it and completes it. Answers how long completing took, in milliseconds. */
async function sellOne(nth: number): Promise<number> {
  let basket: SaleId | undefined;
  for (let line = 0; line < linesPerSale; line += 1) {
    const barcode = barcodes[(nth * 13 + line * 29) % barcodes.length] ?? '';
    ({ basket } = await client.basket.scan({ barcode }));
  }
  if (basket === undefined) throw new Error('nothing was scanned');
  const { total_minor } = await client.basket.current({});
  await client.basket.add_tender({ basket, kind: 'cash', handed: decimalText(total_minor, decimals) });
  const started = performance.now();
  await client.basket.complete({ basket, total_minor });
  return performance.now() - started;
}

await sellOne(0);
const sold_ms = performance.now() - began;

for (let nth = 1; nth <= warmUp; nth += 1) await sellOne(nth);
const sales_ms: number[] = [];
const with_baskets_ms: number[] = [];
for (let nth = 1; nth <= Number(sell); nth += 1) {
  const started = performance.now();
  sales_ms.push(await sellOne(warmUp + nth));
  with_baskets_ms.push(performance.now() - started);
  if (nth % salesBetweenRests === 0) await rest(rest_ms);
}
opened.close();
const figures = { sale_ms: percentile(sales_ms, 0.5), with_basket_ms: percentile(with_baskets_ms, 0.5) };
console.log(JSON.stringify({ found_ms, sold_ms, ...figures }));
