/** Transfers between stores: the list, read on by key, and one of them with all that was said of it. */
import type { InputOf } from '../../shared/contract/define.ts';
import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { ProductId, StaffId } from '../../shared/ids.ts';
import { dueMilli, isDifferent, type TransferState } from '../../shared/stock/transfer.ts';
import type { ReadDb } from '../db/transact.ts';
import { fail } from '../failure.ts';
import { failKey, keyInstant, readPageKey, writePageKey } from '../page-key.ts';
import { findPeople, markOf } from '../people.ts';
import { Conditions } from '../sql.ts';
import { type TillNamed, tillNamed } from '../till-named.ts';

type Asked = InputOf<(typeof headOfficeContract)['stock']['transfers']>;

/** More lines and steps of one transfer than these are not shown: no till lets anybody write so many. */
const mostLines = 3000;
const mostSteps = 500;

interface Row {
  readonly number: string;
  readonly from_store: string | null;
  readonly to_store: string | null;
  readonly elsewhere_store: string | null;
  readonly state: TransferState;
  readonly difference: 'unknown' | 'cancelled' | 'elsewhere' | 'different' | null;
  readonly is_noted: boolean;
  readonly sent_at: string | null;
  readonly sent_offset: number | null;
  readonly last_at: string | null;
  readonly last_offset: number | null;
  readonly products: number;
  /** With microseconds, as text: half of the key. */
  readonly heard_key: string;
}

const columns = `t.number, f.name as from_store, o.name as to_store, e.name as elsewhere_store,
  case when t.state = 'on_the_way' and t.received_at is not null then 'partly' else t.state end as state,
  t.difference, t.noted_at is not null as is_noted, t.sent_at, s.offset_minutes as sent_offset,
  r.at as last_at, r.offset_minutes as last_offset, t.heard_at::text as heard_key,
  (select count(*) from transfer_lines l where l.number = t.number) as products`;

const tables = `transfer_standings t
  left join stores f on f.store = t.from_store
  left join stores o on o.store = coalesce(t.to_store, t.received_store)
  left join stores e on e.store = t.elsewhere_store
  left join transfer_steps s on s.number = t.number and s.what = 'sent'
  left join lateral (
    select at, offset_minutes from transfer_steps
    where number = t.number and what in ('received', 'corrected') order by step_no desc limit 1) as r on true`;

const stampOf = (at: string | null, offset: number | null) => (at === null || offset === null ? null : { at, offset });

function shownRow(row: Row) {
  const { difference, elsewhere_store, from_store, is_noted, number, products, state, to_store } = row;
  return {
    number,
    from_store,
    to_store,
    elsewhere_store,
    state,
    difference,
    is_noted,
    sent: stampOf(row.sent_at, row.sent_offset),
    received: stampOf(row.last_at, row.last_offset),
    products,
  };
}

function conditionsOf({ after, of, store }: Asked): Conditions {
  const conditions = new Conditions();
  if (store !== null) {
    const at = conditions.value(store);
    conditions.addPlain(`${at} in (t.from_store, t.to_store, t.received_store, t.elsewhere_store)`);
  }
  if (of === 'different') conditions.addPlain('t.difference is not null');
  else if (of !== 'all') conditions.add('t.state = ?', of);
  if (after !== null) {
    const [heard, number] = readPageKey(after);
    if (typeof number !== 'string') return failKey();
    const key = [keyInstant(heard), number].map((value) => conditions.value(value));
    conditions.addPlain(`(t.heard_at, t.number) < (${key.join(', ')})`);
  }
  return conditions;
}

/** One page of the list, and where the next one begins. */
export async function listTransfers(db: ReadDb, asked: Asked) {
  const conditions = conditionsOf(asked);
  // One more than is shown says whether there is a next page.
  const rows = await db.rows<Row>(
    `select ${columns} from ${tables}${conditions.where} order by t.heard_at desc, t.number desc limit ${asked.limit + 1}`,
    conditions.values,
  );
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    transfers: shown.map(shownRow),
    next: rows.length > shown.length && last !== undefined ? writePageKey([last.heard_key, last.number]) : null,
  };
}

interface Line {
  readonly product: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly sent_milli: number;
  readonly received_milli: number;
  readonly elsewhere_milli: number;
}

interface Step extends TillNamed {
  readonly what: 'sent' | 'received' | 'corrected' | 'cancelled';
  readonly seq: number;
  readonly actor: StaffId | null;
  readonly at: string;
  readonly offset: number;
  readonly awaits_more: boolean;
  readonly reason: string | null;
  readonly products: number;
}

/** One transfer by its number. Fails with `record.not_found`. */
export async function showTransfer(db: ReadDb, number: string) {
  const row = await db.first<Row & { readonly noted_at: string | null; readonly noted_by: string | null }>(
    `select ${columns}, t.noted_at, u.name as noted_by
     from ${tables} left join office_users u on u.office_user = t.noted_by where t.number = $1`,
    [number],
  );
  if (row === undefined) return fail('record.not_found', { number });
  const { noted_at, noted_by } = row;
  const lines = await db.rows<Line>(
    `select product, sku, name, unit, sent_milli, received_milli, elsewhere_milli from transfer_lines where number = $1
     order by sent_milli = received_milli and elsewhere_milli = 0, name, product limit ${mostLines}`,
    [number],
  );
  const due = lines.map((line) => ({ ...line, due_milli: dueMilli(row.state, line.sent_milli) }));
  return {
    ...shownRow(row),
    noted: noted_at === null ? null : { by: noted_by, at: noted_at },
    lines: due.toSorted((a, b) => Number(isDifferent(row.state, b)) - Number(isDifferent(row.state, a))),
    steps: await stepsOf(db, number),
  };
}

async function stepsOf(db: ReadDb, number: string) {
  const steps = await db.rows<Step>(
    `select s.what, ${tillNamed}, s.seq, s.actor, s.at,
       s.offset_minutes as offset, s.awaits_more, s.reason,
       (select count(distinct l.product) from stock_transfer_lines l
        where l.store_id = t.store_id and l.till_id = t.till_id and l.seq = s.seq and l.stock_milli <> 0) as products
     from transfer_steps s join tills t on t.till = s.till join stores o on o.store = s.store
     where s.number = $1 order by s.step_no limit ${mostSteps}`,
    [number],
  );
  const people = await findPeople(
    db,
    steps.map(({ actor }) => actor),
  );
  return steps.map(({ actor, ...step }) => ({
    ...step,
    by: actor === null ? null : (people.get(actor)?.name ?? markOf(actor)),
  }));
}
