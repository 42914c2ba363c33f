import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { CountId, ProductId, StaffId } from '../../shared/ids.ts';
import { differenceMinor } from '../../shared/stock/difference.ts';
import { actorOf } from '../context.ts';
import type { ReadDb } from '../db/transact.ts';
import { editAnswer } from '../edit-answer.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { findPeople, markOf } from '../people.ts';
import { Conditions, exactly } from '../sql.ts';
import { type TillNamed, tillNamed } from '../till-named.ts';
import { listTransfers, showTransfer } from './transfers.ts';

interface Posted extends TillNamed {
  readonly count: CountId;
  readonly at: string;
  readonly scope: string;
  readonly actor: StaffId | null;
  readonly currency: string;
  readonly counted: number;
  readonly different: number;
  readonly surplus_minor: number;
  readonly missing_minor: number;
}

/** Stock takes by what they were posted as: a long one is several entries of its till. */
async function postedCounts(db: ReadDb, conditions: Conditions, limit: number) {
  const rows = await db.rows<Posted>(
    `select ${tillNamed}, c.count,
       max(c.at) as at, max(c.scope) as scope, max(c.actor::text)::uuid as actor,
       max(p.settings ->> 'currency') as currency, sum(c.line_count)::bigint as counted,
       sum(c.different)::bigint as different, ${exactly('sum(c.surplus_minor)')} as surplus_minor,
       ${exactly('sum(c.missing_minor)')} as missing_minor
     from stock_counts c join stores o using (store_id) join tills t using (store_id, till_id)
       join store_settings p using (store_id)${conditions.where}
     group by o.store, o.name, t.till, t.code, t.name, c.count
     order by max(c.received_at) desc, c.count limit ${limit}`,
    conditions.values,
  );
  const people = await findPeople(
    db,
    rows.map(({ actor }) => actor),
  );
  return rows.map(({ actor, ...row }) => ({
    ...row,
    by: actor === null ? null : (people.get(actor)?.name ?? markOf(actor)),
  }));
}

interface Line {
  readonly product: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly counted_milli: number;
  readonly known_milli: number;
  readonly price_minor: number | null;
  readonly counted_at: string;
}

export const stockHandlers: Handlers<(typeof headOfficeContract)['stock']> = {
  counts: async ({ db }, { limit, store }) => {
    const conditions = new Conditions();
    if (store !== null) conditions.add('o.store = ?', store);
    return { counts: await postedCounts(db, conditions, limit) };
  },

  count: async ({ db }, { count, limit, offset, only, store }) => {
    const conditions = new Conditions();
    conditions.add('o.store = ?', store);
    conditions.add('c.count = ?', count);
    const [found] = await postedCounts(db, conditions, 1);
    if (found === undefined) return fail('record.not_found', { count });
    const lines = await db.rows<Line>(
      `select l.product, l.sku, l.name, l.unit, l.counted_milli, l.known_milli, l.price_minor, l.counted_at
       from stock_counts c join stores o using (store_id) join stock_count_lines l using (store_id, till_id, seq)
       where o.store = $1 and c.count = $2 and ($3 = 'all' or l.stock_milli <> 0)
       order by abs(l.stock_milli)::numeric * coalesce(l.price_minor, 0) desc, l.name, l.product
       limit ${limit} offset ${offset}`,
      [store, count, only],
    );
    return {
      ...found,
      lines: lines.map((line) => ({ ...line, difference_minor: differenceMinor(line) })),
      total: only === 'all' ? found.counted : found.different,
    };
  },

  transfers: ({ db }, asked) => listTransfers(db, asked),
  transfer: ({ db }, { number }) => showTransfer(db, number),

  note_transfer: async (context, { number }) => {
    await editAnswer(context.db, 'note_transfer($1, $2)', [actorOf(context).user, number], ['recorded']);
    return {};
  },

  decide_doubt: async (context, { before, moved_milli, product, store }) => {
    await editAnswer(
      context.db,
      'decide_count_doubt($1, $2, $3, $4, $5)',
      [actorOf(context).user, store, product, moved_milli, before],
      ['recorded'],
    );
    return {};
  },
};
