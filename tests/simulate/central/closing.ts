/** The model computes each Z again from the rows it holds, as central does, and tells the till what it found. */
import type { ClosingCheck, ClosingRow, Figures, SaleRow, StoreBook, TillBook } from './books.ts';
import { putRow } from './feed.ts';

type Difference = ClosingCheck['differences'][number];

/** So many closings before the last are told with it. */
const mostEarlier = 31;

/** The closings of a till that are held, in their order. */
export function closingsOf(store: StoreBook, { till }: TillBook): readonly ClosingRow[] {
  return [...store.closings.values()].filter((row) => row.till === till).toSorted((a, b) => a.seq - b.seq);
}

/** Computes every closing among some entries again. */
export function checkClosings(store: StoreBook, book: TillBook, from_seq: number, to_seq: number): void {
  for (const closing of closingsOf(store, book)) {
    if (closing.seq < from_seq || closing.seq > to_seq) continue;
    const differences = differencesOf(store, book, closing);
    const { till } = book;
    const found = { shift: closing.body.shift, agrees: differences.length === 0, differences };
    book.checks.set(closing.seq, found);
    const earlier = [...book.checks]
      .filter(([seq]) => seq !== closing.seq)
      .toSorted(([a], [b]) => b - a)
      .slice(0, mostEarlier)
      .map(([, check]) => check);
    putRow(store.stream, 'closing', till, { till, ...found, earlier });
  }
}

function differencesOf(store: StoreBook, book: TillBook, { body, seq }: ClosingRow): readonly Difference[] {
  const rows = [...store.sales.values()].filter(
    (row) => row.till === book.till && row.seq < seq && row.shift === body.shift,
  );
  const sold = figuresOf(rows.filter(({ kind }) => kind === 'sale'));
  const refunded = figuresOf(rows.filter(({ kind }) => kind === 'refund'));
  const paid = new Map<string, number>();
  for (const { amount_minor, kind } of rows.flatMap(({ tenders }) => tenders))
    paid.set(kind, (paid.get(kind) ?? 0) + amount_minor);
  const cash = [...book.cash]
    .filter(([at, row]) => at < seq && row.shift === body.shift)
    .map(([, row]) => row.amount_minor);
  const paidIn = sum(cash.filter((amount) => amount > 0));
  const paidOut = -sum(cash.filter((amount) => amount < 0));
  const said = new Map(body.tenders.map(({ amount_minor, kind }) => [kind, amount_minor]));
  const all: readonly Difference[] = [
    ...compareFigures(['sale_count', 'sales_total', 'sales_tax'], body.sales, sold),
    ...compareFigures(['refund_count', 'refunds_total', 'refunds_tax'], body.refunds, refunded),
    { what: 'paid_in', till: body.paid_in_minor, headoffice: paidIn },
    { what: 'paid_out', till: body.paid_out_minor, headoffice: paidOut },
    {
      what: 'expected',
      till: body.expected_minor,
      headoffice: body.float_minor + paidIn - paidOut + (paid.get('cash') ?? 0),
    },
    ...[...new Set([...said.keys(), ...paid.keys()])].map((kind) => ({
      what: `tender ${kind}`,
      till: said.get(kind) ?? 0,
      headoffice: paid.get(kind) ?? 0,
    })),
  ];
  return all.filter(({ headoffice, till }) => headoffice !== till);
}

function figuresOf(rows: readonly SaleRow[]): Figures {
  return {
    count: rows.length,
    total_minor: sum(rows.map(({ total_minor }) => total_minor)),
    tax_minor: sum(rows.map(({ tax_minor }) => tax_minor)),
  };
}

function compareFigures(names: readonly [string, string, string], till: Figures, headoffice: Figures): Difference[] {
  return [
    { what: names[0], till: till.count, headoffice: headoffice.count },
    { what: names[1], till: till.total_minor, headoffice: headoffice.total_minor },
    { what: names[2], till: till.tax_minor, headoffice: headoffice.tax_minor },
  ];
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
