import type { StoreId, TillId } from '../../../shared/ids.ts';

/** What the head office answers to a one-time code. The way to reach it stays with the port, as a secret. */
export interface EnrolledTill {
  readonly store: StoreId;
  readonly till: TillId;
  readonly code: string;
  readonly name: string;
}
