import { expect, it } from 'vitest';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { eventually, openAction, openDemo, scan, type Shop, somethingToSell, type World } from './support/shop.ts';

const [first, second] = [somethingToSell(0), somethingToSell(1)];

/** How many corrections of stock are in the journal. */
function corrections({ files }: Shop): unknown {
  const file = openTillFileToRead(files.till);
  try {
    return file.connection.prepare("SELECT count(*) FROM journal WHERE kind = 'stock.adjusted'").pluck().get();
  } finally {
    file.close();
  }
}

export function stockStories(world: () => World): void {
  it('counts a shelf by scanning and typing, sees what differs only when told to, and posts it', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Stock take');
    await page.getByText('The whole store').waitFor();
    await page.getByRole('button', { name: 'Start counting' }).click();
    await page.getByText(/0 of \d+ counted/u).waitFor();
    await scan(page, first.barcode);
    await scan(page, first.barcode);
    await page.getByText('2 counted', { exact: true }).waitFor();
    await scan(page, '4006381333931');
    await page.getByText(/Unknown barcode/u).waitFor();

    await page.getByLabel('Name, SKU or barcode').fill(second.name);
    const row = page.getByRole('row').filter({ hasText: second.name }).first();
    await row.click();
    await page.getByRole('dialog').getByLabel('Counted').fill('99999999999999999999');
    await page.keyboard.press('Enter');
    await page.getByText('This quantity is too large').waitFor();
    await page.getByRole('dialog').getByLabel('Counted').fill('7');
    await page.keyboard.press('Enter');
    await page.getByText('7 counted', { exact: true }).waitFor();
    // The page is loaded anew: what was counted is the till's, not the screen's.
    await page.reload();
    await page.getByText(/2 of \d+ counted/u).waitFor();
    expect(await page.getByText('Expected').count()).toBe(0);

    await page.getByRole('button', { name: 'Differences' }).click();
    await page.getByRole('columnheader', { name: 'Expected' }).waitFor();
    await page.getByText(/products are not counted and stay as they are/u).waitFor();
    await page.getByRole('button', { name: 'Post' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Post' }).click();
    await page.getByRole('heading', { name: 'The stock take is posted' }).waitFor();

    await openAction(page, 'Stock');
    await page.getByLabel('Name, SKU or barcode').fill(second.name);
    await eventually(() => page.getByRole('row').filter({ hasText: second.name }).first().innerText()).toMatch(
      /\b7\b/u,
    );
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });

  it('counts chosen products alone: scanned, or found by name', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Stock take');
    await page.getByRole('radio', { name: 'Products' }).click();
    const start = page.getByRole('button', { name: 'Start counting' });
    await page.getByText('Scan the products to be counted').waitFor();
    expect(await start.isDisabled()).toBe(true);
    await scan(page, first.barcode);
    await page.getByText('1 product chosen', { exact: true }).waitFor();
    await scan(page, '4006381333931');
    await page.getByText('4006381333931 names no product. Nothing was added.').waitFor();
    await page.getByLabel('Name, SKU or barcode').fill(second.name);
    await page.getByRole('list', { name: 'Products found' }).getByRole('button').first().click();
    await page.getByText('2 products chosen', { exact: true }).waitFor();
    // Neither a reload nor a look at another screen loses what was chosen.
    await page.reload();
    await page.getByText('2 products chosen', { exact: true }).waitFor();
    await openAction(page, 'Stock');
    await openAction(page, 'Stock take');
    await page.getByText('2 products chosen', { exact: true }).waitFor();
    await page.getByRole('button', { name: `Do not count ${first.name}` }).click();
    await page.getByText('1 product chosen', { exact: true }).waitFor();
    await start.click();
    await page.getByText('0 of 1 counted').waitFor();
    await scan(page, first.barcode);
    await page.getByText(/is not in this stock take/u).waitFor();
    await scan(page, second.barcode);
    await page.getByText('1 of 1 counted').waitFor();
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });

  it('takes the rest for none when somebody says so, and gives up a stock take of which nothing is kept', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    const confirm = async (name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('alertdialog').getByRole('button', { name, exact: true }).click();
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    };
    await openAction(page, 'Stock take');
    await page.getByRole('button', { name: 'Start counting' }).click();
    await scan(page, first.barcode);
    await page.getByText('1 counted', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Differences' }).click();
    await confirm('The rest is none');
    await page.getByText(/not counted and stay/u).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByText(/(\d+) of \1 counted/u).waitFor();
    await confirm('Give up');
    await page.getByRole('button', { name: 'Start counting' }).waitFor();
    await openAction(page, 'Stock');
    // Posted, it would be the one that was counted.
    await page.getByLabel('Name, SKU or barcode').fill(first.name);
    const row = page.getByRole('row').filter({ hasText: first.name }).first();
    await eventually(() => row.innerText()).toMatch(/\b0$/u);
    await shop.close();
  });

  it('shows what is below zero, and corrects it with a reason', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Stock');
    await page.getByRole('radio', { name: /Below zero \(0\)/u }).waitFor();
    await page.getByLabel('Name, SKU or barcode').fill(first.name);
    await page.getByRole('row').filter({ hasText: first.name }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Less').click();
    await dialog.getByLabel('Quantity').fill('5000');
    await page.keyboard.press('Enter');
    await dialog.getByText('Missing').click();
    const before = corrections(shop);
    // A screen that bounces, or two clicks that a busy PC has queued: they are one.
    await dialog.getByRole('button', { name: 'Correct' }).dblclick();
    await page.getByText(`The stock of ${first.name} is corrected`).waitFor();
    expect(corrections(shop)).toBe(Number(before) + 1);
    await page.getByLabel('Name, SKU or barcode').fill('');
    await page.getByRole('radio', { name: /Below zero \(1\)/u }).click();
    await page.getByRole('row').filter({ hasText: first.name }).getByText('below zero').waitFor();
    await eventually(() => page.getByRole('row').count()).toBe(2);
    await shop.close();
  });

  it('lets a cashier count, and neither look at what is expected nor post', async () => {
    const shop = await openDemo(world());
    const { page } = shop;
    await openAction(page, 'Stock take');
    await page.getByRole('button', { name: 'Start counting' }).click();
    await page.getByText(/0 of \d+ counted/u).waitFor();
    await scan(page, first.barcode);
    await page.getByText('1 counted', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Differences' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Give up' }).count()).toBe(0);
    await shop.close();
  });

  it('sends goods to another store with a number for the paper, and receives by number what nobody has announced', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Stock');
    await page.getByRole('row').nth(1).waitFor();
    // A till that stands alone has nowhere to send to.
    expect(await page.getByRole('button', { name: 'Transfers' }).count()).toBe(0);
    const row = { store: '019a0000-0001-7000-8000-000000000001', name: 'Quay', active: true };
    const changes = [{ position: 1, kind: 'store', row }];
    shop.till.sync.applyPage({ stream: 'company', tag: 'tag', snapshot: null, changes, position: 1 });
    await page.getByRole('button', { name: 'Transfers' }).click();
    await page.getByRole('button', { name: 'Send goods' }).click();
    await scan(page, first.barcode);
    await scan(page, first.barcode);
    await page.getByRole('row').filter({ hasText: first.name }).getByText('2').waitFor();
    // Neither a reload nor a look at another screen loses what was written down; whoever wishes begins anew.
    await page.reload();
    await page.getByRole('row').filter({ hasText: first.name }).getByText('2').waitFor();
    await page.getByRole('button', { name: 'Clear the list' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Clear the list' }).click();
    await page.getByText('Nothing written down yet').waitFor();
    await scan(page, first.barcode);
    await page.getByRole('row').filter({ hasText: first.name }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Send goods' }).click();
    await page.getByRole('row').filter({ hasText: first.name }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const asked = page.getByRole('alertdialog', { name: 'Send these goods to Quay?' });
    await asked.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText(/Write [A-Z0-9]+-[A-Z]-T1 on the paper/u).waitFor();
    await page.getByText('on the way', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Cancel the transfer' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the transfer' }).click();
    await page.getByText('cancelled', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Receive by number' }).click();
    const number = page.getByRole('dialog').getByLabel('Number');
    await number.fill('qu1-at9');
    await page.keyboard.press('Enter');
    await page.getByText('It looks like HS2-A-T12').first().waitFor();
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    await number.fill('qu1-a-t9');
    await page.keyboard.press('Enter');
    await page.getByText('No transfer with the number QU1-A-T9 is known here').waitFor();
    // However often Enter is pressed: who has the paper in hand says so by a press of its own.
    await page.keyboard.press('Enter');
    expect(await page.getByText('This till has not heard of this transfer yet').count()).toBe(0);
    await number.fill('qu1-a-t8');
    await eventually(() => page.getByText('is known here').count()).toBe(0);
    await number.fill('qu1-a-t9');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'It stands on the paper: receive it' }).click();
    await page.getByText('This till has not heard of this transfer yet').waitFor();
    await scan(page, second.barcode);
    await page.getByRole('row').filter({ hasText: second.name }).waitFor();
    await page.reload();
    await page.getByRole('row').filter({ hasText: second.name }).waitFor();
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByRole('heading', { name: 'Transfer QU1-A-T9' }).waitFor();
    await page.getByText('received', { exact: true }).waitFor();

    // Twice as many were written down as came, and the rest comes tomorrow.
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await page.getByRole('row').filter({ hasText: second.name }).click();
    await page.getByRole('dialog').getByLabel('Quantity').fill('3');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Miscounted').click();
    await dialog.getByText('More of it is still to come').click();
    await dialog.getByRole('button', { name: 'Correct', exact: true }).click();
    await page.getByText('partly received', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await scan(page, second.barcode);
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByRole('alertdialog').getByText('More of it is still to come').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Receive', exact: true }).click();
    await eventually(() => page.getByRole('row').filter({ hasText: second.name }).innerText()).toMatch(/4/u);
    await page.getByRole('button', { name: 'Nothing more comes' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Nothing more comes' }).click();
    await page.getByText('received', { exact: true }).waitFor();
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });
}
