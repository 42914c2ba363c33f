/**
 * What goes into pricing and what comes out. The field names are those of a sale's entry in the journal: a priced line is
 * copied into it as it stands, so a name here is fixed for ever once tills are in the field.
 */
import type { Minor } from '../money/minor.ts';

/** A reduction that somebody or something granted. A rate is in millionths: 10 % is 100 000. Neither is negative. */
export type Discount =
  | { readonly kind: 'percent'; readonly rate_millionths: number; readonly reason: string }
  | { readonly kind: 'amount'; readonly amount_minor: number; readonly reason: string };

/** A discount on one line. An amount is for the whole line, not for each piece. */
export type LineDiscount = Discount;

/** A discount and what it came to: with the sign of what it reduces, never more than that. */
export type GivenDiscount = Discount & { readonly given_minor: Minor };

/** A tax as it stood when the line was rung up. `tax` is its UUID, `code` what a receipt prints. */
export type TaxToApply<TaxId extends string = string> = {
  readonly tax: TaxId;
  readonly code: string;
  readonly rate_millionths: number;
};

export type LineToPrice<LineId extends string = string, TaxId extends string = string> = {
  /** Unique in the basket. It also breaks ties when a last penny is shared out, so that the lines' order never matters. */
  readonly id: LineId;
  /** Thousandths of the product's unit. Negative for what comes back. */
  readonly quantity_milli: number;
  /** The price of one whole unit, 0 or more. */
  readonly unit_price_minor: number;
  /** Applied one after the other, each to what the ones before have left. */
  readonly discounts: readonly LineDiscount[];
  /** All on the same base (none on top of another). None at all means untaxed. */
  readonly taxes: readonly TaxToApply<TaxId>[];
};

export type BasketToPrice<LineId extends string = string, TaxId extends string = string> = {
  readonly currency: string;
  /** Whether unit prices, and amounts of discounts, contain the tax (Europe) or come before it (North America). */
  readonly prices_include_tax: boolean;
  /** Tax is rounded on each line, or once per rate on the document and then shared out to its lines. */
  readonly tax_rounding: 'line' | 'document';
  readonly lines: readonly LineToPrice<LineId, TaxId>[];
  /** Applied after the lines' own, one after the other. */
  readonly basket_discounts: readonly Discount[];
};

/** A tax, what it was taken on (without tax) and what it came to. */
export type PricedTax<TaxId extends string = string> = {
  readonly tax: TaxId;
  readonly code: string;
  readonly rate_millionths: number;
  readonly base_minor: Minor;
  readonly amount_minor: Minor;
};

/**
 * A line with its money. Every amount has the sign of the quantity.
 * With prices that include tax: gross − discounts = total. With prices before tax: gross − discounts = net.
 * Always: net + taxes = total.
 */
export type PricedLine<LineId extends string = string, TaxId extends string = string> = {
  readonly id: LineId;
  /** Unit price times quantity, before any discount. */
  readonly gross_minor: Minor;
  readonly discounts: readonly GivenDiscount[];
  /** This line's share of the basket's discounts. */
  readonly basket_discount_minor: Minor;
  /** What the customer pays for the line, tax included, in both modes. */
  readonly total_minor: Minor;
  /** The same without tax. */
  readonly net_minor: Minor;
  readonly taxes: readonly PricedTax<TaxId>[];
};

/** A document's sums: each amount is the sum of its lines' amounts, to the last unit. */
export type PricedTotals<TaxId extends string = string> = {
  readonly gross_minor: Minor;
  /** The lines' own discounts and the basket's together. */
  readonly discount_minor: Minor;
  readonly net_minor: Minor;
  readonly tax_minor: Minor;
  readonly total_minor: Minor;
  /** One for each tax, code and rate, sorted by these, whatever the lines' order. */
  readonly taxes: readonly PricedTax<TaxId>[];
};

/** A priced basket: what it was priced by, its lines, the basket's discounts and the sums. */
export type PricedBasket<LineId extends string = string, TaxId extends string = string> = PricedTotals<TaxId> & {
  readonly currency: string;
  readonly prices_include_tax: boolean;
  readonly tax_rounding: 'line' | 'document';
  /** In the order of the basket. */
  readonly lines: readonly PricedLine<LineId, TaxId>[];
  readonly basket_discounts: readonly GivenDiscount[];
};
