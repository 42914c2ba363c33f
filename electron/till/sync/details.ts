/** What stands behind the status: what waits by kind, what the head office put aside, and which closings differ there. */
import { z } from 'zod';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import { type ShiftId, uuidFromBytes } from '../../../shared/ids.ts';
import { type ReadDb, reads } from '../db/statement.ts';

type Details = OutputOf<TillContract['sync']['details']>;

/** A backlog may be a year: whoever looks waits for no more than this to be counted. */
const mostCounted = 2000;
const mostClosings = 20;

const kindsAfter = reads<{ after: number; until: number }>()((q, p) =>
  q
    .selectFrom('journal')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('count')])
    .where('seq', '>', p.after)
    .where('seq', '<=', p.until)
    .groupBy('kind')
    .orderBy('count', 'desc')
    .orderBy('kind'),
);
const putAside = reads()((q) => q.selectFrom('put_aside').select(['total', 'entries']).where('id', '=', 1));
const entryAt = reads<{ seq: number }>()((q, p) =>
  q.selectFrom('journal').select(['kind', 'at']).where('seq', '=', p.seq),
);
const differing = reads<{ limit: number }>()((q, p) =>
  q
    .selectFrom('closing_checks')
    .innerJoin('shifts', 'shifts.shift', 'closing_checks.shift')
    .select(['shifts.shift', 'shifts.number', 'shifts.business_date'])
    .where('closing_checks.agrees', '=', 0)
    .orderBy('shifts.number', 'desc')
    .limit(p.limit),
);

const asideEntries = z.array(z.looseObject({ seq: z.int(), code: z.string() }));

/** What waits after the last entry that was confirmed. */
export function waitingKinds(db: ReadDb, confirmed_seq: number, head_seq: number): Details['waiting'] {
  const until = Math.min(head_seq, confirmed_seq + mostCounted);
  return {
    counted: Math.max(0, until - confirmed_seq),
    kinds: kindsAfter.all(db, { after: confirmed_seq, until }),
  };
}

/** What the head office holds of this till and could not put into its tables, with what this till knows of it. */
export function asideOf(db: ReadDb): Details['aside'] {
  const row = putAside.get(db, {});
  if (row === undefined) return { total: 0, entries: [] };
  const entries = asideEntries.parse(JSON.parse(row.entries)).map(({ code, seq }) => {
    const entry = entryAt.get(db, { seq });
    return { seq, code, kind: entry?.kind ?? null, at: entry?.at ?? null };
  });
  return { total: row.total, entries };
}

/** The closings that the head office computes otherwise. */
export function closingsThatDiffer(db: ReadDb): Details['closings'] {
  return differing
    .all(db, { limit: mostClosings })
    .map(({ business_date, number, shift }) => ({ shift: uuidFromBytes<ShiftId>(shift), number, business_date }));
}
