/**
 * From entries to tables: one function a kind. A projection reads nothing but the entry and other projections, no
 * catalogue of the feed, no settings, no clock; so `rebuild` gets the same rows from the same journal, on any day.
 */
import type { Envelope } from '../../../shared/journal/envelope.ts';
import type { Body, KindName } from '../../../shared/journal/kinds.ts';
import type { WriteDb } from '../db/statement.ts';
import type { Projectors } from './projector.ts';
import { catalogueProjectors } from '../product/project.ts';
import { saleProjectors } from '../sale/project.ts';
import { settingsProjectors } from '../settings/project.ts';
import { setupProjectors } from '../setup/project.ts';
import { shiftProjectors } from '../shift/project.ts';
import { staffProjectors } from '../staff/project.ts';
import { stockProjectors } from '../stock/project.ts';

const projectors: Projectors<KindName> = {
  ...setupProjectors,
  ...settingsProjectors,
  ...staffProjectors,
  ...catalogueProjectors,
  ...shiftProjectors,
  ...saleProjectors,
  ...stockProjectors,
};

/** Projects an entry whose body its kind's schema has passed. */
export function project<Name extends KindName>(db: WriteDb, entry: Envelope, kind: Name, body: Body<Name>): void {
  projectors[kind](db, entry, body);
}
