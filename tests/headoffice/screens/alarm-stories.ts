/** What has gone wrong with tills: where the head office says so, and what somebody does about it. */
import { expect, it } from 'vitest';
import { faults } from '../../support/faults.ts';
import { eventually, go, openAt, type World } from './support.ts';

/** Changes what the database knows of a till's head while a story is told. */
async function whileSaid(
  { example: { admin } }: World,
  codes: readonly string[],
  change: string,
  story: () => Promise<void>,
): Promise<void> {
  const tills = 'from evertill.tills t where t.store_id = h.store_id and t.till_id = h.till_id and t.code = any ($1)';
  const { rows } = await admin.query<{ code: string; head: unknown }>(
    'select t.code, to_jsonb(h) as head from evertill.till_heads h join evertill.tills t using (store_id, till_id) where t.code = any ($1)',
    [codes],
  );
  await admin.query(`update evertill.till_heads h set ${change} ${tills}`, [codes]);
  await story();
  for (const { code, head } of rows)
    await admin.query(
      `update evertill.till_heads h set last_seen_at = x.last_seen_at, reported_seq = x.reported_seq,
         reported_chain = x.reported_chain, acked_seq = x.acked_seq, decided_at = x.decided_at
       from evertill.tills t, jsonb_populate_record(null::evertill.till_heads, $2) as x
       where t.store_id = h.store_id and t.till_id = h.till_id and t.code = $1`,
      [code, JSON.stringify(head)],
    );
}

export function alarmStories(world: () => World): void {
  it('names a till that was restored on the first page and in the inbox', async () => {
    const page = await openAt(world(), '#/');
    const title = page.getByText('Old Market 1 was restored from a backup');
    await whileSaid(
      world(),
      ['OM1'],
      "reported_chain = 'behind', reported_seq = acked_seq - 2, last_seen_at = now()",
      async () => {
        await eventually(() => title.count()).toBe(1);
        expect(await faults(page)).toEqual([]);
        await page.getByRole('button', { name: 'Look' }).first().click();
        const row = page.getByRole('row', { name: /It was restored and lacks entries that are here/ });
        await eventually(() => row.innerText()).toContain('OM1 Old Market 1');
      },
    );
    await go(page, '#/');
    await eventually(() => title.count()).toBe(0);
  });

  it('says once of a store that nothing was heard of it today, until somebody knows that it is closed', async () => {
    const { admin } = world().example;
    await whileSaid(world(), ['KI1'], "last_seen_at = now() - interval '30 hours'", async () => {
      // It usually sells in every hour of the day.
      const { rows } = await admin.query<{ store_id: number; till_id: number }>(
        `insert into evertill.hourly_sales (store_id, till_id, business_date, currency, hour, total_minor)
         select t.store_id, t.till_id, current_date - day, 'GBP', hour, 100
         from evertill.tills t, generate_series(3, 28) as day, generate_series(0, 23) as hour where t.code = 'KI1'
         on conflict do nothing returning store_id, till_id`,
      );
      expect(rows.length).toBeGreaterThan(0);
      const page = await openAt(world(), '#/inbox');
      const row = page.getByRole('row', { name: /Nothing heard of Station Kiosk today/ });
      await eventually(() => row.innerText()).toMatch(/Last heard .*Station Kiosk.*1 till.*Silent/s);
      expect(await faults(page)).toEqual([]);
      await row.getByRole('button', { name: 'Closed today' }).click();
      await eventually(() => row.count()).toBe(0);
      await admin.query(
        `delete from evertill.hourly_sales h using evertill.tills t
         where t.store_id = h.store_id and t.till_id = h.till_id and t.code = 'KI1' and h.total_minor = 100;
         delete from evertill.closed_days`,
      );
    });
  });

  it('says of a till that joining was begun and did not finish, and makes a new code for it', async () => {
    const { admin } = world().example;
    await admin.query(
      `with made as (
         insert into evertill.tills (store_id, till, code, name)
         select store_id, gen_random_uuid(), 'KI9', 'Kiosk 9' from evertill.tills where code = 'KI1'
         returning store_id, till_id
       )
       insert into evertill.till_heads (store_id, till_id, installation, genesis, epoch, acked_seq, head_hash, decided_at)
       select store_id, till_id, gen_random_uuid(), sha256('x'), 0, 0, sha256('x'), now() - interval '2 hours' from made`,
    );
    const page = await openAt(world(), '#/tills');
    const row = page.getByRole('row', { name: /KI9 Kiosk 9/ });
    await eventually(() => row.innerText()).toMatch(/Joining was begun .* and did not finish.*Unfinished/s);
    expect(await faults(page)).toEqual([]);
    await row.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Joining was begun .* and did not finish/).waitFor();
    expect(await faults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make a new code' }).click();
    await dialog.getByText('This code is shown once').waitFor();
    await dialog.getByRole('button', { name: 'Take out of use' }).waitFor();
    await admin.query(
      `delete from evertill.till_heads h using evertill.tills t
       where t.store_id = h.store_id and t.till_id = h.till_id and t.code = 'KI9';
       delete from evertill.tills where code = 'KI9'; delete from evertill.enrolment_codes where till_code = 'KI9'`,
    );
  });

  it('calls an entry that was put aside by what it is, not by its name in the journal', async () => {
    const { admin } = world().example;
    await admin.query(
      `insert into evertill.quarantined_entries (store_id, till_id, seq, code, reason)
       select store_id, till_id, seq, 'ET003', 'too slow' from evertill.journal_entries join evertill.tills using (store_id, till_id)
       where code = 'HS2' and kind = 'shift.opened' order by seq limit 1`,
    );
    const page = await openAt(world(), '#/inbox');
    const row = page.getByRole('row', { name: /HS2 Harbour St 2/ }).filter({ hasText: 'It took too long' });
    await eventually(() => row.innerText()).toContain('Shift opened');
    expect(await row.innerText()).not.toContain('shift.opened');
    expect(await faults(page)).toEqual([]);
    await admin.query("delete from evertill.quarantined_entries where reason = 'too slow'");
  });
}
