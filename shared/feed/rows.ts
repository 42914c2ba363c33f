/**
 * The feed: what the head office tells its tills. Two streams, one of the company and one of each store, each a sequence
 * of positions without gaps, written under a locked counter row. A row is the whole record as it is from now on.
 */
import { z } from 'zod';
import {
  type CategoryId,
  type ProductId,
  type RoleId,
  type ShiftId,
  type StaffId,
  type StoreId,
  type TaxId,
  type TillId,
  uuid,
} from '../ids.ts';
import { hashText, instantText } from '../journal/envelope.ts';
import { productFields, tints } from '../journal/kinds/catalogue-kinds.ts';
import { millionths, milli, recordVersion, shortName, units } from '../journal/kinds/fields.ts';
import { storeSettings } from '../journal/kinds/store-kinds.ts';

/** The streams that a till follows. */
export const streams = ['company', 'store'] as const;
export type Stream = (typeof streams)[number];

/** Amounts in minor units, or counts. */
const closingCheck = {
  shift: uuid<ShiftId>(),
  agrees: z.boolean(),
  differences: z.array(z.looseObject({ what: z.string(), till: z.int(), headoffice: z.int() })),
};

/** One schema for each kind of row; loose, since central may be newer than the till. */
export const feedRows = {
  tax: z.looseObject({
    tax: uuid<TaxId>(),
    code: z.string(),
    name: shortName,
    rate_millionths: millionths,
    active: z.boolean(),
  }),
  category: z.looseObject({
    category: uuid<CategoryId>(),
    name: shortName,
    tint: z.enum(tints),
    position: z.int(),
    active: z.boolean(),
  }),
  product: z.looseObject({ product: uuid<ProductId>(), version: recordVersion, ...productFields }),
  role: z.looseObject({ role: uuid<RoleId>(), name: shortName, permissions: z.array(z.string()) }),
  settings: z.looseObject(storeSettings.shape),
  /** A till of the store, the reader's own included. */
  till: z.looseObject({ till: uuid<TillId>(), code: z.string(), name: shortName }),
  /** A member of the store's staff; the name is in the private payload. */
  staff: z.looseObject({
    staff: uuid<StaffId>(),
    version: recordVersion,
    roles: z.array(uuid<RoleId>()),
    active: z.boolean(),
    private: hashText,
    /** The payload's bytes, null once it was erased. */
    payload_base64: z.base64().nullable(),
  }),
  /** The bcrypt hash of a PIN or password. The till wraps it with its own key before it stores it. */
  verifier: z.looseObject({
    staff: uuid<StaffId>(),
    credential: z.enum(['pin', 'password']),
    bcrypt: z.string().max(100),
  }),
  /** What one till's movements of one product add up to, and the last of its entries that is counted in. */
  stock: z.looseObject({
    product: uuid<ProductId>(),
    till: uuid<TillId>(),
    level_milli: milli,
    covers_seq: z.int().min(0),
  }),
  /** A store of the company, for what is sent from one to another. */
  store: z.looseObject({ store: uuid<StoreId>(), name: shortName, active: z.boolean() }),
  /**
   * Goods between two stores, told to both. `received_milli` is null while nobody has said what arrived; what has arrived of
   * one that is on the way is a part. `seen` is how far each till that received something of it is in this row; an
   * older head office doesn't say.
   */
  transfer: z.looseObject({
    number: z.string(),
    from_store: uuid<StoreId>(),
    to_store: uuid<StoreId>(),
    state: z.enum(['on_the_way', 'received', 'cancelled']),
    sent_at: instantText,
    seen: z.array(z.looseObject({ till: uuid<TillId>(), seq: z.int().min(1) })).optional(),
    lines: z.array(
      z.looseObject({
        product: uuid<ProductId>(),
        sku: z.string(),
        name: z.string(),
        unit: z.enum(units),
        sent_milli: milli,
        received_milli: milli.nullable(),
      }),
    ),
  }),
  /** What is added to the sum of all tills' levels of a product: what counts found out too late for the tills that counted. */
  stock_correction: z.looseObject({ product: uuid<ProductId>(), correction_milli: milli }),
  /** What the head office found when it computed a till's closing again, and what it had found of those before. */
  closing: z.looseObject({
    till: uuid<TillId>(),
    ...closingCheck,
    earlier: z.array(z.looseObject(closingCheck)).default([]),
  }),
  /** A till's entries that are held and could not be put into the tables: how many, and the last of them. */
  aside: z.looseObject({
    till: uuid<TillId>(),
    total: z.int().min(0),
    /** `code` is PostgreSQL's, one of ours (`ET…`), or `unknown_kind`. */
    entries: z.array(z.looseObject({ seq: z.int().min(1), code: z.string() })),
  }),
  /**
   * How far the head office has decided what a till proposed of a product. Whatever the till proposed up to `decided_seq` is
   * decided; `fields` says of each field how the last proposal ended, where it was not simply taken.
   */
  proposal: z.looseObject({
    till: uuid<TillId>(),
    product: uuid<ProductId>(),
    decided_seq: z.int().min(1),
    fields: z.array(
      z.looseObject({
        field: z.string(),
        /** The entry that proposed it. */
        seq: z.int().min(1),
        /** `waiting` for somebody at the head office; `taken` or `kept` by somebody there; `refused`. */
        state: z.string(),
        /** Why it was not simply taken: `stale`, `clash`, `permission`, `unknown`. */
        reason: z.string().nullable(),
        wanted: z.json(),
        /** The head office's own value; null too where it has none. */
        kept: z.json(),
        /** Who decided, by name; null where nobody had to. */
        by: z.string().nullable(),
        /** The name of the store's other till that had changed the field before; null where it was none. */
        before: z.string().nullable().optional(),
        at: instantText,
      }),
    ),
  }),
} as const;

export type FeedKind = keyof typeof feedRows;
export type FeedRow<Kind extends FeedKind> = z.infer<(typeof feedRows)[Kind]>;

/** A change as it travels: its place in its stream and the record as it is now. */
export interface FeedChange {
  readonly position: number;
  readonly kind: string;
  /** What names the row among those of its kind, where its own fields don't say so to every version: not of products and stock. */
  readonly key?: string | undefined;
  readonly row: unknown;
}

/** Where a till stands in a stream. A tag that central does not know (it was restored) means a new snapshot. */
export interface Cursor {
  readonly position: number;
  readonly tag: string;
}
