import type { Envelope } from '../../../shared/journal/envelope.ts';

/**
 * The day and the currency that an entry with amounts is booked under. A till writes none without both, and the head
 * office puts one aside that has not.
 *
 * @throws Error for an entry that says neither, or only one: nothing may be shown as money of no currency
 */
export function bookedUnder({ business_date, currency, kind, seq }: Envelope): {
  readonly business_date: string;
  readonly currency: string;
} {
  if (business_date === null) throw new Error(`entry ${seq}, ${kind}, says no business day`);
  if (currency === null) throw new Error(`entry ${seq}, ${kind}, says no currency`);
  return { business_date, currency };
}
