/** What passes between the replay and the threads its tills live in. All of it can be cloned. */
import type { ProductId } from '../../shared/ids.ts';
import type { Invoice } from './invoices.ts';
import type { RefusedRow } from './ring-up.ts';
import type { Team } from './till-day.ts';

/** What a till is given when its thread starts. */
export interface Assignment {
  /** An empty folder for its file. */
  readonly folder: string;
  readonly enrolment_code: string;
  readonly team: Team;
  readonly zone: string;
  /** How many products the catalogue has: it rings nothing up before it holds them all. */
  readonly products: number;
  readonly bcrypt_cost: number;
  /** How long the head office may take to send what it has. */
  readonly patience_ms: number;
  /** In the order in which they are rung up. */
  readonly invoices: readonly Invoice[];
}

/** What a till has made of its invoices. */
export interface TillOutcome {
  readonly accepted: number;
  readonly refused: readonly RefusedRow[];
  /** Thousandths of a pound. */
  readonly money_accepted: bigint;
  readonly money_refused: bigint;
  readonly sales: number;
  /** Of these, how many come to 0. */
  readonly free_sales: number;
  readonly refunds: number;
  readonly adjustments: number;
  /** Pieces by SKU that the accepted rows add and take. */
  readonly moved: ReadonlyMap<string, number>;
}

/** Where a till stands once everything has been sent and pulled. */
export interface Standing {
  readonly seq: number;
  readonly hash: string;
  readonly confirmed_seq: number;
  /** Products whose stock in the store is another than expected; none when all is well. */
  readonly stock_differs: readonly {
    readonly product: ProductId;
    readonly store_milli: number;
    readonly expected_milli: number;
  }[];
}

export type ToTill =
  | { readonly type: 'ring_up' }
  | { readonly type: 'settle'; readonly expected_milli: ReadonlyMap<ProductId, number> }
  | { readonly type: 'close' };

export type FromTill =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly invoices: number }
  | { readonly type: 'rung_up'; readonly outcome: TillOutcome }
  | { readonly type: 'settled'; readonly standing: Standing }
  | { readonly type: 'closed' };
