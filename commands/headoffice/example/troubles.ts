import type pg from 'pg';

/**
 * Puts the example at its own moment: every sale came in as quickly as in earnest, and some tills are in the states that a
 * head office has to show: silent, late, claimed by another PC, older and newer than it is. Done by the database's administrator: nothing that the server may call can do it.
 */
export async function ageExample(admin: pg.Client): Promise<void> {
  await admin.query(`
    update evertill.sales set received_at = at + interval '190 milliseconds';
    update evertill.till_heads h set last_seen_at = now() - interval '131 minutes', reported_seq = acked_seq + 14
    from evertill.tills t where t.store_id = h.store_id and t.till_id = h.till_id and t.code = 'QU2';
    update evertill.till_heads h set last_seen_at = now() - interval '3 minutes', reported_seq = acked_seq + 12,
      clock_offset_ms = 194000
    from evertill.tills t where t.store_id = h.store_id and t.till_id = h.till_id and t.code = 'QU1';
    insert into evertill.till_installations (store_id, till_id, installation, reported_seq)
    select store_id, till_id, gen_random_uuid(), 7 from evertill.tills where code = 'KI1';
    update evertill.company set version = '0.2.0';
    update evertill.till_heads h set app_version = case t.code when 'OM1' then '0.3.0' when 'HS2' then '0.1.0' else '0.2.0' end
    from evertill.tills t where t.store_id = h.store_id and t.till_id = h.till_id;`);
}
