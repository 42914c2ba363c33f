/** Sums of the daily roll-ups. They hold what tills have sent: confirmed money only. */
import type { StoreId, TillId } from '../../shared/ids.ts';
import type { ReadDb } from '../db/transact.ts';
import { addExactly, Conditions, exactly } from '../sql.ts';
import { type TillNamed, tillNamed } from '../till-named.ts';

/** Sales and refunds of one currency; refunds are negative. */
export interface Figures {
  readonly currency: string;
  readonly sales: { readonly count: number; readonly total_minor: number; readonly tax_minor: number };
  readonly refunds: { readonly count: number; readonly total_minor: number; readonly tax_minor: number };
  readonly total_minor: number;
  readonly tax_minor: number;
}

/** Which days, store and till; null for all. */
export interface Scope {
  readonly from: string | null;
  readonly to: string | null;
  readonly store: StoreId | null;
  readonly till: TillId | null;
}

interface SumRow {
  readonly currency: string;
  readonly sale_count: number;
  readonly sale_total: number;
  readonly sale_tax: number;
  readonly refund_count: number;
  readonly refund_total: number;
  readonly refund_tax: number;
}

/** The conditions of a scope, for a roll-up named `d`. */
export function scopeConditions({ from, to, store, till }: Scope): Conditions {
  const conditions = new Conditions();
  if (from !== null) conditions.add('d.business_date >= ?', from);
  if (to !== null) conditions.add('d.business_date <= ?', to);
  if (store !== null) conditions.add('d.store_id = (select store_id from stores where store = ?)', store);
  if (till !== null) {
    conditions.add('(d.store_id, d.till_id) = (select store_id, till_id from tills where till = ?)', till);
  }
  return conditions;
}

const sum = (what: string, kind: string) => exactly(`coalesce(sum(${what}) filter (where d.kind = '${kind}'), 0)`);

const sums = `d.currency,
  ${sum('d.sale_count', 'sale')} as sale_count, ${sum('d.total_minor', 'sale')} as sale_total,
  ${sum('d.tax_minor', 'sale')} as sale_tax, ${sum('d.sale_count', 'refund')} as refund_count,
  ${sum('d.total_minor', 'refund')} as refund_total, ${sum('d.tax_minor', 'refund')} as refund_tax`;

/** What the sums are by, beside their currency. */
export type Grouping = 'all' | 'store' | 'till' | 'day';

const groupings: Readonly<
  Record<Grouping, { readonly columns: string; readonly tables: string; readonly order: string }>
> = {
  all: { columns: '', tables: '', order: 'd.currency' },
  store: {
    columns: 'o.store, o.name as store_name',
    tables: 'join stores o using (store_id)',
    order: 'o.name, o.store, d.currency',
  },
  till: {
    columns: tillNamed,
    tables: 'join stores o using (store_id) join tills t using (store_id, till_id)',
    order: 'o.name, t.code, d.currency',
  },
  day: { columns: 'd.business_date', tables: '', order: 'd.business_date desc, d.currency' },
};

/** Whom or which day a sum belongs to; the columns that the grouping names. */
export interface Owner extends TillNamed {
  readonly business_date: string;
}

/** Adds up within a scope, by the grouping and the currency; at most `limit` rows. */
export async function addUp<Columns extends keyof Owner = never>(
  db: ReadDb,
  scope: Scope,
  grouping: Grouping,
  limit = 2000,
): Promise<(Pick<Owner, Columns> & Figures)[]> {
  const { columns, tables, order } = groupings[grouping];
  const conditions = scopeConditions(scope);
  const grouped = columns.replaceAll(/ as \w+/g, '');
  const rows = await db.rows<Pick<Owner, Columns> & SumRow>(
    `select ${columns === '' ? '' : `${columns},`} ${sums} from daily_sales d ${tables}${conditions.where}
     group by ${grouped === '' ? '' : `${grouped},`} d.currency order by ${order} limit ${limit}`,
    conditions.values,
  );
  return rows.map(({ sale_count, sale_total, sale_tax, refund_count, refund_total, refund_tax, ...owner }) => ({
    // What is left of the row are the grouping's columns and the currency.
    ...(owner as unknown as Pick<Owner, Columns> & { readonly currency: string }),
    sales: { count: sale_count, total_minor: sale_total, tax_minor: sale_tax },
    refunds: { count: refund_count, total_minor: refund_total, tax_minor: refund_tax },
    total_minor: addExactly(sale_total, refund_total),
    tax_minor: addExactly(sale_tax, refund_tax),
  }));
}

/** By the kind of tender. */
export async function addUpTenders(db: ReadDb, scope: Scope) {
  const conditions = scopeConditions(scope);
  const rows = await db.rows<{ kind: string; currency: string; count: number; amount_minor: number }>(
    `select d.kind, d.currency, sum(d.tender_count)::bigint as count, ${exactly('sum(d.amount_minor)')} as amount_minor
     from daily_tenders d${conditions.where} group by d.kind, d.currency order by 4 desc, d.kind limit 200`,
    conditions.values,
  );
  return [...rows];
}
