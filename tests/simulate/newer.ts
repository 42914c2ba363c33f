/** A till of a later version: it writes entries of a kind that nobody here knows, and fields that nobody here asks for. */
import Database from 'better-sqlite3';
import { journalHead, tillIdentity } from '../../electron/till/journal/head.ts';
import { sha256 } from '../../electron/till/journal/sha256.ts';
import { takeEntry } from '../../electron/till/journal/take.ts';
import type { CommandId } from '../../shared/ids.ts';
import { entryHash } from '../../shared/journal/chain.ts';
import { encodeEntry, type Envelope } from '../../shared/journal/envelope.ts';
import { opening } from './shop.ts';

export interface Newer {
  readonly command: CommandId;
  readonly product: string;
  /** What the correction adds; null for an entry of an unknown kind. */
  readonly quantity_milli: number | null;
}

/** Appends such an entry to a till's file, beside the till. Answers whether it could. */
export function appendNewer(path: string, { command, product, quantity_milli }: Newer): boolean {
  const connection = new Database(path);
  const db = { connection, writable: true as const };
  try {
    const identity = tillIdentity(db);
    const head = journalHead(db);
    if (identity === undefined || head === undefined) return false;
    const known = quantity_milli !== null;
    const envelope: Envelope = {
      store: identity.store,
      till: identity.till,
      installation: identity.installation,
      epoch: identity.epoch,
      seq: head.seq + 1,
      kind: known ? 'stock.adjusted' : 'loyalty.earned',
      version: 1,
      command,
      n: 0,
      actor: null,
      at: new Date(opening).toISOString(),
      offset: 0,
      business_date: null,
      currency: null,
      body: known
        ? {
            adjustment: command,
            reason: 'Delivery',
            lines: [{ product, sku: 'P', quantity_milli, shelf: 'B7' }],
            supplier: 'of a later version',
          }
        : { customer: command, points: 12 },
    };
    const bytes = encodeEntry(envelope);
    connection.exec('BEGIN');
    takeEntry(db, { bytes, hash: entryHash(sha256, head.hash, bytes) }, envelope);
    connection.prepare('COMMIT').run();
    return true;
  } finally {
    connection.close();
  }
}
