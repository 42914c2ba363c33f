/** Counts the shelves of a new demo shop into its till, as its manager would on the first morning. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Till } from '../../electron/till/app.ts';
import { type Client, createClient } from '../../shared/contract/client.ts';
import { type TillContract, tillContract } from '../../shared/contract/till.ts';
import { harbourStreet } from '../../shared/demo/harbour-street.ts';
import { openingStock_milli } from '../../shared/demo/opening-stock.ts';
import { type HeadOfficeClient, newCommand } from './company.ts';

/** How long a till that has just joined may take to learn the catalogue; generous, for a busy PC. */
const patience_ms = 60_000;
const lookAgain_ms = 100;
const mostProducts = 500;

type TillClient = Client<TillContract>;

/** Adjusts the stock of all products by what lies on the shelves, unless anything was ever moved. */
export async function countOpeningStock(
  till: Till,
  office: HeadOfficeClient,
  report: (line: string) => void,
): Promise<void> {
  const { products } = await office.product.list({ include_inactive: true, limit: mostProducts });
  if (products.some(({ stock_milli }) => (stock_milli ?? 0) !== 0)) return;
  report('Counting the opening stock …');
  const visitor = createClient(tillContract, till.invoke, { session: () => undefined, newCommand });
  const { token } = await visitor.session.sign_in(await findManager(visitor));
  const client = createClient(tillContract, till.invoke, { session: () => token, newCommand });
  const shelves = await findShelves(client, products.length);
  const lines = shelves
    .map((one) => ({ product: one.product, quantity_milli: openingStock_milli(one) }))
    .filter(({ quantity_milli }) => quantity_milli !== 0);
  // What an earlier run has counted may not have reached the head office.
  const isUntouched = shelves.every(({ stock_milli }) => (stock_milli ?? 0) === 0);
  if (isUntouched && lines.length > 0) await client.stock.adjust({ reason: 'Opening stock', lines });
  await client.session.lock({});
}

/** Whoever may adjust stock, as soon as the till knows them. */
async function findManager(client: TillClient) {
  const manager = harbourStreet.staff.find(({ role }) => role === 'manager');
  if (manager === undefined) throw new Error('the demo shop has no manager');
  await until(async () => {
    const { people } = await client.session.choices({});
    return people.some(({ has_pin, name }) => has_pin && name === manager.name);
  });
  return { who: { login: manager.login }, credential: { kind: 'password', secret: manager.password } } as const;
}

/** The catalogue at the till, as soon as all of it is there. */
async function findShelves(client: TillClient, count: number) {
  const list = () => client.product.list({ text: '', include_inactive: true, offset: 0, limit: mostProducts });
  await until(async () => (await list()).total >= count);
  return (await list()).products;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patience_ms;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('the till has not learnt of its shop from the head office');
    await wait(lookAgain_ms);
  }
}
