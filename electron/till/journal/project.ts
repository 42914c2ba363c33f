/**
 * From entries to tables: one function a kind. A projection reads nothing but the entry and other projections, no
 * catalogue of the feed, no settings, no clock; so `rebuild` gets the same rows from the same journal, on any day.
 */
import { openAdopted } from '../../../shared/journal/adopted.ts';
import type { Envelope } from '../../../shared/journal/envelope.ts';
import { type Body, isKnownKind, type KindName, kinds } from '../../../shared/journal/kinds.ts';
import { uuidToBytes } from '../../../shared/ids.ts';
import { fields, reads, type WriteDb, writes } from '../db/statement.ts';
import { sha256 } from './sha256.ts';
import type { Projectors } from './projector.ts';
import { wasSaidBefore } from './said-before.ts';
import { catalogueProjectors } from '../product/project.ts';
import { proposalProjectors } from '../proposal/project.ts';
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
  ...proposalProjectors,
  ...shiftProjectors,
  ...saleProjectors,
  ...stockProjectors,
  adopted: projectAdopted,
};

const catalogueKinds = new Set<string>([
  ...Object.keys(settingsProjectors),
  ...Object.keys(catalogueProjectors),
  'role.recorded',
  'staff.created',
  'staff.edited',
]);

/** Whether a kind writes the catalogue, which is the head office's where the till has joined one. */
export function isCatalogueKind(kind: string): boolean {
  return catalogueKinds.has(kind);
}

/** Projects an entry whose body its kind's schema has passed. */
export function project<Name extends KindName>(db: WriteDb, entry: Envelope, kind: Name, body: Body<Name>): void {
  projectors[kind](db, entry, body);
}

/** Projects an entry that was read from bytes; answers false for a kind or version that this version doesn't know. */
export function projectTaken(db: WriteDb, entry: Envelope): boolean {
  const { kind, version } = entry;
  if (!isKnownKind(kind, version)) return false;
  projectRead(db, entry, kind);
  return true;
}

function projectRead<Name extends KindName>(db: WriteDb, entry: Envelope, kind: Name): void {
  // The registry's member under this name is the kind of this name; TypeScript loses the link through the index.
  project(db, entry, kind, kinds[kind].read(entry.body) as Body<Name>);
}

/** Which till this is the fork's own entries can't say: the chain that adopted them has said it. */
const ofTheFork = new Set<string>(['epoch.opened', 'till.opened', 'till.joined']);

const written = reads<{ command: Uint8Array; n: number }>()((q, p) =>
  q.selectFrom('journal').select('seq').where('command', '=', p.command).where('n', '=', p.n),
);
const adoptedBefore = reads<{ command: Uint8Array; n: number }>()((q, p) =>
  q.selectFrom('adopted_facts').select('seq').where('command', '=', p.command).where('n', '=', p.n),
);
const noteAdopted = writes<{ command: Uint8Array; n: number; seq: number }>()((q, p) =>
  q.insertInto('adopted_facts').values(fields(p, 'command', 'n', 'seq')),
);

/**
 * An adopted entry is the fact that it holds, at the place where it was adopted. A fact that stands in the chain already
 * counts once: two copies of a till may both have brought it. So does what both have said anew, though it can be so only
 * once; the head office puts the second aside and shows it.
 */
function projectAdopted(db: WriteDb, entry: Envelope): void {
  const fact = openAdopted(sha256, entry).at(-1)?.envelope;
  if (fact === undefined || ofTheFork.has(fact.kind) || isCatalogueKind(fact.kind)) return;
  const written_by = { command: uuidToBytes(fact.command), n: fact.n };
  if (written.get(db, written_by) !== undefined || adoptedBefore.get(db, written_by) !== undefined) return;
  noteAdopted.run(db, { ...written_by, seq: entry.seq });
  if (!wasSaidBefore(db, fact)) projectTaken(db, { ...fact, seq: entry.seq });
}
