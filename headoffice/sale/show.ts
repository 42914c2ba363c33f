/** One sale: what the tables hold of it, the entry that they were made from, and whether the two say the same. */
import type {
  LineId,
  ProductId,
  SaleId,
  ShiftId,
  StaffId,
  StoreId,
  TaxId,
  TenderId,
  CategoryId,
} from '../../shared/ids.ts';
import { toHex } from '../../shared/ids.ts';
import type { Envelope } from '../../shared/journal/envelope.ts';
import type { ReadDb } from '../db/transact.ts';
import { fail } from '../failure.ts';
import { findEntry, findGenesis, hexOrZeros, readFact, shownLink } from '../journal/entry.ts';
import { findPeople, markOf } from '../people.ts';
import { findStore } from '../store/read.ts';
import { readSaleBody, type SaleBody } from './body.ts';
import { receiptOf, saleColumns, type SaleRow, saleTables, shownRow } from './list.ts';

interface Details extends SaleRow {
  readonly of_sale: SaleId | null;
  readonly shift: ShiftId;
  readonly shift_number: number | null;
  readonly approver: StaffId | null;
  readonly reason: string | null;
  readonly prices_include_tax: boolean;
  readonly gross_minor: number;
  readonly discount_minor: number;
  readonly net_minor: number;
  readonly tax_minor: number;
  readonly rounding_minor: number;
  readonly change_minor: number;
  readonly earlier: SaleId | null;
  readonly later: SaleId | null;
}

interface LineRow {
  readonly line: LineId;
  readonly product: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly category: CategoryId | null;
  readonly quantity_milli: number;
  readonly list_price_minor: number | null;
  readonly unit_price_minor: number;
  readonly price_source: string;
  readonly price_reason: string | null;
  readonly gross_minor: number;
  readonly discount_minor: number;
  readonly basket_discount_minor: number;
  readonly total_minor: number;
}

interface TaxRow {
  readonly tax: TaxId;
  readonly code: string;
  readonly rate_millionths: number;
  readonly currency: string;
  readonly base_minor: number;
  readonly amount_minor: number;
}

interface TenderRow {
  readonly tender: TenderId;
  readonly kind: string;
  readonly amount_minor: number;
  readonly handed_minor: number;
  readonly foreign_currency: string | null;
  readonly foreign_minor: number | null;
}

interface RelatedRow {
  readonly sale: SaleId;
  readonly receipt_till: string;
  readonly receipt_series: string;
  readonly receipt_number: number;
  readonly at: string;
  readonly total_minor: number;
}

const ofEntry = 'where store_id = $1 and till_id = $2 and seq = $3';

async function findDetails(db: ReadDb, store: StoreId, sale: SaleId): Promise<Details> {
  const beside = (order: string) =>
    `(select n.sale from sales n where n.store_id = s.store_id and n.till_id = s.till_id and n.seq ${order} limit 1)`;
  const row = await db.first<Details>(
    `select ${saleColumns}, s.of_sale, s.shift, s.approver, s.reason, s.prices_include_tax, s.gross_minor,
       s.discount_minor, s.net_minor, s.tax_minor, s.rounding_minor, s.change_minor,
       (select number from shift_openings p where p.store_id = s.store_id and p.shift = s.shift limit 1) as shift_number,
       ${beside('< s.seq order by n.seq desc')} as earlier, ${beside('> s.seq order by n.seq')} as later
     from ${saleTables} where o.store = $1 and s.store_id = o.store_id and s.sale = $2`,
    [store, sale],
  );
  return row ?? fail('record.not_found');
}

async function findRelated(db: ReadDb, row: Details) {
  const columns = 'sale, receipt_till, receipt_series, receipt_number, at, total_minor';
  const of = await db.first<RelatedRow>(
    `select ${columns} from sales where store_id = $1 and sale = $2 and kind = 'sale'`,
    [row.store_id, row.of_sale],
  );
  const refunds = await db.rows<RelatedRow>(
    `select ${columns} from sales where store_id = $1 and of_sale = $2 order by at limit 100`,
    [row.store_id, row.sale],
  );
  const shown = (one: RelatedRow) => ({
    sale: one.sale,
    receipt_number: receiptOf(one),
    at: one.at,
    total_minor: one.total_minor,
  });
  return { of_sale: of === undefined ? null : shown(of), refunds: refunds.map(shown) };
}

