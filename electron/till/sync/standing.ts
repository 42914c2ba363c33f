/** Where the two sides stand, as the till's own file knows it. */
import { type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import type { Cursor, Stream } from '../../../shared/feed/rows.ts';
import type { Head } from '../../../shared/journal/chain.ts';

const state = reads()((q) =>
  q.selectFrom('sync_state').select(['confirmed_seq', 'confirmed_hash', 'confirmed_at']).where('id', '=', 1),
);
const writtenAt = reads<{ seq: number }>()((q, p) => q.selectFrom('journal').select('at').where('seq', '=', p.seq));
const setConfirmed = writes<{ seq: number; hash: Uint8Array; at: string }>()((q, p) =>
  q
    .updateTable('sync_state')
    .set({ confirmed_seq: p.seq, confirmed_hash: p.hash, confirmed_at: p.at })
    .where('id', '=', 1),
);
const cursor = reads<{ stream: Stream }>()((q, p) =>
  q.selectFrom('feed_cursors').select(['position', 'tag']).where('stream', '=', p.stream),
);
const setCursor = writes<{ stream: Stream; position: number; tag: string }>()((q, p) =>
  q.replaceInto('feed_cursors').values({ stream: p.stream, position: p.position, tag: p.tag }),
);

/** What the head office has confirmed: `hash` and `at` are null while it is nothing. */
export interface Confirmed {
  readonly seq: number;
  readonly hash: Uint8Array | null;
  readonly at: string | null;
}

/** The last entry that the head office has confirmed. */
export function findConfirmed(db: ReadDb): Confirmed {
  const row = state.one(db, {});
  return { seq: row.confirmed_seq, hash: row.confirmed_hash, at: row.confirmed_at };
}

/** Remembers what the head office has confirmed, at `at`, an instant of ISO 8601. */
export function recordConfirmed(db: WriteDb, head: Head, at: string): void {
  setConfirmed.run(db, { seq: head.seq, hash: head.hash, at });
}

/** When an entry was written; undefined where there is none. */
export function entryWrittenAt(db: ReadDb, seq: number): string | undefined {
  return writtenAt.get(db, { seq })?.at;
}

/** Where this till stands in a stream; null before its first snapshot was complete. */
export function findCursor(db: ReadDb, stream: Stream): Cursor | null {
  return cursor.get(db, { stream }) ?? null;
}

export function recordCursor(db: WriteDb, stream: Stream, { position, tag }: Cursor): void {
  setCursor.run(db, { stream, position, tag });
}
