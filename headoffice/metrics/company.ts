/** What the database knows without counting: how far the tills have come, and what stands in the way. */
import { tillStates } from '../../shared/contract/headoffice/shapes.ts';
import type { ReadDb } from '../db/transact.ts';
import { closing, isUnnoted, putAside } from '../inbox/noted.ts';
import { type TillFacts, tillState } from '../till/state.ts';
import { type Family, figure, figuresBy } from './exposition.ts';

interface TillRow extends TillFacts {
  readonly unpushed_ms: number | null;
  readonly clock_offset_ms: number | null;
}

interface CompanyRow {
  readonly quarantined: number;
  readonly unprojected: number;
  readonly closings: number;
  readonly feed: number;
}

/** One row a till, and tables that are empty where all is well. */
export async function companyFigures(db: ReadDb): Promise<Family[]> {
  const tills = await db.rows<TillRow>(
    `select t.active, h.acked_seq as held_seq, h.reported_seq, h.reported_chain, h.left_at, h.clock_offset_ms,
       exists (select from asking_installations a
         where a.store_id = h.store_id and a.till_id = h.till_id) as "isClaimed",
       (extract(epoch from now() - h.last_seen_at) * 1000)::bigint as unseen_ms,
       (extract(epoch from now() - h.decided_at) * 1000)::bigint as decided_ms,
       (extract(epoch from now() - coalesce(h.last_push_at, h.decided_at)) * 1000)::bigint as unpushed_ms
     from tills t join till_heads h using (store_id, till_id)`,
  );
  const company = await db.first<CompanyRow>(
    `select (select count(*) from quarantined_entries q join tills t using (store_id, till_id)
         where ${isUnnoted(putAside)}) as quarantined,
       (select count(*) from unprojected_entries) as unprojected,
       (select count(*) from closing_checks k join tills t using (store_id, till_id)
         where not k.agrees and ${isUnnoted(closing)}) as closings,
       (select coalesce(sum(position), 0)::bigint from stream_heads) as feed`,
  );
  const states = new Map<string, number>(tillStates.map((state) => [state, 0]));
  for (const till of tills) {
    const state = tillState(till);
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  const selling = tills.filter(({ active, left_at }) => active && left_at === null);
  const waiting = selling.filter(({ held_seq, reported_seq }) => (reported_seq ?? 0) > held_seq);
  const most = (values: readonly (number | null)[]) => Math.max(0, ...values.map((value) => value ?? 0));
  return [
    figuresBy('gauge', 'evertill_tills', 'Tills by the worst that holds of them.', 'state', Object.fromEntries(states)),
    figure(
      'counter',
      'evertill_entries_accepted_total',
      'Entries that tills have sent and that are held here.',
      tills.reduce((sum, { held_seq }) => sum + held_seq, 0),
    ),
    figure(
      'gauge',
      'evertill_entries_unconfirmed',
      'Entries that tills told of and that are not here.',
      waiting.reduce((sum, { held_seq, reported_seq }) => sum + (reported_seq ?? 0) - held_seq, 0),
    ),
    figure(
      'gauge',
      'evertill_oldest_unconfirmed_seconds',
      'Of the tills that told of entries which are not here, the longest time since one has sent anything; 0 where there is none.',
      most(waiting.map(({ unpushed_ms }) => unpushed_ms)) / 1000,
    ),
    figure(
      'gauge',
      'evertill_till_silence_seconds',
      'The longest time since a till in use was last heard.',
      most(selling.map(({ unseen_ms }) => unseen_ms)) / 1000,
    ),
    figure(
      'gauge',
      'evertill_till_clock_offset_seconds',
      'How far the clock of the worst till in use is off, either way.',
      most(selling.map(({ clock_offset_ms }) => Math.abs(clock_offset_ms ?? 0))) / 1000,
    ),
    figure('gauge', 'evertill_quarantined_entries', 'Entries that could not be projected.', company?.quarantined ?? 0),
    figure(
      'gauge',
      'evertill_unprojected_entries',
      'Entries of a kind that this version has not learned.',
      company?.unprojected ?? 0,
    ),
    figure(
      'gauge',
      'evertill_closings_that_differ',
      'Closings that are computed otherwise here.',
      company?.closings ?? 0,
    ),
    figure(
      'counter',
      'evertill_feed_changes_total',
      'Changes that were written for tills to pull.',
      company?.feed ?? 0,
    ),
  ];
}
