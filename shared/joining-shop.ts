import type { StaffId, StoreId, TillId } from './ids.ts';
import type { StoreSettings } from './journal/kinds/store-kinds.ts';

/**
 * A shop that was its own, as it introduces itself to the head office that it joins. Its catalogue and its sales come with
 * its journal, by the sync.
 */
export interface JoiningShop {
  readonly store: StoreId;
  readonly till: TillId;
  /** Leads its receipt numbers from now on. */
  readonly code: string;
  readonly name: string;
  readonly settings: StoreSettings;
  /** bcrypt hashes: PINs and passwords are in no journal. */
  readonly verifiers: readonly {
    readonly staff: StaffId;
    readonly credential: 'pin' | 'password';
    readonly bcrypt: string;
  }[];
}
