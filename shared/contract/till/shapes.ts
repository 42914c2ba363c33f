/** Shapes that several operations of the till answer with. */
import { z } from 'zod';
import {
  type CategoryId,
  type LineId,
  type ProductId,
  type RoleId,
  type SaleId,
  type ShiftId,
  type StaffId,
  type TaxId,
  type TenderId,
  uuid,
} from '../../ids.ts';
import { dateText, instantText } from '../../journal/envelope.ts';
import { productFields, tints } from '../../journal/kinds/catalogue-kinds.ts';
import { unit } from '../../journal/kinds/fields.ts';
import { proposedFields } from '../../journal/kinds/proposal-kinds.ts';
import { permissions } from '../permissions.ts';
import { reason } from './inputs.ts';

export const minor = z.int();
export const milli = z.int();

/** A whole page of a list: at most this many rows in one answer. */
export const limit = z.int().min(1).max(500);

export const discountGiven = z.strictObject({
  kind: z.enum(['percent', 'amount']),
  rate_millionths: z.int().optional(),
  amount_minor: minor.optional(),
  reason: z.string(),
  given_minor: minor,
  approver: uuid<StaffId>().optional(),
});

/** A discount as it is asked for. */
export const discountAsked = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('percent'),
    rate_millionths: z.int().min(1).max(1_000_000),
    reason,
  }),
  z.strictObject({
    kind: z.literal('amount'),
    amount_minor: z.int().min(1),
    reason,
  }),
]);

export const taxAmount = z.strictObject({
  tax: uuid<TaxId>(),
  code: z.string(),
  rate_millionths: z.int(),
  base_minor: minor,
  amount_minor: minor,
});

export const line = z.strictObject({
  line: uuid<LineId>(),
  product: uuid<ProductId>(),
  sku: z.string(),
  name: z.string(),
  unit,
  category: uuid<CategoryId>().nullable(),
  quantity_milli: milli,
  list_price_minor: minor.nullable(),
  unit_price_minor: minor,
  price_source: z.enum(['list', 'open', 'override', 'label']),
  price_reason: z.string().optional(),
  gross_minor: minor,
  discounts: z.array(discountGiven),
  basket_discount_minor: minor,
  total_minor: minor,
});

export const tender = z.strictObject({
  tender: uuid<TenderId>(),
  kind: z.enum(['cash', 'card']),
  /** What it settles of the total. */
  amount_minor: minor,
  /** What was handed over. */
  handed_minor: minor,
});

/** The basket as the till prices it. `basket` is null while nothing is in it. */
export const basket = z.strictObject({
  basket: uuid<SaleId>().nullable(),
  lines: z.array(line),
  basket_discounts: z.array(discountGiven),
  taxes: z.array(taxAmount),
  gross_minor: minor,
  discount_minor: minor,
  tax_minor: minor,
  total_minor: minor,
  tenders: z.array(tender),
  /** What cash rounding changes, once cash is among the tenders. */
  rounding_minor: minor,
  paid_minor: minor,
  due_minor: minor,
  change_minor: minor,
  prices_include_tax: z.boolean(),
});

/**
 * What a product's fields are, as 22 letters: the same fields have the same, whoever wrote them. A form says by it what it
 * showed. No number does: the head office's comes again after it was set back, and what is proposed here has none.
 */
export const revision = z.string().regex(/^[A-Za-z0-9_\-]{22}$/v);

export const product = z.strictObject({
  product: uuid<ProductId>(),
  revision,
  ...productFields,
  /** Own movements and those that the head office tells of the store's other tills; null where stock isn't counted. */
  stock_milli: milli.nullable(),
  /** Whether something that was changed here is not decided at the head office yet. */
  is_undecided: z.boolean(),
});

/** A field that was changed here in the head office's catalogue, and what became of it. */
export const decision = z.strictObject({
  product: uuid<ProductId>(),
  sku: z.string(),
  name: z.string(),
  /** Null: the product was made here. */
  field: z.enum(proposedFields).nullable(),
  /** The entry that said so. */
  seq: z.int(),
  /** `undecided` until the head office has it; `waiting` for somebody there; `taken` or `kept` by them; `refused`. */
  state: z.enum(['undecided', 'waiting', 'taken', 'kept', 'refused']),
  /** `stale`, `clash`, `permission` or `unknown`; a later head office may have others. */
  reason: z.string().nullable(),
  wanted: z.json(),
  /** The head office's own value. */
  kept: z.json(),
  by: z.string().nullable(),
  /** The store's other till that had changed it first, by name; null where it was none, or a head office that doesn't say. */
  before: z.string().nullable(),
  at: instantText.nullable(),
});

/** A product as search and tiles show it. */
export const productHit = z.strictObject({
  product: uuid<ProductId>(),
  sku: z.string(),
  name: z.string(),
  unit,
  price_minor: minor.nullable(),
  category: uuid<CategoryId>().nullable(),
});

export const category = z.strictObject({
  category: uuid<CategoryId>(),
  name: z.string(),
  tint: z.enum(tints),
  position: z.int(),
  active: z.boolean(),
});

export const tax = z.strictObject({
  tax: uuid<TaxId>(),
  code: z.string(),
  name: z.string(),
  rate_millionths: z.int(),
  active: z.boolean(),
});

export const role = z.strictObject({ role: uuid<RoleId>(), name: z.string(), permissions: z.array(z.string()) });

