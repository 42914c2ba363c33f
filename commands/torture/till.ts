/** The process that a till of the torture lives in: a real data folder, real sync, and somebody who sells. */
import { setTimeout as wait } from 'node:timers/promises';
import { dataFolder } from '../../electron/pc/folder.ts';
import { openTill } from '../../electron/pc/open-till.ts';
import { createClient } from '../../shared/contract/client.ts';
import { tillContract } from '../../shared/contract/till.ts';
import { toHex } from '../../shared/ids.ts';
import { newCommand } from '../demo/company.ts';
import { Cashier, isRefusal } from './cashier.ts';
import type { Assignment, FromTill, Standing, ToTill } from './messages.ts';
import { readLog, ReceiptLog } from './receipt-log.ts';

const lookAgain_ms = 100;

// What the torture starts this process with is exactly that.
const assignment = JSON.parse(process.argv[2] ?? '') as Assignment;
const logged = readLog(assignment.log);
const log = new ReceiptLog(assignment.log);
const { close, till } = openTill(dataFolder(assignment.folder), 'torture');
const session: { token?: string } = {};
const client = createClient(tillContract, till.invoke, { session: () => session.token, newCommand });

const tell = (message: FromTill) => process.send?.(message);

/** Waits until the head office has sent what it takes to sell. */
async function cameIn(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(lookAgain_ms);
}

async function open(): Promise<Cashier> {
  if (!(await client.setup.status({})).done) await client.setup.join({ code: assignment.code });
  await cameIn(async () => (await client.session.choices({})).people.length > 0);
  const { login, password } = assignment;
  const { token } = await client.session.sign_in({
    who: { login },
    credential: { kind: 'password', secret: password },
  });
  session.token = token;
  await cameIn(async () => (await listProducts()).length === assignment.products);
  if ((await client.shift.current({})).shift === null) await client.shift.open({ float: '100.00' });
  const cashier = new Cashier(client, log, await listProducts());
  await cashier.resume(logged);
  return cashier;
}

async function listProducts() {
  try {
    const { products } = await client.product.list({ text: '', include_inactive: false, offset: 0, limit: 500 });
    return products.map(({ product }) => product);
  } catch (error) {
    // Until their role has come, people may do nothing yet.
    if (isRefusal(error, 'permission.missing')) return [];
    throw error;
  }
}

async function standing(): Promise<Standing> {
  const { seq, hash } = till.sync.head();
  const { confirmed_seq, reason, state } = await client.sync.status({});
  const { levels } = await client.stock.levels({ products: await listProducts() });
  return {
    till: till.sync.identity().till,
    seq,
    hash: toHex(hash),
    confirmed_seq,
    state,
    reason,
    stock: Object.fromEntries(levels.map(({ product, store_milli }) => [product, store_milli])),
  };
}

/** How many customers are still to be served. */
let customers = 0;
let isClosing = false;
let heard: () => void = () => undefined;

async function sell(cashier: Cashier): Promise<void> {
  while (!isClosing) {
    if (customers === 0) {
      await new Promise<void>((resolve) => (heard = resolve));
      continue;
    }
    customers -= 1;
    await cashier.serve();
    if (customers === 0) tell({ type: 'sold' });
    await wait(assignment.pace_ms * 2 * Math.random());
  }
  close();
  log.close();
  tell({ type: 'closed' });
  process.disconnect();
}

async function hear(message: ToTill): Promise<void> {
  switch (message.type) {
    case 'sell':
      customers = message.count ?? Number.POSITIVE_INFINITY;
      break;
    case 'report':
      tell({ type: 'report', standing: await standing() });
      break;
    case 'close':
      isClosing = true;
      break;
  }
  heard();
}

const cashier = await open();
process.on('message', (message: ToTill) => void hear(message));
// Who was to watch over this till is gone.
process.on('disconnect', () => {
  if (!isClosing) process.exit(1);
});
tell({ type: 'ready' });
await sell(cashier);
