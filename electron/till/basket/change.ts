/** What every change of an open basket is asked first, or right after. */
import { maxAmountMinor } from '../../../shared/money/minor.ts';
import type { ReadDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import { settingsOf } from '../settings/read.ts';
import { priceOpenBasket } from './price.ts';
import { basketTenders, type OpenBasket } from './repository.ts';

/**
 * Fails with `basket.has_tenders` once money was taken for the basket: what it was taken for stays as it is, line by line,
 * until the money is given back or the sale is complete (docs/decisions/0008).
 */
export function refusePaid(db: ReadDb, basket: OpenBasket): void {
  if (basketTenders(db, basket).length > 0) fail('basket.has_tenders');
}

/** A line up to this is never looked at: as many of them as a basket can have come to a sixth of the largest amount. */
const largeLine_minor = 1_000_000_000;

/**
 * Fails with `money.too_large` where a line that was put in or changed makes the basket dearer than half of what an amount
 * can be; the other half is for the small lines that still come. A basket beyond an amount could be neither shown, nor
 * paid, nor voided. Only a large line has the whole basket priced: the others are priced when they are looked at.
 */
export function refuseTooDear(
  db: ReadDb,
  basket: OpenBasket,
  line: { readonly quantity_milli: number; readonly unit_price_minor: number },
): void {
  // A rough look is enough: the product may be beyond what a number holds exactly.
  if ((line.unit_price_minor / 1000) * line.quantity_milli <= largeLine_minor) return;
  const { gross_minor, total_minor } = priceOpenBasket(db, basket, settingsOf(db)).priced;
  if (Math.max(gross_minor, total_minor) > maxAmountMinor / 2) fail('money.too_large');
}
