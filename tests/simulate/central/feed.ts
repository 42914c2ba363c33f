/** The model's feed: one page of a stream after a cursor. */
import type { PulledPage } from '../../../sync/answers.ts';
import type { Cursor, Stream } from '../../../shared/feed/rows.ts';
import type { StoreBook, StreamBook, TillBook } from './books.ts';

/** Writes the latest row of a key, at the stream's next position. */
export function putRow(stream: StreamBook, kind: string, key: string, row: unknown): void {
  stream.position += 1;
  stream.rows.set(`${kind} ${key}`, { kind, key, row, position: stream.position });
}

/** So many of the entries that were put aside are named. */
const mostAside = 50;

/** Tells a till which of its entries are held and count nowhere. */
export function tellAside(store: StoreBook, { quarantine, till, unknown }: TillBook): void {
  const aside = [...quarantine, ...[...unknown].map((seq) => [seq, 'unknown_kind'] as const)];
  const entries = aside
    .toSorted(([a], [b]) => b - a)
    .slice(0, mostAside)
    .map(([seq, code]) => ({ seq, code }));
  putRow(store.stream, 'aside', till, { till, total: aside.length, entries });
}

interface Change {
  readonly position: number;
  readonly kind: string;
  /** Not told of products and stock. */
  readonly key?: string;
  readonly row: unknown;
  /** Nothing to tell this till: its own movements, or another till's affairs. */
  readonly isOwn: boolean;
}

/** Rows that go to the till alone that they are of. */
const ofOneTill = new Set(['closing', 'aside', 'proposal']);

/** Whether a row is nothing for a till to know: another till's affairs, or goods between other stores. */
function isOfOthers({ key, kind, row }: FeedRow, { store, till }: TillBook): boolean {
  // A proposal's key names its product too.
  if (ofOneTill.has(kind)) return key.split('/')[0] !== till;
  if (kind !== 'transfer') return false;
  // Written by the model itself.
  const { from_store, to_store } = row as { readonly from_store: string; readonly to_store: string };
  return store !== from_store && store !== to_store;
}

type FeedRow = Pick<Change, 'kind' | 'row'> & { readonly key: string };

function changesAfter(stream: StreamBook, stock: StoreBook['stock'] | null, book: TillBook, from: number): Change[] {
  const changes: Change[] = [];
  for (const row of stream.rows.values())
    if (row.position > from) changes.push({ ...row, isOwn: isOfOthers(row, book) });
  for (const { covers_seq, level_milli, position, product, till } of stock?.values() ?? [])
    if (position > from)
      changes.push({
        position,
        kind: 'stock',
        row: { product, till, level_milli, covers_seq },
        isOwn: till === book.till,
      });
  return changes.toSorted((a, b) => a.position - b.position);
}

/**
 * One page for a till: changes since its cursor, or, for a cursor that is not of this stream's past, a snapshot in pages
 * `begin`, `more`, `end`. The tag of a cursor inside a snapshot begins with `~`. A till's own stock is its own to know. Central
 * ends a page by its bytes too, which no simulated company's rows come near.
 */
export function pageOf(
  name: Stream,
  stream: StreamBook,
  stock: StoreBook['stock'] | null,
  book: TillBook,
  cursor: Cursor | null,
  limit: number,
): PulledPage {
  const isInside = (tag: string) => cursor?.tag === tag && cursor.position >= 0 && cursor.position <= stream.position;
  const goesOn = isInside(stream.tag);
  const snapshotGoesOn = isInside(`~${stream.tag}`);
  const begins = !goesOn && !snapshotGoesOn;
  const from = begins || cursor === null ? 0 : cursor.position;
  const found = changesAfter(stream, stock, book, from).slice(0, limit);
  const isShort = found.length < limit;
  const isComplete = isShort && !begins;
  return {
    stream: name,
    tag: !goesOn && !isComplete ? `~${stream.tag}` : stream.tag,
    snapshot: goesOn ? null : begins ? 'begin' : isComplete ? 'end' : 'more',
    from,
    position: isShort ? stream.position : (found.at(-1)?.position ?? from),
    more: !isComplete,
    changes: found
      .filter(({ isOwn }) => !isOwn)
      .map(({ key, kind, position, row }) => ({
        position,
        kind,
        ...(key === undefined || kind === 'product' ? {} : { key }),
        row,
      })),
  };
}
