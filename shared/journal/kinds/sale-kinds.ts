/** What was sold, given back and given up. A line carries its own snapshot: a projection asks no catalogue. */
import { z } from 'zod';
import {
  type CategoryId,
  type LineId,
  type ProductId,
  type SaleId,
  type ShiftId,
  type StaffId,
  type TaxId,
  type TenderId,
  uuid,
} from '../../ids.ts';
import { currencyText } from '../envelope.ts';
import { type CodeSchema, defineKind } from '../kind.ts';
import { millionths, milli, minor, positiveMinor, reason, shortName, sku, units } from './fields.ts';

/** `HS2-A-004127` is till `HS2`, series `A`, number 4127: gapless within a series. */
const receipt = {
  till: z.string().regex(/^[A-Z0-9]{1,8}$/),
  series: z.string().regex(/^[A-Z0-9]{1,3}$/),
  number: z.int().min(1),
};

const discount = (oneOf: CodeSchema) => ({
  kind: oneOf(['percent', 'amount']),
  /** Where the kind is `percent`. */
  rate_millionths: millionths.optional(),
  /** Where the kind is `amount`: what was asked for. */
  amount_minor: positiveMinor.optional(),
  reason,
  /** What it came to on this line, never more than the line. Negative on a refund. */
  given_minor: minor,
  /** Who allowed it, where that is somebody else than the cashier. */
  approver: uuid<StaffId>().optional(),
});

const lineTax = {
  tax: uuid<TaxId>(),
  code: z.string().min(1).max(8),
  rate_millionths: millionths,
  base_minor: minor,
  amount_minor: minor,
};

const line = (oneOf: CodeSchema) => ({
  line: uuid<LineId>(),
  product: uuid<ProductId>(),
  sku,
  name: shortName,
  unit: oneOf(units),
  category: uuid<CategoryId>().nullable(),
  /** Positive on a sale, negative on a refund. */
  quantity_milli: milli,
  /** The catalogue's price at that moment; null for an open price. */
  list_price_minor: positiveMinor.nullable(),
  /** The price of one whole unit that was asked. */
  unit_price_minor: positiveMinor,
  price_source: oneOf(['list', 'open', 'override', 'label']),
  /** Where the source is `override`. */
  price_reason: reason.optional(),
  /** Who allowed that price, where that is somebody else than the cashier. */
  price_approver: uuid<StaffId>().optional(),
  gross_minor: minor,
  basket_discount_minor: minor,
  /** What the customer pays for the line, tax included. */
  total_minor: minor,
  net_minor: minor,
  stocked: z.boolean(),
});

const tender = (oneOf: CodeSchema) => ({
  tender: uuid<TenderId>(),
  kind: oneOf(['cash', 'card']),
  /** What the tender settles of the sale. Negative where money is given out: on a refund. */
  amount_minor: minor,
  /** What was handed over: more than `amount_minor` when change is given. */
  handed_minor: minor,
  /** Money of another currency: what was handed over in it and the rate that was used. */
  foreign_currency: currencyText.nullable(),
  foreign_minor: minor.nullable(),
  foreign_rate_millionths: z.int().min(1).nullable(),
});

const totals = {
  gross_minor: minor,
  discount_minor: minor,
  net_minor: minor,
  tax_minor: minor,
  total_minor: minor,
  /** What cash rounding added to (or took off) the total; 0 unless cash was paid. */
  rounding_minor: minor,
  change_minor: positiveMinor,
};

/** A sale is complete. Its UUID is its basket's: no basket can become two sales. */
export const saleCompleted = defineKind('sale.completed', 1, (object, oneOf) =>
  object({
    sale: uuid<SaleId>(),
    shift: uuid<ShiftId>(),
    receipt: object(receipt),
    prices_include_tax: z.boolean(),
    tax_rounding: z.enum(['line', 'document']),
    lines: z
      .array(
        object({
          ...line(oneOf),
          discounts: z.array(object(discount(oneOf))).max(20),
          taxes: z.array(object(lineTax)).max(8),
        }),
      )
      .min(1)
      .max(2000),
    /** The basket's own discounts; each line holds its share of them. */
    basket_discounts: z.array(object(discount(oneOf))).max(20),
    taxes: z.array(object(lineTax)).max(64),
    tenders: z.array(object(tender(oneOf))).max(50),
    ...totals,
  }),
);

/** A new record that points at what it gives back; `of_sale` is null when there is no receipt. Amounts are negative. */
export const refundCompleted = defineKind('refund.completed', 1, (object, oneOf) =>
  object({
    refund: uuid<SaleId>(),
    of_sale: uuid<SaleId>().nullable(),
    shift: uuid<ShiftId>(),
    receipt: object(receipt),
    reason,
    prices_include_tax: z.boolean(),
    tax_rounding: z.enum(['line', 'document']),
    lines: z
      .array(
        object({
          ...line(oneOf),
          /** The line of the sale that is given back; null without a receipt. */
          of_line: uuid<LineId>().nullable(),
          /** Whether the goods go back on the shelf, or are written off. */
          restock: z.boolean(),
          discounts: z.array(object(discount(oneOf))).max(20),
          taxes: z.array(object(lineTax)).max(8),
        }),
      )
      .min(1)
      .max(2000),
    taxes: z.array(object(lineTax)).max(64),
    tenders: z.array(object(tender(oneOf))).max(50),
    ...totals,
  }),
);

/** A basket was given up before completion, with what it held. */
export const basketVoided = defineKind('basket.voided', 1, (object) =>
  object({
    basket: uuid<SaleId>(),
    shift: uuid<ShiftId>(),
    total_minor: minor,
    lines: z
      .array(object({ product: uuid<ProductId>(), sku, name: shortName, quantity_milli: milli, total_minor: minor }))
      .max(2000),
  }),
);
