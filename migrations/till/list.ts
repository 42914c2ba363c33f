/** The till's migrations in their order. A migration that was released is never changed: the next one mends it. */
import { spine } from './0001-spine.ts';

/** One step of the till's schema: SQL that is run in one transaction. */
export interface TillMigration {
  /** `NNNN-name`, NNNN its place in the list from 0001. */
  readonly name: string;
  readonly sql: string;
}

export const tillMigrations: readonly TillMigration[] = [spine];
