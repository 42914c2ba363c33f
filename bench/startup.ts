/**
 * `startup`: from the start of the till's process to a sale that it has completed, with a large catalogue and years of sales.
 *
 * Ours is `npm start` without the opening of a window: a new process, its web server, then what a window does: it connects
 * with the launch's token, a cashier signs in with a PIN (bcrypt's own quarter of a second is in it), a basket is scanned,
 * paid and completed. The baseline is a new process too, that knows nothing but SQLite: it opens a copy of the same file
 * with the same durability and writes the rows of one sale. They take turns; the figures are medians.
 *
 * `--products`, `--sales`, `--runs`. The shop is made once, by the product's own append and projections, and not timed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { v7 } from 'uuid';
import { WebSocket } from 'ws';
import { buildScreens } from '../commands/demo/screens.ts';
import { dataFolder } from '../electron/pc/folder.ts';
import { subprotocol } from '../electron/browser/frame.ts';
import { createClient } from '../shared/contract/client.ts';
import type { Result } from '../shared/contract/errors.ts';
import { tillContract } from '../shared/contract/till.ts';
import type { CommandId, SaleId } from '../shared/ids.ts';
import { decimalText } from '../shared/money/decimal-text.ts';
import { flush, inFolder, option, percentile, rounded } from './figures-support.ts';
import { startTillProcess } from './started-till-support.ts';
import { makeStockedShop, manager, type StockedShop } from './stocked-shop-support.ts';

const linesPerSale = 8;
/** Pence. */
const decimals = 2;

export async function run({ args }: { readonly args: readonly string[] }) {
  const runs = option(args, 'runs', 7);
  const size = { products: option(args, 'products', 100_000), sales: option(args, 'sales', 100_000), linesPerSale };
  await buildScreens((line) => console.log(line));
  return await inFolder(async (folder) => {
    const files = dataFolder(join(folder, 'till'));
    const shop = await makeStockedShop(files, size);
    const copy = join(folder, 'bare.db');
    copyFileSync(files.till, copy);
    flush(files.till, copy);
    // Nothing compiled is kept yet, as on the day of the installation.
    const first = await startAndSell(files.folder, shop, 0, { NODE_DISABLE_COMPILE_CACHE: '1' });
    // The first one of these fills what is kept.
    await startAndSell(files.folder, shop, 1);
    const ours: Moments[] = [];
    const bare_ms: number[] = [];
    for (let i = 0; i < runs; i += 1) {
      ours.push(await startAndSell(files.folder, shop, i + 2));
      bare_ms.push(await startBare(copy));
    }
    const median_s = (of: (moments: Moments) => number) => rounded(percentile(ours.map(of), 0.5) / 1000);
    const bare_seconds = rounded(percentile(bare_ms, 0.5) / 1000);
    const seconds = median_s(({ sold }) => sold);
    return {
      products: size.products,
      sales: size.sales,
      runs,
      seconds,
      slowest_seconds: rounded(
        percentile(
          ours.map(({ sold }) => sold),
          1,
        ) / 1000,
      ),
      first_seconds: rounded(first.sold / 1000),
      bare_seconds,
      ratio: rounded(seconds / bare_seconds),
      listening_s: median_s(({ listening }) => listening),
      connecting_s: median_s(({ connected, listening }) => connected - listening),
      signing_in_s: median_s(({ signedIn, connected }) => signedIn - connected),
      scanning_s: median_s(({ scanned, signedIn }) => scanned - signedIn),
      completing_s: median_s(({ sold, scanned }) => sold - scanned),
    };
  });
}

/** Milliseconds since the process was started. */
interface Moments {
  readonly listening: number;
  readonly connected: number;
  readonly signedIn: number;
  readonly scanned: number;
  readonly sold: number;
}

/** Starts the till as `npm start` does, sells one basket as a window would, and stops it. */
async function startAndSell(
  folder: string,
  shop: StockedShop,
  nth: number,
  environment: NodeJS.ProcessEnv = {},
): Promise<Moments> {
  const started = performance.now();
  const since = () => performance.now() - started;
  const till = await startTillProcess(folder, environment);
  const { address } = till;
  try {
    const listening = since();
    const socket = new WebSocket(`ws://${address.host}/till`, [subprotocol, address.hash.slice('#token='.length)], {
      origin: address.origin,
    });
    await once(socket, 'open');
    const connected = since();
    const client = clientOver(socket);
    const credential = { kind: 'pin', secret: manager.pin } as const;
    client.session = (await client.ask.session.sign_in({ who: { staff: shop.staff }, credential })).token;
    const signedIn = since();
    let basket: SaleId | undefined;
    for (let line = 0; line < linesPerSale; line += 1) {
      const barcode = shop.barcodes[(nth * 31 + line * 7919) % shop.barcodes.length] ?? '';
      ({ basket } = await client.ask.basket.scan({ barcode }));
    }
    const scanned = since();
    const { total_minor } = await client.ask.basket.current({});
    if (basket === undefined) throw new Error('nothing was scanned');
    await client.ask.basket.add_tender({ basket, kind: 'cash', handed: decimalText(total_minor, decimals) });
    await client.ask.basket.complete({ basket, total_minor });
    const sold = since();
    socket.close();
    return { listening, connected, signedIn, scanned, sold };
  } finally {
    await till.stop();
  }
}

/** The contract's client over a window's line. */
function clientOver(socket: WebSocket) {
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString('utf8')) as { readonly id?: number; readonly result: Result<unknown> };
    if (frame.id !== undefined) waiting.get(frame.id)?.(frame.result);
  });
  const over: { session?: string; ask: ReturnType<typeof create> } = { ask: create() };
  function create() {
    let id = 0;
    return createClient(
      tillContract,
      (call) =>
        new Promise((resolve) => {
          id += 1;
          waiting.set(id, resolve);
          socket.send(JSON.stringify({ id, call }));
        }),
      { session: () => over.session, newCommand: () => v7() as CommandId },
    );
  }
  return over;
}

/** A process that opens the file and writes the rows of one sale. Milliseconds until it says that they are durable. */
async function startBare(path: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'startup-bare-support.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  const taken = performance.now() - started;
  const rest = await text(child.stdout);
  const [code] = await ended;
  if (code !== 0) throw new Error(`the baseline failed: ${rest}`);
  return taken;
}
