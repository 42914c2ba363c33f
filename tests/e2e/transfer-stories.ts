/** Goods between stores where answers get lost and windows are reloaded: nothing of them counts twice. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { eventually, manage, openDemo, scan, type Shop, somethingToSell, type World } from './support/shop.ts';

const [first, second, third] = [somethingToSell(0), somethingToSell(1), somethingToSell(2)] as const;
const [alma, quay] = ['019a0000-0001-7000-8000-000000000001', '019a0000-0001-7000-8000-000000000002'] as const;

/** How many entries of a kind are in the journal. */
function entries({ files }: Shop, kind: string): unknown {
  const file = openTillFileToRead(files.till);
  try {
    return file.connection.prepare('SELECT count(*) FROM journal WHERE kind = ?').pluck().get(kind);
  } finally {
    file.close();
  }
}

/** A shop whose company has two other stores. */
async function openAmongStores(world: World): Promise<Shop> {
  const shop = await openDemo(world, 'Elena Lindqvist');
  const stores = [
    { store: alma, name: 'Alma Place', active: true },
    { store: quay, name: 'Quay Street', active: true },
  ];
  tell(shop, ...stores.map((row) => ({ kind: 'store' as const, row })));
  return shop;
}

const told = new WeakMap<Shop, number>();

/** What the head office tells of the company. */
function tell(shop: Shop, ...rows: readonly { readonly kind: string; readonly row: unknown }[]): void {
  const before = told.get(shop) ?? 0;
  const changes = rows.map(({ kind, row }, i) => ({ position: before + i + 1, kind, row }));
  const position = before + rows.length;
  told.set(shop, position);
  shop.till.sync.applyPage({ stream: 'company', tag: 'tag', snapshot: null, changes, position });
}

const statusOf = z.object({ store: z.string() });
const hitsOf = z.object({ products: z.array(z.object({ product: z.string(), sku: z.string() })).min(1) });

/** Goods on their way from Quay Street, five of each. */
async function announce(shop: Shop, number: string, ...names: readonly string[]): Promise<void> {
  await announceAs('on_the_way', shop, number, ...names);
}

/** The same, or that they never left. */
async function announceAs(
  state: 'on_the_way' | 'cancelled',
  shop: Shop,
  number: string,
  ...names: readonly string[]
): Promise<void> {
  await manage(shop.till, async (ask) => {
    const { store } = statusOf.parse(await ask('setup.status', {}));
    const lines = [];
    for (const name of names) {
      const { products } = hitsOf.parse(await ask('product.search', { text: name, limit: 1 }));
      const [{ product, sku } = { product: '', sku: '' }] = products;
      lines.push({ product, sku, name, unit: 'piece', sent_milli: 5000, received_milli: null });
    }
    const sent = { number, from_store: quay, to_store: store, sent_at: '2026-11-21T08:00:00.000Z', lines };
    tell(shop, { kind: 'transfer', row: { ...sent, state } });
  });
}

/** A line whose answers can be lost; the page is loaded anew behind it. */
async function loseable(page: Page) {
  const state = { loses: '', isCut: false };
  const idOf = (text: string | Buffer) =>
    z.looseObject({ id: z.unknown() }).safeParse(JSON.parse(String(text))).data?.id;
  await page.routeWebSocket(/.*/u, (window) => {
    if (state.isCut) return void window.close();
    const till = window.connectToServer();
    // Of this connection, and for good: an answer that is slower than `mend` is lost all the same.
    const lost = new Set<unknown>();
    window.onMessage((text) => {
      if (state.loses !== '' && String(text).includes(state.loses)) lost.add(idOf(text));
      till.send(text);
    });
    till.onMessage((text) => {
      const id = idOf(text);
      if (id !== undefined && lost.has(id)) return state.isCut ? void window.close() : undefined;
      return window.send(text);
    });
  });
  await page.reload();
  return {
    /** No answer comes to any call of this operation. */
    lose: (operation: string) => (state.loses = operation),
    /** And the line is cut instead, for good. */
    cut: (operation: string) => {
      state.loses = operation;
      state.isCut = true;
    },
    mend: () => {
      state.loses = '';
      state.isCut = false;
    },
  };
}

