/** What a till's head against ours says about it. Pure: everything that counts is in the row. */
import { tillStates } from '../../shared/contract/headoffice/shapes.ts';

export type TillState = (typeof tillStates)[number];

/** A till asks for the feed every few seconds; after so long without a word it is not there. */
const silent_ms = 2 * 60 * 1000;

/** Joining takes as long as it takes to fetch the catalogue; a PC that is at it says hello all the while. */
const joining_ms = 15 * 60 * 1000;

export interface TillFacts {
  readonly active: boolean;
  readonly held_seq: number;
  readonly reported_seq: number | null;
  /** How the chains met when the till was last heard; null where that isn't known. */
  readonly reported_chain: string | null;
  /** Another installation asked to speak for the till. */
  readonly isClaimed: boolean;
  /** When it said that it leaves; null while it is there. */
  readonly left_at: string | null;
  /** By the database's clock; null where the PC that speaks for it was never heard. */
  readonly unseen_ms: number | null;
  /** The same since that PC may speak. */
  readonly decided_ms: number;
}

/** The worst that holds of a till, in the order of {@link tillStates}. */
export function tillState(facts: TillFacts): TillState {
  const { active, decided_ms, held_seq, left_at, reported_seq, reported_chain, isClaimed, unseen_ms } = facts;
  if (!active) return 'inactive';
  if (isClaimed) return 'replaced';
  if (left_at !== null) return 'left';
  if (reported_chain === 'fork') return 'fork';
  if (unseen_ms === null || (held_seq === 0 && (reported_seq ?? 0) === 0))
    return (unseen_ms ?? decided_ms) > joining_ms ? 'unfinished' : 'new';
  if (reported_seq !== null && reported_seq > held_seq) return 'waiting';
  if (reported_seq !== null && reported_seq < held_seq && reported_chain === 'behind') return 'behind';
  return unseen_ms > silent_ms ? 'silent' : 'equal';
}

/** How bad a state is: the smaller, the worse. */
export function rankOf(state: TillState): number {
  return tillStates.indexOf(state);
}
