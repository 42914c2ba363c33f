import type { StoreId, TillId } from '../shared/ids.ts';

/** A till with its store, as people call them. */
export interface TillNamed {
  readonly store: StoreId;
  readonly store_name: string;
  readonly till: TillId;
  readonly till_code: string;
  readonly till_name: string;
}

/** The columns of a {@link TillNamed}, where `o` is the row of `stores` and `t` that of `tills`. */
export const tillNamed = 'o.store, o.name as store_name, t.till, t.code as till_code, t.name as till_name';