/** Everything about one sale or refund. Fails with `record.not_found`. */
export async function showSale(db: ReadDb, store: StoreId, sale: SaleId) {
  const row = await findDetails(db, store, sale);
  const place = [row.store_id, row.till_id, row.seq];
  const lines = await db.rows<LineRow>(
    `select line, product, sku, name, unit, category, quantity_milli, list_price_minor, unit_price_minor, price_source,
       price_reason, gross_minor, discount_minor, basket_discount_minor, total_minor
     from sale_lines ${ofEntry} order by line_no limit 5000`,
    place,
  );
  const taxes = await db.rows<TaxRow>(
    `select tax, code, rate_millionths, currency, base_minor, amount_minor from sale_taxes ${ofEntry} order by tax_no`,
    place,
  );
  const paid = await db.rows<TenderRow>(
    `select tender, kind, amount_minor, handed_minor, foreign_currency, foreign_minor
     from tenders ${ofEntry} order by tender_no`,
    place,
  );
  const found = (await findEntry(db, row, row.seq)) ?? fail('record.not_found');
  const envelope = readFact(found.entry.bytes);
  const body = readSaleBody(envelope);
  const people = await findPeople(db, [row.actor, row.approver]);
  const previous = found.previous?.hash ?? (row.seq === 1 ? await findGenesis(db, row) : undefined);
  const details = new Map(body?.lines.map((line) => [line.line, line]));
  return {
    ...shownRow(row, people),
    shift_number: row.shift_number,
    approver: row.approver === null ? null : (people.get(row.approver)?.name ?? markOf(row.approver)),
    reason: row.reason,
    prices_include_tax: row.prices_include_tax,
    gross_minor: row.gross_minor,
    discount_minor: row.discount_minor,
    net_minor: row.net_minor,
    tax_minor: row.tax_minor,
    rounding_minor: row.rounding_minor,
    change_minor: row.change_minor,
    lines: lines.map((line) => {
      const detail = details.get(line.line);
      return {
        ...line,
        discounts: (detail?.discounts ?? []).map(shownDiscount),
        taxes: (detail?.taxes ?? []).map(shownTax),
      };
    }),
    taxes: [...taxes],
    paid: [...paid],
    ...(await findRelated(db, row)),
    heading: await headingOf(db, row),
    entry: {
      seq: found.entry.seq,
      kind: found.entry.kind,
      hash: toHex(found.entry.hash),
      epoch: found.entry.epoch,
      version: found.entry.version,
      received_at: found.entry.received_at,
      bytes_base64: Buffer.from(found.entry.bytes).toString('base64'),
      previous_hash: hexOrZeros(previous),
    },
    matches_entry: matches(row, { lines, taxes, paid }, envelope, body),
    previous: shownLink(found.previous),
    next: shownLink(found.next),
    earlier: row.earlier,
    later: row.later,
  };
}

// A reader keeps fields that a newer version added; what crosses to a screen has only those of the contract.
function shownDiscount({
  kind,
  rate_millionths,
  amount_minor,
  reason,
  given_minor,
}: SaleBody['lines'][number]['discounts'][number]) {
  return {
    kind,
    ...(rate_millionths === undefined ? {} : { rate_millionths }),
    ...(amount_minor === undefined ? {} : { amount_minor }),
    reason,
    given_minor,
  };
}

function shownTax({ tax, code, rate_millionths, base_minor, amount_minor }: SaleBody['taxes'][number]) {
  return { tax, code, rate_millionths, base_minor, amount_minor };
}

async function headingOf(db: ReadDb, row: SaleRow) {
  const { settings } = (await findStore(db, row.store)) ?? fail('record.not_found');
  const { name, address, tax_number, locale, zone, receipt_footer } = settings;
  return { name, address, tax_number, locale, zone, footer: receipt_footer };
}

/** Whether the tables say what the entry says: the amounts, whose they are, and under which day they are booked. */
function matches(
  row: Details,
  tables: {
    readonly lines: readonly LineRow[];
    readonly taxes: readonly TaxRow[];
    readonly paid: readonly TenderRow[];
  },
  envelope: Envelope | undefined,
  body: SaleBody | undefined,
): boolean {
  if (envelope === undefined || body === undefined) return false;
  const held = [
    [row.store, row.till, row.seq, row.kind, row.at, row.offset_minutes, row.business_date, row.currency, row.actor],
    [row.sale, row.gross_minor, row.discount_minor, row.net_minor, row.tax_minor, row.total_minor],
    [row.rounding_minor, row.change_minor],
    tables.lines.map((line) => [
      line.line,
      line.product,
      line.name,
      line.quantity_milli,
      line.unit_price_minor,
      line.total_minor,
    ]),
    tables.taxes.map((tax) => [tax.tax, tax.rate_millionths, tax.base_minor, tax.amount_minor]),
    tables.paid.map((tender) => [tender.tender, tender.kind, tender.amount_minor, tender.handed_minor]),
  ];
  const { store, till, seq, at, offset, business_date, currency, actor } = envelope;
  const kind = envelope.kind === 'sale.completed' ? 'sale' : 'refund';
  const said = [
    [store, till, seq, kind, at, offset, business_date, currency, actor],
    [body.sale, body.gross_minor, body.discount_minor, body.net_minor, body.tax_minor, body.total_minor],
    [body.rounding_minor, body.change_minor],
    body.lines.map((line) => [
      line.line,
      line.product,
      line.name,
      line.quantity_milli,
      line.unit_price_minor,
      line.total_minor,
    ]),
    body.taxes.map((tax) => [tax.tax, tax.rate_millionths, tax.base_minor, tax.amount_minor]),
    body.tenders.map((tender) => [tender.tender, tender.kind, tender.amount_minor, tender.handed_minor]),
  ];
  return JSON.stringify(held) === JSON.stringify(said);
}
