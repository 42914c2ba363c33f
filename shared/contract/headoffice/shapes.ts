/** Shapes that several operations of the head office answer with. Every amount has its currency on the same row. */
import { z } from 'zod';
import {
  type CategoryId,
  type InstallationId,
  type LineId,
  type ProductId,
  type SaleId,
  type StoreId,
  type TaxId,
  type TenderId,
  type TillId,
  type Uuid,
  uuid,
} from '../../ids.ts';
import { currencyText, dateText, hashText, instantText } from '../../journal/envelope.ts';
import { productFields } from '../../journal/kinds/catalogue-kinds.ts';
import { unit } from '../../journal/kinds/fields.ts';
import { storeSettings } from '../../journal/kinds/store-kinds.ts';
import { permissions } from '../permissions.ts';
import { discountGiven, milli, minor, taxAmount } from '../till/shapes.ts';

/** Somebody who signs in at the head office; no member of a store's staff. */
export type OfficeUserId = Uuid<'office_user'>;
export type OfficeRoleId = Uuid<'office_role'>;

export const permission = z.enum(permissions);
export const currency = currencyText;

/** Sales and refunds of one currency; a refund's amounts are negative, so `total_minor` is what is left. */
export const figures = {
  currency,
  sales: z.strictObject({ count: z.int(), total_minor: minor, tax_minor: minor }),
  refunds: z.strictObject({ count: z.int(), total_minor: minor, tax_minor: minor }),
  /** Sales and refunds together, tax included. */
  total_minor: minor,
  tax_minor: minor,
};

export const storeName = { store: uuid<StoreId>(), store_name: z.string() };
export const tillName = { till: uuid<TillId>(), till_code: z.string(), till_name: z.string() };

export const tenderFigures = z.strictObject({
  kind: z.string(),
  currency,
  count: z.int(),
  /** What tenders of the kind settled; what was given out on refunds is taken off. */
  amount_minor: minor,
});

export const taxFigures = z.strictObject({
  tax: uuid<TaxId>(),
  code: z.string(),
  rate_millionths: z.int(),
  currency,
  base_minor: minor,
  amount_minor: minor,
});

/** One row of the list of sales. */
export const saleRow = z.strictObject({
  sale: uuid<SaleId>(),
  kind: z.enum(['sale', 'refund']),
  receipt_number: z.string(),
  ...storeName,
  ...tillName,
  /** The till's clock, and its minutes east of UTC. */
  at: instantText,
  offset: z.int(),
  business_date: dateText,
  /** When the head office took it. */
  received_at: instantText,
  /** Null where the name was erased, or hasn't come yet. */
  cashier: z.string().nullable(),
  line_count: z.int(),
  currency,
  total_minor: minor,
  /** The kinds of its tenders, each once. */
  tenders: z.array(z.string()),
});

export const saleLine = z.strictObject({
  line: uuid<LineId>(),
  product: uuid<ProductId>(),
  sku: z.string(),
  name: z.string(),
  unit: z.string(),
  category: uuid<CategoryId>().nullable(),
  quantity_milli: milli,
  list_price_minor: minor.nullable(),
  unit_price_minor: minor,
  price_source: z.string(),
  price_reason: z.string().nullable(),
  gross_minor: minor,
  discount_minor: minor,
  basket_discount_minor: minor,
  total_minor: minor,
  /** What the entry says of them; empty where it can't be read any more. */
  discounts: z.array(discountGiven),
  taxes: z.array(taxAmount),
});

export const saleTender = z.strictObject({
  tender: uuid<TenderId>(),
  kind: z.string(),
  amount_minor: minor,
  handed_minor: minor,
  foreign_currency: currency.nullable(),
  foreign_minor: minor.nullable(),
});

/** An entry of a journal by its place in the chain. */
export const entryLink = z.strictObject({
  seq: z.int(),
  kind: z.string().nullable(),
  hash: hashText,
});

/** An entry as the head office holds it. `bytes_base64` is exactly what was hashed. */
export const journalEntry = z.strictObject({
  ...entryLink.shape,
  epoch: z.int().nullable(),
  version: z.int().nullable(),
  received_at: instantText,
  bytes_base64: z.base64(),
  /** The hash it continues: its predecessor's, or that of the installation at seq 1. */
  previous_hash: hashText,
});

/** What is known of a till from its head against the head office's. */
export const tillStates = [
  /** Another installation asks to speak for it: a cloned, restored or replaced PC. Somebody has to decide. */
  'replaced',
  /** The two chains differ. */
  'fork',
  /** It holds fewer entries than are here: it was restored from a backup. */
  'behind',
  /** It has entries that are not here. */
  'waiting',
  /** Nothing was heard of it for a while; what it has sold since is not known. */
  'silent',
  /** A PC began to join as it, or to take it over, and was not heard for a while without having sent anything. */
  'unfinished',
  /** Enrolled, but has not sent anything yet. */
  'new',
  /** It said that it leaves: all of its journal is here, and nothing more is expected of it. */
  'left',
  /** Taken out of use. */
  'inactive',
  /** Both hold the same entries. */
  'equal',
] as const;

export const tillRow = z.strictObject({
  ...storeName,
  ...tillName,
  active: z.boolean(),
  state: z.enum(tillStates),
  epoch: z.int(),
  /** The head that the till told when it was last heard; `hash` is null where it wasn't told. */
  reported: z.strictObject({ seq: z.int(), hash: hashText.nullable() }).nullable(),
  /** The head that is held here. */
  held: z.strictObject({ seq: z.int(), hash: hashText }),
  /** Entries that the till told of and that are not here. */
  lag: z.int(),
  enrolled_at: instantText,
  /** Since when the PC that speaks for it may: it joined then, took the till over, or was decided for. */
  decided_at: instantText,
  last_seen_at: instantText.nullable(),
  last_push_at: instantText.nullable(),
  /** The till's clock at its last entry that is here. */
  last_entry_at: instantText.nullable(),
  clock_offset_ms: z.int().nullable(),
  app_version: z.string().nullable(),
  /** How that version stands to the head office's own; null where one of them is not known. */
  version_state: z.enum(['older', 'same', 'newer']).nullable(),
  /** Entries held but not projected. */
  quarantined: z.int(),
  unprojected: z.int(),
  /** The one that speaks for the till, once it was heard, and those that have asked to since it does; the latest first. */
  installations: z.array(
    z.strictObject({
      installation: uuid<InstallationId>(),
      first_seen_at: instantText,
      last_seen_at: instantText,
      /** The head that it told; null where it told none. */
      reported_seq: z.int().nullable(),
      is_current: z.boolean(),
      /** It waits for a decision; false of one that was passed over and has not sold since. */
      is_asking: z.boolean(),
    }),
  ),
});

export const product = z.strictObject({
  product: uuid<ProductId>(),
  version: z.int(),
  ...productFields,
  unit,
  /** Over all stores and tills, as far as their movements are here; null where stock isn't counted. */
  stock_milli: milli.nullable(),
  edited_at: instantText,
});

export const store = z.strictObject({
  store: uuid<StoreId>(),
  active: z.boolean(),
  tills: z.int(),
  settings: storeSettings,
});

export const officeRole = z.strictObject({
  role: uuid<OfficeRoleId>(),
  name: z.string(),
  permissions: z.array(permission),
});

export const officeUser = z.strictObject({
  user: uuid<OfficeUserId>(),
  login: z.string(),
  name: z.string(),
  roles: z.array(uuid<OfficeRoleId>()),
  active: z.boolean(),
  created_at: instantText,
});