export const staff = z.strictObject({
  staff: uuid<StaffId>(),
  version: z.int(),
  name: z.string(),
  login: z.string(),
  roles: z.array(uuid<RoleId>()),
  active: z.boolean(),
  has_pin: z.boolean(),
  has_password: z.boolean(),
});

export const permission = z.enum(permissions);

/** `HS2-A-004127`. */
export const receiptNumber = z.string();

/** One row of the list of sales; refunds have negative amounts. */
export const saleRow = z.strictObject({
  sale: uuid<SaleId>(),
  kind: z.enum(['sale', 'refund']),
  receipt_number: receiptNumber,
  at: instantText,
  business_date: dateText,
  cashier: z.string(),
  lines: z.int(),
  total_minor: minor,
  confirmed: z.boolean(),
});

/** A completed sale or refund as its receipt shows it. */
export const sale = z.strictObject({
  ...saleRow.shape,
  lines: z.array(
    z.strictObject({
      ...line.shape,
      taxes: z.array(taxAmount),
      of_line: uuid<LineId>().nullable(),
      /** What of it has been given back so far, of this till's knowledge. */
      returned_milli: milli,
    }),
  ),
  offset: z.int(),
  seq: z.int(),
  hash: z.string(),
  of_sale: uuid<SaleId>().nullable(),
  reason: z.string().nullable(),
  taxes: z.array(taxAmount),
  tenders: z.array(tender),
  gross_minor: minor,
  discount_minor: minor,
  tax_minor: minor,
  rounding_minor: minor,
  change_minor: minor,
  prices_include_tax: z.boolean(),
});

export const tenderTotal = z.strictObject({ kind: z.string(), count: z.int(), amount_minor: minor });

/** What a shift has done so far (X) or had done when it closed (Z). */
export const shiftReport = z.strictObject({
  shift: uuid<ShiftId>(),
  number: z.int(),
  business_date: dateText,
  opened_at: instantText,
  opened_by: z.string(),
  closed_at: instantText.nullable(),
  float_minor: minor,
  sales: z.strictObject({ count: z.int(), total_minor: minor, tax_minor: minor }),
  refunds: z.strictObject({ count: z.int(), total_minor: minor, tax_minor: minor }),
  tenders: z.array(tenderTotal),
  /** Sales and refunds (negative) that came for shifts already closed: in none of the figures here. */
  late: z.strictObject({ count: z.int(), total_minor: minor, tax_minor: minor }),
  paid_in_minor: minor,
  paid_out_minor: minor,
  expected_minor: minor,
  counted_minor: minor.nullable(),
  difference_minor: minor.nullable(),
  reason: z.string().nullable(),
  /** What the head office found when it computed the closing again from what it holds; null until it has. */
  check: z
    .strictObject({
      agrees: z.boolean(),
      differences: z.array(z.strictObject({ what: z.string(), till: minor, headoffice: minor })),
    })
    .nullable(),
});

/** What the sync is at; `resting` waits before it tries again. */
export const syncDoings = ['connecting', 'comparing', 'fetching', 'settling', 'connected', 'resting'] as const;

/** What kept a till from its head office: on the way there, at the server, or here (`till`, `protocol`). */
export const syncFaults = [
  'unreachable',
  'silent',
  'login',
  'certificate',
  'timeout',
  'busy',
  'server',
  'answer',
  'till',
  'protocol',
] as const;

export const syncStatus = z.strictObject({
  state: z.enum(['standalone', 'confirmed', 'waiting', 'offline', 'refused']),
  confirmed_seq: z.int(),
  head_seq: z.int(),
  waiting: z.int(),
  oldest_waiting_at: instantText.nullable(),
  last_confirmed_at: instantText.nullable(),
  /** The till's clock less the head office's. */
  clock_offset_ms: z.int().nullable(),
  /** Why it was refused, or the code of what failed while it is offline. */
  reason: z.string().nullable(),
  /** Null where there is no head office. */
  doing: z.enum(syncDoings).nullable(),
  fault: z.enum(syncFaults).nullable(),
  /** What to name on the telephone where the fault is one of a program: it stands in the log. */
  incident: z.string().nullable(),
});

/** What stands behind {@link syncStatus}. */
export const syncDetails = z.strictObject({
  /** Where the head office is; null without one. */
  server: z
    .strictObject({
      host: z.string(),
      port: z.int(),
      is_encrypted: z.boolean(),
      /** Which version runs here, and there as it was last told. */
      versions: z.strictObject({ till: z.string(), headoffice: z.string().nullable() }),
    })
    .nullable(),
  /** What waits, by kind of entry, the most first; counted among the oldest `counted` of what waits. */
  waiting: z.strictObject({
    counted: z.int(),
    kinds: z.array(z.strictObject({ kind: z.string(), count: z.int() })),
  }),
  /** Entries that the head office holds and could not put into its tables: how many, and the last of them. */
  aside: z.strictObject({
    total: z.int(),
    entries: z.array(
      z.strictObject({
        seq: z.int(),
        /** Null for an entry that this till does not have. */
        kind: z.string().nullable(),
        at: instantText.nullable(),
        /** PostgreSQL's code, one of the head office's (`ET…`), or `unknown_kind`. */
        code: z.string(),
      }),
    ),
  }),
  /** Closings that the head office computes otherwise, the last first. No figure: whoever counts must not know it. */
  closings: z.array(z.strictObject({ shift: uuid<ShiftId>(), number: z.int(), business_date: dateText })),
});
