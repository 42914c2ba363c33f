import type { InstallationId, StoreId, TillId } from '../../../shared/ids.ts';
import { uuidFromBytes } from '../../../shared/ids.ts';
import type { Head } from '../../../shared/journal/chain.ts';
import { decodeEntry } from '../../../shared/journal/envelope.ts';
import { type ReadDb, reads } from '../db/statement.ts';

const last = reads()((q) => q.selectFrom('journal').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1));
const first = reads()((q) => q.selectFrom('journal').select('bytes').where('seq', '=', 1));
const hashOf = reads<{ seq: number }>()((q, p) => q.selectFrom('journal').select('hash').where('seq', '=', p.seq));
const identity = reads()((q) => q.selectFrom('till_identity').selectAll().where('id', '=', 1));

/** The last entry of the journal; undefined before the first. */
export function journalHead(db: ReadDb): Head | undefined {
  return last.get(db, {});
}

/** The hash of an entry; undefined where there is none. */
export function entryHashAt(db: ReadDb, seq: number): Uint8Array | undefined {
  return hashOf.get(db, { seq })?.hash;
}

/** The installation of the first entry, over which hash(0) was made; undefined before it. */
export function firstInstallation(db: ReadDb): InstallationId | undefined {
  const row = first.get(db, {});
  return row === undefined ? undefined : decodeEntry(row.bytes).installation;
}

/** Who this till is, and where its receipts and shifts stand. */
export interface TillIdentity {
  readonly store: StoreId;
  readonly till: TillId;
  readonly installation: InstallationId;
  readonly epoch: number;
  readonly series: string;
  readonly last_receipt: number;
  readonly last_shift: number;
  readonly last_business_date: string | null;
  readonly code: string;
  readonly name: string;
  readonly authority: 'standalone' | 'joined';
  readonly demo: boolean;
}

/** Undefined until the till is set up. */
export function tillIdentity(db: ReadDb): TillIdentity | undefined {
  const row = identity.get(db, {});
  if (row === undefined) return undefined;
  return {
    store: uuidFromBytes(row.store),
    till: uuidFromBytes(row.till),
    installation: uuidFromBytes(row.installation),
    epoch: row.epoch,
    series: row.series,
    last_receipt: row.last_receipt,
    last_shift: row.last_shift,
    last_business_date: row.last_business_date,
    code: row.code,
    name: row.name,
    authority: row.authority === 'joined' ? 'joined' : 'standalone',
    demo: row.demo === 1,
  };
}

/** Which till an entry is of. */
export type EntryIdentity = Pick<TillIdentity, 'store' | 'till' | 'installation' | 'epoch'>;
