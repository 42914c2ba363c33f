import { asMinor } from '../money/minor.ts';
import type { PricedLine, PricedTotals, TaxToApply } from './basket-to-price.ts';
import { isSameTax, startTax, type TaxDraft } from './tax.ts';

/** What a document's lines come to: the sum of each field, and one row for each tax, code and rate. */
export function sumLines<TaxId extends string>(lines: readonly PricedLine<string, TaxId>[]): PricedTotals<TaxId> {
  const rows: TaxDraft<TaxId>[] = [];
  let gross = 0;
  let discount = 0;
  let net = 0;
  let total = 0;
  for (const line of lines) {
    gross += line.gross_minor;
    for (const { given_minor } of line.discounts) discount += given_minor;
    discount += line.basket_discount_minor;
    net += line.net_minor;
    total += line.total_minor;
    for (const tax of line.taxes) {
      const row = rowOfTax(rows, tax);
      row.base_minor = asMinor(row.base_minor + tax.base_minor);
      row.amount_minor = asMinor(row.amount_minor + tax.amount_minor);
    }
  }
  rows.sort(compareTaxes);
  return {
    gross_minor: asMinor(gross),
    discount_minor: asMinor(discount),
    net_minor: asMinor(net),
    tax_minor: asMinor(total - net),
    total_minor: asMinor(total),
    taxes: rows,
  };
}

function rowOfTax<TaxId extends string>(rows: TaxDraft<TaxId>[], tax: TaxToApply<TaxId>): TaxDraft<TaxId> {
  for (const row of rows) if (isSameTax(row, tax)) return row;
  const row = startTax(tax);
  rows.push(row);
  return row;
}

/** An order of a document's rows of tax that does not come from its lines' order. */
function compareTaxes(a: TaxToApply, b: TaxToApply): number {
  if (a.tax !== b.tax) return a.tax < b.tax ? -1 : 1;
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  return a.rate_millionths - b.rate_millionths;
}
