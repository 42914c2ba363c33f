/**
 * Codes with which any operation may fail, whatever it declares: those of the way in, of the disk and of the wire between.
 */
export const commonCodes = [
  'operation.unknown',
  'input.malformed',
  'session.required',
  'session.ended',
  'permission.missing',
  'command.required',
  'command.conflict',
  'command.already_recorded',
  'approval.invalid',
  'fault.unknown',
  'storage.full',
  'storage.busy',
  'connection.lost',
  'rate.limited',
  'headoffice.unreachable',
] as const;

/** Every code with which an operation may fail. The screen has a translated text for each. */
export const errorCodes = [
  ...commonCodes,
  // Signing in
  'session.credential_wrong',
  'session.locked_out',
  'password.too_long',
  'password.too_short',
  'pin.malformed',
  // Set-up
  'setup.already_done',
  'setup.not_done',
  'enrolment.code_malformed',
  'enrolment.code_refused',
  'enrolment.unreachable',
  'enrolment.other_kind',
  'enrolment.demo',
  'enrolment.already_joined',
  'enrolment.currency_differs',
  'enrolment.shop_known',
  'enrolment.till_code_taken',
  'enrolment.till_inactive',
  'leave.basket_open',
  'leave.shift_open',
  'leave.stock_take_open',
  'leave.unconfirmed',
  'leave.name_wrong',
  'zone.unknown',
  'currency.unknown',
  // Authority
  'catalogue.read_only',
  // Records
  'record.not_found',
  'record.changed',
  'record.inactive',
  // Money and quantities
  'money.malformed',
  'money.too_fine',
  'money.too_large',
  'money.negative',
  'quantity.malformed',
  'quantity.zero',
  'quantity.too_large',
  'quantity.not_whole',
  // Catalogue
  'product.sku_taken',
  'product.barcode_taken',
  'product.barcode_twice',
  'product.barcode_malformed',
  'product.no_price',
  'barcode.unknown',
  'tax.code_taken',
  // Basket
  'basket.empty',
  'basket.changed',
  'basket.total_changed',
  'basket.underpaid',
  'basket.has_tenders',
  'basket.too_long',
  'basket.already_completed',
  'line.not_found',
  'discount.too_large',
  'tender.not_needed',
  'tender.exceeds_due',
  'tender.not_found',
  'tender.not_in_cash_steps',
  'tender.change_too_large',
  // Shifts
  'shift.not_open',
  'shift.already_open',
  'shift.difference',
  'shift.date_far',
  'shift.basket_open',
  'drawer.not_enough',
  // Refunds and stock
  'refund.too_much',
  'refund.nothing',
  'product.not_stocked',
  'stock_take.not_open',
  'stock_take.already_open',
  'stock_take.not_in_scope',
  'stock_take.empty',
  'transfer.no_other_store',
  'transfer.number_malformed',
  'transfer.already_received',
  'transfer.sent_here',
  'transfer.own_number',
  'transfer.not_to_cancel',
  'transfer.nothing_to_correct',
  // Staff
  'staff.login_taken',
  'staff.last_manager',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** With which an amount is refused that a person types. */
export const amountCodes = ['money.malformed', 'money.negative', 'money.too_fine', 'money.too_large'] as const;

/** With which a quantity is refused that was counted, and may be none. */
export const countedCodes = ['quantity.malformed', 'quantity.not_whole', 'quantity.too_large'] as const;

/** With which a quantity is refused that moves, or is sold or given back. */
export const quantityCodes = ['quantity.zero', ...countedCodes] as const;

/** Plain facts that the text of an error may name. */
export type ErrorData = Readonly<Record<string, string | number | boolean | null>>;

/** A failure as it crosses to a screen. */
export interface Failure {
  readonly code: ErrorCode;
  readonly data: ErrorData;
}

/** What every operation answers with: Electron mangles exceptions, so none crosses. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };
