/** What passes between the torture and the processes that its tills live in. All of it is JSON. */

export interface Assignment {
  /** The till's data folder. */
  readonly folder: string;
  /** Where the harness writes down what customers were handed. */
  readonly log: string;
  /** Given to a till that has not joined yet. */
  readonly code: string;
  readonly login: string;
  readonly password: string;
  /** How many products there are: it sells nothing before it holds them all. */
  readonly products: number;
  /** Between two customers, on average. */
  readonly pace_ms: number;
}

/** `count` null: until told otherwise. */
export type ToTill =
  | { readonly type: 'sell'; readonly count: number | null }
  | { readonly type: 'report' }
  | { readonly type: 'close' };

/** Where a till says it stands. */
export interface Standing {
  readonly till: string;
  readonly seq: number;
  readonly hash: string;
  readonly confirmed_seq: number;
  readonly state: string;
  readonly reason: string | null;
  /** What it thinks is on the shelf of the store, by product, in thousandths. */
  readonly stock: Readonly<Record<string, number>>;
}

export type FromTill =
  | { readonly type: 'ready' }
  /** It has sold as often as it was asked to. */
  | { readonly type: 'sold' }
  | { readonly type: 'report'; readonly standing: Standing }
  | { readonly type: 'closed' };
