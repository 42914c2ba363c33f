/** One step of the till's schema: SQL that is run in one transaction. */
export interface TillMigration {
  /** `NNNN-name`, NNNN its place in the list from 0001. */
  readonly name: string;
  readonly sql: string;
}
