import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import { actorOf } from '../context.ts';
import { editAnswer } from '../edit-answer.ts';
import type { Handlers } from '../handler.ts';
import { isUnnoted, type Note, noteOf, putAside } from '../inbox/noted.ts';
import { type TillNamed, tillNamed } from '../till-named.ts';

interface Row extends TillNamed {
  readonly seq: number;
  readonly kind: string | null;
  readonly code: string;
  readonly reason: string;
  readonly since: string;
  readonly note: Note;
  readonly is_noted: boolean;
}

/** What is held and not in the tables: because it could not be read, or because its kind is not known here yet. */
const held = {
  unread: 'select store_id, till_id, seq, code, reason, since from quarantined_entries',
  newer: `select u.store_id, u.till_id, u.seq, 'unknown_kind' as code, concat(u.kind, ' ', u.version) as reason,
      e.received_at as since
    from unprojected_entries u join journal_entries e using (store_id, till_id, seq)`,
} as const;

export const quarantineHandlers: Handlers<(typeof headOfficeContract)['quarantine']> = {
  list: async ({ db }, { limit, of }) => {
    const rows = await db.rows<Row>(
      `select ${tillNamed}, q.seq, e.kind, q.code,
         q.reason, q.since, ${noteOf(putAside)} as note, not ${isUnnoted(putAside)} as is_noted
       from (${held[of]}) as q join stores o using (store_id) join tills t using (store_id, till_id)
         join journal_entries e using (store_id, till_id, seq)
       order by is_noted, q.since desc, q.store_id, q.till_id, q.seq desc limit $1`,
      [limit],
    );
    const total = await db.first<{ total: number }>(`select count(*) as total from (${held[of]}) as q`);
    return { entries: [...rows], total: total?.total ?? 0 };
  },

  project_again: async (context, { till, seq }) => {
    const answer = await editAnswer(
      context.db,
      'reproject($1, (select s.store from stores s join tills t using (store_id) where t.till = $2), $2, $3)',
      [actorOf(context).user, till, seq],
      ['projected', 'kept'],
    );
    const { code = null, reason = null } = answer;
    return { projected: answer.answer === 'projected', code: textOf(code), reason: textOf(reason) };
  },
};

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
