/** The migrations of the central database, in the order in which they are applied. Append; never change one that is out. */
import { readFileSync } from 'node:fs';

export interface CentralMigration {
  readonly name: string;
  /** May say `:"owner"`, `:"headoffice"`, `:"tills"`, `:"enrolments"`, `:"gateway"`, `:"bouncer"` for this database's roles, and `:'owner'` for a name as text. */
  readonly sql: string;
}

const names = [
  '0001-company',
  '0002-journal',
  '0003-projections',
  '0004-catalogue',
  '0005-feed',
  '0006-project',
  '0007-chain',
  '0008-hello',
  '0009-push',
  '0010-pull',
  '0011-edits',
  '0012-people',
  '0013-enrolment',
  '0014-reproject',
  '0015-closing',
  '0016-proposals',
  '0017-stock-takes',
  '0018-transfers',
  '0019-histories',
  '0020-gateway',
  '0021-partitions',
  '0022-clocks',
  '0023-noted',
  '0030-privileges',
  '0040-headoffice',
  '0050-restored',
];

export const centralMigrations: readonly CentralMigration[] = names.map((name) => ({
  name,
  sql: readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8'),
}));
