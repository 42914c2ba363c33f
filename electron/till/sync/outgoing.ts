/** Entries on their way to the head office: the journal itself is the outbox. */
import { fromHex } from '../../../shared/ids.ts';
import { type ReadDb, reads } from '../db/statement.ts';

const entries = reads<{ after: number; count: number }>()((q, p) =>
  q.selectFrom('journal').select(['seq', 'bytes', 'hash']).where('seq', '>', p.after).orderBy('seq').limit(p.count),
);
const payload = reads<{ hash: Uint8Array }>()((q, p) =>
  q.selectFrom('private_payloads').select(['hash', 'bytes']).where('hash', '=', p.hash),
);

/** A private payload as it travels beside its entry. */
export interface OutgoingPayload {
  /** SHA-256 of the bytes. */
  readonly hash: Uint8Array;
  readonly bytes: Uint8Array;
}

/** An entry as it travels: its own bytes and hash, and the payloads that are still there. */
export interface OutgoingEntry {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
  readonly payloads: readonly OutgoingPayload[];
}

/** The entries after `seq`: at most `count`, at most `bytes` of them together, but always one where there is one. */
export function entriesAfter(
  db: ReadDb,
  seq: number,
  limit: { readonly count: number; readonly bytes: number },
): OutgoingEntry[] {
  const taken: { readonly seq: number; readonly bytes: Uint8Array; readonly hash: Uint8Array }[] = [];
  let size = 0;
  for (const row of entries.each(db, { after: seq, count: limit.count })) {
    size += row.bytes.length;
    if (taken.length > 0 && size > limit.bytes) break;
    taken.push(row);
  }
  return taken.map((row) => ({ ...row, payloads: payloadsOf(db, row.bytes) }));
}

/** The payloads that an entry names and that were not erased. Nearly all entries name none, which shows at a glance. */
function payloadsOf(db: ReadDb, bytes: Uint8Array): OutgoingPayload[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!text.includes('"private":[')) return [];
  // An entry of this till's own journal, which its envelope's schema has passed: a list of hashes, or none at all.
  const { private: hashes = [] } = JSON.parse(text.toString('utf8')) as { readonly private?: readonly string[] };
  return hashes.flatMap((hash) => payload.get(db, { hash: fromHex(hash) }) ?? []);
}
