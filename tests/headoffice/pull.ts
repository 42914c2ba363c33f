import type { Cursor } from '../../shared/feed/rows.ts';
import { type CentralAddress, centralAt } from '../../sync/central.ts';

/** Loads a till's whole feed from the beginning, as a till without a cursor does: the rows as they are now, by kind. */
export async function pullPage(
  address: CentralAddress,
): Promise<ReadonlyMap<string, readonly Record<string, unknown>[]>> {
  const connection = await centralAt(address, '0.1.0').connect();
  const rows = new Map<string, Record<string, unknown>[]>();
  try {
    const cursors: { company: Cursor | null; store: Cursor | null } = { company: null, store: null };
    for (let hasMore = true; hasMore;) {
      const answer = await connection.pull(cursors, 500);
      if (answer.answer !== 'pages') throw new Error(`pull was answered ${answer.answer}`);
      hasMore = false;
      for (const page of answer.pages) {
        cursors[page.stream] = { position: page.position, tag: page.tag };
        hasMore ||= page.more;
        for (const { kind, row } of page.changes) {
          // Rows of the feed are objects.
          rows.set(kind, [...(rows.get(kind) ?? []), row as Record<string, unknown>]);
        }
      }
    }
  } finally {
    connection.destroy();
  }
  return rows;
}
