/** Who writes the catalogue, the staff and the settings that this till works by. */
import type { ReadDb } from '../db/statement.ts';
import { fail } from '../failure.ts';
import { tillIdentity } from '../journal/head.ts';

/** Whether the head office is their author: the till shows them and changes nothing. */
export function isReadOnly(db: ReadDb): boolean {
  return tillIdentity(db)?.authority === 'joined';
}

/** Fails with `catalogue.read_only` at a till that has joined a head office. */
export function refuseReadOnly(db: ReadDb): void {
  if (isReadOnly(db)) fail('catalogue.read_only');
}
