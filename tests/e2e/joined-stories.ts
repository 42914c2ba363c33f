/** A till that has joined a head office, on a real PostgreSQL: what it shows of the two. */
import { expect, it } from 'vitest';
import { outOfSight, speak } from '../support/layout.ts';
import { closeCompany, openCompany, startPc } from '../lifecycle/world.ts';
import { closeShiftOfOneTea, openJoined, sellTea, signInAsMira, typeCode } from './support/company.ts';
import { eventually, manage, openAction, openDemo, openShop, pounds, type World } from './support/shop.ts';

export function joinedStories(world: () => World): void {
  it('lets a manager change a price, sells by it at once, and says what the head office decided', async () => {
    const { close, company, complaints, page } = await openJoined(world());
    const { client, product } = company;
    await openAction(page, 'Products');
    await page.getByText('A change made here counts at this till at once.').waitFor();
    const row = page.getByRole('row', { name: /Tea/ });
    await row.click();
    await page.getByLabel('Price').fill('2.70');
    await page.keyboard.press('F10');
    await page.getByText('Tea is saved').waitFor();
    await eventually(async () => (await client.product.show({ product })).price_minor).toBe(270);
    await eventually(() => page.getByText(/at the head office/u).count()).toBe(0);

    // Both ends change it while the wire is cut.
    await company.shop.admin.query('update tills set active = false');
    await client.product.edit({ product, against: 2, changes: { price: '2.50' } });
    await page.getByLabel('Price').fill('2.90');
    await page.keyboard.press('F10');
    await page.getByText('Tea: price is £2.90 here, £2.70 at the head office').waitFor();
    await page.getByRole('button', { name: 'Back' }).first().click();
    await eventually(() => row.innerText()).toMatch(/Not decided yet[\s\S]*2\.90/u);
    await company.shop.admin.query('update tills set active = true');
    await openAction(page, 'Head office');
    const tryNow = page.getByRole('button', { name: 'Try now' });
    for (let presses = 0; presses < 5; presses += 1) await tryNow.click();
    await page.getByText('Everything is confirmed').waitFor();
    await openAction(page, 'Products');
    await page.getByText('Tea: the head office says price £2.50, you wanted £2.90').waitFor();
    expect(await row.innerText()).toContain('2.50');

    const [edit] = (await client.inbox.list({})).edits;
    if (edit === undefined) throw new Error('nothing waits');
    const { field, seq, till, version } = edit;
    await client.inbox.decide_edit({ till, seq, field, take: false, against: version });
    await page.getByText('Tea: the head office kept price £2.50; you wanted £2.90').waitFor();
    expect(await page.locator('main').innerText()).toContain('Decided by Elena Lindqvist');
    await page.setViewportSize({ width: 1024, height: 768 });
    for (const language of ['de', 'ar', 'en'] as const) {
      await speak(page, language);
      await page.getByRole('row').nth(1).waitFor();
      expect({ language, out: await outOfSight(page) }).toEqual({ language, out: [] });
    }
    await page.getByRole('button', { name: 'Got it' }).click();
    await eventually(() => page.getByText(/the head office kept/u).count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says what waits, why, and what to do, and goes on when somebody presses try now', async () => {
    const { close, company, complaints, page } = await openJoined(world());
    await openAction(page, 'Head office');
    await page.getByText('Everything is confirmed').waitFor();
    const main = page.locator('main');
    expect(await main.innerText()).toMatch(/127\.0\.0\.1, port \d+, on this PC/u);
    await page.getByText('Nothing waits').waitFor();

    await company.shop.admin.query('update tills set active = false');
    await page.keyboard.press('Escape');
    await page.evaluate(() => void (window.location.hash = '#/'));
    await sellTea(page);
    await sellTea(page);
    await page.getByRole('button', { name: 'Sync stopped, sales are safe here' }).click();
    await page.getByText('The head office took this till out of use').waitFor();
    const kinds = page
      .getByRole('region', { name: 'What waits' })
      .or(page.locator('section', { hasText: 'What waits' }));
    await eventually(() => kinds.last().innerText()).toMatch(/Sale\s+2/u);
    expect(await main.innerText()).toContain('Call the head office');

    await company.shop.admin.query('update tills set active = true');
    const tryNow = page.getByRole('button', { name: 'Try now' });
    for (let presses = 0; presses < 5; presses += 1) await tryNow.click();
    await page.getByText('Everything is confirmed').waitFor();
    await page.getByText('Nothing waits').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('names what the head office put aside, in words, until it has put it in', async () => {
    const { close, company, page } = await openJoined(world());
    const { admin } = company.shop;
    await admin.query('alter table sales add constraint no_tea check (total_minor <> 250) not valid');
    await sellTea(page);
    await openAction(page, 'Head office');
    await page.getByRole('heading', { name: 'Put aside at the head office' }).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'It does not fit the tables' });
    expect(await row.innerText()).toMatch(/Sale/u);
    await admin.query('alter table sales drop constraint no_tea');
    const { entries } = await company.client.quarantine.list({});
    for (const { seq, till } of entries) await company.client.quarantine.project_again({ till, seq });
    await page.getByRole('heading', { name: 'Put aside at the head office' }).waitFor({ state: 'detached' });
    await close();
  });

  it('shows each closing as it was printed, with what the head office found of it', async () => {
    const { close, company, complaints, page } = await openJoined(world());
    await sellTea(page);
    await closeShiftOfOneTea(page);
    await page.getByText('The head office computed it again and agrees').waitFor();
    await page.keyboard.press('Enter');

    await page.getByLabel('Cash in the drawer').fill('102.50');
    await page.keyboard.press('Enter');
    await sellTea(page);
    await eventually(() => company.shop.value('select count(*)::int from sales')).toBe(2);
    await company.shop.admin.query('update sales set total_minor = total_minor + 1');
    await openAction(page, 'Close the shift');
    await page.getByLabel('How many £50').fill('2');
    await page.getByLabel('How many £5', { exact: true }).fill('1');
    await page.keyboard.press('F10');
    await page.getByText('The count is right').waitFor();
    await page.keyboard.press('F8');
    await page.getByText('The head office computed it again and differs').waitFor();

    await openAction(page, 'Head office');
    await page.getByRole('heading', { name: 'Closings that differ' }).waitFor();
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText('Sales total: £2.50 here, £2.51 there').waitFor();
    const rows = page.getByRole('row');
    await eventually(() => rows.filter({ hasText: 'Z 2' }).innerText()).toContain('differs');
    await eventually(() => rows.filter({ hasText: 'Z 1' }).innerText()).toContain('agrees');
    await rows.filter({ hasText: 'Z 1' }).click();
    await page.getByRole('article').getByText('Z 1').waitFor();
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes');
    });
    await page.keyboard.press('F2');
    expect(await page.locator('body').getAttribute('data-printed')).toBe('yes');
    expect(await page.locator('[data-printout]').textContent()).toContain('Mira Osei');

    // All of it can be read on the smallest till, in every language.
    await page.setViewportSize({ width: 1024, height: 768 });
    for (const language of ['en', 'de', 'ar'] as const) {
      await speak(page, language);
      for (const hash of ['#/sync', '#/shift/closed']) {
        await page.evaluate((to) => void (window.location.hash = to), hash);
        await page.locator('main h1').first().waitFor();
        await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
        if (hash !== '#/sync') await page.getByRole('row').nth(1).click();
        if (hash !== '#/sync') await page.getByRole('article').first().waitFor();
        expect({ language, hash, out: await outOfSight(page) }).toEqual({ language, hash, out: [] });
      }
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('says after a PC was taken over what did not come along, and whose shift is open', async () => {
    const company = await openCompany();
    const { code } = await company.client.enrolment.create({
      store: company.shop.store,
      till_code: 'HS1',
      till_name: 'Counter',
    });
    const old = await startPc(company, 'first', code);
    await old.sell(2);
    await old.inStep();
    old.stop();
    const { tills } = await company.client.till.list({});
    const taken = await company.client.enrolment.create_takeover({ till: tills[0]?.till ?? ('' as never) });
    const shop = await openShop(world());
    const { page } = shop;
    await typeCode(page, taken.code);
    await page.getByRole('heading', { name: 'This PC is now till HS1' }).waitFor();
    await page.getByText('Baskets that were open on the old PC are gone').waitFor();
    await page.getByText(/Shift 1 is still open, since/u).waitFor();
    await page.getByText('Opened by Mira Osei').waitFor();
    await page.keyboard.press('Enter');
    await signInAsMira(page);
    await page.getByText('Basket is empty').waitFor();
    expect(shop.complaints).toEqual([]);
    await shop.close();
    await closeCompany(company);
  });
}

/** Of a till that stands alone. */
export function closingsStories(world: () => World): void {
  it('says that nothing was closed yet', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page } = shop;
    await openAction(page, 'Closings (Z)');
    await page.getByText('No shift was closed yet').waitFor();
    expect(await page.getByRole('button', { name: 'Older' }).count()).toBe(0);
    await shop.close();
  });

  it('pages through more closings than fit, back and forth, none twice', async () => {
    const shop = await openDemo(world(), 'Elena Lindqvist');
    const { page, till } = shop;
    await manage(till, async (tell) => {
      for (let n = 1; n <= 119; n += 1) {
        await tell('shift.close', { counted: '100', denominations: [], reason: null });
        await tell('shift.open', { float: '100' });
      }
    });
    await page.evaluate(() => void (window.location.hash = '#/shift/closed'));
    const numbers = async () =>
      (await page.getByRole('rowheader').allInnerTexts()).map((text) => Number(text.replace('Z ', '')));
    const from = (first: number, last: number) => Array.from({ length: first - last + 1 }, (_, i) => first - i);
    await eventually(numbers).toEqual(from(119, 70));
    await page.getByRole('button', { name: 'Older' }).click();
    await eventually(numbers).toEqual(from(69, 20));
    await page.getByRole('button', { name: 'Older' }).click();
    await eventually(numbers).toEqual(from(19, 1));
    expect(await page.getByRole('button', { name: 'Older' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Newer' }).click();
    await eventually(numbers).toEqual(from(69, 20));
    // Its Z, with what it counted.
    await page.getByRole('row').filter({ hasText: 'Z 42' }).click();
    await page.getByRole('article').getByText('Z 42').waitFor();
    expect(await page.getByRole('article').innerText()).toContain(pounds(10_000));
    // Alone, nobody checks anything.
    expect(await page.locator('main').innerText()).not.toContain('head office');
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });

  it('are not for a cashier', async () => {
    const shop = await openDemo(world(), 'Jonas M.');
    const { page } = shop;
    await page.evaluate(() => void (window.location.hash = '#/shift/closed'));
    await page.getByText('You may not read the report of a shift.').waitFor();
    await shop.close();
  });
}
