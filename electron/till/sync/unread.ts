/**
 * Rows of the feed that this version can't read, or not wholly: of a kind, with a field or with a value that a newer head
 * office knows. The cursor moves on, the row is kept as it came, and is read when this till has been updated.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type FeedChange, type FeedKind, feedRows, type Stream, streams } from '../../../shared/feed/rows.ts';
import { fields, reads, type WriteDb, writes } from '../db/statement.ts';
import type { Ports } from '../ports.ts';
import { type Applying, applyChange } from './replica.ts';

const anyKept = reads<{ stream: Stream }>()((q, p) =>
  q.selectFrom('unread_rows').select('kind').where('stream', '=', p.stream).limit(1),
);
const keptRows = reads<{ stream: Stream }>()((q, p) =>
  q
    .selectFrom('unread_rows')
    .select(['kind', 'key', 'position', 'wrapped'])
    .where('stream', '=', p.stream)
    .orderBy('position'),
);
const put = writes<{ stream: Stream; kind: string; key: string; position: number; wrapped: Uint8Array }>()((q, p) =>
  q.replaceInto('unread_rows').values(fields(p, 'stream', 'kind', 'key', 'position', 'wrapped')),
);
const remove = writes<{ stream: Stream; kind: string; key: string }>()((q, p) =>
  q.deleteFrom('unread_rows').where('stream', '=', p.stream).where('kind', '=', p.kind).where('key', '=', p.key),
);
const removeAll = writes<{ stream: Stream }>()((q, p) => q.deleteFrom('unread_rows').where('stream', '=', p.stream));
const forgetCursor = writes<{ stream: Stream }>()((q, p) =>
  q.deleteFrom('feed_cursors').where('stream', '=', p.stream),
);
const lastReader = reads()((q) => q.selectFrom('feed_reader').select('reads').where('id', '=', 1));
const putReader = writes<{ reads: string }>()((q, p) => q.replaceInto('feed_reader').values({ id: 1, reads: p.reads }));

/** The kinds whose rows come without their key, and the fields that are it. */
const ownKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['product', ['product']],
  ['stock', ['product', 'till']],
]);
const named = z.record(z.string(), z.unknown());

/** What names a row among those of its kind; undefined where the head office is too old to say. */
function keyOf(change: FeedChange): string | undefined {
  if (change.key !== undefined) return change.key;
  const own = ownKeys.get(change.kind);
  const row = named.safeParse(change.row).data;
  if (own === undefined || row === undefined) return undefined;
  const parts = own.map((field) => row[field]);
  return parts.every((part) => typeof part === 'string') ? parts.join('/') : undefined;
}

/** Whether a row of a known kind has a field that this version does not know. */
function hasUnknownField({ kind, row }: FeedChange): boolean {
  if (typeof row !== 'object' || row === null) return false;
  const { shape } = feedRows[kind as FeedKind];
  for (const field in row) if (!Object.hasOwn(shape, field)) return true;
  return false;
}

/** Keeps what of a stream's changes can't be read; a row that can be takes the place of one that was kept. */
export class UnreadRows {
  readonly #applying: Applying;
  readonly #stream: Stream;
  #hasKept: boolean;

  constructor(applying: Applying, stream: Stream) {
    this.#applying = applying;
    this.#stream = stream;
    this.#hasKept = anyKept.get(applying.db, { stream }) !== undefined;
  }

  /** A snapshot says all anew. */
  begin(): void {
    removeAll.run(this.#applying.db, { stream: this.#stream });
    this.#hasKept = false;
  }

  /** Takes a change after it was applied: `isRead` where it was, or is none of this till's business. */
  note(change: FeedChange, isRead: boolean): void {
    const isKnown = Object.hasOwn(feedRows, change.kind);
    const isWhole = isRead && isKnown && !hasUnknownField(change);
    if (isWhole && !this.#hasKept) return;
    const { db, ports } = this.#applying;
    // A kind that is not known has a row for each position where nothing names it: better twice than not at all.
    const key = keyOf(change) ?? (isKnown ? undefined : `#${String(change.position)}`);
    if (key === undefined) return;
    const where = { stream: this.#stream, kind: change.kind, key };
    if (isWhole) {
      remove.run(db, where);
      return;
    }
    const wrapped = ports.secrets.wrap(new TextEncoder().encode(JSON.stringify(change.row)));
    put.run(db, { ...where, position: change.position, wrapped });
    this.#hasKept = true;
  }
}

/** The kinds that this version reads, their fields and values: another text after an update that has learned something. */
function whatIsRead(): string {
  const kinds = Object.entries(feedRows).map(([kind, schema]) => [
    kind,
    z.toJSONSchema(schema, { unrepresentable: 'any' }),
  ]);
  return createHash('sha256').update(JSON.stringify(kinds)).digest('hex');
}

/**
 * Reads what was kept, where this version reads other kinds or fields than the one that kept it. Rows that this PC can't unwrap (another PC's) are dropped, and their stream is taken anew.
 */
export function readKept(db: WriteDb, ports: Ports, self: Applying['self']): void {
  const known = whatIsRead();
  if (lastReader.get(db, {})?.reads === known) return;
  putReader.run(db, { reads: known });
  for (const stream of streams) {
    const applying = { db, ports, self, isSnapshot: false };
    const unread = new UnreadRows(applying, stream);
    for (const { key, kind, position, wrapped } of keptRows.all(db, { stream })) {
      let row: unknown;
      try {
        row = JSON.parse(new TextDecoder().decode(ports.secrets.unwrap(wrapped)));
      } catch (error) {
        ports.log.fault('feed.kept_row_lost', error, { stream, kind });
        removeAll.run(db, { stream });
        forgetCursor.run(db, { stream });
        break;
      }
      const change = { kind, key, position, row };
      const applied = applyChange(applying, stream, change);
      unread.note(change, 'key' in applied);
    }
  }
}
