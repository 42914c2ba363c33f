import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { StoreId, TillId } from '../../shared/ids.ts';
import { actorOf } from '../context.ts';
import { editAnswer } from '../edit-answer.ts';
import type { Handlers } from '../handler.ts';

interface Row {
  readonly store: StoreId;
  readonly store_name: string;
  readonly till: TillId;
  readonly till_code: string;
  readonly till_name: string;
  readonly seq: number;
  readonly kind: string | null;
  readonly code: string;
  readonly reason: string;
  readonly since: string;
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
      `select o.store, o.name as store_name, t.till, t.code as till_code, t.name as till_name, q.seq, e.kind, q.code,
         q.reason, q.since
       from (${held[of]}) as q join stores o using (store_id) join tills t using (store_id, till_id)
         join journal_entries e using (store_id, till_id, seq)
       order by q.since desc, q.store_id, q.till_id, q.seq desc limit $1`,
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
