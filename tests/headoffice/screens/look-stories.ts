/** What somebody at the head office looks at. */
import { describe, expect, it } from 'vitest';
import { startServer } from '../../../headoffice/server.ts';
import { faults } from '../../support/faults.ts';
import {
  eventually,
  go,
  open,
  openAt,
  openEmpty,
  overflow_px,
  pounds,
  sellOneMore,
  someSale,
  typeDay,
  type World,
} from './support.ts';

export function lookStories(world: () => World): void {
  describe('signing in', () => {
    it('says what is wrong, and after too many tries to wait', async () => {
      const { page } = await open(world());
      await page.getByLabel('Sign-in name').fill('somebody');
      for (let i = 0; i < 5; i += 1) {
        await page.getByLabel('Password').fill('wrong');
        await page.keyboard.press('Enter');
        await page.getByText('The sign-in name or the password is wrong. Try again.').waitFor();
        await eventually(() => page.getByLabel('Password').inputValue()).toBe('');
      }
      await page.getByLabel('Password').fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('Too many tries. Wait 15 minutes, then try again.').waitFor();
    });

    it('holds over a reload, and ends with signing out', async () => {
      const page = await openAt(world());
      await page.reload();
      await page.getByRole('heading', { name: 'Today' }).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      expect(await page.getByText('Your session has ended').count()).toBe(0);
    });

    it('that ended on the server brings the page back to it, and tells so', async () => {
      const before = await world().example.admin.query<{ token_hash: Buffer }>(
        'select token_hash from evertill.office_sessions',
      );
      const page = await openAt(world());
      await world().example.admin.query(
        "update evertill.office_sessions set expires_at = '2026-01-01' where token_hash <> all ($1)",
        [before.rows.map(({ token_hash }) => token_hash)],
      );
      await page.getByText('Your session has ended. Sign in again.').waitFor();
    });
  });
  describe('the day', () => {
    it('shows what the report says, the worst till first, and grows by itself when a till sends a sale', async () => {
      const page = await openAt(world());
      const { totals } = await world().example.client.report.today({});
      const shown = async () => (await page.locator('dl').first().innerText()).replaceAll(/\s+/g, ' ');
      await eventually(shown).toContain(pounds(totals[0]?.sales.total_minor ?? 0));
      expect(await shown()).toContain('26 entries');
      expect(await shown()).toMatch(/2 h \d+ min/);
      const tills = page.getByRole('table', { name: 'Tills' }).getByRole('row');
      expect(await tills.nth(1).innerText()).toMatch(/KI1 Kiosk 1.*asks to speak.*Another PC/s);
      expect(await page.getByText('Another PC asks to speak for Kiosk 1').count()).toBe(1);

      const before = totals[0]?.sales.count ?? 0;
      await sellOneMore(world(), 1);
      await eventually(async () => (await world().example.client.report.today({})).totals[0]?.sales.count).toBe(
        before + 1,
      );
      const after = (await world().example.client.report.today({})).totals[0]?.sales.total_minor ?? 0;
      await eventually(shown).toContain(pounds(after));
    });

    it('of another week is shown when it is chosen, and an empty one leads to the last with sales', async () => {
      const page = await openAt(world());
      await typeDay(page, 'Day', '13112026');
      await page.getByRole('heading', { name: 'The day' }).waitFor();
      await page.getByText('Friday, 13 November 2026').waitFor();
      await typeDay(page, 'Day', '14112026');
      await page.getByText('No sales on this day').waitFor();
      await page.getByRole('button', { name: 'Friday, 20 November 2026' }).click();
      await page.getByText('By store').waitFor();
    });
  });
  describe('the sales', () => {
    it('arrive while somebody looks, are found by number, and lead to the sale', async () => {
      const page = await openAt(world(), '#/sales');
      const rows = page.getByRole('table', { name: 'Sales' }).getByRole('row');
      const first = async () => await rows.nth(1).innerText();
      const before = await first();
      await sellOneMore(world(), 1);
      await eventually(first).not.toBe(before);
      expect(await first()).toContain('7.80');
      const number = /HS2-A-\d{6}/.exec(await first())?.[0] ?? '';
      await page.getByLabel('Receipt number').fill(number.toLowerCase());
      await eventually(() => rows.count()).toBe(2);
      // By keyboard: into the table, and open it.
      await rows.nth(1).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: number }).waitFor();
    });

    it('that no filter leaves say so, and all come back at once', async () => {
      const page = await openAt(world(), '#/sales');
      await page.getByLabel('Receipt number').fill('HS1-Z-1');
      await page.getByText('No sale fits').waitFor();
      await page.getByRole('button', { name: 'Show all' }).click();
      // Of a long list only those in sight are there, and the table says how many there are; of a short one all.
      const listed = async () =>
        Number((await page.getByRole('table').getAttribute('aria-rowcount')) ?? (await page.getByRole('row').count()));
      await eventually(listed).toBeGreaterThan(20);
      const before = await listed();
      await page.getByRole('button', { name: 'Older sales' }).click();
      await eventually(listed).toBeGreaterThan(before);
    });
  });
  describe('a sale', () => {
    it('shows its lines, its receipt, its entry both ways, and a chain that holds', async () => {
      const { hash, sale, store } = await someSale(world());
      const page = await openAt(world(), hash);
      await page.getByText('Chain verified').waitFor();
      expect(await page.getByText('Till and head office agree.').count()).toBe(1);
      const shown = await world().example.client.sale.show({ store, sale });
      for (const line of shown.lines) {
        expect(await page.getByRole('table').getByText(line.name).count()).toBe(1);
        expect(await page.getByRole('article', { name: 'Receipt' }).getByText(line.name).count()).toBe(1);
      }
      expect(await page.getByText(shown.entry.hash).count()).toBe(1);
      expect(await page.getByLabel('Readable', { exact: true }).last().innerText()).toContain(
        '"kind": "sale.completed"',
      );
      await page.getByText('As stored').click();
      const stored = Buffer.from(shown.entry.bytes_base64, 'base64').toString('utf8');
      await eventually(async () => (await page.getByRole('group', { name: 'As stored' }).innerText()).trim()).toBe(
        stored,
      );
      await page.getByRole('button', { name: 'The next sale at this till' }).click();
      await eventually(() => page.evaluate(() => window.location.hash)).not.toBe(hash);
    });

    it('of which a byte was changed says where the chain breaks, as soon as it is verified again', async () => {
      const { hash, sale, store } = await someSale(world());
      const page = await openAt(world(), hash);
      await page.getByText('Chain verified').waitFor();
      const { entry, till } = await world().example.client.sale.show({ store, sale });
      const change = (bytes: string) =>
        world().example.admin.query(
          `alter table evertill.journal_entries disable trigger append_only;
       update evertill.journal_entries e set bytes = ${bytes}
       from evertill.tills t where t.till = '${till}' and e.till_id = t.till_id and e.store_id = t.store_id and e.seq = ${String(entry.seq - 2)};
       alter table evertill.journal_entries enable trigger append_only;`,
        );
      await change('set_byte(bytes, 20, get_byte(bytes, 20) # 1)');
      await page.getByRole('button', { name: 'Verify again' }).click();
      await page.getByText(`The chain breaks at entry ${String(entry.seq - 2)}`).waitFor();
      await change('set_byte(bytes, 20, get_byte(bytes, 20) # 1)');
      await page.getByRole('button', { name: 'Verify again' }).click();
      await page.getByText('Chain verified').waitFor();
    });

    it('tells in the order of time what happened, and the day of what happened on another', async () => {
      const page = await openAt(world());
      const { hash } = await someSale(world());
      // As a till without a line has it: given back before the sale was here, and again the day after.
      await page.route('**/api/sale.show', async (route) => {
        const answer = await route.fetch();
        const { value, ...more } = await answer.json();
        const after = (hours: number): string => new Date(Date.parse(value.at) + hours * 3_600_000).toISOString();
        const refund = (hours: number) => ({
          sale: value.sale,
          receipt_number: `HS1-A-${hours}`,
          at: after(hours),
          total_minor: -100,
        });
        const refunds = [refund(24), refund(0.25)];
        await route.fulfill({
          response: answer,
          json: { ...more, value: { ...value, received_at: after(0.5), refunds } },
        });
      });
      await go(page, hash);
      const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: 'What happened' }) });
      const steps = panel.getByRole('listitem');
      await eventually(() => steps.count()).toBe(5);
      const told = await steps.allInnerTexts();
      const order = ['Saved on the till', 'HS1-A-0.25', 'Reached the head office', 'Booked', 'HS1-A-24'];
      for (const [at, words] of order.entries()) expect(told[at]).toContain(words);
      expect(told.map((text) => text.includes('2026'))).toEqual([false, false, false, false, true]);
      // The page asks on by itself: what is under way must not outlive the window.
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });

    it('that is not here says that it may still come', async () => {
      const page = await openAt(world());
      const { store } = await someSale(world());
      await go(page, `#/sales/${store}/${store}`);
      await page.getByText('It may still be on its till.').waitFor();
      await go(page, '#/sales/x/y');
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    });
  });
  describe('a server that is gone', () => {
    it('is told on the page, which goes on by itself when it is back', async () => {
      const page = await openAt(world());
      await page.context().setOffline(true);
      await page.getByText('The server can’t be reached').waitFor();
      expect(await page.getByText('By store').count()).toBe(1);
      await page.context().setOffline(false);
      await eventually(() => page.getByText('The server can’t be reached').count()).toBe(0);
    });
  });
  describe('an empty company', () => {
    it('says on every page what to do first', async () => {
      const empty = await openEmpty();
      const own = await startServer({ office: empty.office, ports: empty.ports, folder: world().screens });
      const page = await openAt(world(), '#/', { url: own.url });
      await page.getByText('There is no store yet').waitFor();
      for (const [hash, words] of [
        ['#/sales', 'No sales have come in yet'],
        ['#/tills', 'No tills yet'],
        ['#/catalogue', 'No products yet'],
        ['#/staff', 'Nobody yet'],
        ['#/reports', 'Nothing in these days'],
        ['#/settings', 'No stores yet'],
      ] as const) {
        await go(page, hash);
        await page.getByText(words).waitFor();
        expect({ hash, faults: await faults(page) }).toEqual({ hash, faults: [] });
      }
      await page.context().close();
      await own.close();
      await empty.close();
    });
  });
  describe('a thousand rows', () => {
    it('of products with long names are read on and fit', async () => {
      const rows = Array.from({ length: 1000 }, (_, i) => ({
        product: `019a0000-7777-7000-8000-${String(i).padStart(12, '0')}`,
        sku: `MANY-${String(i)}`,
        name: `${'Langfristigkeitsprodukt '.repeat(6)}${String(i)}`.slice(0, 200),
        unit: 'piece',
        price_minor: i,
        category: null,
        taxes: [],
        barcodes: [`M${String(i)}`],
        stocked: true,
        active: true,
      }));
      await world().example.admin.query('set search_path = evertill');
      await world().example.admin.query('select create_products(null, $1)', [JSON.stringify(rows)]);
      const page = await openAt(world(), '#/catalogue');
      await page.getByLabel('Name, SKU or barcode').fill('MANY');
      const more = page.getByRole('button', { name: 'More products' });
      await more.click();
      const table = page.getByRole('table');
      await eventually(async () => {
        const count = Number((await table.getAttribute('aria-rowcount')) ?? 0);
        // As somebody does who wants to see them all; it goes away with the last page.
        if (count < 1001) await more.click({ timeout: 2000 }).catch(() => undefined);
        return count;
      }).toBe(1001);
      await eventually(() => more.count()).toBe(0);
      // Few of them are in the page, and the last is where the page ends.
      expect(await page.getByRole('row').count()).toBeLessThan(120);
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      await page.locator('tr[aria-rowindex="1001"]').waitFor();
      expect(await overflow_px(page)).toBe(0);
    });
  });
}
