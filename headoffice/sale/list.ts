/** The list of sales: in the order in which they came in, read on by key and never by counting rows. */
import type { InputOf } from '../../shared/contract/define.ts';
import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { SaleId, StaffId } from '../../shared/ids.ts';
import { receiptNumber } from '../../shared/sale/receipt-number.ts';
import type { ReadDb } from '../db/transact.ts';
import { failKey, keyInstant, readPageKey, writePageKey } from '../page-key.ts';
import { findPeople, markOf, type Person } from '../people.ts';
import { Conditions } from '../sql.ts';
import { type TillNamed, tillNamed } from '../till-named.ts';

type Asked = InputOf<(typeof headOfficeContract)['sale']['list']>;

export interface SaleRow extends TillNamed {
  readonly store_id: number;
  readonly till_id: number;
  readonly seq: number;
  readonly sale: SaleId;
  readonly kind: 'sale' | 'refund';
  readonly receipt_till: string;
  readonly receipt_series: string;
  readonly receipt_number: number;
  readonly at: string;
  readonly offset_minutes: number;
  readonly business_date: string;
  readonly received_at: string;
  readonly actor: StaffId | null;
  readonly line_count: number;
  readonly currency: string;
  readonly total_minor: number;
  readonly tender_kinds: readonly string[];
  /** With microseconds, as text: half of the key. */
  readonly received_key: string;
}

/** The columns of a {@link SaleRow}, for statements that name `sales s`, `stores o` and `tills t`. */
export const saleColumns = `s.store_id, s.till_id, s.seq, s.sale, s.kind, s.receipt_till, s.receipt_series,
  s.receipt_number, ${tillNamed}, s.at, s.offset_minutes, s.business_date, s.received_at, s.actor, s.line_count, s.currency, s.total_minor,
  array(select distinct x.kind from tenders x where x.store_id = s.store_id and x.till_id = s.till_id and x.seq = s.seq
    order by 1) as tender_kinds,
  s.received_at::text as received_key`;

export const saleTables = 'sales s join stores o using (store_id) join tills t using (store_id, till_id)';

/** `HS2-A-004127`. */
export function receiptOf(row: Pick<SaleRow, 'receipt_till' | 'receipt_series' | 'receipt_number'>): string {
  return receiptNumber({ till: row.receipt_till, series: row.receipt_series, number: row.receipt_number });
}

/** A row as it crosses to a screen. */
export function shownRow(row: SaleRow, people: ReadonlyMap<StaffId, Person>) {
  return {
    sale: row.sale,
    kind: row.kind,
    receipt_number: receiptOf(row),
    store: row.store,
    store_name: row.store_name,
    till: row.till,
    till_code: row.till_code,
    till_name: row.till_name,
    at: row.at,
    offset: row.offset_minutes,
    business_date: row.business_date,
    received_at: row.received_at,
    cashier: row.actor === null ? null : (people.get(row.actor)?.name ?? markOf(row.actor)),
    line_count: row.line_count,
    currency: row.currency,
    total_minor: row.total_minor,
    tenders: [...row.tender_kinds],
  };
}

/** One page of the list, and where the next one begins. */
export async function listSales(db: ReadDb, asked: Asked) {
  const conditions = new Conditions();
  if (asked.store !== null) conditions.add('s.store_id = (select store_id from stores where store = ?)', asked.store);
  if (asked.day !== null) conditions.add('s.business_date = ?', asked.day);
  if (asked.tender !== null) {
    conditions.add(
      `exists (select from tenders x where x.store_id = s.store_id and x.till_id = s.till_id and x.seq = s.seq
         and x.kind = ?)`,
      asked.tender,
    );
  }
  addReceipt(conditions, asked.text);
  // A till's own entries come in by seq, and its key is the table's: no other till's rows are read.
  const order = asked.till === null ? 's.received_at desc, s.store_id desc, s.till_id desc, s.seq desc' : 's.seq desc';
  if (asked.till !== null) {
    conditions.add('(s.store_id, s.till_id) = (select store_id, till_id from tills where till = ?)', asked.till);
  }
  addKey(conditions, asked);
  // One more than is shown says whether there is a next page.
  const rows = await db.rows<SaleRow>(
    `select ${saleColumns} from ${saleTables}${conditions.where} order by ${order} limit ${asked.limit + 1}`,
    conditions.values,
  );
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  const people = await findPeople(
    db,
    shown.map(({ actor }) => actor),
  );
  return {
    sales: shown.map((row) => shownRow(row, people)),
    next: rows.length > shown.length && last !== undefined ? writeKey(last) : null,
  };
}

/** A receipt number, the till and series of one, a bare number, or a till's code. */
function addReceipt(conditions: Conditions, text: string): void {
  if (text === '') return;
  const wanted = text.toUpperCase();
  const whole = /^([A-Z0-9]{1,8})-([A-Z0-9]{1,3})(?:-0*(\d{1,15}))?$/.exec(wanted);
  if (whole !== null) {
    const [, till = '', series = '', number] = whole;
    conditions.add('s.receipt_till = ?', till);
    conditions.add('s.receipt_series = ?', series);
    if (number !== undefined) conditions.add('s.receipt_number = ?', Number(number));
    else addTillOf(conditions, till);
  } else if (/^\d{1,15}$/.test(wanted)) {
    conditions.add('s.receipt_number = ?', Number(wanted));
  } else {
    conditions.add('s.receipt_till = ?', wanted);
    addTillOf(conditions, wanted);
  }
}

/** Numbers of a till's code were printed by that till: this leads to its rows by the key. */
function addTillOf(conditions: Conditions, code: string): void {
  conditions.add('(s.store_id, s.till_id) in (select store_id, till_id from tills where code = ?)', code);
}

type Key = readonly [received: string, store: number, till: number, seq: number];

function writeKey(row: SaleRow): string {
  const key: Key = [row.received_key, row.store_id, row.till_id, row.seq];
  return writePageKey(key);
}

function addKey(conditions: Conditions, asked: Asked): void {
  if (asked.after === null) return;
  const [received, store, till, seq] = readKey(asked.after);
  if (asked.till !== null) {
    conditions.add('s.seq < ?', seq);
    return;
  }
  // The first half by itself is what the index can start from.
  conditions.add('s.received_at <= ?', received);
  const values = [received, store, till, seq].map((value) => conditions.value(value));
  conditions.addPlain(`(s.received_at, s.store_id, s.till_id, s.seq) < (${values.join(', ')})`);
}

function readKey(text: string): Key {
  const [received, store, till, seq] = readPageKey(text);
  if (!Number.isSafeInteger(store) || !Number.isSafeInteger(till) || !Number.isSafeInteger(seq)) return failKey();
  // Each was just looked at.
  return [keyInstant(received), store as number, till as number, seq as number];
}