async function write(page: Page, name: string, quantity: string): Promise<void> {
  await page.getByRole('row').filter({ hasText: name }).click();
  await page.getByRole('dialog').getByLabel('Quantity').fill(quantity);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => void (window.location.hash = to), hash);
}

export function transferStories(world: () => World): void {
  it('receives once what no answer came to before the window was loaded anew', async () => {
    const shop = await openAmongStores(world());
    const { page } = shop;
    await announce(shop, 'QU1-A-T1', first.name, second.name);
    const line = await loseable(page);
    await goTo(page, '#/stock/transfers/QU1-A-T1/receive');
    await page.getByRole('button', { name: 'All as sent' }).waitFor();
    await write(page, first.name, '5');
    await write(page, second.name, '2');
    line.lose('transfer.receive');
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('1 product differs from what was sent').waitFor();
    await dialog.getByText('More of it is still to come').click();
    await dialog.getByText('The rest stays on the way').waitFor();
    expect(await dialog.getByText('differs').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Receive', exact: true }).click();
    await eventually(async () => entries(shop, 'stock.received')).toBe(1);
    line.mend();
    await page.reload();
    // What was sent off goes again by itself, as it was.
    await page.getByRole('heading', { name: 'Transfer QU1-A-T1' }).waitFor();
    await page.getByText('partly received', { exact: true }).waitFor();
    await eventually(() => page.getByRole('row').filter({ hasText: second.name }).innerText()).toMatch(/5\s+2$/u);
    expect(entries(shop, 'stock.received')).toBe(1);
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByRole('row').filter({ hasText: second.name }).waitFor();
    expect(await page.getByRole('row').filter({ hasText: first.name }).count()).toBe(0);
    await shop.close();
  });

  it('says that goods which never left have come all the same, and all of them as too much', async () => {
    const shop = await openAmongStores(world());
    const { page } = shop;
    await announce(shop, 'QU1-A-T4', first.name);
    await goTo(page, '#/stock/transfers/QU1-A-T4/receive');
    await page.getByRole('button', { name: 'All as sent' }).click();
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByText('received', { exact: true }).waitFor();
    await announceAs('cancelled', shop, 'QU1-A-T4', first.name);
    await page.getByText('cancelled, yet arrived', { exact: true }).waitFor();
    await eventually(() => page.getByRole('row').filter({ hasText: first.name }).innerText()).toMatch(/5\s+5\s+\+5$/u);
    await shop.close();
  });

  it('warns of goods that the sender has cancelled, counts them against nothing, and lets a wrong receipt of them be put right', async () => {
    const shop = await openAmongStores(world());
    const { page } = shop;
    await announce(shop, 'QU1-A-T5', first.name);
    await goTo(page, '#/stock/transfers/QU1-A-T5/receive');
    await page.getByRole('button', { name: 'All as sent' }).waitFor();
    // Cancelled while somebody is about to receive them.
    await announceAs('cancelled', shop, 'QU1-A-T5', first.name);
    await page.getByText('The sender has cancelled this transfer', { exact: true }).waitFor();
    await page.getByText('Receive only what is really there. It shows as not as sent').waitFor();
    await page.getByText('Nothing written down yet').waitFor();
    expect(await page.getByRole('button', { name: 'All as sent' }).count()).toBe(0);
    await scan(page, first.barcode);
    await page.getByRole('row').filter({ hasText: first.name }).waitFor();
    await write(page, first.name, '40');
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('The sender has cancelled this transfer. These goods are in the stock here').waitFor();
    expect(await dialog.getByText(/nobody has sent|differ|still to come/u).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByText('cancelled, yet arrived', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await page.getByRole('heading', { name: 'Correct what was received of QU1-A-T5' }).waitFor();
    await write(page, first.name, '0');
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    const form = page.getByRole('dialog');
    await form.getByText('Mistyped', { exact: true }).click();
    expect(await form.getByText('still to come').count()).toBe(0);
    await form.getByRole('button', { name: 'Correct', exact: true }).click();
    // None of it came: both sides agree.
    await page.getByText('cancelled', { exact: true }).waitFor();
    expect([entries(shop, 'stock.received'), entries(shop, 'stock.receipt_corrected')]).toEqual([1, 1]);
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });

  it('sends once, to the store that was chosen, what no answer came to, and lets nobody change it before', async () => {
    const shop = await openAmongStores(world());
    const { page } = shop;
    const line = await loseable(page);
    await goTo(page, '#/stock/transfers/send');
    await page.getByRole('button', { name: /Alma Place/u }).click();
    await page.getByRole('option', { name: 'Quay Street' }).click();
    await scan(page, first.barcode);
    await page.getByRole('row').filter({ hasText: first.name }).waitFor();
    await page.reload();
    await page.getByRole('row').filter({ hasText: first.name }).waitFor();
    await page.getByRole('button', { name: /Quay Street/u }).waitFor();
    line.cut('transfer.send');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Send these goods to Quay Street?' });
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('nobody knows yet whether this was written down').waitFor();
    expect(entries(shop, 'stock.sent')).toBe(1);
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Clear the list' }).count()).toBe(0);
    line.mend();
    await page.getByRole('button', { name: 'Try again', exact: true }).click();
    await page.getByText(/Write [A-Z0-9]+-[A-Z]-T1 on the paper/u).waitFor();
    await page.getByText('Quay Street').waitFor();
    expect(entries(shop, 'stock.sent')).toBe(1);
    // The next goods begin with nothing.
    await goTo(page, '#/stock/transfers/send');
    await page.getByText('Nothing written down yet').waitFor();
    await shop.close();
  });

  it('says what nobody has sent, what came that was not sent so, and that own goods are cancelled', async () => {
    const shop = await openAmongStores(world());
    const { page } = shop;
    await announce(shop, 'QU1-A-T2', first.name, second.name);
    await goTo(page, '#/stock/transfers/QU1-A-T2/receive');
    await page.getByRole('button', { name: 'All as sent' }).click();
    await scan(page, third.barcode);
    await page.getByRole('row').filter({ hasText: third.name }).waitFor();
    await write(page, first.name, '10');
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('1 product is among them that nobody has sent. The head office is told.').waitFor();
    await dialog.getByText('1 product differs from what was sent').waitFor();
    await dialog.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByText('not as sent', { exact: true }).waitFor();
    const row = page.getByRole('row').filter({ hasText: first.name });
    await eventually(() => row.innerText()).toMatch(/5\s+10\s+\+5$/u);

    // What is written down already can be changed, and is not called a list to be cleared.
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await row.waitFor();
    expect(await page.getByRole('button', { name: 'Undo the changes' }).count()).toBe(0);
    await write(page, first.name, '5');
    await page.getByRole('button', { name: 'Undo the changes' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo the changes' }).click();
    await eventually(() => row.innerText()).toMatch(/10\s+10$/u);

    await goTo(page, '#/stock/transfers/send');
    await scan(page, first.barcode);
    await page.getByRole('row').filter({ hasText: first.name }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Send', exact: true }).click();
    const paper = await page.getByText(/Write [A-Z0-9]+-[A-Z]-T1 on the paper/u).innerText();
    const [number = ''] = /[A-Z0-9]+-[A-Z]-T1/u.exec(paper) ?? [];
    await goTo(page, `#/stock/transfers/${number}/receive`);
    await page.getByText('These goods were sent from here').waitFor();
    await page.getByRole('button', { name: `Transfer ${number}` }).click();
    await page.getByRole('button', { name: 'Cancel the transfer' }).waitFor();
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });
}
