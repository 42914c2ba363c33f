/**
 * 500 invoices of our own making, with everything that a wholesaler's year had: they are drawn from a fixed seed, and what
 * a replay has to come to is counted while they are made, in pence, by nothing that the replay uses.
 */
import type { RefusedRow } from '../../commands/replay/ring-up.ts';

interface Row {
  readonly invoice: string;
  readonly sku: string;
  readonly description: string;
  readonly quantity: number;
  readonly time: string;
  readonly price: string;
}

export interface Ledger {
  readonly csv: string;
  readonly rows: number;
  readonly invoices: number;
  readonly products: number;
  /** Products without any positive price that the head office takes. */
  readonly open_prices: number;
  readonly sales: number;
  readonly free_sales: number;
  readonly refunds: number;
  readonly adjustments: number;
  readonly money_accepted: string;
  readonly money_refused: string;
  readonly refused: Readonly<Partial<Record<RefusedRow['reason'], number>>>;
  /** Pieces by SKU, as they stand after all of it. */
  readonly stock: ReadonlyMap<string, number>;
}

/** Mulberry32: the same numbers everywhere. */
function drawer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Days with a Sunday between them; the clocks went forward on the 27th. */
const days = ['2011-03-24', '2011-03-25', '2011-03-26', '2011-03-28'];
const listed = 120;
const invoices = 500;

