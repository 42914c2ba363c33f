/** The tables of `migrations/till` as Kysely sees them. What each is for stands beside its SQL. */
import type { Generated } from 'kysely';

type Text = string;
type Integer = number;
type Blob = Uint8Array;
type Flag = 0 | 1;

export interface TillSchema {
  journal: {
    seq: Integer;
    hash: Blob;
    epoch: Integer;
    kind: Text;
    version: Integer;
    command: Blob;
    n: Integer;
    at: Text;
    business_date: Text | null;
    bytes: Blob;
  };
  private_payloads: { hash: Blob; bytes: Blob };
  staff_verifiers: { staff: Blob; credential: 'pin' | 'password'; wrapped: Blob };
  till_identity: {
    id: Integer;
    store: Blob;
    till: Blob;
    installation: Blob;
    epoch: Integer;
    series: Text;
    last_receipt: Integer;
    last_shift: Integer;
    last_business_date: Text | null;
    code: Text;
    name: Text;
    authority: Text;
    demo: Flag;
  };
  store_settings: { id: Integer; settings: Text };
  roles: { role: Blob; name: Text; permissions: Text };
  staff: { staff: Blob; version: Integer; private: Blob; active: Flag };
  staff_roles: { staff: Blob; role: Blob };
  staff_lockouts: { staff: Blob; until: Text };
  taxes: { tax: Blob; code: Text; name: Text; rate_millionths: Integer; active: Flag };
  categories: { category: Blob; name: Text; tint: Text; position: Integer; active: Flag };
  product_keys: { key: Generated<Integer>; product: Blob };
  products: {
    key: Integer;
    version: Integer;
    sku: Text;
    name: Text;
    unit: Text;
    price_minor: Integer | null;
    category: Blob | null;
    taxes: Text;
    stocked: Flag;
    active: Flag;
  };
  product_barcodes: { barcode: Text; product_key: Integer; position: Integer };
  search_ranks: { rank: Integer; product_key: Integer };
  search_words: { rowid: Integer; words: Text };
  shifts: {
    key: Generated<Integer>;
    shift: Blob;
    number: Integer;
    business_date: Text;
    currency: Text;
    float_minor: Integer;
    opened_seq: Integer;
    opened_at: Text;
    opened_by: Blob | null;
    closed_seq: Integer | null;
    closed_at: Text | null;
    counted_minor: Integer | null;
    expected_minor: Integer | null;
    reason: Text | null;
    sales_count: Generated<Integer>;
    sales_minor: Generated<Integer>;
    sales_tax_minor: Generated<Integer>;
    refunds_count: Generated<Integer>;
    refunds_minor: Generated<Integer>;
    refunds_tax_minor: Generated<Integer>;
    paid_in_minor: Generated<Integer>;
    paid_out_minor: Generated<Integer>;
  };
  shift_tenders: { shift_key: Integer; kind: Text; count: Integer; amount_minor: Integer };
  cash_movements: { seq: Integer; shift_key: Integer; amount_minor: Integer; reason: Text };
  sales: {
    seq: Integer;
    sale: Blob;
    kind: 'sale' | 'refund';
    shift_key: Integer;
    receipt_series: Text;
    receipt_number: Integer;
    at: Text;
    business_date: Text;
    currency: Text;
    actor: Blob | null;
    lines: Integer;
    total_minor: Integer;
    tax_minor: Integer;
    of_sale: Blob | null;
  };
  sale_lines: {
    seq: Integer;
    n: Integer;
    product_key: Integer;
    quantity_milli: Integer;
    total_minor: Integer;
    net_minor: Integer;
    moves_stock: Flag;
    of_line: Blob | null;
  };
  tenders: {
    seq: Integer;
    n: Integer;
    kind: Text;
    amount_minor: Integer;
    handed_minor: Integer;
    foreign_currency: Text | null;
    foreign_minor: Integer | null;
    foreign_rate_millionths: Integer | null;
  };
  voided_baskets: { seq: Integer; basket: Blob; shift_key: Integer; total_minor: Integer; lines: Integer };
  stock_adjustments: { seq: Integer; n: Integer; product_key: Integer; quantity_milli: Integer };
  stock_levels: { product_key: Integer; own_milli: Integer; sold_milli: Integer };
  stock_elsewhere: { product_key: Integer; till: Blob; level_milli: Integer; covers_seq: Integer };
  tills: { till: Blob; code: Text; name: Text };
  baskets: { key: Generated<Integer>; basket: Blob; opened_at: Text; discounts: Text };
  basket_lines: {
    basket_key: Integer;
    n: Integer;
    line: Blob;
    product_key: Integer;
    quantity_milli: Integer;
    snapshot: Text;
  };
  basket_tenders: { basket_key: Integer; n: Integer; tender: Blob; kind: 'cash' | 'card'; handed_minor: Integer };
  sessions: { token_hash: Blob; staff: Blob; since: Text; ended_at: Text | null };
  sign_in_attempts: { staff: Blob; failed: Integer };
  approvals: { approval: Blob; approver: Blob; permission: Text; command: Blob; given_at: Text };
  answers: { command: Blob; operation: Text; actor: Blob | null; input_hash: Blob; answer: Text; at: Text };
  sync_state: { id: Integer; confirmed_seq: Integer; confirmed_hash: Blob | null; confirmed_at: Text | null };
  feed_cursors: { stream: 'company' | 'store'; position: Integer; tag: Text };
}

/** What a table is for, by which `rebuild` knows what to copy, what to make again and what to leave. */
export const tableClasses: {
  readonly [Table in keyof TillSchema]: 'source' | 'projection' | 'catalogue' | 'replica' | 'local';
} = {
  journal: 'source',
  private_payloads: 'source',
  staff_verifiers: 'source',
  till_identity: 'projection',
  store_settings: 'catalogue',
  roles: 'catalogue',
  staff: 'catalogue',
  staff_roles: 'catalogue',
  staff_lockouts: 'projection',
  taxes: 'catalogue',
  categories: 'catalogue',
  product_keys: 'projection',
  products: 'catalogue',
  product_barcodes: 'catalogue',
  search_ranks: 'local',
  search_words: 'local',
  shifts: 'projection',
  shift_tenders: 'projection',
  cash_movements: 'projection',
  sales: 'projection',
  sale_lines: 'projection',
  tenders: 'projection',
  voided_baskets: 'projection',
  stock_adjustments: 'projection',
  stock_levels: 'projection',
  stock_elsewhere: 'replica',
  tills: 'replica',
  baskets: 'local',
  basket_lines: 'local',
  basket_tenders: 'local',
  sessions: 'local',
  sign_in_attempts: 'local',
  approvals: 'local',
  answers: 'local',
  sync_state: 'local',
  feed_cursors: 'local',
};
