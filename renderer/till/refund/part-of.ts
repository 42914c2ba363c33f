/** What giving back a part of a sold line would give back: a preview, by the same arithmetic as the till's. */
import { asMinor } from '../../../shared/money/minor.ts';
import { refundLine, type SoldLine } from '../../../shared/sale/refund.ts';
import type { Sale } from '../data/operations.ts';

type Line = Sale['lines'][number];

/** What may still come back. Never negative. */
export function leftOf({ quantity_milli, returned_milli }: Line): number {
  return Math.max(quantity_milli - returned_milli, 0);
}

/** The money for so much of a line, positive. 0 for nothing, and for more than is left: the till refuses that. */
export function partOf(line: Line, quantity_milli: number): number {
  if (quantity_milli <= 0) return 0;
  const tax_minor = line.taxes.reduce((sum, { amount_minor }) => sum + amount_minor, 0);
  const sold: SoldLine = {
    id: line.line,
    quantity_milli: line.quantity_milli,
    gross_minor: asMinor(line.gross_minor),
    // What was taken off is in the total already; for the preview only the total counts.
    discounts: [],
    basket_discount_minor: asMinor(line.basket_discount_minor),
    total_minor: asMinor(line.total_minor),
    net_minor: asMinor(line.total_minor - tax_minor),
    taxes: [],
  };
  const part = refundLine(sold, [line.returned_milli], quantity_milli);
  return part.ok ? Math.abs(part.value.total_minor) : 0;
}