export function makeLedger(): Ledger {
  const draw = drawer(541_909);
  const rows: Row[] = [];
  const stock = new Map<string, number>();
  const refused: Partial<Record<RefusedRow['reason'], number>> = {};
  let accepted_pence = 0;
  let refused_tenths = 0;
  const counts = { sales: 0, free_sales: 0, refunds: 0, adjustments: 0 };

  // Two by two they differ in case only; some prices are whole pounds, which a file writes with one decimal.
  const skus = Array.from({ length: listed }, (_, i) => `${10_000 + (i >> 1)}${i % 2 === 0 ? 'BL' : 'bl'}`);
  const prices = skus.map((_, i) => (i % 7 === 0 ? 100 * (1 + draw(9)) : 15 + draw(1_500)));
  const openSkus = ['GIFT', 'gift', 'SAMPLES'];
  const text = (pence: number) => {
    const fraction = String(pence % 100)
      .padStart(2, '0')
      .replace(/0$/, '');
    return `${Math.trunc(pence / 100)}.${fraction}`;
  };
  const put = (row: Row) => rows.push(row);
  const move = (sku: string, pieces: number) => stock.set(sku, (stock.get(sku) ?? 0) + pieces);
  const take = (row: Row, pence: number) => {
    put(row);
    accepted_pence += row.quantity * pence;
    // What is sold leaves, what comes back or is lost is in the file with its own sign.
    move(row.sku, pence === 0 && row.quantity < 0 ? row.quantity : -row.quantity);
  };
  const refuse = (row: Row, reason: RefusedRow['reason'], tenths: number) => {
    put(row);
    refused_tenths += row.quantity * tenths;
    refused[reason] = (refused[reason] ?? 0) + 1;
    if (!stock.has(row.sku)) stock.set(row.sku, 0);
  };

  for (let n = 0; n < invoices; n += 1) {
    const minutes = 8 * 60 + Math.trunc(((n % 125) * 9 * 60) / 125);
    const clock = `${String(Math.trunc(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
    const time = `${days[Math.trunc(n / 125)] ?? ''} ${clock}`;
    const number = String(600_000 + n);
    const pick = () => draw(listed);
    const at = (i: number) => ({ sku: skus[i] ?? '', pence: prices[i] ?? 0, description: `Thing no. ${i}, "boxed"` });
    const line = (invoice: string, i: number, quantity: number, pence: number): Row => {
      const { sku, description } = at(i);
      return { invoice, sku, description: draw(20) === 0 ? '' : description, quantity, time, price: text(pence) };
    };

    if (n % 7 === 3) {
      // Something comes back, by the same price or another.
      const lines = 1 + draw(4);
      for (let k = 0; k < lines; k += 1) {
        const i = pick();
        const pence = draw(4) === 0 ? 1 + draw(900) : at(i).pence;
        take(line(`C${number}`, i, -1 - draw(12), pence), pence);
      }
      if (n === 3) refuse({ ...line(`C${number}`, 4, -2, 0), price: '0.001' }, 'money.too_fine', 1);
      counts.refunds += 1;
    } else if (n % 25 === 11) {
      take(
        {
          ...line(number, pick(), -1 - draw(30), 0),
          description: draw(2) === 0 ? '' : 'damaged, thrown away',
          price: '0.0',
        },
        0,
      );
      counts.adjustments += 1;
    } else if (n === 250 || n === 251) {
      const debt = { invoice: `A${number}`, sku: 'DEBT', description: 'Adjust bad debt', quantity: 1, time };
      refuse({ ...debt, price: '-11062.06' }, 'money.negative', -11_062_060);
    } else if (n % 25 === 17) {
      // All of it free.
      const i = pick();
      take({ ...line(number, i, 1 + draw(5), 0), price: '0.0' }, 0);
      counts.sales += 1;
      counts.free_sales += 1;
    } else {
      const lines = n === 100 ? 300 : 1 + draw(9);
      for (let k = 0; k < lines; k += 1) {
        const i = pick();
        const { pence } = at(i);
        const chance = draw(10);
        const asked = chance === 0 ? 1 + draw(2_000) : chance === 1 ? 0 : pence;
        take(line(number, i, 1 + draw(24), asked), asked);
        if (n === 40 && k === 0) {
          // Another invoice stands in the middle of this one.
          take(line('700040', 1, 3, at(1).pence), at(1).pence);
          counts.sales += 1;
        }
      }
      // At least one row of each ordinary invoice is paid for, at the catalogue's price.
      take(line(number, n % listed, 1, at(n % listed).pence), at(n % listed).pence);
      if (n % 100 === 20) refuse({ ...line(number, 2, 1, 0), price: '0.001' }, 'money.too_fine', 1);
      if (n % 100 === 30) refuse({ ...line(number, 2, 1, 0), price: '-3.5' }, 'money.negative', -3_500);
      if (n % 50 === 8) {
        const sku = openSkus[(n >> 1) % openSkus.length] ?? '';
        take({ invoice: number, sku, description: 'A sample', quantity: 1, time, price: '0.0' }, 0);
      }
      // Only ever at a price finer than a penny: an open price, since no catalogue can hold this one.
      if (n % 100 === 44) refuse({ ...line(number, 0, 1, 0), sku: 'PADS', price: '0.001' }, 'money.too_fine', 1);
      counts.sales += 1;
    }
  }

  const heading = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
  const quote = (field: string) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  const csv = [heading]
    .concat(
      rows.map((r) =>
        [r.invoice, r.sku, r.description, r.quantity, r.time, r.price, '', 'UK'].map((f) => quote(String(f))).join(','),
      ),
    )
    .join('\n');
  return {
    csv: `${csv}\n`,
    rows: rows.length,
    invoices: new Set(rows.map(({ invoice }) => invoice)).size,
    products: new Set(rows.map(({ sku }) => sku)).size,
    open_prices: new Set(rows.map(({ sku }) => sku).filter((sku) => /^(?:gift|samples|pads|debt)$/i.test(sku))).size,
    ...counts,
    money_accepted: asDecimal(accepted_pence * 10),
    money_refused: asDecimal(refused_tenths),
    refused,
    stock,
  };
}

function asDecimal(tenths: number): string {
  const digits = String(Math.abs(tenths)).padStart(4, '0');
  const fraction = digits.slice(-3).replace(/0+$/, '');
  return `${tenths < 0 ? '-' : ''}${digits.slice(0, -3)}${fraction === '' ? '' : `.${fraction}`}`;
}
