/** What somebody reads who reads another language than the names of goods and people are written in. */
import { describe, expect, it } from 'vitest';
import { bareWords } from '../../support/bare-words.ts';
import { rightEdges, tooSmall } from '../../support/layout.ts';
import { faults } from '../../support/faults.ts';
import { eventually, go, openAt, someSale, typeDay, type World } from './support.ts';

const pages = [
  '#/',
  '#/sales',
  '#/tills',
  '#/tills/enrol',
  '#/inbox',
  '#/catalogue',
  '#/staff',
  '#/reports',
  '#/settings',
];
/** Names of months and weekdays that only English has. */
const english = /\b(?:Friday|Fri|Thursday|Dec|December|Oct|October|AM|PM)\b/;

export function languageStories(world: () => World): void {
  it('keeps the last digits of amounts on one edge, and every sign large enough to read', async () => {
    const page = await openAt(world(), '#/', { language: 'ar' });
    for (const hash of [...pages, (await someSale(world())).hash]) {
      await go(page, hash);
      expect({ hash, small: await tooSmall(page) }).toEqual({ hash, small: [] });
    }
    for (const hash of ['#/sales', '#/reports']) {
      await go(page, hash);
      for (const table of await page.getByRole('table').all()) {
        const totals = table.locator('tbody td:last-child bdi', { hasText: /\d\.\d\d/ });
        expect(await rightEdges(totals), hash).toHaveLength(1);
      }
    }
  });

  it('keeps names, receipt numbers and codes apart from the Arabic around them, on every page', async () => {
    const page = await openAt(world(), '#/', { language: 'ar' });
    for (const hash of [...pages, (await someSale(world())).hash]) {
      await go(page, hash);
      expect({ hash, bare: await bareWords(page) }).toEqual({ hash, bare: [] });
    }
    for (const hash of ['#/tills', '#/catalogue', '#/staff', '#/settings']) {
      await go(page, hash);
      await page.locator('tbody tr').first().click();
      await page.getByRole('dialog').waitFor();
      expect({ hash, bare: await bareWords(page) }).toEqual({ hash, bare: [] });
      await page.keyboard.press('Escape');
      await eventually(() => page.getByRole('dialog').count()).toBe(0);
    }
  });

  it.each([
    { language: 'de', date: '20. Nov. 2026', day: 'Freitag, 20. November 2026', amount: /\d,\d\d\s£/ },
    { language: 'ar', date: '20 نوفمبر 2026', day: 'الجمعة، 20 نوفمبر 2026', amount: /\d\.\d\d/ },
  ])('writes dates, times and numbers in $language', async ({ amount, date, day, language }) => {
    const page = await openAt(world(), '#/', { language });
    await page.getByText(day).waitFor();
    expect(await page.locator('dl').first().innerText()).toMatch(amount);
    for (const hash of [...pages, (await someSale(world())).hash]) {
      await go(page, hash);
      const words = (await page.locator('main').innerText()).replaceAll(/[\u200e\u200f\u2068\u2069]/g, '');
      expect({ hash, found: english.exec(words)?.[0] }).toEqual({ hash, found: undefined });
      if (hash === '#/sales') expect(words).toContain(date);
    }
  });

  it.each([
    { language: 'de', reasons: ['Er sagt etwas, das nicht sein kann', 'Er passt nicht in die Tabellen'] },
    { language: 'ar', reasons: ['يذكر ما لا يمكن أن يكون', 'لا يوافق الجداول'] },
  ])('says why an entry is in no figure in $language, not as the database says it', async ({ language, reasons }) => {
    const { admin } = world().example;
    await admin.query('set search_path = evertill');
    await admin.query(
      `insert into quarantined_entries (store_id, till_id, seq, code, reason)
       select e.store_id, e.till_id, e.seq, c.code, 'said in the database’s own words' from unnest('{23514,22P05}'::text[])
         with ordinality as c(code, nth) join lateral (
           select * from journal_entries order by store_id, till_id, seq limit 1 offset nth) as e on true`,
    );
    try {
      const page = await openAt(world(), '#/inbox', { language });
      for (const reason of reasons) await page.getByText(reason, { exact: true }).waitFor();
      expect(await page.locator('main').innerText()).not.toContain('own words');
    } finally {
      await admin.query("delete from quarantined_entries where reason like '%own words'");
    }
  });

  describe('the field for a day', () => {
    it('has the order of the language, and a calendar in it', async () => {
      const page = await openAt(world(), '#/sales', { language: 'de' });
      await typeDay(page, 'Tag', '13112026');
      await eventually(() => page.locator('tbody tr').first().innerText()).toContain('13. Nov. 2026');
      await page.getByRole('group', { name: 'Tag', exact: true }).getByRole('button').click();
      await page.getByRole('dialog').getByText('November 2026').first().waitFor();
      expect(await faults(page)).toEqual([]);
      await page.getByRole('button', { name: /20\. November 2026/ }).click();
      await eventually(() => page.locator('tbody tr').first().innerText()).toContain('20. Nov. 2026');
      await page.getByRole('button', { name: 'Alle zeigen' }).click();
      expect(await page.getByRole('group', { name: 'Tag', exact: true }).innerText()).toContain('tt');
    });
  });

  it.each([1920, 1366, 1024, 800, 640])('stands in even rows of figures at %i px', async (width) => {
    const page = await openAt(world(), '#/', { language: 'de', viewport: { width, height: 800 } });
    const rows = await page
      .locator('dl')
      .first()
      .evaluate((list) => {
        const counts = new Map<number, number>();
        for (const tile of list.children) {
          const top = Math.round(tile.getBoundingClientRect().top);
          counts.set(top, (counts.get(top) ?? 0) + 1);
        }
        return [...counts.values()];
      });
    expect(rows).toEqual(width >= 1024 ? [5] : [2, 3]);
  });
}
