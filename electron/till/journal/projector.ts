import type { Envelope } from '../../../shared/journal/envelope.ts';
import type { Body, KindName } from '../../../shared/journal/kinds.ts';
import type { WriteDb } from '../db/statement.ts';

/** Writes what one entry of a kind projects to. */
export type Projector<Name extends KindName> = (db: WriteDb, entry: Envelope, body: Body<Name>) => void;

/** The projectors of some kinds. */
export type Projectors<Names extends KindName> = { readonly [Name in Names]: Projector<Name> };
