import { z } from 'zod';
import { type LineId, type ProductId, type SaleId, type TenderId, uuid } from '../../ids.ts';
import { command, query } from '../define.ts';
import { amountCodes, quantityCodes } from '../errors.ts';
import { amountText, quantity, reason, searchText } from './inputs.ts';
import { basket as basketShape, discountAsked, minor, receiptNumber } from './shapes.ts';

const whichBasket = { basket: uuid<SaleId>() };

/**
 * What changes answer: names only. The screen asks `basket.current` for the rest, so that an answer kept for a repeat stays
 * small, and a basket of a thousand lines is priced when it is looked at, not a thousand times while it is filled.
 */
const touched = z.strictObject(whichBasket);
const added = z.strictObject({ ...whichBasket, line: uuid<LineId>() });

/** The basket that is meant is the open one, in an open shift. */
const looking = ['shift.not_open', 'basket.empty', 'basket.changed'] as const;
/**
 * Lines, prices and discounts stay as they are, and the basket is not voided, once money was taken for it: by whatever
 * tender, `basket.has_tenders`. Only tenders can be taken, or taken back, until it is complete.
 */
const changing = [...looking, 'basket.has_tenders'] as const;
const ringingUp = [
  'shift.not_open',
  'basket.has_tenders',
  'basket.too_long',
  'record.not_found',
  'record.inactive',
  'product.no_price',
  ...quantityCodes,
] as const;

export const basket = {
  current: query({
    summary: 'Show the open basket as the till prices it.',
    access: 'sale.create',
    errors: ['money.too_large'],
    input: z.strictObject({}),
    output: basketShape,
  }),
  add_product: command({
    summary: 'Put a product into the basket, opening one where there is none.',
    access: 'sale.create',
    errors: [...ringingUp, ...amountCodes],
    input: z.strictObject({
      product: uuid<ProductId>(),
      quantity_milli: quantity,
      /** For an open-price product, and for no other: what it costs today. */
      price: amountText.optional(),
      /** A line of its own, never added to an earlier line of the same product. */
      separate: z.boolean().default(false),
    }),
    output: added,
  }),
  scan: command({
    summary: 'Put what a barcode names into the basket: the exact barcode first, then a weighed or priced label.',
    access: 'sale.create',
    errors: [...ringingUp, 'barcode.unknown', 'money.too_large'],
    input: z.strictObject({ barcode: searchText(80).trim().min(1), quantity_milli: quantity.optional() }),
    output: added,
  }),
  set_quantity: command({
    summary: "Change a line's quantity.",
    access: 'sale.create',
    errors: [...changing, 'line.not_found', ...quantityCodes, 'money.too_large'],
    input: z.strictObject({ ...whichBasket, line: uuid<LineId>(), quantity_milli: quantity }),
    output: touched,
  }),
  remove_line: command({
    summary: 'Take a line out of the basket.',
    access: 'sale.create',
    errors: [...changing, 'line.not_found'],
    input: z.strictObject({ ...whichBasket, line: uuid<LineId>() }),
    output: touched,
  }),
  override_price: command({
    summary: "Ask another price for a line than the catalogue's, with a reason.",
    access: 'sale.override_price',
    errors: [...changing, 'line.not_found', ...amountCodes],
    input: z.strictObject({ ...whichBasket, line: uuid<LineId>(), price: amountText, reason }),
    output: touched,
  }),
  discount_line: command({
    summary: 'Give a discount on a line, or take it back with null.',
    access: 'sale.discount',
    errors: [...changing, 'line.not_found', 'discount.too_large', 'money.too_large'],
    input: z.strictObject({ ...whichBasket, line: uuid<LineId>(), discount: discountAsked.nullable() }),
    output: touched,
  }),
  discount: command({
    summary: 'Give a discount on the whole basket, or take it back with null.',
    access: 'sale.discount',
    errors: [...changing, 'discount.too_large', 'money.too_large'],
    input: z.strictObject({ ...whichBasket, discount: discountAsked.nullable() }),
    output: touched,
  }),
  add_tender: command({
    summary: 'Take a payment towards the total: cash as it was handed over, or a card that was confirmed by hand.',
    access: 'sale.create',
    errors: [
      ...looking,
      'basket.has_tenders',
      'tender.not_needed',
      'tender.exceeds_due',
      'tender.not_in_cash_steps',
      'tender.change_too_large',
      ...amountCodes,
    ],
    input: z.strictObject({ ...whichBasket, kind: z.enum(['cash', 'card']), handed: amountText }),
    output: z.strictObject({ ...whichBasket, tender: uuid<TenderId>() }),
  }),
  remove_tender: command({
    summary: 'Take a payment back before the sale is complete.',
    access: 'sale.create',
    errors: [...looking, 'tender.not_found'],
    input: z.strictObject({ ...whichBasket, tender: uuid<TenderId>() }),
    output: touched,
  }),
  complete: command({
    summary: 'Complete the basket as a sale.',
    access: 'sale.create',
    errors: [
      ...looking,
      'basket.has_tenders',
      'basket.total_changed',
      'basket.underpaid',
      'basket.too_long',
      'basket.already_completed',
      'money.too_large',
    ],
    input: z.strictObject({
      ...whichBasket,
      /** What the screen showed: the till computes it again and refuses to sell at another total. */
      total_minor: minor,
    }),
    output: z.strictObject({
      sale: uuid<SaleId>(),
      receipt_number: receiptNumber,
      total_minor: minor,
      rounding_minor: minor,
      change_minor: minor,
      seq: z.int(),
    }),
  }),
  void: command({
    summary: 'Give up the basket; what it held is remembered in the journal.',
    access: 'basket.void',
    errors: [...changing, 'money.too_large'],
    input: z.strictObject(whichBasket),
    output: touched,
  }),
};
