import type { InstallationId, StoreId, TillId } from '../../../shared/ids.ts';
import type { OutgoingEntry } from '../sync/outgoing.ts';

/**
 * What the head office answers to a one-time code. The way to reach it stays with the port, as a secret; so does this
 * answer, so that the same code asked again (the PC went down in between) gives the same till.
 */
export interface EnrolledTill {
  readonly store: StoreId;
  readonly till: TillId;
  /** The installation that was registered: the first answer's, when the code is asked again. */
  readonly installation: InstallationId;
  readonly code: string;
  readonly name: string;
  /** The journal that the till had on the PC before this one; nothing for a new till. */
  readonly history: readonly OutgoingEntry[];
}
